"""Money that comes in: what is paid of a fee, told by a person who has seen it or by the bank's own notification."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256

from django.db import transaction

from timvis.apps.accounting import vouchers
from timvis.apps.accounting.models import BankNotification, FeePayment
from timvis.apps.accounting.queries import FeeStanding, fee_standing, fees_asked_for
from timvis.apps.audit.attempts import Attempt
from timvis.apps.orders import keeping
from timvis.apps.orders.models import InvoiceBasis
from timvis.apps.parties.models import Municipality
from timvis.core.access import Action, Actor, BookingStatus, Relation
from timvis.core.calculation.hourly import kronor_text
from timvis.core.calendar.local_time import day_of
from timvis.core.faults import Fault, Refusal
from timvis.core.payment import ReceivedPayment
from timvis.core.substitute.booking import BookingAct, after
from timvis.formats.camt054.read import Notification
from timvis.formats.camt054.read import read as read_notification


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid:
    """A payment of a fee as somebody tells it; `notification` is the bank's file it stands in."""

    amount_ore: int
    paid_on: date
    bank_reference: str = ""
    notification: BankNotification | None = None


@transaction.atomic
def register_fee_payment(
    actor: Actor, booking_id: int, paid: Paid, *, now: datetime, seen: str | None = None
) -> BookingStatus | Refusal | tuple[Fault, ...]:
    """Return the status of a booking after a payment of its fee: paid when nothing is left, else still charged.

    The receivable is settled in the ledger by the same act. More than is left is a fault: it is somebody's money.
    """
    booking, attempt = keeping.found(actor, booking_id, Action.REGISTER_FEE_PAYMENT, now, seen)
    if isinstance(booking, Refusal):
        return booking
    basis = InvoiceBasis.objects.select_related("fee", "booking__routine_version").filter(booking=booking).first()
    if basis is None:
        return attempt.refuse(Refusal.WRONG_STATE)
    standing = fee_standing(basis)
    if faults := tuple(_faults(standing, paid, day_of(now))):
        return faults
    to: BookingStatus | Refusal = BookingStatus(booking.status)
    if paid.amount_ore == standing.left_ore:
        to = after(BookingAct.PAY, BookingStatus(booking.status))
    if isinstance(to, Refusal):
        return attempt.refuse(to)
    if not keeping.move(booking, to=to):
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    row = FeePayment.objects.create(
        invoice_basis=basis,
        amount_ore=paid.amount_ore,
        paid_on=paid.paid_on,
        bank_reference=paid.bank_reference.strip() or None,
        notification=paid.notification,
        registered_by_id=actor.person_id,
        known_at=now,
    )
    entry = vouchers.write_fee_payment(row, booking.municipality.slug)
    keeping.write_step(
        attempt,
        booking,
        detail={"invoice": basis.number, "paid_ore": row.amount_ore, "entry": f"{entry.series} {entry.number}"},
    )
    return to


def _faults(standing: FeeStanding, paid: Paid, today: date) -> Iterator[Fault]:
    if paid.amount_ore <= 0:
        yield Fault(
            code="nothing_was_paid",
            message="Beloppet är inte större än noll.",
            remedy="Skriv det belopp som kom in.",
            column="amount_ore",
        )
    if paid.amount_ore > standing.left_ore:
        yield Fault(
            code="more_than_was_left",
            message=f"{kronor_text(paid.amount_ore)} är mer än de {kronor_text(standing.left_ore)} som är kvar att "
            f"betala på {standing.basis.number}.",
            remedy="Registrera det som är kvar, och betala tillbaka eller utred det som är för mycket.",
            column="amount_ore",
        )
    if not standing.basis.issued_on <= paid.paid_on <= today:
        yield Fault(
            code="paid_another_day",
            message=f"Dagen {paid.paid_on} ligger inte mellan fakturans dag ({standing.basis.issued_on}) och i dag.",
            remedy="Skriv den dag pengarna kom in på kontot.",
            column="paid_on",
        )
    reference = paid.bank_reference.strip()
    if reference and standing.basis.payments.filter(bank_reference=reference).exists():
        yield Fault(
            code="payment_is_taken_already",
            message=f"Betalningen {reference} är redan registrerad på {standing.basis.number}.",
            remedy="Är det en annan betalning, skriv dess egen referens hos banken.",
            column="bank_reference",
        )


