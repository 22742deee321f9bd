"""Which price of the day a minute has: the time bands of a price list, the most particular first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from timvis.core.calculation.home_care.records import Stretch
from timvis.core.calendar.local_time import MIDNIGHT_AFTER, instants
from timvis.core.calendar.working_days import Holidays, is_public_holiday
from timvis.core.records import ClockSpan, Instant

MONDAY, FRIDAY = 0, 4
_ONE_DAY = timedelta(days=1)


class Days(StrEnum):
    """On which days a band holds, the most particular last."""

    EVERY_DAY = "every_day"
    WEEKDAYS = "weekdays"
    FRIDAY_TO_MONDAY = "friday_to_monday"
    HOLIDAYS = "holidays"
    MAJOR_HOLIDAYS = "major_holidays"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeBand:
    """A stretch of the day or of the week with a price of its own, in local minutes.

    An end that is not after the start is the next day's. `friday_to_monday` begins at `from_minute` on Friday and
    ends at `to_minute` on Monday.
    """

    name: str
    days: Days
    from_minute: int
    to_minute: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BandDays:
    """The days that bands ask about: public holidays, and those the agreement calls major."""

    holidays: Holidays
    major: frozenset[date] = frozenset()

    def are(self, days: Days, day: date) -> bool:
        """Whether a day is of a kind."""
        match days:
            case Days.EVERY_DAY:
                return True
            case Days.WEEKDAYS:
                return day.weekday() <= FRIDAY
            case Days.FRIDAY_TO_MONDAY:
                return day.weekday() >= FRIDAY or day.weekday() == MONDAY
            case Days.HOLIDAYS:
                return is_public_holiday(day, self.holidays)
            case Days.MAJOR_HOLIDAYS:
                return day in self.major


def band_at(day: date, minute: int, bands: Iterable[TimeBand], known: BandDays) -> str:
    """Return the name of the band a minute lies in, of several the most particular; empty when in none."""
    holding = [band for band in bands if _holds(band, day, minute, known)]
    best = max(holding, key=lambda band: (list(Days).index(band.days), band.name), default=None)
    return "" if best is None else best.name


def _holds(band: TimeBand, day: date, minute: int, known: BandDays) -> bool:
    if band.days is Days.FRIDAY_TO_MONDAY:
        begun = day.weekday() > FRIDAY or (day.weekday() == FRIDAY and minute >= band.from_minute)
        return begun or (day.weekday() == MONDAY and minute < band.to_minute)
    if band.from_minute < band.to_minute:
        return known.are(band.days, day) and band.from_minute <= minute < band.to_minute
    evening = known.are(band.days, day) and minute >= band.from_minute
    return evening or (minute < band.to_minute and known.are(band.days, day - _ONE_DAY))


def stretches_of(span: ClockSpan, bands: Iterable[TimeBand], known: BandDays) -> Iterator[Stretch]:
    """Yield a piece of a day cut at the borders of the bands, in minutes that really passed."""
    bands = tuple(bands)
    borders = {minute for band in bands for minute in (band.from_minute, band.to_minute)}
    inside = sorted(minute for minute in borders if span.start_minute < minute < span.end_minute)
    begins, begins_at = span.start_minute, span.start_at
    for minute in [*inside, span.end_minute]:
        ends_at = span.end_at if minute == span.end_minute else instant_at_or_after(span.work_on, minute)
        if ends_at > begins_at:
            name = band_at(span.work_on, begins, bands, known)
            yield Stretch(time_band=name, minutes=Fraction(ends_at - begins_at))
        begins, begins_at = minute, ends_at


def instant_at_or_after(day: date, minute: int) -> Instant:
    """Return when a clock time passes first; one in the hour that spring skips passes as the clocks change."""
    for shown in range(minute, MIDNIGHT_AFTER + 1):
        found = instants(day, shown)
        if found:
            return found[0]
    raise AssertionError("every day has a midnight after it")
