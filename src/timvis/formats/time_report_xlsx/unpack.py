"""A workbook made harmless before the spreadsheet library sees it.

The library is fast and trusts the file: it takes memory for the whole area between the first and the last
cell, and for as many strings as the file says it has, so one number too large ends the process. And a zip can
say one size and unpack to another. So every part is unpacked here, within limits, its cells are measured, and
a plain new zip of what was measured is what the library gets.
"""

import io
import re
import zipfile
import zlib
from xml.parsers import expat

from timvis.core.faults import Fault
from timvis.formats.handed_in import MAX_BYTES, MAX_ROWS, Wrong

MAX_ENTRIES = 300
MAX_UNPACKED_BYTES = 64 * 1024 * 1024
MAX_RATIO = 100
"""A sheet of time rows shrinks about tenfold; a bomb a thousandfold."""

MAX_CELLS = 2_500_000
"""The area from A1 to the last filled cell: all rows and columns of a report and some room."""

_FREE_OF_RATIO_BYTES = 1024 * 1024
_WORKBOOK = "xl/workbook.xml"
_XML_PARTS = (".xml", ".rels")
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_COUNTS = frozenset({"count", "uniqueCount"})
_LAST_ROW = 1_048_576
_FIXED_DATE = (1980, 1, 1, 0, 0, 0)


class _Refused(Exception):
    """Why a workbook is not opened; only ever raised and caught in this module, out of the parser's calls."""

    def __init__(self, wrong: Wrong) -> None:
        super().__init__(wrong.code)
        self.wrong = wrong


def harmless(content: bytes) -> bytes | Fault:
    """Return the workbook's XML parts in a new, uncompressed zip, or why the workbook is refused."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _measure(archive, len(content))
            return _repacked(archive)
    except _Refused as refused:
        return refused.wrong.at(1, None)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError):
        # Damaged, encrypted or compressed in a way that no spreadsheet program writes.
        return _not_a_workbook().at(1, None)


def _measure(archive: zipfile.ZipFile, packed_bytes: int) -> None:
    """Refuse by what the table of contents says, before anything is unpacked."""
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    unpacked = sum(entry.file_size for entry in entries)
    if packed_bytes > MAX_BYTES or len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED_BYTES:
        raise _Refused(_too_large())
    if unpacked > _FREE_OF_RATIO_BYTES + MAX_RATIO * packed_bytes:
        raise _Refused(_too_large())
    if len(set(names)) != len(names) or _WORKBOOK not in names:
        raise _Refused(_not_a_workbook())


def _repacked(archive: zipfile.ZipFile) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as plain:
        for entry in archive.infolist():
            if entry.filename.endswith(_XML_PARTS):
                # Never gives more than the size that was measured; a part that lies fails its checksum.
                part = archive.read(entry)
                _Cells().measure(part)
                plain.writestr(zipfile.ZipInfo(entry.filename, _FIXED_DATE), part)
    return target.getvalue()


class _Cells:
    """Walks a part and refuses a document type, and cells further out than any report has."""

    def __init__(self) -> None:
        self._row = 0
        self._column = 0
        self._last_row = 0
        self._last_column = 0

    def measure(self, part: bytes) -> None:
        """Raise `_Refused` when the part is not to be opened."""
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = self._refuse_document_type
        parser.StartElementHandler = self._start
        try:
            parser.Parse(part, True)
        except (expat.ExpatError, LookupError, ValueError) as error:
            # The last two: an encoding that nobody knows, or that has several bytes to a character.
            raise _Refused(_not_a_workbook()) from error

    def _refuse_document_type(self, *_: object) -> None:
        raise _Refused(
            Wrong(
                "document_type_is_not_allowed",
                "Boken innehåller en dokumenttyp (DOCTYPE), som kan hämta in annat innehåll.",
                "Öppna boken i ett kalkylprogram och spara den på nytt som XLSX.",
            )
        )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        for counted in _COUNTS.intersection(attributes):
            if not _is_number(attributes[counted], at_most=MAX_CELLS):
                raise _Refused(_not_a_workbook())
        match name.rpartition(":")[2]:
            case "row":
                self._row = _number(attributes["r"]) if "r" in attributes else self._row + 1
                self._column = 0
            case "c":
                self._place(attributes.get("r"))
            case "v" | "is":
                # Cells that only have a colour are never read, and often fill a sheet to its last row.
                self._reach()

    def _place(self, reference: str | None) -> None:
        if reference is None:
            self._column += 1
            return
        match = _REFERENCE.fullmatch(reference)
        if match is None:
            # The library reads more than three letters and seven digits too, and counts past its own end.
            raise _Refused(_not_a_workbook())
        self._column = 0
        for letter in match[1]:
            self._column = self._column * 26 + ord(letter) - ord("A") + 1
        self._row = _number(match[2])

    def _reach(self) -> None:
        self._last_row = max(self._last_row, self._row)
        self._last_column = max(self._last_column, self._column)
        if self._last_row > 2 * MAX_ROWS or self._last_row * self._last_column > MAX_CELLS:
            raise _Refused(
                Wrong(
                    "too_many_cells",
                    "Bladet har innehåll längre ut än någon tidrapport.",
                    "Ta bort det som står långt ned eller långt till höger, eller dela upp filen.",
                )
            )


def _is_number(text: str, *, at_most: int) -> bool:
    """Return whether a text is a plain whole number within bounds."""
    return text.isascii() and text.isdecimal() and len(text) <= len(str(at_most)) and int(text) <= at_most


def _number(text: str) -> int:
    """Return a row's number; refuse what no spreadsheet program writes."""
    if not _is_number(text, at_most=_LAST_ROW) or int(text) == 0:
        raise _Refused(_not_a_workbook())
    return int(text)


def _too_large() -> Wrong:
    return Wrong(
        "file_is_too_large",
        "Boken är för stor, eller packar upp till orimligt mycket.",
        "Spara bara bladet med tidrapporten i en ny bok, utan bilder, och dela upp den vid behov.",
    )


def _not_a_workbook() -> Wrong:
    return Wrong(
        "not_a_workbook",
        "Filen är ingen hel Excelbok (XLSX), eller är låst med lösenord.",
        "Öppna den i ett kalkylprogram, ta bort lösenordet och spara som XLSX.",
    )
