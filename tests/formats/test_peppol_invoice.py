"""E-invoices out of bytes: exactly what is written, or every place that cannot be read."""

import base64
from datetime import date
from decimal import Decimal

import pytest

from tests.formats.invoices import NAMESPACES, PAYMENT, e_credit_note, e_invoice
from tests.formats.official import official, official_names
from timvis.core.invoice.checks import objections
from timvis.core.invoice.records import DocumentKind, Invoice, PaymentWay, Period, VatCategory
from timvis.core.payment import AccountKind
from timvis.formats.peppol_invoice.read import read

ALMA_NUMBER = "198002152380"


def read_whole(content: bytes) -> Invoice:
    invoice = read(content)
    assert isinstance(invoice, Invoice), invoice
    return invoice


def fault_codes(content: bytes) -> list[str]:
    outcome = read(content)
    assert isinstance(outcome, tuple), outcome
    return [fault.code for fault in outcome]


# --- what is read -------------------------------------------------------------------------------------


def test_our_own_invoice_is_read_and_nothing_is_held_against_it() -> None:
    invoice = read_whole(e_invoice())

    assert objections(invoice) == ()
    assert (invoice.kind, invoice.number, invoice.issued_on) == (
        DocumentKind.INVOICE,
        "2025-1001",
        date(2025, 12, 5),
    )
    assert invoice.period == Period(period_from=date(2025, 11, 1), period_to=date(2025, 12, 1))
    assert (invoice.buyer_reference, invoice.order_reference) == ("ANS4711", "B-17")
    assert (invoice.supplier.name, invoice.supplier.organisation_number) == ("Ekot AB", "5599000105")
    assert (invoice.supplier.vat_number, invoice.supplier.tax_registration) == ("SE559900010501", "Godkänd för F-skatt")
    assert invoice.totals.payable_ore == invoice.to_pay_ore == 7_067_750
    assert invoice.ways_to_pay == (
        PaymentWay(code="30", kind=AccountKind.BANKGIRO, account="50501055", reference="20241105"),
    )


def test_a_line_is_read_with_its_words_hours_and_price() -> None:
    (line,) = read_whole(e_invoice()).lines

    assert line.text == "Personlig assistans; Utförd tid; Ärende: K-12"
    assert (line.quantity, line.unit, line.price) == (Decimal("212.50"), "HUR", Decimal("332.60"))
    assert (line.amount_ore, line.account_coding) == (7_067_750, "4711-513")
    assert (line.vat, line.vat_percent) == (VatCategory.EXEMPT, Decimal(0))


def test_a_credit_note_is_read_with_the_invoice_it_takes_back() -> None:
    credit = read_whole(e_credit_note())

    assert credit.kind is DocumentKind.CREDIT_NOTE
    assert credit.credits == ("2025-1001",)
    assert credit.to_pay_ore == -7_067_750
    assert credit.lines[0].quantity == Decimal("212.50")
    assert objections(credit) == ()


def test_every_way_to_pay_is_read() -> None:
    plusgiro = PAYMENT.replace("50501055", "2865434").replace("SE:BANKGIRO", "SE:PLUSGIRO")
    iban = PAYMENT.replace("50501055", "SE3550000000054910000003").replace("SE:BANKGIRO", "ESSESESS")
    account = PAYMENT.replace("50501055", "5000 1234567").replace("SE:BANKGIRO", "ESSESESS")
    card = "<cac:PaymentMeans><cbc:PaymentMeansCode>48</cbc:PaymentMeansCode></cac:PaymentMeans>"

    invoice = read_whole(e_invoice((PAYMENT, PAYMENT + plusgiro + iban + account + card)))

    assert [way.kind for way in invoice.ways_to_pay] == [
        AccountKind.BANKGIRO,
        AccountKind.PLUSGIRO,
        AccountKind.IBAN,
        AccountKind.BANK_ACCOUNT,
        None,
    ]


def test_an_attachment_is_read_as_it_came() -> None:
    text = base64.b64encode(b"%PDF-1.7").decode()
    document = (
        "<cac:AdditionalDocumentReference><cbc:ID>Bilaga 1</cbc:ID><cac:Attachment>"
        f'<cbc:EmbeddedDocumentBinaryObject mimeCode="application/pdf" filename="a.pdf">\n{text}\n'
        "</cbc:EmbeddedDocumentBinaryObject></cac:Attachment></cac:AdditionalDocumentReference>"
    )

    whole = read_whole(e_invoice(("<cac:AccountingSupplierParty>", document + "<cac:AccountingSupplierParty>")))
    broken = e_invoice(("<cac:AccountingSupplierParty>", document.replace(text, "?") + "<cac:AccountingSupplierParty>"))

    assert [(each.file_name, each.content) for each in whole.attachments] == [("a.pdf", b"%PDF-1.7")]
    assert fault_codes(broken) == ["attachment_is_broken"]


