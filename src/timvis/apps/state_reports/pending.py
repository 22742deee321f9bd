"""An assignment that began before the state decided: its months, their reports, and what may be claimed of them."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import F, Sum

from timvis.apps.claims.records import counting_shifts
from timvis.apps.state_registers import queries as registers
from timvis.apps.state_registers.models import Assignment, DutyOutcome, DutyStep
from timvis.apps.state_registers.records import assignment as known
from timvis.apps.state_reports import records
from timvis.apps.state_reports.lost import worth
from timvis.apps.state_reports.models import FrozenReport
from timvis.core.calendar.local_time import day_of
from timvis.core.calendar.months import month_on
from timvis.core.law import LawByDay, LawGap
from timvis.core.quantities import Ore
from timvis.core.records import TimeKind
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
    worked = _worked(row, told, law)
    terms, holidays = load_state_terms(), all_holidays()
    months = tuple(
        PendingMonth(
            month_on=month,
            due_on=terms.due_after("time_report", month, holidays),
            reported_on=_reported_on(row, told, month),
            minutes=worked[month].minutes,
            blocked_minutes=worked[month].blocked_minutes,
            ore=worked[month].ore,
        )
        for month in pending_months(told, today)
    )
    told_on = registers.told_the_state_on(row.recipient_id)
    return claim_before(told, months, law, told_the_state_on=told_on, today=today)


@dataclass(slots=True)
class _Worked:
    """A month's reported minutes, those before registration, and what the others are worth; None: not known."""

    minutes: int = 0
    blocked_minutes: int = 0
    ore: Ore | None = field(default=Ore(0))


def _worked(row: Assignment, told: CoreAssignment, law: LawByDay) -> defaultdict[date, _Worked]:
    """Return what was worked per month before the decision."""
    registered = {one.assistant.number: one.registered_on for one in told.placements}
    rows = counting_shifts().filter(
        report__claim__recipient_id=row.recipient_id,
        report__claim__provider_id=row.provider_id,
        work_on__gte=told.begins_on,
        work_on__lt=told.decided_on or date.max,
    )
    summed = rows.values_list("report__assistant_number", "kind", "work_on")
    worked: defaultdict[date, _Worked] = defaultdict(_Worked)
    for number, kind, work_on, spent in summed.annotate(spent=Sum(F("end_at") - F("start_at"))).order_by("work_on"):
        month, registered_on = worked[month_on(work_on)], registered.get(number)
        month.minutes += spent
        if registered_on is None or work_on < registered_on:
            month.blocked_minutes += spent
        elif month.ore is not None:
            try:
                month.ore = Ore(month.ore + worth(spent, TimeKind(kind), work_on, law))
            except LawGap:
                month.ore = None
    return worked


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
