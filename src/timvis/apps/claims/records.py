"""Rows of a claim → core records, as they were known at a moment."""

import hashlib
from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from timvis.apps.claims.models import NOTHING_PAID, Claim, Finding, Report, Shift, Statement, Word
from timvis.apps.decisions import records as decisions
from timvis.apps.invoices import queries as invoices
from timvis.apps.parties import records as parties
from timvis.apps.parties.models import Recipient
from timvis.apps.state_registers import records as state_registers
from timvis.core import records as core
from timvis.core.calendar.local_time import day_of
from timvis.core.calendar.months import Period, month_after
from timvis.core.quantities import Ore
from timvis.core.review import finding as review
from timvis.core.review.rule import Grain, Quantity, Severity
from timvis.core.statement import LawRowUsed
from timvis.core.statement import Statement as StatementRecord
from timvis.formats.frozen import thaw

DAYS_BEFORE, DAYS_AFTER = 366, 7
"""What lies beside a month and still matters to it: the year's limits before, the rest to the next shift after."""


def recipients_of(claim: Claim) -> tuple[Recipient, ...]:
    """Return everybody a claim concerns: its recipient, or all that its invoice is allocated on."""
    if claim.invoice is not None:
        return invoices.recipients_of(claim.invoice)
    assert claim.recipient is not None, "a claim without an invoice is one recipient's"
    return (claim.recipient,)


def case(claim: Claim, *, known_at: datetime) -> core.Case:
    """Return everything a claim by time reports is judged on, as it was known at a moment."""
    assert claim.recipient_id is not None, "time reports are one recipient's"
    found = reports(claim)
    numbers = {report.assistant_number for report in found if report.assistant_number}
    return core.Case(
        regime=core.Regime(claim.regime),
        month_on=claim.month_on,
        recipient=parties.recipient(claim.recipient_id, known_at=known_at),
        provider=parties.provider(claim.provider_id, known_at=known_at),
        reports=found,
        assistants=_assistants(claim, numbers, known_at=known_at),
        grants=decisions.grants(claim.recipient_id, known_at=known_at),
        absences=parties.absences(claim.recipient_id, known_at=known_at),
        mandates=parties.mandates(claim.recipient_id, known_at=known_at),
        others=others(claim, numbers),
        received_on=day_of(claim.received_at),
        due_on=claim.due_on,
        submitted_by=claim.submitted_by.personal_number if claim.submitted_by else None,
        submitted_by_provider=claim.submitted_by_provider,
    )


def _assistants(claim: Claim, numbers: set[str], *, known_at: datetime) -> tuple[core.Assistant, ...]:
    """Return the assistants of a claim's reports; on the state's decisions as the state knows them."""
    assert claim.recipient_id is not None
    told = parties.assistants(claim.provider_id, known_at=known_at, numbers=numbers)
    if claim.regime != core.Regime.SFB:
        return told
    return state_registers.as_the_state_knows_them(
        told, recipient_id=claim.recipient_id, provider_id=claim.provider_id, known_at=known_at
    )


def report_rows(claim: Claim) -> QuerySet[Report]:
    """Return the reports that count: the claim's own current ones, and those of the claim it refers to."""
    rows = Report.objects.filter(Q(claim=claim) | Q(claim=claim.refers_to_id), is_current=True)
    return rows.prefetch_related("shifts").order_by("claim_id", "id")


def reports(claim: Claim) -> tuple[core.TimeReport, ...]:
    """Return the reports that a claim stands on, in the order they came."""
    return tuple(_report(row, claim.month_on) for row in report_rows(claim))


def _report(row: Report, month_on: date) -> core.TimeReport:
    return core.TimeReport(
        key=row.key,
        month_on=month_on,
        recipient_number=row.recipient_number,
        recipient_name=row.recipient_name,
        assistant_number=row.assistant_number,
        assistant_name=row.assistant_name,
        rows=tuple(
            core.ReportRow(line=shift.line, kind=core.TimeKind(shift.kind), span=_span(shift))
            for shift in sorted(row.shifts.all(), key=lambda shift: shift.pk)
        ),
        employer_number=row.employer_number,
        is_own_employer=row.is_own_employer,
        has_agreement=row.has_agreement,
        reference_periods=tuple(
            (date.fromisoformat(begins), date.fromisoformat(ends)) for begins, ends in row.reference_periods
        ),
        assistant_signature=_signature(
            row.assistant_signed_on, row.assistant_signature_name, row.assistant_signature_number
        ),
        manager_signature=_signature(row.manager_signed_on, row.manager_signature_name, row.manager_signature_number),
        stated_sums=None if row.stated_sums is None else thaw(core.KindSums, row.stated_sums),
    )


def _signature(signed_on: date | None, name: str, number: str | None) -> core.Signature | None:
    return None if signed_on is None else core.Signature(signed_on=signed_on, name=name, number=number)


