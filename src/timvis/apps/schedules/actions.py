"""Acts on a schedule: planning shifts, and striking what is not to be worked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from timvis.apps.audit.attempts import Attempt
from timvis.apps.audit.versions import current
from timvis.apps.parties.queries import relation_to_recipient
from timvis.apps.schedules import queries, records
from timvis.apps.schedules.models import Plan, PlannedShift, Struck
from timvis.apps.state_registers.actions import YEARS
from timvis.apps.state_registers.models import Placement
from timvis.apps.state_registers.queries import assignment_in
from timvis.core.access import Action, Actor
from timvis.core.calendar.local_time import local_day
from timvis.core.calendar.months import date_text
from timvis.core.faults import Fault, Refusal
from timvis.core.records import Instant, TimeKind


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class WantedShift:
    """A shift that somebody wants to plan, of an assistant's work in an assignment."""

    placement_id: int
    kind: TimeKind
    start_at: Instant
    end_at: Instant


@transaction.atomic
def plan_shifts(
    actor: Actor, *, assignment_id: int, wanted: Sequence[WantedShift], now: datetime
) -> int | Refusal | tuple[Fault, ...]:
    """Return how many shifts were planned: all that were wanted, but for those that stand in the plan already.

    Nothing is planned outside the days that an assistant works in the assignment: every fault is told at once.
    """
    assignment = assignment_in(actor.municipality, assignment_id)
    attempt = Attempt(actor, Action.PLAN_SHIFTS, "assignment", assignment_id, now)
    placements = {row.pk: row for row in assignment.placements.all()} if assignment is not None else {}
    if assignment is None or not {shift.placement_id for shift in wanted} <= placements.keys():
        return attempt.refuse(Refusal.NOT_FOUND)
    attempt = attempt.about([assignment.recipient_id])
    if refusal := attempt.refused(relation_to_recipient(actor, assignment.recipient, now=now)):
        return refusal
    if any(local_day(shift.start_at).year not in YEARS for shift in wanted):
        return (_FAR_AWAY,)
    if faults := [fault for pk, row in placements.items() for fault in _outside(row, _of(wanted, pk), now)]:
        return tuple(faults)
    new = sorted(set(wanted) - _standing(placements, wanted, now))
    if not new:
        return (_NOTHING_NEW,)
    for placement_id, kind in sorted({(shift.placement_id, shift.kind) for shift in new}):
        plan = Plan.objects.create(
            placement=placements[placement_id], kind=kind.value, known_at=now, known_by_id=actor.person_id
        )
        PlannedShift.objects.bulk_create(
            PlannedShift(plan=plan, start_at=shift.start_at, end_at=shift.end_at)
            for shift in new
            if (shift.placement_id, shift.kind) == (placement_id, kind)
        )
    attempt.done(detail={"shifts": len(new)})
    return len(new)


@transaction.atomic
def strike_shifts(actor: Actor, *, shift_id: int, and_later: bool, reason: str, now: datetime) -> int | Refusal:
    """Return how many shifts were struck: one, or with it every later one that was planned in the same act."""
    shift = queries.shift_in(actor.municipality, shift_id)
    attempt = Attempt(actor, Action.STRIKE_SHIFTS, "planned_shift", shift_id, now)
    if shift is None:
        return attempt.refuse(Refusal.NOT_FOUND)
    recipient = shift.plan.placement.assignment.recipient
    attempt = attempt.about([recipient.pk])
    if refusal := attempt.refused(relation_to_recipient(actor, recipient, now=now)):
        return refusal
    if not reason.strip():
        return attempt.refuse(Refusal.REASON_IS_MISSING)
    rows = PlannedShift.objects.filter(plan=shift.plan_id, start_at__gte=shift.start_at, struck=None)
    rows = rows if and_later else rows.filter(pk=shift.pk)
    told = [
        Struck(shift=row, reason=reason.strip(), known_at=now, known_by_id=actor.person_id)
        for row in rows.order_by("start_at")
    ]
    try:
        with transaction.atomic():
            Struck.objects.bulk_create(told)
    except IntegrityError:
        told = []
    if not told:
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    attempt.done(reason=reason.strip(), detail={"shifts": len(told)})
    return len(told)


def _of(wanted: Iterable[WantedShift], placement_id: int) -> list[WantedShift]:
    return [shift for shift in wanted if shift.placement_id == placement_id]


def _standing(placements: Iterable[int], wanted: Sequence[WantedShift], now: datetime) -> set[WantedShift]:
    """Return which of the wanted shifts stand in the plan already."""
    rows = records.standing_shifts(now).filter(
        plan__placement__in=list(placements), start_at__in={shift.start_at for shift in wanted}
    )
    return {
        WantedShift(
            placement_id=row.plan.placement_id,
            kind=TimeKind(row.plan.kind),
            start_at=Instant(row.start_at),
            end_at=Instant(row.end_at),
        )
        for row in rows
    }


def _outside(placement: Placement, wanted: Sequence[WantedShift], now: datetime) -> list[Fault]:
    """Return what is wanted before an assistant begins in the assignment, and after she has stopped."""
    told = current(placement.versions.all(), known_at=now)
    if told is None or not wanted:
        return []
    days = sorted(local_day(shift.start_at) for shift in wanted)
    early = [day for day in days if day < told.first_shift_on]
    late = [day for day in days if told.ends_on is not None and day >= told.ends_on]
    faults = []
    if early:
        faults.append(_before_the_first(early[0], len(early)))
    if late:
        faults.append(_after_the_last(late[0], len(late)))
    return faults


def _before_the_first(day: date, shifts: int) -> Fault:
    return Fault(
        code="shift_before_the_first",
        message=f"{shifts} pass ligger före den dag som är registrerad som assistentens första, det första "
        f"{date_text(day)}.",
        remedy="Ändra dagen för första passet hos assistenten, så att anmälan till Försäkringskassan hinner före.",
        column="on",
    )


def _after_the_last(day: date, shifts: int) -> Fault:
    return Fault(
        code="shift_after_the_last",
        message=f"{shifts} pass ligger efter assistentens sista dag i uppdraget, det första {date_text(day)}.",
        remedy="Ändra den sista dagen hos assistenten, eller planera någon annan.",
        column="on",
    )


_FAR_AWAY = Fault(
    code="year_is_far_away",
    message="Ett av passen ligger så långt bort att det inte kan vara rätt.",
    remedy="Skriv årtalet med fyra siffror och se efter.",
    column="on",
)
_NOTHING_NEW = Fault(
    code="shifts_are_planned_already",
    message="Alla passen finns redan i planeringen.",
    remedy="Stryk först det som ska bort, om du ville ändra något.",
    column="on",
)
