"""A cell to the value that TOML would have had, and back to the text that says the same."""

import csv
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any

from timvis.core.quantities import MINUTES_PER_HOUR
from timvis.formats import cell_numbers
from timvis.formats.calculation_workbook.layout import Column, Shape
from timvis.formats.handed_in import Wrong, hidden_mark, shown
from timvis.formats.time_report_table import cells
from timvis.formats.time_report_table.cells import Cell

NONE_OF_THEM = "inga"
"""What stands for a list with nothing in it; an empty cell says nothing at all."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WHOLE = re.compile(r"[+-]?[0-9]+(?: [0-9]{3})*")
_LONGEST_WHOLE = 18
_LINE_BREAKS = {ord("\n"): " ", ord("\t"): " "}
_NO_TIME = time()


def value_of(cell: Cell, column: Column) -> Any | Wrong:
    """Return what a cell that is not blank says in a column, or why it cannot be read."""
    if not column.is_list:
        return _ONE[column.shape](cell)
    if not isinstance(cell, str):
        one = _ONE[column.shape](cell)
        return one if isinstance(one, Wrong) else [one]
    if says_none(cell):
        return []
    try:
        [parts] = csv.reader([cell], delimiter=";", skipinitialspace=True, strict=True)
    except (csv.Error, ValueError):
        return Wrong("not_a_list", f"”{shown(cell)}” är ingen lista.", "Skriv värdena med semikolon emellan.")
    found = [_PART[column.shape](part) if column.shape in _PART else _ONE[column.shape](part) for part in parts]
    wrong = next((one for one in found if isinstance(one, Wrong)), None)
    return found if wrong is None else wrong


def says_none(cell: Cell) -> bool:
    """Return whether a cell says that a list has nothing in it."""
    return isinstance(cell, str) and cell.strip().casefold() in (NONE_OF_THEM, "ingen", "inget")


def text_of(value: Any, column: Column) -> str:
    """Return a value as the text of its cell, which `value_of` reads as the same value."""
    if not column.is_list:
        return _quoted(value) if column.shape is Shape.TEXT else _written(value)
    return "; ".join(_part(_written(one)) for one in value) or NONE_OF_THEM


# --- one value -------------------------------------------------------------------------------------------


def _text(cell: Cell) -> str | Wrong:
    """Return a text as it stands; one within quotation marks is what stands between them."""
    if not isinstance(cell, str):
        return cells.text(cell)
    plain = _plain_text(cell)
    if isinstance(plain, Wrong) or not _is_quoted(plain.strip()):
        return plain
    return plain.strip()[1:-1]


def _plain_text(cell: Cell) -> str | Wrong:
    if not isinstance(cell, str):
        return cells.text(cell)
    mark = hidden_mark(cell.translate(_LINE_BREAKS))
    if mark is None:
        return cell
    return Wrong("hidden_character", f"Här finns ett tecken som inte syns ({mark}).", "Skriv om innehållet för hand.")


def _word(cell: Cell) -> str | Wrong:
    return cells.text(cell)


def _day(cell: Cell) -> date | Wrong:
    if isinstance(cell, datetime):
        return cell.date() if cell.time() == _NO_TIME else _not_a_day(cell.isoformat(" "))
    if isinstance(cell, date):
        return cell
    word = cells.text(cell)
    if isinstance(word, Wrong):
        return word
    try:
        return date.fromisoformat(word) if _DAY.fullmatch(word) else _not_a_day(word)
    except ValueError:
        return _not_a_day(word)


def _moment(cell: Cell) -> datetime | date | Wrong:
    """Return a local date and time, or a whole day."""
    if isinstance(cell, datetime) and cell.time() != _NO_TIME:
        return cell
    day = _day(cell)
    if not isinstance(day, Wrong) or not isinstance(cell, str):
        return day
    try:
        return datetime.fromisoformat(cell.strip())
    except ValueError:
        return Wrong("not_a_day", f"”{shown(cell)}” är ingen tidpunkt.", "Skriv ÅÅÅÅ-MM-DD, eller ÅÅÅÅ-MM-DD TT:MM.")


def _clock(cell: Cell) -> str | Wrong:
    """Return a clock time; what people write is left as it is, and what Excel made of it becomes HH.MM."""
    return cells.one_line(cell) if isinstance(cell, str) else cells.clock(cell)


def _hours(cell: Cell) -> str | Wrong:
    if isinstance(cell, timedelta):
        return cell_numbers.hours_text(cell // timedelta(minutes=1))
    if isinstance(cell, time):
        return cell_numbers.hours_text(cell.hour * MINUTES_PER_HOUR + cell.minute)
    return _number(cell)


def _number(cell: Cell) -> str | Wrong:
    """Return a number as the text that TOML has: as written, or of what the spreadsheet keeps."""
    if isinstance(cell, date):
        return Wrong(
            "excel_made_a_day",
            "Här står ett datum där ett tal ska stå; ett bråk som 1/3 blir lätt det.",
            "Skriv en apostrof före, '1/3, eller gör om cellen till text och skriv talet på nytt.",
        )
    if isinstance(cell, str):
        return cells.one_line(cell)
    found = cell_numbers.number(cell)
    return found if isinstance(found, Wrong) else f"{found:f}"


def _decimal(cell: Cell) -> Decimal | Wrong:
    return cell_numbers.number(cell)


def _whole(cell: Cell) -> int | Wrong:
    word = "" if isinstance(cell, bool | date | time | timedelta) else cells.text(cell)
    if isinstance(word, Wrong):
        return word
    digits = word.replace("−", "-")
    if _WHOLE.fullmatch(digits) and len(digits) <= _LONGEST_WHOLE:
        return int(digits.replace(" ", ""))
    return Wrong(
        "not_a_whole_number",
        f"”{shown(word or str(cell))}” är inget heltal.",
        "Skriv ett heltal. Pengar skrivs i ören: 150,00 kronor är 15000.",
    )


def _not_a_day(word: str) -> Wrong:
    return Wrong("not_a_day", f"”{shown(word)}” är ingen dag i almanackan.", "Skriv dagen som ÅÅÅÅ-MM-DD.")


_ONE: Mapping[Shape, Callable[[Cell], Any]] = {
    Shape.DAY: _day,
    Shape.MOMENT: _moment,
    Shape.CLOCK: _clock,
    Shape.HOURS: _hours,
    Shape.NUMBER: _number,
    Shape.DECIMAL: _decimal,
    Shape.WHOLE: _whole,
    Shape.FLAG: cells.yes_no,
    Shape.WORD: _word,
    Shape.TEXT: _text,
}
_PART: Mapping[Shape, Callable[[Cell], Any]] = {Shape.TEXT: _plain_text}
"""How a part of a list is read, where it differs: its quotation marks are already taken off."""


# --- to text ---------------------------------------------------------------------------------------------


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    return str(value.value) if isinstance(value, Enum) else str(value)


def _quoted(text: str) -> str:
    """Return a text, within quotation marks where it would otherwise be taken for nothing, or for a quoted text."""
    return f'"{text}"' if not text.strip() or _is_quoted(text.strip()) or says_none(text) else text


def _is_quoted(text: str) -> bool:
    return len(text) > 1 and text[0] == text[-1] == '"'


def _part(text: str) -> str:
    is_plain = bool(text) and text == text.strip() and not set(text) & set(';"\n') and not says_none(text)
    return text if is_plain else '"' + text.replace('"', '""') + '"'
