"""The demonstration's database, made once per run and process, and copies of it to work in.

It is what `timvis serve` lays up. Ekköping's last month lies open on the desk, and its practice data beside it;
Västerås's months are paid, booked and archived; Motala takes invoices. The same people work in all three. The tests add
Fatima, who is a case officer somewhere else and must never see anything of them.
"""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

from django.apps import apps
from django.conf import settings
from django.db import connection

from timvis.apps.audit import persons
from timvis.apps.audit.queries import person_by_number
from timvis.apps.parties import actions as parties
from timvis.apps.parties.queries import actor_of
from timvis.cli.demonstration.run import run
from timvis.core.access import Actor, Role
from timvis.core.faults import Refusal

TOWN, OLDER_TOWN, INVOICE_TOWN, OTHER_TOWN = "ekkoping", "vasteras", "motala", "annorstad"
A_CLAIM = "ekkoping-2026-0001"
NOW = datetime(2026, 11, 10, 9, 0, tzinfo=UTC)
"""When every web test happens: after the open month was handed in, reviewed and in part signed."""

EXAMPLES = Path(__file__).parents[2] / "examples"

NUMBERS = {
    "cecilia": "198810052384",  # case officer
    "gunnel": "197801262382",  # administrative assistant
    "helena": "198511192380",  # finance assistant
    "david": "197901012398",  # head of social services
    "erik": "198001022394",  # section head
    "ellen": "199302162384",  # reports for Ekot AB
    "sixten": "198701012398",  # reports for Sista Utposten AB
    "doris": "198004042381",  # receives assistance
    "ivar": "199104022398",  # receives assistance and employs his assistants himself
    "agnes": "197002129273",  # authority head
    "bodil": "197110021834",  # budget owner
    "konrad": "197205169266",  # controller
    "rakel": "197310319293",  # auditor
    "sune": "197402259274",  # system operator
    "olle": "197502199255",  # agent
    "ida": "197207172391",  # staffing assistant
    "jon": "197511199288",  # duty supervisor
    "frida": "198306259287",  # fee officer
    "fatima": "198005142396",  # case officer in another town
}

_SINCE = date(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class Place:
    """A database and the home folder that goes with it."""

    database: str
    home: Path


@contextmanager
def standing_in(place: Place) -> Iterator[Place]:
    """Let everything use a place's database and home folder, at `NOW`, until the block ends."""
    before = connection.settings_dict["NAME"], settings.HOME, settings.FIXED_NOW
    _stand(place.database, place.home, NOW)
    try:
        yield place
    finally:
        _stand(*before)


@contextmanager
def the_demonstration(home: Path) -> Iterator[Place]:
    """Give the demonstration in a database of its own beside the empty one of the tests."""
    with _copied(connection.settings_dict["NAME"], home) as place:
        with standing_in(place):
            _count_from_one()
            told = run(EXAMPLES, lambda month: None, leave_open=True)
            assert told.ok
            _add_fatima()
        yield place


@contextmanager
def a_copy(of: Place, home: Path) -> Iterator[Place]:
    """Give a copy of a place that nobody else sees, thrown away when the block ends."""
    shutil.copytree(of.home, home, dirs_exist_ok=True)
    with _copied(of.database, home) as place:
        yield place


def _stand(database: str, home: Path, now: datetime | None) -> None:
    connection.close()
    connection.settings_dict["NAME"] = database
    settings.HOME, settings.FIXED_NOW = home, now


@contextmanager
def _copied(source: str, home: Path) -> Iterator[Place]:
    copy = _copy_by_vendor[connection.vendor]
    connection.close()
    with copy(source, home) as name:
        yield Place(name, home)
        connection.close()


@contextmanager
def _sqlite_copy(source: str, home: Path) -> Iterator[str]:
    target = home / "timvis.sqlite3"
    with sqlite3.connect(source) as old, sqlite3.connect(target) as new:
        old.backup(new)
    old.close()
    new.close()
    yield str(target)


@contextmanager
def _postgresql_copy(source: str, home: Path) -> Iterator[str]:
    name = f"timvis_{uuid4().hex}"
    _on_the_server(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')
    try:
        yield name
    finally:
        _on_the_server(f'DROP DATABASE "{name}" WITH (FORCE)')


def _on_the_server(statement: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)


_copy_by_vendor: dict[str, Callable[[str, Path], AbstractContextManager[str]]] = {
    "sqlite": _sqlite_copy,
    "postgresql": _postgresql_copy,
}


def _count_from_one() -> None:
    """Let every empty table number its rows from one: a sequence remembers the rows that other tests rolled back."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for model in apps.get_models():
            if model._meta.app_config.name.startswith("timvis.") and not model._default_manager.exists():
                cursor.execute(
                    "SELECT setval(pg_get_serial_sequence(%s, %s), 1, false)",
                    [model._meta.db_table, model._meta.pk.column],
                )


def acting(key: str, town: str = TOWN) -> Actor:
    """Return somebody as she acts in a town, having just logged in."""
    person = person_by_number(NUMBERS[key])
    assert person
    actor = actor_of(person.pk, municipality=town, logged_in_at=NOW, on=NOW.date())
    assert actor
    return actor


def _add_fatima() -> None:
    began = datetime.combine(_SINCE, NOW.timetz())
    there = persons.machine(OTHER_TOWN, began)
    _ok(parties.register_municipality(there, name="Annorstads kommun", organisation_number="2120009036", now=began))
    person_id = persons.register_person(there, personal_number=NUMBERS["fatima"], name="Fatima Fjäll", now=began)
    assert not isinstance(person_id, Refusal)
    given = persons.give_role(
        there, person_id=person_id, role=Role.CASE_OFFICER, held_from=_SINCE, reason="Anställd", now=began
    )
    _ok(given)


def _ok(outcome: object) -> None:
    assert not isinstance(outcome, Refusal), outcome
