"""The two meanings of vardag."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timvis.core.calendar.due_tables import EVERY_MONTH_HAS
from timvis.core.calendar.working_days import (
    CalendarGap,
    Definition,
    Holidays,
    add_working_days,
    is_working_day,
    last_working_day,
    nth_working_day,
    warning_day,
    working_day_on_or_after,
    working_day_on_or_before,
    working_days_of,
)
from timvis.formats.holiday_calendar.read import FIRST_YEAR, LAST_YEAR, holidays_of

A, B = Definition.MONDAY_TO_FRIDAY, Definition.SATURDAYS_COUNT
YEARS = holidays_of(2019, 2030)

definitions = st.sampled_from(Definition)
days = st.dates(date(2019, 2, 1), date(2030, 9, 1))


@pytest.mark.parametrize(
    ("day", "by_a", "by_b"),
    [
        (date(2025, 6, 18), True, True),  # an ordinary Wednesday
        (date(2025, 6, 20), False, True),  # Midsummer Eve
        (date(2025, 6, 21), False, False),  # Midsummer Day
        (date(2025, 6, 22), False, False),  # Sunday
        (date(2025, 6, 28), False, True),  # an ordinary Saturday
        (date(2025, 12, 24), False, True),  # Christmas Eve
        (date(2025, 12, 31), False, True),  # New Year's Eve
        (date(2025, 6, 6), False, False),  # National Day, a Friday
    ],
)
def test_a_day_is_a_working_day_by_one_definition_or_both(day: date, by_a: bool, by_b: bool) -> None:
    assert (is_working_day(day, YEARS, A), is_working_day(day, YEARS, B)) == (by_a, by_b)


def test_a_month_has_no_working_day_beyond_its_last() -> None:
    # February 2025: 28 days, 4 Saturdays, 4 Sundays, no holiday
    assert nth_working_day(date(2025, 2, 1), 20, YEARS, A) == date(2025, 2, 28)
    assert nth_working_day(date(2025, 2, 1), 21, YEARS, A) is None
    assert nth_working_day(date(2025, 2, 1), 24, YEARS, B) == date(2025, 2, 28)
    assert nth_working_day(date(2025, 2, 1), 0, YEARS, A) is None


def test_the_last_working_day_of_a_year_lies_before_the_eve() -> None:
    assert last_working_day(date(2025, 12, 1), YEARS, A) == date(2025, 12, 30)
    assert last_working_day(date(2025, 12, 1), YEARS, B) == date(2025, 12, 31)


def test_working_days_are_counted_over_christmas_and_new_year() -> None:
    # after Friday 19 December: 22, 23, 29, 30 December, 2 January
    assert add_working_days(date(2025, 12, 19), 5, YEARS, A) == date(2026, 1, 2)
    assert add_working_days(date(2025, 12, 21), 0, YEARS, A) == date(2025, 12, 21)


def test_a_day_that_is_no_working_day_moves_to_the_nearest_before_or_after() -> None:
    good_friday = date(2025, 4, 18)

    assert working_day_on_or_before(good_friday, YEARS, A) == date(2025, 4, 17)
    assert working_day_on_or_after(good_friday, YEARS, A) == date(2025, 4, 22)
    assert working_day_on_or_after(good_friday, YEARS, B) == date(2025, 4, 19)


def test_a_year_whose_holidays_nobody_gave_stops_the_job() -> None:
    one_year = Holidays(first_year=2025, last_year=2025, public=frozenset(), eves=frozenset())

    with pytest.raises(CalendarGap, match="2026-01-01"):
        add_working_days(date(2025, 12, 31), 1, one_year, A)


def test_every_month_has_the_working_days_that_a_rule_may_ask_for() -> None:
    known = holidays_of(FIRST_YEAR, LAST_YEAR)

    fewest = min(
        len(working_days_of(date(year, month, 1), known, definition))
        for year in range(FIRST_YEAR, LAST_YEAR + 1)
        for month in range(1, 13)
        for definition in Definition
    )

    assert fewest == EVERY_MONTH_HAS


@given(days, definitions)
def test_the_nth_working_day_is_later_the_higher_the_number(day: date, definition: Definition) -> None:
    month_on = day.replace(day=1)

    found = [nth_working_day(month_on, n, YEARS, definition) for n in range(1, EVERY_MONTH_HAS + 1)]

    assert all(a is not None and b is not None and a < b for a, b in pairwise(found))


@given(days)
def test_a_working_day_is_one_also_where_saturdays_count(day: date) -> None:
    assert not is_working_day(day, YEARS, A) or is_working_day(day, YEARS, B)


@given(days, st.integers(0, 30), st.integers(0, 30), definitions)
def test_working_days_can_be_added_in_two_steps(day: date, first: int, second: int, definition: Definition) -> None:
    halfway = add_working_days(day, first, YEARS, definition)

    assert add_working_days(halfway, second, YEARS, definition) == add_working_days(
        day, first + second, YEARS, definition
    )


@given(days, definitions)
def test_before_and_after_enclose_the_day_and_nothing_lies_between(day: date, definition: Definition) -> None:
    before = working_day_on_or_before(day, YEARS, definition)
    after = working_day_on_or_after(day, YEARS, definition)

    assert before <= day <= after
    between = [before + timedelta(days=passed) for passed in range(1, (after - before).days)]
    assert not any(is_working_day(each, YEARS, definition) for each in between)


@pytest.mark.parametrize(
    ("due_on", "warned_on"),
    [
        (date(2025, 3, 5), date(2025, 3, 4)),  # a Wednesday
        (date(2025, 1, 5), date(2025, 1, 3)),  # a Sunday, and the Saturday before it is none either
        (date(2026, 4, 5), date(2026, 4, 2)),  # Easter Sunday: Thursday before Good Friday
        (date(2026, 1, 5), date(2026, 1, 2)),
    ],
)
def test_the_warning_comes_on_the_last_working_day_before(due_on: date, warned_on: date) -> None:
    assert warning_day(due_on, YEARS) == warned_on
