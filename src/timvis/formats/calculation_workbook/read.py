"""A workbook to a written case, or every fault of it with sheet, row and column."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel, ValidationError

from timvis.core.faults import Fault
from timvis.formats.calculation_case.read import KINDS
from timvis.formats.calculation_workbook.layout import Column, SheetLayout, layout_of
from timvis.formats.calculation_workbook.opened import (
    Headed,
    Place,
    Workbook,
    case_kind,
    headed,
    keyed,
    opened,
    unknown_sheets,
)
from timvis.formats.calculation_workbook.values import says_none, value_of
from timvis.formats.handed_in import Wrong, shown
from timvis.formats.pydantic_faults import said_of
from timvis.formats.time_report_table import cells
from timvis.formats.time_report_table.cells import Cell
from timvis.formats.time_report_xlsx.sheets import Sheet

Key = tuple[str | int, ...]
"""A place in the written case as pydantic names it: ("shift", 0, "on")."""

_STEP = re.compile(r"([^.\[\]]+)(?:\[([0-9]+)\])?")


@dataclass(frozen=True, slots=True)
class ReadWorkbook:
    """A written case, and where in the workbook each part of it stands."""

    written: BaseModel
    places: Mapping[Key, Place]
    source: str

    def placed(self, faults: Iterable[Fault]) -> tuple[Fault, ...]:
        """Return faults that name a key of the case (`shift[2].on`) with the sheet, row and column instead."""
        return tuple(self._placed(fault) for fault in faults)

    def _placed(self, fault: Fault) -> Fault:
        if not isinstance(fault.column, str) or fault.line is not None:
            return fault
        place = _place(_in_the_only_row(_key_of(fault.column), self.places), self.places)
        found = place.fault(Wrong(fault.code, fault.message, fault.remedy))
        return replace(found, file=self.source)


def read(content: bytes, *, source: str) -> ReadWorkbook | tuple[Fault, ...]:
    """Return the case of a workbook in the written form of its kind, or all its faults.

    Every cell is a value: hidden sheets, formulas and macros are faults, and the sheet Läs mig is not read.
    """
    book = opened(content)
    if isinstance(book, tuple):
        return _named(book, source)
    kind, place = case_kind(book)
    if kind is None or kind not in KINDS:
        return _named((place.fault(_no_kind(kind)),), source)
    case = _Case(book, layout_of(kind))
    try:
        written = KINDS[kind].form.model_validate(case.table)
    except ValidationError as error:
        return _named((*case.faults, *_said(error, case)), source)
    return _named(case.faults, source) if case.faults else ReadWorkbook(written, case.places, source)


class _Case:
    """The tables of a workbook as TOML would have had them, where each value stands, and what was wrong."""

    def __init__(self, book: Workbook, layouts: tuple[SheetLayout, ...]) -> None:
        self.table: dict[str, Any] = {}
        self.places: dict[Key, Place] = {}
        self.columns: dict[Key, Column] = {}
        self.faults: list[Fault] = unknown_sheets(book, layouts)
        self.unread: set[Key] = set()
        self._numbered: dict[tuple[str, ...], dict[str, Key]] = {}
        for layout in layouts:
            sheet = book.sheet(layout.name)
            self.places[layout.path] = Place(layout.name)
            if sheet is not None:
                self._take(sheet, layout)

    def _take(self, sheet: Sheet, layout: SheetLayout) -> None:
        if not layout.has_rows:
            self._take_keys(keyed(sheet, layout, self.faults), layout)
            return
        rows = headed(sheet, layout, self.faults)
        for number, row in rows.rows:
            self._take_row(number, row, rows, layout)

    def _take_keys(self, found: Mapping[str, tuple[int, Cell]], layout: SheetLayout) -> None:
        for column in layout.columns:
            if column.heading in found:
                row, cell = found[column.heading]
                self._put((*layout.path, *column.path), cell, column, Place(layout.name, row, 1))

    def _take_row(self, number: int, row: Mapping[str, Cell], rows: Headed, layout: SheetLayout) -> None:
        parent = self._parent(number, row, rows, layout)
        if parent is None:
            return
        path: Key = (*parent, layout.path[-1])
        listed = self._at(parent).setdefault(layout.path[-1], [])
        if layout.is_optional and _is_only_none(row, layout):
            self.places.setdefault(path, Place(layout.name, number))
            return
        item: Key = (*path, len(listed))
        listed.append({})
        self.places.setdefault(path, Place(layout.name))
        self.places[item] = Place(layout.name, number)
        self._number(number, row, rows, layout, item)
        for column in layout.columns:
            place = Place(layout.name, number, rows.index_of.get(column.heading))
            self.places[(*item, *column.path)] = place
            self.columns[(*item, *column.path)] = column
            if column.heading in row:
                self._put((*item, *column.path), row[column.heading], column, place)

    def _parent(self, number: int, row: Mapping[str, Cell], rows: Headed, layout: SheetLayout) -> Key | None:
        """Return the table that a row belongs to; None, and a fault, when it does not say which."""
        if layout.parent is None:
            return layout.path[:-1]
        [heading] = layout.number_headings
        cell = row.get(heading)
        known = self._numbered.get(layout.parent, {})
        word = "" if cell is None else cells.text(cell)
        parent = None if isinstance(word, Wrong) else known.get(word)
        if parent is None:
            of = ".".join(layout.parent)
            told = f"Ingen rad på bladet {of} har nr {shown(str(word))}." if word else f"{heading} saknas på raden."
            wrong = Wrong("unknown_row" if word else "missing", told, f"Skriv radens nr på bladet {of}.")
            self.faults.append(Place(layout.name, number, rows.index_of.get(heading)).fault(wrong))
        return parent

    def _number(self, number: int, row: Mapping[str, Cell], rows: Headed, layout: SheetLayout, item: Key) -> None:
        """Keep a row's number for the sheets that refer to it."""
        cell = row.get(layout.number_headings[0]) if layout.parent is None else None
        word = None if cell is None else cells.text(cell)
        if not isinstance(word, str):
            return
        if self._numbered.setdefault(layout.path, {}).setdefault(word, item) != item:
            wrong = Wrong("stands_twice", f"Två rader har nr {shown(word)}.", "Ge varje rad sitt eget nr.")
            self.faults.append(Place(layout.name, number, rows.index_of[layout.number_headings[0]]).fault(wrong))

    def _put(self, key: Key, cell: Cell, column: Column, place: Place) -> None:
        """Put a cell's value where TOML would have had it."""
        self.places[key] = place
        self.columns[key] = column
        value = value_of(cell, column)
        if isinstance(value, Wrong):
            self.unread.add(key)
            self.faults.append(place.fault(value))
            return
        self._at(key[:-1])[str(key[-1])] = value

    def _at(self, key: Key) -> dict[str, Any]:
        """Return the table at a key; it is made where there is none."""
        at: Any = self.table
        for step in key:
            at = at[step] if isinstance(step, int) else at.setdefault(step, {})
        found: dict[str, Any] = at
        return found


