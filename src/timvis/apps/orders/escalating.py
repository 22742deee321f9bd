"""What the clock does with a need that nobody has confirmed: it goes on up the routine's ladder, and that is told.

Whoever it goes on to gets a message, kept as every letter; the desk shows it too, and whose it has become.
"""

from datetime import datetime

from django.db import transaction

from timvis.apps.documents.actions import send_letter
from timvis.apps.orders import keeping, queries, records
from timvis.apps.orders.actions import period_text
from timvis.apps.orders.models import Booking
from timvis.apps.parties import records as party_records
from timvis.core.access import Action, Actor
from timvis.core.calendar.local_time import day_of, instant_of, local_clock
from timvis.core.faults import Fault, Refusal
from timvis.core.letter import Head
from timvis.core.substitute.routing import DESK_NAMES, Rung, climbed

UNMET = "substitute_unmet"


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
    """Return how many rungs a need has climbed since it was last asked; each is told once, by a message to that desk.

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
        letter = _message(actor, booking, rung, now)
        if not isinstance(letter, int):
            raise TypeError(f"the message about {booking.number} could not be left: {letter}")
        told_now = {"to": rung.to.value, "after_minutes": rung.after_minutes, "letter": letter}
        keeping.write_step(attempt, booking, detail=told_now)
    return len(new)


def _message(actor: Actor, booking: Booking, rung: Rung, now: datetime) -> int | Refusal | tuple[Fault, ...]:
    """Return the id of the message to the desk that a need has gone on to, with where it is reached as its address."""
    on, town = day_of(now), booking.municipality
    reached = tuple(
        f"{one.name} {one.telephone}"
        for one in records.contact_points(town.slug, known_at=now, on=on)
        if one.desk is rung.to
    )
    asked_by = " ".join(filter(None, (booking.asked_by_name, booking.telephone)))
    return send_letter(
        actor,
        UNMET,
        Head(
            sender=town.name,
            receiver=(DESK_NAMES[rung.to], *reached),
            reference=booking.number,
            written_on=on,
        ),
        {
            "case_number": booking.number,
            "recipient": party_records.recipient(booking.recipient_id, known_at=now).name,
            "period": period_text(booking),
            "asked_on": f"{day_of(booking.came_at)} kl. {local_clock(instant_of(booking.came_at))}",
            "contact": asked_by,
        },
        now=now,
        recipient_id=booking.recipient_id,
    )
