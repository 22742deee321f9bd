"""Weeks over New Year, month ends, and periods cut at change days."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timvis.core.calendar.months import (
    Period,
    cut,
    day_text,
    days_of_month,
    last_of_month,
    month_after,
    month_on,
    month_period,
    month_text,
    read_month,
    same_day_after,
    week_pieces,
)
from timvis.core.calendar.weeks import day_number, day_of, days_of_week, monday_of, week_label, week_number

days = st.dates(date(1990, 1, 1), date(2100, 12, 31))


# --- weeks --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("monday", "label"), [(date(2020, 12, 28), "2020 v 53"), (date(2026, 12, 28), "2026 v 53")])
def test_a_week_over_new_year_is_one_week(monday: date, label: str) -> None:
    week = [monday + timedelta(days=passed) for passed in range(7)]

    assert week[0].year != week[6].year
    assert {week_number(day) for day in week} == {week_number(monday)}
    assert {week_label(day) for day in week} == {label}
    assert week_number(monday + timedelta(days=7)) == week_number(monday) + 1
    assert days_of_week(week_number(monday)) == tuple(week)


def test_the_first_days_of_a_year_can_belong_to_the_year_before() -> None:
    assert week_label(date(2021, 1, 1)) == "2020 v 53"
    assert week_label(date(2024, 12, 30)) == "2025 v 1"


@given(days)
def test_a_week_begins_on_its_monday_and_can_be_reckoned_from_the_day_number(day: date) -> None:
    week = week_number(day)

    assert monday_of(week) <= day < monday_of(week + 1)
    assert monday_of(week).weekday() == 0
    assert week == (day_number(day) - 1) // 7
    assert day_of(day_number(day)) == day


# --- months -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "last", "count"),
    [
        (date(2024, 2, 10), date(2024, 2, 29), 29),
        (date(2025, 2, 28), date(2025, 2, 28), 28),
        (date(2025, 12, 31), date(2025, 12, 31), 31),
        (date(2025, 4, 1), date(2025, 4, 30), 30),
    ],
)
def test_a_month_ends_on_its_last_day(day: date, last: date, count: int) -> None:
    assert last_of_month(day) == last
    assert len(days_of_month(day)) == month_period(day).days == count
    assert month_period(day).to_on == last + timedelta(days=1)


@pytest.mark.parametrize(
    ("months", "first"),
    [(0, date(2025, 12, 1)), (1, date(2026, 1, 1)), (14, date(2027, 2, 1)), (-12, date(2024, 12, 1))],
)
def test_months_are_counted_over_new_year(months: int, first: date) -> None:
    assert month_after(date(2025, 12, 31), months) == first


def test_the_same_day_of_a_shorter_month_is_its_last() -> None:
    assert same_day_after(date(2025, 8, 31), 6) == date(2026, 2, 28)
    assert same_day_after(date(2025, 1, 10), 6) == date(2025, 7, 10)


@pytest.mark.parametrize("text", ["2025-13", "2025-00", "0000-01", "2025-1", "2025", "2025-01-01", "mars"])
def test_what_is_no_month_gives_nothing(text: str) -> None:
    assert read_month(text) is None


def test_a_month_is_named_by_its_first_day() -> None:
    assert read_month(" 2025-02 ") == month_on(date(2025, 2, 17)) == date(2025, 2, 1)
    assert month_text(date(2025, 2, 1)) == "februari 2025"
    assert day_text(date(2025, 2, 3)) == "måndag 3 februari 2025"


# --- pieces -------------------------------------------------------------------------------------------


def test_a_period_is_cut_at_every_change_day_inside_it() -> None:
    year = Period(date(2020, 12, 1), date(2021, 2, 1))

    pieces = cut(year, [date(2021, 1, 1), date(2020, 12, 1), date(2021, 2, 1), date(2021, 1, 1)])

    assert pieces == (
        Period(date(2020, 12, 1), date(2021, 1, 1)),
        Period(date(2021, 1, 1), date(2021, 2, 1)),
    )


def test_an_empty_period_has_no_pieces() -> None:
    nothing = Period(date(2021, 1, 1), date(2021, 1, 1))

    assert cut(nothing, [date(2021, 1, 1)]) == ()
    assert week_pieces(nothing) == ()


def test_a_month_is_made_of_whole_and_broken_weeks() -> None:
    pieces = week_pieces(month_period(date(2026, 2, 1)))

    # 1 February 2026 is a Sunday: one day, three whole weeks, and 23-28 February
    assert [piece.period.days for piece in pieces] == [1, 7, 7, 7, 6]
    assert [piece.week - pieces[0].week for piece in pieces] == [0, 1, 2, 3, 4]


@given(days, st.integers(0, 400), st.lists(days))
def test_pieces_follow_on_each_other_and_lose_no_day(begins: date, length: int, changes: list[date]) -> None:
    period = Period(begins, begins + timedelta(days=length))

    for pieces in (cut(period, changes), tuple(piece.period for piece in week_pieces(period))):
        assert sum(piece.days for piece in pieces) == length
        assert all(piece.days > 0 for piece in pieces)
        assert all(before.to_on == after.from_on for before, after in pairwise(pieces))
