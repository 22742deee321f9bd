"""Taking in an invoice: kept to the byte, read whole or not at all, known again when it comes once more."""

from dataclasses import replace
from datetime import date

from tests.apps.invoices import office as at
from tests.apps.invoices.bills import xml
from tests.apps.invoices.office import Office
from tests.cast import ok
from timvis.apps.audit.models import LogEntry
from timvis.apps.documents.models import Original
from timvis.apps.invoices import actions as invoices
from timvis.apps.invoices import records
from timvis.apps.invoices.actions import InvoiceFile, Registered
from timvis.apps.invoices.models import Invoice
from timvis.core.faults import Fault, Refusal
from timvis.core.invoice.checks import objections
from timvis.core.invoice.known import Known
from timvis.core.invoice.objection import Objection
from timvis.formats.peppol_invoice.read import read

SCAN = InvoiceFile(name="faktura.pdf", content=b"%PDF-1.4 en bild", media_type="application/pdf")
PAPER = {
    "supplier_number": "559900-0105",
    "supplier_name": "Ekot AB",
    "number": "P-17",
    "issued_on": "2024-04-03",
    "due_on": "2024-05-03",
    "period_from": "2024-03-01",
    "period_to": "2024-03-31",
    "buyer_reference": "SVA-4711",
    "account_kind": "bankgiro",
    "account": "5050-1055",
    "ocr": "20240313",
    "payable": "36 300,00",
    "f_tax": "ja",
    "lines": [{"text": "Assistans mars", "hours": "110", "price": "330", "amount": "36 300,00"}],
}


def objections_to(office: Office, invoice_id: int) -> list[str]:
    row = at.invoice(invoice_id)
    known: Known = records.known(row, known_at=at.NOW)
    found: tuple[Objection, ...] = objections(records.invoice(row), known)
    return [each.code for each in found]


def typed(
    office: Office, form: dict[str, object], scan: InvoiceFile = SCAN
) -> Registered | Refusal | tuple[Fault, ...]:
    return invoices.register_paper_invoice(office.cast.greta, form, scan, received_at=at.RECEIVED_AT, now=at.NOW)


# --- an e-invoice ----------------------------------------------------------------------------------------------


def test_an_e_invoice_is_kept_to_the_byte_and_as_it_was_read(office: Office) -> None:
    bill = at.ekots("E-1")

    row = at.invoice(at.register(office, bill))

    assert bytes(row.original.content) == xml(bill)
    assert records.invoice(row) == read(xml(bill))
    assert (row.supplier_id, row.payable_ore, row.ocr) == (office.cast.ekot_id, 3_630_000, "20240313")
    assert row.due_on == date(2024, 5, 3)


def test_nothing_is_held_against_a_right_invoice_from_a_known_supplier(office: Office) -> None:
    assert objections_to(office, at.register(office, at.ekots("E-1"))) == []


def test_the_same_bytes_again_are_the_same_invoice(office: Office) -> None:
    file = InvoiceFile(name="E-1.xml", content=xml(at.ekots("E-1")))
    first = ok(invoices.register_invoice(office.cast.greta, file, now=at.NOW))

    again = ok(invoices.register_invoice(office.cast.greta, replace(file, name="kopia.xml"), now=at.NOW))

    assert isinstance(first, Registered)
    assert again == Registered(invoice_id=first.invoice_id, is_new=False)
    assert Invoice.objects.count() == 1


def test_a_file_with_faults_is_not_kept_at_all(office: Office) -> None:
    content = xml(at.ekots("E-1")).replace(b"2024-04-03", b"3 april").replace(b"36300.00", b"mycket")

    faults = invoices.register_invoice(office.cast.greta, InvoiceFile(name="E-1.xml", content=content), now=at.NOW)

    assert isinstance(faults, tuple)
    assert len(faults) > 2
    assert {fault.file for fault in faults} == {"E-1.xml"}
    assert not Original.objects.filter(file_name="E-1.xml").exists()


def test_somebody_outside_the_office_does_not_register(office: Office) -> None:
    file = InvoiceFile(name="E-1.xml", content=xml(at.ekots("E-1")))

    assert invoices.register_invoice(office.cast.elsa, file, now=at.NOW) is Refusal.ROLE_DOES_NOT_ALLOW


