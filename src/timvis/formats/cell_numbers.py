"""One cell to a number, an amount of money or a number of hours, as people and spreadsheets write them."""

import re
from datetime import date, time, timedelta
from decimal import Decimal
from fractions import Fraction

from timvis.core.calculation.hourly import exact_text
from timvis.core.quantities import MINUTES_PER_HOUR, half_up
from timvis.formats.handed_in import Wrong, shown
from timvis.formats.time_report_table import cells
from timvis.formats.time_report_table.cells import Cell

_LARGEST = 10**9
_SIGNIFICANT = 15
"""The digits that a spreadsheet keeps of a number; what comes after them is its own noise."""

_NUMBER = re.compile(r"([+-]?)([0-9]+(?: [0-9]{3})*)(?:[.,]([0-9]+))?(-?)")
_UNIT = re.compile(r"(?<=[0-9,.\s-])\s*(kr|sek|:-|tim|timmar|h|st)\.?$", re.IGNORECASE)
_MINUS = str.maketrans({"−": "-", "–": "-"})


def number(cell: Cell) -> Decimal | Wrong:
    """Return a number as people and spreadsheets write it: "1 234,50", "-650", "650,00-", "120 kr"."""
    if isinstance(cell, bool | date | time | timedelta):
        return _not_a_number(str(cell))
    word = f"{cell:.{_SIGNIFICANT}g}" if isinstance(cell, float) else cells.text(cell)
    if isinstance(word, Wrong):
        return word
    match = _NUMBER.fullmatch(_UNIT.sub("", word.translate(_MINUS)).strip())
    if match is None or (match[1] and match[4]):
        return _not_a_number(word)
    whole = match[2].replace(" ", "")
    found = Decimal(f"{whole}.{match[3]}" if match[3] else whole)
    if found >= _LARGEST:
        return _not_a_number(word)
    return -found if "-" in (match[1], match[4]) else found


def ore(cell: Cell) -> int | Wrong:
    """Return an amount in kronor as öre."""
    found = number(cell)
    return found if isinstance(found, Wrong) else whole_ore(found)


def whole_ore(kronor: Decimal) -> int | Wrong:
    """Return kronor as öre, or that there is a part of an öre."""
    found = kronor * 100
    if found != int(found):
        text = str(kronor).replace(".", ",")
        return Wrong("not_whole_ore", f"{text} kr är inte hela ören.", "Skriv beloppet med två decimaler.")
    return int(found)


def minutes(cell: Cell) -> int | Wrong:
    """Return a number of hours as minutes, below zero where it stands so; 6,67 is 400, and 6:40 is too."""
    if isinstance(cell, timedelta):
        return cell // timedelta(minutes=1)
    if isinstance(cell, time):
        return cell.hour * MINUTES_PER_HOUR + cell.minute
    if isinstance(cell, str) and (match := re.fullmatch(r"\s*([0-9]{1,4}):([0-5][0-9])\s*", cell)):
        return int(match[1]) * MINUTES_PER_HOUR + int(match[2])
    found = number(cell)
    if isinstance(found, Wrong):
        return found
    exact = Fraction(found) * MINUTES_PER_HOUR
    return half_up(exact.numerator, exact.denominator)


def says_hours(word: str) -> bool:
    """Return whether a number is written with hours as its unit: "28 tim", "28:30"."""
    return re.search(r"[0-9]\s*(tim|timmar|h)\.?$|[0-9]:[0-5][0-9]$", word.strip(), re.IGNORECASE) is not None


def hours_text(of_minutes: int) -> str:
    """Return minutes as the case format writes hours: "7.5" or "20/3"."""
    exact = Fraction(of_minutes, MINUTES_PER_HOUR)
    return f"-{exact_text(-exact)}" if exact < 0 else exact_text(exact)


def _not_a_number(word: str) -> Wrong:
    return Wrong("not_a_number", f"”{shown(word)}” är inget tal.", "Skriv ett tal, till exempel 1 234,50.")
