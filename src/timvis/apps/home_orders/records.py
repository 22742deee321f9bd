"""Rows of orders → what the core judges: steps, contents, pauses, papers, and what a recipient was away for."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from timvis.apps.home_orders.models import HomeEvent, HomeOrder, HomeOrderStep, HomePaper, OrderedService
from timvis.apps.routines import records as routines
from timvis.core.access import HomeOrderStatus, Role
from timvis.core.calculation.home_care.records import Granted
from timvis.core.home_care.decided import DecidedService
from timvis.core.home_care.events import Event, EventKind
from timvis.core.home_care.order import OrderAct, OrderStep, OrderTerms, Standing, standing_of
from timvis.core.home_care.ordered import Contents, Pause, ends_on, granted_of, minutes_by_service, pauses_of
from timvis.core.home_care.papers import Paper, PaperKind, PaperTerms
from timvis.core.quantities import Minutes
from timvis.core.records import GrantUnit, Instant
from timvis.core.routine.home_orders import order_terms_of, paper_terms_of
from timvis.core.routine.records import Routine


def routine(order: HomeOrder) -> Routine:
    """Return the routine an order goes under."""
    return routines.routine(order.routine_version)


def terms(order: HomeOrder) -> OrderTerms:
    """Return within which time an order is confirmed and begun."""
    return order_terms_of(routine(order))


def paper_terms(order: HomeOrder) -> PaperTerms:
    """Return within which time an order's papers come."""
    return paper_terms_of(routine(order))


def step(row: HomeOrderStep) -> OrderStep:
    """Return one act on an order."""
    return OrderStep(act=OrderAct(row.act), at=Instant(row.at), is_acute=row.is_acute, first_on=row.first_on)


def steps(order: HomeOrder) -> tuple[OrderStep, ...]:
    """Return what was done with an order, in order."""
    return tuple(step(row) for row in sorted(order.steps.all(), key=lambda row: row.number))


def standing(order: HomeOrder) -> Standing:
    """Return where an order stands, as its steps tell it."""
    found = standing_of(steps(order))
    if not isinstance(found, Standing):
        raise TypeError(f"the steps of {order.number} do not follow on each other: {found}")
    return found


def contents(rows: Iterable[OrderedService]) -> tuple[Contents, ...]:
    """Return the contents of an order as they were said, from its rows of ordered services."""
    said: defaultdict[int, list[OrderedService]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row.step_number, row.pk)):
        said[row.step_number].append(row)
    return tuple(
        Contents(from_on=found[0].from_on, to_on=found[0].to_on, services=tuple(_service(row) for row in found))
        for found in said.values()
    )


def _service(row: OrderedService) -> DecidedService:
    return DecidedService(
        service=row.service, minutes=Minutes(row.minutes), per=GrantUnit(row.per), time_band=row.time_band
    )


def papers(order: HomeOrder) -> tuple[Paper, ...]:
    """Return the papers of an order in the order they were registered."""
    rows: list[HomePaper] = sorted(order.papers.all(), key=lambda row: row.pk)
    return tuple(Paper(kind=PaperKind(row.kind), about_on=row.about_on, received_on=row.received_on) for row in rows)


def event(row: HomeEvent) -> Event:
    """Return something that happened."""
    return Event(kind=EventKind(row.kind), at=Instant(row.at), by=Role(row.by_role))


def events_about(order: HomeOrder) -> tuple[Event, ...]:
    """Return what has been told of an order or of the recipient as a person, in the order it was told."""
    rows = HomeEvent.objects.filter(recipient_id=order.recipient_id).order_by("id")
    return tuple(event(row) for row in rows if row.order_id in (None, order.pk))


