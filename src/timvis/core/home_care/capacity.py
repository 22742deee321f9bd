"""How much a provider can take before its ceiling (kapacitetstak), and when it must say that it is near."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from timvis.core.calendar.weeks import DAYS_PER_WEEK
from timvis.core.quantities import Minutes
from timvis.core.records import GrantUnit

_WHOLE = Decimal(100)
_YEAR_DAYS, _YEAR_MONTHS = 365, 12


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


def a_month(minutes: int, per: GrantUnit) -> Minutes:
    """Return ordered time as minutes of an average month, rounded up; a ceiling is counted in such months.

    A period's time is taken as one month's: what it is spread over, the order does not say.
    """
    days = {GrantUnit.DAY: 1, GrantUnit.WEEK: DAYS_PER_WEEK}.get(per)
    return Minutes(minutes if days is None else -(-minutes * _YEAR_DAYS // (days * _YEAR_MONTHS)))