def test_the_day_of_delivery_stands_in_for_a_period() -> None:
    period = (
        "<cac:InvoicePeriod><cbc:StartDate>2025-11-01</cbc:StartDate><cbc:EndDate>2025-11-30</cbc:EndDate>"
        "</cac:InvoicePeriod>"
    )
    delivery = "<cac:Delivery><cbc:ActualDeliveryDate>2025-11-07</cbc:ActualDeliveryDate></cac:Delivery>"

    invoice = read_whole(e_invoice((period, delivery)))

    assert invoice.period == Period(period_from=date(2025, 11, 7), period_to=date(2025, 11, 8))


def test_the_vat_of_the_tax_return_in_another_currency_is_not_the_invoices() -> None:
    other = '<cac:TaxTotal><cbc:TaxAmount currencyID="EUR">9.00</cbc:TaxAmount></cac:TaxTotal>'

    assert read_whole(e_invoice(("<cac:TaxTotal>", other + "<cac:TaxTotal>"))).totals.vat_ore == 0


@pytest.mark.parametrize("written", ["70677.50", "70677.5", "+70677.500000", "070677.50"])
def test_an_amount_is_the_same_however_its_zeros_are_written(written: str) -> None:
    assert read_whole(e_invoice((">70677.50<", f">{written}<"))).totals.payable_ore == 7_067_750


# --- what cannot be read ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (">70677.50</cbc:PayableAmount>", ">70677.505</cbc:PayableAmount>", "amount_is_not_whole_ore"),
        (">70677.50</cbc:PayableAmount>", ">7E4</cbc:PayableAmount>", "number_is_wrong"),
        (">70677.50</cbc:PayableAmount>", ">NaN</cbc:PayableAmount>", "number_is_wrong"),
        (">70677.50</cbc:PayableAmount>", ">70 677,50</cbc:PayableAmount>", "number_is_wrong"),
        (">70677.50</cbc:PayableAmount>", "></cbc:PayableAmount>", "field_is_missing"),
        ('"SEK">70677.50</cbc:PayableAmount>', '"EUR">1</cbc:PayableAmount>', "amount_is_in_other_currency"),
        (">212.50<", ">1e9999999<", "number_is_wrong"),
        ("2025-12-05", "2025-02-30", "day_is_wrong"),
        ("2025-11-30", "9999-12-31", "day_is_wrong"),
        ("<cbc:ID>2025-1001</cbc:ID>", "<cbc:ID> </cbc:ID>", "field_is_missing"),
        ("Ekot AB", "", "field_is_missing"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(old: str, new: str, code: str) -> None:
    outcome = read(e_invoice((old, new)))

    assert isinstance(outcome, tuple)
    assert [fault.code for fault in outcome] == [code]
    assert outcome[0].line is not None


def test_every_fault_is_told_at_once() -> None:
    content = e_invoice(("2025-12-05", "i går"), (">332.60<", ">mycket<"))

    assert fault_codes(content) == ["day_is_wrong", "number_is_wrong"]


def test_an_empty_invoice_tells_everything_that_is_missing() -> None:
    codes = fault_codes(
        f'<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2" {NAMESPACES}/>'.encode()
    )

    assert set(codes) == {"field_is_missing"}
    assert len(codes) > 8


def test_a_fault_never_repeats_what_stood_there() -> None:
    outcome = read(e_invoice(("2025-12-05", ALMA_NUMBER), (">332.60<", f">{ALMA_NUMBER[:8]}-2380<")))

    assert isinstance(outcome, tuple)
    assert all("2380" not in fault.message + fault.remedy for fault in outcome)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "xml_is_not_well_formed"),
        (b"<Invoice/>", "not_an_invoice"),
        (b"<!DOCTYPE a><a/>", "document_type_is_not_allowed"),
        (b"%PDF-1.7", "xml_is_not_well_formed"),
    ],
)
def test_what_is_no_invoice_is_told(content: bytes, code: str) -> None:
    assert fault_codes(content) == [code]


# --- official examples --------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", ["cen", "openpeppol", "sfti", "synthetic"])
def test_every_official_example_is_read(folder: str) -> None:
    path = f"peppol/examples/{folder}"
    names = official_names(path, "*.xml")
    if not all(isinstance(name, str) for name in names):
        pytest.skip(f"{path} is read where TIMVIS_STANDARDS has it")

    for name in names:
        read_whole(official(f"{path}/{name}"))


def test_the_care_examples_have_nothing_held_against_them() -> None:
    for name in ("homecare-lov-plusgiro-minutes", "pa-first20-creditnote", "pa-hours-exempt-bankgiro-ocr"):
        assert objections(read_whole(official(f"peppol/examples/synthetic/{name}.xml"))) == ()