# --- what was ordered -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordered:
    """One order as others count with it: what it asked for piece by piece, its pauses, when help came and ended.

    `granted` has no minutes where the need was not assessed. `bases` are the paragraphs it has rested on, each from
    its first day, in the order they were said. Instants are minutes since 1970.
    """

    order_id: int
    number: str
    recipient_id: int
    provider_id: int
    area: str
    zone: str
    bases: tuple[tuple[date, str], ...]
    needs_assessed: bool
    status: HomeOrderStatus
    granted: tuple[Granted, ...]
    pauses: tuple[Pause, ...]
    started_at: Instant | None
    ended_at: Instant | None

    @property
    def services(self) -> frozenset[str]:
        """Every service that was ever ordered by it."""
        return frozenset(one.service for one in self.granted)

    def legal_basis_on(self, day: date) -> str:
        """The paragraph it rested on on a day; before its first day the first one."""
        return next((basis for from_on, basis in reversed(self.bases) if from_on <= day), self.bases[0][1])

    def covers(self, at: Instant) -> bool:
        """Whether help that begins at an instant is ordered; not in a pause, and not when it has ended."""
        return (self.ended_at is None or at < self.ended_at) and not any(pause.covers(at) for pause in self.pauses)


def ordered(orders: Iterable[HomeOrder]) -> tuple[Ordered, ...]:
    """Return some orders as others count with them; `steps` and `services` are prefetched by the asker."""
    return tuple(_ordered(order) for order in orders)


def _ordered(order: HomeOrder) -> Ordered:
    ended_at = None if order.ended_at is None else Instant(order.ended_at)
    return Ordered(
        order_id=order.pk,
        number=order.number,
        recipient_id=order.recipient_id,
        provider_id=order.provider_id,
        area=order.area,
        zone=order.zone,
        bases=tuple(
            (row.first_on, row.legal_basis)
            for row in sorted(order.steps.all(), key=lambda row: row.number)
            if row.first_on is not None
        ),
        needs_assessed=order.needs_assessed,
        status=HomeOrderStatus(order.status),
        granted=granted_of(contents(order.services.all()), ends_on=ends_on(ended_at), zone=order.zone),
        pauses=pauses_of(steps(order)),
        started_at=None if order.started_at is None else Instant(order.started_at),
        ended_at=ended_at,
    )


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Key:
    """Whose ordered time it is, of what, and who gives it."""

    recipient_id: int
    service: str
    provider_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderedMonth:
    """What was ordered in a month, in exact minutes; help without needs assessment is named without minutes."""

    minutes: dict[Key, Fraction]
    without_assessment: frozenset[Key]
    areas: dict[int, str]
    orders: tuple[Ordered, ...]


def summed(orders: tuple[Ordered, ...], month_on: date) -> OrderedMonth:
    """Return what some orders come to in a month; one that was declined asked for nothing in the end."""
    minutes: defaultdict[Key, Fraction] = defaultdict(Fraction)
    without: set[Key] = set()
    areas: dict[int, str] = {}
    for one in orders:
        for service, ordered_minutes in minutes_by_service(one.granted, month_on).items():
            key = Key(recipient_id=one.recipient_id, service=service, provider_id=one.provider_id)
            areas.setdefault(one.recipient_id, one.area)
            if one.needs_assessed:
                minutes[key] += ordered_minutes
            else:
                without.add(key)
    return OrderedMonth(
        minutes=dict(minutes), without_assessment=frozenset(without - minutes.keys()), areas=areas, orders=orders
    )


# --- where the recipient was ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """What is known of when a recipient was not at home: stays in hospital, and from when she was dead."""

    hospital: tuple[Pause, ...] = ()
    died_at: Instant | None = None


def hospital_stays(events: Iterable[Event]) -> tuple[Pause, ...]:
    """Return the stays that the events tell, in order; coming home that is told anew replaces what was told."""
    as_steps = {EventKind.HOSPITAL: OrderAct.PAUSE, EventKind.PLANNED_DISCHARGE: OrderAct.RESUME}
    told: list[OrderStep] = []
    for one in events:
        act = as_steps.get(one.kind)
        is_told_twice = act is OrderAct.PAUSE and bool(told) and told[-1].act is OrderAct.PAUSE
        if act is not None and not is_told_twice:
            told.append(OrderStep(act=act, at=one.at))
    return pauses_of(told)


def events_of(recipient_ids: Collection[int], *, known_at: datetime) -> dict[int, tuple[Event, ...]]:
    """Return what has happened to some recipients, as it was told, by the recipient's id."""
    rows = HomeEvent.objects.filter(recipient_id__in=recipient_ids, known_at__lte=known_at).order_by("id")
    found: defaultdict[int, list[Event]] = defaultdict(list)
    for row in rows:
        found[row.recipient_id].append(event(row))
    return {recipient_id: tuple(events) for recipient_id, events in found.items()}
