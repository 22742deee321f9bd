"""A line of the reconciliation as the month of home care that is calculated: visits, order, absences and the word.

What an officer has said of a line decides how it is counted: as it was reported, as the order when the report
cannot be used, or not at all. Time above the order is paid only after a decision, where the routine asks for one.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction

from timvis.core.calculation.calculated import Calculated
from timvis.core.calculation.home_care.records import Absence, Granted, HomeCareCase, Outcome, Price, Visit
from timvis.core.calculation.home_care.settings import Form, SettingsByDay
from timvis.core.calculation.home_care.statement import calculate
from timvis.core.calculation.home_care.time_bands import BandDays, TimeBand, stretches_of
from timvis.core.calendar.local_time import local_day, spans_between
from timvis.core.faults import Fault
from timvis.core.home_care.visits import RegisteredVisit, VisitState
from timvis.core.law import LawReader
from timvis.core.quantities import MINUTES_PER_HOUR
from timvis.core.statement import Line, Statement

AWAITS_DECISION = "beyond_granted_awaits_decision"
"""The code of a statement's line for time above the order that somebody must decide on."""


class LineWordKind(StrEnum):
    """What an officer has said of a line."""

    APPROVED = "approved"
    GRANTED_INSTEAD = "granted_instead"
    NOT_APPROVED = "not_approved"
    ASKED = "asked"


FINAL = frozenset({LineWordKind.APPROVED, LineWordKind.GRANTED_INSTEAD, LineWordKind.NOT_APPROVED})
"""The words that settle a line; a question waits for its answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthTerms:
    """What holds for everybody at a provider in a month: its form, the routine's choices, prices and bands."""

    month_on: date
    form: Form
    settings: SettingsByDay
    prices: tuple[Price, ...]
    bands: tuple[TimeBand, ...]
    days: BandDays


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFacts:
    """What a line rests on: one recipient's order of one service, its visits, and when she was away."""

    service: str
    granted: tuple[Granted, ...]
    visits: tuple[RegisteredVisit, ...]
    absences: tuple[Absence, ...] = ()
    needs_assessed: bool = True
    cites: tuple[str, ...] = ()
    zone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineSaid:
    """The word on a line. `above_is_paid` is what was decided of time above the order, None before that."""

    kind: LineWordKind
    comment: str = ""
    above_is_paid: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidLine:
    """What a line comes to: its statement, the minutes that are paid, and those above the order nobody has decided."""

    statement: Statement
    minutes: Fraction
    undecided_minutes: Fraction


def case_of(facts: LineFacts, terms: MonthTerms, said: LineSaid) -> HomeCareCase:
    """Return a line as the month that is calculated by what was said of it."""
    wrong = said.kind is LineWordKind.GRANTED_INSTEAD
    return HomeCareCase(
        month_on=terms.month_on,
        form=terms.form,
        cites=facts.cites,
        needs_assessed=facts.needs_assessed,
        is_compared=not said.above_is_paid,
        settings=terms.settings,
        prices=terms.prices,
        granted=facts.granted,
        visits=visits_of(facts, terms),
        absences=facts.absences,
        wrong_report=(said.comment or "underlaget kan inte användas") if wrong else "",
    )


def visits_of(facts: LineFacts, terms: MonthTerms) -> tuple[Visit, ...]:
    """Return the registered visits that were performed or cancelled in the month, cut at the price list's bands.

    Several employees at the same time are one visit by so many. A visit belongs to the month it begins in.
    """
    together: defaultdict[tuple[object, ...], list[RegisteredVisit]] = defaultdict(list)
    for visit in facts.visits:
        begins_on = local_day(visit.start_at)
        if visit.state is not VisitState.PLANNED and begins_on.replace(day=1) == terms.month_on:
            together[visit.start_at, visit.end_at, visit.state, visit.shared_by, visit.reason].append(visit)
    groups = sorted(together.values(), key=lambda group: (group[0].start_at, group[0].end_at, group[0].key))
    return tuple(_visit(number, group, facts.zone, terms) for number, group in enumerate(groups, start=1))


def _visit(number: int, group: Sequence[RegisteredVisit], zone: str, terms: MonthTerms) -> Visit:
    first = group[0]
    noticed_at = first.noticed_at
    return Visit(
        number=number,
        on=local_day(first.start_at),
        service=first.service,
        stretches=tuple(
            stretch
            for span in spans_between(first.start_at, first.end_at)
            for stretch in stretches_of(span, terms.bands, terms.days)
        ),
        zone=zone,
        start_at=first.start_at,
        outcome=Outcome.PERFORMED if first.state is VisitState.PERFORMED else Outcome.NOT_PERFORMED,
        noticed_on=None if noticed_at is None else local_day(noticed_at),
        noticed_at=noticed_at,
        reason=first.reason,
        staff=len(group),
        shared_by=first.shared_by,
    )


def paid(facts: LineFacts, terms: MonthTerms, said: LineSaid, law: LawReader) -> PaidLine | tuple[Fault, ...]:
    """Return what a line comes to by the word on it, or everything the routine or the price list lacks for it.

    A line that is not approved comes to nothing. Raises `LawGap`.
    """
    outcome = calculate(case_of(facts, terms, said), law, terms.days.holidays)
    if not isinstance(outcome, Calculated):
        return outcome
    statement = outcome.statement
    if said.kind is LineWordKind.NOT_APPROVED:
        statement = replace(statement, lines=())
    awaiting = [line for line in statement.lines if line.code == AWAITS_DECISION and said.above_is_paid is None]
    return PaidLine(
        statement=statement,
        minutes=_minutes(line for line in statement.lines if Fraction(line.rate)),
        undecided_minutes=_minutes(awaiting),
    )


def _minutes(lines: Iterable[Line]) -> Fraction:
    """Return the minutes of lines of time."""
    hours = (Fraction(line.quantity) for line in lines if line.unit == "hour")
    return sum(hours, Fraction(0)) * MINUTES_PER_HOUR
