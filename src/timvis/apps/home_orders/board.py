"""The board of orders: what is waited for, by whom and since when, and what somebody has been told to do."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from timvis.apps.home_orders import queries, reminding
from timvis.apps.home_orders.models import HomeNotice, HomeOrder, HomePaper
from timvis.core.access import Action, Actor, HomeOrderStatus, Relation, Role, opened
from timvis.core.calendar.local_time import instant_of
from timvis.core.home_care.order import Clock, ClockKind, ClockState, NudgeKind, OrderAct
from timvis.core.home_care.papers import PaperKind

NEAR = timedelta(days=14)
"""How far ahead a clock stands on the board; a follow-up a year from now is nothing to watch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnBoard:
    """An order and the clocks that somebody still waits for, the soonest first."""

    order: HomeOrder
    clocks: tuple[Clock, ...]

    @property
    def next(self) -> Clock | None:
        """The clock that runs out first, None when nothing is waited for."""
        return self.clocks[0] if self.clocks else None

    def is_late(self, now: datetime) -> bool:
        """Whether any of its clocks has run out."""
        return any(clock.state(instant_of(now)) is ClockState.LATE for clock in self.clocks)

    def is_near(self, now: datetime) -> bool:
        """Whether one of its clocks has run out or soon will."""
        return self.next is not None and self.next.due_at <= instant_of(now + NEAR)


def open_orders(actor: Actor, *, now: datetime) -> tuple[OnBoard, ...]:
    """Return the orders that help or papers are still to come by, the soonest clock first.

    The office sees the municipality's, a provider its own; nobody sees her own matter there. The same number of
    queries however many they are. Raises `CalendarGap`.
    """
    rows = queries.with_all(_hers(actor).filter(_is_open(now))).prefetch_related(
        "recipient__versions", "provider__versions"
    )
    found = (
        OnBoard(order=order, clocks=_waited_for(reminding.clocks_of(order, now=now)))
        for order in rows.order_by("placed_at", "pk")
    )
    return tuple(sorted(found, key=lambda one: (one.next is None, one.next.due_at if one.next else 0, one.order.pk)))


def _hers(actor: Actor) -> QuerySet[HomeOrder]:
    here = HomeOrder.objects.filter(municipality__slug=actor.municipality)
    if Action.LOOK_AT_ORDERS in opened(actor, Relation.OWN_MUNICIPALITY):
        return here.exclude(recipient__personal_number=actor.personal_number).exclude(provider__in=actor.provider_ids)
    return here.filter(provider__in=actor.provider_ids)


def _is_open(now: datetime) -> Q:
    """Return the condition that something is still to come: help, or the documentation of help that was given."""
    is_over = Q(status__in=[HomeOrderStatus.ENDED, HomeOrderStatus.DECLINED]) & Q(ended_at__lte=instant_of(now))
    awaits_documentation = Q(status=HomeOrderStatus.ENDED, started_at__isnull=False) & ~Q(
        papers__kind=PaperKind.DOCUMENTATION
    )
    return ~is_over | awaits_documentation


def _waited_for(clocks: Iterable[Clock]) -> tuple[Clock, ...]:
    return tuple(sorted((one for one in clocks if one.done_at is None), key=lambda one: (one.due_at, one.kind)))


def notices_to(actor: Actor, order: HomeOrder | None = None) -> tuple[HomeNotice, ...]:
    """Return what somebody has been told and nobody has settled, the oldest first: her provider's, or hers by role.

    All of it, or what concerns one order.
    """
    here = HomeNotice.objects.filter(order__municipality__slug=actor.municipality, done__isnull=True)
    if Action.LOOK_AT_ORDERS in opened(actor, Relation.OWN_MUNICIPALITY):
        roles = set(actor.roles)
        # What goes to the officer is the assistant's to take down too.
        roles |= {Role.CASE_OFFICER} if Role.ADMINISTRATIVE_ASSISTANT in roles else set()
        here = here.filter(to_role__in=roles).exclude(order__recipient__personal_number=actor.personal_number)
    else:
        here = here.filter(to_role=Role.PROVIDER_ADMIN, order__provider__in=actor.provider_ids)
    here = here.exclude(_needs_nobody())
    if order is not None:
        here = here.filter(order=order)
    rows = here.select_related("order__recipient", "order__provider", "order__municipality", "event")
    return tuple(
        rows.prefetch_related("order__recipient__versions", "order__provider__versions").order_by("made_at", "pk")
    )


def _needs_nobody() -> Q:
    """Return the condition that a notice has settled itself: what it waits for has come, or a graver one has."""
    graver = HomeNotice.objects.filter(
        order=OuterRef("order"),
        to_role=OuterRef("to_role"),
        clock=OuterRef("clock"),
        nudge__in=[NudgeKind.LATE, NudgeKind.STILL_LATE],
    )
    papers = HomePaper.objects.filter(order=OuterRef("order"))
    answered = ~Q(order__status__in=[HomeOrderStatus.PLACED, HomeOrderStatus.CHANGED])
    has_started = Q(order__started_at__isnull=False) | Q(order__ended_at__isnull=False)
    waits_for: dict[ClockKind, Q] = {
        ClockKind.CONFIRMATION: answered,
        ClockKind.START: has_started,
        ClockKind.PLAN: Q(Exists(papers.filter(kind=PaperKind.PLAN))),
        ClockKind.DOCUMENTATION: Q(Exists(papers.filter(kind=PaperKind.DOCUMENTATION))),
        ClockKind.FOLLOW_UP: Q(Exists(papers.filter(kind=PaperKind.FOLLOW_UP, known_at__gte=OuterRef("made_at")))),
    }
    settled = Q(nudge=NudgeKind.SOON) & Q(Exists(graver))
    settled |= Q(act__in=[OrderAct.PLACE, OrderAct.CHANGE]) & answered
    for clock, has_come in waits_for.items():
        settled |= Q(clock=clock) & has_come
    return settled
