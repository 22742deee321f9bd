"""What becomes of an invoice before anybody asks money for it: allocated, credited, secret, sent back, kept."""

from dataclasses import replace
from datetime import date

import pytest
from lxml import etree

from tests.apps.invoices import office as at
from tests.apps.invoices.office import Office
from tests.cast import ok
from tests.formats.official import official
from timvis.apps.claims.models import Claim
from timvis.apps.invoices import actions as invoices
from timvis.apps.invoices import records
from timvis.apps.invoices.keeping import Laid
from timvis.apps.invoices.models import InvoiceStatus
from timvis.core.access import Role
from timvis.core.faults import Fault, Refusal
from timvis.core.routine.records import ClaimKind
from timvis.formats.schematron import engine


def a_credit_note(office: Office, number: str = "K-1", amount: str = "3300.00") -> int:
    line = at.BilledLine(text="För mycket i februari", hours="10", price="330.00", amount=amount)
    return at.register(office, at.ekots(number, line, credits="E-0", due_on=""))


def settle(office: Office, note_id: int, against_id: int) -> int | Refusal | tuple[Fault, ...]:
    return invoices.settle_credit(
        office.cast.greta, note_id, against_id=against_id, seen=at.seen_of(note_id), now=at.NOW
    )


def send_back(office: Office, invoice_id: int, *reasons: str, asks_for_new: bool = True) -> object:
    return invoices.return_invoice(
        office.cast.greta,
        invoice_id,
        reasons=reasons,
        seen=at.seen_of(invoice_id),
        now=at.NOW,
        asks_for_new=asks_for_new,
    )


# --- allocation --------------------------------------------------------------------------------------------------


def test_an_allocation_that_does_not_sum_to_the_ore_is_refused(office: Office) -> None:
    invoice_id = at.register(office, at.ekots("E-1"))

    faults = at.allocate(office, invoice_id, at.alma(office, 3_629_999))

    assert isinstance(faults, tuple)
    assert [fault.code for fault in faults] == ["allocation_does_not_sum"]
    assert records.newest_allocation(at.invoice(invoice_id)) is None


def test_a_new_allocation_leaves_the_old_one_as_it_was(office: Office) -> None:
    invoice_id = at.register(office, at.ekots("E-1"))

    assert at.allocate(office, invoice_id, at.alma(office, 3_630_000)) == 1
    assert at.allocate(office, invoice_id, at.alma(office, 1_000_000), at.beda(office, 2_630_000)) == 2

    row = at.invoice(invoice_id)
    assert [one.shares.count() for one in row.allocations.order_by("number")] == [1, 2]
    assert [share.amount_ore for share in records.share_rows(row)] == [1_000_000, 2_630_000]


def test_nobody_of_another_town_is_allocated_on(office: Office) -> None:
    invoice_id = at.register(office, at.ekots("E-1"))

    faults = at.allocate(office, invoice_id, Laid(recipient_id=10_000, month_on=at.MARCH, amount_ore=3_630_000))

    assert isinstance(faults, tuple)
    assert [fault.code for fault in faults] == ["recipient_is_missing"]


def test_a_page_that_is_no_longer_so_allocates_nothing(office: Office) -> None:
    invoice_id = at.register(office, at.ekots("E-1"))
    seen = at.seen_of(invoice_id)
    assert at.allocate(office, invoice_id, at.alma(office, 3_630_000)) == 1

    outcome = invoices.allocate(office.cast.greta, invoice_id, [at.beda(office, 3_630_000)], seen=seen, now=at.NOW)

    assert outcome is Refusal.SHOWN_IS_NOT_CURRENT


def test_a_recipient_does_not_handle_an_invoice_of_her_own(office: Office) -> None:
    invoice_id = at.register(office, at.ekots("E-1"))
    assert at.allocate(office, invoice_id, at.beda(office, 1), at.alma(office, 3_629_999)) == 1
    alma = replace(office.cast.alma, roles=frozenset({Role.ADMINISTRATIVE_ASSISTANT}))

    outcome = invoices.mark_secret(alma, invoice_id, seen=at.seen_of(invoice_id), now=at.NOW)

    assert outcome is Refusal.NO_RELATION


# --- credit notes ------------------------------------------------------------------------------------------------


def test_a_credit_note_is_deducted_from_an_invoice_and_paid_less(office: Office) -> None:
    invoice_id, note_id = at.register(office, at.ekots("E-1")), a_credit_note(office)
    february = date(2024, 2, 1)
    assert at.allocate(office, note_id, at.beda(office, 330_000, 600, february)) == 1
    assert at.allocate(office, invoice_id, at.beda(office, 3_630_000, 6_600)) == 1
    ok(settle(office, note_id, invoice_id))

    number = at.open_claim(office, invoice_id, ClaimKind.ASSISTANCE)
    assert isinstance(number, str)
    at.check(office, number)
    made = ok(at.state(office, number))

    # 36 300,00 less 3 300,00
    assert made.statement.total_ore == 3_300_000
    assert [line.amount_ore for line in made.statement.lines] == [3_630_000, -330_000]


