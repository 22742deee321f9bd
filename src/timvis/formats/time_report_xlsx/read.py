"""A workbook to time reports: the one visible sheet that has the headings."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from timvis.core.faults import Fault
from timvis.formats.handed_in import Read, Wrong, digest_of, shown
from timvis.formats.time_report_table import heading
from timvis.formats.time_report_table.heading import Line
from timvis.formats.time_report_table.read import read_lines
from timvis.formats.time_report_xlsx.unpack import harmless


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet with time rows."""

    name: str
    is_visible: bool
    lines: tuple[Line, ...]


def read(content: bytes, *, today: date, crosses_midnight: bool = False) -> Read:
    """Return the reports of a workbook, or every fault of it; lines are the row numbers of the sheet.

    Formulas are not calculated: the value that the spreadsheet program last saved is read.
    """
    plain = harmless(content)
    if isinstance(plain, Fault):
        return Read(faults=(plain,))
    sheets = _sheets(plain)
    if isinstance(sheets, Fault):
        return Read(faults=(sheets,))
    faults = _sheet_faults(sheets)
    if faults:
        return Read(faults=faults)
    return read_lines(sheets[0].lines, digest=digest_of(content), today=today, crosses_midnight=crosses_midnight)


def _sheets(content: bytes) -> list[_Sheet] | Fault:
    """Return the sheets that have a line of headings."""
    found: list[_Sheet] = []
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            for index, sheet in enumerate(book.sheets_metadata):
                rows = book.get_sheet_by_index(index).to_python(skip_empty_area=False)
                lines = tuple(Line(number=at, cells=tuple(row)) for at, row in enumerate(rows, start=1))
                if heading.find(lines) is not None:
                    found.append(_Sheet(sheet.name, sheet.visible == SheetVisibleEnum.Visible, lines))
    except (CalamineError, OSError, ValueError, ArithmeticError):
        # The last: a number of days that no calendar reaches.
        return Wrong(
            "not_a_workbook",
            "Boken går inte att läsa.",
            "Öppna den i ett kalkylprogram och spara den på nytt.",
        ).at(1, None)
    return found


def _sheet_faults(sheets: Sequence[_Sheet]) -> tuple[Fault, ...]:
    if not sheets:
        return (heading.not_found(),)
    faults = [
        Wrong(
            "hidden_sheet",
            f"Det dolda bladet ”{shown(sheet.name)}” har tider.",
            "Visa bladet och lämna in det i en egen fil, eller ta bort det.",
        ).at(1, shown(sheet.name))
        for sheet in sheets
        if not sheet.is_visible
    ]
    visible = [sheet for sheet in sheets if sheet.is_visible]
    if len(visible) > 1:
        names = ", ".join(shown(sheet.name) for sheet in visible)
        wrong = Wrong(
            "several_sheets",
            f"Flera blad har tider: {names}.",
            "Lägg alla rader på ett blad, eller lämna in flera filer.",
        )
        faults.append(wrong.at(1, shown(visible[1].name)))
    return tuple(faults)
