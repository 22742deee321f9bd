"""The two meanings of *vardag*, on a holiday list that is handed in.

A source that says "the fifth working day" seldom says whether Saturday is one. The law on deadlines
(1930:173, 2 §) puts Saturdays and three eves beside Sundays and holidays; the law on holidays (1989:253)
names only Sundays and the holidays. So the definition is an argument, written in each routine.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from timvis.core.calendar.months import days_of_month, last_of_month

_ONE_DAY = timedelta(days=1)
_SATURDAY, _SUNDAY = 5, 6


class Definition(StrEnum):
    """Which days are working days."""

    MONDAY_TO_FRIDAY = "monday_to_friday"
    """Monday to Friday without public holidays, Midsummer Eve, Christmas Eve and New Year's Eve."""

    SATURDAYS_COUNT = "saturdays_count"
    """Every day that is neither a Sunday nor a public holiday; eves count too."""


class CalendarGap(LookupError):
    """Nobody has handed in the holidays of the day asked for. Stops the job: a guess would move deadlines."""

    def __init__(self, on: date, message: str) -> None:
        super().__init__(message)
        self.on = on


@dataclass(frozen=True, slots=True, kw_only=True)
class Holidays:
    """The holidays of whole years: `public` by law, `eves` the three that count as one for deadlines."""

    first_year: int
    last_year: int
    public: frozenset[date]
    eves: frozenset[date]

    def require(self, on: date) -> None:
        """Return when the day's year is covered; raise `CalendarGap` when it is not."""
        if not self.first_year <= on.year <= self.last_year:
            raise CalendarGap(
                on, f"Helgdagar är kända {self.first_year}–{self.last_year}, men inte för {on.isoformat()}."
            )


def is_public_holiday(on: date, holidays: Holidays) -> bool:
    """Return whether a day is an *allmän helgdag*: a Sunday or one that the law names."""
    holidays.require(on)
    return on.weekday() == _SUNDAY or on in holidays.public


def is_working_day(on: date, holidays: Holidays, definition: Definition) -> bool:
    """Return whether a day is a working day by the definition."""
    if is_public_holiday(on, holidays):
        return False
    if definition is Definition.SATURDAYS_COUNT:
        return True
    return on.weekday() != _SATURDAY and on not in holidays.eves


def working_days_of(month_on: date, holidays: Holidays, definition: Definition) -> tuple[date, ...]:
    """Return the working days of a month, in order."""
    return tuple(day for day in days_of_month(month_on) if is_working_day(day, holidays, definition))


def nth_working_day(month_on: date, n: int, holidays: Holidays, definition: Definition) -> date | None:
    """Return the nth working day of a month, counted from 1, or None when the month has no such day."""
    days = working_days_of(month_on, holidays, definition)
    return days[n - 1] if 1 <= n <= len(days) else None


def last_working_day(month_on: date, holidays: Holidays, definition: Definition) -> date:
    """Return the last working day of a month."""
    return working_day_on_or_before(last_of_month(month_on), holidays, definition)


def add_working_days(on: date, count: int, holidays: Holidays, definition: Definition) -> date:
    """Return the day that lies `count` working days after a day, which is itself not counted.

    A count of 0 gives the day itself, working day or not.
    """
    day = on
    for _ in range(count):
        day = working_day_on_or_after(day + _ONE_DAY, holidays, definition)
    return day


def working_day_on_or_after(on: date, holidays: Holidays, definition: Definition) -> date:
    """Return the day itself when it is a working day, else the next one."""
    return _first_working_day(on, _ONE_DAY, holidays, definition)


def working_day_on_or_before(on: date, holidays: Holidays, definition: Definition) -> date:
    """Return the day itself when it is a working day, else the one before."""
    return _first_working_day(on, -_ONE_DAY, holidays, definition)


def warning_day(due_on: date, holidays: Holidays) -> date:
    """Return the last working day, Monday to Friday, before a last day: when somebody can still do something.

    What a receiver makes of a last day that is no working day is seldom written, so a warning never waits for it.
    """
    return working_day_on_or_before(due_on - _ONE_DAY, holidays, Definition.MONDAY_TO_FRIDAY)


def _first_working_day(on: date, step: timedelta, holidays: Holidays, definition: Definition) -> date:
    return next(day for day in _walk(on, step) if is_working_day(day, holidays, definition))


def _walk(on: date, step: timedelta) -> Iterator[date]:
    """Yield a day and those that follow it; ends in `CalendarGap` where the holidays end, never for ever."""
    while True:
        yield on
        on += step
