"""The papers of an order, and the clocks that wait for them: plan, documentation back, hand-over, yearly follow-up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from timvis.core.calendar.deadlines import DueRule
from timvis.core.calendar.local_time import instant, local_day
from timvis.core.calendar.working_days import Holidays
from timvis.core.home_care.order import BEGUN, Clock, ClockKind, OrderAct, OrderStep, Standing, due_at, standing_of
from timvis.core.records import Instant

MIDDAY = 12 * 60


class PaperKind(StrEnum):
    """What has come in, or been done, about an order."""

    PLAN = "implementation_plan"
    DOCUMENTATION = "documentation"
    HANDOVER = "handover"
    FOLLOW_UP = "follow_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper: the day it tells of (signed, handed over, followed up), and the day it came."""

    kind: PaperKind
    about_on: date
    received_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperTerms:
    """Within which time each paper comes; None where the routine has no such rule."""

    plan: DueRule | None = None
    documentation: DueRule | None = None
    follow_up: DueRule | None = None


def paper_clocks(
    steps: Sequence[OrderStep], papers: Iterable[Paper], terms: PaperTerms, holidays: Holidays, now_at: Instant
) -> tuple[Clock, ...]:
    """Return the clocks that wait for papers, in the order they begin; one that has not begun is left out.

    The plan is counted from the first help, the documentation from the end, a follow-up from the one before. Raises
    `CalendarGap` where the holidays do not reach.
    """
    standing = standing_of(steps)
    if not isinstance(standing, Standing):
        return ()
    kept = tuple(papers)
    begun = next((step.at for step in steps if step.act is OrderAct.START), None)
    ended = [step.at for step in steps if step.act is OrderAct.END]
    found = []
    if begun is not None:
        is_over = bool(ended) and ended[-1] <= now_at
        came = _first(kept, PaperKind.PLAN)
        if terms.plan is not None and (came is not None or not is_over):
            found.append(_clock(ClockKind.PLAN, begun, terms.plan, came, holidays))
        if terms.follow_up is not None and standing.status in BEGUN and not is_over:
            last = max((paper.about_on for paper in kept if paper.kind is PaperKind.FOLLOW_UP), default=None)
            from_at = begun if last is None else instant(last, MIDDAY)
            found.append(_clock(ClockKind.FOLLOW_UP, from_at, terms.follow_up, None, holidays))
        if terms.documentation is not None and ended and ended[-1] <= now_at:
            came = _first(kept, PaperKind.DOCUMENTATION)
            found.append(_clock(ClockKind.DOCUMENTATION, ended[-1], terms.documentation, came, holidays))
    return tuple(found)


def _first(papers: Iterable[Paper], kind: PaperKind) -> date | None:
    return min((paper.received_on for paper in papers if paper.kind is kind), default=None)


def _clock(kind: ClockKind, from_at: Instant, rule: DueRule, came_on: date | None, holidays: Holidays) -> Clock:
    # A paper is known by its day: whatever the clock showed, the day it came is in time when it is the due day.
    done_at = None if came_on is None else max(from_at, instant(came_on, MIDDAY))
    return Clock(kind=kind, from_at=from_at, due_at=_end_of_day(rule, from_at, holidays), done_at=done_at)


def _end_of_day(rule: DueRule, from_at: Instant, holidays: Holidays) -> Instant:
    """Return the last minute of the due day: papers are counted in days, never by the hour."""
    return due_at(rule, instant(local_day(from_at), 0), holidays, by_the_hour=False)
