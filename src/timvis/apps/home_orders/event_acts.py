"""What happens to a recipient: kept as it was told, done at once to her orders, and told to those concerned."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from timvis.apps.audit.attempts import Attempt
from timvis.apps.home_orders import keeping, letters, queries, records
from timvis.apps.home_orders.models import HomeEvent, HomeNotice, HomeNoticeDone, HomeOrder
from timvis.core.access import Action, Actor, Relation, Role
from timvis.core.calendar.local_time import instant_of
from timvis.core.faults import Fault, Refusal
from timvis.core.home_care.events import (
    HAS_HAPPENED,
    OF_THE_PERSON,
    REPORTED_BY,
    Consequence,
    Event,
    EventKind,
    consequence,
)
from timvis.core.records import Instant
from timvis.core.routine.home_orders import tell_rules_of

TOLD_AS = {
    Relation.SELF: Role.RECIPIENT,
    Relation.AGENT: Role.RECIPIENT,
    Relation.OWN_PROVIDER: Role.PROVIDER_ADMIN,
    Relation.OWN_MUNICIPALITY: Role.CASE_OFFICER,
}
"""In which capacity somebody tells; an agent tells in the recipient's place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """What somebody tells: what, and when it happened or will."""

    kind: EventKind
    at: Instant
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """What came of an event: its id, and how many orders it stopped, paused, resumed or ended."""

    event_id: int
    moved: int


@transaction.atomic
def report_event(
    actor: Actor, order_id: int, happened: Happened, *, now: datetime
) -> Reported | Refusal | tuple[Fault, ...]:
    """Return what came of an event that somebody tells of, by one of the recipient's orders.

    What happens to the person concerns every order she has; the rest concerns the order it was told by.
    """
    order, attempt = keeping.found(actor, order_id, Action.REPORT_HOME_EVENT, now)
    if isinstance(order, Refusal):
        return order
    by = TOLD_AS[queries.relation_to_order(actor, order, now=now)]
    if happened.kind not in REPORTED_BY[by]:
        return attempt.refuse(Refusal.ROLE_DOES_NOT_ALLOW)
    if happened.kind in HAS_HAPPENED and happened.at > instant_of(now):
        return (_not_yet(),)
    event = Event(kind=happened.kind, at=happened.at, by=by)
    rules = tell_rules_of(records.routine(order))
    means = []
    for one in _concerned(order, happened.kind):
        found = consequence(event, records.standing(one), rules, before=records.events_about(one))
        if isinstance(found, Refusal):
            return attempt.refuse(found)
        means.append((one, found))
    told = _kept(attempt, order, happened, by)
    attempt.done(reason=told.note, detail={"event": happened.kind.value})
    for one, found in means:
        _carry_out(replace(attempt, object_id=one.number), one, told, found)
        _tell(one, told, found, told_by=order)
        if happened.kind is EventKind.CASE_IS_ENDED and one.started_at is not None:
            letters.send_may_be_closed(actor, one, now=now)
    return Reported(event_id=told.pk, moved=sum(found.act is not None for _, found in means))


@transaction.atomic
def settle_notice(actor: Actor, notice_id: int, *, note: str = "", now: datetime) -> int | Refusal:
    """Return the id of the row that says that a notice is read, or that what it asks for is done.

    A task takes a note of what was done. It is settled once, by those it went to.
    """
    notice = HomeNotice.objects.filter(pk=notice_id, order__municipality__slug=actor.municipality).first()
    if notice is None:
        attempt = Attempt(actor, Action.SETTLE_HOME_NOTICE, "home_notice", notice_id, now)
        return attempt.refuse(Refusal.NOT_FOUND)
    order, attempt = keeping.found(actor, notice.order_id, Action.SETTLE_HOME_NOTICE, now)
    if isinstance(order, Refusal):
        return order
    if not _is_to(notice, actor, queries.relation_to_order(actor, order, now=now)):
        return attempt.refuse(Refusal.ROLE_DOES_NOT_ALLOW)
    if notice.task and not note.strip():
        return attempt.refuse(Refusal.REASON_IS_MISSING)
    done, is_new = HomeNoticeDone.objects.get_or_create(
        notice=notice, defaults={"note": note.strip(), "at": now, "person_id": actor.person_id}
    )
    if not is_new:
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    attempt.done(reason=note.strip(), detail={"notice": notice.pk, "task": notice.task})
    return done.pk


