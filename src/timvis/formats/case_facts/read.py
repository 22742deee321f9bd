"""Reads case facts: TOML text into the core's case, once the reports are known, or every fault with its key."""

import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import Field, ValidationError

from timvis.core.calculation.rates import RateKind, RateRule
from timvis.core.calendar.local_time import ClockProblem, span
from timvis.core.facts.settings import ReviewSettings
from timvis.core.faults import Fault
from timvis.core.quantities import OrePerHour
from timvis.core.records import (
    Absence,
    AbsenceKind,
    Assistant,
    Case,
    ClockSpan,
    Grant,
    GrantUnit,
    Incapacity,
    Mandate,
    OtherShift,
    Provider,
    ProviderKind,
    Recipient,
    Regime,
    TimeKind,
    TimeReport,
    WorkingTimeLaw,
)
from timvis.formats.calculation_case.hourly import Hours, Written, WrittenRate, minutes_of
from timvis.formats.pydantic_faults import faults_of, not_toml


class WrittenRecipient(Written):
    """The person who receives the assistance."""

    number: str
    name: str
    died_on: date | None = None


class WrittenProvider(Written):
    """The provider and its permit; no day and no `permit_is_known` means that nobody knows of a permit or its lack."""

    number: str
    name: str
    kind: ProviderKind
    permit_is_known: bool | None = None
    permit_from: date | None = None
    permit_to: date | None = None
    told_of_end_on: date | None = None
    working_time_law: WorkingTimeLaw | None = None
    agreement: str | None = None
    managers: tuple[str, ...] = ()


class WrittenIncapacity(Written):
    """A recorded assessment of an assistant's ability."""

    unable_from: date
    unable_to: date | None = None
    assessed_on: date
    reason: str


class WrittenAssistant(Written):
    """An assistant; a day or a yes/no that is left out is unknown."""

    number: str
    name: str
    born_on: date | None = None
    lives_outside_eea: bool | None = None
    registered_on: date | None = None
    hired_on: date | None = None
    incapacities: tuple[WrittenIncapacity, ...] = ()


class WrittenDecision(Written):
    """A granted quantity in a period; `granted_to` is the first day it no longer holds.

    `regime` is left out of a decision under which the month itself is reported.
    """

    reference: str
    regime: Regime | None = None
    granted_from: date
    granted_to: date | None = None
    hours: Hours
    per: GrantUnit
    decided_on: date | None = None
    is_temporary: bool = False
    double_staffing: bool = False


class WrittenSpan(Written):
    """A stretch of one day by the clock."""

    on: date
    from_: str = Field(alias="from")
    to: str


class WrittenAbsence(WrittenSpan):
    """Where the recipient was instead."""

    kind: AbsenceKind
    has_special_reason: bool = False


class WrittenMandate(Written):
    """A power of attorney."""

    agent_number: str
    valid_from: date
    valid_to: date | None = None
    may_report: bool = True
    original_received_on: date | None = None


class WrittenOther(WrittenSpan):
    """A shift outside the report, with an opaque reference to where it stands."""

    reference: str
    assistant_number: str
    is_same_recipient: bool
    is_same_employer: bool = True
    kind: TimeKind = TimeKind.ACTIVE


class WrittenSettings(Written):
    """The choices of the review."""

    switched_off: tuple[str, ...] = ()
    severities: dict[str, str] = Field(default_factory=dict)
    counts_by_month: bool = False
    alike_days: int = Field(default=14, gt=0)


class WrittenFacts(Written):
    """Everything a report is judged against."""

    month: date
    regime: Regime = Regime.LSS
    received_on: date
    due_on: date | None = None
    submitted_by: str | None = None
    recipient: WrittenRecipient
    provider: WrittenProvider
    assistants: tuple[WrittenAssistant, ...] = ()
    grants: tuple[WrittenDecision, ...] = ()
    absences: tuple[WrittenAbsence, ...] = ()
    mandates: tuple[WrittenMandate, ...] = ()
    others: tuple[WrittenOther, ...] = ()
    rate: WrittenRate | None = None
    settings: WrittenSettings = WrittenSettings()


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """A case that waits for its reports, with the review's choices and the rate that money at risk is told at."""

    case: Case
    settings: ReviewSettings
    rate: RateRule | None


def read(text: str, *, source: str) -> CaseFacts | tuple[Fault, ...]:
    """Return the facts of a file, or all its faults."""
    try:
        table: dict[str, Any] = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        return (not_toml(error, source=source),)
    return of_table(table, source=source)


