"""A town with home care under a choice system: the answered routine, two providers, a decision for Alma."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from tests.apps.signed_months import law
from tests.cast import LONG_AGO, REGISTERED_AT, Cast, ok, on_stage
from timvis.apps.audit import persons
from timvis.apps.decisions.actions import HomeCareParticulars, register_home_care_decision
from timvis.apps.home_orders import actions
from timvis.apps.home_orders.actions import WantedOrder
from timvis.apps.home_orders.models import HomeOrder
from timvis.apps.routines.actions import draft_routine, publish_routine
from timvis.core.access import Actor, HomeOrderStatus, Role
from timvis.core.calendar.local_time import instant_of
from timvis.core.home_care.decided import DecidedService
from timvis.core.quantities import Minutes
from timvis.core.records import GrantUnit

TOWN = "leksand"
ROUTINE = Path(__file__).parents[3] / "examples" / "leksand" / "home_care.toml"

MONDAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
"""A Monday at 9.00 in Sweden."""

CARE = DecidedService(service="home_care", minutes=Minutes(1800), per=GrantUnit.MONTH)
"""Thirty hours a month."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """The cast, the head of the authority, and what Alma is decided."""

    cast: Cast
    hanna: Actor  # authority head
    decision_id: int

    def order(self, order_id: int) -> HomeOrder:
        """Return an order as it stands."""
        return HomeOrder.objects.get(pk=order_id)


def at(actor: Actor, now: datetime) -> Actor:
    """Return an actor who has just logged in."""
    return replace(actor, logged_in_at=now)


def a_town() -> Town:
    """Return a town where the routine is adopted and Alma has a decision of thirty hours a month."""
    cast = on_stage(TOWN, "Kommunen")
    drafted = ok(
        draft_routine(
            at(cast.david, REGISTERED_AT), ROUTINE.read_bytes(), source="leksand/home_care.toml", now=REGISTERED_AT
        )
    )
    assert isinstance(drafted, int), drafted
    hanna = an_employee(cast, "197306199287", "Hanna Ek", Role.AUTHORITY_HEAD)
    published = publish_routine(at(hanna, REGISTERED_AT), drafted, now=REGISTERED_AT)
    assert isinstance(published, int), published
    return Town(cast=cast, hanna=hanna, decision_id=decided(cast, "SoL-2026-1"))


def an_employee(cast: Cast, number: str, name: str, role: Role) -> Actor:
    """Return somebody with a role in the town."""
    machine = at(cast.machine, REGISTERED_AT)
    person_id = ok(persons.register_person(machine, personal_number=number, name=name, now=REGISTERED_AT))
    ok(
        persons.give_role(
            machine, person_id=person_id, role=role, held_from=LONG_AGO, reason="Anställd", now=REGISTERED_AT
        )
    )
    return replace(cast.cecilia, person_id=person_id, name=name, personal_number=number, roles=frozenset({role}))


def decided(
    cast: Cast,
    reference: str,
    *services: DecidedService,
    needs_assessed: bool = True,
    decided_on: date = MONDAY,
    valid_to: date | None = None,
) -> int:
    """Return the id of a decision on home care for Alma, from the first of March 2026, until further or to a day."""
    outcome = register_home_care_decision(
        cast.cecilia,
        recipient_id=cast.recipient_id,
        reference=reference,
        particulars=HomeCareParticulars(
            decided_on=decided_on,
            decided_by="Cecilia Öst",
            valid_from=date(2026, 3, 1),
            valid_to=valid_to,
            services=services or (CARE,),
            needs_assessed=needs_assessed,
        ),
        law=law(),
        now=NOW,
    )
    assert isinstance(outcome, int), outcome
    return outcome


def wanted(town: Town, **says: object) -> WantedOrder:
    """Return what Cecilia orders of Ekot for Alma: everything decided, from today."""
    order = WantedOrder(
        recipient_id=town.cast.recipient_id,
        provider_id=town.cast.ekot_id,
        decision_id=town.decision_id,
        services=(CARE,),
        from_on=MONDAY,
        area="Centrum",
    )
    return replace(order, **says)  # type: ignore[arg-type]


def placed(town: Town, now: datetime = NOW, **says: object) -> int:
    """Return the id of an order that Cecilia has placed."""
    outcome = actions.place_order(at(town.cast.cecilia, now), wanted(town, **says), now=now)
    assert isinstance(outcome, int), outcome
    return outcome


def started(town: Town, now: datetime = NOW, **says: object) -> int:
    """Return the id of an order that its provider has confirmed and begun in the hour it was placed."""
    order_id = placed(town, now, **says)
    at_ekot = town.order(order_id).provider_id == town.cast.ekot_id
    hers = at(town.cast.elsa if at_ekot else town.cast.fatima, now)
    assert actions.confirm_order(hers, order_id, now=now) is HomeOrderStatus.CONFIRMED
    assert actions.start_service(hers, order_id, started_at=instant_of(now), now=now) is HomeOrderStatus.STARTED
    return order_id
