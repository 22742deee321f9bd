"""Handing in a time report: whatever the file is called, the month in it is the same month."""

import io
import subprocess
import sys
import zipfile
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from tests.formats.handed_in_months import (
    ABOUT,
    ALMA,
    BJORN,
    EMPLOYER,
    HEADINGS,
    LINES,
    NAMESPACE,
    TODAY,
    csv_bytes,
    csv_text,
    elt_bytes,
    without_place,
    workbook,
)
from timvis.core.faults import Fault
from timvis.formats import intake
from timvis.formats.handed_in import MAX_BYTES, Read, Wrong, shown

DAY = "yyyy-mm-dd"
CLOCK = "hh:mm"
PAST_A_DAY = "[h]:mm"

TYPED_IN_EXCEL = (
    HEADINGS,
    (*ABOUT, (date(2025, 3, 1), DAY), (time(8), CLOCK), (time(16, 30), CLOCK), "aktiv", *EMPLOYER),
    (*ABOUT, (2, "0"), (22 / 24, "0.00"), (timedelta(days=1), PAST_A_DAY), "Jour", *EMPLOYER),
    (*ABOUT, "3", (timedelta(0), PAST_A_DAY), (0.25, CLOCK), "Beredskapstid", *EMPLOYER),
)


def codes(content: bytes, file_name: str = "mars.csv") -> list[str]:
    return [fault.code for fault in read(content, file_name).faults]


def read(content: bytes, file_name: str = "mars.csv") -> Read:
    return intake.read(content, file_name=file_name, today=TODAY)


def test_the_same_month_is_the_same_report_in_every_format() -> None:
    # given one month, as five systems would export it
    with_commas = [[*line[:8], line[8].replace("väntetid", "Jour"), *line[9:]] for line in LINES]
    originals = {
        "utf-8 with mark": csv_bytes(),
        "windows-1252": csv_text().encode("cp1252"),
        "utf-16": csv_text().encode("utf-16"),
        "tabs": csv_bytes(separator="\t"),
        "commas": csv_bytes(with_commas, separator=","),
        "workbook as text": workbook({"Blad1": LINES}),
        "workbook as typed": workbook({"Blad1": TYPED_IN_EXCEL}),
        "elt": elt_bytes(),
    }

    reports = {name: read(content).reports for name, content in originals.items()}

    expected = without_place(reports["elt"][0])
    assert expected.recipient_name == "Alma Åkesson"
    assert [len(found) for found in reports.values()] == [1] * len(originals)
    assert {name for name, found in reports.items() if without_place(found[0]) != expected} == set()


def test_the_content_decides_and_not_the_name() -> None:
    assert read(elt_bytes(), "mars.csv").reports == read(elt_bytes(), "mars.xml").reports
    assert read(csv_bytes(), "mars.xlsx").reports == read(csv_bytes(), "mars.csv").reports


def test_the_same_file_twice_gives_the_same_keys() -> None:
    assert read(csv_bytes()).reports == read(csv_bytes(), "copy of mars.csv").reports
    assert read(csv_bytes()).reports[0].key != read(csv_text().encode()).reports[0].key


def test_every_fault_carries_the_name_of_the_file() -> None:
    assert {fault.file for fault in read(b"hej", "mars.csv").faults} == {"mars.csv"}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_is_empty"),
        (b" \r\n\t", "file_is_empty"),
        (b"%PDF-1.7 ...", "not_a_readable_format"),
        (b"\x89PNG\r\n", "not_a_readable_format"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_or_locked_workbook"),
        (b"\x00\x01\x02\x03", "not_a_text"),
        (b"a\x81b;c", "not_a_text"),
        (b"Bara en anteckning", "headings_not_found"),
        (b"<html><body>", "xml_is_not_well_formed"),
        (b"<html/>", "not_a_time_report"),
        (csv_bytes(LINES[:1]), "no_rows"),
        (elt_bytes(rows=()), "no_rows"),
        (workbook({"Blad1": LINES[:1]}), "no_rows"),
        (workbook({"Blad1": [["Hej"]]}), "headings_not_found"),
        (b"x" * (MAX_BYTES + 1), "file_is_too_large"),
    ],
)
def test_what_is_no_time_report_is_one_fault(content: bytes, code: str) -> None:
    assert codes(content) == [code]


