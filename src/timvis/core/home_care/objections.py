"""What a single visit is asked about when it is laid beside the orders: it was not ordered, or not then.

Such a visit is kept as it was told: the order may be the one that is late. But nobody counts it without having looked.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from timvis.core.home_care.ordered import Pause
from timvis.core.home_care.visits import RegisteredVisit, VisitState
from timvis.core.records import Instant


class ObjectionKind(StrEnum):
    """What is wrong with a visit beside the orders; the first that holds is the one that is told."""

    NO_ORDER = "no_order"
    BEFORE_THE_ORDER = "before_the_order"
    AFTER_THE_END = "after_the_end"
    DURING_A_PAUSE = "during_a_pause"
    SERVICE_IS_NOT_ORDERED = "service_is_not_ordered"
    ALSO_FROM_ANOTHER_SYSTEM = "also_from_another_system"


OBJECTION_TEXTS: Mapping[ObjectionKind, str] = {
    ObjectionKind.NO_ORDER: "Personen har ingen beställning hos utföraren.",
    ObjectionKind.BEFORE_THE_ORDER: "Besöket ligger före beställningens första dag.",
    ObjectionKind.AFTER_THE_END: "Besöket ligger efter att beställningen har avslutats.",
    ObjectionKind.DURING_A_PAUSE: "Besöket ligger i ett uppehåll i beställningen.",
    ObjectionKind.SERVICE_IS_NOT_ORDERED: "Insatsen ingår inte i beställningen den dagen.",
    ObjectionKind.ALSO_FROM_ANOTHER_SYSTEM: "Ett annat system har lämnat ett besök med samma person, insats och tider.",
}
"""What each says to people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderedTime:
    """That a recipient's services are ordered of a provider from an instant on; `to_at` None until further."""

    recipient: str
    services: frozenset[str]
    from_at: Instant
    to_at: Instant | None = None
    paused: tuple[Pause, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitObjection:
    """A visit, and what is asked about it."""

    kind: ObjectionKind
    visit: RegisteredVisit

    @property
    def text(self) -> str:
        """What it says to people."""
        return OBJECTION_TEXTS[self.kind]


def objections(visits: Sequence[RegisteredVisit], ordered: Iterable[OrderedTime]) -> tuple[VisitObjection, ...]:
    """Return what is asked about a provider's performed visits, in the order they stand; at most one each."""
    orders: dict[str, list[OrderedTime]] = {}
    for one in ordered:
        orders.setdefault(one.recipient, []).append(one)
    twice = frozenset(_from_two_systems(visits))
    found = []
    for number, visit in enumerate(visits):
        if visit.state is not VisitState.PERFORMED:
            continue
        kind = _beside(visit, orders.get(visit.recipient, []))
        if kind is None and number in twice:
            kind = ObjectionKind.ALSO_FROM_ANOTHER_SYSTEM
        if kind is not None:
            found.append(VisitObjection(kind=kind, visit=visit))
    return tuple(found)


def _beside(visit: RegisteredVisit, orders: Sequence[OrderedTime]) -> ObjectionKind | None:
    """Return what is wrong with a visit beside its recipient's orders. It belongs to the instant it began."""
    at = visit.start_at
    if not orders:
        return ObjectionKind.NO_ORDER
    then = [one for one in orders if one.from_at <= at and (one.to_at is None or at < one.to_at)]
    if not then:
        begun = any(one.from_at <= at for one in orders)
        return ObjectionKind.AFTER_THE_END if begun else ObjectionKind.BEFORE_THE_ORDER
    going_on = [one for one in then if not _is_paused(one, at)]
    if not going_on:
        return ObjectionKind.DURING_A_PAUSE
    if not any(visit.service in one.services for one in going_on):
        return ObjectionKind.SERVICE_IS_NOT_ORDERED
    return None


def _is_paused(ordered: OrderedTime, at: Instant) -> bool:
    return any(pause.covers(at) for pause in ordered.paused)


def _from_two_systems(visits: Sequence[RegisteredVisit]) -> Iterator[int]:
    """Yield the places of performed visits that another system tells of at the same times with other staff."""
    systems: dict[tuple[str, str, int, int], str] = {}
    for number, visit in enumerate(visits):
        if visit.state is VisitState.PERFORMED:
            time = (visit.recipient, visit.service, visit.start_at, visit.end_at)
            if systems.setdefault(time, visit.system) != visit.system:
                yield number
