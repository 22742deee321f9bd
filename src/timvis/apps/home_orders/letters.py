"""The letters of an order that the routine names: the order itself, and that the case may be closed."""

from datetime import datetime

from timvis.apps.documents.actions import send_letter
from timvis.apps.home_orders import records
from timvis.apps.home_orders.models import HomeOrder
from timvis.apps.home_orders.reminding import clocks_of
from timvis.apps.parties import records as parties
from timvis.core.access import Actor
from timvis.core.calendar.local_time import day_of, local_day
from timvis.core.calendar.months import date_text
from timvis.core.home_care.decided import DecidedService, service_label
from timvis.core.home_care.order import ClockKind, due_at
from timvis.core.home_care.ordered import ends_on
from timvis.core.letter import Head, Value
from timvis.core.quantities import MINUTES_PER_HOUR
from timvis.core.records import GrantUnit, Instant
from timvis.formats.holiday_calendar.read import holidays_around

ORDER, MAY_BE_CLOSED = "order_to_provider", "case_may_be_closed"
_PER = {GrantUnit.DAY: "dag", GrantUnit.WEEK: "vecka", GrantUnit.MONTH: "månad"}


def send_order(actor: Actor, order: HomeOrder, *, now: datetime) -> None:
    """Send the order as a letter to its provider, where the routine names one."""
    services = records.contents(order.services.all())[-1].services
    due = next((clock.due_at for clock in clocks_of(order, now=now) if clock.kind is ClockKind.CONFIRMATION), None)
    _send(
        actor,
        order,
        ORDER,
        {
            "services": ", ".join(service_label(row.service).lower() for row in services),
            "granted": ", ".join(granted_text(row) for row in services),
            "period": date_text(order.from_on),
            "due_on": date_text(order.from_on if due is None else local_day(due)),
        },
        now,
    )


def send_may_be_closed(actor: Actor, order: HomeOrder, *, now: datetime) -> None:
    """Tell the provider by letter that the case may be closed and by when documentation is to be back."""
    rule = records.paper_terms(order).documentation
    ended_at = Instant(order.ended_at or order.placed_at)
    due_on = local_day(ended_at if rule is None else due_at(rule, ended_at, holidays_around(day_of(now))))
    period = date_text(ends_on(ended_at) or due_on)
    _send(actor, order, MAY_BE_CLOSED, {"period": period, "due_on": date_text(due_on)}, now)


def granted_text(row: DecidedService) -> str:
    """Return what a service is ordered for, as "30 timmar per månad"."""
    if not row.minutes:
        return "utan behovsprövning"
    hours, minutes = divmod(row.minutes, MINUTES_PER_HOUR)
    told = [f"{hours} timmar"] if hours else []
    told += [f"{minutes} minuter"] if minutes else []
    return f"{' '.join(told)} per {_PER[row.per]}"


def _send(actor: Actor, order: HomeOrder, code: str, says: dict[str, Value], now: datetime) -> None:
    if not any(letter.code == code for letter in records.routine(order).letters):
        return
    provider = parties.provider(order.provider_id, known_at=now).name
    contact = f"{actor.name}. {order.municipality.contact}".strip()
    sent = send_letter(
        actor,
        code,
        Head(sender=order.municipality.name, receiver=(provider,), reference=order.number, written_on=day_of(now)),
        {"case_number": order.number, "provider": provider, "contact": contact} | says,
        now=now,
        recipient_id=order.recipient_id,
        provider_id=order.provider_id,
    )
    if not isinstance(sent, int):
        raise TypeError(f"the letter of {order.number} did not go: {sent}")
