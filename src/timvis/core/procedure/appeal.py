"""An appeal: did it come in time, what happens to it next, and may the decision still be changed (FL 37–47 §§).

The time runs for each party from the day she was served; while nobody knows that day it has not begun, and her
appeal is never late. The appeal is registered, its time is checked, the decision is reconsidered and everything
is handed over to the court. A changed decision goes to the court too: the appeal then concerns the new one.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from timvis.core.calendar.working_days import Definition, Holidays, working_day_on_or_before
from timvis.core.faults import Fault, Refusal
from timvis.core.law import LawByDay
from timvis.core.procedure.statutory_time import RECKONING, last_day

APPEAL_TIME = "procedure.appeal_deadline"
APPEAL_CITES = ("FL 44 §", *RECKONING)

_ONE_DAY = timedelta(days=1)


# --- the time to appeal --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """How an appeal came in.

    `by_post` says that a letter, or the notice of one, reached the office that day and can have been at the post
    office the working day before (FL 22 §). `to_court_on` is the day it reached the court, when it was sent there.
    """

    came_on: date
    by_post: bool = False
    to_court_on: date | None = None


class TimeFinding(StrEnum):
    """What checking the time of an appeal came to."""

    IN_TIME = "in_time"
    NOT_BEGUN = "not_begun"
    EXCUSED = "excused"
    LATE = "late"


TIME_WORDS: Mapping[TimeFinding, str] = {
    TimeFinding.IN_TIME: "Överklagandet kom in i tid.",
    TimeFinding.NOT_BEGUN: "Dagen då parten fick del av beslutet är inte känd, så tiden har inte börjat löpa.",
    TimeFinding.EXCUSED: "Överklagandet kom in för sent, men det beror på att upplysningen om överklagande var fel.",
    TimeFinding.LATE: "Överklagandet kom in för sent.",
}


def appeal_by(served_on: date, law: LawByDay, holidays: Holidays) -> date:
    """Return the last day on which somebody served on a day may appeal."""
    return last_day(APPEAL_TIME, served_on, law, holidays)


def received_on(arrival: Arrival, holidays: Holidays) -> date:
    """Return the day an appeal counts as having come in (FL 22 §), or reached the court if that was earlier."""
    here = arrival.came_on
    if arrival.by_post:
        here = working_day_on_or_before(here - _ONE_DAY, holidays, Definition.MONDAY_TO_FRIDAY)
    return here if arrival.to_court_on is None else min(here, arrival.to_court_on)


def time_of(
    arrival: Arrival, *, served_on: date | None, notice_was_right: bool, law: LawByDay, holidays: Holidays
) -> TimeFinding:
    """Return whether an appeal came in time.

    `notice_was_right` is whether the party was told correctly how to appeal: was she not, and is the appeal late
    because of it, it is not rejected (FL 45 §).
    """
    if served_on is None:
        return TimeFinding.NOT_BEGUN
    if received_on(arrival, holidays) <= appeal_by(served_on, law, holidays):
        return TimeFinding.IN_TIME
    return TimeFinding.LATE if notice_was_right else TimeFinding.EXCUSED


def final_from(served_on: Collection[date | None], law: LawByDay, holidays: Holidays) -> date | None:
    """Return the first day on which no party can appeal any more (laga kraft) when none has appealed.

    None while the day somebody was served is not known, and when nobody is a party.
    """
    known = [day for day in served_on if day is not None]
    if not known or len(known) < len(served_on):
        return None
    return max(appeal_by(day, law, holidays) for day in known) + _ONE_DAY


# --- what happens to it --------------------------------------------------------------------------------


class AppealStep(StrEnum):
    """One step on an appeal's way."""

    REGISTERED = "registered"
    TIME_CHECKED = "time_checked"
    REJECTED_AS_LATE = "rejected_as_late"
    REJECTION_SET_ASIDE = "rejection_set_aside"
    RECONSIDERED = "reconsidered"
    FORWARDED = "forwarded"
    COURT_ANSWERED = "court_answered"
    WITHDRAWN = "withdrawn"


