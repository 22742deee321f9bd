"""A payment order: made from a fully signed claim, once, when nothing stands in its way."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.apps.signed_months import (
    LATER,
    PAYABLE_ORE,
    a_calculated_claim,
    calculate,
    claim,
    hand_in,
    law,
    let_elsa_report,
    order,
    publish,
    sign,
    sign_all,
)
from tests.cast import LONG_AGO, NOW, TOWN, Cast, a_payee, ok
from timvis.apps.accounting.actions import Ordered, order_payment
from timvis.apps.accounting.models import Entry, PaymentOrder
from timvis.apps.accounting.queries import ledger_check
from timvis.apps.audit.models import LogEntry
from timvis.apps.parties import actions as parties
from timvis.apps.parties.models import ProviderVersion
from timvis.apps.parties.particulars import RecipientParticulars
from timvis.core.access import Actor
from timvis.core.faults import Refusal
from timvis.core.ordering import Stopped
from timvis.core.review.finding import WordKind
from timvis.core.routine.records import Act


@pytest.fixture
def number(cast: Cast) -> str:
    """A claim that every attestant has signed."""
    number = a_calculated_claim(cast)
    sign_all(cast, number)
    return number


def outcome_of(actor: Actor, number: str) -> Ordered | Stopped | Refusal:
    return order_payment(actor, number, law=law(), now=LATER)


def obstacles(cast: Cast, number: str) -> list[str]:
    outcome = outcome_of(cast.hasse, number)
    assert isinstance(outcome, Stopped), outcome
    return [obstacle.code for obstacle in outcome.obstacles]


def test_eight_hours_at_299_kronor_are_ordered_to_the_payee(cast: Cast, number: str) -> None:
    ordered = order(cast, number)

    assert ordered == Ordered(end_to_end_id=f"{number}-1", amount_ore=PAYABLE_ORE)
    row = PaymentOrder.objects.get()
    assert (row.status, row.payee_version.account_number, row.reference) == ("reserved", "9912346", number)
    assert claim(number).status == "ordered"


def test_the_systems_own_authorization_attest_is_in_the_log(cast: Cast, number: str) -> None:
    order(cast, number)

    detail = LogEntry.objects.get(action="order", outcome="done").detail
    assert detail["authorization_attest"] == {
        "statement": claim(number).statements.get().digest,
        "signatures": [
            f"review_attest {cast.greta.person_id}",
            f"decision_attest {cast.david.person_id}",
            f"payment_release {cast.hasse.person_id}",
        ],
    }


def test_the_decision_attest_has_booked_the_debt(cast: Cast, number: str) -> None:
    entry = Entry.objects.get()
    transfer = entry.transfers.get()

    assert (entry.series, entry.number, entry.text) == (TOWN, 1, f"Beslutsattest {number}")
    assert (transfer.debit_account, transfer.credit_account, transfer.amount_ore) == ("4631", "2491", PAYABLE_ORE)
    assert transfer.coding == [["ansvar", "7420"], ["verksamhet", "513"]]
    found = ledger_check(TOWN)
    assert found is not None
    assert found.is_ok


def test_nobody_orders_what_is_not_fully_signed(cast: Cast) -> None:
    number = a_calculated_claim(cast)
    ok(sign(cast.greta, number, Act.REVIEW_ATTEST))
    assert outcome_of(cast.hasse, number) is Refusal.WRONG_STATE

    ok(sign(cast.david, number, Act.DECISION_ATTEST))
    assert outcome_of(cast.hasse, number) is Refusal.NOT_THE_NEXT_STEP


def test_a_claim_is_ordered_once(cast: Cast, number: str) -> None:
    order(cast, number)

    assert outcome_of(cast.hasse, number) is Refusal.WRONG_STATE
    assert PaymentOrder.objects.count() == 1


def test_the_database_itself_gives_a_statement_one_order(cast: Cast, number: str) -> None:
    order(cast, number)
    row = PaymentOrder.objects.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        PaymentOrder.objects.create(
            claim=row.claim,
            statement=row.statement,
            payee_version=row.payee_version,
            amount_ore=1,
            end_to_end_id="another",
            reference="another",
            made_at=NOW,
        )


@pytest.mark.parametrize("who", ["alma", "elsa", "fatima", "cecilia", "david"])
def test_only_finance_orders(cast: Cast, number: str, who: str) -> None:
    assert outcome_of(getattr(cast, who), number) is Refusal.ROLE_DOES_NOT_ALLOW


# --- what stands in the way -----------------------------------------------------------------------------


def test_without_a_power_of_attorney_in_original_the_payment_waits_and_says_why(cast: Cast) -> None:
    publish(cast)
    number = hand_in(cast)
    calculate(cast, number)
    sign_all(cast, number)

    outcome = outcome_of(cast.hasse, number)

    assert isinstance(outcome, Stopped)
    assert outcome.refusal is Refusal.DOCUMENTS_ARE_MISSING
    assert [one.message for one in outcome.obstacles] == [
        "Handlingen saknas: Fullmakt från den enskilde, i original på papper."
    ]
    assert claim(number).status == "attested"

    let_elsa_report(cast)
    assert order(cast, number).amount_ore == claim(number).statements.get().total_ore


def test_a_changed_payee_voids_what_was_signed(cast: Cast, number: str) -> None:
    ok(
        parties.change_payee(
            cast.greta,
            payee_id=cast.payee_id,
            particulars=a_payee("Ekot Förvaltning AB", "54029681", valid_from=date(2021, 1, 1)),
            seen=1,
            now=NOW,
        )
    )
    assert obstacles(cast, number) == ["changed_since_attest"]

    calculate(cast, number, now=LATER)
    evening = LATER + timedelta(minutes=5)
    sign_all(cast, number, now=evening)

    assert order(cast, number, now=evening).end_to_end_id == f"{number}-2"


def test_f_tax_that_ended_before_the_payment_stops_it(cast: Cast, number: str) -> None:
    told = ProviderVersion.objects.get(thing_id=cast.ekot_id)
    ProviderVersion.objects.create(
        thing_id=cast.ekot_id,
        number=2,
        known_at=NOW,
        name=told.name,
        sort_key=told.sort_key,
        kind=told.kind,
        permit_is_known=True,
        permit_from=LONG_AGO,
        f_tax_is_known=True,
        f_tax_from=LONG_AGO,
        f_tax_to=date(2021, 1, 31),
        managers=told.managers,
    )

    assert obstacles(cast, number) == ["f_tax_is_missing", "employer_is_not_registered"]


# --- nothing to pay -------------------------------------------------------------------------------------


def test_a_claim_that_came_to_nothing_needs_no_bank(cast: Cast) -> None:
    publish(cast)
    number = hand_in(cast)
    gone = RecipientParticulars(name="Alma Åkesson", died_on=date(2020, 12, 31))
    ok(parties.change_recipient(cast.cecilia, recipient_id=cast.recipient_id, particulars=gone, seen=1, now=NOW))
    calculate(cast, number, word=WordKind.ACCEPT)
    sign_all(cast, number)

    ordered = order(cast, number)

    assert ordered == Ordered(end_to_end_id=None, amount_ore=0)
    assert claim(number).status == "booked"
    assert not Entry.objects.exists()


def test_a_new_decision_runs_the_old_debt_backwards(cast: Cast, number: str) -> None:
    calculate(cast, number, now=LATER)
    sign_all(cast, number, now=LATER + timedelta(minutes=5))

    found = ledger_check(TOWN)

    assert found is not None
    assert found.is_ok, found.failures
    assert found.sums == {"2491": -PAYABLE_ORE, "4631": PAYABLE_ORE}
    assert Entry.objects.count() == 2


def test_an_old_login_may_order_since_the_order_decides_nothing(cast: Cast, number: str) -> None:
    since_morning = replace(cast.hasse, logged_in_at=NOW - timedelta(hours=5))

    assert isinstance(outcome_of(since_morning, number), Ordered)
