"""What an order has asked for day by day, its pauses, its load on a provider, and by when its papers are awaited."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timvis.core.calendar.deadlines import TimeAfterEvent, TimeUnit
from timvis.core.calendar.local_time import instant, local_day
from timvis.core.home_care.decided import DecidedService, faults_of, service_label
from timvis.core.home_care.order import (
    Clock,
    ClockKind,
    ClockState,
    NudgeKind,
    Nudging,
    OrderAct,
    OrderStep,
    OrderTerms,
    clocks,
    nudges,
)
from timvis.core.home_care.ordered import (
    Contents,
    Pause,
    ends_on,
    granted_of,
    minutes_by_service,
    month_load,
    pauses_of,
)
from timvis.core.home_care.papers import Paper, PaperKind, PaperTerms, paper_clocks
from timvis.core.quantities import Minutes
from timvis.core.records import GrantUnit, Instant
from timvis.formats.holiday_calendar.read import holidays_around

MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)
HOLIDAYS = holidays_around(MARCH)
A = OrderAct


def care(minutes: int, per: GrantUnit = GrantUnit.MONTH, service: str = "home_care") -> DecidedService:
    return DecidedService(service=service, minutes=Minutes(minutes), per=per)


def said(from_on: date, *services: DecidedService, to_on: date | None = None) -> Contents:
    return Contents(from_on=from_on, services=services, to_on=to_on)


def at(day: int, hour: int = 0) -> Instant:
    return instant(date(2026, 3, day), hour * 60)


def step(act: OrderAct, at_: Instant) -> OrderStep:
    return OrderStep(act=act, at=at_)


# --- what is ordered ------------------------------------------------------------------------------------------


def test_what_was_said_last_holds_from_its_own_day_also_over_what_was_said_of_later_days() -> None:
    contents = (said(MARCH, care(3100)), said(date(2026, 3, 21), care(6200)), said(date(2026, 3, 11), care(310)))
    # Ten days of 100 a day, then 21 days of 10: the second, of a later day, is overtaken.
    assert minutes_by_service(granted_of(contents), MARCH) == {"home_care": Fraction(1000 + 210)}


def test_an_order_asks_for_nothing_after_its_end_nor_after_the_days_of_its_decision() -> None:
    whole = said(MARCH, care(3100))
    assert minutes_by_service(granted_of([whole], ends_on=date(2026, 3, 11)), MARCH) == {"home_care": 1000}
    cut = said(MARCH, care(3100), to_on=date(2026, 3, 6))
    assert minutes_by_service(granted_of([cut], ends_on=date(2026, 3, 11)), MARCH) == {"home_care": 500}
    assert minutes_by_service(granted_of([cut]), APRIL) == {}


def test_a_day_that_help_ended_during_still_had_some_of_it() -> None:
    assert ends_on(at(10, 14)) == date(2026, 3, 11)
    assert ends_on(at(10)) == date(2026, 3, 10)
    assert ends_on(None) is None


@given(days=st.lists(st.integers(0, 60), max_size=6))
def test_every_day_has_the_contents_that_were_said_last_of_those_that_had_begun(days: list[int]) -> None:
    contents = [said(MARCH + timedelta(days=day), care(number + 1)) for number, day in enumerate(days)]
    pieces = granted_of(contents)
    for passed in range(70):
        day = MARCH + timedelta(days=passed)
        holding = [piece.minutes for piece in pieces if piece.granted_from <= day < piece.granted_to]
        begun = [one.services[0].minutes for one in contents if one.from_on <= day]
        assert holding == begun[-1:]


@pytest.mark.parametrize(
    ("row", "minutes"),
    [(care(60, GrantUnit.DAY), 1860), (care(70, GrantUnit.WEEK), 310), (care(1800), 1800)],
    ids=["a day", "a week", "a month"],
)
def test_an_order_takes_a_whole_month_of_its_provider_however_late_in_it_it_began(
    row: DecidedService, minutes: int
) -> None:
    granted = granted_of([said(date(2026, 3, 30), row)])
    assert month_load(granted, date(2026, 3, 31)) == minutes
    assert month_load(granted, date(2026, 3, 29)) == 0


# --- pauses ---------------------------------------------------------------------------------------------------


def test_coming_home_told_anew_replaces_what_was_told() -> None:
    steps = [step(A.PAUSE, at(3)), step(A.RESUME, at(9)), step(A.RESUME, at(7)), step(A.PAUSE, at(20))]
    assert pauses_of(steps) == (Pause(from_at=at(3), to_at=at(7)), Pause(from_at=at(20)))


def test_a_pause_ends_with_the_order_and_one_that_never_was_is_none() -> None:
    assert pauses_of([step(A.PAUSE, at(3)), step(A.END, at(5))]) == (Pause(from_at=at(3), to_at=at(5)),)
    assert pauses_of([step(A.PAUSE, at(3)), step(A.RESUME, at(3))]) == ()


def test_a_pause_covers_from_its_first_minute_up_to_the_minute_of_coming_home() -> None:
    pause = Pause(from_at=at(3), to_at=at(7))
    assert [pause.covers(one) for one in (Instant(at(3) - 1), at(3), Instant(at(7) - 1), at(7))] == [
        False,
        True,
        True,
        False,
    ]


# --- what can be wrong ----------------------------------------------------------------------------------------


def test_every_fault_of_the_services_is_told_with_its_row() -> None:
    rows = (care(0), care(60), care(60, GrantUnit.PERIOD, "cleaning"), care(60, service=" "))
    assert [(fault.code, fault.line) for fault in faults_of(rows, needs_assessed=True)] == [
        ("minutes_are_missing", 1),
        ("service_stands_twice", 2),
        ("service_has_no_rhythm", 3),
        ("service_is_missing", 4),
    ]
    assert [fault.code for fault in faults_of((), needs_assessed=True)] == ["services_are_missing"]
    assert [fault.code for fault in faults_of([care(60)], needs_assessed=False)] == ["minutes_without_assessment"]


def test_a_service_the_house_has_no_word_for_is_named_as_the_routine_names_it() -> None:
    assert [service_label(one) for one in ("cleaning", "snow_clearing")] == ["Städning", "Snow clearing"]


# --- clocks of papers -----------------------------------------------------------------------------------------

TERMS = PaperTerms(
    plan=TimeAfterEvent(count=10, unit=TimeUnit.WORKING_DAYS),
    documentation=TimeAfterEvent(count=14, unit=TimeUnit.DAYS),
    follow_up=TimeAfterEvent(count=12, unit=TimeUnit.MONTHS),
)
BEGUN = (step(A.PLACE, at(2, 9)), step(A.CONFIRM, at(2, 10)), step(A.START, at(2, 17)))


def of(kind: ClockKind, *steps: OrderStep, papers: tuple[Paper, ...] = (), now: Instant) -> Clock | None:
    found = paper_clocks((*BEGUN, *steps), papers, TERMS, HOLIDAYS, now)
    return next((one for one in found if one.kind is kind), None)


def test_a_paper_that_comes_on_the_due_day_is_in_time_whatever_the_hour_help_began() -> None:
    paper = Paper(kind=PaperKind.PLAN, about_on=date(2026, 3, 16), received_on=date(2026, 3, 16))
    plan = of(ClockKind.PLAN, papers=(paper,), now=at(20))
    assert plan is not None
    assert local_day(plan.due_at) == date(2026, 3, 16)
    assert plan.state(at(20)) is ClockState.DONE


def test_no_plan_is_awaited_of_help_that_is_over_but_its_documentation_is() -> None:
    ended = step(A.END, at(5, 12))
    assert of(ClockKind.PLAN, ended, now=at(4)) is not None
    assert of(ClockKind.PLAN, ended, now=at(6)) is None
    documentation = of(ClockKind.DOCUMENTATION, ended, now=at(6))
    assert documentation is not None
    assert local_day(documentation.due_at) == date(2026, 3, 19)
    assert of(ClockKind.DOCUMENTATION, ended, now=at(5, 11)) is None


def test_what_the_routine_sets_no_time_for_has_no_clock() -> None:
    assert paper_clocks(BEGUN, (), PaperTerms(), HOLIDAYS, at(20)) == ()
    assert clocks(BEGUN[:1], OrderTerms(), HOLIDAYS) == ()


def test_whoever_is_awaited_is_told_that_time_is_up_also_where_the_routine_names_no_reminders() -> None:
    clock = Clock(kind=ClockKind.FOLLOW_UP, from_at=at(1), due_at=at(5))
    assert nudges([clock], Nudging(), at(5)) == ()
    [told] = nudges([clock], Nudging(), Instant(at(5) + 1))
    assert (told.kind, told.to) == (NudgeKind.LATE, "case_officer")
