"""The shifts of the town's own assistants: planned, struck, beside what was reported, judged before they are worked."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tests.apps.signed_months import JANUARY, ROUTINE, a_form, law, publish
from tests.apps.state_registers.assignments import (
    a_placement,
    an_assistant,
    forty_hours_a_week_by_the_state,
    registered,
    the_town_as_provider,
)
from tests.cast import NOW, TOWN_NUMBER, Cast, in_another_town, ok
from timvis.apps.audit.models import LogEntry
from timvis.apps.claims import actions as claims
from timvis.apps.claims.handing_in import Month, typed
from timvis.apps.parties import actions as parties
from timvis.apps.parties.particulars import RecipientParticulars
from timvis.apps.schedules import actions, queries
from timvis.apps.schedules.actions import WantedShift
from timvis.apps.schedules.models import PlannedShift
from timvis.apps.state_registers import actions as state_registers
from timvis.apps.state_registers.models import Assignment, Placement
from timvis.apps.state_registers.particulars import AssignmentParticulars, PlacementParticulars
from timvis.core.calendar.local_time import instant
from timvis.core.faults import Fault, Refusal
from timvis.core.records import Regime, TimeKind
from timvis.core.schedule import Objection, Standing

RATE_2021 = 31_500
VERA_NUMBER = "195207291591"
BEFORE = datetime(2021, 1, 2, 9, 0, tzinfo=UTC)
"""When January is planned."""
OWN_ROUTINE = ROUTINE.replace(b'regime = "lss"', b'regime = "sfb"').replace(
    b'["company", "cooperative"]', b'["company", "cooperative", "municipality"]'
)


@pytest.fixture
def placed(cast: Cast) -> Placement:
    """Björn's work with Alma from the 4th of January; the state has granted her forty hours a week."""
    provider_id = the_town_as_provider(cast)
    an_assistant(cast, provider_id)
    placement_id = a_placement(cast, provider_id=provider_id, now=BEFORE)
    publish(cast, OWN_ROUTINE)
    forty_hours_a_week_by_the_state(cast)
    return Placement.objects.select_related("assignment").get(pk=placement_id)


def a_shift(placed: Placement, day: int, start: int = 8, end: int = 16) -> WantedShift:
    """Return Björn's shift between two whole hours of a day in January."""
    on = date(2021, 1, day)
    return WantedShift(
        placement_id=placed.pk,
        kind=TimeKind.ACTIVE,
        start_at=instant(on, start * 60),
        end_at=instant(on, end * 60),
    )


def plan(cast: Cast, placed: Placement, *days: int, now: datetime = BEFORE) -> object:
    return actions.plan_shifts(
        cast.greta,
        assignment_id=placed.assignment_id,
        wanted=[a_shift(placed, day) for day in days],
        now=now,
    )


def january(placed: Placement, now: datetime = NOW) -> queries.ScheduleMonth:
    return queries.schedule_month(Assignment.objects.get(pk=placed.assignment_id), JANUARY, law(), now=now)


def said(month: queries.ScheduleMonth) -> dict[str, Objection]:
    return {one.code: one for one in month.objections}


def hand_in(cast: Cast, placed: Placement, *days: int) -> None:
    """Let Björn's report for January come in."""
    form = {**a_form(*days), "organisationsnummer": TOWN_NUMBER}
    month = Month(
        recipient_id=cast.recipient_id,
        provider_id=placed.assignment.provider_id,
        month_on=JANUARY,
        files=(typed("bjorn.json", form),),
        regime=Regime.SFB,
    )
    ok(claims.register_paper(cast.greta, month, received_at=NOW, now=NOW))


# --- planned, and what became of it ----------------------------------------------------------------------------------


def test_a_plan_is_kept_and_written_in_the_log(cast: Cast, placed: Placement) -> None:
    assert plan(cast, placed, 4, 5, 11) == 3

    month = january(placed, BEFORE)
    assert [line.standing for line in month.lines] == [Standing.AHEAD] * 3
    assert month.planned_minutes == 3 * 8 * 60
    entry = LogEntry.objects.filter(action="plan_shifts").latest("id")
    assert (entry.outcome, entry.recipient_id) == ("done", cast.recipient_id)


def test_what_is_reported_stands_beside_what_was_planned(cast: Cast, placed: Placement) -> None:
    plan(cast, placed, 4, 5)
    hand_in(cast, placed, 4, 11)

    standings = {line.first.start_at: line.standing for line in january(placed).lines}

    assert list(standings.values()) == [Standing.AS_PLANNED, Standing.NOT_REPORTED, Standing.NOT_PLANNED]


def test_planning_the_same_again_adds_only_what_is_new(cast: Cast, placed: Placement) -> None:
    plan(cast, placed, 4)

    assert plan(cast, placed, 4, 5) == 1
    again = plan(cast, placed, 4, 5)

    assert isinstance(again, tuple)
    assert again[0].code == "shifts_are_planned_already"
    assert PlannedShift.objects.count() == 2