STEP_WORDS: Mapping[AppealStep, str] = {
    AppealStep.REGISTERED: "Registrerat",
    AppealStep.TIME_CHECKED: "Rättidsprövat",
    AppealStep.REJECTED_AS_LATE: "Avvisat som för sent inkommet",
    AppealStep.REJECTION_SET_ASIDE: "Avvisningen upphävd av domstol",
    AppealStep.RECONSIDERED: "Beslutet omprövat",
    AppealStep.FORWARDED: "Överlämnat till förvaltningsrätten",
    AppealStep.COURT_ANSWERED: "Avgjort av domstol",
    AppealStep.WITHDRAWN: "Återkallat",
}


class Change(StrEnum):
    """How far a reconsideration gave the one who appealed what she asked for."""

    WHOLLY = "wholly"
    PARTLY = "partly"
    NOT = "not"


CHANGE_WORDS: Mapping[Change, str] = {
    Change.WHOLLY: "Ändrat som begärts",
    Change.PARTLY: "Ändrat till en del",
    Change.NOT: "Inte ändrat",
}


class CourtAnswer(StrEnum):
    """What the court came to."""

    UPHELD = "upheld"
    CHANGED = "changed"
    PARTLY_CHANGED = "partly_changed"
    REFERRED_BACK = "referred_back"
    STRUCK_OUT = "struck_out"
    REJECTED = "rejected"


