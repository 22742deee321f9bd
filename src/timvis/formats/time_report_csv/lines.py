"""Text with separators to lines of cells: whatever encoding and separator a Swedish export uses."""

import csv
import io
from collections.abc import Callable, Iterator

from timvis.core.faults import Fault
from timvis.formats.handed_in import MAX_BYTES, MAX_ROWS, Wrong
from timvis.formats.time_report_table.heading import LINES_SEARCHED, Line

_SEPARATORS = (";", ",", "\t")
_MAX_COLUMNS = 200
_ROOM_FOR_TITLES = 100
_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)

Known = Callable[[Line], int]
"""How many headings a line names: what tells one separator from another."""


def lines_of(content: bytes, known: Known, most_rows: int = MAX_ROWS) -> tuple[Line, ...] | Fault:
    """Return the lines of a text that have any content, numbered as in a text editor, or why there are none.

    Of a text with more than `most_rows` rows so many come back that whoever reads them sees that they are too many.
    """
    if len(content) > MAX_BYTES:
        return _too_large()
    text = decoded(content)
    if isinstance(text, Fault):
        return text
    return _too_wide(text) or _lines(text, _separator(text, known), most_rows)


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
        "Spara den som CSV (UTF-8) eller XLSX och lämna in den igen.",
    ).at(1, None)


def _separator(text: str, known: Known) -> str:
    """Return the separator with which some line near the top names most columns."""
    top = list(_physical_lines(text, LINES_SEARCHED))
    return max(_SEPARATORS, key=lambda separator: max((_known(line, separator, known) for line in top), default=0))


def _known(line: str, separator: str, known: Known) -> int:
    return known(Line(number=1, cells=tuple(cell.strip(' "') for cell in line.split(separator))))


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
                "Ta bort kolumner som inte behövs.",
            ).at(number, None)
    return None


def _lines(text: str, separator: str, most_rows: int) -> tuple[Line, ...] | Fault:
    """Return the lines with their cells, or where a quotation mark went astray.

    Empty lines are left out before they are counted: else they could hide that rows were cut off at the end.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    lines: list[Line] = []
    first = 1
    try:
        for cells in reader:
            # A record with a line break inside quotation marks begins earlier than where the reader stands.
            if any(cell and not cell.isspace() for cell in cells):
                lines.append(Line(number=first, cells=tuple(cells)))
            first = reader.line_num + 1
            if len(lines) > most_rows + _ROOM_FOR_TITLES:
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
