"""One cell to one value of a visit: a moment, whole minutes, a word; or why it is none."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache

from timvis.core.calendar.local_time import Reading, clock_minute, instant_of, instants, local_iso
from timvis.core.home_care.visits import RegisteredBy, VisitState
from timvis.core.records import Instant
from timvis.formats.handed_in import Wrong, shown
from timvis.formats.time_report_table import cells
from timvis.formats.time_report_table.cells import Cell
from timvis.formats.time_report_table.columns import plain

_MOMENT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[ T]([0-9]{2})[:.]([0-9]{2})(?:[:.][0-9]{2}(?:[.,][0-9]+)?)?"
    r"(?:([SV])|(Z)|([+-])([0-9]{2}):?([0-9]{2}))?"
)
_STATES: Mapping[str, VisitState] = {
    "planerat": VisitState.PLANNED,
    "planerad": VisitState.PLANNED,
    "utfort": VisitState.PERFORMED,
    "utford": VisitState.PERFORMED,
    "avbokat": VisitState.CANCELLED,
    "avbokad": VisitState.CANCELLED,
    "installt": VisitState.CANCELLED,
}
_REGISTERED: Mapping[str, RegisteredBy] = {
    "mobil": RegisteredBy.ON_SITE,
    "pa_plats": RegisteredBy.ON_SITE,
    "nfc": RegisteredBy.ON_SITE,
    "hand": RegisteredBy.BY_HAND,
    "manuell": RegisteredBy.BY_HAND,
    "efterregistrerad": RegisteredBy.BY_HAND,
}
_LONGEST_NUMBER = 8
_WORDS_KEPT = 2**8
_TEXTS_KEPT = 2**16
"""A month has 44 640 minutes, and a file of visits says most of them many times."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A moment, and whether it was written with its distance from UTC."""

    at: Instant
    has_offset: bool


def moment(cell: Cell) -> Moment | Wrong:
    """Return a moment: "2026-03-02 08:05" by a Swedish clock, or with an offset that Sweden has then. Seconds are cut.

    The hour that comes twice in autumn needs S, V or an offset; the one that does not exist in spring is refused.
    """
    return _moment(f"{cell:%Y-%m-%d %H:%M}" if isinstance(cell, datetime) else str(cell))


@lru_cache(maxsize=_TEXTS_KEPT)
def _moment(written: str) -> Moment | Wrong:
    word = cells.text(written)
    if isinstance(word, Wrong):
        return word
    match = _MOMENT.fullmatch(word)
    day = None if match is None else cells.iso_day(match[1])
    minute = None if match is None else clock_minute(f"{match[2]}.{match[3]}")
    if match is None or not isinstance(day, date) or minute is None or minute >= 24 * 60:
        return Wrong(
            "not_a_moment",
            f"”{shown(word)}” är inte en dag med klockslag.",
            "Skriv till exempel 2026-03-02 08:05, eller 2026-03-02T08:05:00+01:00.",
        )
    if match[5] or match[6]:
        return _with_offset(match, day, minute)
    return _by_the_clock(day, minute, match[4])


def whole_minutes(cell: Cell) -> int | Wrong:
    """Return whole minutes; hours with decimals or a clock's 0:45 are refused, as "0,45" may be either."""
    word = cells.text(cell) if isinstance(cell, str | int | float) else str(cell)
    if isinstance(word, Wrong):
        return word
    found = _whole(word)
    if found is None:
        return Wrong(
            "minutes_are_not_whole",
            f"”{shown(word)}” kan vara timmar med decimaler eller timmar och minuter.",
            "Skriv hela minuter: 45 för tre kvart, 27 för 0,45 timmar.",
        )
    return found


def whole(cell: Cell) -> int | Wrong:
    """Return a whole number, not below nought."""
    word = cells.text(cell)
    if isinstance(word, Wrong):
        return word
    found = _whole(word)
    if found is None:
        return Wrong("not_a_number", f"”{shown(word)}” är inget helt tal.", "Skriv ett helt tal.")
    return found


def state(cell: Cell) -> VisitState | Wrong:
    """Return what became of a visit."""
    return _state(str(cell))


@lru_cache(maxsize=_WORDS_KEPT)
def _state(written: str) -> VisitState | Wrong:
    word = cells.text(written)
    if isinstance(word, Wrong):
        return word
    return _STATES.get(plain(word)) or Wrong(
        "unknown_state", f"”{shown(word)}” är ingen status.", "Skriv planerat, utfört eller avbokat."
    )


def registered(cell: Cell) -> RegisteredBy | Wrong:
    """Return how the time was registered."""
    return _registered(str(cell))


@lru_cache(maxsize=_WORDS_KEPT)
def _registered(written: str) -> RegisteredBy | Wrong:
    word = cells.text(written)
    if isinstance(word, Wrong):
        return word
    return _REGISTERED.get(plain(word)) or Wrong(
        "unknown_registration", f"”{shown(word)}” är inget sätt att registrera.", "Skriv mobil eller hand."
    )


def _whole(word: str) -> int | None:
    is_whole = word.isascii() and word.isdecimal() and len(word) <= _LONGEST_NUMBER
    return int(word) if is_whole else None


def _with_offset(match: re.Match[str], day: date, minute: int) -> Moment | Wrong:
    minutes = 0 if match[5] else int(match[7]) * 60 + int(match[8])
    offset = timedelta(minutes=-minutes if match[6] == "-" else minutes)
    is_utc = match[5] is not None
    if abs(offset) < timedelta(days=1):
        at = instant_of(datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=timezone(offset)))
        if is_utc or local_iso(at).endswith(f"{match[6]}{match[7]}:{match[8]}"):
            return Moment(at=at, has_offset=True)
    return Wrong(
        "offset_is_not_swedish",
        f"{match[6]}{match[7]}:{match[8]} är inte Sveriges avstånd till UTC den {day.isoformat()}.",
        "Låt systemet skriva svensk tid (+01:00 på vintern, +02:00 på sommaren) eller UTC med Z.",
    )


def _by_the_clock(day: date, minute: int, letter: str | None) -> Moment | Wrong:
    possible = instants(day, minute)
    if not possible:
        return Wrong(
            "clock_time_does_not_exist",
            f"Klockslaget finns inte den {day.isoformat()}: klockan ställs fram 02.00–03.00 den natten.",
            "Skriv det klockslag som klockan visade.",
        )
    if len(possible) == 1 and letter is None:
        return Moment(at=possible[0], has_offset=False)
    if len(possible) == 1:
        return Wrong(
            "stated_time_does_not_hold",
            f"S och V skrivs bara när klockslaget finns två gånger, och det gör det inte den {day.isoformat()}.",
            "Ta bort bokstaven.",
        )
    if letter is None:
        return Wrong(
            "clock_time_comes_twice",
            f"Klockslaget kommer två gånger den {day.isoformat()}.",
            "Skriv S (sommartid) eller V (vintertid) efter klockslaget, eller avståndet till UTC.",
        )
    return Moment(at=possible[letter == Reading.WINTER_TIME], has_offset=False)
