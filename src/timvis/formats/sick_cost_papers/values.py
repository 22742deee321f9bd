"""One cell to one value, for what time reports do not have: hours, kronor, words of absence, stretches of days."""

import re
from datetime import date, datetime, timedelta

from timvis.core.calendar.months import month_after
from timvis.core.quantities import MINUTES_PER_HOUR
from timvis.formats import cell_numbers
from timvis.formats.handed_in import Wrong, shown
from timvis.formats.time_report_table import cells
from timvis.formats.time_report_table.cells import Cell
from timvis.formats.time_report_table.columns import plain

_ONE_DAY = timedelta(days=1)
_LONGEST_DAY_MINUTES = 25 * MINUTES_PER_HOUR
_SPAN = re.compile(r"(?:kl\.?\s*)?([0-9.:]+[SV]?)\s*(?:-|–|—|till)\s*([0-9.:]+[SV]?)", re.IGNORECASE)
_MOMENT = re.compile(r"([0-9]{4}-?[0-9]{2}-?[0-9]{2})[ T]+([0-9].*)")
_DAYS = re.compile(
    r"([0-9]{4}-?[0-9]{2}-?[0-9]{2})\s*(?:-{1,2}|–|—|till|t\.?o\.?m\.?)\s*([0-9]{4}-?[0-9]{2}-?[0-9]{2})"
)

_ABSENT = frozenset({"sjuk", "sjukfranvaro", "sjukskriven", "sjukdom", "vab", "vard_av_barn", "ja", "j", "x", "1"})
_PRESENT = frozenset({"nej", "n", "0", "narvarande", "arbetat", "arbetad", "i_tjanst", "tjanst"})
_OTHERWISE_ABSENT = frozenset(
    {
        "semester",
        "tjanstledig",
        "tjanstledighet",
        "ledig",
        "foraldraledig",
        "foraldraledighet",
        "utbildning",
        "permission",
    }
)
_ILL = frozenset({"sjuk", "sjukfranvaro", "sjukskriven", "sjukdom"})


def shift_minutes(cell: Cell) -> int | Wrong:
    """Return the length of a shift: above nothing and at most the hours of the longest day."""
    found = cell_numbers.minutes(cell)
    if isinstance(found, Wrong):
        return found
    if not 0 < found <= _LONGEST_DAY_MINUTES:
        return Wrong(
            "not_a_length",
            f"Ett pass är inte {cell_numbers.hours_text(found)} timmar.",
            "Skriv passets timmar, högst ett dygn.",
        )
    return found


def span(cell: Cell) -> tuple[str, str] | Wrong:
    """Return the two clock times of "08.00–16.30"."""
    word = cells.text(cell)
    if isinstance(word, Wrong):
        return word
    match = _SPAN.fullmatch(word)
    if match is None:
        return Wrong("not_a_span", f"”{shown(word)}” är inte två klockslag.", "Skriv till exempel 08.00–16.30.")
    return match[1], match[2]


def clock_and_day(cell: Cell) -> tuple[str, date | None] | Wrong:
    """Return a clock time, and its day where the cell has both: "2025-03-03 22:00"."""
    if isinstance(cell, datetime):
        clock, day = cells.clock(cell.time()), cells.iso_day(cell.date())
    elif isinstance(cell, str) and (match := _MOMENT.fullmatch(cell.strip())):
        clock, day = cells.clock(match[2]), cells.iso_day(match[1])
    else:
        clock = cells.clock(cell)
        return clock if isinstance(clock, Wrong) else (clock, None)
    if isinstance(clock, Wrong):
        return clock
    return day if isinstance(day, Wrong) else (clock, day)


def midnight_or_clock(cell: Cell) -> tuple[str, date | None] | Wrong:
    """Return what `clock_and_day` does where every cell has a day: a day alone is its midnight."""
    if isinstance(cell, date) and not isinstance(cell, datetime):
        day = cells.iso_day(cell)
        return day if isinstance(day, Wrong) else ("00.00", day)
    return clock_and_day(cell)


def days(cell: Cell) -> tuple[date, date] | Wrong:
    """Return the first and the last day of "2025-03-03 – 2025-03-05", one day, or a month."""
    if isinstance(cell, datetime | date):
        day = cells.iso_day(cell)
        return day if isinstance(day, Wrong) else (day, day)
    word = cells.text(cell)
    if isinstance(word, Wrong):
        return word
    match = _DAYS.fullmatch(word)
    ends = (match[1], match[2]) if match else (word, word)
    first, last = cells.iso_day(ends[0]), cells.iso_day(ends[1])
    if isinstance(first, date) and isinstance(last, date):
        if last < first:
            return Wrong("ends_before_it_begins", f"Perioden {shown(word)} slutar före den börjar.", "Rätta dagarna.")
        return first, last
    month = cells.month(word)
    if isinstance(month, date):
        return month, month_after(month) - _ONE_DAY
    return Wrong(
        "not_a_period",
        f"”{shown(word)}” är ingen period.",
        "Skriv ÅÅÅÅ-MM-DD–ÅÅÅÅ-MM-DD, en dag eller en månad (ÅÅÅÅ-MM).",
    )


def is_missed(cell: Cell) -> bool | Wrong:
    """Return whether a word says that a shift was missed for sickness or care of a child, and for no other reason."""
    word = cells.text(cell)
    if isinstance(word, Wrong):
        return word
    if plain(word) in _ABSENT:
        return True
    if plain(word) in _PRESENT | _OTHERWISE_ABSENT:
        return False
    return Wrong(
        "unknown_absence",
        f"”{shown(word)}” är ingen frånvaro som Timvis känner.",
        "Skriv sjuk eller vab på de pass som ansökan gäller, och lämna de andra tomma.",
    )


def was_ill(cell: Cell) -> bool | Wrong:
    """Return whether a word says that the substitute was ill: sjuk, or ja and nej."""
    word = cells.text(cell)
    return True if isinstance(word, str) and plain(word) in _ILL else cells.yes_no(cell)


def name(cell: Cell) -> str | Wrong:
    """Return a name of something, which has a letter in it."""
    word = cells.text(cell)
    if isinstance(word, str) and not any(letter.isalpha() for letter in word):
        return Wrong("not_a_name", f"”{shown(word)}” är inget namn.", "Skriv vad det är, till exempel ob kväll.")
    return word
