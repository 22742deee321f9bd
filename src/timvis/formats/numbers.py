"""Personal and organisation numbers of a report: normalised, or why not, and never repeated in a message."""

import re
from datetime import date

from timvis.core.identity import (
    NumberProblem,
    is_coordination_number,
    organisation_number,
    personal_number,
    without_gaps,
)
from timvis.formats.handed_in import Wrong
from timvis.formats.time_report_table import cells
from timvis.formats.time_report_table.cells import Cell

_SHORTEST = 10
_SHORTENED = re.compile(r"[0-9][.,]?[0-9]*E[+]?[0-9]+", re.IGNORECASE)


def person(cell: Cell, *, today: date) -> str | Wrong:
    """Return the twelve digits of a personal or coordination number."""
    written = _written(cell, "Personnumret")
    if isinstance(written, Wrong):
        return written
    return _checked(personal_number(written, today=today), "Personnumret")


def twelve_digits(text: str, *, today: date) -> str | Wrong:
    """Return the twelve digits of a personal number; a coordination number has another element in ELT."""
    return _twelve(text, today=today, coordination_allowed=False)


def coordination(text: str, *, today: date) -> str | Wrong:
    """Return the twelve digits of a coordination number (samordningsnummer)."""
    found = _twelve(text, today=today, coordination_allowed=True)
    if isinstance(found, Wrong) or is_coordination_number(found):
        return found
    return Wrong(
        "not_a_coordination_number",
        "Numret är ett personnummer, inte ett samordningsnummer.",
        "Skriv det i elementet personnummer.",
    )


def ten_digits(text: str, *, today: date) -> str | Wrong:
    """Return what `employer` does, from a number written the way ELT wants it."""
    digits = text.strip()
    if not re.fullmatch(r"[0-9]{10}", digits):
        return _checked(NumberProblem.WRONG_LENGTH, "Organisationsnumret", "Skriv tio siffror utan bindestreck.")
    return employer(digits, today=today)


def employer(cell: Cell, *, today: date) -> str | Wrong:
    """Return an organisation number's ten digits, or the twelve of a sole trader, whose own number it is."""
    written = _written(cell, "Organisationsnumret")
    if isinstance(written, Wrong):
        return written
    found = organisation_number(written)
    if isinstance(found, str):
        return found
    as_person = personal_number(written, today=today)
    return as_person if isinstance(as_person, str) else _checked(found, "Organisationsnumret")


def _twelve(text: str, *, today: date, coordination_allowed: bool) -> str | Wrong:
    digits = text.strip()
    if not re.fullmatch(r"[0-9]{12}", digits):
        return _checked(NumberProblem.WRONG_LENGTH, "Personnumret", "Skriv tolv siffror utan bindestreck.")
    found = personal_number(digits, today=today, coordination_allowed=coordination_allowed)
    return _checked(found, "Personnumret")


def _written(cell: Cell, what: str) -> str | Wrong:
    """Return the digits as somebody wrote them; what a spreadsheet has shortened is refused, not mended."""
    written = cells.text(cell)
    if isinstance(written, Wrong):
        return written
    bare = without_gaps(written)
    if _SHORTENED.fullmatch(bare) or (bare.isdecimal() and len(bare) < _SHORTEST):
        return Wrong(
            "number_was_shortened",
            f"{what} har tappat siffror i kalkylprogrammet.",
            "Gör om kolumnen till text i kalkylprogrammet och skriv hela numret igen.",
        )
    return bare


def _checked(found: str | NumberProblem, what: str, remedy: str | None = None) -> str | Wrong:
    if isinstance(found, str):
        return found
    return Wrong(f"number_{found.value}", f"{what} {found.message}.", remedy or "Rätta numret; alla siffror behövs.")
