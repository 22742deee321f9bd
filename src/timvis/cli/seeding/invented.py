"""Names and numbers of people and providers who do not exist."""

from typing import Final

from timvis.core.identity import luhn_digit

# fmt: off
FIRST: Final = (
    "Alma", "Björn", "Disa", "Egil", "Frida", "Gösta", "Hedda", "Ivar", "Judit", "Kjell", "Lova", "Måns", "Nora",
    "Olof", "Petra", "Rune", "Saga", "Ture", "Ulla", "Vidar", "Ylva", "Åke", "Ärla",
)
LAST: Final = (
    "Alm", "Berg", "Dal", "Ek", "Fors", "Gran", "Holm", "Ivarsson", "Jonsson", "Kvist", "Lind", "Mo", "Nyström",
    "Oxel", "Palm", "Rönn", "Sten", "Torn", "Udd", "Vik", "Åberg", "Öman",
)
# fmt: on


def name_of(number: int) -> str:
    """Return a full name; neighbours have different ones, and far apart the same comes again."""
    return f"{FIRST[number % len(FIRST)]} {LAST[number // len(FIRST) % len(LAST)]}"


def nobodys_number(number: int) -> str:
    """Return twelve digits that cannot be anybody's: born in the ninetieth century, in month 00.

    The official test numbers are too few for a municipality; a number that only looks unused could be somebody's.
    """
    return f"9{number:011d}"


def organisation_number(number: int) -> str:
    """Return an organisation number of a series that is not given out, with the right check digit."""
    digits = f"5599{number:05d}"
    return f"{digits}{luhn_digit(digits)}"
