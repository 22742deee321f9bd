"""The demonstration's database, made once per run and process, and copies of it to work in.

Ekköping's last month lies open on the desk; Västerås's are paid, booked and archived; Motala takes invoices. The same
people work in all three. To the examples' own people the tests add one for every other role, and Fatima, who is a
case officer somewhere else and must never see anything of them; and an agreement, a draft of a routine, a batch to
sign, a case file, an application and a letter, which no example has.
"""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

from django.apps import apps
from django.conf import settings
from django.db import connection

from tests.web.demo_applications import add_application
from tests.web.demo_case_file import add_case_file
from tests.web.demo_decided import add_decided_case
from tests.web.demo_home_care import add_home_care
from tests.web.demo_home_choices import add_home_choices
from tests.web.demo_reconciliation import add_reconciliation
from tests.web.demo_schedules import add_schedule
from tests.web.demo_state_registers import add_state_registers
from tests.web.demo_state_reports import add_state_report
from tests.web.demo_substitutes import add_substitutes
from timvis.apps.accounting.attest_batches import freeze_batch
from timvis.apps.audit import persons
from timvis.apps.audit.queries import person_by_number
from timvis.apps.documents.actions import send_letter
from timvis.apps.parties import actions as parties
from timvis.apps.parties.particulars import AgreementParticulars
from timvis.apps.parties.queries import actor_of, provider_by_number, recipient_by_number
from timvis.apps.routines.actions import draft_routine
from timvis.cli.demonstration.run import run
from timvis.config.law_book import law_book
from timvis.core.access import Actor, Role
from timvis.core.faults import Refusal
from timvis.core.letter import Head
from timvis.core.routine.records import Act
from timvis.formats.letter.read import example_values, packaged_letter

TOWN, OLDER_TOWN, INVOICE_TOWN, OTHER_TOWN = "ekkoping", "vasteras", "motala", "annorstad"
A_CLAIM = "ekkoping-2026-0001"
NOW = datetime(2026, 11, 10, 9, 0, tzinfo=UTC)
"""When every web test happens: after the open month was handed in, reviewed and in part signed."""

EXAMPLES = Path(__file__).parents[2] / "examples"

