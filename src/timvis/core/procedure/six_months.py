"""The case that takes too long: the delay that is announced, and the demand for a decision (FL 11–12 §§).

Who asked for something may, when it has not been decided within the law's time, demand in writing that it is.
The authority then decides the case or refuses the demand in a decision of its own. It is tried once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from timvis.core.calendar.working_days import Holidays
from timvis.core.law import LawByDay
from timvis.core.procedure.statutory_time import ends_on, last_day

DEMAND_AFTER = "procedure.delay_request_after"
ANSWER_WITHIN = "procedure.delay_answer_within"
DELAY_CITES = ("FL 11 §", "FL 12 §")


class DemandAnswer(StrEnum):
    """How a demand ended."""

    CASE_DECIDED = "case_decided"
    REFUSED = "refused"
    DISMISSED = "dismissed"


class DemandState(StrEnum):
    """What is to be done with a demand that comes in: tried, or dismissed because it cannot be."""

    TO_BE_TRIED = "to_be_tried"
    TOO_EARLY = "too_early"
    TRIED_BEFORE = "tried_before"
    CASE_IS_DECIDED = "case_is_decided"


DEMAND_WORDS: Mapping[DemandState, str] = {
    DemandState.TO_BE_TRIED: "Begäran ska prövas: avgör ärendet eller avslå begäran i ett särskilt beslut.",
    DemandState.TOO_EARLY: "Ärendet är inte gammalt nog än; begäran kan avvisas.",
    DemandState.TRIED_BEFORE: "En begäran har redan prövats i ärendet; den här kan avvisas.",
    DemandState.CASE_IS_DECIDED: "Ärendet är redan avgjort.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """A demand that the case is decided, and how and when it was answered."""

    came_on: date
    answer: DemandAnswer | None = None
    answered_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delay:
    """That the party has been told that her case is delayed, why, and until when about (FL 11 §)."""

    announced_on: date
    reason: str
    expected_by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseTime:
    """What the age of a case that somebody has asked for is judged on."""

    received_on: date
    decided_on: date | None = None
    demands: tuple[Demand, ...] = ()
    delays: tuple[Delay, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a queue shows of a case's age on a day.

    `is_old` once the law's time has passed; the party may demand a decision when `may_demand`. `answer_by` is the
    last day to answer a demand that waits, `answer_is_late` when that day has passed. `delay_is_untold` when the
    case is old and she has not been told why; `promise_is_broken` when the day she was told has passed.
    """

    old_after: date
    is_old: bool
    may_demand: bool
    answer_by: date | None
    answer_is_late: bool
    delay: Delay | None
    delay_is_untold: bool
    promise_is_broken: bool


def old_after(case: CaseTime, law: LawByDay) -> date:
    """Return the last day of the time within which a case is to be decided before a demand can come."""
    return ends_on(DEMAND_AFTER, case.received_on, law)


def answer_by(demand: Demand, law: LawByDay, holidays: Holidays) -> date:
    """Return the last day to decide the case or to refuse a demand."""
    return last_day(ANSWER_WITHIN, demand.came_on, law, holidays)


def state_of(case: CaseTime, demand: Demand, law: LawByDay) -> DemandState:
    """Return what is to be done with a demand; the case's demands that came before it are in `case`."""
    if case.decided_on is not None and case.decided_on < demand.came_on:
        return DemandState.CASE_IS_DECIDED
    if any(_is_tried(other) for other in _before(case.demands, demand)):
        return DemandState.TRIED_BEFORE
    return DemandState.TOO_EARLY if demand.came_on <= old_after(case, law) else DemandState.TO_BE_TRIED


def shown(case: CaseTime, on: date, law: LawByDay, holidays: Holidays) -> Shown:
    """Return what is to be seen of a case's age on a day; a decided case is no longer old."""
    last = old_after(case, law)
    is_open = case.decided_on is None or case.decided_on > on
    is_old = is_open and on > last
    waiting = [one for one in case.demands if one.answer is None and state_of(case, one, law) is _TRIED]
    due = min((answer_by(one, law, holidays) for one in waiting), default=None) if is_open else None
    told = max((one for one in case.delays if one.announced_on <= on), key=lambda one: one.announced_on, default=None)
    promised = None if told is None else told.expected_by
    return Shown(
        old_after=last,
        is_old=is_old,
        may_demand=is_old and not waiting and not any(_is_tried(one) for one in case.demands),
        answer_by=due,
        answer_is_late=due is not None and on > due,
        delay=told if is_open else None,
        delay_is_untold=is_old and told is None,
        promise_is_broken=is_open and promised is not None and on > promised,
    )


_TRIED = DemandState.TO_BE_TRIED


def _is_tried(demand: Demand) -> bool:
    return demand.answer in (DemandAnswer.CASE_DECIDED, DemandAnswer.REFUSED)


def _before(demands: Sequence[Demand], demand: Demand) -> Sequence[Demand]:
    return [other for other in demands if other is not demand and other.came_on <= demand.came_on]
