"""A booking is called off with a reason, and nothing is ever booked in the ledger by it."""

from tests.apps.orders.desk import CALL_AT, Town, at, booking, called, confirmed, reported
from timvis.apps.accounting.models import Entry, PaymentOrder
from timvis.apps.documents.models import SentLetter
from timvis.apps.orders import actions
from timvis.core.access import Actor, BookingStatus
from timvis.core.faults import Refusal
from timvis.core.substitute.booking import Cancelled


def cancel(actor: Actor, booking_id: int, reason: str = "Assistenten kom tillbaka.") -> Cancelled | Refusal:
    return actions.cancel_booking(at(actor, CALL_AT), booking_id, reason=reason, now=CALL_AT)


def test_the_provider_calls_off_what_it_asked_for(town: Town) -> None:
    booking_id = confirmed(town)

    found = cancel(town.cast.elsa, booking_id)

    assert isinstance(found, Cancelled)
    assert found.billed_minutes == 0
    row = booking(booking_id)
    assert row.status == BookingStatus.CANCELLED
    assert row.steps.get(act="cancel_booking").reason == "Assistenten kom tillbaka."
    assert Entry.objects.count() == PaymentOrder.objects.count() == 0


def test_those_who_were_told_that_somebody_comes_are_told_that_nobody_does(town: Town) -> None:
    booking_id, unmet = confirmed(town), called(town)

    cancel(town.cast.elsa, booking_id)
    cancel(town.cast.elsa, unmet)

    letter = SentLetter.objects.get(code="booking_cancelled")
    confirmation = SentLetter.objects.get(code="booking_confirmed")
    assert (letter.about, letter.receiver) == (booking(booking_id).number, confirmation.receiver)
    for said in ("Alma Åkesson", "är avbokad", "Assistenten kom tillbaka."):
        assert said in letter.html


def test_calling_off_takes_a_reason_and_is_done_once(town: Town) -> None:
    booking_id = called(town)

    assert cancel(town.jon, booking_id, " ") is Refusal.REASON_IS_MISSING
    assert isinstance(cancel(town.jon, booking_id), Cancelled)
    assert cancel(town.jon, booking_id) is Refusal.WRONG_STATE


def test_what_has_been_worked_is_not_called_off(town: Town) -> None:
    booking_id = confirmed(town)
    reported(town, booking_id)

    assert cancel(town.jon, booking_id) is Refusal.WRONG_STATE


def test_another_provider_calls_nothing_off(town: Town) -> None:
    assert cancel(town.cast.fatima, called(town)) is Refusal.NO_RELATION
