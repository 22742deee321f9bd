"""Months and half-open periods: a month is named by its first day, `to_on` is the first day outside."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from itertools import pairwise

from timvis.core.calendar.weeks import monday_of, week_number

MONTHS_PER_YEAR = 12
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
_MONTHS = (
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A half-open run of days, never empty when it comes from this module."""

    from_on: date
    to_on: date

    @property
    def days(self) -> int:
        """How many days it holds."""
        return self.to_on.toordinal() - self.from_on.toordinal()


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekPiece:
    """The part of one ISO week that lies in a period."""

    week: int
    period: Period


# --- months -------------------------------------------------------------------------------------------


def month_on(day: date) -> date:
    """Return the first day of a day's month, which is how a month is named."""
    return day.replace(day=1)


def month_after(on: date, months: int = 1) -> date:
    """Return the first day of the month that lies `months` after a day's own; before it when negative."""
    years, month = divmod(on.month - 1 + months, MONTHS_PER_YEAR)
    return date(on.year + years, month + 1, 1)


def month_period(on: date) -> Period:
    """Return the month of a day, from its first day to the first day of the next month."""
    return Period(month_on(on), month_after(on))


def last_of_month(on: date) -> date:
    """Return the last day of a day's month."""
    return month_after(on) - timedelta(days=1)


def days_of_month(on: date) -> tuple[date, ...]:
    """Return every day of a day's month, in order."""
    period = month_period(on)
    return tuple(period.from_on + timedelta(days=passed) for passed in range(period.days))


def same_day_after(on: date, months: int) -> date:
    """Return the day with the same number some months later, or that month's last day when it is shorter.

    So the law counts a time set in months (lagen 1930:173 om beräkning av lagstadgad tid, 1 §).
    """
    first = month_after(on, months)
    return first.replace(day=min(on.day, last_of_month(first).day))


def read_month(text: str) -> date | None:
    """Return the first day of a month written "YYYY-MM", or None.

    The first and the last year that can be written are none: a month of theirs may have no month beside it.
    """
    match = _MONTH.fullmatch(text.strip())
    if match is None or not 1 <= int(match[2]) <= MONTHS_PER_YEAR or not MINYEAR < int(match[1]) < MAXYEAR:
        return None
    return date(int(match[1]), int(match[2]), 1)


# --- pieces -------------------------------------------------------------------------------------------


def cut(period: Period, change_days: Iterable[date]) -> tuple[Period, ...]:
    """Return a period cut at every change day inside it, in order: each piece has one set of conditions."""
    inside = {day for day in change_days if period.from_on < day < period.to_on}
    edges = [period.from_on, *sorted(inside), period.to_on]
    return tuple(Period(begins, ends) for begins, ends in pairwise(edges) if begins < ends)


def week_pieces(period: Period) -> tuple[WeekPiece, ...]:
    """Return the parts of ISO weeks that a period consists of, in order."""
    if period.days <= 0:
        return ()
    first, last = week_number(period.from_on), week_number(period.to_on - timedelta(days=1))
    pieces = cut(period, (monday_of(week) for week in range(first + 1, last + 1)))
    return tuple(WeekPiece(week=week_number(piece.from_on), period=piece) for piece in pieces)


# --- for people ---------------------------------------------------------------------------------------


def day_text(on: date) -> str:
    """Return a day as a person says it, "måndag 3 februari 2025"."""
    return f"{_WEEKDAYS[on.weekday()]} {date_text(on)}"


def date_text(on: date) -> str:
    """Return a day as it is written in a letter, "3 februari 2025"."""
    return f"{on.day} {_MONTHS[on.month - 1]} {on.year}"


def period_text(from_on: date, to_on: date) -> str:
    """Return a half-open period as it is written in a letter, "3–16 februari 2025"; `to_on` is the day after it."""
    last = to_on - timedelta(days=1)
    if from_on == last:
        return date_text(last)
    if (from_on.year, from_on.month) == (last.year, last.month):
        return f"{from_on.day}–{date_text(last)}"
    year = "" if from_on.year == last.year else f" {from_on.year}"
    return f"{from_on.day} {_MONTHS[from_on.month - 1]}{year} – {date_text(last)}"


def month_text(on: date) -> str:
    """Return a month as a person says it, "februari 2025"."""
    return f"{_MONTHS[on.month - 1]} {on.year}"
