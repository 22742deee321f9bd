"""A sick spell by the two kinds of routine: decided here and paid on the invoice that follows, or paid as applied for.

The routines are answered copies in `examples/`: the answers are ours.
"""

import zipfile
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest

from tests.apps.applications import sickness as a
from tests.apps.claims import deciding
from tests.apps.invoices.bills import Bill, BilledLine, xml
from tests.apps.signed_months import law, sign
from tests.cast import EKOT_NUMBER, REGISTERED_AT, Cast, a_payee, ok, on_stage, with_role
from tests.story.paid import is_paid
from timvis.apps.archive.actions import archive_claim
from timvis.apps.archive.models import Package
from timvis.apps.claims import actions as claims
from timvis.apps.claims import invoice_acts
from timvis.apps.claims.queries import recompute_all, standing
from timvis.apps.invoices import actions as invoices
from timvis.apps.invoices.actions import InvoiceFile, Registered
from timvis.apps.invoices.keeping import Laid
from timvis.apps.invoices.models import Invoice
from timvis.apps.invoices.queries import standing as invoice_standing
from timvis.apps.parties import actions as parties
from timvis.core.access import ClaimStatus, Role
from timvis.core.faults import Fault, Refusal
from timvis.core.review.finding import NEEDS_WORD, WordKind
from timvis.core.routine.records import Act, ClaimKind
from timvis.formats.pain001.profile import shipped
from timvis.gateways.bank.fake import FakeBank

INVOICED_AT = a.NOW + timedelta(days=10)
PAID_AT = INVOICED_AT + timedelta(days=29)
"""The last day to pay the invoice, a Friday."""
BANKGIRO = "50501055"


@pytest.fixture
def bank(tmp_path: Path) -> FakeBank:
    return FakeBank(tmp_path / "bank", mode="test", profile=shipped())


def in_town(town: str, name: str, routine: str) -> Cast:
    cast = on_stage(town, name)
    a.adopt(cast, routine)
    deciding.delegate(cast)
    return cast


def decided(cast: Cast) -> str:
    """Return the number of Alma's application, with its papers in, worked out and granted."""
    number = a.applied_for(cast)
    a.papers_come_in(cast)
    made = ok(a.calculate(cast, number))
    assert made.statement.total_ore == a.TOTAL_ORE
    assert isinstance(deciding.decide(cast, number), int)
    sent = deciding.send(cast, number)
    assert isinstance(sent, tuple), sent
    assert sent
    assert all(isinstance(one, int) for one in sent), sent
    return number


# --- where the application itself is paid ---------------------------------------------------------------------------


def test_where_no_invoice_is_asked_for_the_application_is_signed_paid_and_archived(db: None, bank: FakeBank) -> None:
    cast = in_town("astorp", "Åstorps kommun", "astorp/sick_cost.toml")
    number = a.apply(cast, applied=a.almas(covers="calendar_month"))
    assert isinstance(number, str), number
    ok(a.calculate(cast, number))
    assert sign(cast.david, number, Act.DECISION_ATTEST, now=a.LATER) is Refusal.NOT_THE_NEXT_STEP

    assert isinstance(deciding.decide(cast, number), int)
    sent = deciding.send(cast, number)
    assert isinstance(sent, tuple), sent
    assert sent
    assert all(isinstance(one, int) for one in sent), sent
    ok(sign(cast.david, number, Act.DECISION_ATTEST, now=a.LATER))
    ok(sign(cast.hasse, number, Act.PAYMENT_RELEASE, now=a.LATER))
    order = is_paid(cast, number, bank, now=PAID_AT)

    assert order.amount_ore == a.TOTAL_ORE
    assert order.payee_version.payee_name == "Ekot AB"
    assert a.claim(number).status == ClaimStatus.BOOKED
    package = archive_claim(a.at(cast.greta, PAID_AT), number, law=law(), now=PAID_AT)
    assert isinstance(package, Package), package
    names = zipfile.ZipFile(BytesIO(bytes(package.content))).namelist()
    assert any(name.endswith("application.json") for name in names)
    assert any("ansokan.json" in name for name in names)
    assert recompute_all(law()).first_failure is None


# --- where an invoice follows the decision --------------------------------------------------------------------------


