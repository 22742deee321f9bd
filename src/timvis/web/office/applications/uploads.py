"""The papers that fill rows of the form: a schedule, a substitute's time, a payslip. Read whole, or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from timvis.core.faults import Fault
from timvis.formats.sick_cost_papers.read import read_payslip, read_schedule, read_substitutes
from timvis.formats.sick_cost_papers.records import ReadPayslip, ReadShifts
from timvis.web.office.applications.entry import Part, row_of
from timvis.web.office.applications.fields import TABLES

_READERS: Mapping[str, Any] = {"shift": read_schedule, "substitute": read_substitutes, "payslip": read_payslip}
"""What reads the paper of each table."""


def read_uploads(files: MultiValueDict[str, Any], parts: Sequence[Part]) -> tuple[tuple[Fault, ...], tuple[str, ...]]:
    """Fill the parts' tables from the files that were sent with them; return every fault, and what was left out."""
    faults: list[Fault] = []
    remarks: list[str] = []
    for number, part in enumerate(parts, start=1):
        for table in TABLES:
            file = files.get(f"p{number}.{table.key}.file")
            if file is None or table.key not in _READERS:
                continue
            read: ReadShifts | ReadPayslip = _READERS[table.key](file.read(), file.name)
            if read.faults:
                faults += [_placed(fault, f"part[{number}].{table.key}") for fault in read.faults]
                continue
            part.rows[table.key] = [row_of(table, row) for row in read.tables]
            told = _("%(file)s är inläst: %(n)d rader.") % {"file": file.name, "n": len(read.tables)}
            remarks += [told, *(f"{_row(one)}{one.message}" for one in read.remarks)]
    return tuple(faults), tuple(remarks)


def _placed(fault: Fault, column: str) -> Fault:
    """Return a fault that says which row of which file it is about, at the table it would have filled."""
    where = f"{fault.file}: " if fault.file else ""
    return replace(fault, message=f"{where}{_row(fault)}{fault.message}", column=column)


def _row(fault: Fault) -> str:
    return _("rad %(n)d: ") % {"n": fault.line} if fault.line else ""
