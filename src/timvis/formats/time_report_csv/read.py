"""Text with separators to time reports: whatever encoding and separator a Swedish export uses."""

import csv
import io
from collections.abc import Iterator
from datetime import date

from timvis.core.faults import Fault
from timvis.formats.handed_in import MAX_BYTES, MAX_ROWS, Read, Wrong, digest_of
from timvis.formats.time_report_table import heading
from timvis.formats.time_report_table.heading import LINES_SEARCHED, Line
from timvis.formats.time_report_table.read import read_lines

_SEPARATORS = (";", ",", "\t")
_MAX_COLUMNS = 200
_ROOM_FOR_TITLES = 100
_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def read(content: bytes, *, today: date, crosses_midnight: bool = False) -> Read:
    """Return the reports of a text, or every fault of it; lines are those of a text editor."""
    if len(content) > MAX_BYTES:
        return Read(faults=(_too_large(),))
    text = decoded(content)
    if isinstance(text, Fault):
        return Read(faults=(text,))
    wide = _too_wide(text)
    if wide is not None:
        return Read(faults=(wide,))
    lines = _lines(text, _separator(text))
    if isinstance(lines, Fault):
        return Read(faults=(lines,))
    return read_lines(lines, digest=digest_of(content), today=today, crosses_midnight=crosses_midnight)


def decoded(content: bytes) -> str | Fault:
    """Return the text: by its byte order mark, else UTF-8, else Windows-1252.

    Text in Windows-1252 with å, ä or ö is never valid UTF-8 by accident: such a byte is never followed by the
    bytes that UTF-8 would want.
    """
    encodings = [name for mark, name in _BYTE_ORDER_MARKS if content.startswith(mark)] or ["utf-8", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    return Wrong(
        "not_a_text",
        "Filen är varken text, XML eller en Excelbok.",
        "Spara tidrapporten som CSV (UTF-8) eller XLSX och lämna in den igen.",
    ).at(1, None)


def _separator(text: str) -> str:
    """Return the separator with which some line near the top names most columns."""
    top = list(_physical_lines(text, LINES_SEARCHED))
    return max(_SEPARATORS, key=lambda separator: max((_known(line, separator) for line in top), default=0))


def _known(line: str, separator: str) -> int:
    cells = tuple(cell.strip(' "') for cell in line.split(separator))
    return heading.known_headings(Line(number=1, cells=cells))


def _physical_lines(text: str, most: int | None = None) -> Iterator[str]:
    for number, line in enumerate(io.StringIO(text, newline=""), start=1):
        if most is not None and number > most:
            return
        yield line.rstrip("\r\n")


def _too_wide(text: str) -> Fault | None:
    """Return a fault when a line has more columns than any report, before a list is made of them."""
    for number, line in enumerate(_physical_lines(text), start=1):
        if any(line.count(separator) > _MAX_COLUMNS for separator in _SEPARATORS):
            return Wrong(
                "too_many_columns",
                f"Raden har fler än {_MAX_COLUMNS} kolumner.",
                "Ta bort kolumner som inte hör till tidrapporten.",
            ).at(number, None)
    return None


def _lines(text: str, separator: str) -> tuple[Line, ...] | Fault:
    """Return the lines with their cells, or where a quotation mark went astray."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    lines: list[Line] = []
    first = 1
    try:
        for cells in reader:
            # A record with a line break inside quotation marks begins earlier than where the reader stands.
            lines.append(Line(number=first, cells=tuple(cells)))
            first = reader.line_num + 1
            if len(lines) > MAX_ROWS + _ROOM_FOR_TITLES:
                break
    except csv.Error:
        return Wrong(
            "quotation_mark_astray",
            "Ett citattecken öppnas eller stängs på fel ställe, så cellerna går inte att skilja åt.",
            "Ta bort citattecknet, eller skriv det dubbelt inne i cellen.",
        ).at(first, None)
    return tuple(lines)


def _too_large() -> Fault:
    return Wrong(
        "file_is_too_large",
        f"Filen är större än {MAX_BYTES // (1024 * 1024)} MB.",
        "Dela upp filen, till exempel en per månad.",
    ).at(1, None)
