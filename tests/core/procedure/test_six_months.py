"""A case that takes too long is seen: when a decision can be demanded, by when it is answered, what was told."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timvis.core.calendar.working_days import Definition, is_working_day
from timvis.core.procedure.six_months import (
    DELAY_CITES,
    DEMAND_WORDS,
    CaseTime,
    Delay,
    Demand,
    DemandAnswer,
    DemandState,
    Shown,
    answer_by,
    old_after,
    shown,
    state_of,
)
from timvis.formats.holiday_calendar.read import holidays_of
from timvis.formats.law.packaged import load_law
from timvis.formats.statutes.read import load_statutes

LAW = load_law()
YEARS = holidays_of(2018, 2028)
CASE = CaseTime(received_on=date(2026, 1, 15))
LAST = date(2026, 7, 15)
OLD = date(2026, 7, 16)
DEMAND = Demand(came_on=OLD)


def seen(case: CaseTime, on: date) -> Shown:
    return shown(case, on, LAW, YEARS)


def test_a_case_is_old_the_day_after_six_months() -> None:
    assert old_after(CASE, LAW) == LAST
    assert not seen(CASE, LAST).is_old
    assert seen(CASE, OLD).is_old
    assert seen(CASE, OLD).may_demand


def test_a_month_without_the_day_ends_on_its_last() -> None:
    assert old_after(CaseTime(received_on=date(2025, 8, 31)), LAW) == date(2026, 2, 28)


def test_a_decided_case_is_old_no_more() -> None:
    decided = replace(CASE, decided_on=date(2026, 8, 3))

    assert seen(decided, date(2026, 8, 2)).is_old
    assert not seen(decided, date(2026, 8, 3)).is_old
    assert not seen(decided, date(2026, 8, 3)).may_demand


def test_a_demand_is_answered_within_four_weeks() -> None:
    case = replace(CASE, demands=(DEMAND,))

    assert seen(case, OLD).answer_by == date(2026, 8, 13)
    assert not seen(case, date(2026, 8, 13)).answer_is_late
    assert seen(case, date(2026, 8, 14)).answer_is_late
    assert not seen(case, OLD).may_demand


@given(st.dates(date(2018, 7, 1), date(2026, 11, 21)))
def test_the_last_day_to_answer_is_a_working_day_and_never_sooner_than_four_weeks(came_on: date) -> None:
    last = answer_by(Demand(came_on=came_on), LAW, YEARS)

    assert last >= came_on + timedelta(weeks=4)
    assert is_working_day(last, YEARS, Definition.MONDAY_TO_FRIDAY)


@pytest.mark.parametrize(
    ("earlier", "came_on", "state"),
    [
        ((), LAST, DemandState.TOO_EARLY),
        ((), OLD, DemandState.TO_BE_TRIED),
        ((replace(DEMAND, answer=DemandAnswer.REFUSED, answered_on=OLD),), date(2026, 9, 1), DemandState.TRIED_BEFORE),
        # What came too early was never tried.
        ((Demand(came_on=date(2026, 5, 4), answer=DemandAnswer.DISMISSED),), OLD, DemandState.TO_BE_TRIED),
    ],
)
def test_a_demand_is_tried_once_and_not_before_its_time(
    earlier: tuple[Demand, ...], came_on: date, state: DemandState
) -> None:
    demand = Demand(came_on=came_on)

    assert state_of(replace(CASE, demands=(*earlier, demand)), demand, LAW) is state


def test_a_demand_in_a_decided_case_has_nothing_to_try() -> None:
    assert state_of(replace(CASE, decided_on=LAST), DEMAND, LAW) is DemandState.CASE_IS_DECIDED


def test_a_refused_demand_is_not_made_again() -> None:
    refused = replace(CASE, demands=(replace(DEMAND, answer=DemandAnswer.REFUSED, answered_on=OLD),))

    assert not seen(refused, date(2026, 12, 1)).may_demand
    assert seen(refused, date(2026, 12, 1)).answer_by is None


def test_a_delay_that_nobody_has_told_of_is_seen_and_so_is_a_day_that_was_not_kept() -> None:
    told = replace(
        CASE,
        delays=(Delay(announced_on=date(2026, 6, 1), reason="Lönebesked saknas.", expected_by=date(2026, 8, 31)),),
    )

    assert seen(CASE, OLD).delay_is_untold
    assert not seen(told, OLD).delay_is_untold
    assert not seen(told, date(2026, 8, 31)).promise_is_broken
    assert seen(told, date(2026, 9, 1)).promise_is_broken
    assert seen(told, date(2026, 5, 31)).delay is None


@given(st.dates(date(2018, 7, 1), date(2026, 6, 1)), st.integers(0, 400))
def test_day_by_day_a_case_only_grows_older(received_on: date, passed: int) -> None:
    case = CaseTime(received_on=received_on)
    on = received_on + timedelta(days=passed)

    assert seen(case, on).is_old == (on > old_after(case, LAW))
    assert not seen(case, on).is_old or seen(case, on + timedelta(days=1)).is_old


def test_everything_has_its_words_and_its_provisions() -> None:
    assert set(DEMAND_WORDS) == set(DemandState)
    assert set(DELAY_CITES) <= load_statutes().keys()
