"""How much XML from outside may hold: counted while it streams by, before any tree of it is built.

A tree takes thirty times the room of the smallest elements, so that a limit on the bytes alone is none.
"""

from typing import NoReturn
from xml.parsers import expat

from timvis.core.faults import Fault

_PIECE = 64 * 1024
_LONGEST_TAG = 512 * 1024
"""A start tag or comment is held whole while it is read; a text is not, and may be as long as the file."""
_MEGABYTE = 1024 * 1024


class _Stops(Exception):
    """Ends the counting from inside a handler."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault


def fault_of(content: bytes, *, most_bytes: int, most_nodes: int) -> Fault | None:
    """Return why a document is refused before a tree of it is built, None when it may be.

    It is too large, has too many nodes (elements and attributes), a tag without end, a document type, a place
    where it breaks, or an encoding that cannot be counted: what is not followed here, no other reader is given.
    """
    if len(content) > most_bytes:
        return too_large(most_bytes)
    parser = expat.ParserCreate()
    counted = 0

    def start(_: str, attributes: list[str]) -> None:
        nonlocal counted
        counted += 1 + len(attributes) // 2
        if counted > most_nodes:
            raise _Stops(_too_many(most_nodes))

    parser.ordered_attributes = True
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = _refuse_document_type
    try:
        for begins in range(0, len(content), _PIECE):
            parser.Parse(content[begins : begins + _PIECE], False)
            if begins - parser.CurrentByteIndex > _LONGEST_TAG:
                return _TOO_LONG
        parser.Parse(b"", True)
    except _Stops as stops:
        return stops.fault
    except expat.ExpatError as error:
        return _not_well_formed(error)
    except (ValueError, LookupError):
        return _ENCODING
    return None


def too_large(most_bytes: int) -> Fault:
    """Return the fault of a file above a limit."""
    return Fault(
        code="file_is_too_large",
        message=f"Filen är större än {most_bytes // _MEGABYTE} MB.",
        remedy="Be avsändaren om den utan bilagor, eller uppdelad.",
    )


def _refuse_document_type(*_: object) -> NoReturn:
    raise _Stops(
        Fault(
            code="document_type_is_not_allowed",
            message="Filen har en dokumenttyp (DOCTYPE), som kan hämta in annat innehåll.",
            remedy="Ta bort raden med DOCTYPE, eller be avsändaren om filen utan den.",
            line=1,
        )
    )


def _too_many(most_nodes: int) -> Fault:
    return Fault(
        code="file_has_too_many_parts",
        message=f"Filen har fler än {most_nodes} delar (element och attribut).",
        remedy="Be avsändaren att dela upp den.",
    )


def _not_well_formed(error: expat.ExpatError) -> Fault:
    return Fault(
        code="xml_is_not_well_formed",
        message=f"Filen är inte hel XML (läsaren säger: {expat.errors.messages.get(error.code, error.code)}).",
        remedy="Ta ut filen på nytt ur systemet som skrev den; ändra den inte för hand.",
        line=error.lineno,
        column=error.offset + 1,
    )


_TOO_LONG = Fault(
    code="tag_is_too_long",
    message=f"Filen har en tagg eller kommentar som är längre än {_LONGEST_TAG // 1024} kB.",
    remedy="Be avsändaren om en ny fil.",
)
_ENCODING = Fault(
    code="encoding_is_not_supported",
    message="Filens teckenkodning känns inte igen.",
    remedy="Be avsändaren om filen i UTF-8.",
    line=1,
)