def test_shifts_outside_the_assistants_days_are_all_told_and_none_is_kept(cast: Cast, placed: Placement) -> None:
    faults = plan(cast, placed, 1, 2, 3, 4)

    assert isinstance(faults, tuple)
    (fault,) = faults
    assert isinstance(fault, Fault)
    assert fault.code == "shift_before_the_first"
    assert fault.message.startswith("3 pass ")
    assert not PlannedShift.objects.exists()


def test_a_struck_shift_is_gone_from_the_plan_and_can_be_planned_again(cast: Cast, placed: Placement) -> None:
    plan(cast, placed, 4, 5, 6)
    second = PlannedShift.objects.order_by("start_at")[1]

    struck = actions.strike_shifts(cast.greta, shift_id=second.pk, and_later=False, reason="Semester", now=BEFORE)

    assert struck == 1
    assert january(placed, BEFORE).planned_minutes == 2 * 8 * 60
    assert plan(cast, placed, 5, now=NOW) == 1


def test_a_shift_is_struck_with_every_later_one_of_its_plan(cast: Cast, placed: Placement) -> None:
    plan(cast, placed, 4, 5, 6)
    plan(cast, placed, 7)
    second = PlannedShift.objects.order_by("start_at")[1]

    struck = actions.strike_shifts(cast.greta, shift_id=second.pk, and_later=True, reason="Har slutat", now=BEFORE)

    assert struck == 2
    assert january(placed, BEFORE).planned_minutes == 2 * 8 * 60


def test_a_shift_is_struck_once_and_for_a_reason(cast: Cast, placed: Placement) -> None:
    plan(cast, placed, 4)
    pk = PlannedShift.objects.get().pk

    assert (
        actions.strike_shifts(cast.greta, shift_id=pk, and_later=False, reason=" ", now=BEFORE)
        is Refusal.REASON_IS_MISSING
    )
    ok(actions.strike_shifts(cast.greta, shift_id=pk, and_later=False, reason="Fel dag", now=BEFORE))
    assert actions.strike_shifts(cast.greta, shift_id=pk, and_later=False, reason="Fel dag", now=BEFORE) is (
        Refusal.NOT_FOUND
    )


@pytest.mark.parametrize("who", ["cecilia", "elsa", "fatima", "alma"])
def test_only_who_leads_the_assistance_plans(cast: Cast, placed: Placement, who: str) -> None:
    outcome = actions.plan_shifts(
        getattr(cast, who), assignment_id=placed.assignment_id, wanted=[a_shift(placed, 4)], now=BEFORE
    )

    assert isinstance(outcome, Refusal)
    assert not PlannedShift.objects.exists()


def test_another_town_finds_nothing_to_plan_or_strike(cast: Cast, placed: Placement) -> None:
    plan(cast, placed, 4)
    foreign = in_another_town(cast.greta)

    planned = actions.plan_shifts(foreign, assignment_id=placed.assignment_id, wanted=[a_shift(placed, 5)], now=BEFORE)
    struck = actions.strike_shifts(
        foreign, shift_id=PlannedShift.objects.get().pk, and_later=False, reason="Nej", now=BEFORE
    )

    assert (planned, struck) == (Refusal.NOT_FOUND, Refusal.NOT_FOUND)


# --- judged before it is worked --------------------------------------------------------------------------------------


def test_a_plan_that_holds_has_nothing_said_of_it(cast: Cast, placed: Placement) -> None:
    registered(cast, placed.pk, received_on=date(2021, 1, 4), now=BEFORE)
    plan(cast, placed, 4, 11, 18)

    month = january(placed)

    assert (month.objections, month.limits, month.gap) == ((), (), "")


def test_shifts_before_the_state_has_the_assistants_data_are_told_with_the_money(cast: Cast, placed: Placement) -> None:
    registered(cast, placed.pk, received_on=date(2021, 1, 6), now=BEFORE)
    plan(cast, placed, 4, 5, 6)

    found = said(january(placed))["assistant_was_not_registered_before_the_shift"]

    assert (found.times, found.minutes, found.ore) == (2, 16 * 60, 16 * RATE_2021)
    assert found.assistants == ("Björn Berg",)


def test_more_than_is_granted_is_told_before_anybody_works_it(cast: Cast, placed: Placement) -> None:
    registered(cast, placed.pk, received_on=date(2021, 1, 4), now=BEFORE)
    plan(cast, placed, *range(4, 32))

    assert "hours_were_beyond_the_granted_hours" in said(january(placed))


def test_too_much_working_time_is_told_with_what_must_go(cast: Cast, placed: Placement) -> None:
    registered(cast, placed.pk, received_on=date(2021, 1, 4), now=BEFORE)
    wanted = [a_shift(placed, day, 6, 22) for day in range(4, 18)]
    ok(actions.plan_shifts(cast.greta, assignment_id=placed.assignment_id, wanted=wanted, now=BEFORE))

    month = january(placed)

    assert "daily_rest_was_short" in said(month) or month.limits
    assert all("måste bort" in one.says for one in month.limits)