@pytest.fixture
def osthammar(db: None) -> Cast:
    cast = in_town("osthammar", "Östhammars kommun", "osthammar/sick_cost.toml")
    greta = replace(cast.greta, logged_in_at=REGISTERED_AT)
    particulars = a_payee("Ekot AB", BANKGIRO, valid_from=date(2019, 1, 1))
    ok(parties.register_payee(greta, provider_id=cast.ekot_id, particulars=particulars, now=REGISTERED_AT))
    return cast


def ekots_invoice(number: str = "2019-77") -> bytes:
    lines = (
        BilledLine(text="Sjuklön efter karens", amount="2816.00"),
        BilledLine(text="Semesterersättning", amount="528.00"),
        BilledLine(text="Sociala avgifter", amount="1050.68"),
    )
    return xml(
        Bill(
            number=number,
            supplier_number=EKOT_NUMBER,
            supplier_name="Ekot AB",
            bankgiro=BANKGIRO,
            lines=lines,
            issued_on="2019-03-13",
            due_on="2019-04-12",
            days=("2019-02-01", "2019-02-28"),
            buyer_name="Östhammars kommun",
        )
    )


def follows(cast: Cast, decision: str, number: str = "2019-77") -> str | Refusal | tuple[Fault, ...]:
    """Return what comes of opening a claim on Ekot's invoice that follows a decision."""
    greta = a.at(cast.greta, INVOICED_AT)
    file = InvoiceFile(name="faktura.xml", content=ekots_invoice(number))
    taken = invoices.register_invoice(greta, file, now=INVOICED_AT)
    assert isinstance(taken, Registered), taken
    share = Laid(recipient_id=cast.recipient_id, month_on=date(2019, 2, 1), amount_ore=a.TOTAL_ORE)
    seen = invoice_standing(Invoice.objects.get(pk=taken.invoice_id))
    assert isinstance(invoices.allocate(greta, taken.invoice_id, (share,), seen=seen, now=INVOICED_AT), int)
    seen = invoice_standing(Invoice.objects.get(pk=taken.invoice_id))
    return invoice_acts.open_claim(
        greta, taken.invoice_id, ClaimKind.SICK_COST, seen=seen, now=INVOICED_AT, follows=decision
    )


def test_the_decision_is_paid_on_the_invoice_that_follows_it_and_only_there(osthammar: Cast, bank: FakeBank) -> None:
    cast = osthammar
    application = decided(cast)
    assert a.claim(application).is_paid_by_invoice
    assert sign(cast.hasse, application, Act.REVIEW_ATTEST, now=a.LATER) is Refusal.NOT_THE_NEXT_STEP

    number = follows(cast, application)
    assert isinstance(number, str), number
    assert isinstance(follows(cast, application, "2019-78"), tuple)
    hasse, later = a.at(cast.hasse, INVOICED_AT), INVOICED_AT + timedelta(minutes=5)
    ok(invoice_acts.stamp(hasse, number, seen=standing(a.claim(number)), now=INVOICED_AT))
    found = ok(claims.review_claim(hasse, number, law=law(), now=INVOICED_AT))
    keys = [one.key for one in found.findings if one.severity in NEEDS_WORD]
    if keys:
        cecilia = a.at(cast.cecilia, INVOICED_AT)
        ok(claims.give_word(cecilia, number, keys, WordKind.SET_ASIDE, reason="Prövat", now=INVOICED_AT))
    ok(claims.calculate_claim(hasse, number, law=law(), now=INVOICED_AT))
    ok(sign(cast.hasse, number, Act.REVIEW_ATTEST, now=later))
    ok(sign(with_role(cast.david, Role.BUDGET_OWNER), number, Act.DECISION_ATTEST, now=later))
    ok(sign(cast.greta, number, Act.PAYMENT_RELEASE, now=later))
    order = is_paid(cast, number, bank, now=PAID_AT)

    assert order.amount_ore == a.TOTAL_ORE
    assert application in order.reference
    assert "beslut 2019-03-04" in order.reference
    assert a.claim(number).status == ClaimStatus.BOOKED
    assert a.claim(application).status == ClaimStatus.BOOKED
    accounts = {part.account for stamp in a.claim(number).stamps.all() for part in stamp.stamped.all()}
    assert accounts == {"6799"}
