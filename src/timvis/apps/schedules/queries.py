"""What is asked of a schedule: a month with what became of it, and what would be said of it if it were reported."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from timvis.apps.routines import queries as routines
from timvis.apps.schedules import records
from timvis.apps.schedules.models import PlannedShift
from timvis.apps.state_registers.models import Assignment
from timvis.apps.state_reports.months import settings_of
from timvis.core.calendar.local_time import instant_of, local_day
from timvis.core.green_month.limits import BrokenLimit, broken_limits
from timvis.core.law import LawBook, LawGap, LawReader
from timvis.core.records import ProviderKind, Regime
from timvis.core.review.review import Sums, review
from timvis.core.schedule import OF_PAPERS, Objection, ScheduleLine, Shift, beside, objections


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleMonth:
    """A month of an assignment's schedule, judged where something is planned; `by_assistant` are names with minutes.

    `checked_to` is the last day that the numbers of the law are checked for, when some of the plan lies beyond it;
    `gap` says which number is missing when nobody can judge it.
    """

    month_on: date
    lines: tuple[ScheduleLine, ...]
    by_assistant: tuple[tuple[str, int], ...]
    reported_minutes: int
    sums: Sums | None
    objections: tuple[Objection, ...] = ()
    limits: tuple[BrokenLimit, ...] = ()
    checked_to: date | None = None
    gap: str = ""

    @property
    def planned_minutes(self) -> int:
        """What is planned for all of them."""
        return sum(minutes for _name, minutes in self.by_assistant)


def shift_in(municipality: str, shift_id: int) -> PlannedShift | None:
    """Return a planned shift of a municipality's that is not struck; another's is as if it did not exist."""
    rows = PlannedShift.objects.filter(
        pk=shift_id, struck=None, plan__placement__assignment__recipient__municipality__slug=municipality
    )
    return rows.select_related(
        "plan__placement__assignment__recipient__municipality", "plan__placement__assistant"
    ).first()


def schedule_month(assignment: Assignment, month: date, law: LawBook, *, now: datetime) -> ScheduleMonth:
    """Return a month's schedule: planned beside reported, and what the rules would say of the plan."""
    planned = records.month_of_plan(assignment, month, known_at=now)
    reported = records.reported(assignment, month)
    told = ScheduleMonth(
        month_on=month,
        lines=beside(planned, reported, now=instant_of(now)),
        by_assistant=_by_assistant(planned),
        reported_minutes=sum(shift.minutes for shift in reported),
        sums=None,
    )
    return _judged(told, assignment, planned, law, now) if planned else told


def _by_assistant(planned: Iterable[Shift]) -> tuple[tuple[str, int], ...]:
    """Return how many minutes each assistant is planned for, by name."""
    minutes = Counter[tuple[str, str]]()
    for shift in planned:
        minutes[shift.assistant_name, shift.assistant_number] += shift.minutes
    return tuple((name, minutes[name, number]) for name, number in sorted(minutes))


def _judged(
    told: ScheduleMonth, assignment: Assignment, planned: tuple[Shift, ...], law: LawBook, now: datetime
) -> ScheduleMonth:
    month, last_on = told.month_on, max(local_day(shift.end_at) for shift in planned)
    ahead = law.looking_ahead_to(last_on)
    begins_under = routines.for_month(
        assignment.recipient.municipality.slug, Regime.SFB, month, provider_kind=ProviderKind.MUNICIPALITY
    )
    try:
        case = records.case(assignment, month, planned, ahead, known_at=now)
        settings = settings_of(begins_under[1] if begins_under else None, month, ahead)
        settings = replace(settings, switched_off=settings.switched_off | OF_PAPERS)
        found = review(case, LawReader(ahead), settings)
        limits = broken_limits(case, LawReader(ahead), settings)
    except LawGap as gap:
        return replace(told, gap=gap.message)
    names = {shift.assistant_number: shift.assistant_name for shift in planned}
    return replace(
        told,
        sums=found.sums,
        objections=objections(found.findings, names),
        limits=limits,
        checked_to=None if ahead is law else law.reaches_to,
    )
