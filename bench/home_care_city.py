"""The city of `home_care.py` in the database: its routine, its providers, whom they help, and what is asked of it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from django.core.management import call_command
from django.db import connection

from bench.home_care_month import MONTH_ON, PROVIDERS, SERVICES, Helped
from timvis.apps.audit import guards
from timvis.apps.audit.persons import machine
from timvis.apps.decisions.models import HomeCareDecision
from timvis.apps.home_orders.models import HomeOrder, HomeOrderStep, OrderedService
from timvis.apps.parties.models import Municipality, Provider, Recipient
from timvis.apps.routines.models import RoutineStatus, RoutineVersion
from timvis.apps.visits import queries
from timvis.apps.visits.actions import HandedIn, VisitsFile, hand_in_visits
from timvis.apps.visits.models import Way
from timvis.cli.seeding.invented import organisation_number
from timvis.core.access import HomeOrderStatus
from timvis.core.calendar.local_time import instant
from timvis.core.home_care.order import OrderAct
from timvis.core.records import GrantUnit
from timvis.formats.home_care_visits.read import Ordered, ReadVisits, read_visits

TOWN, ROUTINE = "provkoping", Path(__file__).parents[1] / "examples" / "leksand" / "home_care.toml"
BEFORE = date(2026, 1, 1)
NOW = datetime(2026, 4, 1, 8, 0, tzinfo=UTC)
TODAY = date(2026, 4, 1)
AREAS = 12
MINUTES = 900
"""What is ordered of each service a month: a little more than is performed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class City:
    """The city and its providers in the order of their numbers."""

    municipality: Municipality
    providers: tuple[Provider, ...]


def lay_out(persons: tuple[Helped, ...]) -> City:
    """Return the city with everybody's help ordered and begun before the month."""
    call_command("migrate", interactive=False, verbosity=0)
    guards.install(connection)
    municipality = Municipality.objects.create(slug=TOWN, name="Provköping", organisation_number="2120000000")
    providers = tuple(
        Provider.objects.create(municipality=municipality, organisation_number=organisation_number(nth))
        for nth in range(1, PROVIDERS + 1)
    )
    city = City(municipality=municipality, providers=providers)
    _order(city, persons, _routine(municipality))
    return city


def _routine(municipality: Municipality) -> RoutineVersion:
    text = ROUTINE.read_text(encoding="utf-8").replace('"leksand', f'"{municipality.slug}')
    services = "\n".join(f'[[setting.service]]\nname = "{name}"\n' for name in SERVICES)
    text = text.replace('[[setting.service]]\nname = "home_care"\n', services)
    clerk = machine(municipality.slug, NOW)
    version = RoutineVersion.objects.create(
        slug=f"{municipality.slug}/home_care",
        municipality=municipality.slug,
        number=1,
        text=text,
        digest="",
        valid_from=BEFORE,
        known_at=NOW,
        adopted_by_id=clerk.person_id,
        adopted_on=BEFORE,
    )
    RoutineVersion.objects.filter(pk=version.pk).update(status=RoutineStatus.PUBLISHED)
    return version


def _order(city: City, persons: tuple[Helped, ...], version: RoutineVersion) -> None:
    begun, clerk = instant(BEFORE, 0), machine(TOWN, NOW)
    recipients = Recipient.objects.bulk_create(
        Recipient(municipality=city.municipality, personal_number=person.number) for person in persons
    )
    decisions = HomeCareDecision.objects.bulk_create(
        HomeCareDecision(recipient=recipient, reference="SoL") for recipient in recipients
    )
    orders = HomeOrder.objects.bulk_create(
        HomeOrder(
            municipality=city.municipality,
            recipient=recipient,
            provider=city.providers[person.provider],
            decision=decision,
            routine_version=version,
            legal_basis="SoL",
            needs_assessed=True,
            area=f"Område {nth % AREAS}",
            from_on=BEFORE,
            status=HomeOrderStatus.STARTED,
            placed_at=begun,
            started_at=begun,
            placed_by_id=clerk.person_id,
        )
        for nth, (person, recipient, decision) in enumerate(zip(persons, recipients, decisions, strict=True))
    )
    HomeOrderStep.objects.bulk_create(
        HomeOrderStep(
            order=order,
            number=number,
            act=act,
            status=status,
            at=begun,
            first_on=BEFORE if act is OrderAct.PLACE else None,
            known_at=NOW,
            person_id=clerk.person_id,
        )
        for order in orders
        for number, act, status in (
            (1, OrderAct.PLACE, HomeOrderStatus.PLACED),
            (2, OrderAct.START, HomeOrderStatus.STARTED),
        )
    )
    OrderedService.objects.bulk_create(
        OrderedService(
            order=order, step_number=1, from_on=BEFORE, service=service, minutes=MINUTES, per=GrantUnit.MONTH
        )
        for order in orders
        for service in SERVICES
    )


def read(content: bytes, persons: tuple[Helped, ...]) -> int:
    """Return how many visits a file has."""
    ordered = Ordered(recipients=frozenset(person.number for person in persons), services=frozenset(SERVICES))
    return len(_read(content, ordered).visits)


def _read(content: bytes, ordered: Ordered) -> ReadVisits:
    return read_visits(content, "mars.csv", ordered, today=TODAY)


def hand_in(city: City, provider: int, content: bytes) -> int:
    """Return how many visits of a provider's file are kept. Raises when anything is wrong with it."""
    file = VisitsFile(way=Way.FILE, read=partial(_read, content), content=content, name="mars.csv")
    outcome = hand_in_visits(machine(TOWN, NOW), city.providers[provider].pk, file, now=NOW)
    if not isinstance(outcome, HandedIn):
        raise TypeError(str(outcome)[:500])
    return outcome.kept


def reconcile(city: City) -> int:
    """Return how many lines the month has."""
    chosen = queries.counting_of(TOWN, MONTH_ON)
    assert chosen is not None
    return len(queries.lines_of_month(TOWN, MONTH_ON, chosen))


def odd(city: City) -> int:
    """Return how many signals there are."""
    providers = Provider.objects.select_related("municipality").filter(municipality=city.municipality)
    return sum(len(queries.signals_of_month(one, MONTH_ON, now=NOW).found) for one in providers)
