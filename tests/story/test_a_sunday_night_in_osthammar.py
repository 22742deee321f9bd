"""A Sunday night from the call to the paid fee in Östhammar, and a cancelled booking in Västerås."""

from datetime import datetime, timedelta

import pytest

from tests.apps.orders import desk
from tests.apps.orders.desk import CALL_AT, LATER, MORNING, SUNDAY, Town, a_call, a_town, at, booking
from tests.apps.signed_months import law
from tests.cast import ok
from timvis.apps.accounting import incoming
from timvis.apps.accounting.models import BankNotification, Entry, PaymentOrder
from timvis.apps.accounting.queries import ledger_check
from timvis.apps.audit.actions import seal
from timvis.apps.audit.models import LogEntry
from timvis.apps.audit.queries import verdict
from timvis.apps.claims.queries import recompute_all
from timvis.apps.documents.queries import letters_about
from timvis.apps.orders import actions, fee_acts, queries, records
from timvis.apps.orders.fee_acts import Proposed
from timvis.apps.orders.models import InvoiceBasis
from timvis.apps.routines.records import routine
from timvis.core.access import BookingStatus
from timvis.core.calendar.local_time import instant_of
from timvis.core.faults import Refusal
from timvis.core.substitute.booking import Cancelled
from timvis.core.substitute.request import Open
from timvis.core.substitute.routing import Desk, answering, contact_of
from timvis.core.substitute.time_sheets import form_of


def who_answers(town: Town, now: datetime = CALL_AT) -> tuple[Desk, str]:
    """Return the desk that answers at a moment, and its number."""
    version = queries.routine_for_booking(town.cast.machine.municipality, SUNDAY)
    assert version is not None
    hours = queries.hours_of(routine(version), now)
    band = answering(hours, instant_of(now))
    assert band is not None
    points = records.contact_points(town.cast.machine.municipality, known_at=now, on=SUNDAY)
    point = contact_of(band, SUNDAY, points)
    return band.by, point.telephone if point else ""


@pytest.mark.django_db
def test_a_sunday_night_from_the_call_to_the_paid_fee() -> None:
    town = a_town()

    booking_id = the_night(town)
    the_morning_after(town, booking_id)
    basis = a_week_later(town, booking_id)

    number = booking(booking_id).number
    assert [letter.code for letter in letters_about("osthammar", number)] == [
        "invoice_basis",
        "substitute_time_own",
        "substitute_time_state",
        "decision_copy",
        "decision_copy",
        "substitute_granted",
        "booking_confirmed",
    ]
    assert queries.bookings_on_desk(town.ida, now=LATER) == ()

    # Three weeks later the bank tells that Ekot has paid: the receivable is settled, and nothing was ever paid out.
    paid_at = LATER + timedelta(days=21)
    hasse = at(town.cast.hasse, paid_at)
    taken = incoming.take_notification(hasse, _paid(basis), file_name="in-0406.xml", now=paid_at)
    assert isinstance(taken, BankNotification)
    assert booking(booking_id).status == BookingStatus.PAID
    checked = ledger_check("osthammar")
    assert checked is not None
    assert (checked.failures, checked.sums) == ((), {"1511": 0, "1941": 224_560, "6799": -224_560})
    assert PaymentOrder.objects.count() == 0

    made = recompute_all(law())
    assert (made.statements, made.first_failure) == (1, None)
    seal(paid_at)
    assert verdict().ok


def the_night(town: Town) -> int:
    """Let Ekot call at 21.40 and somebody be confirmed; return the booking's id."""
    jon = at(town.jon, CALL_AT)

    # Ekot's assistant is sick, nobody in its own pool can come. The duty supervisor answers.
    assert who_answers(town) == (Desk.DUTY_SUPERVISOR, "0173-000 02")
    booking_id = actions.request_substitute(jon, a_call(town), now=CALL_AT)
    assert isinstance(booking_id, int)

    # Mira may, can and says yes; she is confirmed before any paper is in.
    first = queries.who_can_come(booking(booking_id), law(), now=CALL_AT)[0]
    assert first.member.id == town.mira_id
    desk.offered(town, booking_id)
    ok(actions.answer_offer(jon, booking_id, town.mira_id, accepts=True, now=CALL_AT))
    assert isinstance(actions.confirm_booking(jon, booking_id, law=law(), now=CALL_AT), int)
    return booking_id