def _span(shift: Shift) -> core.ClockSpan:
    return core.ClockSpan(
        work_on=shift.work_on,
        from_text=shift.from_text,
        to_text=shift.to_text,
        start_minute=shift.start_minute,
        end_minute=shift.end_minute,
        start_at=core.Instant(shift.start_at),
        end_at=core.Instant(shift.end_at),
        is_ambiguous=shift.is_ambiguous,
    )


# --- what lies beside the claim -----------------------------------------------------------------------


def others(claim: Claim, assistants: set[str]) -> tuple[core.OtherShift, ...]:
    """Return the same assistants' shifts in other claims: earlier weeks, and other recipients.

    Each has an opaque reference, which tells nobody whose it is.
    """
    return tuple(
        other_shift(shift, recipient_id=claim.recipient_id, provider_id=claim.provider_id)
        for shift in shifts_of(assistants, claim.municipality_id, claim.month_on).exclude(
            report__claim__in=[claim.pk, claim.refers_to_id or claim.pk]
        )
    )


def shifts_of(assistants: Collection[str], municipality_id: int, month_on: date) -> QuerySet[Shift]:
    """Return what some assistants have reported in a month and beside it, in order, with its claims."""
    days = days_around(month_on)
    rows = counting_shifts().filter(
        report__assistant_number__in=assistants,
        report__claim__municipality_id=municipality_id,
        work_on__gte=days.from_on,
        work_on__lt=days.to_on,
    )
    return rows.select_related("report__claim").order_by("start_at", "id")


def counting_shifts() -> QuerySet[Shift]:
    """Return every shift of the reports that count, in claims that may be paid."""
    return Shift.objects.filter(report__is_current=True).exclude(report__claim__status__in=NOTHING_PAID)


def days_around(month_on: date) -> Period:
    """Return the days of a month and beside it that its judgement looks at."""
    return Period(month_on - timedelta(days=DAYS_BEFORE), month_after(month_on) + timedelta(days=DAYS_AFTER))


def other_shift(shift: Shift, *, recipient_id: int | None, provider_id: int) -> core.OtherShift:
    """Return a reported shift as it lies beside the work for a recipient by a provider."""
    elsewhere = shift.report.claim
    return core.OtherShift(
        reference=reference(shift),
        assistant_number=shift.report.assistant_number or "",
        is_same_recipient=elsewhere.recipient_id == recipient_id,
        is_same_employer=elsewhere.provider_id == provider_id,
        kind=core.TimeKind(shift.kind),
        span=_span(shift),
    )


def reference(shift: Shift) -> str:
    """Return the opaque name of a shift: made from its report's key, which nobody can guess."""
    return hashlib.sha256(f"{shift.report.key}/{shift.line}/{shift.start_at}".encode()).hexdigest()[:16]


def shift_ids(claim: Claim) -> dict[review.ShiftRef, int]:
    """Return which row each shift of a claim's reports is, by the name a finding has for it."""
    return {
        review.ShiftRef(
            report_key=report.key,
            line=shift.line,
            work_on=shift.work_on,
            start_minute=shift.start_minute,
        ): shift.pk
        for report in report_rows(claim)
        for shift in report.shifts.all()
    }


# --- what was said of it ------------------------------------------------------------------------------------


def findings(rows: QuerySet[Finding]) -> tuple[review.Finding, ...]:
    """Return findings as they were written, in the order they were found."""
    return tuple(_finding(row) for row in rows.select_related("shift__report").order_by("id"))


def _finding(row: Finding) -> review.Finding:
    shift = row.shift
    return review.Finding(
        code=row.code,
        severity=Severity(row.severity),
        grain=Grain(row.grain),
        label=row.label,
        message=row.message,
        cites=tuple(row.cites),
        quantity=Quantity(row.quantity),
        shift=None
        if shift is None
        else review.ShiftRef(
            report_key=shift.report.key,
            line=shift.line,
            work_on=shift.work_on,
            start_minute=shift.start_minute,
        ),
        assistant_number=row.assistant_number,
        week=row.week,
        part_from=None if row.part_from is None else core.Instant(row.part_from),
        part_to=None if row.part_to is None else core.Instant(row.part_to),
        minutes=row.minutes,
        money_at_risk_ore=None if row.money_at_risk_ore is None else Ore(row.money_at_risk_ore),
        evidence=tuple((name, value) for name, value in row.evidence),
        place=row.place,
    )


def words(rows: QuerySet[Finding]) -> dict[str, review.Word]:
    """Return the last word said of each finding, by the finding's key; silence is left out."""
    said = Word.objects.filter(finding__in=rows).select_related("finding").order_by("id")
    return {word.finding.key: review.Word(kind=review.WordKind(word.word), reason=word.reason) for word in said}


def law_rows(row: Statement) -> tuple[LawRowUsed, ...]:
    """Return the rows of the law that a statement rests on, without the rest of it."""
    return thaw(tuple[LawRowUsed, ...], row.body["law_rows"])


def statement(row: Statement) -> StatementRecord:
    """Return a statement as it was made."""
    return thaw(StatementRecord, row.body)
