"""Performed of granted time as bars: one per provider, the granted time a line at a hundred percent."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from timvis.core.home_care.reconciliation import Share

FULL, MOST = 100, 150
"""Percent where the line stands, and the most that a bar shows: its picture is so many units wide."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One provider's share in whole percent, and how much of it is drawn."""

    name: str
    percent: int
    width: int


def bars_of(shares: Iterable[Share], names: Mapping[str, str]) -> tuple[Bar, ...]:
    """Return a bar for each provider that anything was granted at, all its areas together, the lowest share first."""
    ordered: defaultdict[str, Fraction] = defaultdict(Fraction)
    performed: defaultdict[str, Fraction] = defaultdict(Fraction)
    for one in shares:
        ordered[one.provider] += one.ordered
        performed[one.provider] += one.performed
    found = sorted(
        (int(performed[provider] * FULL / minutes), names.get(provider, ""))
        for provider, minutes in ordered.items()
        if minutes
    )
    return tuple(Bar(name=name, percent=percent, width=min(percent, MOST)) for percent, name in found)
