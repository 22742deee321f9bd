"""A file that an employer sent to tables of the written case: one function per paper.

Each takes an XLSX workbook or text with separators, known by its content, and returns its tables or every fault
with the row, why, and what to do. Nothing is half read: with a fault there are no tables.
"""

from timvis.formats.sick_cost_papers import payslip, shifts
from timvis.formats.sick_cost_papers.columns import PAYSLIP, SCHEDULE, SUBSTITUTES
from timvis.formats.sick_cost_papers.opened import opened
from timvis.formats.sick_cost_papers.records import ReadPayslip, ReadShifts

__all__ = ["ReadPayslip", "ReadShifts", "read_payslip", "read_schedule", "read_substitutes"]


def read_schedule(content: bytes, file_name: str) -> ReadShifts:
    """Return the sick assistant's missed shifts as `shift` tables, or every fault with the file's name."""
    paper = opened(content, file_name, SCHEDULE)
    return ReadShifts(faults=paper) if isinstance(paper, tuple) else shifts.schedule(paper)


def read_substitutes(content: bytes, file_name: str) -> ReadShifts:
    """Return the substitutes' shifts as `substitute` tables, or every fault with the file's name."""
    paper = opened(content, file_name, SUBSTITUTES)
    return ReadShifts(faults=paper) if isinstance(paper, tuple) else shifts.substitutes(paper)


def read_payslip(content: bytes, file_name: str) -> ReadPayslip:
    """Return a payslip as its `payslip` table and its rows, or every fault with the file's name."""
    paper = opened(content, file_name, PAYSLIP)
    return ReadPayslip(payslip={}, faults=paper) if isinstance(paper, tuple) else payslip.payslip(paper)