def of_table(table: dict[str, Any], *, source: str) -> CaseFacts | tuple[Fault, ...]:
    """Return the facts of a table that has been read already, or all its faults."""
    try:
        written = WrittenFacts.model_validate(table)
    except ValidationError as error:
        return faults_of(error, source=source)
    spans = [_span(one, f"absences[{n}]", source) for n, one in enumerate(written.absences, start=1)]
    other_spans = [_span(one, f"others[{n}]", source) for n, one in enumerate(written.others, start=1)]
    faults = tuple(one for one in (*spans, *other_spans) if isinstance(one, Fault))
    if faults:
        return faults
    return CaseFacts(
        _case(
            written,
            [one for one in spans if isinstance(one, ClockSpan)],
            [one for one in other_spans if isinstance(one, ClockSpan)],
        ),
        ReviewSettings(
            switched_off=frozenset(written.settings.switched_off),
            severities=dict(written.settings.severities),
            counts_by_month=written.settings.counts_by_month,
            alike_days=written.settings.alike_days,
        ),
        None if written.rate is None else rate_rule(written.rate),
    )


def schema() -> dict[str, Any]:
    """Return the format as JSON Schema."""
    return WrittenFacts.model_json_schema(by_alias=True)


def rate_rule(written: WrittenRate) -> RateRule:
    """Return a written rate as the core's rule."""
    documented = written.documented_ore_per_hour
    return RateRule(
        kind=RateKind.DECIDED if documented is None else RateKind.DOCUMENTED,
        code=written.code,
        ore_per_hour=None if written.ore_per_hour is None else OrePerHour(written.ore_per_hour),
        documented=None if documented is None else OrePerHour(documented),
        cites=written.cites,
        why=written.why,
    )


def with_reports(facts: CaseFacts, reports: tuple[TimeReport, ...]) -> Case:
    """Return the case with its reports in."""
    known = facts.case
    return Case(
        **{name: getattr(known, name) for name in known.__dataclass_fields__ if name != "reports"},
        reports=reports,
    )


def _span(written: WrittenSpan, place: str, source: str) -> ClockSpan | Fault:
    found = span(written.on, written.from_, written.to)
    if isinstance(found, ClockProblem):
        return Fault(
            code=found.value,
            message=f"{place}: {written.on} {written.from_}–{written.to} går inte att läsa som klockslag den dagen.",
            remedy="Skriv klockslag som TT.MM; 24.00 bara som slut.",
            column=place,
            file=source,
        )
    return found


def _case(written: WrittenFacts, absences: list[ClockSpan], others: list[ClockSpan]) -> Case:
    return Case(
        regime=written.regime,
        month_on=written.month.replace(day=1),
        recipient=Recipient(**written.recipient.model_dump()),
        provider=_provider(written.provider),
        reports=(),
        assistants=tuple(_assistant(one) for one in written.assistants),
        grants=tuple(_grant(one, one.regime or written.regime) for one in written.grants),
        absences=tuple(
            Absence(
                kind=one.kind,
                start_at=place.start_at,
                end_at=place.end_at,
                has_special_reason=one.has_special_reason,
            )
            for one, place in zip(written.absences, absences, strict=True)
        ),
        mandates=tuple(Mandate(**one.model_dump()) for one in written.mandates),
        others=tuple(
            OtherShift(
                reference=one.reference,
                assistant_number=one.assistant_number,
                is_same_recipient=one.is_same_recipient,
                is_same_employer=one.is_same_employer,
                kind=one.kind,
                span=place,
            )
            for one, place in zip(written.others, others, strict=True)
        ),
        received_on=written.received_on,
        due_on=written.due_on,
        submitted_by=written.submitted_by,
    )


def _provider(written: WrittenProvider) -> Provider:
    known = written.model_dump(exclude={"permit_is_known"})
    is_known = written.permit_from is not None if written.permit_is_known is None else written.permit_is_known
    return Provider(**known, permit_is_known=is_known)


def _assistant(written: WrittenAssistant) -> Assistant:
    known = written.model_dump(exclude={"incapacities"})
    return Assistant(**known, incapacities=tuple(Incapacity(**one.model_dump()) for one in written.incapacities))


def _grant(written: WrittenDecision, regime: Regime) -> Grant:
    known = written.model_dump(exclude={"hours", "decided_on", "regime"})
    return Grant(
        **known,
        regime=regime,
        decided_on=written.decided_on or written.granted_from,
        granted_minutes=minutes_of(written.hours),
    )
