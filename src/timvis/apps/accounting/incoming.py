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
from timvis.apps.orders.models import Booking, InvoiceBasis
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
class Settled:
    """A payment that settled a fee, or a part of it."""

    booking: Booking
    number: str
    amount_ore: int
    is_whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftToAPerson:
    """A payment that the machine does not settle: never guessed, always told."""

    received: ReceivedPayment
    because: NotOurs


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What one notification came to; `known` are payments that were registered before, by the bank's reference."""

    settled: tuple[Settled, ...] = ()
    known: tuple[str, ...] = ()
    left: tuple[LeftToAPerson, ...] = ()


@transaction.atomic
def take_notification(
    actor: Actor, content: bytes, *, file_name: str, now: datetime
) -> Received | Refusal | tuple[Fault, ...]:
    """Return what a notification (camt.054) did: each payment that names one unpaid fee settles it, if it fits.

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
    outcomes = [_settle(actor, one, kept, now) for one in read.received] if is_new else []
    made = Received(
        settled=tuple(one for one in outcomes if isinstance(one, Settled)),
        known=tuple(one for one in outcomes if isinstance(one, str)),
        left=tuple(one for one in outcomes if isinstance(one, LeftToAPerson)),
    )
    if is_new:
        told = {"settled": len(made.settled), "known": len(made.known), "left": len(made.left)}
        attempt.done(detail={"digest": kept.digest, **told})
    return made


def _settle(
    actor: Actor, received: ReceivedPayment, kept: BankNotification, now: datetime
) -> Settled | LeftToAPerson | str:
    named = [one for one in fees_asked_for(actor.municipality) if received.names(one.basis.number)]
    if not named:
        return LeftToAPerson(received=received, because=NotOurs.NO_FEE_IS_NAMED)
    if len(named) > 1:
        return LeftToAPerson(received=received, because=NotOurs.SEVERAL_FEES_ARE_NAMED)
    standing, reference = named[0], received.bank_reference
    basis = standing.basis
    if reference and basis.payments.filter(bank_reference=reference).exists():
        return reference
    if received.amount_ore > standing.left_ore:
        return LeftToAPerson(received=received, because=NotOurs.MORE_THAN_IS_LEFT)
    if received.booked_on < basis.issued_on:
        return LeftToAPerson(received=received, because=NotOurs.BEFORE_THE_INVOICE)
    paid = Paid(amount_ore=received.amount_ore, paid_on=received.booked_on, bank_reference=reference, notification=kept)
    to = register_fee_payment(actor, basis.booking_id, paid, now=now)
    if not isinstance(to, BookingStatus):
        raise RuntimeError(f"{basis.number}: a payment that fits was not taken: {to}")
    return Settled(
        booking=basis.booking,
        number=basis.number,
        amount_ore=received.amount_ore,
        is_whole=to is BookingStatus.PAID,
    )