def test_another_towns_invoice_does_not_exist(office: Office) -> None:
    invoice_id = at.register(office, at.ekots("E-1"))
    stranger = replace(office.cast.greta, municipality="leksand")

    outcome = invoices.mark_secret(stranger, invoice_id, seen=at.seen_of(invoice_id), now=at.NOW)

    assert outcome is Refusal.NOT_FOUND


# --- what the registers say ---------------------------------------------------------------------------------------


def test_the_same_invoice_under_another_number_is_found_by_its_content(office: Office) -> None:
    at.register(office, at.ekots("E-1"))

    assert "content_has_come_before" in objections_to(office, at.register(office, at.ekots("E-2")))
    assert "invoice_number_has_come_before" in objections_to(office, at.register(office, at.ekots("e 1", ocr="")))


def test_another_account_than_the_registered_one_stops(office: Office) -> None:
    bill = at.ekots("E-1", bankgiro=at.STATES_GIRO)

    assert objections_to(office, at.register(office, bill)) == ["account_is_not_registered"]


def test_a_supplier_nobody_knows_stops_until_it_is_registered(office: Office) -> None:
    invoice_id = at.register(office, at.ekots("E-1", supplier_number="5599000402"))

    assert at.invoice(invoice_id).supplier is None
    assert "seller_is_unknown" in objections_to(office, invoice_id)


def test_the_price_is_the_agreements_on_the_days_of_the_work(office: Office) -> None:
    line = replace(at.HOURS, price="331.00", amount="36410.00")

    assert objections_to(office, at.register(office, at.ekots("E-1", line))) == ["price_is_not_agreed"]


def test_a_reference_is_asked_about_once_the_town_has_its_own(office: Office) -> None:
    invoice_id = at.register(office, at.ekots("E-1"))
    ok(invoices.register_reference(office.cast.greta, code="SVA-1", label="Stöd vuxna", now=at.NOW))
    assert objections_to(office, invoice_id) == ["buyer_reference_is_unknown"]

    ok(invoices.register_reference(office.cast.greta, code="SVA-4711", label="Stöd vuxna", now=at.NOW))

    assert objections_to(office, invoice_id) == []


# --- on paper -----------------------------------------------------------------------------------------------------


def test_a_paper_invoice_becomes_what_an_e_invoice_is_with_its_picture_beside(office: Office) -> None:
    registered = ok(typed(office, dict(PAPER)))

    assert isinstance(registered, Registered)
    row = at.invoice(registered.invoice_id)
    assert row.scan is not None
    assert bytes(row.scan.content) == SCAN.content
    assert (row.supplier_id, row.payable_ore, row.ocr) == (office.cast.ekot_id, 3_630_000, "20240313")
    assert objections_to(office, row.pk) == []


def test_a_paper_invoice_that_does_not_add_up_is_found(office: Office) -> None:
    registered = ok(typed(office, {**PAPER, "payable": "36 301"}))

    assert isinstance(registered, Registered)
    assert "payable_is_wrong" in objections_to(office, registered.invoice_id)


def test_every_wrong_field_is_told_at_once(office: Office) -> None:
    form = {
        **PAPER,
        "number": "",
        "issued_on": "3/4",
        "payable": "mycket",
        "supplier_number": "559900-0106",
        "lines": [],
    }

    faults = typed(office, form)

    assert isinstance(faults, tuple)
    assert [fault.column for fault in faults] == ["lines", "number", "issued_on", "supplier_number", "payable"]
    assert not Invoice.objects.exists()


def test_two_papers_that_say_the_same_are_two_invoices(office: Office) -> None:
    ok(typed(office, dict(PAPER)))
    again = ok(typed(office, dict(PAPER), replace(SCAN, content=b"%PDF-1.4 en annan bild")))

    assert isinstance(again, Registered)
    assert again.is_new
    assert "invoice_number_has_come_before" in objections_to(office, again.invoice_id)


def test_who_registered_what_is_in_the_log(office: Office) -> None:
    invoice_id = at.register(office, at.ekots("E-1"))

    row = LogEntry.objects.get(action="register_invoice")
    assert (row.object_id, row.person_id, row.outcome) == (str(invoice_id), office.cast.greta.person_id, "done")
