"""What every act on a booking shares: finding it, moving it once, writing its step."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import F

from timvis.apps.audit.attempts import Attempt
from timvis.apps.orders import queries
from timvis.apps.orders.models import Booking, BookingStep, PoolMember
from timvis.core.access import Action, Actor, BookingStatus
from timvis.core.faults import Refusal


def found(
    actor: Actor, booking_id: int, action: Action, now: datetime, seen: str | None = None
) -> tuple[Booking | Refusal, Attempt]:
    """Return a booking the actor may do this to now, or the refusal; and the attempt to go on with."""
    booking = queries.booking_in(actor, booking_id)
    if booking is None:
        attempt = Attempt(actor, action, "booking", booking_id, now)
        return attempt.refuse(Refusal.NOT_FOUND), attempt
    attempt = Attempt(actor, action, "booking", booking.number, now, booking.recipient_id)
    if refusal := attempt.refused(queries.relation_to_booking(actor, booking, now=now), booking.status):
        return refusal, attempt
    if seen is not None and seen != queries.standing(booking):
        return attempt.refuse(Refusal.SHOWN_IS_NOT_CURRENT), attempt
    return booking, attempt


def move(booking: Booking, *, to: BookingStatus, **says: object) -> bool:
    """Move a booking on if nobody else has touched it since it was read; return whether it moved."""
    rows = Booking.objects.filter(pk=booking.pk, version=booking.version, status=booking.status)
    changed = rows.update(status=to, version=F("version") + 1, **says)
    if changed == 1:
        booking.refresh_from_db()
    return changed == 1


def write_step(
    attempt: Attempt,
    booking: Booking,
    *,
    member: PoolMember | None = None,
    reason: str = "",
    detail: Mapping[str, object] | None = None,
) -> None:
    """Write what was done with a booking, on the booking itself and in the log."""
    BookingStep.objects.create(
        booking=booking,
        number=booking.steps.count() + 1,
        act=attempt.action.value,
        status=booking.status,
        member=member,
        reason=reason,
        detail=dict(detail or {}),
        at=attempt.now,
        person_id=attempt.actor.person_id,
    )
    attempt.done(reason=reason, detail=dict(detail or {}) | ({"member": member.pk} if member else {}))
