"""Time reports to text: UTF-8 with byte order mark, semicolons, one line per piece of time."""

import csv
import io
from collections.abc import Sequence

from timvis.core.records import TimeReport
from timvis.formats.time_report_table.columns import Column
from timvis.formats.time_report_table.write import values


def write(reports: Sequence[TimeReport]) -> bytes:
    """Return the reports as a CSV that Excel opens with the right letters and the reader reads back."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([column.value for column in Column])
    for report in reports:
        for said in values(report):
            writer.writerow([said.get(column, "") for column in Column])
    return text.getvalue().encode("utf-8-sig")
