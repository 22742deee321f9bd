"""Who may lawfully take this shift: the shift is put among her own, and the rules of the review judge it.

The very same rules later judge the hours that were worked, so what is confirmed here is not refused there. Here the
municipality is the employer, and rest that would be short is asked about before it is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from timvis.core.calculation.calculated import doubt
from timvis.core.calendar.local_time import MIDNIGHT_AFTER, spans_between
from timvis.core.calendar.weeks import week_number
from timvis.core.facts.derive import derive
from timvis.core.facts.load import load
from timvis.core.facts.settings import ReviewSettings
from timvis.core.law import LawByDay
from timvis.core.records import (
    Absence,
    Assistant,
    Case,
    ClockSpan,
    Grant,
    Instant,
    OtherShift,
    Provider,
    Recipient,
    Regime,
    ReportRow,
    TimeKind,
    TimeReport,
)
from timvis.core.review.finding import Finding
from timvis.core.review.review import review
from timvis.core.review.rule import Severity
from timvis.core.review.rules import RULES, assistant, decision, place, time, working_time

_JUDGING = (assistant, decision, place, time, working_time)
_NOT_ABOUT_A_SHIFT_TO_COME = frozenset({"hours_were_beyond_the_granted_hours"})

STAFFING_RULES = frozenset(
    code
    for code, rule in RULES.items()
    if rule.objects.__module__ in {module.__name__ for module in _JUDGING} and code not in _NOT_ABOUT_A_SHIFT_TO_COME
)
"""The rules that can say something about a shift nobody has worked or reported yet."""

_ASKED_BEFOREHAND = {
    code: Severity.ASKS.value
    for code in STAFFING_RULES
    if RULES[code].objects.__module__ == working_time.__name__ and Severity.INFORMS in RULES[code].severity.values()
}
"""What is only worth knowing of hours that were worked: of a shift to come the employer can still choose otherwise."""


class Verdict(StrEnum):
    """Whether somebody may take a shift, best first."""

    MAY = "may"
    ASKS = "asks"  # may, when a person gives a reason
    MAY_NOT = "may_not"


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyTime:
    """A time of the week in which somebody can be called; `weekday` 0 is Monday, 24.00 is 1440."""

    weekday: int
    from_minute: int
    to_minute: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """A shift that somebody must take, and what she must be able to do."""

    start_at: Instant
    end_at: Instant
    recipient: Recipient
    regime: Regime
    grants: tuple[Grant, ...]
    skills: frozenset[str] = frozenset()
    absences: tuple[Absence, ...] = ()
    kind: TimeKind = TimeKind.ACTIVE


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody in the pool: her own shifts before and around this one, what she can, and when she can be called."""

    person: Assistant
    skills: frozenset[str] = frozenset()
    available: tuple[WeeklyTime, ...] = ()
    shifts: tuple[OtherShift, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What is said of a candidate for a shift.

    `week_room_minutes` is what is left of her week's ordinary working time after the shift, below zero when it is
    passed; `four_weeks_room_minutes` the same of four weeks with overtime.
    """

    candidate: Candidate
    findings: tuple[Finding, ...]
    missing_skills: tuple[str, ...]
    is_available: bool
    week_room_minutes: int
    four_weeks_room_minutes: int

    @property
    def lacks(self) -> tuple[Finding, ...]:
        """What she cannot do, as findings: nobody is sent to what she has not learned."""
        return tuple(
            doubt(
                "substitute_lacked_a_skill",
                Severity.STOPS,
                label="Vikarien saknar en kunskap",
                message=f"{self.candidate.person.name} har inte {skill}. Fråga någon annan, eller rätta poolen.",
                cites=("LSS 9 § 2",),
            )
            for skill in self.missing_skills
        )

    @property
    def verdict(self) -> Verdict:
        """The heaviest of the findings decides; what she cannot do she is not sent to."""
        weights = {finding.severity for finding in self.findings}
        if self.missing_skills or weights & {Severity.REFUSES, Severity.STOPS}:
            return Verdict.MAY_NOT
        return Verdict.ASKS if Severity.ASKS in weights else Verdict.MAY


def judge(need: Need, candidate: Candidate, employer: Provider, law: LawByDay, settings: ReviewSettings) -> Judged:
    """Return what law and decision say of somebody taking a shift. Raises `LawGap`."""
    spans = spans_between(need.start_at, need.end_at)
    case = _case(need, candidate, employer, spans)
    beforehand = replace(
        settings,
        switched_off=settings.switched_off | (RULES.keys() - STAFFING_RULES),
        severities={**_ASKED_BEFOREHAND, **settings.severities},
    )
    first_week, last_week = week_number(spans[0].work_on), week_number(spans[-1].work_on)
    weeks = [
        week
        for week in derive(load(case, law, settings).relations).weeks
        if first_week <= week.week <= last_week and week.limits_are_known
    ]
    return Judged(
        candidate=candidate,
        findings=review(case, law, beforehand).findings,
        missing_skills=tuple(sorted(need.skills - candidate.skills)),
        is_available=all(_covers(candidate.available, span) for span in spans),
        week_room_minutes=min((week.week_limit_minutes - week.week_minutes for week in weeks), default=0),
        four_weeks_room_minutes=min(
            (week.four_weeks_allowed_minutes - week.four_weeks_minutes for week in weeks), default=0
        ),
    )


def ranked(
    need: Need, pool: Iterable[Candidate], employer: Provider, law: LawByDay, settings: ReviewSettings
) -> tuple[Judged, ...]:
    """Return the pool, those first who may, can be called, and have most room; never without those who may not."""
    order = list(Verdict)
    return tuple(
        sorted(
            (judge(need, candidate, employer, law, settings) for candidate in pool),
            key=lambda one: (
                order.index(one.verdict),
                not one.is_available,
                -one.four_weeks_room_minutes,
                -one.week_room_minutes,
                one.candidate.person.name,
            ),
        )
    )


def _case(need: Need, candidate: Candidate, employer: Provider, spans: Sequence[ClockSpan]) -> Case:
    person = candidate.person
    report = TimeReport(
        key="shift-to-come",
        month_on=spans[0].work_on.replace(day=1),
        recipient_number=need.recipient.number,
        recipient_name=need.recipient.name,
        assistant_number=person.number,
        assistant_name=person.name,
        rows=tuple(ReportRow(line=line, kind=need.kind, span=span) for line, span in enumerate(spans, start=1)),
    )
    return Case(
        regime=need.regime,
        month_on=report.month_on,
        recipient=need.recipient,
        provider=employer,
        reports=(report,),
        assistants=(person,),
        grants=need.grants,
        absences=need.absences,
        others=candidate.shifts,
        received_on=spans[-1].work_on,
    )


def _covers(available: Sequence[WeeklyTime], span: ClockSpan) -> bool:
    """Return whether somebody can be called all through a piece of a day."""
    at = span.start_minute
    end = max(span.end_minute, span.start_minute)
    for window in sorted((one for one in available if one.weekday == span.work_on.weekday()), key=_start):
        if window.from_minute <= at < window.to_minute:
            at = window.to_minute
    return at >= min(end, MIDNIGHT_AFTER)


def _start(window: WeeklyTime) -> int:
    return window.from_minute
