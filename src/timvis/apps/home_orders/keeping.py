"""What every act on an order shares: finding it, moving it once, writing its step, telling those concerned."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F

from timvis.apps.audit.attempts import Attempt
from timvis.apps.decisions.models import HomeCareDecision
from timvis.apps.home_orders import queries, records
from timvis.apps.home_orders.models import HomeEvent, HomeNotice, HomeOrder, HomeOrderStep, OrderedService
from timvis.core.access import Action, Actor, HomeOrderStatus, Role
from timvis.core.faults import Refusal
from timvis.core.home_care.decided import DecidedService, HomeCareGrant
from timvis.core.home_care.events import Task
from timvis.core.home_care.order import OrderAct, Standing, after
from timvis.core.records import Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What placing or changing asks for: services by a decision as it is known, from a day on."""

    decision: HomeCareDecision
    grant: HomeCareGrant
    from_on: date
    services: Sequence[DecidedService]
    is_acute: bool = False


def found(
    actor: Actor, order_id: int, action: Action, now: datetime, seen: str | None = None
) -> tuple[HomeOrder | Refusal, Attempt]:
    """Return an order the actor may do this to now, or the refusal; and the attempt to go on with."""
    order = queries.order_in(actor, order_id)
    if order is None:
        attempt = Attempt(actor, action, "home_order", order_id, now)
        return attempt.refuse(Refusal.NOT_FOUND), attempt
    attempt = Attempt(actor, action, "home_order", order.number, now, order.recipient_id)
    if refusal := attempt.refused(queries.relation_to_order(actor, order, now=now), order.status):
        return refusal, attempt
    if seen is not None and seen != queries.standing(order):
        return attempt.refuse(Refusal.SHOWN_IS_NOT_CURRENT), attempt
    return order, attempt


def led_to(order: HomeOrder, act: OrderAct, at: Instant) -> Standing | Refusal:
    """Return where an act at an instant leads an order."""
    return after(act, records.standing(order), at)


def move(order: HomeOrder, act: OrderAct, at: Instant, to: Standing) -> bool:
    """Move an order on if nobody else has touched it since it was read; return whether it moved."""
    says: dict[str, object] = {"status": to.status, "is_paused": to.is_paused}
    if act is OrderAct.START:
        says["started_at"] = at
    if act in (OrderAct.END, OrderAct.DECLINE):
        says["ended_at"] = at
    rows = HomeOrder.objects.filter(pk=order.pk, version=order.version, status=order.status)
    if rows.update(version=F("version") + 1, **says) != 1:
        return False
    for name, value in (*says.items(), ("version", order.version + 1)):
        setattr(order, name, value)
    return True


def write_step(
    attempt: Attempt,
    order: HomeOrder,
    act: OrderAct,
    at: Instant,
    *,
    asked: Asked | None = None,
    event: HomeEvent | None = None,
    reason: str = "",
) -> HomeOrderStep:
    """Return what was done with an order, written on the order itself and in the log."""
    written = HomeOrderStep.objects.create(
        order=order,
        number=order.steps.count() + 1,
        act=act,
        status=order.status,
        at=at,
        is_acute=asked is not None and asked.is_acute,
        first_on=asked.from_on if asked else None,
        decision=asked.decision if asked else None,
        legal_basis=asked.grant.legal_basis if asked else "",
        event=event,
        reason=reason,
        known_at=attempt.now,
        person_id=attempt.actor.person_id,
    )
    if asked is not None:
        OrderedService.objects.bulk_create(
            OrderedService(
                order=order,
                step_number=written.number,
                from_on=asked.from_on,
                to_on=asked.grant.granted_to,
                service=row.service.strip(),
                minutes=row.minutes,
                per=row.per,
                time_band=row.time_band,
            )
            for row in asked.services
        )
    attempt.done(reason=reason, detail={"order": order.number, "act": act.value, "step": written.number})
    return written


def tell_of_act(attempt: Attempt, order: HomeOrder, act: OrderAct, to: Role, task: Task | None = None) -> None:
    """Tell one party of what the other has done with the order."""
    HomeNotice.objects.create(
        order=order,
        key=f"act:{order.version}:{to.value}",
        to_role=to,
        act=act,
        task=task or "",
        made_at=attempt.now,
    )


def is_running(order: HomeOrder, at: Instant) -> bool:
    """Return whether help is still to come by an order: an end may lie ahead."""
    if order.status == HomeOrderStatus.DECLINED:
        return False
    return order.ended_at is None or at < order.ended_at
