"""One cell to one value: what a Swede writes, or what Excel made of it, or why it cannot be read.

Nothing is guessed. A value that Excel has damaged (a personal number as 1,98E+11, 0800 as 800) is refused
with the way to mend it.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation

from timvis.core.calendar.local_time import clock_minute, clock_text, stated_reading
from timvis.core.quantities import half_up
from timvis.core.records import TimeKind
from timvis.formats.handed_in import Wrong, hidden_mark, shown
from timvis.formats.time_report_table.columns import plain

Cell = str | int | float | bool | date | datetime | time | timedelta

_MINUTES_A_DAY = 24 * 60
_MICROSECONDS_A_MINUTE = 60_000_000
_WITHIN_A_SECOND = 1_000_000
_EXCEL_DAY_ONE = (date(1899, 12, 31), date(1900, 1, 1))
_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_LONGEST_TEXT = 1_000
_NEUTRALISED = re.compile(r"^'(?=[=+\-@'])")

KINDS: Mapping[str, TimeKind] = {
    "aktiv": TimeKind.ACTIVE,
    "aktiv_tid": TimeKind.ACTIVE,
    "aktivtid": TimeKind.ACTIVE,
    "vantetid": TimeKind.WAITING,
    "vante": TimeKind.WAITING,
    "jour": TimeKind.WAITING,
    "jourtid": TimeKind.WAITING,
    "beredskap": TimeKind.STANDBY,
    "beredskapstid": TimeKind.STANDBY,
}
_YES_NO: Mapping[str, bool] = {
    "ja": True,
    "j": True,
    "x": True,
    "1": True,
    "true": True,
    "sant": True,
    "nej": False,
    "n": False,
    "0": False,
    "false": False,
    "falskt": False,
}
_OWN_EMPLOYER: Mapping[str, bool] = {
    "egen": True,
    "egen_arbetsgivare": True,
    "brukare": True,
    "brukaren": True,
    "anordnare": False,
    "anordnaren": False,
    "assistansanordnare": False,
    "bolag": False,
    "foretag": False,
    "kooperativ": False,
    "kommun": False,
}


def text(cell: Cell) -> str | Wrong:
    """Return the cell as one line of text; whole numbers without decimals."""
    if isinstance(cell, bool):
        return "ja" if cell else "nej"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else str(cell)
    if not isinstance(cell, str):
        return str(cell)
    line = one_line(cell)
    # An apostrophe before =, +, - or @ keeps a spreadsheet from reading the text as a formula.
    return line if isinstance(line, Wrong) else _NEUTRALISED.sub("", line, count=1)


def one_line(text: str) -> str | Wrong:
    """Return a text composed (NFC), without line breaks and space around; no character that nobody sees."""
    composed = unicodedata.normalize("NFC", text).replace("\t", " ").replace("\r\n", " ").replace("\n", " ")
    mark = hidden_mark(composed)
    if mark is not None:
        return Wrong(
            "hidden_character",
            f"Här finns ett tecken som inte syns ({mark}).",
            "Radera innehållet och skriv det igen i stället för att klistra in det.",
        )
    if len(composed) > _LONGEST_TEXT:
        return Wrong("text_is_too_long", "Här står för mycket text.", f"Skriv högst {_LONGEST_TEXT} tecken.")
    return " ".join(composed.split())


def is_blank(cell: Cell) -> bool:
    """Return whether nothing stands in the cell."""
    return isinstance(cell, str) and not cell.strip()


def kind(cell: Cell) -> TimeKind | Wrong:
    """Return which kind of time a word names; jour is the old word for väntetid."""
    word = text(cell)
    if isinstance(word, Wrong):
        return word
    return KINDS.get(plain(word)) or Wrong(
        "unknown_kind_of_time",
        f"”{shown(word)}” är inget slag av tid.",
        "Skriv aktiv, väntetid eller beredskap.",
    )


def yes_no(cell: Cell) -> bool | Wrong:
    """Return ja or nej, however it is ticked."""
    word = text(cell)
    if isinstance(word, Wrong):
        return word
    answer = _YES_NO.get(plain(word))
    return (
        Wrong("neither_yes_nor_no", f"”{shown(word)}” är varken ja eller nej.", "Skriv ja eller nej.")
        if (answer is None)
        else answer
    )


def own_employer(cell: Cell) -> bool | Wrong:
    """Return whether the recipient is the assistant's employer."""
    word = text(cell)
    if isinstance(word, Wrong):
        return word
    answer = _OWN_EMPLOYER.get(plain(word))
    return (
        Wrong(
            "unknown_kind_of_employer",
            f"”{shown(word)}” är inget slag av arbetsgivare.",
            "Skriv egen när brukaren själv är arbetsgivare, annars anordnare.",
        )
        if answer is None
        else answer
    )