def the_morning_after(town: Town, booking_id: int) -> None:
    """Let what could wait come in on Monday morning: it stood on the office's list; and the time be reported."""
    assert who_answers(town, MORNING) == (Desk.STAFFING_ASSISTANT, "0173-000 01")
    waiting = queries.on_desk(booking(booking_id), now=MORNING).still_open
    assert waiting[:3] == (Open.DECISION, Open.POWER_OF_ATTORNEY, Open.OWN_ROUTINE)
    desk.papers_in(town, booking_id)
    desk.reported(town, booking_id)
    settings = records.settings(booking(booking_id))
    forms = {
        form_of(row.sheet, row.span.work_on, settings.forms)
        for row in records.sheet_rows(records.newest_sheets(booking(booking_id)))
    }
    assert forms == {"Försäkringskassans blankett 3059", "Kommunens egen tidrapport"}


def a_week_later(town: Town, booking_id: int) -> InvoiceBasis:
    """Let Ekot's cost come in, Hasse calculate and Cecilia review; return what was sent."""
    hasse, cecilia = at(town.cast.hasse, LATER), at(town.cast.cecilia, LATER)
    desk.stated(town, booking_id)
    fee = fee_acts.calculate_fee(hasse, booking_id, law=law(), now=LATER)
    assert isinstance(fee, Proposed)
    cost_ore = sum(cost.cost_ore for cost in desk.COSTS)
    assert fee.statement.total_ore + cost_ore == 8 * 34_770
    ok(fee_acts.review_fee(cecilia, booking_id, digest=fee.statement.digest, now=LATER))
    basis = fee_acts.send_invoice_basis(hasse, booking_id, buyer_reference="EK-77", now=LATER)
    assert isinstance(basis, InvoiceBasis)
    assert (basis.total_ore, basis.due_on) == (224_560, LATER.date() + timedelta(days=30))
    return basis


def _paid(basis: InvoiceBasis) -> bytes:
    """Return what the bank tells when somebody has paid an invoice with its number as reference."""
    return f"""<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.02"><BkToCstmrDbtCdtNtfctn>
<GrpHdr><MsgId>IN-0406</MsgId></GrpHdr><Ntfctn><Ntry><Amt Ccy="SEK">2245.60</Amt><CdtDbtInd>CRDT</CdtDbtInd>
<Sts>BOOK</Sts><BookgDt><Dt>2026-04-06</Dt></BookgDt><NtryDtls><TxDtls><Refs><AcctSvcrRef>BG-1</AcctSvcrRef></Refs>
<AmtDtls><TxAmt><Amt Ccy="SEK">2245.60</Amt></TxAmt></AmtDtls>
<RmtInf><Strd><CdtrRefInf><Ref>{basis.number}</Ref></CdtrRefInf></Strd></RmtInf></TxDtls></NtryDtls></Ntry>
</Ntfctn></BkToCstmrDbtCdtNtfctn></Document>""".encode()


@pytest.mark.django_db
def test_a_cancelled_booking_in_vasteras_is_the_companys_to_bill_and_books_nothing() -> None:
    town = a_town(slug="vasteras", routine="vasteras/sick_cost.toml")
    cecilia = at(town.cast.cecilia, CALL_AT)

    # The contracted company answers at every hour; no paper of the municipality's stands in the way.
    assert who_answers(town)[0] is Desk.CONTRACTED_COMPANY
    booking_id = actions.request_substitute(cecilia, a_call(town), now=CALL_AT)
    assert isinstance(booking_id, int)
    assert actions.offer_shift(cecilia, booking_id, town.mira_id, law=law(), now=CALL_AT) is Refusal.WRONG_STATE
    confirmed = actions.confirm_by_company(cecilia, booking_id, substitute="Basansvarets vikarie", now=CALL_AT)
    assert confirmed is BookingStatus.CONFIRMED
    assert queries.on_desk(booking(booking_id), now=CALL_AT).still_open == ()

    found = actions.cancel_booking(at(town.cast.elsa, CALL_AT), booking_id, reason="Assistenten är frisk.", now=CALL_AT)

    assert isinstance(found, Cancelled)
    assert found.billed_minutes == 8 * 60
    assert "kommunen bokför ingenting" in found.because
    assert booking(booking_id).status == BookingStatus.CANCELLED
    assert fee_acts.calculate_fee(at(town.cast.hasse, LATER), booking_id, law=law(), now=LATER) is Refusal.WRONG_STATE
    assert Entry.objects.count() == PaymentOrder.objects.count() == InvoiceBasis.objects.count() == 0
    assert LogEntry.objects.filter(action="cancel_booking", outcome="done").count() == 1
