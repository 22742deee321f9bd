"""Rows of visits → core records, and back; what was ordered, as visits are laid beside it."""

from collections.abc import Iterable, Iterator, Mapping
from operator import attrgetter
from typing import Any

from timvis.apps.home_orders.records import Ordered
from timvis.apps.visits.models import Delivery, DeviationForm, Visit
from timvis.core.calendar.local_time import instant
from timvis.core.home_care import deviation
from timvis.core.home_care.delivery import KeptVisit
from timvis.core.home_care.deviation import Deviation, DeviationKind
from timvis.core.home_care.objections import OrderedTime
from timvis.core.home_care.visits import Place, RegisteredBy, RegisteredVisit, VisitState
from timvis.core.quantities import Minutes

COLUMNS = (
    "id",
    "recipient_id",
    "system",
    "key",
    "service",
    "state",
    "start_at",
    "end_at",
    "staff",
    "planned_minutes",
    "registered",
    "reason",
    "noticed_at",
    "shared_by",
    "northing",
    "easting",
    "line",
)
"""What a visit is read from, in this order: a month has too many rows to make objects of twice."""

_states = {state.value: state for state in VisitState}
_ways = {"": None, **{way.value: way for way in RegisteredBy}}


def kept_visits(rows: Iterable[tuple[Any, ...]], numbers: Mapping[int, str]) -> Iterator[KeptVisit]:
    """Yield visits from rows of `COLUMNS`; `numbers` are the recipients' personal numbers by id."""
    for row in rows:
        yield KeptVisit(id=row[0], visit=_visit(row, numbers))


def _visit(row: tuple[Any, ...], numbers: Mapping[int, str]) -> RegisteredVisit:
    (_, recipient_id, system, key, service, state, start_at, end_at, staff, planned, registered, *rest) = row
    reason, noticed_at, shared_by, northing, easting, line = rest
    return RegisteredVisit(
        key=key,
        system=system,
        recipient=numbers[recipient_id],
        service=service,
        state=_states[state],
        start_at=start_at,
        end_at=end_at,
        staff=staff,
        planned_minutes=planned,
        registered=_ways[registered],
        reason=reason,
        noticed_at=noticed_at,
        shared_by=shared_by,
        place=None if northing is None else Place(northing=northing, easting=easting),
        line=line,
    )


def row_of(visit: RegisteredVisit, delivery: Delivery, recipients: Mapping[str, int]) -> Visit:
    """Return a visit as it is kept; `recipients` are ids by personal number."""
    place = visit.place
    return Visit(
        delivery=delivery,
        provider_id=delivery.provider_id,
        recipient_id=recipients[visit.recipient],
        system=visit.system,
        key=visit.key,
        service=visit.service,
        state=visit.state.value,
        start_at=visit.start_at,
        end_at=visit.end_at,
        staff=visit.staff,
        planned_minutes=visit.planned_minutes,
        registered=visit.registered.value if visit.registered else "",
        reason=visit.reason,
        noticed_at=visit.noticed_at,
        shared_by=visit.shared_by,
        northing=place.northing if place else None,
        easting=place.easting if place else None,
        line=visit.line,
    )


def ordered_time(orders: Iterable[Ordered], numbers: Mapping[int, str]) -> Iterator[OrderedTime]:
    """Yield what some orders asked for, service by service, as visits are laid beside it."""
    for order in orders:
        for piece in order.granted:
            ends_at = instant(piece.granted_to, 0)
            yield OrderedTime(
                recipient=numbers[order.recipient_id],
                services=frozenset({piece.service}),
                from_at=instant(piece.granted_from, 0),
                to_at=ends_at if order.ended_at is None else min(ends_at, order.ended_at),
                paused=order.pauses,
            )


def form(row: DeviationForm) -> deviation.DeviationForm:
    """Return a deviation form with its rows, whose recipients are fetched with them."""
    return deviation.DeviationForm(
        month_on=row.month_on,
        rows=tuple(
            Deviation(
                recipient=one.recipient.personal_number,
                service=one.service,
                on=one.on,
                kind=DeviationKind(one.kind),
                planned_minutes=None if one.planned_minutes is None else Minutes(one.planned_minutes),
                performed_minutes=None if one.performed_minutes is None else Minutes(one.performed_minutes),
                text=one.text,
            )
            for one in sorted(row.rows.all(), key=attrgetter("number"))
        ),
        manager_name=row.manager_name,
        signed_on=row.signed_on,
    )
