"""What a decision on a substitute gives, and whether one gives less than another."""

from dataclasses import dataclass
from datetime import date

from timvis.core.procedure.decision import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What is given: days (half-open, None until further) and at most so many minutes, None where it sets no limit."""

    outcome: Outcome
    given_from: date
    given_to: date | None = None
    minutes: int | None = None


def gives_less(new: Given, old: Given) -> bool:
    """Return whether the one who asked is given less in any part by the new than by the old."""
    if old.outcome is Outcome.REFUSED:
        return False
    return (
        _RANK[new.outcome] > _RANK[old.outcome]
        or new.given_from > old.given_from
        or _is_less(new.given_to, old.given_to)
        or _is_less(new.minutes, old.minutes)
    )


_RANK = {outcome: rank for rank, outcome in enumerate(Outcome)}


def _is_less(new: date | int | None, old: date | int | None) -> bool:
    """Return whether a limit is narrower; None is no limit."""
    if new is None:
        return False
    return old is None or new < old  # type: ignore[operator]  # both are days, or both are minutes
