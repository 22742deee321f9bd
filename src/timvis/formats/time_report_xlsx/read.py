"""A workbook to time reports: the one visible sheet that has the headings."""

from collections.abc import Sequence
from datetime import date

from timvis.core.faults import Fault
from timvis.formats.handed_in import Read, Wrong, digest_of, shown
from timvis.formats.time_report_table import heading
from timvis.formats.time_report_table.read import read_lines
from timvis.formats.time_report_xlsx.sheets import Sheet, sheets_of


def read(content: bytes, *, today: date, crosses_midnight: bool = False) -> Read:
    """Return the reports of a workbook, or every fault of it; lines are the row numbers of the sheet.

    Formulas are not calculated: the value that the spreadsheet program last saved is read.
    """
    found = sheets_of(content)
    if isinstance(found, Fault):
        return Read(faults=(found,))
    sheets = [sheet for sheet in found if heading.find(sheet.lines) is not None]
    faults = _sheet_faults(sheets)
    if faults:
        return Read(faults=faults)
    return read_lines(sheets[0].lines, digest=digest_of(content), today=today, crosses_midnight=crosses_midnight)


def _sheet_faults(sheets: Sequence[Sheet]) -> tuple[Fault, ...]:
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