# --- hostile files ----------------------------------------------------------------------------------------

MEMORY_OF_A_READER_KILOBYTES = 250 * 1024
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BOMB = f'<?xml version="1.0"?><!DOCTYPE t [<!ENTITY l0 "ha">{LAUGHS}]><t>&l9;</t>'
OUTSIDE = '<!DOCTYPE t [<!ENTITY x SYSTEM "file:///etc/hostname">]><t>&x;</t>'
DEEP = "<a>" * 100_000
WIDE = f'<Tidredovisning xmlns="{NAMESPACE}">' + "<a/>" * 900_000 + "</Tidredovisning>"
ATTRIBUTES = "<a " + " ".join(f'b{n}=""' for n in range(900_000)) + "/>"


BOOK = workbook({"Blad1": LINES})
STRINGS = "xl/sharedStrings.xml"


def zipped(**parts: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in {"xl/workbook.xml": b"<workbook/>", **parts}.items():
            archive.writestr(name, part)
    return target.getvalue()


def with_part(book: bytes, name: str, part: bytes) -> bytes:
    """Return a workbook with one part replaced."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            new.writestr(entry, part if entry == name else old.read(entry))
    return target.getvalue()


def sheet_with(cells: str) -> bytes:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    part = f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>'
    return with_part(BOOK, "xl/worksheets/sheet1.xml", part.encode())


FAR_CORNERS = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
UNNAMED_CELLS = "<row>" + "<c><v>1</v></c>" * 30_000 + "</row>" + "<row><c><v>1</v></c></row>" * 30_000


HOSTILE = {
    # The parser stops at the growing entities before it has read to the end of the document type.
    "growing entities": (BOMB.encode(), "xml_is_not_well_formed"),
    "growing entities in utf-16": (BOMB.encode("utf-16"), "xml_is_not_well_formed"),
    "somebody else's file": (OUTSIDE.encode(), "document_type_is_not_allowed"),
    "deep": (DEEP.encode(), "xml_is_not_well_formed"),
    "many elements": (WIDE.encode(), "too_many_rows"),
    "many attributes": (ATTRIBUTES.encode(), "too_many_rows"),
    "a zip bomb": (zipped(**{"xl/worksheets/sheet1.xml": b" " * 60_000_000}), "file_is_too_large"),
    "many parts": (zipped(**{f"xl/{n}.xml": b"<a/>" for n in range(1_000)}), "file_is_too_large"),
    "entities in a part": (zipped(**{"xl/a.xml": BOMB.encode()}), "document_type_is_not_allowed"),
    "a broken part": (zipped(**{"xl/a.xml": b"<a>"}), "not_a_workbook"),
    "a cut zip": (zipped()[:-30], "not_a_workbook"),
    "an empty workbook": (zipped(), "not_a_workbook"),
    "another zip": (zipped().replace(b"xl/workbook.xml", b"xx/workbook.xml"), "not_a_workbook"),
    "cells in far corners": (sheet_with(FAR_CORNERS), "too_many_cells"),
    "cells without names": (sheet_with(UNNAMED_CELLS), "too_many_cells"),
    "a cell named past the end": (sheet_with('<row r="1"><c r="A4294967296"><v>1</v></c></row>'), "not_a_workbook"),
    "a row numbered past the end": (sheet_with('<row r="4294967296"><c><v>1</v></c></row>'), "not_a_workbook"),
    "more strings said than there are": (
        with_part(BOOK, STRINGS, b'<sst uniqueCount="4294967296"/>'),
        "not_a_workbook",
    ),
    "an encoding nobody knows": (with_part(BOOK, STRINGS, b'<?xml version="1.0" encoding="X"?><a/>'), "not_a_workbook"),
    "separators only": (b";" * 5_000_000, "too_many_columns"),
}

READ_ALL = """
import resource, sys
from datetime import date
from pathlib import Path
from timvis.formats import intake
resource.setrlimit(resource.RLIMIT_AS, (2_000_000_000, 2_000_000_000))
for path in sorted(Path(sys.argv[1]).iterdir()):
    print(path.name, *(f.code for f in intake.read(path.read_bytes(), file_name="", today=date(2025, 6, 2)).faults))
# The process's own peak: getrusage would tell that of the test run that started it.
status = Path("/proc/self/status").read_text()
print(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:")))
"""


def test_hostile_files_are_refused_in_a_small_process(tmp_path: Path) -> None:
    for name, (content, _) in HOSTILE.items():
        (tmp_path / name.replace(" ", "_")).write_bytes(content)

    ran = subprocess.run(
        [sys.executable, "-c", READ_ALL, str(tmp_path)], capture_output=True, text=True, check=True, timeout=60
    )

    *refused, peak_kilobytes = ran.stdout.splitlines()
    assert refused == sorted(f"{name.replace(' ', '_')} {code}" for name, (_, code) in HOSTILE.items())
    assert int(peak_kilobytes) < MEMORY_OF_A_READER_KILOBYTES


def test_a_zip_that_says_a_smaller_size_than_it_unpacks_to_is_refused() -> None:
    # given a part of 4 MB whose two size fields say 10 bytes
    honest = zipped(**{"xl/worksheets/sheet1.xml": b"<a>" + b" " * 4_000_000 + b"</a>"})
    size = len(b"<a></a>") + 4_000_000
    lying = honest.replace(size.to_bytes(4, "little"), (10).to_bytes(4, "little"))

    assert lying != honest
    assert codes(lying) == ["not_a_workbook"]


def test_colour_down_to_the_last_row_of_a_sheet_is_no_content() -> None:
    rows = '<row r="1048576"><c r="XFD1048576" s="0"/></row>'

    assert codes(sheet_with(rows)) == ["headings_not_found"]


# --- what a message may say -----------------------------------------------------------------------------


def test_no_message_repeats_a_personal_number() -> None:
    # given files where the numbers stand in every wrong place
    numbers = [ALMA[:-1] + "1", f"{BJORN[:8]}-{BJORN[8:-1]}1"]
    swapped = [HEADINGS, *([*numbers, *line[2:]] for line in LINES[1:])]
    misplaced = [HEADINGS, *([*line[:5], ALMA, BJORN, ALMA, BJORN, *line[9:]] for line in LINES[1:])]
    headless = LINES[1:]

    faults: list[Fault] = []
    for lines in (swapped, misplaced, [[*HEADINGS, ALMA], *headless]):
        faults += read(csv_bytes(lines)).faults
    faults += read(elt_bytes(was=ALMA, now=ALMA[:-1] + "1")).faults

    assert len(faults) > 10
    said = " ".join(f"{fault.message} {fault.remedy} {fault.column}" for fault in faults)
    assert not [number for number in (ALMA, BJORN, *numbers) if number[:10] in said or number[-4:] in said]


def test_what_is_shown_is_short_and_without_numbers_or_hidden_marks() -> None:
    assert shown("19790101-2380 och mer") == "••• och mer"
    assert shown("a\u202eb\u200b") == "a b"
    assert len(shown("x" * 300)) == 24


def test_reports_and_faults_never_come_together() -> None:
    fault = Wrong("code", "message", "remedy").at(1, None)
    report = read(csv_bytes()).reports

    with pytest.raises(ValueError, match="never both"):
        Read(reports=report, faults=(fault,))
    with pytest.raises(ValueError, match="never neither"):
        Read()
