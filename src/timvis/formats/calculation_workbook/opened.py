"""A workbook to the cells of its sheets: what is hidden, calculated or belongs to no table is told."""

import difflib
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from timvis.core.faults import Fault
from timvis.formats.calculation_workbook.layout import CASE, SheetLayout
from timvis.formats.handed_in import MAX_ROWS, Wrong, shown
from timvis.formats.time_report_table import cells
from timvis.formats.time_report_table.cells import Cell
from timvis.formats.time_report_table.heading import Line, letters
from timvis.formats.time_report_xlsx.formulas import formulas_of
from timvis.formats.time_report_xlsx.sheets import Sheet, sheets_of_harmless
from timvis.formats.time_report_xlsx.unpack import harmless

READ_ME = "Läs mig"
KEY, VALUE, EXPLANATION = "nyckel", "värde", "förklaring"
_MACROS = "vbaproject.bin"
_MOST_FORMULAS_TOLD = 100


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: the sheet, the row and the column, as far as they are known."""

    sheet: str
    row: int | None = None
    index: int | None = None

    def fault(self, wrong: Wrong) -> Fault:
        """Return what is wrong there; the column is named as the spreadsheet program does, "shift!C"."""
        column = self.sheet if self.index is None else f"{self.sheet}!{letters(self.index)}"
        return wrong.at(self.row, column)


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets of a workbook that have something in them, by their names in lower case."""

    sheets: Mapping[str, Sheet]

    def sheet(self, name: str) -> Sheet | None:
        """Return a sheet by its name."""
        return self.sheets.get(name.casefold())


@dataclass(frozen=True, slots=True)
class Headed:
    """The rows of a sheet under its headings: row number, and each cell by heading; and where each heading stands."""

    rows: tuple[tuple[int, Mapping[str, Cell]], ...]
    index_of: Mapping[str, int]


def opened(content: bytes) -> Workbook | tuple[Fault, ...]:
    """Return the sheets with content, or all the reasons why a workbook's values cannot be relied on."""
    plain = harmless(content)
    if isinstance(plain, Fault):
        return (plain,)
    sheets = sheets_of_harmless(plain)
    if isinstance(sheets, Fault):
        return (sheets,)
    used = [sheet for sheet in sheets if sheet.name.strip().casefold() != READ_ME.casefold() and not sheet.is_blank]
    faults = [*_macros(content), *_hidden(used), *_too_long(used), *_formulas(plain)]
    if faults:
        return tuple(faults)
    by_name: dict[str, Sheet] = {}
    for sheet in used:
        if by_name.setdefault(sheet.name.strip().casefold(), sheet) is not sheet:
            faults.append(Place(shown(sheet.name)).fault(_twice("Två blad", sheet.name)))
    return tuple(faults) or Workbook(by_name)


def unknown_sheets(book: Workbook, layouts: Iterable[SheetLayout]) -> list[Fault]:
    """Return the faults of the sheets that are no table of the kind."""
    names = {layout.name.casefold(): layout.name for layout in layouts}
    found: list[Fault] = []
    for name, sheet in book.sheets.items():
        if name not in names:
            close = difflib.get_close_matches(name[:60], names, n=1)
            meant = f"Menade du {names[close[0]]}? Döp i så fall om bladet; ta annars bort det." if close else ""
            wrong = Wrong(
                "unknown_sheet",
                f"Bladet ”{shown(sheet.name)}” är ingen tabell i ett sådant fall.",
                meant or "Ta bort bladet. Bladen heter som tabellerna i formatet.",
            )
            found.append(Place(shown(sheet.name)).fault(wrong))
    return found


def headed(sheet: Sheet, layout: SheetLayout, faults: list[Fault]) -> Headed:
    """Return the rows of a sheet under its headings; what is wrong with the headings goes among the faults."""
    lines = [line for line in sheet.lines if not all(map(cells.is_blank, line.cells))]
    heading, below = lines[0], lines[1:]
    known = {*layout.number_headings, *(column.heading for column in layout.columns)}
    index_of: dict[str, int] = {}
    for index in range(max(len(line.cells) for line in lines)):
        cell = heading.cells[index] if index < len(heading.cells) else ""
        name = "" if cells.is_blank(cell) else str(cell).strip()
        wrong = _heading_wrong(name, index, known, index_of, below)
        if wrong is not None:
            faults.append(Place(layout.name, heading.number, index).fault(wrong))
        elif name:
            index_of[name] = index
    rows = [(line.number, _by_heading(line, index_of)) for line in below]
    return Headed(tuple((number, row) for number, row in rows if row), index_of)


