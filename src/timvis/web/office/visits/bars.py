"""Performed of granted time as bars: one per provider, the granted time a line at a hundred percent."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from timvis.core.home_care.reconciliation import Share

WIDTH, LEFT, ROW, BAR, TOP = 600, 8, 44, 16, 8
_FULL, _MOST = 100, 150
"""Percent where the line stands, and the most that a bar shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One provider's bar as drawn: positions in the picture's own units."""

    name: str
    percent: int
    text_y: int
    bar_y: int
    width: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """Everything a template needs to draw."""

    rows: tuple[Bar, ...]
    line_x: int
    height: int
    left: int = LEFT
    width: int = WIDTH
    bar: int = BAR


def bars_of(shares: Iterable[Share], names: Mapping[str, str]) -> Bars:
    """Return a bar for each provider that anything was granted at, all its areas together, the lowest share first."""
    ordered: defaultdict[str, Fraction] = defaultdict(Fraction)
    performed: defaultdict[str, Fraction] = defaultdict(Fraction)
    for one in shares:
        ordered[one.provider] += one.ordered
        performed[one.provider] += one.performed
    found = sorted(
        (int(performed[provider] * _FULL / minutes), names.get(provider, ""))
        for provider, minutes in ordered.items()
        if minutes
    )
    rows = tuple(
        Bar(
            name=name,
            percent=percent,
            text_y=TOP + number * ROW + 14,
            bar_y=TOP + number * ROW + 20,
            width=_across(min(percent, _MOST)),
        )
        for number, (percent, name) in enumerate(found)
    )
    return Bars(rows=rows, line_x=LEFT + _across(_FULL), height=TOP + len(rows) * ROW + TOP)


def _across(percent: int) -> int:
    return percent * (WIDTH - 2 * LEFT) // _MOST