NUMBERS = {
    # Those of the example.
    "cecilia": "198810052384",  # case officer
    "gunnel": "197801262382",  # administrative assistant
    "helena": "198511192380",  # finance assistant
    "david": "197901012398",  # head of social services
    "erik": "198001022394",  # section head
    "ellen": "199302162384",  # reports for Ekot AB
    "sixten": "198701012398",  # reports for Sista Utposten AB
    "doris": "198004042381",  # receives assistance
    "ivar": "199104022398",  # receives assistance and employs his assistants himself
    # Those the tests add.
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

_ADDED = {
    "agnes": ("Agnes Alm", Role.AUTHORITY_HEAD),
    "bodil": ("Bodil Björk", Role.BUDGET_OWNER),
    "konrad": ("Konrad Kull", Role.CONTROLLER),
    "rakel": ("Rakel Rask", Role.AUDITOR),
    "sune": ("Sune Sand", Role.SYSTEM_OPERATOR),
    "olle": ("Olle Ombud", Role.AGENT),
    "ida": ("Ida Ivarsson", Role.STAFFING_ASSISTANT),
    "jon": ("Jon Jourman", Role.DUTY_SUPERVISOR),
    "frida": ("Frida Falk", Role.FEE_OFFICER),
    "doris": ("Doris Dahl", Role.RECIPIENT),
    "ivar": ("Ivar Isak", Role.OWN_EMPLOYER),
}
_SINCE = date(2026, 1, 1)

NEXT_YEAR = {
    "valid_from = 2026-01-01": "valid_from = 2027-01-01",
    'granted_window = "month"': 'granted_window = "week"',
    'role = "head_of_social_services"': 'role = "authority_head"',
    "due = { working_day = 10, months_after = 1 }": "due = { working_day = 3, months_after = 1 }",
}
"""What the draft of the town's next routine says otherwise."""


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
            _add_people()
            _add_an_agreement()
            _add_a_draft()
            _add_a_batch()
            _add_a_letter()
            add_case_file(*(_in(TOWN, key) for key in ("cecilia", "gunnel")), NOW)
            add_state_report(_in(TOWN, "gunnel"), NOW)
            add_application(*(_in(TOWN, key) for key in ("cecilia", "erik", "david")), NOW)
            add_decided_case(*(_in(TOWN, key) for key in ("cecilia", "gunnel", "david")), NOW)
            add_substitutes(lambda key: _in(TOWN, key), NOW)
            add_home_care(lambda key: _in(TOWN, key), NOW)
            add_home_choices(lambda key: _in(TOWN, key), NOW)
            add_reconciliation(lambda key: _in(TOWN, key))
            add_state_registers(_in(TOWN, "gunnel"), NOW)
            add_schedule(_in(TOWN, "gunnel"), NOW)
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


def _add_people() -> None:
    began = datetime.combine(_SINCE, NOW.timetz())
    here = persons.machine(TOWN, began)
    for key, (name, role) in _ADDED.items():
        for town in (TOWN, OLDER_TOWN, INVOICE_TOWN):
            _add(replace(here, municipality=town), key, name, role, began)
    there = replace(here, municipality=OTHER_TOWN)
    _ok(parties.register_municipality(there, name="Annorstads kommun", organisation_number="2120009036", now=began))
    _add(there, "fatima", "Fatima Fjäll", Role.CASE_OFFICER, began)


def _add_an_agreement() -> None:
    """Register what no example has: an agreement with Ekot AB, about a time that nobody has reported."""
    ekot = provider_by_number(TOWN, "5599000014")
    assert ekot
    says = AgreementParticulars(
        about="Assistans utöver beslutet", valid_from=date(2027, 1, 1), price_ore_per_hour=34_550
    )
    _ok(
        parties.register_agreement(
            _in(TOWN, "cecilia"), provider_id=ekot.pk, reference="AVT-1", particulars=says, now=NOW
        )
    )


def _in(town: str, key: str) -> Actor:
    """Return somebody as she acts in a town, having just logged in."""
    person = person_by_number(NUMBERS[key])
    assert person
    actor = actor_of(person.pk, municipality=town, logged_in_at=NOW, on=NOW.date())
    assert actor
    return actor


def _add_a_draft() -> None:
    """Let Erik, the section head, draft the town's next routine, which nobody has adopted."""
    erik = person_by_number(NUMBERS["erik"])
    assert erik
    head = actor_of(erik.pk, municipality=TOWN, logged_in_at=NOW, on=NOW.date())
    assert head
    text = (EXAMPLES / TOWN / "assistance.toml").read_text(encoding="utf-8")
    for before, after in NEXT_YEAR.items():
        assert before in text, before
        text = text.replace(before, after)
    _ok(draft_routine(head, text.encode(), source="assistance.toml", now=NOW))


def _add_a_batch() -> None:
    """Freeze what waits for David's decision in the open month, as he would see it."""
    person = person_by_number(NUMBERS["david"])
    assert person
    david = actor_of(person.pk, municipality=TOWN, logged_in_at=NOW, on=NOW.date())
    assert david
    _ok(freeze_batch(david, Act.DECISION_ATTEST, law=law_book(), now=NOW))


def _add_a_letter() -> None:
    """Let Cecilia tell Doris that her case is delayed, so that there is a letter that was sent."""
    doris = recipient_by_number(TOWN, NUMBERS["doris"])
    assert doris
    head = Head(sender="Kommunen", receiver=("Doris Dahl",), reference=A_CLAIM, written_on=NOW.date())
    values = example_values(packaged_letter("delay_announced"))
    _ok(send_letter(_in(TOWN, "cecilia"), "delay_announced", head, values, recipient_id=doris.pk, now=NOW))


def _add(machine: Actor, key: str, name: str, role: Role, now: datetime) -> None:
    person_id = persons.register_person(machine, personal_number=NUMBERS[key], name=name, now=now)
    assert not isinstance(person_id, Refusal)
    _ok(persons.give_role(machine, person_id=person_id, role=role, held_from=_SINCE, reason="Anställd", now=now))


def _ok(outcome: object) -> None:
    assert not isinstance(outcome, Refusal), outcome
