"""Acts on an order of home care, from placing to ending: one act is one transaction, logged however it ends."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction

from django.db import transaction

from timvis.apps.audit.attempts import Attempt
from timvis.apps.decisions import queries as decisions
from timvis.apps.decisions.models import HomeCareDecision
from timvis.apps.home_orders import keeping, letters, queries, records
from timvis.apps.home_orders.keeping import Asked
from timvis.apps.home_orders.models import HomeOrder
from timvis.apps.parties import queries as parties
from timvis.core.access import Action, Actor, HomeOrderStatus, Role
from timvis.core.calculation.home_care.granted import granted_minutes
from timvis.core.calculation.home_care.records import Granted
from timvis.core.calendar.local_time import instant, instant_of
from timvis.core.calendar.months import date_text, month_period
from timvis.core.faults import Fault, Refusal
from timvis.core.home_care import decided
from timvis.core.home_care.decided import DecidedService, HomeCareGrant, service_label
from timvis.core.home_care.events import Task, awaits_recipient
from timvis.core.home_care.order import OrderAct
from timvis.core.quantities import MINUTES_PER_HOUR
from timvis.core.records import Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedOrder:
    """What is to be ordered of a provider: services by a decision, from a day on.

    `area` is where the recipient lives, `zone` the routine's zone of the price, empty where there are none.
    """

    recipient_id: int
    provider_id: int
    decision_id: int
    services: Sequence[DecidedService]
    from_on: date
    area: str = ""
    zone: str = ""
    is_acute: bool = False
    reason: str = ""


@transaction.atomic
def place_order(actor: Actor, wanted: WantedOrder, *, now: datetime) -> int | Refusal | tuple[Fault, ...]:
    """Return the id of an order that a provider is now asked to confirm, or everything that is wrong with it."""
    attempt = Attempt(actor, Action.PLACE_ORDER, "home_order", "", now, wanted.recipient_id)
    recipient, provider = (
        parties.recipient_in(actor, wanted.recipient_id),
        parties.provider_in(actor, wanted.provider_id),
    )
    decision = decisions.home_care_decision_in(actor, wanted.decision_id)
    if recipient is None or provider is None or decision is None or decision.recipient_id != recipient.pk:
        return replace(attempt, recipient_id=None).refuse(Refusal.NOT_FOUND)
    if refusal := attempt.refused(parties.relation_to_hours(actor, recipient, provider, now=now)):
        return refusal
    version = queries.routine_for_order(actor.municipality, wanted.from_on)
    if version is None:
        return attempt.refuse(Refusal.ROUTINE_IS_NOT_PUBLISHED)
    grant = decisions.home_care_grant(decision, known_at=now)
    away = queries.away([recipient.pk], known_at=now).get(recipient.pk)
    died_at = away.died_at if away else None
    if faults := _faults(wanted.services, wanted.from_on, decision, grant, died_at=died_at):
        return faults
    assert grant is not None
    at = instant_of(now)
    order = HomeOrder.objects.create(
        municipality=recipient.municipality,
        recipient=recipient,
        provider=provider,
        decision=decision,
        routine_version=version,
        legal_basis=grant.legal_basis,
        needs_assessed=grant.needs_assessed,
        area=wanted.area.strip(),
        zone=wanted.zone.strip(),
        is_acute=wanted.is_acute,
        from_on=wanted.from_on,
        placed_at=at,
        placed_by_id=actor.person_id,
    )
    keeping.write_step(
        replace(attempt, object_id=order.number),
        order,
        OrderAct.PLACE,
        at,
        asked=Asked(
            decision=decision,
            grant=grant,
            from_on=wanted.from_on,
            services=wanted.services,
            is_acute=wanted.is_acute,
        ),
        reason=wanted.reason.strip(),
    )
    keeping.tell_of_act(attempt, order, OrderAct.PLACE, Role.PROVIDER_ADMIN)
    letters.send_order(actor, order, now=now)
    return order.pk


@transaction.atomic
def confirm_order(actor: Actor, order_id: int, *, now: datetime, seen: str | None = None) -> HomeOrderStatus | Refusal:
    """Return the status of an order that its provider has said yes to; also to a change of it."""
    order, attempt = keeping.found(actor, order_id, Action.CONFIRM_ORDER, now, seen)
    if isinstance(order, Refusal):
        return order
    return _moved(attempt, order, OrderAct.CONFIRM, instant_of(now))


@transaction.atomic
def decline_order(
    actor: Actor, order_id: int, *, reason: str, now: datetime, seen: str | None = None
) -> HomeOrderStatus | Refusal:
    """Return the status of an order that its provider cannot take; the officer is to order from another."""
    order, attempt = keeping.found(actor, order_id, Action.DECLINE_ORDER, now, seen)
    if isinstance(order, Refusal):
        return order
    if not reason.strip():
        return attempt.refuse(Refusal.REASON_IS_MISSING)
    outcome = _moved(attempt, order, OrderAct.DECLINE, instant_of(now), reason=reason.strip())
    if not isinstance(outcome, Refusal):
        keeping.tell_of_act(attempt, order, OrderAct.DECLINE, Role.CASE_OFFICER, Task.ORDER_FROM_ANOTHER)
    return outcome


@transaction.atomic
def start_service(
    actor: Actor, order_id: int, *, started_at: Instant, now: datetime, seen: str | None = None
) -> HomeOrderStatus | Refusal | tuple[Fault, ...]:
    """Return the status of an order whose first help was given at an instant that has been."""
    order, attempt = keeping.found(actor, order_id, Action.START_SERVICE, now, seen)
    if isinstance(order, Refusal):
        return order
    if not order.placed_at <= started_at <= instant_of(now):
        return (
            Fault(
                code="start_is_not_in_time",
                message="Hjälpen kan inte ha börjat före beställningen, och inte efter nu.",
                remedy="Skriv dagen och klockslaget då den första hjälpen gavs.",
                column="started_at",
            ),
        )
    return _moved(attempt, order, OrderAct.START, started_at)


@transaction.atomic
def change_order(
    actor: Actor,
    order_id: int,
    *,
    services: Sequence[DecidedService],
    from_on: date,
    reason: str,
    now: datetime,
    is_acute: bool = False,
    decision_id: int | None = None,
    seen: str | None = None,
) -> HomeOrderStatus | Refusal | tuple[Fault, ...]:
    """Return the status of an order that asks for something else from a day on; the provider confirms it anew.

    `decision_id` is the decision it then rests on, None for the one it has.
    """
    order, attempt = keeping.found(actor, order_id, Action.CHANGE_ORDER, now, seen)
    if isinstance(order, Refusal):
        return order
    if not reason.strip():
        return attempt.refuse(Refusal.REASON_IS_MISSING)
    decision = order.decision if decision_id is None else decisions.home_care_decision_in(actor, decision_id)
    if decision is None or decision.recipient_id != order.recipient_id:
        return attempt.refuse(Refusal.NOT_FOUND)
    grant = decisions.home_care_grant(decision, known_at=now)
    if faults := _faults(services, from_on, decision, grant, but=order):
        return faults
    assert grant is not None
    if grant.needs_assessed is not order.needs_assessed:
        # Granted hours and none cannot be one order's: the months before would be told anew.
        return attempt.refuse(Refusal.WRONG_STATE)
    asked = Asked(decision=decision, grant=grant, from_on=from_on, services=services, is_acute=is_acute)
    outcome = _moved(attempt, order, OrderAct.CHANGE, instant_of(now), asked=asked, reason=reason.strip())
    if isinstance(outcome, Refusal):
        return outcome
    HomeOrder.objects.filter(pk=order.pk).update(decision=decision, legal_basis=grant.legal_basis)
    keeping.tell_of_act(attempt, order, OrderAct.CHANGE, Role.PROVIDER_ADMIN)
    return outcome


@transaction.atomic
def pause_order(
    actor: Actor, order_id: int, *, from_at: Instant, reason: str, now: datetime, seen: str | None = None
) -> HomeOrderStatus | Refusal:
    """Return the status of an order by which nobody comes from an instant on, until it is resumed."""
    order, attempt = keeping.found(actor, order_id, Action.PAUSE_ORDER, now, seen)
    if isinstance(order, Refusal):
        return order
    return _told_why(attempt, order, OrderAct.PAUSE, from_at, reason)


@transaction.atomic
def resume_order(
    actor: Actor, order_id: int, *, from_at: Instant, now: datetime, reason: str = "", seen: str | None = None
) -> HomeOrderStatus | Refusal:
    """Return the status of an order by which somebody comes again from an instant on; told anew it is moved."""
    order, attempt = keeping.found(actor, order_id, Action.RESUME_ORDER, now, seen)
    if isinstance(order, Refusal):
        return order
    return _told_why(attempt, order, OrderAct.RESUME, from_at, reason, must_say_why=False)


@transaction.atomic
def end_order(
    actor: Actor, order_id: int, *, from_at: Instant, reason: str, now: datetime, seen: str | None = None
) -> HomeOrderStatus | Refusal:
    """Return the status of an order by which nobody comes from an instant on, which may lie ahead.

    An end that lies ahead can be brought forward, never put off: that is a new order. Refused while somebody else
    has told of the recipient's wish to end, and she has not been asked.
    """
    order, attempt = keeping.found(actor, order_id, Action.END_ORDER, now, seen)
    if isinstance(order, Refusal):
        return order
    if awaits_recipient(records.events_about(order)):
        return attempt.refuse(Refusal.PARTY_IS_NOT_HEARD)
    # Where no help was given there is nothing to send back.
    task = None if order.started_at is None else Task.RETURN_DOCUMENTS
    outcome = _told_why(attempt, order, OrderAct.END, from_at, reason, task=task)
    if not isinstance(outcome, Refusal) and task is not None:
        letters.send_may_be_closed(actor, order, now=now)
    return outcome


# --- the hands of the acts ------------------------------------------------------------------------------------


def _told_why(
    attempt: Attempt,
    order: HomeOrder,
    act: OrderAct,
    at: Instant,
    reason: str,
    *,
    must_say_why: bool = True,
    task: Task | None = None,
) -> HomeOrderStatus | Refusal:
    """Return the status after an act of the officer's that the provider is told of."""
    if must_say_why and not reason.strip():
        return attempt.refuse(Refusal.REASON_IS_MISSING)
    outcome = _moved(attempt, order, act, at, reason=reason.strip())
    if not isinstance(outcome, Refusal):
        keeping.tell_of_act(attempt, order, act, Role.PROVIDER_ADMIN, task)
    return outcome


