"""Due rules as data: a closed set of records, the day each gives, and the sentence that explains it.

A rule counts from a month (any day of it; most often the month the care was given) or from the day of an
event. `due_tables` reads rules from a routine's tables.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from timvis.core.calendar.local_time import MIDNIGHT_AFTER, clock_text, instant
from timvis.core.calendar.months import day_text, last_of_month, month_after, same_day_after
from timvis.core.calendar.weeks import DAYS_PER_WEEK
from timvis.core.calendar.working_days import (
    Definition,
    Holidays,
    add_working_days,
    is_public_holiday,
    last_working_day,
    nth_working_day,
    working_day_on_or_after,
    working_day_on_or_before,
)
from timvis.core.records import Instant


class Move(StrEnum):
    """Where a due day goes that is no working day."""

    STAYS = "stays"
    BEFORE = "before"
    AFTER = "after"


class TimeUnit(StrEnum):
    """What the time after an event is counted in."""

    DAYS = "days"
    WORKING_DAYS = "working_days"
    WEEKS = "weeks"
    MONTHS = "months"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingDayOfMonth:
    """The nth working day of a month; `months_after` 1 is the month after, -1 the month before."""

    n: int
    months_after: int
    definition: Definition
    at_minute: int | None = None

    @property
    def text(self) -> str:
        """The rule as a Swedish sentence."""
        return _sentence(
            f"den {_ordinal(self.n)} vardagen {_in_month(self.months_after)}", self.at_minute, self.definition
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LastWorkingDay:
    """The last working day of a month."""

    months_after: int
    definition: Definition
    at_minute: int | None = None

    @property
    def text(self) -> str:
        """The rule as a Swedish sentence."""
        return _sentence(f"sista vardagen {_in_month(self.months_after)}", self.at_minute, self.definition)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOfMonth:
    """A numbered day of a month (the last one when the month is shorter), moved or not to a working day."""

    day: int
    months_after: int
    move: Move = Move.STAYS
    definition: Definition = Definition.MONDAY_TO_FRIDAY
    at_minute: int | None = None

    @property
    def text(self) -> str:
        """The rule as a Swedish sentence."""
        when = f"den {_ordinal(self.day)} {_in_month(self.months_after)}"
        return _sentence(when + _MOVED[self.move], self.at_minute, _when_moved(self.move, self.definition))


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthlyRun:
    """A run on a numbered day of a month: at one time on ordinary days, at another on public holidays.

    The holidays are those of the law, Sundays among them; a Saturday is an ordinary day here.
    """

    day: int
    months_after: int
    at_minute: int
    holiday_at_minute: int

    @property
    def text(self) -> str:
        """The rule as a Swedish sentence."""
        return (
            f"Den {_ordinal(self.day)} {_in_month(self.months_after)}: kl. {clock_text(self.at_minute)}, "
            f"men kl. {clock_text(self.holiday_at_minute)} när dagen är en söndag eller annan helgdag."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeAfterEvent:
    """A time after the day of an event, which is itself not counted; `event` names that day in Swedish."""

    count: int
    unit: TimeUnit
    event: str = "händelsen"
    move: Move = Move.STAYS
    definition: Definition = Definition.MONDAY_TO_FRIDAY
    at_minute: int | None = None

    @property
    def text(self) -> str:
        """The rule as a Swedish sentence."""
        one, many = _UNITS[self.unit]
        after = f"{self.count} {one if self.count == 1 else many} efter" if self.count else "samma dag som"
        when = f"{after} {self.event}{_MOVED[self.move]}"
        if self.unit is TimeUnit.WORKING_DAYS:
            return _sentence(when, self.at_minute, self.definition)
        return _sentence(when, self.at_minute, _when_moved(self.move, self.definition))


DueRule = WorkingDayOfMonth | LastWorkingDay | DayOfMonth | MonthlyRun | TimeAfterEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """When something is due: a day, a clock time or the whole day, and the sentence for people."""

    on: date
    at_minute: int | None
    text: str

    def is_late(self, received_at: Instant) -> bool:
        """Return whether what came at an instant came too late; on the minute is in time."""
        if self.at_minute is None:
            return received_at >= instant(self.on, MIDNIGHT_AFTER)
        return received_at > instant(self.on, self.at_minute)


def counts_from_event(rule: DueRule) -> bool:
    """Return whether a rule needs the day of an event; the others need only a month."""
    return isinstance(rule, TimeAfterEvent)


def due(rule: DueRule, from_on: date, holidays: Holidays) -> Due:
    """Return when a rule falls due, counted from a day of the month or from the day of the event.

    Raises `CalendarGap` where the holidays do not reach, and `LookupError` for a working day that the month
    does not have: `due_tables` lets no such rule through.
    """
    on = _due_on(rule, from_on, holidays)
    at_minute = rule.at_minute
    if isinstance(rule, MonthlyRun) and is_public_holiday(on, holidays):
        at_minute = rule.holiday_at_minute
    clock = "" if at_minute is None else f" kl. {clock_text(at_minute)}"
    return Due(on=on, at_minute=at_minute, text=f"Senast {day_text(on)}{clock}.")


def _due_on(rule: DueRule, from_on: date, holidays: Holidays) -> date:
    """Return the day a rule falls on."""
    match rule:
        case WorkingDayOfMonth():
            first = month_after(from_on, rule.months_after)
            on = nth_working_day(first, rule.n, holidays, rule.definition)
            if on is None:
                raise LookupError(f"{first:%Y-%m} has no working day number {rule.n}")
            return on
        case LastWorkingDay():
            return last_working_day(month_after(from_on, rule.months_after), holidays, rule.definition)
        case DayOfMonth():
            return _moved(_numbered_day(from_on, rule), rule.move, holidays, rule.definition)
        case MonthlyRun():
            return _numbered_day(from_on, rule)
        case TimeAfterEvent():
            return _moved(_after_event(rule, from_on, holidays), rule.move, holidays, rule.definition)


def _numbered_day(from_on: date, rule: DayOfMonth | MonthlyRun) -> date:
    first = month_after(from_on, rule.months_after)
    return first.replace(day=min(rule.day, last_of_month(first).day))


def _after_event(rule: TimeAfterEvent, event_on: date, holidays: Holidays) -> date:
    match rule.unit:
        case TimeUnit.DAYS:
            return event_on + timedelta(days=rule.count)
        case TimeUnit.WEEKS:
            return event_on + timedelta(days=rule.count * DAYS_PER_WEEK)
        case TimeUnit.MONTHS:
            return same_day_after(event_on, rule.count)
        case TimeUnit.WORKING_DAYS:
            return add_working_days(event_on, rule.count, holidays, rule.definition)


_Mover = Callable[[date, Holidays, Definition], date]
_MOVERS: dict[Move, _Mover] = {Move.BEFORE: working_day_on_or_before, Move.AFTER: working_day_on_or_after}


def _moved(on: date, move: Move, holidays: Holidays, definition: Definition) -> date:
    return _MOVERS[move](on, holidays, definition) if move in _MOVERS else on


# --- sentences ----------------------------------------------------------------------------------------

_SATURDAYS = {
    Definition.MONDAY_TO_FRIDAY: " Lördagar och aftnar (midsommar, jul, nyår) är inte vardagar.",
    Definition.SATURDAYS_COUNT: " Lördagar räknas som vardagar.",
}
_MOVED = {
    Move.STAYS: "",
    Move.BEFORE: ", eller närmaste vardag före",
    Move.AFTER: ", eller närmaste vardag efter",
}
_UNITS = {
    TimeUnit.DAYS: ("dag", "dagar"),
    TimeUnit.WORKING_DAYS: ("vardag", "vardagar"),
    TimeUnit.WEEKS: ("vecka", "veckor"),
    TimeUnit.MONTHS: ("månad", "månader"),
}
_MONTHS = {-1: "i månaden före", 0: "i samma månad", 1: "i månaden efter"}


def _sentence(when: str, at_minute: int | None, definition: Definition | None) -> str:
    clock = "" if at_minute is None else f", kl. {clock_text(at_minute)}"
    return f"Senast {when}{clock}.{_SATURDAYS[definition] if definition else ''}"


def _when_moved(move: Move, definition: Definition) -> Definition | None:
    """Return the definition when it matters: a day that stays asks no working day."""
    return None if move is Move.STAYS else definition


def _in_month(months_after: int) -> str:
    if months_after in _MONTHS:
        return _MONTHS[months_after]
    return f"i den {_ordinal(abs(months_after))} månaden {'efter' if months_after > 0 else 'före'}"


def _ordinal(number: int) -> str:
    """Return a number as Swedish counts: 1:a, 2:a, 3:e, 11:e, 21:a."""
    takes_a = number % 10 in (1, 2) and number % 100 not in (11, 12)
    return f"{number}:{'a' if takes_a else 'e'}"
