"""The law as this installation has it: the package's numbers, and the municipality's own in `$TIMVIS_HOME`.

`numbers/*.toml` are written as the package's own; `confirmed.toml` names the rows resting on memory that an
operator answers for.
"""

from dataclasses import replace
from datetime import date

from django.conf import settings

from timvis.core.faults import Fault
from timvis.core.law import LawBook, LawValue
from timvis.formats.law.packaged import load_law
from timvis.formats.law.read import read_confirmed, read_value
from timvis.formats.packaged import PackagedDataIsFaulty

NUMBERS = "numbers"
CONFIRMED = "confirmed.toml"


def law_book() -> LawBook:
    """Return all numbers that hold here. Raises `PackagedDataIsFaulty` with every fault of every file."""
    confirmed, faults = _confirmed()
    own, found = _own_numbers()
    faults += found
    if faults:
        raise PackagedDataIsFaulty(faults)
    book = load_law(confirmed)
    return replace(book, values={**book.values, **own})


def _confirmed() -> tuple[frozenset[tuple[str, date]], list[Fault]]:
    file = settings.HOME / CONFIRMED
    if not file.exists():
        return frozenset(), []
    confirmed, faults = read_confirmed(file.read_text(encoding="utf-8"), source=CONFIRMED)
    return confirmed, list(faults)


def _own_numbers() -> tuple[dict[str, LawValue], list[Fault]]:
    own: dict[str, LawValue] = {}
    faults: list[Fault] = []
    for file in sorted((settings.HOME / NUMBERS).glob("*.toml")):
        numbers, found = read_value(file.read_text(encoding="utf-8"), source=f"{NUMBERS}/{file.name}")
        own |= {number.code: number for number in numbers}
        faults += found
    return own, faults
