"""Pieces of time in order, to be asked which of them another piece meets."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import Generic, TypeVar

from timvis.core.calculation.sick_cost.records import SickShift, SubstituteShift

Timed = TypeVar("Timed", SickShift, SubstituteShift)


class Timeline(Generic[Timed]):
    """Shifts in time order. Half a year has hundreds of both sorts, so none is laid beside all of the other."""

    __slots__ = ("_longest", "_starts", "in_order")

    def __init__(self, shifts: Iterable[Timed]) -> None:
        self.in_order: list[Timed] = sorted(shifts, key=lambda shift: (shift.start_at, shift.row))
        self._starts: list[int] = [shift.start_at for shift in self.in_order]
        self._longest: int = max([shift.end_at - shift.start_at for shift in self.in_order], default=0)

    def during(self, start_at: int, end_at: int) -> list[Timed]:
        """Return those that share some time with [`start_at`, `end_at`), in time order."""
        first = bisect_right(self._starts, start_at - self._longest)
        last = bisect_left(self._starts, end_at)
        return [shift for shift in self.in_order[first:last] if start_at < shift.end_at]
