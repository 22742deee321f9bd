"""Swedish clock time: what a time report says ⇄ the minutes that really passed.

A local day has 1440 minutes, except the two days of the year when the clocks change. In spring 02.00–02.59
does not exist; in autumn it comes twice. So a clock time of a day has no, one or two instants, and lengths
are differences between instants, never between clock times.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import product
from zoneinfo import ZoneInfo

from timvis.core.calendar.months import month_after
from timvis.core.records import ClockSpan, Instant

SWEDEN = ZoneInfo("Europe/Stockholm")
MIDNIGHT_AFTER = 1440
"""24.00: the end of a day as the clock shows it, on every day."""
LAST_START = MIDNIGHT_AFTER - 1

_MINUTE = timedelta(minutes=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_ORDINAL = _EPOCH.toordinal()
# A file may hold any day of any year and any text, so the caches have ceilings; sixty years of days fit.
_DAYS_KEPT = 22_000
_TEXTS_KEPT = 10_000


class Reading(StrEnum):
    """Which of the two passes of the autumn hour is meant."""

    SUMMER_TIME = "S"
    WINTER_TIME = "V"


_LETTERS = frozenset(Reading)


class ClockProblem(StrEnum):
    """Why two clock times are not a piece of a day, in the order they are looked for."""

    NOT_A_TIME = "not_a_time"
    DOES_NOT_EXIST = "does_not_exist"
    READING_DOES_NOT_HOLD = "reading_does_not_hold"
    END_NOT_AFTER_START = "end_not_after_start"


class NoSuchClockTime(ValueError):
    """Our mistake: somebody asked for the instant of a clock time without checking that it exists."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Day:
    """A local day: when it begins, how long it is, and the elapsed minute at which the clocks change."""

    starts_at: int
    minutes: int
    changes_after: int | None
    forward: int
    """What the change adds to the clock: 60 in spring, -60 in autumn, 0 on other days."""


# --- days ---------------------------------------------------------------------------------------------


def _offset(on: date, minute: int) -> int:
    """Return the minutes ahead of UTC that the clock `minute` shows; after the change when in doubt."""
    hour, rest = divmod(minute, 60)
    ahead = datetime.combine(on, time(hour, rest, fold=1), SWEDEN).utcoffset()
    return 0 if ahead is None else ahead // _MINUTE


@lru_cache(maxsize=_DAYS_KEPT)
def _day(on: date) -> _Day:
    """Return the shape of a local day."""
    before, after = _offset(on, 0), _offset(on, MIDNIGHT_AFTER - 1)
    starts_at = (on.toordinal() - _EPOCH_ORDINAL) * MIDNIGHT_AFTER - before
    if before == after:
        return _Day(starts_at=starts_at, minutes=MIDNIGHT_AFTER, changes_after=None, forward=0)
    forward = after - before
    first_after = next(minute for minute in range(MIDNIGHT_AFTER) if _offset(on, minute) != before)
    return _Day(
        starts_at=starts_at,
        minutes=MIDNIGHT_AFTER - forward,
        # In autumn the hour from `first_after` passes once in summer time before the clocks go back.
        changes_after=first_after + max(0, -forward),
        forward=forward,
    )


def day_minutes(on: date) -> int:
    """Return how long a local day is: 1440 minutes, 1380 in spring's night, 1500 in autumn's."""
    return _day(on).minutes


def is_clock_change(on: date) -> bool:
    """Return whether the clocks change during the day."""
    return _day(on).changes_after is not None


def changes_at(on: date) -> tuple[Instant, ...]:
    """Return the instant at which the clocks change during a day, if they do."""
    day = _day(on)
    return () if day.changes_after is None else (Instant(day.starts_at + day.changes_after),)


def local_day(at: Instant) -> date:
    """Return the Swedish day that an instant belongs to."""
    return _local(at).date()


def day_of(moment: datetime) -> date:
    """Return the Swedish day that a moment with a time zone belongs to."""
    return moment.astimezone(SWEDEN).date()


def last_moment_of(on: date) -> datetime:
    """Return the last microsecond of a Swedish day."""
    return datetime.combine(on, time.max, SWEDEN)


