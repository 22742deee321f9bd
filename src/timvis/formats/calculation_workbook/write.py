"""The workbook of a kind of case: empty to fill in, or with a case that is already written."""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import xlsxwriter
from pydantic import BaseModel
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from timvis.formats.calculation_workbook.layout import Column, Shape, SheetLayout, layout_of
from timvis.formats.calculation_workbook.opened import EXPLANATION, KEY, READ_ME, VALUE
from timvis.formats.calculation_workbook.values import NONE_OF_THEM, text_of
from timvis.formats.calculation_workbook.words import load_words

_MADE_AT = datetime(2000, 1, 1, tzinfo=UTC)
_ROOM_ROWS = 500
"""Rows below the headings that get the choice lists."""

_LONGEST_CHOICES = 255
"""What a spreadsheet program takes as a list of choices."""

_WRITTEN_AS: Mapping[Shape, str] = {
    Shape.DAY: "datum, ÅÅÅÅ-MM-DD",
    Shape.MOMENT: "datum, eller datum och klockslag: ÅÅÅÅ-MM-DD TT:MM",
    Shape.CLOCK: "klockslag, 08.30; 24.00 bara som slut",
    Shape.HOURS: "timmar, 7,5 eller 1/3",
    Shape.NUMBER: "tal, 31,42 eller 1/3",
    Shape.DECIMAL: "tal, 2,5",
    Shape.WHOLE: "heltal",
    Shape.FLAG: "ja eller nej",
    Shape.TEXT: "text",
}
_HOW = (
    "Så fyller du i räknefallet",
    "",
    "1. Varje blad är en tabell: med nyckel och värde, eller med en rad för varje sak.",
    "2. Det du inte vet lämnar du tomt. Saknas något som avgör beloppet säger svaret vad.",
    "3. Pengar skrivs i hela ören: 150,00 kronor är 15000.",
    "4. Flera värden i en cell skrivs med semikolon emellan. inga betyder att det inte finns några.",
    "5. nr är radens nummer. På ett blad som shift.supplement står först numret på den rad i shift som raden gäller.",
    "6. Skriv värden och inga formler. Ändra inga namn på blad, nycklar eller rubriker.",
)
_HEADINGS = ("blad", "nyckel", "betyder", "skrivs som", "behövs")


class CaseDoesNotFit(ValueError):
    """A case has a text or a table that is longer than a sheet has room for."""


