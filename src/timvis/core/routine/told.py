"""What a routine's settings are in Swedish words, for pages and for the rule book."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from timvis.core.calculation.hourly import kronor_text
from timvis.core.calendar.local_time import clock_text
from timvis.core.calendar.months import day_text
from timvis.core.quantities import Ore
from timvis.core.routine.catalogue.setting import Setting
from timvis.core.routine.shapes import (
    Amount,
    Cell,
    CellShape,
    ClockTime,
    Day,
    DayRule,
    Factor,
    Label,
    Name,
    NumberCode,
    OneOf,
    Percent,
    RowOfCells,
    Rows,
    SomeOf,
    Value,
    Whole,
    YesNo,
)
from timvis.core.routine.words import ROLES


def value_text(setting: Setting, value: Value) -> str:
    """Return a setting's value on one line; the rows of a table with semicolons between."""
    if isinstance(setting.shape, Rows):
        return "; ".join(row_text(setting.shape, row) for row in _rows(value))
    return cell_text(setting.shape, _cell(value))


def table_of(setting: Setting, value: Value) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]] | None:
    """Return a table's headings and rows as texts, None for a setting that is no table; empty columns are left out."""
    if not isinstance(setting.shape, Rows):
        return None
    rows = [dict(row) for row in _rows(value)]
    used = {key: column for key, column in setting.shape.columns.items() if any(key in row for row in rows)}
    return (
        tuple(column.label for column in used.values()),
        tuple(
            tuple(cell_text(column.shape, row[key]) if key in row else "" for key, column in used.items())
            for row in rows
        ),
    )


def row_text(shape: Rows, row: RowOfCells) -> str:
    """Return one row of a table on one line: each cell with its column's name."""
    return ", ".join(f"{shape.columns[key].label} {cell_text(shape.columns[key].shape, cell)}" for key, cell in row)


def cell_text(shape: CellShape, cell: Cell) -> str:
    """Return one cell as it is read."""
    match shape, cell:
        case (OneOf(words), str()):
            return words.get(cell, cell)
        case (SomeOf(words), tuple()):
            return _listed(words, cell)
        case (YesNo(), bool()):
            return "ja" if cell else "nej"
        case (Whole(unit), int()):
            return f"{cell} {unit}".strip()
        case (Amount(), int()):
            return kronor_text(Ore(cell))
        case (ClockTime(), int()):
            return clock_text(cell)
        case (Percent(), Decimal()):
            return f"{cell:f} %".replace(".", ",")
        case (Factor(), Decimal()):
            return f"{cell:f}".replace(".", ",")
        case (Day(), date()):
            return day_text(cell)
        case (DayRule(), _) if hasattr(cell, "text"):
            return str(cell.text).rstrip(".")
        case _:
            return str(cell)


def shape_text(shape: CellShape | Rows) -> str:
    """Return what a setting can be, for somebody who writes a routine."""
    match shape:
        case OneOf(words):
            return "ett av " + ", ".join(f"`{word}` ({told})" for word, told in words.items())
        case SomeOf(words):
            return "en lista av " + ", ".join(f"`{word}` ({told})" for word, told in words.items())
        case YesNo():
            return "`true` eller `false`"
        case Whole(unit, least, most):
            return f"heltal {least}–{most} {unit}".strip()
        case Percent(least, most):
            return f"procent, {least}–{most}"
        case Factor():
            return "faktor"
        case Amount():
            return "belopp i hela ören"
        case Day():
            return "dag"
        case DayRule():
            return "förfalloregel"
        case ClockTime():
            return 'klockslag, `"16.30"`'
        case Rows(columns):
            return "tabell med " + ", ".join(
                f"`{key}`{' (frivillig)' if column.is_optional else ''}: {shape_text(column.shape)}"
                for key, column in columns.items()
            )
        case Name():
            return "namn"
        case Label():
            return "vad människor kallar det"
        case NumberCode():
            return "koden för ett daterat tal"


def hands_text(hands: Iterable[str]) -> str:
    """Return who somebodies are, with commas between."""
    return ", ".join(ROLES.get(hand, hand) for hand in hands)


def _listed(words: Mapping[str, str], cell: Iterable[str]) -> str:
    return ", ".join(words.get(word, word) for word in cell) or "inget"


def _rows(value: Value) -> tuple[RowOfCells, ...]:
    assert isinstance(value, tuple)
    return tuple(row for row in value if isinstance(row, tuple))


def _cell(value: Value) -> Cell:
    if isinstance(value, tuple):
        return tuple(word for word in value if isinstance(word, str))
    return value
