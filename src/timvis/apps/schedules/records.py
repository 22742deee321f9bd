"""Rows → shifts as they are planned and as they were reported, and the month as it would be judged."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q, QuerySet

from timvis.apps.audit.versions import current
from timvis.apps.claims import records as claims
from timvis.apps.claims.models import Shift
from timvis.apps.decisions import records as decisions
from timvis.apps.grant_periods.records import with_grants_left
from timvis.apps.parties import records as parties
from timvis.apps.schedules.models import PlannedShift
from timvis.apps.state_registers import records as registers
from timvis.apps.state_registers.models import Assignment
from timvis.core import records as core
from timvis.core import schedule
from timvis.core.calendar.local_time import day_of, instant, spans_between
from timvis.core.calendar.months import Period, month_on, month_period
from timvis.core.law import LawBook

_OWN_MONTH = "report__claim__recipient_id", "report__claim__month_on", "report__assistant_number"


def between(days: Period) -> Q:
    """Return what chooses rows with time on some days, half-open."""
    return Q(start_at__lt=instant(days.to_on, 0), end_at__gt=instant(days.from_on, 0))


def standing_shifts(known_at: datetime) -> QuerySet[PlannedShift]:
    """Return the planned shifts that were known at a moment and not struck, in order, with whose they are."""
    rows = PlannedShift.objects.filter(plan__known_at__lte=known_at)
    rows = rows.exclude(struck__known_at__lte=known_at).select_related("plan__placement__assistant")
    return rows.prefetch_related("plan__placement__assistant__versions").order_by("start_at", "id")


def planned(placement_ids: Iterable[int], days: Period, *, known_at: datetime) -> dict[int, list[schedule.Shift]]:
    """Return what is planned for some assistants on some days, in order, by the placement's id."""
    found: dict[int, list[schedule.Shift]] = defaultdict(list)
    for row in standing_shifts(known_at).filter(between(days), plan__placement_id__in=list(placement_ids)):
        found[row.plan.placement_id].append(_planned(row, known_at))
    return found


def month_of_plan(assignment: Assignment, month: date, *, known_at: datetime) -> tuple[schedule.Shift, ...]:
    """Return what is planned in an assignment with time in a month, one assistant after the other."""
    ids = assignment.placements.values_list("pk", flat=True)
    found = planned(ids, month_period(month), known_at=known_at)
    return tuple(shift for _placement, shifts in sorted(found.items()) for shift in shifts)


def _planned(row: PlannedShift, known_at: datetime) -> schedule.Shift:
    assistant = row.plan.placement.assistant
    told = current(assistant.versions.all(), known_at=known_at)
    return schedule.Shift(
        key=f"{PLANNED}{row.pk}",
        assistant_number=assistant.personal_number,
        assistant_name=told.name if told is not None else "",
        kind=core.TimeKind(row.plan.kind),
        start_at=core.Instant(row.start_at),
        end_at=core.Instant(row.end_at),
    )


PLANNED, REPORTED = "planned-", "reported-"
"""What the keys of shifts begin with; the row's own number follows."""


def reported(assignment: Assignment, month: date) -> tuple[schedule.Shift, ...]:
    """Return what the municipality's assistants have reported of a month with the recipient of an assignment."""
    rows = claims.counting_shifts().filter(
        report__claim__recipient_id=assignment.recipient_id,
        report__claim__provider_id=assignment.provider_id,
        report__claim__month_on=month,
    )
    return tuple(
        schedule.Shift(
            key=f"{REPORTED}{row.pk}",
            assistant_number=row.report.assistant_number or "",
            assistant_name=row.report.assistant_name or "",
            kind=core.TimeKind(row.kind),
            start_at=core.Instant(row.start_at),
            end_at=core.Instant(row.end_at),
        )
        for row in rows.select_related("report").order_by("start_at", "id")
    )


# --- the month as it is planned --------------------------------------------------------------------------------------


def case(
    assignment: Assignment, month: date, plan: Iterable[schedule.Shift], law: LawBook, *, known_at: datetime
) -> core.Case:
    """Return a month's plan as the case that its reports would be, as it was known at a moment.

    Raises `LawGap` on converted time.
    """
    recipient_id, provider_id = assignment.recipient_id, assignment.provider_id
    recipient = parties.recipient(recipient_id, known_at=known_at)
    reports = schedule.as_reports(plan, month, recipient)
    numbers = {each.assistant_number for each in reports if each.assistant_number}
    told = core.Case(
        regime=core.Regime.SFB,
        month_on=month,
        recipient=recipient,
        provider=parties.provider(provider_id, known_at=known_at),
        reports=reports,
        assistants=registers.as_the_state_knows_them(
            parties.assistants(provider_id, known_at=known_at, numbers=numbers),
            recipient_id=recipient_id,
            provider_id=provider_id,
            known_at=known_at,
        ),
        grants=decisions.grants(recipient_id, known_at=known_at),
        absences=parties.absences(recipient_id, known_at=known_at),
        others=_beside(assignment, month, numbers, known_at),
        received_on=day_of(known_at),
    )
    return with_grants_left(told, recipient_id, law, known_at=known_at)


def _beside(assignment: Assignment, month: date, numbers: set[str], known_at: datetime) -> tuple[core.OtherShift, ...]:
    """Return the assistants' other time: what is reported, and where nothing is reported yet, what is planned."""
    found = claims.shifts_of(numbers, assignment.recipient.municipality_id, month)
    elsewhere = [
        shift
        for shift in found
        if (shift.report.claim.recipient_id, shift.report.claim.month_on) != (assignment.recipient_id, month)
    ]
    reported_months = {_month_of(shift) for shift in elsewhere}
    others = [
        claims.other_shift(shift, recipient_id=assignment.recipient_id, provider_id=assignment.provider_id)
        for shift in elsewhere
    ]
    rows = standing_shifts(known_at).filter(
        between(claims.days_around(month)),
        plan__placement__assistant__personal_number__in=numbers,
        plan__placement__assistant__provider_id=assignment.provider_id,
    )
    for row in rows.select_related("plan__placement__assignment"):
        others += _planned_elsewhere(row, assignment, month, reported_months)
    return tuple(sorted(others, key=lambda other: (other.span.start_at, other.reference)))


def _month_of(shift: Shift) -> tuple[int | None, date, str]:
    return shift.report.claim.recipient_id, shift.report.claim.month_on, shift.report.assistant_number or ""


def _planned_elsewhere(
    row: PlannedShift, assignment: Assignment, month: date, reported_months: set[tuple[int | None, date, str]]
) -> list[core.OtherShift]:
    recipient_id = row.plan.placement.assignment.recipient_id
    number = row.plan.placement.assistant.personal_number
    return [
        core.OtherShift(
            reference=f"{PLANNED}{row.pk}",
            assistant_number=number,
            is_same_recipient=recipient_id == assignment.recipient_id,
            is_same_employer=True,
            kind=core.TimeKind(row.plan.kind),
            span=piece,
        )
        for piece in spans_between(core.Instant(row.start_at), core.Instant(row.end_at))
        if (recipient_id, month_on(piece.work_on)) != (assignment.recipient_id, month)
        and (recipient_id, month_on(piece.work_on), number) not in reported_months
    ]
