"""Time before the state has decided: what may be claimed afterwards, from when, and what stands in the way.

The law reaches back at most a month before the month of the application, and pays only what was accounted for month by
month while the state was deciding. The municipality's own request is for time from its notice to the state's decision.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from timvis.core.calendar.months import month_after, month_on
from timvis.core.law import LawByDay
from timvis.core.state_duties.records import Assignment

RETROACTIVE = "assistance.retroactive_limit"


class Standing(StrEnum):
    """How a month before the decision stands."""

    IN_TIME = "in_time"
    WAITING = "waiting"
    LATE = "late"
    MISSING = "missing"
    TOO_EARLY = "too_early"


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingMonth:
    """A month before the decision: when its reports were due and when the last of them was in; minutes of work.

    `blocked_minutes` are those worked before the state had the assistant's data.
    """

    month_on: date
    due_on: date
    reported_on: date | None
    minutes: int
    blocked_minutes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthClaimed:
    """A month with what of it may be claimed, in minutes, and how it stands."""

    month: PendingMonth
    standing: Standing
    claimable_minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimBefore:
    """What may be claimed for time before the decision, from `from_on` up to but not including `to_on`.

    `from_on` is None while no application is known: then nothing can be claimed. `request_from_on` is the first day of
    the municipality's own request, None before it has told the state. `to_on` is None while the state has not decided.
    """

    from_on: date | None
    reaches_back_to: date | None
    request_from_on: date | None
    to_on: date | None
    months: tuple[MonthClaimed, ...]

    @property
    def claimable_minutes(self) -> int:
        """Everything that may be claimed, in minutes that passed."""
        return sum(each.claimable_minutes for each in self.months)


def claim_before(
    assignment: Assignment,
    months: tuple[PendingMonth, ...],
    law: LawByDay,
    *,
    told_the_state_on: date | None,
    today: date,
) -> ClaimBefore:
    """Return what may be claimed; `told_the_state_on` is the day of the municipality's notice (3078 or 3032).

    Raises `LawGap` when the law has no value for how far back a claim reaches.
    """
    asked = min((day for day in (assignment.applied_on, told_the_state_on) if day is not None), default=None)
    reaches_back_to = None if asked is None else month_after(month_on(asked), -int(law.count(RETROACTIVE, asked)))
    from_on = None if reaches_back_to is None else max(assignment.begins_on, reaches_back_to)
    request_from = None if from_on is None or told_the_state_on is None else max(from_on, told_the_state_on)
    return ClaimBefore(
        from_on=from_on,
        reaches_back_to=reaches_back_to,
        request_from_on=request_from,
        to_on=assignment.decided_on,
        months=tuple(_judged(month, from_on, today) for month in months),
    )


def _judged(month: PendingMonth, from_on: date | None, today: date) -> MonthClaimed:
    standing = _standing(month, from_on, today)
    counts = standing in (Standing.IN_TIME, Standing.WAITING)
    return MonthClaimed(
        month=month,
        standing=standing,
        claimable_minutes=month.minutes - month.blocked_minutes if counts else 0,
    )


def _standing(month: PendingMonth, from_on: date | None, today: date) -> Standing:
    if from_on is None or month_after(month.month_on) <= from_on:
        return Standing.TOO_EARLY
    if month.reported_on is not None:
        return Standing.IN_TIME if month.reported_on <= month.due_on else Standing.LATE
    return Standing.WAITING if today <= month.due_on else Standing.MISSING
