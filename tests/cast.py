"""The cast: the same persons in every test, so that a test of who may do what reads as a sentence.

Alma receives assistance, Björn assists her, Ekot AB provides it (Elsa reports for Ekot). Cecilia is the case
officer, David the head of social services, Greta the administrative assistant, Hasse the finance assistant.
Fatima works for another provider, Fjärran AB, and must never see anything of Alma's.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TypeVar

from timvis.apps.audit import persons
from timvis.apps.audit.models import RoleHeld
from timvis.apps.decisions import actions as decisions
from timvis.apps.parties import actions as parties
from timvis.apps.parties import queries
from timvis.apps.parties.models import Municipality
from timvis.apps.parties.particulars import (
    AssistantParticulars,
    PayeeParticulars,
    ProviderParticulars,
    RecipientParticulars,
)
from timvis.core.access import Actor, Role
from timvis.core.faults import Refusal
from timvis.core.payment import AccountKind
from timvis.core.quantities import Minutes
from timvis.core.records import GrantUnit, ProviderKind, Regime, WorkingTimeLaw

TOWN = "vasteras"
OTHER_TOWN = "motala"
LONG_AGO = date(2015, 1, 1)
REGISTERED_AT = datetime(2018, 12, 3, 8, 0, tzinfo=UTC)
"""When the municipality learned of everybody."""
NOW = datetime(2021, 2, 1, 9, 0, tzinfo=UTC)
"""When a test happens, unless it says otherwise; everybody has just logged in."""

ALMA_NUMBER = "198002152380"
BJORN_NUMBER = "198308092389"
CECILIA_NUMBER = "197606052384"
DAVID_NUMBER = "196804159264"
ELSA_NUMBER = "197809082386"
FATIMA_NUMBER = "198005142396"
GRETA_NUMBER = "197109259288"
HASSE_NUMBER = "196605253225"

EKOT_NUMBER = "5599000105"
FJARRAN_NUMBER = "5599000204"
TOWN_NUMBER = "2120009010"
OTHER_TOWN_NUMBER = "2120009028"

T = TypeVar("T")


def ok(outcome: T | Refusal) -> T:
    """Return what an act gave, when it was not refused."""
    assert not isinstance(outcome, Refusal), outcome
    return outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Everybody's actor, and the ids of what they are about."""

    alma: Actor
    cecilia: Actor
    david: Actor
    elsa: Actor
    fatima: Actor
    greta: Actor
    hasse: Actor
    machine: Actor
    municipality_id: int
    recipient_id: int
    ekot_id: int
    fjarran_id: int
    assistant_id: int
    payee_id: int
    decision_id: int


def on_stage(town: str = TOWN, name: str = "Västerås") -> Cast:
    """Return the cast, registered by those whose task it is, as the municipality knew them from 2018 on."""
    machine = persons.machine(town, REGISTERED_AT)
    ok(parties.register_municipality(machine, name=name, organisation_number=TOWN_NUMBER, now=REGISTERED_AT))
    cecilia = _employee(machine, CECILIA_NUMBER, "Cecilia Öst", Role.CASE_OFFICER)
    greta = _employee(machine, GRETA_NUMBER, "Greta Ström", Role.ADMINISTRATIVE_ASSISTANT)
    recipient_id = ok(
        parties.register_recipient(
            cecilia,
            personal_number=ALMA_NUMBER,
            particulars=RecipientParticulars(name="Alma Åkesson"),
            now=REGISTERED_AT,
        )
    )
    ekot_id = a_provider(cecilia, EKOT_NUMBER, "Ekot AB")
    fjarran_id = a_provider(cecilia, FJARRAN_NUMBER, "Fjärran AB")
    elsa = _at_provider(machine, cecilia, ELSA_NUMBER, "Elsa Ek", ekot_id)
    return Cast(
        alma=_employee(machine, ALMA_NUMBER, "Alma Åkesson", Role.RECIPIENT),
        cecilia=cecilia,
        david=_employee(machine, DAVID_NUMBER, "David Ås", Role.HEAD_OF_SOCIAL_SERVICES),
        elsa=elsa,
        fatima=_at_provider(machine, cecilia, FATIMA_NUMBER, "Fatima Fjäll", fjarran_id),
        greta=greta,
        hasse=_employee(machine, HASSE_NUMBER, "Hasse Holm", Role.FINANCE_ASSISTANT),
        machine=replace(machine, logged_in_at=NOW),
        municipality_id=Municipality.objects.get(slug=town).pk,
        recipient_id=recipient_id,
        ekot_id=ekot_id,
        fjarran_id=fjarran_id,
        assistant_id=ok(
            parties.register_assistant(
                cecilia,
                provider_id=ekot_id,
                personal_number=BJORN_NUMBER,
                particulars=a_registered_assistant("Björn Berg", born_on=date(1983, 8, 9)),
                now=REGISTERED_AT,
            )
        ),
        payee_id=ok(
            parties.register_payee(
                replace(greta, logged_in_at=REGISTERED_AT),
                recipient_id=recipient_id,
                provider_id=ekot_id,
                particulars=a_payee("Ekot AB", "9912346", valid_from=date(2019, 1, 1)),
                now=REGISTERED_AT,
            )
        ),
        decision_id=ok(
            decisions.register_decision(
                cecilia,
                recipient_id=recipient_id,
                reference="LSS-2018-17",
                particulars=a_decision(valid_from=date(2019, 1, 1)),
                now=REGISTERED_AT,
            )
        ),
    )


