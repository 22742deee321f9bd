"""The law book that comes with the package: every number, from all three places numbers stand."""

from collections.abc import Iterator
from datetime import date
from functools import cache

from timvis.core.faults import Fault
from timvis.core.law import LawBook, LawValue
from timvis.formats.law.read import read_reach, read_value
from timvis.formats.packaged import PackagedDataIsFaulty, packaged_folders, packaged_text, packaged_texts

REACH = ("law", "_reach.toml")
NUMBERS_OF_A_ROUTINE = "numbers.toml"


@cache
def load_law(confirmed: frozenset[tuple[str, date]] = frozenset()) -> LawBook:
    """Return all numbers of the package; `confirmed` names the from-memory rows an operator answers for.

    Raises `PackagedDataIsFaulty` with every fault of every file.
    """
    values: dict[str, LawValue] = {}
    faults: list[Fault] = []
    for name, text in _texts():
        numbers, found = read_value(text, source=name)
        faults.extend(found)
        for number in numbers:
            if number.code in values:
                faults.append(_twice(number.code, name))
            values[number.code] = number
    (reaches_to, doubt, not_found), found = read_reach(packaged_text(*REACH) or "", source="/".join(REACH))
    faults.extend(found)
    if faults:
        raise PackagedDataIsFaulty(faults)
    return LawBook(values=values, reaches_to=reaches_to, confirmed=confirmed, doubt=doubt, not_found=not_found)


def _texts() -> Iterator[tuple[str, str]]:
    yield from packaged_texts("law")
    yield from packaged_texts("agreements")
    for municipality in packaged_folders("routines"):
        text = packaged_text("routines", municipality, NUMBERS_OF_A_ROUTINE)
        if text is not None:
            yield f"routines/{municipality}/{NUMBERS_OF_A_ROUTINE}", text


def _twice(code: str, name: str) -> Fault:
    return Fault(
        code="number_stands_twice",
        message=f"{code} finns redan i en annan fil.",
        remedy="Behåll en av filerna; ett tal har en fil.",
        line=1,
        file=name,
    )
