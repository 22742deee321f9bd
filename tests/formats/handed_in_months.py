"""The same March in every format: Alma's month with Björn from Ekot AB, signed by Cecilia."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import xlsxwriter

from timvis.core.records import TimeReport

TODAY = date(2025, 6, 2)
ALMA = "197901012380"
BJORN = "197901012398"
CECILIA = "197901022389"
COORDINATION = "198000602394"
EKOT = "5599000006"

HEADINGS = (
    "redovisningsmanad",
    "brukare_personnummer",
    "brukare_namn",
    "assistent_personnummer",
    "assistent_namn",
    "dag",
    "fran",
    "till",
    "typ",
    "kollektivavtal",
    "arbetsgivare_typ",
    "organisationsnummer",
    "berakningsperiod_fran",
    "berakningsperiod_till",
)
ABOUT = ("2025-03", ALMA, "Alma Åkesson", BJORN, "Björn Öst")
EMPLOYER = ("ja", "anordnare", EKOT, "2025-03-01", "2025-03-31")
SHIFTS = (
    ("1", "08.00", "16.30", "aktiv"),
    ("2", "22.00", "24.00", "väntetid"),
    ("3", "00.00", "06.00", "beredskap"),
)
LINES = (HEADINGS, *((*ABOUT, *shift, *EMPLOYER) for shift in SHIFTS))


def csv_text(lines: Sequence[Sequence[str]] = LINES, *, separator: str = ";") -> str:
    """Return lines as text, with Windows line ends."""
    return "".join(separator.join(line) + "\r\n" for line in lines)


def csv_bytes(lines: Sequence[Sequence[str]] = LINES, *, separator: str = ";") -> bytes:
    """Return lines as Excel saves them: UTF-8 with a byte order mark."""
    return csv_text(lines, separator=separator).encode("utf-8-sig")


def workbook(sheets: Mapping[str, Sequence[Sequence[Any]]], *, hidden: Sequence[str] = ()) -> bytes:
    """Return a workbook; a cell may be (value, number format)."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    for name, lines in sheets.items():
        sheet = book.add_worksheet(name)
        for row, line in enumerate(lines):
            for column, cell in enumerate(line):
                value, number_format = cell if isinstance(cell, tuple) else (cell, "@")
                sheet.write(row, column, value, book.add_format({"num_format": number_format}))
        if name in hidden:
            sheet.hide()
    book.close()
    return target.getvalue()


ELT_ROW = "<rapportRad><dag>{}</dag><fromTid>{}</fromTid><tomTid>{}</tomTid><{}>true</{}></rapportRad>"
ELT_ROWS = (
    ELT_ROW.format(1, "08.00", "16.30", "aktivTid", "aktivTid"),
    ELT_ROW.format(2, "22.00", "24.00", "vanteTid", "vanteTid"),
    ELT_ROW.format(3, "00.00", "06.00", "beredskapsTid", "beredskapsTid"),
)
NAMESPACE = "http://schema.forsakringskassan.se/integration/isassistansersattning/tidredovisning/1"
ID = "0b8a6f1e-77aa-4c1e-9a0e-5d2b6f3c1a90"
EMPLOYED_BY_EKOT = (
    f"<assistansanordnare><organisationsnummer>{EKOT}</organisationsnummer>"
    "<assistentAnstalldAvAnordnare>true</assistentAnstalldAvAnordnare></assistansanordnare>"
)


def elt_lines(rows: Sequence[str] = ELT_ROWS) -> list[str]:
    """Return the month as ELT, one line per thing that a test may want to break."""
    return [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<Tidredovisning xmlns="{NAMESPACE}">',
        f"<id>{ID}</id>",
        "<redovisningsmanad>2025-03</redovisningsmanad>",
        f"<personSomHarAssistans><personnummer>{ALMA}</personnummer>",
        "<fornamn>Alma</fornamn><efternamn>Åkesson</efternamn></personSomHarAssistans>",
        f"<assistent><personnummer>{BJORN}</personnummer>",
        "<fornamn>Björn</fornamn><efternamn>Öst</efternamn><kollektivavtal>true</kollektivavtal></assistent>",
        "<berakningsperiod><fromDag>2025-03-01</fromDag><tomDag>2025-03-31</tomDag></berakningsperiod>",
        EMPLOYED_BY_EKOT,
        "<tidrapport>",
        *rows,
        "</tidrapport>",
        "<telefonnummerAnordnare>021-390000</telefonnummerAnordnare>",
        "</Tidredovisning>",
    ]


def elt_bytes(rows: Sequence[str] = ELT_ROWS, **instead: str) -> bytes:
    """Return the month as ELT bytes, each `instead` text replaced: `was=…, now=…`."""
    text = "\n".join(elt_lines(rows))
    if instead:
        assert instead["was"] in text, instead["was"]
        text = text.replace(instead["was"], instead["now"], 1)
    return text.encode()


def without_place(report: TimeReport) -> TimeReport:
    """Return a report without what belongs to its file: its key and the numbers of its lines."""
    rows = tuple(replace(row, line=0) for row in report.rows)
    return replace(report, key="", rows=rows)
