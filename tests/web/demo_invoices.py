"""The invoices of the demonstration that tests speak of by id, and others to send in."""

import struct
import zlib

from tests.apps.invoices.bills import Bill, BilledLine

REPLACED_ID, PAPER_ID, RETURNED_ID, OPEN_ID = 1, 5, 6, 7
"""E-1002 with too many hours, P-17 on paper, FT-2026-09 that went back, and FT-2026-10 that lies in a claim."""

DAYS = ("2026-10-01", "2026-10-31")


def a_bill(number: str, *hours_and_amounts: str) -> Bill:
    """Return an invoice from Ekot AB with a line per pair of hours and amount, at the state's rate."""
    pairs = zip(hours_and_amounts[::2], hours_and_amounts[1::2], strict=True)
    lines = tuple(
        BilledLine(text="De första timmarna", hours=hours, price="347.70", amount=amount) for hours, amount in pairs
    )
    return Bill(
        number=number,
        supplier_number="5599000105",
        supplier_name="Ekot AB",
        bankgiro="50501055",
        lines=lines,
        issued_on="2026-11-04",
        due_on="2026-12-04",
        days=DAYS,
        ocr="20240313",
        buyer_name="Motala kommun",
        notes=("Frågor: 19800215-2380",),
    )


def a_picture() -> bytes:
    """Return a small grey PNG."""
    width, height = 60, 84
    rows = (b"\x00" + b"\xee" * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )
