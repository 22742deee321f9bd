"""A table → CSV bytes in which no cell is a formula."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from io import StringIO

Cell = str | int | date | Decimal
"""What a cell holds; decimals are written with a comma."""

_FORMULA_BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "'")


def write(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return the table with its headings first."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([_text(cell) for cell in headings])
    writer.writerows([[_text(cell) for cell in row] for row in rows])
    return text.getvalue().encode("utf-8-sig")


def _text(cell: Cell) -> str:
    if isinstance(cell, Decimal):
        return str(cell).replace(".", ",")
    if not isinstance(cell, str):
        return str(cell)
    return harmless(cell)


def harmless(text: str) -> str:
    """Return a text with an apostrophe before what a spreadsheet would calculate, or before one of its own."""
    return f"'{text}" if text.startswith(_FORMULA_BEGINNINGS) else text
