"""Papers and clocks: what is waited for by when, who is reminded, and who hears when it is still late."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.apps.home_orders.town import MONDAY, NOW, Town, at, placed, started
from timvis.apps.home_orders import actions, paper_acts, reminding
from timvis.apps.home_orders.models import HomeNotice
from timvis.apps.home_orders.paper_acts import PaperTold
from timvis.core.calendar.local_time import instant, instant_of, local_day
from timvis.core.home_care.order import Clock, ClockKind, ClockState
from timvis.core.home_care.papers import PaperKind

C, P = ClockKind, PaperKind


def clock(town: Town, order_id: int, kind: ClockKind, now: datetime) -> Clock | None:
    return next((one for one in reminding.clocks_of(town.order(order_id), now=now) if one.kind is kind), None)


def reminded(town: Town, order_id: int, now: datetime) -> set[tuple[str, str, str]]:
    outcome = reminding.remind(at(town.cast.machine, now), order_id, now=now)
    assert isinstance(outcome, int), outcome
    rows = HomeNotice.objects.filter(order_id=order_id, made_at=now).exclude(clock="")
    assert len(rows) == outcome
    return set(rows.values_list("clock", "nudge", "to_role"))


def test_an_order_nobody_confirms_is_reminded_of_and_goes_up(town: Town) -> None:
    order_id = placed(town)
    assert reminded(town, order_id, NOW + timedelta(hours=1)) == set()
    soon = NOW + timedelta(hours=20)
    assert reminded(town, order_id, soon) == {
        ("confirmation", "soon", "provider_admin"),
        ("start", "soon", "provider_admin"),
    }
    assert reminded(town, order_id, soon + timedelta(minutes=5)) == set()
    late = NOW + timedelta(hours=24, minutes=1)
    assert reminded(town, order_id, late) == {
        (kind, "late", role) for kind in ("confirmation", "start") for role in ("provider_admin", "case_officer")
    }
    assert reminded(town, order_id, late + timedelta(days=1)) == {
        (kind, "still_late", "authority_head") for kind in ("confirmation", "start")
    }


def test_an_acute_order_begins_the_same_day(town: Town) -> None:
    order_id = placed(town, is_acute=True)
    start = clock(town, order_id, C.START, NOW)
    assert start is not None
    assert start.due_at == instant(date(2026, 3, 3), 0) - 1


def test_an_order_for_a_day_ahead_is_awaited_from_that_day(town: Town) -> None:
    order_id = placed(town, from_on=date(2026, 3, 16))
    start, confirmation = (clock(town, order_id, kind, NOW) for kind in (C.START, C.CONFIRMATION))
    assert start is not None
    assert confirmation is not None
    assert start.due_at == instant(date(2026, 3, 17), 0)
    assert confirmation.due_at == instant_of(NOW) + 24 * 60


def test_the_plan_is_due_ten_working_days_after_the_first_help(town: Town) -> None:
    order_id = started(town)
    plan = clock(town, order_id, C.PLAN, NOW)
    assert plan is not None
    assert local_day(plan.due_at) == date(2026, 3, 16)
    last_day = datetime(2026, 3, 16, 20, 0, tzinfo=UTC)
    told = PaperTold(kind=P.PLAN, about_on=date(2026, 3, 13), received_on=date(2026, 3, 16))
    assert isinstance(paper_acts.register_paper(at(town.cast.elsa, last_day), order_id, told, now=last_day), int)
    plan = clock(town, order_id, C.PLAN, last_day)
    assert plan is not None
    assert plan.state(instant_of(last_day)) is ClockState.DONE


def test_documentation_is_due_back_fourteen_days_after_the_end_in_date_order(town: Town) -> None:
    order_id = started(town)
    cecilia = at(town.cast.cecilia, NOW)
    actions.end_order(cecilia, order_id, from_at=instant(date(2026, 3, 10), 12 * 60), reason="Klart", now=NOW)
    assert clock(town, order_id, C.DOCUMENTATION, NOW) is None
    after = datetime(2026, 3, 20, 9, 0, tzinfo=UTC)
    documentation = clock(town, order_id, C.DOCUMENTATION, after)
    assert documentation is not None
    assert local_day(documentation.due_at) == date(2026, 3, 24)
    assert order_id in reminding.orders_to_remind_of("leksand", now=after)
    unsorted = PaperTold(
        kind=P.DOCUMENTATION, about_on=date(2026, 3, 20), received_on=date(2026, 3, 20), is_in_date_order=False
    )
    outcome = paper_acts.register_paper(at(town.cast.greta, after), order_id, unsorted, now=after)
    assert isinstance(outcome, tuple)
    assert [fault.code for fault in outcome] == ["documentation_is_not_in_date_order"]
    in_order = PaperTold(
        kind=P.DOCUMENTATION, about_on=date(2026, 3, 20), received_on=date(2026, 3, 20), is_in_date_order=True
    )
    assert isinstance(paper_acts.register_paper(at(town.cast.greta, after), order_id, in_order, now=after), int)
    assert order_id not in reminding.orders_to_remind_of("leksand", now=after)


@pytest.mark.parametrize("has_consent", [False, None])
def test_nothing_is_handed_over_to_the_new_provider_without_consent(town: Town, has_consent: bool | None) -> None:
    order_id = started(town)
    told = PaperTold(kind=P.HANDOVER, about_on=MONDAY, received_on=MONDAY, has_consent=has_consent)
    outcome = paper_acts.register_paper(at(town.cast.elsa, NOW), order_id, told, now=NOW)
    assert isinstance(outcome, tuple)
    assert [fault.code for fault in outcome] == ["handover_without_consent"]


def test_a_follow_up_is_due_a_year_after_the_one_before_and_asks_the_officer(town: Town) -> None:
    order_id = started(town)
    year_on = datetime(2027, 2, 1, 9, 0, tzinfo=UTC)
    first = clock(town, order_id, C.FOLLOW_UP, year_on)
    assert first is not None
    assert local_day(first.due_at) == date(2027, 3, 2)
    assert ("follow_up", "soon", "case_officer") in reminded(town, order_id, year_on)
    held = PaperTold(kind=P.FOLLOW_UP, about_on=date(2027, 2, 1), received_on=date(2027, 2, 1))
    assert isinstance(paper_acts.register_paper(at(town.cast.cecilia, year_on), order_id, held, now=year_on), int)
    then = clock(town, order_id, C.FOLLOW_UP, year_on)
    assert then is not None
    assert local_day(then.due_at) == date(2028, 2, 1)


def test_no_paper_comes_of_help_that_has_not_begun(town: Town) -> None:
    order_id = placed(town)
    told = PaperTold(kind=P.PLAN, about_on=date(2026, 3, 9), received_on=date(2026, 3, 3))
    outcome = paper_acts.register_paper(at(town.cast.elsa, NOW), order_id, told, now=NOW)
    assert isinstance(outcome, tuple)
    assert {fault.code for fault in outcome} == {"paper_days_are_not_in_order", "help_has_not_begun"}


def test_a_pause_stops_the_clock_of_the_start(town: Town) -> None:
    order_id = placed(town)
    actions.pause_order(at(town.cast.cecilia, NOW), order_id, from_at=instant_of(NOW), reason="På sjukhus", now=NOW)
    assert clock(town, order_id, C.START, NOW + timedelta(days=2)) is None
    assert clock(town, order_id, C.CONFIRMATION, NOW + timedelta(days=2)) is not None
