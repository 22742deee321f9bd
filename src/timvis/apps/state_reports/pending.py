"""An assignment that began before the state decided: its months, their reports, and what may be claimed of them."""

from datetime import date, datetime

from django.db.models import F, Sum

from timvis.apps.claims.models import NOTHING_PAID, Shift
from timvis.apps.state_registers import queries as registers
from timvis.apps.state_registers.models import Assignment, DutyOutcome, DutyStep
from timvis.apps.state_registers.records import assignment as known
from timvis.apps.state_reports import records
from timvis.apps.state_reports.models import FrozenReport
from timvis.core.calendar.local_time import day_of
from timvis.core.calendar.months import month_on
from timvis.core.law import LawByDay
from timvis.core.state_duties.before_decision import ClaimBefore, PendingMonth, claim_before
from timvis.core.state_duties.duties import pending_months, report_key
from timvis.core.state_duties.records import Assignment as CoreAssignment
from timvis.core.state_report import Standing
from timvis.formats.holiday_calendar.read import all_holidays
from timvis.formats.state_terms.read import load_state_terms


def before_the_decision(row: Assignment, law: LawByDay, *, now: datetime) -> ClaimBefore | None:
    """Return what may be claimed of the time before the decision; None where the state decided before the start.

    Raises `LawGap` when the law has no value for how far back a claim reaches.
    """
    told = known(row, known_at=now)
    if told is None or not told.began_before_the_decision:
        return None
    today = day_of(now)
    minutes, blocked = _worked(row, told)
    terms, holidays = load_state_terms(), all_holidays()
    months = tuple(
        PendingMonth(
            month_on=month,
            due_on=terms.due_after("time_report", month, holidays),
            reported_on=_reported_on(row, told, month),
            minutes=minutes.get(month, 0),
            blocked_minutes=blocked.get(month, 0),
        )
        for month in pending_months(told, today)
    )
    told_on = registers.told_the_state_on(row.recipient_id)
    return claim_before(told, months, law, told_the_state_on=told_on, today=today)


def _worked(row: Assignment, told: CoreAssignment) -> tuple[dict[date, int], dict[date, int]]:
    """Return reported minutes per month before the decision, and those worked before the state knew the assistant."""
    registered = {one.assistant.number: one.registered_on for one in told.placements}
    rows = Shift.objects.filter(
        report__is_current=True,
        report__claim__recipient_id=row.recipient_id,
        report__claim__provider_id=row.provider_id,
        work_on__gte=told.begins_on,
        work_on__lt=told.decided_on or date.max,
    ).exclude(report__claim__status__in=NOTHING_PAID)
    minutes: dict[date, int] = {}
    blocked: dict[date, int] = {}
    summed = rows.values_list("report__assistant_number", "work_on").annotate(spent=Sum(F("end_at") - F("start_at")))
    for number, work_on, spent in summed.order_by("work_on"):
        month = month_on(work_on)
        minutes[month] = minutes.get(month, 0) + spent
        registered_on = registered.get(number)
        if registered_on is None or work_on < registered_on:
            blocked[month] = blocked.get(month, 0) + spent
    return minutes, blocked


def _reported_on(row: Assignment, told: CoreAssignment, month: date) -> date | None:
    """Return the day a month's last report was in: by the electronic way, or told by a person to be sent on paper."""
    reports = FrozenReport.objects.filter(recipient_id=row.recipient_id, month_on=month).select_related("queued")
    found = list(reports.prefetch_related("signatures", "queued__attempts__result"))
    if found and all(records.standing(each) is Standing.RECEIVED for each in found):
        return max(day_of(records.received_at(each)) for each in found)
    steps = DutyStep.objects.filter(
        recipient_id=row.recipient_id, duty_key=f"time_report:{report_key(told, month)}"
    ).exclude(outcome=DutyOutcome.NOT_NEEDED)
    return steps.order_by("number").values_list("on", flat=True).first()


def reported_duties(municipality: str, *, now: datetime) -> frozenset[str]:
    """Return the keys of those duties to report a month before the decision whose every report the state has."""
    rows = FrozenReport.objects.filter(recipient__municipality__slug=municipality).select_related("queued")
    all_received: dict[tuple[int, date], bool] = {}
    for each in rows.prefetch_related("signatures", "queued__attempts__result"):
        month = each.recipient_id, each.month_on
        all_received[month] = all_received.get(month, True) and records.standing(each) is Standing.RECEIVED
    assignments = Assignment.objects.filter(recipient__in={pk for pk, _month in all_received})
    return frozenset(
        f"time_report:{report_key(told, month)}"
        for row in assignments.prefetch_related("versions")
        if (told := known(row, known_at=now)) is not None
        for month in pending_months(told, day_of(now))
        if all_received.get((row.recipient_id, month))
    )
