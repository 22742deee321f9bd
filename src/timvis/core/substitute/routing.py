"""Who answers when a substitute is needed: the routine's bands by the clock, holidays and clock changes included.

A band belongs to the day it begins on, so "23.00-06.00" on a Friday still answers at five on Saturday morning.
What is asked is always what the clock on the wall shows: the hour that comes twice is answered twice by the same.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise, product

from timvis.core.calendar.local_time import MIDNIGHT_AFTER, changes_at, instants, local_day, local_minute
from timvis.core.calendar.working_days import Definition, Holidays, is_working_day
from timvis.core.records import Instant

_ONE_DAY = timedelta(days=1)


class Desk(StrEnum):
    """Who takes a need of a substitute, and whom it goes on to when nobody has confirmed."""

    STAFFING_ASSISTANT = "staffing_assistant"
    DUTY_SUPERVISOR = "duty_supervisor"
    CONTRACTED_COMPANY = "contracted_company"
    SECTION_HEAD = "section_head"
    AUTHORITY_HEAD = "authority_head"


DESK_NAMES = {
    Desk.STAFFING_ASSISTANT: "Bemanningsassistenten",
    Desk.DUTY_SUPERVISOR: "Arbetsledare jourtid",
    Desk.CONTRACTED_COMPANY: "Företaget med basansvar",
    Desk.SECTION_HEAD: "Sektionschefen",
    Desk.AUTHORITY_HEAD: "Myndighetschefen",
}
"""What each is called in a letter."""


class DeskDays(StrEnum):
    """The days a band begins on."""

    WORKING_DAYS = "working_days"
    OTHER_DAYS = "other_days"
    EVERY_DAY = "every_day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A stretch of the clock and who answers in it; an end that is not after the start is the next day's."""

    days: DeskDays
    from_minute: int
    to_minute: int
    by: Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """So many minutes after a need came in without anybody confirming, it is also this one's."""

    after_minutes: int
    to: Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskHours:
    """A routine's bands and its ladder, and what a working day is where they are read.

    `definition` is None when every band holds every day: then nobody needs to know.
    """

    bands: tuple[Band, ...]
    holidays: Holidays
    definition: Definition | None = None
    ladder: tuple[Rung, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactPoint:
    """Where a desk is reached, from which day; `from_minute` names the band it is for, None every band.

    `contact_to` is the first day it no longer holds.
    """

    desk: Desk
    name: str
    telephone: str
    from_minute: int | None = None
    contact_from: date
    contact_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """An unbroken time in which the same band answers; `band` None where the routine names nobody."""

    band: Band | None
    start_at: Instant
    end_at: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Whose turn it is with an unconfirmed need: the desk that answers now, and those it has gone on to.

    `next_at` is when it goes on to the next one, None when the ladder has no more rungs.
    """

    desks: tuple[Desk, ...]
    next_at: Instant | None


class NeedsWorkingDay(ValueError):
    """Bands that tell working days from others were read without saying what a working day is. Our mistake."""


def answering(hours: DeskHours, at: Instant) -> Band | None:
    """Return the band that answers at an instant, None when the routine leaves a hole there.

    Of bands that overlap the first answers. Raises `CalendarGap` for a year without holidays.
    """
    return _by_clock(hours, local_day(at), local_minute(at))


def watch_at(hours: DeskHours, at: Instant) -> Watch:
    """Return the band that answers at an instant, and the time in which it goes on doing so."""
    band = answering(hours, at)
    edges = _edges(hours, local_day(at))
    start_at = max((edge for edge in edges if edge <= at), default=at)
    end_at = next(edge for edge in edges if edge > at)
    return Watch(band=band, start_at=start_at, end_at=end_at)


def watches(hours: DeskHours, from_at: Instant, to_at: Instant) -> tuple[Watch, ...]:
    """Return who answers between two instants, in order; neighbours by the same band are one."""
    found: list[Watch] = []
    at = from_at
    while at < to_at:
        watch = watch_at(hours, at)
        end_at = min(watch.end_at, to_at)
        if found and found[-1].band == watch.band:
            found[-1] = Watch(band=watch.band, start_at=found[-1].start_at, end_at=end_at)
        else:
            found.append(Watch(band=watch.band, start_at=at, end_at=end_at))
        at = end_at
    return tuple(found)


def turn(hours: DeskHours, *, came_at: Instant, now_at: Instant) -> Turn:
    """Return whose turn an unconfirmed need is at a moment: it follows the clock, and climbs the ladder."""
    band = answering(hours, now_at)
    reached = climbed(hours.ladder, came_at=came_at, now_at=now_at)
    to_come = [Instant(came_at + rung.after_minutes) for rung in hours.ladder if rung not in reached]
    desks = dict.fromkeys([*([band.by] if band else []), *(rung.to for rung in reached)])
    return Turn(desks=tuple(desks), next_at=min(to_come, default=None))


def climbed(ladder: Iterable[Rung], *, came_at: Instant, now_at: Instant) -> tuple[Rung, ...]:
    """Return the rungs that a need has reached while nobody has confirmed it, in order."""
    reached = (rung for rung in ladder if rung.after_minutes <= now_at - came_at)
    return tuple(sorted(reached, key=lambda rung: rung.after_minutes))


def contact_of(band: Band, on: date, points: Iterable[ContactPoint]) -> ContactPoint | None:
    """Return where a band is reached on a day: a number for just that band goes before one for the whole desk."""
    holding = [
        point
        for point in points
        if point.desk is band.by
        and point.from_minute in (None, band.from_minute)
        and point.contact_from <= on
        and (point.contact_to is None or on < point.contact_to)
    ]
    return max(holding, key=lambda point: (point.from_minute is not None, point.contact_from), default=None)


# --- is the routine whole? ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Hole:
    """Clock minutes of a kind of day in which nobody answers, or more than one does."""

    is_working_day: bool
    after_working_day: bool
    from_minute: int
    to_minute: int
    answers: int


def holes(bands: Sequence[Band]) -> tuple[Hole, ...]:
    """Return where bands leave nobody to answer, or several; a day is told by its kind and that of the day before."""
    found: list[Hole] = []
    for working, after_working in product((True, False), repeat=2):
        edges = sorted({0, MIDNIGHT_AFTER, *(edge for band in bands for edge in (band.from_minute, band.to_minute))})
        for start, end in pairwise(edges):
            answers = sum(_holds(band, start, working=working, after_working=after_working) for band in bands)
            if answers != 1:
                found.append(
                    Hole(
                        is_working_day=working,
                        after_working_day=after_working,
                        from_minute=start,
                        to_minute=end,
                        answers=answers,
                    )
                )
    return tuple(found)


def _by_clock(hours: DeskHours, on: date, minute: int) -> Band | None:
    working, after_working = _is_working(hours, on), _is_working(hours, on - _ONE_DAY)
    return next(
        (band for band in hours.bands if _holds(band, minute, working=working, after_working=after_working)), None
    )


def _holds(band: Band, minute: int, *, working: bool, after_working: bool) -> bool:
    if band.from_minute < band.to_minute:
        return band.from_minute <= minute < band.to_minute and _on_such_a_day(band, working)
    # Over midnight: the evening is this day's, the morning is that of the day before.
    return (minute >= band.from_minute and _on_such_a_day(band, working)) or (
        minute < band.to_minute and _on_such_a_day(band, after_working)
    )


def _on_such_a_day(band: Band, working: bool) -> bool:
    return band.days is DeskDays.EVERY_DAY or (band.days is DeskDays.WORKING_DAYS) is working


def _is_working(hours: DeskHours, on: date) -> bool:
    if all(band.days is DeskDays.EVERY_DAY for band in hours.bands):
        return True
    if hours.definition is None:
        raise NeedsWorkingDay("the bands tell working days from others")
    return is_working_day(on, hours.holidays, hours.definition)


def _edges(hours: DeskHours, on: date) -> list[Instant]:
    """Return the instants around a day at which another band may begin to answer, in order."""
    return sorted(set(_all_edges(hours, on)))


def _all_edges(hours: DeskHours, on: date) -> Iterator[Instant]:
    minutes = {0, *(edge for band in hours.bands for edge in (band.from_minute, band.to_minute))}
    for day in (on - _ONE_DAY, on, on + _ONE_DAY):
        yield from (at for minute in minutes for at in instants(day, minute))
        # Where the clocks change the answer may change with them, though no band begins there.
        yield from changes_at(day)
