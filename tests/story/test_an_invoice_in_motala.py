"""Three kinds of invoices through all hands in Motala: sick cost, performed assistance, the first twenty hours."""

import zipfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest

from tests.apps.invoices import office as at
from tests.apps.invoices.office import Office, an_office
from tests.apps.signed_months import law
from tests.cast import ok
from timvis.apps.accounting.actions import Ordered, book, order_payment, register_paying_account, take_bank_answer
from timvis.apps.accounting.models import PaymentOrder
from timvis.apps.accounting.payment_run import PaymentRun, run_payments
from timvis.apps.accounting.queries import ledger_check
from timvis.apps.archive.actions import archive_claim
from timvis.apps.archive.models import Package
from timvis.apps.attestation.queries import signatures
from timvis.apps.audit.actions import seal
from timvis.apps.audit.models import LogEntry
from timvis.apps.audit.queries import verdict
from timvis.apps.claims import actions as claims
from timvis.apps.claims.queries import recompute_all
from timvis.core.access import ClaimStatus
from timvis.core.faults import Refusal
from timvis.core.payment import AccountKind, PayeeAccount
from timvis.core.review.finding import WordKind
from timvis.core.routine.records import Act, ClaimKind
from timvis.formats.pain001.profile import shipped
from timvis.gateways.bank.fake import FakeBank

EXAMPLES = Path(__file__).parents[2] / "examples" / "motala" / "2024-03"
ORDERED_AT = datetime(2024, 5, 2, 8, 0, tzinfo=UTC)
PAID_AT = datetime(2024, 5, 3, 8, 0, tzinfo=UTC)
"""The invoices' last day to pay, a Friday."""
SICK_COST_ORE = 449_456  # 2 880,00 + 540,00 + 1 074,56


@pytest.fixture
def office(db: None) -> Office:
    return an_office()


@pytest.fixture
def bank(tmp_path: Path) -> FakeBank:
    return FakeBank(tmp_path / "bank", mode="test", profile=shipped())


# --- what the tests have in common ------------------------------------------------------------------------


def came(office: Office, name: str, *, replaces_id: int | None = None) -> int:
    """Return the id of an invoice of the example, taken in by Greta."""
    return at.take_in(office, name, (EXAMPLES / name).read_bytes(), replaces_id=replaces_id)


def a_sick_cost(office: Office) -> str:
    """Return the number of a claim on Ekot's invoice for Alma's regular assistant's sick days, registered by Greta."""
    invoice_id = came(office, "sjuklon.xml")
    number = at.opened(office, invoice_id, ClaimKind.SICK_COST, at.alma(office, SICK_COST_ORE))
    ok(at.stamp(office, number))
    reviewed = at.check(office, number)
    assert [finding.code for finding in reviewed.findings] == []
    ok(at.state(office, number))
    ok(at.sign(office.cast.greta, number, Act.REVIEW_ATTEST))
    ok(at.sign(office.cast.greta, number, Act.MATCH_HOURS))
    return number


def is_paid(office: Office, number: str, bank: FakeBank) -> PaymentOrder:
    """Let Greta order and pay, the bank answer and Greta book; return the order."""
    cast = office.cast
    account = PayeeAccount(kind=AccountKind.BANKGIRO, number="54029681")
    ok(register_paying_account(at.logged_in(cast.hasse, PAID_AT), account, now=PAID_AT))
    ordered = order_payment(cast.greta, number, law=law(), now=ORDERED_AT)
    assert isinstance(ordered, Ordered), ordered
    too_early, run = run_payments(cast.greta, bank, now=ORDERED_AT), run_payments(cast.greta, bank, now=PAID_AT)
    assert isinstance(too_early, PaymentRun)
    assert isinstance(run, PaymentRun), run
    assert (too_early.orders, run.orders) == (0, 1)
    bank.work(PAID_AT)
    for answer in bank.answers():
        assert not isinstance(
            take_bank_answer(cast.greta, answer.content, file_name=answer.name, now=PAID_AT), Refusal | tuple
        )
    assert book(cast.greta, now=PAID_AT) is not None
    return PaymentOrder.objects.get(claim__number=number)