def test_two_shifts_at_the_same_time_are_told(cast: Cast, placed: Placement) -> None:
    plan(cast, placed, 4)
    later = replace(a_shift(placed, 4), start_at=instant(date(2021, 1, 4), 12 * 60))
    ok(actions.plan_shifts(cast.greta, assignment_id=placed.assignment_id, wanted=[later], now=BEFORE))

    assert "assistant_overlapped_with_the_same_recipient" in said(january(placed))


@pytest.fixture
def elsewhere(cast: Cast, placed: Placement) -> Placement:
    """Björn's work with Vera, whom the town assists too."""
    vera_id = ok(
        parties.register_recipient(
            cast.cecilia,
            personal_number=VERA_NUMBER,
            particulars=RecipientParticulars(name="Vera Vik"),
            now=BEFORE,
        )
    )
    assignment_id = state_registers.register_assignment(
        cast.greta, recipient_id=vera_id, begins_on=date(2021, 1, 4), particulars=AssignmentParticulars(), now=BEFORE
    )
    assert isinstance(assignment_id, int)
    made = state_registers.register_placement(
        cast.greta,
        assignment_id=assignment_id,
        assistant_id=placed.assistant_id,
        particulars=PlacementParticulars(first_shift_on=date(2021, 1, 4)),
        now=BEFORE,
    )
    assert isinstance(made, int)
    return Placement.objects.select_related("assignment").get(pk=made)


def test_an_assistant_planned_with_two_at_once_is_told_on_both_schedules(
    cast: Cast, placed: Placement, elsewhere: Placement
) -> None:
    plan(cast, placed, 4, 5)
    plan(cast, elsewhere, 5, 6)

    for row in (placed, elsewhere):
        found = said(january(row))["assistant_was_with_two_recipients_at_once"]
        assert (found.times, found.minutes) == (1, 8 * 60)


def test_what_is_reported_elsewhere_counts_instead_of_what_was_planned_there(
    cast: Cast, placed: Placement, elsewhere: Placement
) -> None:
    plan(cast, placed, 4, 5)
    hand_in(cast, placed, 4)
    plan(cast, elsewhere, 5)

    assert "assistant_was_with_two_recipients_at_once" not in said(january(elsewhere))
    plan(cast, elsewhere, 4)
    assert "assistant_was_with_two_recipients_at_once" in said(january(elsewhere))


def test_papers_are_not_asked_of_a_plan(cast: Cast, placed: Placement) -> None:
    plan(cast, placed, 4)

    assert not {code for code in said(january(placed)) if "signature" in code or "handed_in" in code}


def test_a_month_beyond_what_is_checked_is_judged_as_if_nothing_changes_and_says_so(
    cast: Cast, placed: Placement
) -> None:
    far = WantedShift(
        placement_id=placed.pk,
        kind=TimeKind.ACTIVE,
        start_at=instant(date(2031, 1, 7), 8 * 60),
        end_at=instant(date(2031, 1, 7), 16 * 60),
    )
    ok(actions.plan_shifts(cast.greta, assignment_id=placed.assignment_id, wanted=[far], now=BEFORE))

    month = queries.schedule_month(placed.assignment, date(2031, 1, 1), law(), now=BEFORE)

    assert (month.gap, month.checked_to) == ("", law().reaches_to)
    # Nobody has decided the rate of 2031, so no money is told.
    assert said(month)["assistant_was_not_registered_before_the_shift"].ore is None


def test_a_month_whose_numbers_are_checked_says_nothing_of_it(cast: Cast, placed: Placement) -> None:
    plan(cast, placed, 4)

    assert january(placed).checked_to is None


# --- what a stranger's file may hold --------------------------------------------------------------------------


def test_two_shifts_that_begin_together_are_both_planned_and_told(cast: Cast, placed: Placement) -> None:
    wanted = [a_shift(placed, 4, 8, 12), a_shift(placed, 4, 8, 16)]

    made = actions.plan_shifts(cast.greta, assignment_id=placed.assignment_id, wanted=wanted, now=BEFORE)

    assert made == 2
    assert "assistant_overlapped_with_the_same_recipient" in said(january(placed))


def test_a_year_that_is_mistyped_plans_nothing(cast: Cast, placed: Placement) -> None:
    far = replace(a_shift(placed, 4), start_at=instant(date(9999, 1, 4), 0), end_at=instant(date(9999, 1, 4), 60))

    faults = actions.plan_shifts(cast.greta, assignment_id=placed.assignment_id, wanted=[far], now=BEFORE)

    assert isinstance(faults, tuple)
    assert faults[0].code == "year_is_far_away"
    assert not PlannedShift.objects.exists()