def _is_to(notice: HomeNotice, actor: Actor, relation: Relation) -> bool:
    """Return whether a notice is the actor's to settle: the provider's its own, the office's by role."""
    if notice.to_role == Role.PROVIDER_ADMIN:
        return relation is Relation.OWN_PROVIDER
    office = {Role.CASE_OFFICER, Role.ADMINISTRATIVE_ASSISTANT, Role.AUTHORITY_HEAD}
    return relation is Relation.OWN_MUNICIPALITY and bool(office & actor.roles)


# --- the hands of the acts ------------------------------------------------------------------------------------


def _concerned(order: HomeOrder, kind: EventKind) -> tuple[HomeOrder, ...]:
    """Return the orders that an event concerns, the one it was told by first, locked until the act is done.

    Of two who tell of the same recipient at once the second waits here, and finds what the first has done.
    """
    rows = HomeOrder.objects.select_for_update().filter(recipient_id=order.recipient_id)
    locked = [one.pk for one in rows.order_by("pk")]
    ids = locked if kind in OF_THE_PERSON else [order.pk]
    found = queries.with_all(HomeOrder.objects.filter(pk__in=ids)).order_by("pk")
    return tuple(sorted(found, key=lambda one: one.pk != order.pk))


def _kept(attempt: Attempt, order: HomeOrder, happened: Happened, by: Role) -> HomeEvent:
    return HomeEvent.objects.create(
        recipient_id=order.recipient_id,
        order=None if happened.kind in OF_THE_PERSON else order,
        kind=happened.kind,
        at=happened.at,
        by_role=by,
        note=happened.note.strip(),
        known_at=attempt.now,
        known_by_id=attempt.actor.person_id,
    )


def _carry_out(attempt: Attempt, order: HomeOrder, told: HomeEvent, found: Consequence) -> None:
    """Do to an order what the event means for it."""
    if found.act is None:
        return
    to = keeping.led_to(order, found.act, found.from_at)
    if isinstance(to, Refusal) or not keeping.move(order, found.act, found.from_at, to):
        raise RuntimeError(f"{order.number} moved while it was locked")
    # The note stays with the event: what one provider writes of her is not for another to read.
    keeping.write_step(attempt, order, found.act, found.from_at, event=told)


def _tell(order: HomeOrder, told: HomeEvent, found: Consequence, *, told_by: HomeOrder) -> None:
    """Tell those concerned: the office once, every provider whose order is stopped or goes on again."""
    is_other = order.pk != told_by.pk
    roles = set(found.told) | {role for role, _task in found.tasks}
    if is_other:
        roles -= {Role.CASE_OFFICER, Role.RECIPIENT}
        # The provider that told knows; another one does not.
        if found.act is not None and order.provider_id != told_by.provider_id:
            roles.add(Role.PROVIDER_ADMIN)
    tasks = dict(found.tasks)
    HomeNotice.objects.bulk_create(
        HomeNotice(
            order=order,
            key=f"event:{told.pk}:{role.value}",
            to_role=role,
            event=told,
            act=found.act or "",
            task=tasks.get(role, ""),
            made_at=told.known_at,
        )
        for role in sorted(roles)
    )


def _not_yet() -> Fault:
    return Fault(
        code="has_not_happened_yet",
        message="Det som berättas ligger framåt i tiden.",
        remedy="Skriv när det hände. Planerad hemgång, flytt och avslut kan ligga framåt.",
        column="at",
    )