COURT_WORDS: Mapping[CourtAnswer, str] = {
    CourtAnswer.UPHELD: "Överklagandet avslogs",
    CourtAnswer.CHANGED: "Beslutet ändrades som begärts",
    CourtAnswer.PARTLY_CHANGED: "Beslutet ändrades till en del",
    CourtAnswer.REFERRED_BACK: "Ärendet återförvisades till nämnden",
    CourtAnswer.STRUCK_OUT: "Målet skrevs av",
    CourtAnswer.REJECTED: "Överklagandet avvisades",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealEvent:
    """One step taken. The check of time carries `time`, the reconsideration `change`, the court's answer `answer`."""

    step: AppealStep
    on: date
    time: TimeFinding | None = None
    change: Change | None = None
    answer: CourtAnswer | None = None


_AFTER: Mapping[AppealStep, frozenset[AppealStep]] = {
    AppealStep.REGISTERED: frozenset({AppealStep.TIME_CHECKED, AppealStep.WITHDRAWN}),
    AppealStep.TIME_CHECKED: frozenset({AppealStep.RECONSIDERED, AppealStep.WITHDRAWN}),
    AppealStep.REJECTED_AS_LATE: frozenset({AppealStep.REJECTION_SET_ASIDE}),
    AppealStep.REJECTION_SET_ASIDE: frozenset({AppealStep.RECONSIDERED, AppealStep.WITHDRAWN}),
    AppealStep.RECONSIDERED: frozenset({AppealStep.FORWARDED, AppealStep.WITHDRAWN}),
    AppealStep.FORWARDED: frozenset({AppealStep.COURT_ANSWERED}),
    AppealStep.COURT_ANSWERED: frozenset(),
    AppealStep.WITHDRAWN: frozenset(),
}
_AFTER_LATE = frozenset({AppealStep.REJECTED_AS_LATE, AppealStep.WITHDRAWN})
_ENDED = frozenset({AppealStep.REJECTED_AS_LATE, AppealStep.COURT_ANSWERED, AppealStep.WITHDRAWN})
_CARRIES: Mapping[AppealStep, str] = {
    AppealStep.TIME_CHECKED: "time",
    AppealStep.RECONSIDERED: "change",
    AppealStep.COURT_ANSWERED: "answer",
}


def next_steps(events: Sequence[AppealEvent]) -> frozenset[AppealStep]:
    """Return the steps that may follow on those taken, in order; none when the appeal has come to its end.

    Once it is handed over only the court can end it: whoever withdraws then writes to the court.
    """
    if not events:
        return frozenset({AppealStep.REGISTERED})
    last = events[-1]
    return _AFTER_LATE if last.time is TimeFinding.LATE else _AFTER[last.step]


def is_open(events: Sequence[AppealEvent]) -> bool:
    """Return whether an appeal still waits for somebody: for us, or for the court."""
    return not events or events[-1].step not in _ENDED


def why_not_step(events: Sequence[AppealEvent], step: AppealStep) -> Refusal | None:
    """Return None when a step may be taken now, else why it may not."""
    return None if step in next_steps(events) else Refusal.NOT_THE_NEXT_STEP


def event_faults(events: Sequence[AppealEvent], event: AppealEvent) -> tuple[Fault, ...]:
    """Return everything that is wrong with a step as somebody writes it down after the others."""
    return tuple(_event_faults(events, event))


def _event_faults(events: Sequence[AppealEvent], event: AppealEvent) -> Iterator[Fault]:
    if events and event.on < events[-1].on:
        yield Fault(
            code="step_is_before_the_one_before",
            message=f"{STEP_WORDS[event.step]} {event.on} ligger före {STEP_WORDS[events[-1].step]} {events[-1].on}.",
            remedy="Skriv den dag då det skedde.",
            column="on",
        )
    for field in ("time", "change", "answer"):
        is_told, is_wanted = getattr(event, field) is not None, _CARRIES.get(event.step) == field
        if is_told != is_wanted:
            yield Fault(
                code=f"{field}_is_missing" if is_wanted else f"{field}_does_not_belong",
                message=f"{STEP_WORDS[event.step]}: vad det ledde till {'saknas' if is_wanted else 'hör inte hit'}.",
                remedy="Välj vad det ledde till." if is_wanted else "Lämna det tomt.",
                column=field,
            )


class CourtPaper(StrEnum):
    """What is handed over to the court (FL 46 §)."""

    APPEAL = "appeal"
    DECISION = "decision"
    NEW_DECISION = "new_decision"
    SERVICE = "service"
    CASE_FILE = "case_file"


PAPER_WORDS: Mapping[CourtPaper, str] = {
    CourtPaper.APPEAL: "överklagandet, med dagen då det kom in",
    CourtPaper.DECISION: "det överklagade beslutet med beräkningen",
    CourtPaper.NEW_DECISION: "det nya beslutet, som överklagandet nu gäller",
    CourtPaper.SERVICE: "uppgift om när parten fick del av beslutet",
    CourtPaper.CASE_FILE: "övriga handlingar i ärendet",
}


def papers_to_court(events: Sequence[AppealEvent]) -> tuple[CourtPaper, ...]:
    """Return the papers an appeal is handed over with; the new decision when the old was changed in any part."""
    is_changed = any(event.change in (Change.WHOLLY, Change.PARTLY) for event in events)
    return tuple(paper for paper in CourtPaper if paper is not CourtPaper.NEW_DECISION or is_changed)


# --- may the decision still be changed -------------------------------------------------------------------


class AgainstParty(StrEnum):
    """The grounds on which a decision in somebody's favour may be changed against her (FL 37 §)."""

    RESERVATION = "reservation"
    SAFETY = "safety"
    MISLEADING = "misleading"


AGAINST_WORDS: Mapping[AgainstParty, str] = {
    AgainstParty.RESERVATION: "Det framgår av beslutet eller reglerna att det får återkallas.",
    AgainstParty.SAFETY: "Tvingande säkerhetsskäl kräver att beslutet ändras omedelbart.",
    AgainstParty.MISLEADING: "Felet beror på att parten har lämnat oriktiga eller vilseledande uppgifter.",
}


def why_not_change(
    appeals: Collection[Sequence[AppealEvent]], *, is_against_party: bool, ground: AgainstParty | None
) -> Refusal | None:
    """Return None when the authority may change its decision itself, else why not; `appeals` are those made.

    While an appeal stands the decision may only be changed for the better, and not after it has been handed over
    (FL 38–39 §§). Else it may be changed for the worse only on one of the grounds of FL 37 §.
    """
    standing = [events for events in appeals if events and is_open(events)]
    if any(event.step is AppealStep.FORWARDED for events in standing for event in events):
        return Refusal.WRONG_STATE
    if is_against_party and (standing or ground is None):
        return Refusal.FAVOURABLE_DECISION_STANDS
    return None