def test_a_credit_note_is_never_larger_than_what_it_is_deducted_from(office: Office) -> None:
    invoice_id, note_id = at.register(office, at.ekots("E-1", at.FEES)), a_credit_note(office)
    assert at.allocate(office, note_id, at.beda(office, 330_000)) == 1

    faults = settle(office, note_id, invoice_id)

    assert isinstance(faults, tuple)
    assert [fault.code for fault in faults] == ["credit_is_larger"]


def test_a_credit_note_opens_no_claim_of_its_own(office: Office) -> None:
    note_id = a_credit_note(office)
    assert at.allocate(office, note_id, at.beda(office, 330_000)) == 1

    assert at.open_claim(office, note_id, ClaimKind.ASSISTANCE) is Refusal.WRONG_STATE


def test_a_credit_note_is_free_again_when_its_invoice_goes_back(office: Office) -> None:
    invoice_id, note_id = at.register(office, at.ekots("E-1")), a_credit_note(office)
    assert at.allocate(office, note_id, at.beda(office, 330_000)) == 1
    ok(settle(office, note_id, invoice_id))

    ok(send_back(office, invoice_id, "Fel period."))

    note = at.invoice(note_id)
    assert (note.status, note.settles_with) == (InvoiceStatus.RECEIVED, None)


# --- sent back, kept, secret --------------------------------------------------------------------------------------


def test_an_invoice_goes_back_with_a_letter_that_names_nobody(office: Office) -> None:
    invoice_id = at.register(office, at.ekots("E-1"))

    ok(send_back(office, invoice_id, "Fakturan nämner 19800215-2380."))

    letter = at.invoice(invoice_id).returned.letter
    assert "Skicka en ny faktura" in letter
    assert "2380" not in letter
    assert at.invoice(invoice_id).status == InvoiceStatus.RETURNED


@pytest.mark.skipif(not engine.is_installed(), reason="the official rules are run by saxonche")
def test_the_message_to_the_network_follows_every_official_rule(office: Office) -> None:
    invoice_id = at.register(office, at.ekots("E-1"))
    ok(send_back(office, invoice_id, "Timmarna är fler än de beviljade."))

    message = etree.fromstring(bytes(at.invoice(invoice_id).returned.message))

    judged = engine.rules_of(official("peppol/schematron/PEPPOLBIS-T111.sch")).judge(message)
    assert judged.failures == ()


def test_where_invoices_are_not_taken_the_letter_asks_for_none(office: Office) -> None:
    invoice_id = at.register(office, at.ekots("E-1"))

    ok(send_back(office, invoice_id, "Ersättningen betalas mot redovisning.", asks_for_new=False))

    returned = at.invoice(invoice_id).returned
    assert "tar inte emot fakturor" in returned.letter
    assert b"NOA" in bytes(returned.message)


def test_going_back_takes_a_reason(office: Office) -> None:
    invoice_id = at.register(office, at.ekots("E-1"))

    assert send_back(office, invoice_id, " ") is Refusal.REASON_IS_MISSING


def test_what_is_kept_as_a_document_has_no_due_day_and_opens_nothing(office: Office) -> None:
    invoice_id = at.register(office, at.ekots("E-1"))

    ok(
        invoices.keep_as_document(
            office.cast.greta, invoice_id, reason="Ansökan finns.", seen=at.seen_of(invoice_id), now=at.NOW
        )
    )

    row = at.invoice(invoice_id)
    assert (row.status, row.due_on) == (InvoiceStatus.KEPT_AS_DOCUMENT, None)
    assert at.open_claim(office, invoice_id, ClaimKind.ASSISTANCE) is Refusal.WRONG_STATE
    assert not Claim.objects.exists()


def test_a_secret_invoice_that_names_somebody_is_stopped(office: Office) -> None:
    bill = at.ekots("E-1", notes=("Avser 19800215-2380",))
    invoice_id = at.register(office, bill)
    ok(invoices.mark_secret(office.cast.greta, invoice_id, seen=at.seen_of(invoice_id), now=at.NOW))
    number = at.opened(office, invoice_id, ClaimKind.ASSISTANCE, at.beda(office, 3_630_000, 6_600))

    (finding,) = at.check(office, number).findings

    assert (finding.code, finding.severity) == ("personal_number_in_text", "stops")
    assert "2380" not in finding.message


def test_the_one_asked_for_takes_the_place_of_the_one_sent_back(office: Office) -> None:
    old_id = at.register(office, at.ekots("E-1"))
    ok(send_back(office, old_id, "Fel period."))

    new_id = at.register(office, at.ekots("E-2"), replaces_id=old_id)

    assert at.invoice(new_id).replaces_id == old_id
    assert at.invoice(old_id).status == InvoiceStatus.REPLACED
