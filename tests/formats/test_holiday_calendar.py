"""The holiday list, against the words of the two laws."""

from datetime import date, timedelta

import pytest

from timvis.formats.holiday_calendar.read import FIRST_YEAR, LAST_YEAR, covers, holidays_around, holidays_of

ALL = holidays_of(FIRST_YEAR, LAST_YEAR)


def easter_day(year: int) -> date:
    """Return Easter Day by Gauss's rule in Lichtenberg's form."""
    k = year // 100
    shift = 15 + (3 * k + 3) // 4 - (8 * k + 13) // 25
    age = (19 * (year % 19) + shift) % 30
    limit = 21 + age - (age // 29 + (age // 28 - age // 29) * (year % 19 // 11))
    first_sunday = 7 - (year + year // 4 + 2 - (3 * k + 3) // 4) % 7
    return date(year, 3, 1) + timedelta(days=limit + (7 - (limit - first_sunday) % 7) - 1)


def saturday_from(day: date) -> date:
    return day + timedelta(days=(5 - day.weekday()) % 7)


def by_law(year: int) -> set[date]:
    """Return the holidays of lagen (1989:253), beside the Sundays."""
    easter = easter_day(year)
    # Whit Monday was a holiday until the National Day took its place in 2005.
    spring = date(year, 6, 6) if year >= 2005 else easter + timedelta(days=50)
    return {
        date(year, 1, 1),
        date(year, 1, 6),
        easter - timedelta(days=2),
        easter,
        easter + timedelta(days=1),
        date(year, 5, 1),
        easter + timedelta(days=39),
        easter + timedelta(days=49),
        spring,
        saturday_from(date(year, 6, 20)),
        saturday_from(date(year, 10, 31)),
        date(year, 12, 25),
        date(year, 12, 26),
    }


@pytest.mark.parametrize("year", range(FIRST_YEAR, LAST_YEAR + 1))
def test_the_holidays_of_a_year_are_those_of_the_law(year: int) -> None:
    midsummer_eve = saturday_from(date(year, 6, 20)) - timedelta(days=1)

    assert {day for day in ALL.public if day.year == year} == by_law(year)
    assert {day for day in ALL.eves if day.year == year} == {
        midsummer_eve,
        date(year, 12, 24),
        date(year, 12, 31),
    }


def test_a_list_holds_the_years_it_says() -> None:
    found = holidays_around(date(2025, 12, 31))

    assert (found.first_year, found.last_year) == (2024, 2027)
    assert {day.year for day in found.public} == {2024, 2025, 2026, 2027}


def test_years_nobody_has_compared_are_refused() -> None:
    assert not covers(1989)
    assert not covers(2101)
    with pytest.raises(ValueError, match="1990"):
        holidays_of(1989, 1991)
    with pytest.raises(ValueError, match="2100"):
        holidays_of(2025, 2024)


def test_the_list_ends_where_the_comparison_ends() -> None:
    assert holidays_around(date(LAST_YEAR, 5, 1)).last_year == LAST_YEAR
    assert holidays_around(date(FIRST_YEAR, 5, 1)).first_year == FIRST_YEAR
