"""After an attest nothing of what was signed changes unseen: the signatures fall, and a new round begins."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from tests.apps.audit.past_the_guards import behind_the_guards
from tests.apps.signed_months import (
    LATER,
    a_calculated_claim,
    a_form,
    calculate,
    claim,
    give_the_town_an_account,
    law,
    sign,
    sign_all,
)
from tests.cast import NOW, Cast, a_decision, a_payee, ok
from timvis.apps.accounting.actions import order_payment
from timvis.apps.attestation.queries import to_sign
from timvis.apps.claims import actions as claims
from timvis.apps.claims.handing_in import Month, typed
from timvis.apps.claims.models import Statement
from timvis.apps.decisions.actions import change_decision
from timvis.apps.parties import actions as parties
from timvis.core.faults import Refusal
from timvis.core.ordering import Stopped
from timvis.core.payment import AccountKind
from timvis.core.routine.records import Act

PAYEE = a_payee("Ekot AB", "9912346", valid_from=date(2019, 1, 1))


@pytest.fixture
def number(cast: Cast) -> str:
    return a_calculated_claim(cast)


def change_payee(cast: Cast, **changes: object) -> None:
    told = replace(PAYEE, **changes)  # type: ignore[arg-type]  # the fields a test names
    ok(parties.change_payee(cast.greta, payee_id=cast.payee_id, particulars=told, seen=1, now=NOW))


def change_coding(number: str) -> None:
    """Rewrite the code parts of the routine that the claim is pinned to, as nobody can in the product."""
    version = claim(number).routine_version
    text = version.text.replace('ansvar = "7420"', 'ansvar = "7421"')
    table = "routines_routineversion"
    behind_the_guards(table, f"UPDATE {table} SET text = %s WHERE id = %s", text, version.pk)


CHANGES: dict[str, Callable[[Cast, str], None]] = {
    "payee": lambda cast, number: change_payee(cast, payee_name="Ekot Förvaltning AB"),
    "account": lambda cast, number: change_payee(cast, account_number="54029681"),
    "kind of account": lambda cast, number: change_payee(
        cast, account_kind=AccountKind.PLUSGIRO, account_number="2865434"
    ),
    "no payee any more": lambda cast, number: change_payee(cast, valid_from=date(2031, 1, 1)),
    "coding": lambda cast, number: change_coding(number),
}


@pytest.mark.parametrize("what", [one for one in CHANGES if one != "no payee any more"])
def test_what_was_signed_falls_when_this_changes(cast: Cast, number: str, what: str) -> None:
    ok(sign(cast.greta, number, Act.REVIEW_ATTEST))

    CHANGES[what](cast, number)

    waiting = to_sign(claim(number), now=LATER)
    assert waiting is not None
    assert not waiting.signatures_hold
    assert sign(cast.david, number, Act.DECISION_ATTEST) is Refusal.SHOWN_IS_NOT_CURRENT


@pytest.mark.parametrize("what", [one for one in CHANGES if one != "no payee any more"])
def test_nothing_is_ordered_when_this_changes_after_the_last_signature(cast: Cast, number: str, what: str) -> None:
    sign_all(cast, number)
    give_the_town_an_account(cast)

    CHANGES[what](cast, number)

    outcome = order_payment(replace(cast.hasse, logged_in_at=LATER), number, law=law(), now=LATER)
    assert isinstance(outcome, Stopped)


def test_a_form_for_a_later_day_leaves_what_was_signed(cast: Cast, number: str) -> None:
    ok(sign(cast.greta, number, Act.REVIEW_ATTEST))

    CHANGES["no payee any more"](cast, number)

    ok(sign(cast.david, number, Act.DECISION_ATTEST))


# --- hours, rate, period: only through a new calculation, which begins a new round ---------------------------


def test_other_hours_are_not_handed_in_under_the_signatures(cast: Cast, number: str) -> None:
    ok(sign(cast.greta, number, Act.REVIEW_ATTEST))

    month = Month(
        recipient_id=cast.recipient_id,
        provider_id=cast.ekot_id,
        month_on=date(2021, 1, 1),
        files=(typed("bjorn.json", a_form(4, 5)),),
    )
    refusal = claims.register_paper(cast.greta, month, received_at=LATER, now=LATER)

    assert refusal is Refusal.WRONG_STATE


def test_fewer_granted_hours_begin_a_new_round_when_they_are_counted(cast: Cast, number: str) -> None:
    ok(sign(cast.greta, number, Act.REVIEW_ATTEST))
    ok(sign(cast.david, number, Act.DECISION_ATTEST))
    before = claim(number).statements.latest("number")
    ok(
        change_decision(
            cast.cecilia,
            decision_id=cast.decision_id,
            particulars=a_decision(valid_from=date(2019, 1, 1), hours_a_week=1),
            seen=1,
            now=NOW,
        )
    )

    ok(claims.review_claim(cast.cecilia, number, law=law(), now=LATER))
    assert sign(cast.hasse, number, Act.PAYMENT_RELEASE) is Refusal.WRONG_STATE, "nothing to sign while it is reviewed"
    calculate(cast, number, now=LATER)

    begins_anew(number, before)


def test_a_new_rate_begins_a_new_round_when_it_is_counted(cast: Cast, number: str) -> None:
    ok(sign(cast.greta, number, Act.REVIEW_ATTEST))
    before = claim(number).statements.latest("number")
    code = "local.vasteras.amount"
    numbers = law().values[code]
    rows = tuple(replace(row, value=row.value * 2) for row in numbers.rows)
    dearer = replace(law(), values={**law().values, code: replace(numbers, rows=rows)})

    ok(claims.review_claim(cast.cecilia, number, law=dearer, now=LATER))
    ok(claims.calculate_claim(cast.cecilia, number, law=dearer, now=LATER))

    begins_anew(number, before)


def begins_anew(number: str, before: Statement) -> None:
    """Say that a claim has another statement, a second round, and every signature before it."""
    after = to_sign(claim(number), now=LATER)
    assert after is not None
    assert claim(number).round == 2
    assert claim(number).statements.latest("number").digest != before.digest
    assert [step.name for step in after.steps] == ["review_attest"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE claims_statement SET total_ore = total_ore + 1",
        "UPDATE claims_shift SET end_minute = end_minute + 1",
        "UPDATE parties_payeeversion SET account_number = '54029681'",
        "UPDATE parties_agreementversion SET price_ore_per_hour = 1",
        "UPDATE attestation_signedact SET shown_digest = 'x'",
    ],
)
def test_past_the_product_the_database_refuses(cast: Cast, number: str, statement: str) -> None:
    ok(sign(cast.greta, number, Act.REVIEW_ATTEST))
    table = statement.split()[1]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM {table}")
        if cursor.fetchone()[0] == 0:
            return  # SQLite asks its trigger per row

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