# --- kind 1: the invoice opens a sick-cost case -----------------------------------------------------------------


def test_a_sick_cost_is_decided_on_its_invoice_and_goes_through_four_hands(office: Office, bank: FakeBank) -> None:
    number, cast = a_sick_cost(office), office.cast

    ok(at.decide(office, number, amount_ore=SICK_COST_ORE))
    ok(at.sign(cast.cecilia, number, Act.RECEIPT_ATTEST))
    assert at.sign(cast.cecilia, number, Act.DECISION_ATTEST) is Refusal.ROLE_DOES_NOT_ALLOW
    ok(at.sign(cast.david, number, Act.DECISION_ATTEST))
    ok(at.sign(cast.greta, number, Act.PAYMENT_RELEASE))
    order = is_paid(office, number, bank)

    signers = [row.person.name for row in signatures(at.claim(number))]
    assert signers == ["Greta Ström", "Greta Ström", "Cecilia Öst", "David Ås", "Greta Ström"]
    assert (order.amount_ore, order.ocr, order.reference) == (SICK_COST_ORE, "20240313", "")
    assert at.claim(number).status == ClaimStatus.BOOKED


def test_nobody_attests_the_decision_before_there_is_one(office: Office) -> None:
    number, cast = a_sick_cost(office), office.cast

    assert at.sign(cast.cecilia, number, Act.RECEIPT_ATTEST) is Refusal.NOT_THE_NEXT_STEP
    assert at.sign(cast.david, number, Act.DECISION_ATTEST) is Refusal.NOT_THE_NEXT_STEP
    ok(at.decide(office, number, amount_ore=SICK_COST_ORE))

    ok(at.sign(cast.cecilia, number, Act.RECEIPT_ATTEST))


def test_a_changed_decision_is_signed_anew_by_everybody(office: Office) -> None:
    number, cast = a_sick_cost(office), office.cast
    ok(at.decide(office, number, amount_ore=SICK_COST_ORE))
    ok(at.sign(cast.cecilia, number, Act.RECEIPT_ATTEST))

    ok(at.decide(office, number, amount_ore=SICK_COST_ORE))

    assert at.claim(number).round == 2
    assert at.sign(cast.david, number, Act.DECISION_ATTEST) is Refusal.NOT_THE_NEXT_STEP
    ok(at.sign(cast.greta, number, Act.REVIEW_ATTEST))


# --- kind 2: billed more than granted -------------------------------------------------------------------------


def test_an_invoice_for_more_than_was_granted_goes_back_and_the_new_one_is_paid(office: Office, bank: FakeBank) -> None:
    cast = office.cast
    wrong_id = came(office, "for-manga-timmar.xml")
    wrong = at.opened(office, wrong_id, ClaimKind.ASSISTANCE, at.beda(office, 3_960_000, 120 * 60))
    ok(at.stamp(office, wrong))

    found = {finding.code: finding for finding in at.check(office, wrong).findings}
    assert "120,00 timmar" in found["more_hours_than_granted"].message
    ok(claims.give_word(cast.cecilia, wrong, [found["more_hours_than_granted"].key], WordKind.ACCEPT, now=at.NOW))
    assert at.state(office, wrong) is Refusal.FINDING_STOPS
    ok(claims.return_claim(cast.greta, wrong, reason="Timmarna stämmer inte.", now=at.NOW))

    returned = at.invoice(wrong_id).returned
    assert "110,00 är beviljade" in returned.letter
    assert b"<cbc:ResponseCode>RE</cbc:ResponseCode>" in bytes(returned.message)
    assert b">QUA</cbc:StatusReasonCode>" in bytes(returned.message)
    assert signatures(at.claim(wrong)) == ()

    new_id = came(office, "ratta-timmar.xml", replaces_id=wrong_id)
    number = at.opened(office, new_id, ClaimKind.ASSISTANCE, at.beda(office, 3_630_000, 110 * 60))
    ok(at.stamp(office, number))
    assert [finding.code for finding in at.check(office, number).findings] == []
    ok(at.state(office, number))
    ok(at.sign(cast.greta, number, Act.REVIEW_ATTEST))
    ok(at.sign(cast.greta, number, Act.MATCH_HOURS))
    ok(at.decide(office, number, amount_ore=3_630_000))
    ok(at.sign(cast.cecilia, number, Act.RECEIPT_ATTEST))
    ok(at.sign(cast.david, number, Act.DECISION_ATTEST))
    ok(at.sign(cast.greta, number, Act.PAYMENT_RELEASE))
    assert is_paid(office, number, bank).amount_ore == 3_630_000
    assert at.invoice(wrong_id).status == "replaced"


