"""The invoice after the summary: laid out by it, held against it to the öre, naming nobody, marked secret."""

from datetime import date, timedelta

import pytest

from tests.apps.invoices.bills import Bill, BilledLine, xml
from tests.apps.invoices.office import pay_invoices_to
from tests.apps.reconciliation.march import HOUR_ORE, NOW, Month, a_month
from tests.apps.signed_months import law
from tests.cast import EKOT_NUMBER, ok
from timvis.apps.claims import actions as claims
from timvis.apps.claims import invoice_acts
from timvis.apps.invoices import actions as invoices
from timvis.apps.invoices import by_summary, queries, records
from timvis.apps.invoices.actions import InvoiceFile, Registered
from timvis.apps.invoices.models import Invoice, Share
from timvis.apps.reconciliation import actions
from timvis.apps.reconciliation.models import Summary
from timvis.core.faults import Fault, Refusal
from timvis.core.home_care.paid import LineWordKind
from timvis.core.invoice.numbers import F_TAX
from timvis.core.routine.records import ClaimKind

GIRO = "50501055"


@pytest.fixture
def summed(db: None) -> tuple[Month, Summary]:
    """A month of twenty hours, summed: 20 × 362,00 = 7 240,00."""
    month = a_month(hours=20)
    pay_invoices_to(month.town.cast, month.ekot, "Ekot AB", GIRO)
    month.says(LineWordKind.APPROVED)
    month.signed()
    return month, month.summed()


def bill(summary: Summary, *, text: str = "Hemtjänst mars", hours: str = "20", amount: str = "7240.00") -> bytes:
    return xml(
        Bill(
            number=f"E-{text[:8]}-{amount}",
            supplier_number=EKOT_NUMBER,
            supplier_name="Ekot AB",
            bankgiro=GIRO,
            issued_on="2026-04-02",
            due_on="2026-05-02",
            days=("2026-03-01", "2026-03-31"),
            buyer_reference=summary.reference,
            lines=(BilledLine(text=text, hours=hours, price="362.00", amount=amount),),
        )
    )


def came(month: Month, content: bytes) -> int:
    made = invoices.register_invoice(month.greta, InvoiceFile(name="ekot.xml", content=content), now=NOW)
    assert isinstance(made, Registered), made
    return made.invoice_id


def seen(invoice_id: int) -> str:
    return queries.standing(Invoice.objects.get(pk=invoice_id))


def laid_out(month: Month, invoice_id: int) -> int | Refusal | tuple[Fault, ...]:
    return by_summary.allocate_by_summary(month.greta, invoice_id, seen=seen(invoice_id), now=NOW)


def opened(month: Month, invoice_id: int) -> str | Refusal | tuple[Fault, ...]:
    return invoice_acts.open_claim(month.greta, invoice_id, ClaimKind.HOME_CARE, seen=seen(invoice_id), now=NOW)


def by_hand(month: Month, invoice_id: int, amount_ore: int) -> None:
    laid = by_summary.Laid(
        recipient_id=month.of_alma.recipient_id, month_on=month.of_alma.month_on, amount_ore=amount_ore, minutes=1200
    )
    assert isinstance(invoices.allocate(month.greta, invoice_id, [laid], seen=seen(invoice_id), now=NOW), int)


def found(month: Month, invoice_id: int) -> set[str]:
    """Return the codes of what is found when the invoice is marked secret, opened and judged."""
    ok(invoices.mark_secret(month.greta, invoice_id, seen=seen(invoice_id), now=NOW))
    number = opened(month, invoice_id)
    assert isinstance(number, str), number
    reviewed = ok(claims.review_claim(month.greta, number, law=law(), now=NOW + timedelta(minutes=1)))
    return {one.code for one in reviewed.findings}


def test_an_invoice_is_laid_out_as_its_summary_is(summed: tuple[Month, Summary]) -> None:
    month, summary = summed
    invoice_id = came(month, bill(summary))

    assert laid_out(month, invoice_id) == 1

    [share] = Share.objects.all()
    assert (share.recipient_id, share.amount_ore, share.minutes) == (month.of_alma.recipient_id, 20 * HOUR_ORE, 1200)


def test_one_ore_too_much_is_not_laid_out_by_the_summary(summed: tuple[Month, Summary]) -> None:
    month, summary = summed

    outcome = laid_out(month, came(month, bill(summary, amount="7240.01")))

    assert isinstance(outcome, tuple)
    assert outcome[0].code == "other_amount_than_summary"


