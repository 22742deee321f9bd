"""A fee is paid: by hand or from the bank's own notification, in whole or in parts, once, and the ledger says so."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.apps.orders.desk import LATER, Town, a_town, at, booking
from tests.apps.orders.test_fee import FEE_ORE, a_reviewed_fee, send
from timvis.apps.accounting import incoming
from timvis.apps.accounting.incoming import NotOurs, Paid, Receipt
from timvis.apps.accounting.models import BankNotification, Entry, FeePayment
from timvis.apps.accounting.queries import fees_asked_for, ledger_check
from timvis.apps.orders.models import InvoiceBasis
from timvis.core.access import BookingStatus
from timvis.core.faults import Refusal
from timvis.core.ledger import EntryKind

PAID_AT = LATER + timedelta(days=20)


@pytest.fixture
def town(db: None) -> Town:
    return a_town()


@pytest.fixture
def basis(town: Town) -> InvoiceBasis:
    found = send(town.cast.hasse, a_reviewed_fee(town))
    assert isinstance(found, InvoiceBasis), found
    return found


def pay(town: Town, basis: InvoiceBasis, amount_ore: int = FEE_ORE, **says: Any) -> Any:
    paid = Paid(**{"amount_ore": amount_ore, "paid_on": date(2026, 4, 1), **says})
    return incoming.register_fee_payment(at(town.cast.hasse, PAID_AT), basis.booking_id, paid, now=PAID_AT)


def credit(written: str, kronor: str, *, on: str = "2026-04-01", reference: str = "B-1") -> str:
    """Return one credit as the bank tells of it."""
    return f"""<Ntry><Amt Ccy="SEK">{kronor}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>