# --- from the bank's file ---------------------------------------------------------------------------------------


class NotOurs(StrEnum):
    """Why a payment that came in settled no fee by itself: a person must look at it."""

    NO_FEE_IS_NAMED = "no_fee_is_named"
    SEVERAL_FEES_ARE_NAMED = "several_fees_are_named"
    MORE_THAN_IS_LEFT = "more_than_is_left"
    BEFORE_THE_INVOICE = "before_the_invoice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A payment in a notification, with the row it became, or why the machine settled nothing with it.

    What was registered before, from another file, has that row.
    """

    received: ReceivedPayment
    payment: FeePayment | None = None
    because: NotOurs | None = None


@transaction.atomic
def take_notification(
    actor: Actor, content: bytes, *, file_name: str, now: datetime
) -> BankNotification | Refusal | tuple[Fault, ...]:
    """Return a notification (camt.054) as it is kept: each payment in it that names one unpaid fee and fits settles it.

    The same bytes again change nothing, nor does the same payment in another file.
    """
    attempt = Attempt(actor, Action.TAKE_BANK_ANSWER, "bank_notification", file_name, now)
    if refusal := attempt.refused(Relation.OWN_MUNICIPALITY):
        return refusal
    read = read_notification(content)
    if not isinstance(read, Notification):
        return read
    kept, is_new = BankNotification.objects.get_or_create(
        municipality=Municipality.objects.get(slug=actor.municipality),
        digest=sha256(content).hexdigest(),
        defaults={"content": content, "file_name": file_name, "taken_at": now, "taken_by_id": actor.person_id},
    )
    if not is_new:
        return kept
    settled = [_settle(actor, kept, reference, one, now) for reference, one in _referred(kept, read)]
    attempt.done(detail={"digest": kept.digest, "settled": sum(settled), "left": len(settled) - sum(settled)})
    return kept


def receipts_of(kept: BankNotification) -> tuple[Receipt, ...]:
    """Return what became of every payment in a notification, in its order, as it stands now."""
    read = read_notification(bytes(kept.content))
    if not isinstance(read, Notification):
        raise TypeError(f"the kept notification {kept.digest} cannot be read")
    town = kept.municipality.slug
    rows = FeePayment.objects.filter(invoice_basis__booking__municipality__slug=town)
    taken = {row.bank_reference: row for row in rows.select_related("invoice_basis__booking")}
    return tuple(
        Receipt(received=one, payment=taken[reference])
        if reference in taken
        else Receipt(received=one, because=_fee_of(one, town)[1])
        for reference, one in _referred(kept, read)
    )


def _referred(kept: BankNotification, read: Notification) -> Iterator[tuple[str, ReceivedPayment]]:
    """Yield each payment with what it is known by: the bank's reference, else its place in the file."""
    for number, one in enumerate(read.received, start=1):
        yield one.bank_reference or f"{kept.digest[:16]}/{number}", one


def _settle(actor: Actor, kept: BankNotification, reference: str, received: ReceivedPayment, now: datetime) -> bool:
    """Settle the fee that a payment names, and return whether it did; a payment is taken once."""
    standing, _because = _fee_of(received, actor.municipality)
    if standing is None or standing.basis.payments.filter(bank_reference=reference).exists():
        return False
    paid = Paid(amount_ore=received.amount_ore, paid_on=received.booked_on, bank_reference=reference, notification=kept)
    to = register_fee_payment(actor, standing.basis.booking_id, paid, now=now)
    if not isinstance(to, BookingStatus):
        raise RuntimeError(f"{standing.basis.number}: a payment that fits was not taken: {to}")
    return True


def _fee_of(received: ReceivedPayment, municipality: str) -> tuple[FeeStanding | None, NotOurs | None]:
    """Return the one fee that a payment names and fits, or why there is none: never guessed."""
    named = [one for one in fees_asked_for(municipality) if received.names(one.basis.number)]
    if not named:
        return None, NotOurs.NO_FEE_IS_NAMED
    if len(named) > 1:
        return None, NotOurs.SEVERAL_FEES_ARE_NAMED
    if received.amount_ore > named[0].left_ore:
        return None, NotOurs.MORE_THAN_IS_LEFT
    if received.booked_on < named[0].basis.issued_on:
        return None, NotOurs.BEFORE_THE_INVOICE
    return named[0], None