def a_provider(officer: Actor, number: str, name: str) -> int:
    """Return the id of a company with permit, F-skatt and registration as employer."""
    particulars = ProviderParticulars(
        name=name,
        kind=ProviderKind.COMPANY,
        permit_is_known=True,
        permit_from=LONG_AGO,
        f_tax_is_known=True,
        f_tax_from=LONG_AGO,
        employer_registered_from=LONG_AGO,
        working_time_law=WorkingTimeLaw.WORKING_HOURS_ACT,
        managers=[ELSA_NUMBER],
    )
    return ok(
        parties.register_provider(officer, organisation_number=number, particulars=particulars, now=REGISTERED_AT)
    )


def a_registered_assistant(name: str, *, born_on: date) -> AssistantParticulars:
    """Return what an employer tells of an assistant that nothing speaks against."""
    return AssistantParticulars(
        name=name,
        born_on=born_on,
        lives_outside_eea=False,
        registered_on=REGISTERED_AT.date(),
        hired_on=date(2018, 12, 1),
    )


def a_payee(name: str, bankgiro: str, *, valid_from: date) -> PayeeParticulars:
    """Return a payee form with proof of the account."""
    return PayeeParticulars(
        payee_name=name,
        account_kind=AccountKind.BANKGIRO,
        account_number=bankgiro,
        valid_from=valid_from,
        form_received_on=REGISTERED_AT.date(),
        proof_received_on=REGISTERED_AT.date(),
    )


def a_decision(
    *, valid_from: date, hours_a_week: int = 40, valid_to: date | None = None
) -> decisions.DecisionParticulars:
    """Return a municipal decision under LSS 9 § 2."""
    return decisions.DecisionParticulars(
        regime=Regime.LSS,
        decided_on=date(2018, 12, 3),
        decided_by="Individutskottet",
        valid_from=valid_from,
        valid_to=valid_to,
        granted_minutes=Minutes(hours_a_week * 60),
        per=GrantUnit.WEEK,
    )


def in_another_town(actor: Actor) -> Actor:
    """Return the same person, with the same roles, in a municipality where none of this is known."""
    return replace(actor, municipality=OTHER_TOWN, provider_ids=frozenset())


def with_role(actor: Actor, role: Role) -> Actor:
    """Return the same person after a change of role: another one, given to her and held since long ago."""
    RoleHeld.objects.get_or_create(
        person_id=actor.person_id, role=role, municipality=actor.municipality, held_from=LONG_AGO
    )
    return replace(actor, roles=frozenset({role}))


def _employee(machine: Actor, number: str, name: str, role: Role) -> Actor:
    person_id = ok(persons.register_person(machine, personal_number=number, name=name, now=REGISTERED_AT))
    ok(
        persons.give_role(
            machine, person_id=person_id, role=role, held_from=LONG_AGO, reason="Anställd", now=REGISTERED_AT
        )
    )
    return _logged_in(person_id, machine.municipality)


def _at_provider(machine: Actor, officer: Actor, number: str, name: str, provider_id: int) -> Actor:
    actor = _employee(machine, number, name, Role.PROVIDER_ADMIN)
    ok(
        parties.register_membership(
            officer,
            provider_id=provider_id,
            person_id=actor.person_id,
            held_from=LONG_AGO,
            now=REGISTERED_AT,
        )
    )
    return _logged_in(actor.person_id, machine.municipality)


def _logged_in(person_id: int, town: str) -> Actor:
    actor = queries.actor_of(person_id, municipality=town, logged_in_at=NOW, on=NOW.date())
    assert actor is not None
    return actor
