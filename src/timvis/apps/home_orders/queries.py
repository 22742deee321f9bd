"""What is asked about orders of home care: whose they are, what was ordered when, and where the recipient was."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from django.db.models import Q, QuerySet

from timvis.apps.home_orders import records
from timvis.apps.home_orders.models import HomeOrder
from timvis.apps.home_orders.records import Away, Ordered, OrderedMonth
from timvis.apps.parties import queries as parties
from timvis.apps.parties import records as party_records
from timvis.apps.routines import queries as routines
from timvis.apps.routines.models import RoutineVersion
from timvis.core.access import Actor, HomeOrderStatus, Relation
from timvis.core.calendar.local_time import instant
from timvis.core.calendar.months import month_period
from timvis.core.home_care.events import EventKind
from timvis.core.home_care.order import OrderStep, Standing, standing_of
from timvis.core.home_care.ordered import Pause, month_load
from timvis.core.records import AbsenceKind
from timvis.core.routine.records import ClaimKind


def order_in(actor: Actor, order_id: int) -> HomeOrder | None:
    """Return an order of the actor's own municipality; another's is as if it did not exist."""
    return with_all(HomeOrder.objects.filter(pk=order_id, municipality__slug=actor.municipality)).first()


def with_all(rows: QuerySet[HomeOrder]) -> QuerySet[HomeOrder]:
    """Return orders with everything that is asked of them fetched at once."""
    related = rows.select_related("municipality", "recipient", "provider", "routine_version", "decision")
    return related.prefetch_related("steps", "services", "papers")


def relation_to_order(actor: Actor, order: HomeOrder, *, now: datetime) -> Relation:
    """Return the nearest relation an actor has to an order."""
    return parties.relation_to_hours(actor, order.recipient, order.provider, now=now)


def standing(order: HomeOrder) -> str:
    """Return a text that changes with every act on an order: a form that carries it is known to be stale."""
    return str(order.version)


def routine_for_order(municipality: str, on: date) -> RoutineVersion | None:
    """Return the routine that orders of home care go under on a day, None when none is published."""
    return routines.for_claim(municipality, ClaimKind.HOME_CARE, None, on)


def orders_of(recipient_id: int) -> tuple[HomeOrder, ...]:
    """Return a recipient's orders, the newest first."""
    return tuple(with_all(HomeOrder.objects.filter(recipient_id=recipient_id)).order_by("-placed_at", "-pk"))


def standing_on(order: HomeOrder, day: date) -> Standing | None:
    """Return where an order stood at the end of a day, None before it was placed."""
    end = instant(day, 24 * 60)
    until: list[OrderStep] = [one for one in records.steps(order) if one.at < end]
    found = standing_of(until) if until else None
    return found if isinstance(found, Standing) else None


# --- what was ordered -----------------------------------------------------------------------------------------


def orders_between(
    municipality: str,
    day_from: date,
    day_to: date,
    *,
    provider_ids: Collection[int] | None = None,
    recipient_ids: Collection[int] | None = None,
) -> tuple[Ordered, ...]:
    """Return the orders that asked for help on any day of a half-open period, in the order they were placed.

    A declined order is no order. Three queries whatever their number.
    """
    rows = HomeOrder.objects.filter(
        Q(ended_at__isnull=True) | Q(ended_at__gt=instant(day_from, 0)),
        municipality__slug=municipality,
        from_on__lt=day_to,
    ).exclude(status=HomeOrderStatus.DECLINED)
    if provider_ids is not None:
        rows = rows.filter(provider_id__in=provider_ids)
    if recipient_ids is not None:
        rows = rows.filter(recipient_id__in=recipient_ids)
    fetched = rows.select_related("municipality").prefetch_related("steps", "services")
    return records.ordered(fetched.order_by("placed_at", "pk"))


def ordered_month(municipality: str, month_on: date, *, provider_ids: Collection[int] | None = None) -> OrderedMonth:
    """Return the minutes ordered in a month by recipient, service and provider, with the orders and their pauses."""
    month = month_period(month_on)
    found = orders_between(municipality, month.from_on, month.to_on, provider_ids=provider_ids)
    return records.summed(found, month_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What a provider has ordered a month, and for how many."""

    minutes: Fraction
    recipients: int


def loads_on(municipality: str, day: date, *, provider_ids: Collection[int] | None = None) -> dict[int, Load]:
    """Return what each provider has ordered a month as it stands on a day, by the provider's id.

    An order that nobody has confirmed yet takes its place, and so does one that is paused. Who has none is left out.
    """
    found = orders_between(municipality, day, date.fromordinal(day.toordinal() + 1), provider_ids=provider_ids)
    minutes: dict[int, Fraction] = {}
    recipients: dict[int, set[int]] = {}
    for one in found:
        if any(piece.granted_from <= day < piece.granted_to for piece in one.granted):
            minutes[one.provider_id] = minutes.get(one.provider_id, Fraction(0)) + month_load(one.granted, day)
            recipients.setdefault(one.provider_id, set()).add(one.recipient_id)
    return {
        provider_id: Load(minutes=sum_, recipients=len(recipients[provider_id]))
        for provider_id, sum_ in minutes.items()
    }


# --- where the recipient was ----------------------------------------------------------------------------------


def away(recipient_ids: Collection[int], *, known_at: datetime) -> dict[int, Away]:
    """Return the stays in hospital and the deaths of some recipients, by id; who was never away is left out.

    What was told of an order and what the municipality knows of the person are taken together.
    """
    events = records.events_of(recipient_ids, known_at=known_at)
    stays = {recipient_id: list(records.hospital_stays(told)) for recipient_id, told in events.items()}
    died = {
        recipient_id: min(one.at for one in told if one.kind is EventKind.DEATH)
        for recipient_id, told in events.items()
        if any(one.kind is EventKind.DEATH for one in told)
    }
    for recipient_id, absences in party_records.absences_of(recipient_ids, known_at=known_at).items():
        stays.setdefault(recipient_id, []).extend(
            Pause(from_at=one.start_at, to_at=one.end_at) for one in absences if one.kind is AbsenceKind.HOSPITAL
        )
    for recipient_id, died_on in party_records.deaths(recipient_ids, known_at=known_at).items():
        # Nobody has told the hour: from the day after she is certainly dead.
        died.setdefault(recipient_id, instant(died_on, 24 * 60))
    found = {recipient_id for recipient_id, told in stays.items() if told} | died.keys()
    return {
        recipient_id: Away(
            hospital=tuple(sorted(stays.get(recipient_id, ()), key=lambda stay: stay.from_at)),
            died_at=died.get(recipient_id),
        )
        for recipient_id in found
    }
