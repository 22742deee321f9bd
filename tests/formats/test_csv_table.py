"""A table as CSV: it opens as it stands, and no cell of it does anything."""

import csv
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest

from timvis.formats.csv_table.write import write


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_a_table_comes_back_as_it_was() -> None:
    content = write(["Ärende", "Dag", "Belopp"], [["A-1; b", date(2026, 3, 2), Decimal("-12.50")], ['"x"\n', 7, 8]])

    assert content.startswith("\N{ZERO WIDTH NO-BREAK SPACE}Ärende;Dag;Belopp\r\n".encode())
    assert read(content)[1:] == [["A-1; b", "2026-03-02", "-12,50"], ['"x"\n', "7", "8"]]


@pytest.mark.parametrize("text", ["=1+1", "+46", "-2+3", "@SUM(A1)", "\t=1", "\r=1"])
def test_what_a_spreadsheet_would_reckon_is_written_as_text(text: str) -> None:
    assert read(write(["x"], [[text]]))[1] == [f"'{text}"]