def keyed(sheet: Sheet, layout: SheetLayout, faults: list[Fault]) -> dict[str, tuple[int, Cell]]:
    """Return the row and the value of each key in a sheet of keys and values; a key without a value is left out."""
    known = {column.heading for column in layout.columns}
    found: dict[str, tuple[int, Cell]] = {}
    for line in sheet.lines:
        key, value, *_ = (*line.cells, "", "")
        name = "" if cells.is_blank(key) else str(key).strip()
        if name.casefold() == KEY or all(map(cells.is_blank, line.cells[:2])):
            continue
        place = Place(layout.name, line.number, 0)
        if name not in known:
            faults.append(place.fault(_unknown(name, known) if name else _without_heading("Värdet", "nyckel")))
        elif name in found:
            faults.append(place.fault(_twice("Två rader", name)))
        elif not cells.is_blank(value):
            found[name] = (line.number, value)
    return found


def case_kind(book: Workbook) -> tuple[str | None, Place]:
    """Return the kind of case that the workbook says it is, and where it says so."""
    sheet = book.sheet(CASE)
    for line in () if sheet is None else sheet.lines:
        key, value, *_ = (*line.cells, "", "")
        if str(key).strip() == "kind":
            kind = cells.text(value)
            return (None if isinstance(kind, Wrong) else kind or None), Place(CASE, line.number, 1)
    return None, Place(CASE)


# --- headings --------------------------------------------------------------------------------------------


def _heading_wrong(
    name: str, index: int, known: set[str], seen: Mapping[str, int], below: Sequence[Line]
) -> Wrong | None:
    if not name:
        filled = any(len(line.cells) > index and not cells.is_blank(line.cells[index]) for line in below)
        return _without_heading(f"Kolumn {letters(index)}", "rubrik") if filled else None
    if name not in known:
        return _unknown(name, known)
    return _twice("Två kolumner", name) if name in seen else None


def _by_heading(line: Line, index_of: Mapping[str, int]) -> dict[str, Cell]:
    values = {name: line.cells[index] for name, index in index_of.items() if index < len(line.cells)}
    return {name: cell for name, cell in values.items() if not cells.is_blank(cell)}


def _unknown(name: str, known: set[str]) -> Wrong:
    close = difflib.get_close_matches(name[:60], known, n=1)
    remedy = f"Menade du {close[0]}? Rätta i så fall stavningen." if close else "Ta bort det; bladet Läs mig har alla."
    return Wrong("unknown_key", f"”{shown(name)}” är ett okänt fält.", remedy)


def _twice(what: str, name: str) -> Wrong:
    return Wrong("stands_twice", f"{what} heter {shown(name)}.", "Ta bort den ena.")


def _without_heading(what: str, heading: str) -> Wrong:
    return Wrong("column_without_heading", f"{what} har innehåll men ingen {heading}.", f"Skriv en {heading}.")


# --- what is not plain values -----------------------------------------------------------------------------


def _macros(content: bytes) -> list[Fault]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        has_macros = any(name.casefold().endswith(_MACROS) for name in archive.namelist())
    wrong = Wrong("has_macros", "Boken innehåller makron.", "Spara den som XLSX utan makron.")
    return [wrong.at(1, None)] if has_macros else []


def _hidden(sheets: Sequence[Sheet]) -> list[Fault]:
    return [
        Place(shown(sheet.name)).fault(
            Wrong(
                "hidden_sheet",
                f"Det dolda bladet ”{shown(sheet.name)}” har innehåll.",
                "Visa bladet, eller ta bort det: inget får räknas som ingen ser.",
            )
        )
        for sheet in sheets
        if not sheet.is_visible
    ]


def _too_long(sheets: Sequence[Sheet]) -> list[Fault]:
    wrong = Wrong("too_many_rows", f"Bladet har fler än {MAX_ROWS} rader.", "Dela upp fallet i flera.")
    return [Place(shown(sheet.name)).fault(wrong) for sheet in sheets if len(sheet.lines) > MAX_ROWS]


def _formulas(plain: bytes) -> list[Fault]:
    wrong = Wrong(
        "cell_is_a_formula",
        "Cellen har en formel, och Timvis räknar inte ut formler.",
        "Skriv värdet i stället: kopiera cellen och klistra in den som värde.",
    )
    found = formulas_of(plain, most=_MOST_FORMULAS_TOLD)
    return [
        Place(shown(sheet), row, index).fault(wrong)
        for sheet, row, index in found
        if sheet.strip().casefold() != READ_ME.casefold()
    ]