def test_an_invoice_that_is_the_summarys_has_nothing_against_it(summed: tuple[Month, Summary]) -> None:
    month, summary = summed
    invoice_id = came(month, bill(summary))
    laid_out(month, invoice_id)

    assert found(month, invoice_id) <= {"f_tax_is_not_told", "vat_is_charged", "buyer_reference_is_unknown"}


def test_a_wrong_amount_and_a_name_stop_the_invoice(summed: tuple[Month, Summary]) -> None:
    month, summary = summed
    invoice_id = came(month, bill(summary, text="Alma Åkesson, mars", amount="7240.01"))
    by_hand(month, invoice_id, 724_001)

    assert {"recipient_is_named", "other_amount_than_summary"} <= found(month, invoice_id)


def test_the_same_summary_is_not_billed_twice(summed: tuple[Month, Summary]) -> None:
    month, summary = summed
    for text in ("Hemtjänst ett", "Hemtjänst två"):
        invoice_id = came(month, bill(summary, text=text))
        laid_out(month, invoice_id)
        codes = found(month, invoice_id)

    assert "summary_is_billed_already" in codes


@pytest.mark.django_db
def test_an_invoice_that_comes_before_the_summary_stops() -> None:
    month = a_month(hours=20)
    pay_invoices_to(month.town.cast, month.ekot, "Ekot AB", GIRO)
    early = Summary(provider_id=month.ekot, month_on=date(2026, 3, 1), number=1)
    invoice_id = came(month, bill(early))
    outcome = laid_out(month, invoice_id)
    assert isinstance(outcome, tuple)
    assert outcome[0].code == "summary_is_not_found"
    by_hand(month, invoice_id, 724_000)

    assert "summary_is_not_sent" in found(month, invoice_id)


def test_the_case_is_not_opened_before_the_invoice_is_marked_secret(summed: tuple[Month, Summary]) -> None:
    month, summary = summed
    invoice_id = came(month, bill(summary))
    laid_out(month, invoice_id)

    outcome = opened(month, invoice_id)

    assert isinstance(outcome, tuple)
    assert [fault.code for fault in outcome] == ["secret_mark_is_missing"]


# --- written by us ----------------------------------------------------------------------------------------------


def test_where_it_is_agreed_we_write_the_invoice_and_it_is_the_summarys(summed: tuple[Month, Summary]) -> None:
    month, summary = summed
    refused = by_summary.self_bill(month.greta, summary.pk, now=NOW)
    assert isinstance(refused, tuple)
    assert refused[0].code == "self_billing_is_not_agreed"
    agreed = actions.agree_self_billing(
        month.greta, month.ekot, agreed_from=date(2026, 1, 1), reference="AVT-7", now=NOW
    )
    assert agreed == 1

    made = by_summary.self_bill(month.greta, summary.pk, now=NOW)

    assert isinstance(made, Registered)
    invoice = Invoice.objects.get(pk=made.invoice_id)
    assert (invoice.payable_ore, invoice.is_secret, invoice.number) == (
        summary.total_ore,
        True,
        f"S-{summary.reference}",
    )
    read = records.invoice(invoice)
    assert read.supplier.name == "Ekot AB"
    assert "Självfakturering" in read.notes[0]
    assert read.supplier.tax_registration in ("", F_TAX)
    assert not any("Alma" in text for _, text in read.free_texts())
    assert read.lines[0].text == "Utförd tid: hemtjänst"
    again = by_summary.self_bill(month.greta, summary.pk, now=NOW)
    assert isinstance(again, Registered)
    assert not again.is_new


def test_what_we_wrote_has_nothing_against_it_either(summed: tuple[Month, Summary]) -> None:
    month, summary = summed
    actions.agree_self_billing(month.greta, month.ekot, agreed_from=date(2026, 1, 1), reference="AVT-7", now=NOW)
    made = by_summary.self_bill(month.greta, summary.pk, now=NOW)
    assert isinstance(made, Registered)
    number = opened(month, made.invoice_id)
    assert isinstance(number, str)

    reviewed = ok(claims.review_claim(month.greta, number, law=law(), now=NOW + timedelta(minutes=1)))

    assert {one.code for one in reviewed.findings} <= {"f_tax_is_not_told", "buyer_reference_is_unknown"}


def test_an_agreement_that_has_ended_no_longer_lets_us_write(summed: tuple[Month, Summary]) -> None:
    month, summary = summed
    ended = {"agreed_from": date(2025, 1, 1), "agreed_to": date(2026, 1, 1)}
    actions.agree_self_billing(month.greta, month.ekot, reference="AVT-7", now=NOW, **ended)

    assert isinstance(by_summary.self_bill(month.greta, summary.pk, now=NOW), tuple)