<BookgDt><Dt>{on}</Dt></BookgDt><NtryDtls><TxDtls><Refs><AcctSvcrRef>{reference}</AcctSvcrRef></Refs>
<AmtDtls><TxAmt><Amt Ccy="SEK">{kronor}</Amt></TxAmt></AmtDtls>
<RmtInf><Ustrd>{written}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"""


def told_by_the_bank(town: Town, *credits: str, file_name: str = "in.xml") -> Any:
    content = (
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.02"><BkToCstmrDbtCdtNtfctn>'
        f"<GrpHdr><MsgId>{file_name}</MsgId></GrpHdr><Ntfctn>{''.join(credits)}</Ntfctn>"
        "</BkToCstmrDbtCdtNtfctn></Document>"
    )
    actor = at(town.cast.hasse, PAID_AT)
    return incoming.take_notification(actor, content.encode(), file_name=file_name, now=PAID_AT)


def receipts(town: Town, *credits: str, file_name: str = "in.xml") -> tuple[Receipt, ...]:
    kept = told_by_the_bank(town, *credits, file_name=file_name)
    assert isinstance(kept, BankNotification), kept
    return incoming.receipts_of(kept)


# --- by hand ----------------------------------------------------------------------------------------------------


def test_what_is_paid_settles_the_receivable_and_the_booking_is_paid(town: Town, basis: InvoiceBasis) -> None:
    assert pay(town, basis) is BookingStatus.PAID

    entry = Entry.objects.get(kind=EntryKind.FEE_PAYMENT)
    [moved] = entry.transfers.all()
    assert (moved.debit_account, moved.credit_account, moved.amount_ore) == ("1941", "1511", FEE_ORE)
    assert (entry.booked_on, entry.text) == (date(2026, 4, 1), f"Betald vikarieavgift {basis.number}")
    checked = ledger_check("osthammar")
    assert checked is not None
    assert checked.failures == ()
    assert checked.sums["1511"] == 0


def test_a_part_leaves_the_rest_to_be_paid(town: Town, basis: InvoiceBasis) -> None:
    assert pay(town, basis, 100_000) is BookingStatus.CHARGED

    [standing] = fees_asked_for("osthammar")
    assert standing.left_ore == FEE_ORE - 100_000
    assert not standing.is_overdue(basis.due_on)
    assert standing.is_overdue(basis.due_on + timedelta(days=1))
    assert pay(town, basis, FEE_ORE - 100_000) is BookingStatus.PAID
    checked = ledger_check("osthammar")
    assert checked is not None
    assert checked.failures == ()


def test_everything_that_is_wrong_is_told_at_once_and_nothing_is_booked(town: Town, basis: InvoiceBasis) -> None:
    pay(town, basis, 100, bank_reference="B-7")

    faults = pay(town, basis, FEE_ORE, bank_reference="B-7", paid_on=date(2026, 3, 1))

    assert [fault.code for fault in faults] == ["more_than_was_left", "paid_another_day", "payment_is_taken_already"]
    assert [fault.code for fault in pay(town, basis, 0)] == ["nothing_was_paid"]
    assert FeePayment.objects.count() == 1


def test_nothing_more_is_paid_of_what_is_paid(town: Town, basis: InvoiceBasis) -> None:
    pay(town, basis)

    assert pay(town, basis) is Refusal.WRONG_STATE
    assert FeePayment.objects.count() == 1


@pytest.mark.parametrize("who", ["cecilia", "elsa"])
def test_only_finance_registers_what_is_paid(town: Town, basis: InvoiceBasis, who: str) -> None:
    actor = at(getattr(town.cast, who), PAID_AT)

    refused = incoming.register_fee_payment(
        actor, basis.booking_id, Paid(amount_ore=FEE_ORE, paid_on=date(2026, 4, 1)), now=PAID_AT
    )

    assert refused is Refusal.ROLE_DOES_NOT_ALLOW


# --- by the bank ------------------------------------------------------------------------------------------------


def test_the_banks_notification_settles_the_fee_that_the_payer_named(town: Town, basis: InvoiceBasis) -> None:
    [receipt] = receipts(town, credit(f"Faktura {basis.number.upper()}", "2245.60"))

    assert booking(basis.booking_id).status == BookingStatus.PAID
    row = FeePayment.objects.get()
    assert receipt.payment == row
    assert (row.paid_on, row.bank_reference, row.notification) == (
        date(2026, 4, 1),
        "B-1",
        BankNotification.objects.get(),
    )


def test_two_parts_in_one_file_are_two_payments(town: Town, basis: InvoiceBasis) -> None:
    found = receipts(
        town,
        credit(basis.number, "1245.60", reference=""),
        credit(basis.number, "1000.00", reference=""),
    )

    assert [one.payment.amount_ore for one in found if one.payment] == [124_560, 100_000]
    assert booking(basis.booking_id).status == BookingStatus.PAID


def test_the_same_file_and_the_same_payment_in_another_change_nothing(town: Town, basis: InvoiceBasis) -> None:
    once = credit(basis.number, "1000.00")
    first = receipts(town, once)

    assert receipts(town, once) == first
    assert receipts(town, once, file_name="again.xml")[0].payment == first[0].payment
    assert FeePayment.objects.count() == 1
    assert BankNotification.objects.count() == 2


def test_what_the_machine_cannot_be_sure_of_is_left_to_a_person(town: Town, basis: InvoiceBasis) -> None:
    found = receipts(
        town,
        credit("Tack för hjälpen", "2245.60", reference="B-1"),
        credit(basis.number, "2245.61", reference="B-2"),
        credit(basis.number, "100.00", reference="B-3", on="2026-03-01"),
    )

    assert [one.because for one in found] == [
        NotOurs.NO_FEE_IS_NAMED,
        NotOurs.MORE_THAN_IS_LEFT,
        NotOurs.BEFORE_THE_INVOICE,
    ]
    assert FeePayment.objects.count() == 0
    assert booking(basis.booking_id).status == BookingStatus.CHARGED


def test_what_is_no_notification_is_a_fault_and_is_not_kept(town: Town) -> None:
    actor = at(town.cast.hasse, PAID_AT)

    found = incoming.take_notification(actor, b"<a/>", file_name="a.xml", now=PAID_AT)

    assert isinstance(found, tuple)
    assert [fault.code for fault in found] == ["not_a_notification"]
    assert not BankNotification.objects.exists()
