"""What was performed of a recipient's assistance on the state's decisions, shift by shift, as its reports tell it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from timvis.apps.claims.models import MAY_BE_PAID, Report, Shift
from timvis.core.calendar.local_time import day_of
from timvis.core.facts.load import parts_of
from timvis.core.law import LawByDay
from timvis.core.quantities import Minutes
from timvis.core.records import Absence, Regime, TimeKind
from timvis.core.routine.records import MONTHS_BY_REPORTS


@dataclass(frozen=True, slots=True, kw_only=True)
class PerformedShift:
    """Minutes of one kind on a day that are as a rule paid, with their worth in 28ths; `received_on` when they came."""

    month_on: date
    on: date
    kind: TimeKind
    minutes: Minutes
    parts_each: int
    received_on: date

    @property
    def parts(self) -> int:
        """Its assistance time, in 28ths of a minute."""
        return self.minutes * self.parts_each


@dataclass(frozen=True, slots=True, kw_only=True)
class Performed:
    """A recipient's performed time, and the months somebody has accounted for."""

    shifts: tuple[PerformedShift, ...]
    months: tuple[date, ...]


def performed(
    recipient_id: int,
    months: Collection[date],
    absences: tuple[Absence, ...],
    law: LawByDay,
    *,
    regime: Regime = Regime.SFB,
) -> Performed:
    """Return what was performed in some months under one regime. Raises `LawGap` on converted time."""
    rows = Report.objects.filter(
        is_current=True,
        claim__recipient_id=recipient_id,
        claim__kind__in=MONTHS_BY_REPORTS,
        claim__regime=regime,
        claim__month_on__in=months,
        claim__status__in=MAY_BE_PAID,
    ).select_related("claim")
    reports = list(rows.prefetch_related(Prefetch("shifts", queryset=Shift.objects.order_by("id"))))
    return Performed(
        shifts=tuple(shift for report in reports for shift in _shifts(report, absences, law)),
        months=tuple(sorted({report.claim.month_on for report in reports})),
    )


def _shifts(report: Report, absences: tuple[Absence, ...], law: LawByDay) -> Iterator[PerformedShift]:
    received_on = day_of(report.claim.received_at)
    for shift in report.shifts.all():
        kind = TimeKind(shift.kind)
        yield PerformedShift(
            month_on=report.claim.month_on,
            on=shift.work_on,
            kind=kind,
            minutes=Minutes(shift.end_at - shift.start_at - _away_in(shift, absences)),
            parts_each=parts_of(kind, shift.work_on, law),
            received_on=received_on,
        )


def _away_in(shift: Shift, absences: tuple[Absence, ...]) -> int:
    """Return the minutes of a shift in which assistance is as a rule not paid."""
    overlaps = (
        min(shift.end_at, absence.end_at) - max(shift.start_at, absence.start_at)
        for absence in absences
        if not absence.has_special_reason
    )
    return min(sum(max(each, 0) for each in overlaps), shift.end_at - shift.start_at)
