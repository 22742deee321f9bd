"""Four eyes are two persons: not two roles, not two accounts, not two rows that somebody wrote past the act."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction

from tests.apps.signed_months import LATER, a_calculated_claim, claim, give_the_town_an_account, law, sign
from tests.cast import DAVID_NUMBER, NOW, TOWN, Cast, ok, with_role
from timvis.apps.accounting.actions import order_payment
from timvis.apps.attestation.models import SignedAct
from timvis.apps.audit.models import Account, Person
from timvis.apps.audit.persons import register_account, register_person
from timvis.apps.audit.queries import person_by_number
from timvis.apps.parties.queries import actor_of
from timvis.core.access import Actor, Role
from timvis.core.faults import Refusal
from timvis.core.routine.records import Act


@pytest.fixture
def number(cast: Cast) -> str:
    return a_calculated_claim(cast)


def through(account_id: int) -> Actor:
    """Return the actor of whoever logs in by an account."""
    person_id = Account.objects.get(pk=account_id).person_id
    actor = actor_of(person_id, municipality=TOWN, logged_in_at=LATER, on=LATER.date())
    assert actor is not None
    return actor


def test_a_second_account_is_the_same_pair_of_eyes(cast: Cast, number: str) -> None:
    greta = cast.greta.person_id
    with_role(cast.greta, Role.HEAD_OF_SOCIAL_SERVICES)
    first = ok(register_account(cast.machine, person_id=greta, issuer="id.a.se", subject="7", now=NOW))
    second = ok(register_account(cast.machine, person_id=greta, issuer="id.b.se", subject="99", now=NOW))

    ok(sign(through(first), number, Act.REVIEW_ATTEST))

    assert sign(through(second), number, Act.DECISION_ATTEST) is Refusal.SAME_PERSON_ALREADY_SIGNED


def test_a_person_is_one_whoever_registers_her_again(cast: Cast) -> None:
    again = ok(register_person(cast.machine, personal_number=DAVID_NUMBER, name="Dawid Aas", now=NOW))

    assert again == cast.david.person_id
    found = person_by_number(DAVID_NUMBER)
    assert found is not None
    assert found.pk == cast.david.person_id


@pytest.mark.parametrize("number", [DAVID_NUMBER, DAVID_NUMBER[:8] + "-" + DAVID_NUMBER[8:], DAVID_NUMBER[2:]])
def test_the_database_refuses_a_second_person_with_a_number_in_any_writing(cast: Cast, number: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Person.objects.create(personal_number=number, name="David igen", sort_key="david igen")


def test_a_change_of_role_between_the_steps_changes_no_person(cast: Cast, number: str) -> None:
    ok(sign(cast.greta, number, Act.REVIEW_ATTEST))
    for role in (Role.HEAD_OF_SOCIAL_SERVICES, Role.AUTHORITY_HEAD, Role.BUDGET_OWNER):
        promoted = with_role(cast.greta, role)
        assert sign(promoted, number, Act.DECISION_ATTEST) in {
            Refusal.SAME_PERSON_ALREADY_SIGNED,
            Refusal.ROLE_DOES_NOT_ALLOW,
        }


def test_signatures_written_past_the_act_pay_nothing(cast: Cast, number: str) -> None:
    # Somebody imports two signatures of David's straight into the table, without their parts in the separations.
    ok(sign(cast.greta, number, Act.REVIEW_ATTEST))
    first = SignedAct.objects.get()
    for act in (Act.DECISION_ATTEST, Act.PAYMENT_RELEASE):
        SignedAct.objects.create(
            claim=claim(number),
            round=first.round,
            step=act.value,
            act=act,
            person_id=cast.david.person_id,
            role="",
            statement_digest=first.statement_digest,
            shown_digest=first.shown_digest,
            signed_at=LATER,
        )
    claim_now = claim(number)
    claim_now.status = "attested"
    claim_now.save()
    give_the_town_an_account(cast)

    refusal = order_payment(replace(cast.hasse, logged_in_at=LATER), number, law=law(), now=LATER)

    assert refusal is Refusal.SAME_PERSON_ALREADY_SIGNED
