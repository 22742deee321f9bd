"""The holiday list that `core.calendar` is handed."""

from datetime import date
from functools import cache

from holidays import DE_FACTO, PUBLIC, country_holidays

from timvis.core.calendar.working_days import Holidays

FIRST_YEAR, LAST_YEAR = 1990, 2100
"""The years for which somebody has compared every day of the package with the text of the laws."""


def covers(year: int) -> bool:
    """Return whether the holidays of a year are known."""
    return FIRST_YEAR <= year <= LAST_YEAR


@cache
def holidays_of(first_year: int, last_year: int) -> Holidays:
    """Return the holidays of whole years, both ends included.

    Raises `ValueError` for years outside 1990–2100: ask `covers` first when a person chose the year.
    """
    if not (covers(first_year) and covers(last_year) and first_year <= last_year):
        raise ValueError(f"holidays are known for {FIRST_YEAR}–{LAST_YEAR}, not {first_year}–{last_year}")
    return Holidays(
        first_year=first_year,
        last_year=last_year,
        public=_days(PUBLIC, first_year, last_year),
        eves=_days(DE_FACTO, first_year, last_year),
    )


def all_holidays() -> Holidays:
    """Return the holidays of every year that is known: for days that may lie long ago."""
    return holidays_of(FIRST_YEAR, LAST_YEAR)


def holidays_around(on: date) -> Holidays:
    """Return the holidays of a day's year, the year before and the two after, as far as any are known.

    Enough for a due rule that counts from the day's month: December's hours fall due in January, and no rule
    about a month reaches further than two years. Raises `ValueError` for a year outside 1990–2100.
    """
    return holidays_of(max(on.year - 1, FIRST_YEAR), min(on.year + 2, LAST_YEAR))


def _days(category: str, first_year: int, last_year: int) -> frozenset[date]:
    # Without `include_sundays=False` every Sunday would be listed; `core` knows the Sundays by itself.
    found = country_holidays("SE", years=range(first_year, last_year + 1), categories=category, include_sundays=False)
    return frozenset(found)
