"""A workbook to the lines of its sheets, made harmless first."""

import io
from dataclasses import dataclass

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from timvis.core.faults import Fault
from timvis.formats.handed_in import Wrong
from timvis.formats.time_report_table import cells
from timvis.formats.time_report_table.heading import Line
from timvis.formats.time_report_xlsx.unpack import harmless


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with its lines, numbered as the spreadsheet program numbers its rows."""

    name: str
    is_visible: bool
    lines: tuple[Line, ...]

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in any cell."""
        return all(cells.is_blank(cell) for line in self.lines for cell in line.cells)


def sheets_of(content: bytes) -> tuple[Sheet, ...] | Fault:
    """Return every sheet in the order of the workbook, or why it is not opened.

    Formulas are not calculated: a cell has the value that the spreadsheet program last saved.
    """
    plain = harmless(content)
    return plain if isinstance(plain, Fault) else sheets_of_harmless(plain)


def sheets_of_harmless(plain: bytes) -> tuple[Sheet, ...] | Fault:
    """Return what `sheets_of` does for bytes that `unpack.harmless` gave."""
    found: list[Sheet] = []
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(plain)) as book:
            for index, sheet in enumerate(book.sheets_metadata):
                rows = book.get_sheet_by_index(index).to_python(skip_empty_area=False)
                lines = tuple(Line(number=at, cells=tuple(row)) for at, row in enumerate(rows, start=1))
                found.append(Sheet(sheet.name, sheet.visible == SheetVisibleEnum.Visible, lines))
    except (CalamineError, OSError, ValueError, ArithmeticError):
        # The last: a number of days that no calendar reaches.
        return _unreadable()
    except BaseException as error:
        # A number of days so large that the library's own arithmetic gives up arrives as its bridge's panic, which
        # is no `Exception` and has no name to import.
        if type(error).__name__ != "PanicException":
            raise
        return _unreadable()
    return tuple(found)


def _unreadable() -> Fault:
    return Wrong(
        "not_a_workbook",
        "Boken går inte att läsa.",
        "Öppna den i ett kalkylprogram och spara den på nytt.",
    ).at(1, None)