def _moved(
    attempt: Attempt,
    order: HomeOrder,
    act: OrderAct,
    at: Instant,
    *,
    asked: Asked | None = None,
    reason: str = "",
) -> HomeOrderStatus | Refusal:
    """Return the status that an act leads to, moved and written; the refusal when it leads nowhere from here."""
    to = keeping.led_to(order, act, at)
    if isinstance(to, Refusal):
        return attempt.refuse(to)
    if not keeping.move(order, act, at, to):
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    keeping.write_step(attempt, order, act, at, asked=asked, reason=reason)
    return to.status


def _faults(
    services: Sequence[DecidedService],
    from_on: date,
    decision: HomeCareDecision,
    grant: HomeCareGrant | None,
    *,
    died_at: Instant | None = None,
    but: HomeOrder | None = None,
) -> tuple[Fault, ...]:
    """Return everything that keeps services from being ordered from a day on by a decision."""
    if grant is None or not grant.holds_on(from_on):
        return (
            Fault(
                code="no_decision_holds",
                message=f"Beslutet {decision.reference} gäller inte den {date_text(from_on)}.",
                remedy="Välj en dag då beslutet gäller, eller fatta ett nytt beslut.",
                column="from_on",
            ),
        )
    faults = list(decided.faults_of(services, needs_assessed=grant.needs_assessed))
    if died_at is not None and died_at <= instant(from_on, 0):
        faults.append(
            Fault(
                code="recipient_is_dead",
                message="Den enskilde är avliden.",
                remedy="Ingen hjälp kan beställas efter dödsfallet.",
                column="from_on",
            )
        )
    ordered = _ordered_by(decision, from_on, but)
    wanted: dict[str, Fraction] = {}
    for row in services:
        wanted[row.service] = wanted.get(row.service, Fraction(0)) + _a_month(row, from_on)
    for service, minutes in wanted.items():
        faults += _beyond_decided(service, minutes, grant, from_on, ordered.get(service, Fraction(0)))
    return tuple(faults)


