"""How much a provider can take before its ceiling (kapacitetstak), and when it must say that it is near."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from math import ceil

from timvis.core.calculation.home_care.records import Granted
from timvis.core.home_care.ordered import month_load
from timvis.core.quantities import Minutes

_WHOLE = Decimal(100)


class Room(StrEnum):
    """How near its ceiling a provider is."""

    OPEN = "open"
    NEAR = "near"
    FULL = "full"


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """What a provider has ordered a month, and its ceiling; None is no ceiling."""

    provider: str
    ordered_minutes: Minutes
    ceiling_minutes: Minutes | None = None

    @property
    def left_minutes(self) -> Minutes | None:
        """What is left to the ceiling, never below nought; None where there is none."""
        if self.ceiling_minutes is None:
            return None
        return Minutes(max(0, self.ceiling_minutes - self.ordered_minutes))

    def takes(self, minutes: Minutes) -> bool:
        """Return whether so much more fits. Help without granted hours fits as long as anything is left."""
        left = self.left_minutes
        return left is None or left >= max(minutes, 1)


def room(capacity: Capacity, warning_percent: Decimal) -> Room:
    """Return how near its ceiling a provider is; `warning_percent` left or less is near (the routine's choice)."""
    left = capacity.left_minutes
    if left is None or capacity.ceiling_minutes is None:
        return Room.OPEN
    if left == 0:
        return Room.FULL
    return Room.NEAR if left * _WHOLE <= capacity.ceiling_minutes * warning_percent else Room.OPEN


def peak_minutes(orders: Sequence[tuple[Granted, ...]], from_on: date) -> Minutes:
    """Return the most that some orders come to in a month on any day from a day on, rounded up to whole minutes.

    Help that is ordered for a later day has its place already: a ceiling that had room only until then has none.
    """
    granted = [piece for pieces in orders for piece in pieces if piece.granted_to > from_on]
    days = {from_on, *(piece.granted_from for piece in granted if piece.granted_from > from_on)}
    return Minutes(max(ceil(month_load(granted, day)) for day in days))
