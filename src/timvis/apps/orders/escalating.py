"""What the clock does with a need that nobody has confirmed: it goes on up the routine's ladder, and that is told."""

from datetime import datetime

from django.db import transaction

from timvis.apps.orders import keeping, queries, records
from timvis.apps.orders.models import Booking
from timvis.core.access import Action, Actor
from timvis.core.calendar.local_time import instant_of
from timvis.core.faults import Refusal
from timvis.core.substitute.routing import climbed


def bookings_to_escalate(municipality: str, *, now: datetime) -> tuple[int, ...]:
    """Return the ids of the needs that nobody has confirmed and whose shift is not over, the oldest first.

    Whether one has climbed is judged by `escalate`, need by need.
    """
    waiting = Booking.objects.filter(
        municipality__slug=municipality, status__in=queries.WAITING, end_at__gt=instant_of(now)
    )
    return tuple(waiting.order_by("came_at", "id").values_list("id", flat=True))


@transaction.atomic
def escalate(actor: Actor, booking_id: int, *, now: datetime) -> int | Refusal:
    """Return how many rungs a need has climbed since it was last asked; each is told once, on the booking and logged.

    It changes nothing of the booking's standing, so that nobody's confirmation is turned away by it.
    """
    # Of two passes at once the second waits here, and then finds the steps of the first.
    Booking.objects.select_for_update().filter(pk=booking_id).first()
    booking, attempt = keeping.found(actor, booking_id, Action.ESCALATE_BOOKING, now)
    if isinstance(booking, Refusal):
        return booking
    steps = booking.steps.filter(act=Action.ESCALATE_BOOKING)
    told = {(step.detail["to"], step.detail["after_minutes"]) for step in steps}
    ladder = records.settings(booking).ladder
    new = [
        rung
        for rung in climbed(ladder, came_at=instant_of(booking.came_at), now_at=instant_of(now))
        if (rung.to.value, rung.after_minutes) not in told
    ]
    for rung in new:
        keeping.write_step(attempt, booking, detail={"to": rung.to.value, "after_minutes": rung.after_minutes})
    return len(new)
