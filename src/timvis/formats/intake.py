"""The one way in for a handed-in time report: known by its content, never by its name."""

from dataclasses import replace
from datetime import date

from timvis.core.faults import Fault
from timvis.formats.elt import read as elt
from timvis.formats.handed_in import MAX_BYTES, Read, Wrong, digest_of
from timvis.formats.time_report_csv import read as time_report_csv
from timvis.formats.time_report_xlsx import read as time_report_xlsx

__all__ = ["Read", "digest_of", "read"]

ZIP = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_PDF = b"%PDF"
_LOOKED_AT = 256
_IMAGES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\x00", b"MM\x00*")


def read(content: bytes, *, file_name: str, today: date, crosses_midnight: bool = False) -> Read:
    """Return the reports of a file, or every fault with the file's name on it.

    Takes ELT XML, XLSX, and text with separators. `today` tells the century of ten-digit personal numbers;
    `crosses_midnight` is the sender's word that an end before the start means the next day (tables only).
    """
    result = _read(content, today=today, crosses_midnight=crosses_midnight)
    if not result.faults:
        return result
    return Read(faults=tuple(replace(fault, file=file_name) for fault in result.faults))


def _read(content: bytes, *, today: date, crosses_midnight: bool) -> Read:
    refused = not_even_tried(content)
    if refused is not None:
        return Read(faults=(refused,))
    if content.startswith(ZIP):
        return time_report_xlsx.read(content, today=today, crosses_midnight=crosses_midnight)
    if _is_markup(content):
        return elt.read(content, today=today)
    return time_report_csv.read(content, today=today, crosses_midnight=crosses_midnight)


def not_even_tried(content: bytes) -> Fault | None:
    """Return why a file is not even tried."""
    wrong: Wrong | None = None
    if len(content) > MAX_BYTES:
        wrong = Wrong(
            "file_is_too_large",
            f"Filen är {len(content) // (1024 * 1024)} MB; gränsen är {MAX_BYTES // (1024 * 1024)} MB.",
            "Dela upp filen, till exempel en per månad.",
        )
    elif not content.strip():
        wrong = Wrong("file_is_empty", "Filen är tom.", "Välj rätt fil och lämna in den igen.")
    elif content.startswith(_OLD_EXCEL):
        wrong = Wrong(
            "old_or_locked_workbook",
            "Filen är en äldre Excelbok (XLS), eller låst med lösenord.",
            "Öppna den i ett kalkylprogram, ta bort lösenordet och spara som XLSX.",
        )
    elif content.startswith((_PDF, *_IMAGES)):
        wrong = Wrong(
            "not_a_readable_format",
            "Filen är en bild eller en PDF; uppgifter kan inte läsas ur den.",
            "Lämna in XLSX eller CSV (en tidrapport också som ELT), eller registrera uppgifterna för hand.",
        )
    return None if wrong is None else wrong.at(1, None)


def _is_markup(content: bytes) -> bool:
    """Return whether the first visible character is "<", whatever the encoding."""
    start = content[:_LOOKED_AT].removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    return start.replace(b"\0", b"").lstrip().startswith(b"<")