@dataclass(frozen=True, slots=True)
class _Styles:
    bold: Format
    text: Format
    faint: Format


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a sheet: its own number or that of the row it belongs to, and its table. None: there are none."""

    number: int
    table: Mapping[str, Any] | None


def write(kind: str, case: BaseModel | None = None) -> bytes:
    """Return the workbook of a kind, empty or with a case of that kind; the same bytes every time.

    `expected` is no part of it. Raises `KeyError` when there is no such kind, `CaseDoesNotFit`
    when a text or a table is longer than a sheet.
    """
    layouts = layout_of(kind)
    written: dict[str, Any] = {"kind": kind}
    if case is not None:
        written = case.model_dump(by_alias=True, exclude_unset=True)
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties({"title": f"Räknefall {kind}", "created": _MADE_AT})
    # Text everywhere: a clock time must not become a part of a day, nor 1/3 a day in March.
    styles = _Styles(
        bold=book.add_format({"bold": True, "bottom": 1, "num_format": "@"}),
        text=book.add_format({"num_format": "@"}),
        faint=book.add_format({"font_color": "#555555", "text_wrap": True}),
    )
    for layout in layouts:
        sheet = book.add_worksheet(layout.name)
        if layout.has_rows:
            _fill_rows(sheet, layout, _rows_of(written, layout), styles)
        else:
            _fill_keys(sheet, layout, _table_at(written, layout.path), styles)
    _fill_read_me(book, layouts, styles)
    book.close()
    return target.getvalue()


# --- the sheets ------------------------------------------------------------------------------------------


def _fill_keys(sheet: Worksheet, layout: SheetLayout, table: Mapping[str, Any], styles: _Styles) -> None:
    sheet.set_column(0, 1, 30, styles.text)
    sheet.set_column(2, 2, 90)
    sheet.freeze_panes(1, 0)
    _fill_line(sheet, 0, (KEY, VALUE, EXPLANATION), styles.bold)
    for row, column in enumerate(layout.columns, start=1):
        sheet.write_string(row, 0, column.heading, styles.text)
        _put(sheet, row, 1, _cell(table, column), styles.text)
        sheet.write_string(row, 2, _explained(layout, column), styles.faint)
        _choices(sheet, column, row, 1, row)


def _fill_rows(sheet: Worksheet, layout: SheetLayout, rows: Iterable[_Row], styles: _Styles) -> None:
    headings = (*layout.number_headings, *(column.heading for column in layout.columns))
    sheet.set_column(0, len(headings) - 1, 18, styles.text)
    sheet.freeze_panes(1, 0)
    _fill_line(sheet, 0, headings, styles.bold)
    for index, column in enumerate(layout.columns, start=len(layout.number_headings)):
        _choices(sheet, column, 1, index, _ROOM_ROWS)
    for at, row in enumerate(rows, start=1):
        values = [NONE_OF_THEM] if row.table is None else [_cell(row.table, column) for column in layout.columns]
        _fill_line(sheet, at, (str(row.number), *values), styles.text)


def _fill_line(sheet: Worksheet, row: int, texts: Sequence[str], style: Format) -> None:
    for index, text in enumerate(texts):
        if text:
            _put(sheet, row, index, text, style)


def _put(sheet: Worksheet, row: int, index: int, text: str, style: Format) -> None:
    """Put a text in a cell. The library only warns of what a sheet has no room for; here it is not lost in silence."""
    if sheet.write_string(row, index, text, style) != 0:
        raise CaseDoesNotFit(f"{sheet.get_name()}, row {row + 1}: a text or a table is too long for a workbook")


def _choices(sheet: Worksheet, column: Column, first: int, index: int, last: int) -> None:
    """Let a cell be chosen from a list where only some words may stand in it."""
    words = ("ja", "nej") if column.shape is Shape.FLAG else column.words
    if words and not column.is_list and len(",".join(words)) <= _LONGEST_CHOICES:
        sheet.data_validation(first, index, last, index, {"validate": "list", "source": list(words)})


def _fill_read_me(book: Workbook, layouts: Sequence[SheetLayout], styles: _Styles) -> None:
    sheet = book.add_worksheet(READ_ME)
    sheet.set_column(0, 1, 26)
    sheet.set_column(2, 3, 70)
    for row, line in enumerate(_HOW):
        sheet.write_string(row, 0, line, styles.bold if row == 0 else None)
    top = len(_HOW) + 1
    _fill_line(sheet, top, _HEADINGS, styles.bold)
    for row, texts in enumerate(_told(layouts), start=top + 1):
        _fill_line(sheet, row, texts, styles.text)


def _told(layouts: Sequence[SheetLayout]) -> Iterator[tuple[str, ...]]:
    """Yield a line for each table and one for each of its keys."""
    words = load_words()
    for layout in layouts:
        yield layout.name, "", words.of_table(layout), "", ""
        for column in layout.columns:
            needed = "ja" if column.is_required else ""
            yield layout.name, column.heading, words.of_key(layout, column), _written_as(column), needed


def _explained(layout: SheetLayout, column: Column) -> str:
    needed = " Behövs." if column.is_required else ""
    return f"{load_words().of_key(layout, column)} ({_written_as(column)}){needed}"


def _written_as(column: Column) -> str:
    said = f"något av: {', '.join(column.words)}" if column.words else _WRITTEN_AS[column.shape]
    return f"{said}; flera med semikolon emellan" if column.is_list else said


# --- the case --------------------------------------------------------------------------------------------


def _cell(table: Mapping[str, Any], column: Column) -> str:
    """Return the text of a key; empty where the case does not say."""
    value: Any = table
    for step in column.path:
        value = value.get(step) if value is not None else None
    return "" if value is None or (value == "" == column.default) else text_of(value, column)


def _table_at(written: Mapping[str, Any], path: Sequence[str]) -> Mapping[str, Any]:
    table: Mapping[str, Any] = written
    for step in path:
        table = table.get(step) or {}
    return table


def _rows_of(written: Mapping[str, Any], layout: SheetLayout) -> Iterator[_Row]:
    """Yield the rows of a table; those of a table inside rows with the number of the row they belong to."""
    if layout.parent is None:
        rows = _table_at(written, layout.path[:-1]).get(layout.path[-1])
        for number, table in enumerate(rows or (), start=1):
            yield _Row(number, table)
        return
    above = _table_at(written, layout.parent[:-1]).get(layout.parent[-1]) or ()
    for number, parent in enumerate(above, start=1):
        rows = parent.get(layout.path[-1])
        if layout.is_optional and rows is not None and not rows:
            yield _Row(number, None)
        for table in rows or ():
            yield _Row(number, table)