def _beyond_decided(
    service: str, minutes: Fraction, grant: HomeCareGrant, from_on: date, already: Fraction
) -> tuple[Fault, ...]:
    """Return the fault of a service that was not decided, or of more time than was, all orders by it together."""
    mine = [one for one in grant.services if one.service == service]
    if not mine:
        return (
            Fault(
                code="service_is_not_decided",
                message=f"Insatsen {service_label(service)} står inte i beslutet {grant.reference}.",
                remedy="Beställ det som är beslutat, eller fatta ett nytt beslut.",
                column="service",
            ),
        )
    most = sum((_a_month(one, from_on) for one in mine), Fraction(0))
    if grant.needs_assessed and already + minutes > most:
        left = int(max(most - already, Fraction(0)))
        return (
            Fault(
                code="more_than_decided",
                message=f"Av insatsen {service_label(service)} återstår {left // MINUTES_PER_HOUR} timmar och "
                f"{left % MINUTES_PER_HOUR} minuter i månaden av beslutet {grant.reference}.",
                remedy="Minska den beställda tiden, avsluta en annan beställning, eller fatta ett nytt beslut.",
                column="minutes",
            ),
        )
    return ()


def _ordered_by(decision: HomeCareDecision, day: date, but: HomeOrder | None) -> dict[str, Fraction]:
    """Return the minutes a month that other orders by a decision take on a day, by service."""
    # Of two who order by one decision at once the second waits here, and counts what the first has ordered.
    HomeCareDecision.objects.select_for_update().get(pk=decision.pk)
    day_after = date.fromordinal(day.toordinal() + 1)
    municipality = decision.recipient.municipality.slug
    others = queries.orders_between(municipality, day, day_after, recipient_ids=[decision.recipient_id])
    mine = set(decision.orders.values_list("pk", flat=True)) - ({but.pk} if but else set())
    taken: dict[str, Fraction] = {}
    for one in (other for other in others if other.order_id in mine):
        for piece in (piece for piece in one.granted if piece.granted_from <= day < piece.granted_to):
            row = DecidedService(service=piece.service, minutes=piece.minutes, per=piece.per)
            taken[piece.service] = taken.get(piece.service, Fraction(0)) + _a_month(row, day)
    return taken


def _a_month(row: DecidedService, day: date) -> Fraction:
    """Return what a service takes of a day's whole month, in minutes."""
    month = month_period(day)
    whole = Granted(
        service=row.service, minutes=row.minutes, per=row.per, granted_from=month.from_on, granted_to=month.to_on
    )
    return granted_minutes(whole, month)
