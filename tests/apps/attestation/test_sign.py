"""Signing: the right person, in her turn, over what she saw; four eyes are two persons also to the database."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from tests.apps.signed_months import (
    LATER,
    PAYABLE_ORE,
    ROUTINE,
    a_calculated_claim,
    calculate,
    claim,
    law,
    sign,
    sign_all,
)
from tests.cast import BJORN_NUMBER, NOW, Cast, a_payee, in_another_town, ok, with_role
from timvis.apps.accounting.actions import sign_and_book
from timvis.apps.attestation.models import SeparationRow, SignedAct
from timvis.apps.attestation.queries import decision_attest, signatures, to_sign
from timvis.apps.audit.models import LogEntry
from timvis.apps.audit.persons import register_person
from timvis.apps.claims import actions as claims
from timvis.apps.parties import actions as parties
from timvis.core.access import Role
from timvis.core.faults import Refusal
from timvis.core.routine.records import Act


@pytest.fixture
def number(cast: Cast) -> str:
    return a_calculated_claim(cast)


def outcomes(number: str) -> list[tuple[str, str]]:
    rows = LogEntry.objects.filter(object_kind="claim", object_id=str(claim(number).pk)).order_by("id")
    return [(row.action, row.outcome) for row in rows]


def test_three_persons_sign_the_three_steps(cast: Cast, number: str) -> None:
    sign_all(cast, number)

    assert [(row.step, row.person.name) for row in signatures(claim(number))] == [
        ("review_attest", "Greta Ström"),
        ("decision_attest", "David Ås"),
        ("payment_release", "Hasse Holm"),
    ]
    assert claim(number).status == "attested"
    assert outcomes(number)[-3:] == [
        ("review_attest", "done"),
        ("decision_attest", "done"),
        ("payment_release", "done"),
    ]


def test_what_is_signed_is_the_digest_of_what_was_shown(cast: Cast, number: str) -> None:
    shown = to_sign(claim(number), now=LATER)
    assert shown is not None

    ok(sign(cast.greta, number, Act.REVIEW_ATTEST))

    (signed,) = SignedAct.objects.all()
    assert (signed.shown_digest, signed.statement_digest) == (shown.shown.digest, shown.shown.statement_digest)


def test_the_steps_are_signed_in_their_order(cast: Cast, number: str) -> None:
    assert sign(cast.david, number, Act.DECISION_ATTEST) is Refusal.NOT_THE_NEXT_STEP
    ok(sign(cast.greta, number, Act.REVIEW_ATTEST))
    assert sign(cast.greta, number, Act.REVIEW_ATTEST) is Refusal.NOT_THE_NEXT_STEP


def test_a_signature_that_the_routine_does_not_have_is_not_its_next_step(cast: Cast, number: str) -> None:
    assert sign(cast.greta, number, Act.RECEIPT_ATTEST) is Refusal.NOT_THE_NEXT_STEP


def test_the_access_table_is_asked_before_the_routine(cast: Cast, number: str) -> None:
    assert sign(cast.cecilia, number, Act.DECISION_ATTEST) is Refusal.ROLE_DOES_NOT_ALLOW
    assert sign(cast.fatima, number, Act.DECISION_ATTEST) is Refusal.ROLE_DOES_NOT_ALLOW
    assert outcomes(number)[-1] == ("decision_attest", "role_does_not_allow")


def test_the_routine_may_take_away_what_the_table_gives(cast: Cast, number: str) -> None:
    # A case officer may give a review attest by the table; this routine gives it to the administrative assistant.
    assert sign(cast.cecilia, number, Act.REVIEW_ATTEST) is Refusal.ROLE_DOES_NOT_ALLOW


def test_a_claim_of_another_municipality_does_not_exist(cast: Cast, number: str) -> None:
    stranger = in_another_town(replace(cast.david, logged_in_at=LATER))

    refusal = sign_and_book(stranger, number, Act.DECISION_ATTEST, shown_digest="", law=law(), now=LATER)

    assert refusal is Refusal.NOT_FOUND


def test_an_old_login_does_not_sign(cast: Cast, number: str) -> None:
    hour_old = replace(cast.greta, logged_in_at=LATER - timedelta(hours=1))

    refusal = sign_and_book(hour_old, number, Act.REVIEW_ATTEST, shown_digest="", law=law(), now=LATER)

    assert refusal is Refusal.LOGIN_TOO_OLD


# --- four eyes ------------------------------------------------------------------------------------------


def test_one_person_with_every_role_cannot_take_two_steps(cast: Cast, number: str) -> None:
    ok(sign(cast.greta, number, Act.REVIEW_ATTEST))

    promoted = with_role(cast.greta, Role.HEAD_OF_SOCIAL_SERVICES)

    assert sign(promoted, number, Act.DECISION_ATTEST) is Refusal.SAME_PERSON_ALREADY_SIGNED
    assert SignedAct.objects.count() == 1


def test_who_registered_the_paper_does_not_decide_on_it(cast: Cast, number: str) -> None:
    # Greta typed the form in. David reviews here, so that only her registering speaks against her.
    ok(sign(with_role(cast.david, Role.ADMINISTRATIVE_ASSISTANT), number, Act.REVIEW_ATTEST))

    refusal = sign(with_role(cast.greta, Role.HEAD_OF_SOCIAL_SERVICES), number, Act.DECISION_ATTEST)

    assert refusal is Refusal.SAME_PERSON_ALREADY_SIGNED


def test_who_calculated_does_not_decide(cast: Cast, number: str) -> None:
    ok(sign(cast.greta, number, Act.REVIEW_ATTEST))

    refusal = sign(with_role(cast.cecilia, Role.HEAD_OF_SOCIAL_SERVICES), number, Act.DECISION_ATTEST)

    assert refusal is Refusal.SAME_PERSON_ALREADY_SIGNED


def test_the_database_itself_refuses_a_second_part_by_plain_sql(cast: Cast, number: str) -> None:
    ok(sign(cast.greta, number, Act.REVIEW_ATTEST))
    row = SeparationRow.objects.get(separation="every_attest_by_another")

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO attestation_separationrow (claim_id, round, separation, person_id, act) "
            "VALUES (%s, %s, %s, %s, %s)",
            [row.claim_id, row.round, row.separation, row.person_id, "decision_attest"],
        )

    assert SeparationRow.objects.filter(separation="every_attest_by_another").count() == 1


def test_when_two_parts_race_the_constraint_decides_and_nothing_is_left_of_the_loser(cast: Cast, number: str) -> None:
    # Somebody's other window has just taken David's part: what the act reads doesn't show it, the table does.
    SeparationRow.objects.create(
        claim=claim(number),
        round=1,
        separation="every_attest_by_another",
        person_id=cast.david.person_id,
        act="payment_release",
    )
    ok(sign(cast.greta, number, Act.REVIEW_ATTEST))

    refusal = sign(cast.david, number, Act.DECISION_ATTEST)

    assert refusal is Refusal.SAME_PERSON_ALREADY_SIGNED
    assert decision_attest(claim(number)) is None
    assert claim(number).status == "calculated"
    assert outcomes(number)[-1] == ("decision_attest", "same_person_already_signed")


@pytest.mark.parametrize("table", ["attestation_signedact", "attestation_separationrow"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET round = 9", "DELETE FROM {}"])
def test_what_is_signed_is_never_changed(cast: Cast, number: str, table: str, statement: str) -> None:
    ok(sign(cast.greta, number, Act.REVIEW_ATTEST))

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))


# --- disqualified ---------------------------------------------------------------------------------------


def test_who_worked_in_the_month_does_not_attest_it(cast: Cast, number: str) -> None:
    bjorn_id = ok(
        register_person(cast.machine, personal_number=BJORN_NUMBER, name="Björn Berg", now=NOW),
    )
    bjorn = replace(cast.greta, person_id=bjorn_id, personal_number=BJORN_NUMBER)
    bjorn_at_the_office = with_role(bjorn, Role.ADMINISTRATIVE_ASSISTANT)

    assert sign(bjorn_at_the_office, number, Act.REVIEW_ATTEST) is Refusal.DISQUALIFIED


def test_who_vouched_for_the_month_at_the_provider_does_not_attest_it(cast: Cast, number: str) -> None:
    elsa_moonlights = replace(cast.elsa, roles=frozenset({Role.ADMINISTRATIVE_ASSISTANT}), provider_ids=frozenset())

    assert sign(elsa_moonlights, number, Act.REVIEW_ATTEST) is Refusal.NO_RELATION, "she is Alma's agent"


def test_alma_does_not_attest_her_own_month_whatever_her_role(cast: Cast, number: str) -> None:
    assert sign(with_role(cast.alma, Role.ADMINISTRATIVE_ASSISTANT), number, Act.REVIEW_ATTEST) is Refusal.NO_RELATION


# --- what was shown -------------------------------------------------------------------------------------


def test_a_changed_payee_is_not_what_was_shown(cast: Cast, number: str) -> None:
    before = to_sign(claim(number), now=LATER)
    assert before is not None
    change_the_payee(cast)

    refusal = sign_and_book(
        replace(cast.greta, logged_in_at=LATER),
        number,
        Act.REVIEW_ATTEST,
        shown_digest=before.shown.digest,
        law=law(),
        now=LATER,
    )

    assert refusal is Refusal.SHOWN_IS_NOT_CURRENT


def test_after_a_changed_payee_nobody_goes_on_signing_what_others_signed_before(cast: Cast, number: str) -> None:
    ok(sign(cast.greta, number, Act.REVIEW_ATTEST))
    change_the_payee(cast)

    assert sign(cast.david, number, Act.DECISION_ATTEST) is Refusal.SHOWN_IS_NOT_CURRENT

    calculate(cast, number, now=LATER)
    ok(sign(cast.greta, number, Act.REVIEW_ATTEST))
    assert isinstance(sign(cast.david, number, Act.DECISION_ATTEST), int)


def change_the_payee(cast: Cast) -> None:
    ok(
        parties.change_payee(
            cast.greta,
            payee_id=cast.payee_id,
            particulars=a_payee("Ekot Förvaltning AB", "54029681", valid_from=date(2021, 1, 1)),
            seen=1,
            now=NOW,
        )
    )


def test_a_new_statement_begins_a_new_round_and_the_old_signatures_stay(cast: Cast, number: str) -> None:
    ok(sign(cast.greta, number, Act.REVIEW_ATTEST))
    ok(sign(cast.david, number, Act.DECISION_ATTEST))

    calculate(cast, number, now=LATER)

    waiting = to_sign(claim(number), now=LATER)
    assert waiting is not None
    assert [step.name for step in waiting.steps] == ["review_attest"]
    assert [row.round for row in signatures(claim(number))] == [1, 1]
    # David decided in the first round; in the second he may take another part.
    ok(sign(with_role(cast.david, Role.ADMINISTRATIVE_ASSISTANT), number, Act.REVIEW_ATTEST))


def test_a_claim_that_is_sent_back_has_nothing_to_sign(cast: Cast, number: str) -> None:
    ok(claims.return_claim(cast.cecilia, number, reason="Fel månad.", now=LATER))

    assert sign(cast.greta, number, Act.REVIEW_ATTEST) is Refusal.WRONG_STATE


# --- the routine's own amount limits -----------------------------------------------------------------------


@pytest.mark.parametrize(("up_to_ore", "allowed"), [(PAYABLE_ORE, True), (PAYABLE_ORE - 1, False)])
def test_the_routines_own_limit_holds_when_somebody_signs(cast: Cast, up_to_ore: int, allowed: bool) -> None:
    limits = f"""
[[limit]]
act = "decision_attest"
role = "head_of_social_services"
up_to_ore = {up_to_ore}

[[limit]]
act = "decision_attest"
role = "municipal_director"
"""
    number = a_calculated_claim(cast, ROUTINE + limits.encode())
    ok(sign(cast.greta, number, Act.REVIEW_ATTEST))

    outcome = sign(cast.david, number, Act.DECISION_ATTEST)

    assert isinstance(outcome, int) if allowed else outcome is Refusal.ABOVE_AMOUNT_LIMIT
