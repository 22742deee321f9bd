"""Text with separators to time reports: whatever encoding and separator a Swedish export uses."""

from datetime import date

from timvis.core.faults import Fault
from timvis.formats.handed_in import Read, digest_of
from timvis.formats.time_report_csv.lines import lines_of
from timvis.formats.time_report_table import heading
from timvis.formats.time_report_table.read import read_lines


def read(content: bytes, *, today: date, crosses_midnight: bool = False) -> Read:
    """Return the reports of a text, or every fault of it; lines are those of a text editor."""
    lines = lines_of(content, heading.known_headings)
    if isinstance(lines, Fault):
        return Read(faults=(lines,))
    return read_lines(lines, digest=digest_of(content), today=today, crosses_midnight=crosses_midnight)