def _is_only_none(row: Mapping[str, Cell], layout: SheetLayout) -> bool:
    """Return whether a row says that its list has nothing in it: the word alone beside the number."""
    values = [cell for heading, cell in row.items() if heading not in layout.number_headings]
    return len(values) == 1 and says_none(values[0])


# --- faults ----------------------------------------------------------------------------------------------


def _said(error: ValidationError, case: _Case) -> tuple[Fault, ...]:
    """Return what the form objects to, without what only follows from a cell that could not be read."""
    return tuple(
        _fault(one["type"], one["loc"], one["msg"], case)
        for one in error.errors()
        if not any(_touches(one["loc"], key) for key in case.unread)
    )


def _touches(location: Key, unread: Key) -> bool:
    """Return whether an objection may come from a cell that could not be read: it is about it, or about its row."""
    shortest = min(len(location), len(unread))
    return location[:shortest] == unread[:shortest]


def _fault(kind: str, location: Key, message: str, case: _Case) -> Fault:
    code, wrong, remedy = said_of(kind, message)
    key = next((location[:length] for length in range(len(location), -1, -1) if location[:length] in case.columns), ())
    column = case.columns.get(key)
    if column is not None and column.words and code == "unknown_word":
        remedy = f"Välj något av: {', '.join(column.words)}."
    names = [step for step in location if isinstance(step, str)]
    subject = column.heading if column is not None else ".".join(names[-1:]) or "Fallet"
    return _place(location, case.places).fault(Wrong(code, f"{subject} {wrong}.", remedy))


def _place(location: Key, places: Mapping[Key, Place]) -> Place:
    """Return where a key stands, or the nearest thing around it that does."""
    return next(places[location[:length]] for length in range(len(location), -1, -1) if location[:length] in places)


def _key_of(column: str) -> Key:
    """Return `shift[2].on` as ("shift", 1, "on")."""
    steps: list[str | int] = []
    for name, number in _STEP.findall(column):
        steps += [name, int(number) - 1] if number else [name]
    return tuple(steps)


def _in_the_only_row(key: Key, places: Mapping[Key, Place]) -> Key:
    """Return a key of a table that may stand several times, `pay.hourly_ore`, as one in its only row."""
    is_only = (*key[:1], 0) in places and (*key[:1], 1) not in places
    return (*key[:1], 0, *key[1:]) if is_only and len(key) > 1 and key[1] != 0 else key


def _no_kind(kind: str | None) -> Wrong:
    remedy = f"Skriv kind på bladet fall, med något av: {', '.join(sorted(KINDS))}."
    if kind is None:
        return Wrong("missing", "kind saknas på bladet fall.", remedy)
    return Wrong("unknown_kind", f"Timvis känner ingen beräkning som heter ”{shown(kind)}”.", remedy)


def _named(faults: Iterable[Fault], source: str) -> tuple[Fault, ...]:
    return tuple(replace(fault, file=source) for fault in dict.fromkeys(faults))