# --- days and months ----------------------------------------------------------------------------------


def iso_day(cell: Cell) -> date | Wrong:
    """Return a day: a date of Excel's, YYYY-MM-DD or YYYYMMDD."""
    if isinstance(cell, datetime) and cell.time() == time(0):
        return iso_day(cell.date())
    word = cell.isoformat() if isinstance(cell, date) else text(cell)
    if isinstance(word, Wrong):
        return word
    match = re.fullmatch(r"([0-9]{4})(-?)([0-9]{2})\2([0-9]{2})", word)
    found = _day_of(int(match[1]), int(match[3]), int(match[4])) if match else None
    return found or Wrong("not_a_day", f"”{shown(word)}” är ingen dag i almanackan.", "Skriv dagen som ÅÅÅÅ-MM-DD.")


def month(cell: Cell) -> date | Wrong:
    """Return the first day of a month: YYYY-MM, YYYYMM, or a day of it where Excel made a date of it."""
    word = f"{cell:%Y-%m}" if isinstance(cell, date) else text(cell)
    if isinstance(word, Wrong):
        return word
    match = re.fullmatch(r"([0-9]{4})-?([0-9]{2})", word)
    found = _day_of(int(match[1]), int(match[2]), 1) if match else None
    return found or Wrong("not_a_month", f"”{shown(word)}” är ingen månad.", "Skriv månaden som ÅÅÅÅ-MM.")


def day_of_month(cell: Cell, month_on: date | None) -> date | Wrong:
    """Return the day of work: 1–31 in the month of the report, or a whole date in it."""
    word = text(cell) if not isinstance(cell, date) else ""
    if isinstance(word, Wrong):
        return word
    if not re.fullmatch(r"[0-9]{1,2}", word):
        found = iso_day(cell)
        if isinstance(found, date) and month_on is not None and found.replace(day=1) != month_on:
            return Wrong(
                "day_outside_month",
                f"{found.isoformat()} ligger utanför redovisningsmånaden {month_on:%Y-%m}.",
                "Rätta dagen, eller redovisa den i rapporten för dess egen månad.",
            )
        return found
    if month_on is None:
        return Wrong(
            "month_is_missing",
            "Dagen går inte att läsa utan redovisningsmånad.",
            "Fyll i redovisningsmanad (ÅÅÅÅ-MM), eller skriv hela datumet.",
        )
    return _day_of(month_on.year, month_on.month, int(word)) or Wrong(
        "day_does_not_exist", f"Dag {word} finns inte i {month_on:%Y-%m}.", "Rätta dagen."
    )


def _day_of(year: int, month_number: int, day: int) -> date | None:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return date(year, month_number, day)
    except ValueError:
        return None


# --- clock times --------------------------------------------------------------------------------------


