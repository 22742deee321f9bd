"""Whether an ELT file may be sent on: it can be read, and no row lies over another."""

from datetime import date

from timvis.core.faults import Fault
from timvis.core.records import TimeReport
from timvis.formats.elt.read import read
from timvis.formats.handed_in import Wrong


def check(content: bytes, *, today: date) -> tuple[Fault, ...]:
    """Return everything that is wrong with the file; nothing when it may be sent."""
    result = read(content, today=today)
    return result.faults or tuple(fault for report in result.reports for fault in overlaps(report))


def overlaps(report: TimeReport) -> tuple[Fault, ...]:
    """Return a fault per row that begins before an earlier one has ended.

    Such a report can be read, and review says what the law makes of it; but nobody should send it on.
    """
    faults: list[Fault] = []
    latest_end: int | None = None
    for row in sorted(report.rows, key=lambda row: (row.span.start_at, row.line)):
        if latest_end is not None and row.span.start_at < latest_end:
            clock = f"{row.span.from_text}–{row.span.to_text} den {row.span.work_on.isoformat()}"
            wrong = Wrong(
                "rows_overlap",
                f"Passet {clock} börjar innan ett annat har slutat.",
                "Rätta klockslagen, eller ta bort den ena raden.",
            )
            faults.append(wrong.at(row.line, "rapportRad"))
        latest_end = max(row.span.end_at, latest_end or row.span.end_at)
    return tuple(faults)
