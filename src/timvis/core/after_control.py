"""Efterkontroll: which of a month's payments are looked at again, drawn so that nobody can know or steer it before.

Every number gets the SHA-256 of the seed, a line break and the number; the lowest are drawn. With the seed anybody
can draw the same sample again, by hand if she likes. The seed is the digest of a seal that was made after the month.
"""

from collections.abc import Iterable
from hashlib import sha256

ONE_IN = 20
AT_LEAST = 5


def sample_size(count: int) -> int:
    """Return how many of so many are drawn: one in twenty, five at the least, and never more than there are."""
    return min(count, max(AT_LEAST, -(-count // ONE_IN)))


def draw(numbers: Iterable[str], seed: str) -> tuple[str, ...]:
    """Return the numbers that are drawn, in the order they were drawn."""
    lots = sorted(set(numbers), key=lambda number: (sha256(f"{seed}\n{number}".encode()).hexdigest(), number))
    return tuple(lots[: sample_size(len(lots))])