# --- kind 3: the first twenty hours -----------------------------------------------------------------------------


def a_state_invoice(office: Office) -> str:
    """Return the number of a claim on the state's invoice for Alma and Beda together, with Greta's attest."""
    invoice_id = came(office, "forsta-tjugo-timmarna.xml")
    laid = (at.alma(office, 1_663_000, 50 * 60), at.beda(office, 665_200, 20 * 60))  # 50 and 20 hours at 332,60
    at.grant(office.cast, office.beda_id, "SFB-2024-4", hours=21, per=at.GrantUnit.WEEK, regime=at.Regime.SFB)
    number = at.opened(office, invoice_id, ClaimKind.FIRST_TWENTY_HOURS, *laid)
    ok(at.stamp(office, number))
    # The town has no time reports of either: that is said of both, and asks for no word.
    assert {finding.code for finding in at.check(office, number).findings} == {"first_hours_cannot_be_checked"}
    ok(at.state(office, number))
    ok(at.sign(office.cast.greta, number, Act.REVIEW_ATTEST))
    return number


def test_the_hours_are_matched_after_the_receipt_and_never_before(office: Office) -> None:
    number, cast = a_state_invoice(office), office.cast

    assert at.sign(cast.cecilia, number, Act.MATCH_HOURS) is Refusal.NOT_THE_NEXT_STEP
    ok(at.sign(office.dan, number, Act.RECEIPT_ATTEST))
    ok(at.sign(cast.cecilia, number, Act.MATCH_HOURS))
    ok(at.sign(cast.david, number, Act.DECISION_ATTEST))

    assert [row.person.name for row in signatures(at.claim(number))][1:] == ["Dan Dahl", "Cecilia Öst", "David Ås"]


def test_one_invoice_for_two_is_booked_on_each_and_kept_for_both(office: Office, bank: FakeBank) -> None:
    number, cast = a_state_invoice(office), office.cast
    ok(at.sign(office.dan, number, Act.RECEIPT_ATTEST))
    ok(at.sign(cast.cecilia, number, Act.MATCH_HOURS))
    ok(at.sign(cast.david, number, Act.DECISION_ATTEST))
    ok(at.sign(cast.greta, number, Act.PAYMENT_RELEASE))
    is_paid(office, number, bank)
    package = archive_claim(cast.greta, number, law=law(), now=PAID_AT)

    claim = at.claim(number)
    amounts = [transfer.amount_ore for entry in claim.entries.order_by("number") for transfer in entry.transfers.all()]
    assert amounts == [1_663_000, 665_200, 2_328_200]
    assert claim.recipient is None
    assert isinstance(package, Package)
    with zipfile.ZipFile(BytesIO(bytes(package.content))) as sealed:
        assert any(name.endswith("forsta-tjugo-timmarna.xml") for name in sealed.namelist())
    logged = LogEntry.objects.filter(object_kind="claim", object_id=str(claim.pk), action="decision_attest")
    assert sorted(logged.values_list("recipient_id", flat=True)) == sorted([office.alma_id, office.beda_id])
    seal(PAID_AT)
    assert recompute_all(law()).first_failure is None
    assert verdict().ok
    books = ledger_check(at.TOWN)
    assert books is not None
    assert books.is_ok, books.failures
