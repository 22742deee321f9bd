"""Where in a sheet the headings stand, what each column is, and what was said once above them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from timvis.core.faults import Fault
from timvis.formats.handed_in import Wrong, shown
from timvis.formats.time_report_table import cells
from timvis.formats.time_report_table.cells import Cell
from timvis.formats.time_report_table.columns import Column, column_of, nearest

LINES_SEARCHED = 30
"""A sheet may begin with a title and the month; further down than this nobody puts the headings."""

_FEWEST_KNOWN = 3
_ALWAYS_NEEDED = (Column.DAY, Column.FROM, Column.TO)
TICKS = (Column.ACTIVE, Column.WAITING, Column.STANDBY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a sheet or a text, numbered as the person sees it."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """The line with the headings: its place among the lines, its columns, and the values given above it."""

    position: int
    line: Line
    columns: tuple[Column | None, ...]
    given_above: Mapping[str, tuple[int, Cell]]
    """Line number and value of what is said once for the whole sheet."""


def known_headings(line: Line) -> int:
    """Return how many different columns the cells of a line name."""
    return len({column for column in map(_column, line.cells) if column is not None})


def find(lines: Sequence[Line]) -> Heading | None:
    """Return the line that names most columns, the first of equals; None when no line names three."""
    searched = lines[:LINES_SEARCHED]
    counts = [known_headings(line) for line in searched]
    if not counts or max(counts) < _FEWEST_KNOWN:
        return None
    position = counts.index(max(counts))
    return Heading(
        position=position,
        line=lines[position],
        columns=tuple(map(_column, lines[position].cells)),
        given_above=_given_above(lines[:position]),
    )


def faults_of(heading: Heading, rows: Sequence[Line]) -> list[Fault]:
    """Return what is wrong with the headings: unknown, empty over content, twice, missing."""
    found = _unknown(heading, rows)
    seen: set[Column] = set()
    for column in heading.columns:
        if column is not None and column in seen:
            wrong = Wrong(
                "column_twice",
                f"Två kolumner betyder {column}.",
                "Ta bort den ena, eller ge den en egen rubrik.",
            )
            found.append(wrong.at(heading.line.number, column))
        if column is not None:
            seen.add(column)
    missing: list[str] = [column for column in _ALWAYS_NEEDED if column not in seen]
    if Column.KIND not in seen and not seen.intersection(TICKS):
        missing.append(Column.KIND)
    for name in missing:
        wrong = Wrong("column_is_missing", f"Kolumnen {name} saknas.", f"Lägg till en kolumn med rubriken {name}.")
        found.append(wrong.at(heading.line.number, name))
    return found


def not_found() -> Fault:
    """Return the fault of a sheet without headings."""
    return Wrong(
        "headings_not_found",
        "Här finns ingen rad med rubriker för en tidrapport.",
        "Börja med en rad med minst rubrikerna redovisningsmanad, dag, fran, till och typ.",
    ).at(1, None)


def _column(cell: Cell) -> Column | None:
    return column_of(cell) if isinstance(cell, str) else None


def _unknown(heading: Heading, rows: Sequence[Line]) -> list[Fault]:
    found: list[Fault] = []
    widest = max((len(row.cells) for row in rows), default=0)
    for index in range(max(widest, len(heading.columns))):
        if index < len(heading.columns) and heading.columns[index] is not None:
            continue
        cell = heading.line.cells[index] if index < len(heading.line.cells) else ""
        if not cells.is_blank(cell):
            found.append(_unknown_heading(str(cell)).at(heading.line.number, shown(str(cell))))
        else:
            first = next((row for row in rows if len(row.cells) > index and not cells.is_blank(row.cells[index])), None)
            if first is not None:
                found.append(_without_heading(index).at(first.number, letters(index)))
    return found


def _unknown_heading(heading: str) -> Wrong:
    close = nearest(heading)
    return Wrong(
        "unknown_column",
        f"Kolumnen ”{shown(heading)}” är okänd.",
        f"Menade du {close}? Ändra i så fall rubriken; ta annars bort kolumnen."
        if close
        else "Ta bort kolumnen, eller lägg innehållet i kolumnen anteckning.",
    )


def _without_heading(index: int) -> Wrong:
    return Wrong(
        "column_without_heading",
        f"Kolumn {letters(index)} har innehåll men ingen rubrik.",
        "Skriv en rubrik över innehållet, eller ta bort det. Leta också efter ett skiljetecken för mycket.",
    )


def letters(index: int) -> str:
    """Return a column's letters as Excel shows them: 0 is A, 26 is AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _given_above(lines: Sequence[Line]) -> dict[str, tuple[int, Cell]]:
    """Return what lines like "År och månad | 2021-03" above the headings say for the whole sheet."""
    given: dict[str, tuple[int, Cell]] = {}
    for line in lines:
        filled = [cell for cell in line.cells if not cells.is_blank(cell)]
        column = _column(filled[0]) if filled else None
        if column is not None and len(filled) == 2:
            given[column] = (line.number, filled[1])
    return given
