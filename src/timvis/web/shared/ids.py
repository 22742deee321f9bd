"""What stands in an address, as what it names."""

from typing import Final

NOBODYS: Final = 0
LONGEST: Final = 18
"""Digits of the longest id a database gives."""


def number_in(text: str) -> int:
    """Return the number that a part of an address is; 0, which nothing has, when it is none."""
    is_number = text.isascii() and text.isdigit() and len(text) <= LONGEST
    return int(text) if is_number else NOBODYS
