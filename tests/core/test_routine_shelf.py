"""What a routine leans on: a due day for every month, accounts, letters, and somebody for every amount."""

from dataclasses import replace
from datetime import date

import pytest

from tests.core.routines import DECISION, HAND_IN, PAYMENT, RELEASE, REVIEW, a_routine
from timvis.core.access import Role
from timvis.core.calendar.deadlines import (
    DayOfMonth,
    DueRule,
    LastWorkingDay,
    TimeAfterEvent,
    TimeUnit,
    WorkingDayOfMonth,
)
from timvis.core.calendar.working_days import Definition, Holidays
from timvis.core.quantities import Ore
from timvis.core.records import ProviderKind
from timvis.core.routine.check import check, prove
from timvis.core.routine.records import Act, Deadline, LetterSent, Limit, Routine, Step
from timvis.core.routine.shelf import ChartInShort, Shelf
from timvis.formats.holiday_calendar.read import holidays_of
from timvis.formats.routine.shelf import packaged_shelf

WEEKDAYS = Definition.MONDAY_TO_FRIDAY


def with_due(rule: DueRule, step: Step = REVIEW) -> Routine:
    steps = tuple(
        replace(one, due=rule) if one is step else one for one in (HAND_IN, REVIEW, DECISION, RELEASE, PAYMENT)
    )
    return a_routine(steps=steps)


def found(routine: Routine, shelf: Shelf | None = None) -> list[tuple[str, str]]:
    return [(problem.code, problem.example) for problem in check(routine, shelf or packaged_shelf())]


# --- days ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "rule",
    [
        DayOfMonth(day=31, months_after=1),
        WorkingDayOfMonth(n=17, months_after=-1, definition=WEEKDAYS),
        LastWorkingDay(months_after=24, definition=WEEKDAYS),
        TimeAfterEvent(count=3660, unit=TimeUnit.DAYS, event="granskningen"),
    ],
)
def test_a_day_that_every_month_has_is_no_problem(rule: DueRule) -> None:
    assert found(with_due(rule)) == []


def test_a_working_day_that_some_month_lacks_is_told_with_the_first_such_month() -> None:
    rule = WorkingDayOfMonth(n=20, months_after=1, definition=WEEKDAYS)

    # June 2019 has 18 working days: 20 from Monday to Friday, less the national day and Midsummer Eve.
    assert found(with_due(rule)) == [("due_day_cannot_be_computed", "review, maj 2019")]


def test_holidays_that_end_too_early_are_told() -> None:
    rule = LastWorkingDay(months_after=1, definition=WEEKDAYS)
    shelf = Shelf(holidays=holidays_of(2019, 2020))

    (problem,) = check(with_due(rule), shelf)

    assert problem.code == "due_day_cannot_be_computed"
    assert problem.example == "review, december 2020"
    assert "Fyll på helgdagarna" in problem.message


def test_where_nobody_has_looked_nothing_is_asked() -> None:
    assert found(with_due(WorkingDayOfMonth(n=23, months_after=1, definition=WEEKDAYS)), Shelf()) == []


def test_a_time_after_an_event_needs_an_event() -> None:
    unnamed = TimeAfterEvent(count=10, unit=TimeUnit.DAYS)
    decision = TimeAfterEvent(count=30, unit=TimeUnit.DAYS, event="beslutet")

    assert found(with_due(unnamed)) == [("due_day_has_no_event", "review")]
    assert found(with_due(decision)) == [("event_never_happens", "review")], "nobody decides in this routine"


def test_an_event_may_be_a_step_by_its_name() -> None:
    after_the_step = TimeAfterEvent(count=10, unit=TimeUnit.DAYS, event="Granskning")

    verdict = prove(with_due(after_the_step, DECISION), packaged_shelf())

    assert verdict.problems == ()
    assert verdict.proof is not None
    assert "event_is_told_by_hand" not in {note.code for note in verdict.proof.notes}


def test_an_event_outside_the_routine_is_noted_since_somebody_must_say_when_it_was() -> None:
    after_a_death = TimeAfterEvent(count=1, unit=TimeUnit.DAYS, event="dödsfallet")

    verdict = prove(with_due(after_a_death), packaged_shelf())

    assert verdict.problems == ()
    assert verdict.proof is not None
    assert [note.code for note in verdict.proof.notes if "dödsfallet" in note.message] == ["event_is_told_by_hand"]


# --- accounts and letters -----------------------------------------------------------------------------


def test_the_chart_and_its_code_parts_must_be_there() -> None:
    routine = a_routine()
    elsewhere = replace(routine, coding=replace(routine.coding, chart="egen"))
    unknown = replace(routine, coding=replace(routine.coding, parts=(("nowhere", "7"),)))

    assert found(elsewhere) == [("chart_is_missing", "egen")]
    assert found(unknown) == [("code_part_is_missing", "nowhere = 7")]


def test_whoever_may_be_paid_has_an_account_to_be_booked_on() -> None:
    own_employers_only = ChartInShort(
        slug="kommun_bas", parts=frozenset({"ansvar"}), provider_kinds=frozenset({ProviderKind.OWN_EMPLOYER})
    )

    assert found(a_routine(), Shelf(charts=(own_employers_only,))) == [("account_is_missing", ProviderKind.COMPANY)]


def test_a_letter_that_is_named_must_be_there() -> None:
    letter = LetterSent(code="nobody_wrote_it", text="Brev", at="review", to=("provider",))
    routine = replace(a_routine(), letters=(letter, replace(letter, code="ask_for_new_invoice")))

    assert found(routine) == [("letter_is_missing", "nobody_wrote_it")]


# --- limits -------------------------------------------------------------------------------------------


def test_limits_leave_no_amount_that_nobody_may_attest() -> None:
    section = Limit(act=Act.DECISION_ATTEST, role=Role.SECTION_HEAD, up_to_ore=Ore(5_000_000))
    head = Limit(act=Act.DECISION_ATTEST, role=Role.HEAD_OF_SOCIAL_SERVICES, up_to_ore=None)

    (gap,) = check(replace(a_routine(), limits=(section,)))

    assert (gap.code, gap.example) == ("nobody_may_attest_the_amount", "5000001 öre")
    assert "50\N{NO-BREAK SPACE}000,00\N{NO-BREAK SPACE}kr" in gap.message
    assert check(replace(a_routine(), limits=(section, head))) == ()
    assert check(replace(a_routine(), limits=(head,))) == ()


def test_a_day_beside_the_steps_must_be_computable_too() -> None:
    rule = WorkingDayOfMonth(n=23, months_after=1, definition=WEEKDAYS)
    beside = Deadline(name="yearly_follow_up", label="Uppföljning", due=rule)

    assert found(replace(a_routine(), deadlines=(beside,))) == [
        ("due_day_cannot_be_computed", "yearly_follow_up, januari 2019")
    ]


def test_the_packaged_shelf_reaches_as_far_as_any_rule() -> None:
    holidays = packaged_shelf().holidays

    assert isinstance(holidays, Holidays)
    holidays.require(date(2042, 12, 31))