def month_moments(month_on: date) -> tuple[datetime, datetime]:
    """Return when a Swedish month begins, and when the next one does, from its first day."""
    return datetime.combine(month_on, time(), SWEDEN), datetime.combine(month_after(month_on), time(), SWEDEN)


def local_clock(at: Instant) -> str:
    """Return what a Swedish clock shows at an instant, as "HH.MM"."""
    return f"{_local(at):%H.%M}"


def local_minute(at: Instant) -> int:
    """Return what a Swedish clock shows at an instant, as minutes after midnight."""
    shown = _local(at)
    return shown.hour * 60 + shown.minute


def instant_of(moment: datetime) -> Instant:
    """Return the whole minute that a moment with a time zone lies in."""
    return Instant((moment - _EPOCH) // _MINUTE)


def moment_of(at: Instant) -> datetime:
    """Return an instant as a moment with a time zone."""
    return _EPOCH + timedelta(minutes=at)


def local_iso(at: Instant) -> str:
    """Return an instant as a Swedish date-time with its offset, "2025-03-03T13:00:00+01:00"."""
    return _local(at).isoformat()


def _local(at: Instant) -> datetime:
    return (_EPOCH + timedelta(minutes=at)).astimezone(SWEDEN)


# --- clock times of a day -----------------------------------------------------------------------------


def instants(on: date, minute: int) -> tuple[Instant, ...]:
    """Return the instants at which a day's clock shows `minute` (0–1440, where 1440 is 24.00).

    One on almost every day; none for 02.00–02.59 in spring; two, in order, for 02.00–02.59 in autumn.
    """
    day = _day(on)
    if day.changes_after is None:
        return (Instant(day.starts_at + minute),)
    before_change = (minute,) if minute < day.changes_after else ()
    elapsed = minute - day.forward
    after_change = (elapsed,) if elapsed >= day.changes_after else ()
    return tuple(Instant(day.starts_at + passed) for passed in before_change + after_change)


def instant(on: date, minute: int, *, fold: int = 0) -> Instant:
    """Return the instant of a clock time, with `fold` 1 the second pass of an hour that comes twice.

    Raises `NoSuchClockTime` in the hour that spring skips: what was handed in goes through `span` first.
    """
    found = instants(on, minute)
    if not found:
        raise NoSuchClockTime(f"{clock_text(minute)} does not exist on {on}")
    return found[fold] if fold < len(found) else found[-1]


_CLOCK = re.compile(r"([0-9]{1,2})[.:]([0-9]{2})|([0-9]{2})([0-9]{2})")


@lru_cache(maxsize=_TEXTS_KEPT)
def clock_minute(text: str) -> int | None:
    """Return the minutes after midnight of "13.05", "13:05", "1305" or "9.05"; None when it is no clock time.

    "24.00" gives 1440: only the caller knows whether it stands at an end.
    """
    match = _CLOCK.fullmatch(text.strip())
    if match is None:
        return None
    hour, minute = int(match[1] or match[3]), int(match[2] or match[4])
    total = hour * 60 + minute
    return total if minute < 60 and total <= MIDNIGHT_AFTER else None


def clock_text(minute: int) -> str:
    """Return minutes after midnight as "HH.MM"; 1440 is "24.00"."""
    return f"{minute // 60:02d}.{minute % 60:02d}"


@lru_cache(maxsize=_TEXTS_KEPT)
def stated_reading(text: str) -> tuple[str, Reading | None]:
    """Return a clock text without its trailing S (sommartid) or V (vintertid), and which of them stood."""
    clock = text.strip()
    letter = clock[-1:].upper()
    return (clock[:-1].rstrip(), Reading(letter)) if letter in _LETTERS else (clock, None)


# --- pieces of a day ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _End:
    """One end of a span: the clock's minute and the instants it may mean."""

    minute: int
    readings: tuple[Instant, ...]


def span(
    on: date,
    from_text: str,
    to_text: str,
    *,
    from_reading: Reading | None = None,
    to_reading: Reading | None = None,
) -> ClockSpan | ClockProblem:
    """Return the piece of the day between two clock times, or the first reason why there is none.

    A trailing letter in a text states the reading, "02.30V"; the arguments are for formats with a column of
    their own. Without either, the hour that comes twice is read so that it gives the fewest minutes.
    """
    start = _end(on, from_text, from_reading, latest_minute=LAST_START)
    end = _end(on, to_text, to_reading, latest_minute=MIDNIGHT_AFTER)
    if isinstance(start, ClockProblem):
        return start
    if isinstance(end, ClockProblem):
        return end
    # Only stated readings may let the clock stand still or go backwards: "02.30S–02.30V" is an hour's work,
    # but "02.30–02.30" is far more often a mistake in writing.
    if end.minute <= start.minute and (len(start.readings) > 1 or len(end.readings) > 1):
        return ClockProblem.END_NOT_AFTER_START
    possible = [(a, b) for a, b in product(start.readings, end.readings) if a < b]
    if not possible:
        return ClockProblem.END_NOT_AFTER_START
    # Equally short readings of both ends are the two passes; the first is taken, and a person is asked.
    start_at, end_at = min(possible, key=lambda ends: ends[1] - ends[0])
    return ClockSpan(
        work_on=on,
        from_text=from_text,
        to_text=to_text,
        start_minute=start.minute,
        end_minute=end.minute,
        start_at=start_at,
        end_at=end_at,
        is_ambiguous=len(possible) > 1,
    )


def split_at_midnight(
    on: date,
    from_text: str,
    to_text: str,
    *,
    from_reading: Reading | None = None,
    to_reading: Reading | None = None,
) -> tuple[ClockSpan, ...] | ClockProblem:
    """Return a shift as one piece per day: an end that is not after the start is read as the next day's.

    For forms that write "22.00–06.00" on one row. The pieces meet at "24.00" and "00.00".
    """
    within = span(on, from_text, to_text, from_reading=from_reading, to_reading=to_reading)
    if isinstance(within, ClockSpan):
        return (within,)
    start_minute, end_minute = (clock_minute(stated_reading(text)[0]) for text in (from_text, to_text))
    if start_minute is None or end_minute is None or end_minute > start_minute or on == date.max:
        return within
    evening = span(on, from_text, clock_text(MIDNIGHT_AFTER), from_reading=from_reading)
    if isinstance(evening, ClockProblem):
        return evening
    if end_minute == 0:
        return (evening,)
    morning = span(on + timedelta(days=1), clock_text(0), to_text, to_reading=to_reading)
    return morning if isinstance(morning, ClockProblem) else (evening, morning)


def spans_between(start_at: Instant, end_at: Instant) -> tuple[ClockSpan, ...]:
    """Return the time between two instants as one piece per local day, the autumn hour told by its letter."""
    found: list[ClockSpan] = []
    while start_at < end_at:
        on = local_day(start_at)
        midnight = Instant(_day(on).starts_at + _day(on).minutes)
        until = min(end_at, midnight)
        start = local_minute(start_at)
        end = MIDNIGHT_AFTER if until == midnight else local_minute(until)
        found.append(
            ClockSpan(
                work_on=on,
                from_text=_stated_text(on, start, start_at),
                to_text=_stated_text(on, end, until),
                start_minute=start,
                end_minute=end,
                start_at=start_at,
                end_at=until,
            )
        )
        start_at = until
    return tuple(found)


def _stated_text(on: date, minute: int, at: Instant) -> str:
    """Return a clock time as a report writes it: with a letter only where the clock shows it twice."""
    return clock_text(minute) + (_reading_at(at) if len(instants(on, minute)) > 1 else "")


def _end(on: date, text: str, reading: Reading | None, *, latest_minute: int) -> _End | ClockProblem:
    """Return what one end may mean, or why it means nothing."""
    clock, letter = stated_reading(text)
    minute = clock_minute(clock)
    if minute is None or minute > latest_minute:
        return ClockProblem.NOT_A_TIME
    possible = instants(on, minute)
    if not possible:
        return ClockProblem.DOES_NOT_EXIST
    stated = reading or letter
    if stated is not None:
        possible = tuple(at for at in possible if _reading_at(at) is stated)
    return _End(minute=minute, readings=possible) if possible else ClockProblem.READING_DOES_NOT_HOLD


def _reading_at(at: Instant) -> Reading:
    """Return whether summer or winter time holds at an instant."""
    return Reading.SUMMER_TIME if _local(at).dst() else Reading.WINTER_TIME
