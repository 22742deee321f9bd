"""An order from the officer's desk to the recipient's door: its states, its clocks, and who is reminded."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timvis.core.access import HomeOrderStatus, Role
from timvis.core.calendar.deadlines import TimeAfterEvent, TimeUnit
from timvis.core.calendar.local_time import instant, local_clock, local_day
from timvis.core.faults import Refusal
from timvis.core.home_care.order import (
    OVER,
    Clock,
    ClockKind,
    ClockState,
    NudgeKind,
    Nudging,
    OrderAct,
    OrderStep,
    OrderTerms,
    Standing,
    after,
    clocks,
    nudges,
    standing_of,
)
from timvis.core.quantities import Minutes
from timvis.core.records import Instant
from timvis.core.routine.home_orders import order_terms_of
from timvis.formats.holiday_calendar.read import holidays_around
from timvis.formats.routine.packaged import packaged_routine

MONDAY_NINE = instant(date(2026, 3, 2), 9 * 60)
HOLIDAYS = holidays_around(date(2026, 3, 2))
HOUR, DAY = 60, 24 * 60
NUDGING = Nudging(soon=Minutes(4 * HOUR), still_late=Minutes(DAY))


def a_day(count: int) -> TimeAfterEvent:
    return TimeAfterEvent(count=count, unit=TimeUnit.DAYS, event="beställningen")


TERMS = OrderTerms(confirm=a_day(1), start=a_day(1), acute_start=a_day(0))


def step(act: OrderAct, hours: int = 0, *, is_acute: bool = False) -> OrderStep:
    return OrderStep(act=act, at=Instant(MONDAY_NINE + hours * HOUR), is_acute=is_acute)


PLACED = step(OrderAct.PLACE)


def clock(kind: ClockKind, *steps: OrderStep) -> Clock | None:
    return next((one for one in clocks(steps, TERMS, HOLIDAYS) if one.kind is kind), None)


def test_the_routine_of_leksand_gives_a_day_to_confirm_and_begin_and_the_same_day_when_it_is_acute() -> None:
    routine = packaged_routine("leksand/home_care")
    assert routine is not None
    assert order_terms_of(routine) == TERMS


def test_it_is_confirmed_then_begun() -> None:
    steps = (PLACED, step(OrderAct.CONFIRM, 2), step(OrderAct.START, 20))
    assert [standing_of(steps[:count]) for count in (1, 2, 3)] == [
        Standing(status=HomeOrderStatus.PLACED),
        Standing(status=HomeOrderStatus.CONFIRMED),
        Standing(status=HomeOrderStatus.STARTED),
    ]
    assert [one.state(steps[2].at) for one in clocks(steps, TERMS, HOLIDAYS)] == [ClockState.DONE, ClockState.DONE]


@pytest.mark.parametrize(("minutes", "state"), [(DAY, ClockState.RUNNING), (DAY + 1, ClockState.LATE)])
def test_a_day_is_a_day_and_night_from_the_order(minutes: int, state: ClockState) -> None:
    now_at = Instant(MONDAY_NINE + minutes)
    assert {one.state(now_at) for one in clocks((PLACED,), TERMS, HOLIDAYS)} == {state}


def test_what_is_acute_begins_before_midnight() -> None:
    found = clock(ClockKind.START, step(OrderAct.PLACE, is_acute=True))
    assert found is not None
    assert (local_day(found.due_at), local_clock(found.due_at)) == (date(2026, 3, 2), "23.59")


def test_who_comes_without_having_confirmed_has_confirmed() -> None:
    found = clock(ClockKind.CONFIRMATION, PLACED, step(OrderAct.START, 30))
    assert found is not None
    assert found.state(MONDAY_NINE) is ClockState.DONE_LATE


def test_help_goes_on_while_a_change_waits_to_be_confirmed() -> None:
    steps = (PLACED, step(OrderAct.START, 1), step(OrderAct.CHANGE, 48))
    assert standing_of(steps) == Standing(status=HomeOrderStatus.CHANGED)
    found = clock(ClockKind.CONFIRMATION, *steps)
    assert found is not None
    assert found.due_at == MONDAY_NINE + 72 * HOUR
    assert standing_of((*steps, step(OrderAct.CONFIRM, 50))) == Standing(status=HomeOrderStatus.STARTED)


def test_a_pause_stops_the_clock_of_the_start_and_it_begins_anew_after_it() -> None:
    paused = (PLACED, step(OrderAct.PAUSE, 3))
    assert clock(ClockKind.START, *paused) is None
    assert clock(ClockKind.CONFIRMATION, *paused) is not None
    resumed = clock(ClockKind.START, *paused, step(OrderAct.RESUME, 100))
    assert resumed is not None
    assert resumed.due_at == MONDAY_NINE + 124 * HOUR


def test_nobody_waits_for_an_order_that_was_declined_or_ended() -> None:
    for act in (OrderAct.DECLINE, OrderAct.END):
        assert clocks((PLACED, step(act, 1)), TERMS, HOLIDAYS) == ()


@pytest.mark.parametrize(
    ("act", "standing"),
    [
        (OrderAct.CONFIRM, None),
        (OrderAct.PLACE, Standing(status=HomeOrderStatus.PLACED)),
        (OrderAct.START, Standing(status=HomeOrderStatus.CONFIRMED, is_paused=True)),
        (OrderAct.PAUSE, Standing(status=HomeOrderStatus.STARTED, is_paused=True)),
        (OrderAct.RESUME, Standing(status=HomeOrderStatus.STARTED)),
        (OrderAct.DECLINE, Standing(status=HomeOrderStatus.STARTED)),
    ],
)
def test_what_cannot_be_done_is_refused(act: OrderAct, standing: Standing | None) -> None:
    assert after(act, standing) is Refusal.WRONG_STATE


@given(st.lists(st.sampled_from(OrderAct), max_size=12))
def test_an_order_that_is_over_stays_over_and_is_never_paused(acts: list[OrderAct]) -> None:
    standing: Standing = Standing(status=HomeOrderStatus.PLACED)
    for act in acts:
        found = after(act, standing)
        if standing.status in OVER:
            assert found is Refusal.WRONG_STATE
        if isinstance(found, Standing):
            standing = found
        assert not (standing.status in OVER and standing.is_paused)


def test_the_provider_is_reminded_then_the_officer_then_the_head() -> None:
    running = clock(ClockKind.CONFIRMATION, PLACED)
    assert running is not None
    told = [(one.kind, one.to) for one in nudges([running], NUDGING, Instant(running.due_at + 2 * DAY))]
    assert told == [
        (NudgeKind.SOON, Role.PROVIDER_ADMIN),
        (NudgeKind.LATE, Role.PROVIDER_ADMIN),
        (NudgeKind.LATE, Role.CASE_OFFICER),
        (NudgeKind.STILL_LATE, Role.AUTHORITY_HEAD),
    ]
    assert [one.kind for one in nudges([running], NUDGING, running.due_at)] == [NudgeKind.SOON]
    assert nudges([running], NUDGING, MONDAY_NINE) == ()


def test_nobody_is_reminded_of_what_is_done() -> None:
    done = clocks((PLACED, step(OrderAct.CONFIRM, 40), step(OrderAct.START, 41)), TERMS, HOLIDAYS)
    assert nudges(done, NUDGING, Instant(MONDAY_NINE + 9 * DAY)) == ()
