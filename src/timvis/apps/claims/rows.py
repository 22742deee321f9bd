"""Records → rows: how a handed-in report and a review are written down."""

from collections.abc import Iterable, Mapping

from timvis.apps.claims.models import Claim, Finding, Report, Review, Shift
from timvis.core.records import KindSums, TimeReport
from timvis.core.review.finding import Finding as FoundBy
from timvis.core.review.finding import ShiftRef
from timvis.formats.frozen import freeze


def write_report(
    claim: Claim, report: TimeReport, *, original_id: int, scan_id: int | None, key: str, number: int
) -> Report:
    """Write one version of a report with its shifts, as the current one, and return its row."""
    assistant, manager = report.assistant_signature, report.manager_signature
    row = Report.objects.create(
        claim=claim,
        key=key,
        number=number,
        original_id=original_id,
        scan_id=scan_id,
        assistant_number=report.assistant_number,
        assistant_name=report.assistant_name,
        recipient_number=report.recipient_number,
        recipient_name=report.recipient_name,
        employer_number=report.employer_number,
        is_own_employer=report.is_own_employer,
        has_agreement=report.has_agreement,
        reference_periods=[[str(begins), str(ends)] for begins, ends in report.reference_periods],
        assistant_signed_on=assistant.signed_on if assistant else None,
        assistant_signature_number=assistant.number if assistant else None,
        assistant_signature_name=assistant.name if assistant else "",
        manager_signed_on=manager.signed_on if manager else None,
        manager_signature_number=manager.number if manager else None,
        manager_signature_name=manager.name if manager else "",
        stated_sums=None if report.stated_sums is None else freeze(KindSums, report.stated_sums),
    )
    Shift.objects.bulk_create(_shifts(row, report))
    return row


def _shifts(row: Report, report: TimeReport) -> Iterable[Shift]:
    for line in report.rows:
        span = line.span
        yield Shift(
            report=row,
            line=line.line,
            kind=line.kind,
            work_on=span.work_on,
            from_text=span.from_text,
            to_text=span.to_text,
            start_minute=span.start_minute,
            end_minute=span.end_minute,
            start_at=span.start_at,
            end_at=span.end_at,
            is_ambiguous=span.is_ambiguous,
        )


def write_findings(review: Review, findings: Iterable[FoundBy], shifts: Mapping[ShiftRef, int]) -> None:
    """Write the findings of a review; `shifts` tells which row a finding about a shift points at."""
    Finding.objects.bulk_create(
        Finding(
            review=review,
            key=found.key,
            code=found.code,
            severity=found.severity,
            grain=found.grain,
            label=found.label,
            quantity=found.quantity,
            shift_id=None if found.shift is None else shifts[found.shift],
            assistant_number=found.assistant_number,
            week=found.week,
            part_from=found.part_from,
            part_to=found.part_to,
            minutes=found.minutes,
            money_at_risk_ore=found.money_at_risk_ore,
            message=found.message,
            cites=list(found.cites),
            evidence=[list(pair) for pair in found.evidence],
            place=found.place,
        )
        for found in findings
    )