def clock(cell: Cell) -> str | Wrong:
    """Return a clock time as text that `local_time.span` reads; Excel's own times become "HH.MM"."""
    if isinstance(cell, str | bool):
        return _clock_in_words(cell)
    if isinstance(cell, int | float):
        return _clock_in_number(float(cell))
    if isinstance(cell, timedelta):
        return _clock_at(cell // timedelta(microseconds=1))
    if isinstance(cell, time):
        return _clock_at(_microseconds(cell))
    if isinstance(cell, datetime):
        return _with_a_date() if cell.time() != time(0) else clock(cell.date())
    # The day after Excel's day nought, with no time of its own, is 1.0: a whole day, 24.00.
    return "24.00" if cell in _EXCEL_DAY_ONE else _with_a_date()


def _clock_in_words(cell: str | bool) -> str | Wrong:
    word = text(cell)
    if isinstance(word, Wrong):
        return word
    without_seconds = re.sub(r"(?<=[0-9]:[0-9]{2}):00$", "", word)
    if clock_minute(stated_reading(without_seconds)[0]) is None:
        return _not_a_clock_time(word)
    return without_seconds


def _clock_in_number(number: float) -> str | Wrong:
    """Return the clock time of a bare number: a part of a day as Excel keeps it, or HHMM.

    A whole 1 may be 24.00 or one o'clock, and 800 has lost its nought: neither is guessed at.
    """
    if 0 <= number < 1:
        return _clock_at(round(number * _MINUTES_A_DAY * _MICROSECONDS_A_MINUTE))
    whole = str(int(number)) if number.is_integer() else ""
    if len(whole) == 4 and clock_minute(whole) is not None:
        return whole
    return _not_a_clock_time(whole or str(number))


def _clock_at(microseconds: int) -> str | Wrong:
    """Return the clock time so far into a day; within a second of a whole minute, for Excel's rounding."""
    minute = half_up(microseconds, _MICROSECONDS_A_MINUTE)
    off = abs(microseconds - minute * _MICROSECONDS_A_MINUTE)
    if off > _WITHIN_A_SECOND or not 0 <= minute <= _MINUTES_A_DAY:
        return Wrong(
            "clock_time_has_seconds",
            "Klockslaget är inte en hel minut inom ett dygn.",
            "Skriv klockslaget som text, till exempel 08.30.",
        )
    return clock_text(minute)


def _microseconds(at: time) -> int:
    return ((at.hour * 60 + at.minute) * 60 + at.second) * 1_000_000 + at.microsecond


def _not_a_clock_time(word: str) -> Wrong:
    return Wrong(
        "not_a_clock_time",
        f"”{shown(word)}” är inget klockslag.",
        "Skriv timmar och minuter, till exempel 08.30; 24.00 får bara stå som slut.",
    )


def _with_a_date() -> Wrong:
    return Wrong(
        "clock_time_has_a_date",
        "Cellen har ett datum där ett klockslag ska stå.",
        "Skriv bara klockslaget, till exempel 08.30, och dagen i kolumnen dag.",
    )


# --- control totals -----------------------------------------------------------------------------------


def whole_minutes_of_hours(cell: Cell) -> int | Wrong:
    """Return a number of hours, with decimal comma or point, as minutes: "152,08" is 9125."""
    if isinstance(cell, timedelta):
        return cell // timedelta(minutes=1)
    found = _decimal(cell)
    return found if isinstance(found, Wrong) else half_up(int(found * 6000), 100)


def whole_minutes(cell: Cell) -> int | Wrong:
    """Return a whole number of minutes."""
    found = _decimal(cell)
    if isinstance(found, Wrong):
        return found
    if found != int(found):
        return Wrong("not_whole_minutes", "Minuterna är inte ett helt tal.", "Skriv hela minuter.")
    return int(found)


def _decimal(cell: Cell) -> Decimal | Wrong:
    word = text(cell)
    if isinstance(word, Wrong):
        return word
    try:
        number = Decimal(word.replace(" ", "").replace(",", "."))
    except InvalidOperation:
        number = Decimal("NaN")
    if number.is_finite() and 0 <= number < 100_000 and "E" not in word.upper():
        return number
    return Wrong("not_a_number", f"”{shown(word)}” är inget antal.", "Skriv ett tal, till exempel 152 eller 152,5.")
