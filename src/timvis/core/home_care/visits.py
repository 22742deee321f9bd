"""A visit as a provider's system registered it: planned, performed or cancelled."""

from dataclasses import dataclass, field
from enum import StrEnum

from timvis.core.records import Instant


class VisitState(StrEnum):
    """What became of a visit."""

    PLANNED = "planned"
    PERFORMED = "performed"
    CANCELLED = "cancelled"


class RegisteredBy(StrEnum):
    """How the time came to be registered."""

    ON_SITE = "on_site"  # at the recipient's door, by the system
    BY_HAND = "by_hand"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place in SWEREF 99 TM, whole metres."""

    northing: int
    easting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredVisit:
    """One employee's visit to one recipient for one service; double staffing is two visits with the same times.

    `start_at` and `end_at` are what was performed, else what was planned; `planned_minutes` is the length of the
    plan where it is known. `noticed_at` is when the recipient told that she did not need the visit, None when
    she never did. `line` is where it stood in the file it came with, and no part of what the visit was.
    """

    key: str
    system: str
    recipient: str
    service: str
    state: VisitState
    start_at: Instant
    end_at: Instant
    staff: str = ""
    planned_minutes: int | None = None
    registered: RegisteredBy | None = None
    reason: str = ""
    noticed_at: Instant | None = None
    shared_by: int = 1
    place: Place | None = None
    line: int | None = field(default=None, compare=False)

    @property
    def minutes(self) -> int:
        """How long it was."""
        return self.end_at - self.start_at
