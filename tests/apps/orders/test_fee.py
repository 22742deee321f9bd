"""The fee: what the hours are worth less what the sick assistant cost, reviewed by another, asked for once."""

from dataclasses import replace
from typing import Any

import pytest

from tests.apps.orders.desk import (
    COSTS,
    LATER,
    Town,
    at,
    booking,
    confirmed,
    papers_in,
    reported,
    stated,
)
from tests.apps.signed_months import law
from tests.cast import ok
from tests.formats.test_peppol_official import rules
from timvis.apps.accounting.actions import book
from timvis.apps.accounting.models import Entry, PaymentOrder
from timvis.apps.accounting.queries import ledger_check
from timvis.apps.documents.queries import letters_about
from timvis.apps.orders import fee_acts, queries
from timvis.apps.orders.fee_acts import Proposed
from timvis.apps.orders.models import InvoiceBasis
from timvis.core.access import Actor, BookingStatus, Role
from timvis.core.faults import Refusal
from timvis.core.invoice.checks import objections
from timvis.core.invoice.records import Invoice
from timvis.core.quantities import Ore
from timvis.core.substitute.fee import Payer
from timvis.core.substitute.settings import Sheet
from timvis.formats.peppol_invoice.document import parse
from timvis.formats.peppol_invoice.read import read

# Six hours at 347,70 less 150,00 = 1 936,20; two hours at 347,70 less 386,00 = 309,40.
FEE_ORE = 224_560


def calculate(town: Town, booking_id: int) -> Any:
    return fee_acts.calculate_fee(at(town.cast.hasse, LATER), booking_id, law=law(), now=LATER)


def proposed(town: Town, booking_id: int) -> Proposed:
    found = calculate(town, booking_id)
    assert isinstance(found, Proposed), found
    return found


def send(actor: Actor, booking_id: int, **says: Any) -> Any:
    return fee_acts.send_invoice_basis(
        at(actor, LATER), booking_id, **{"buyer_reference": "EK-77", "bankgiro": "5050-1055", **says}, now=LATER
    )


def a_worked_night(town: Town) -> int:
    booking_id = confirmed(town)
    papers_in(town, booking_id)
    reported(town, booking_id)
    stated(town, booking_id)
    return booking_id


def a_reviewed_fee(town: Town) -> int:
    booking_id = a_worked_night(town)
    digest = proposed(town, booking_id).statement.digest
    ok(fee_acts.review_fee(at(town.cast.cecilia, LATER), booking_id, digest=digest, now=LATER))
    return booking_id


def test_the_fee_stands_with_its_reasons_and_its_account(town: Town) -> None:
    booking_id = a_worked_night(town)

    found = proposed(town, booking_id)

    fee = queries.newest_fee(booking(booking_id))
    assert fee is not None
    assert found.statement.total_ore == fee.total_ore == FEE_ORE
    assert [line.amount_ore for line in found.statement.lines] == [208_620, -15_000, 69_540, -38_600]
    assert all(line.because and line.cites for line in found.statement.lines)
    assert (fee.account, fee.parts) == ("6799", [["ansvar", "5310"]])
    assert fee.digest == found.statement.digest


def test_without_the_providers_cost_no_fee_is_proposed_and_it_is_asked_for(town: Town) -> None:
    booking_id = confirmed(town)
    reported(town, booking_id)

    found = calculate(town, booking_id)

    assert {finding.code for finding in found} == {"providers_cost_was_not_stated"}
    assert queries.newest_fee(booking(booking_id)) is None


def test_where_the_cost_is_higher_than_the_amount_no_fee_is_proposed_for_that_time(town: Town) -> None:
    booking_id = confirmed(town)
    reported(town, booking_id)
    # two hours are worth 695,40
    stated(town, booking_id, (*COSTS[:2], replace(COSTS[2], cost_ore=Ore(69_541))))

    found = proposed(town, booking_id)

    assert found.statement.total_ore == 193_620
    assert [finding.code for finding in found.findings] == ["provider_cost_exceeded_the_hourly_amount"]
    assert queries.newest_fee(booking(booking_id)).findings[0]["code"] == found.findings[0].code  # type: ignore[union-attr]


def test_a_booking_that_nobody_is_charged_for_is_closed_with_the_reason_after_the_review(town: Town) -> None:
    booking_id = confirmed(town)
    reported(town, booking_id)
    stated(town, booking_id, tuple(replace(cost, cost_ore=Ore(300_000)) for cost in COSTS))
    made = proposed(town, booking_id)
    hasse, cecilia = at(town.cast.hasse, LATER), at(town.cast.cecilia, LATER)

    def closed(reason: str = "Kostnaden är högre än timbeloppet i all tid.") -> Any:
        return fee_acts.close_without_fee(hasse, booking_id, reason=reason, now=LATER)

    assert (made.statement.total_ore, len(made.findings)) == (0, 2)
    assert closed() is Refusal.NOT_THE_NEXT_STEP
    ok(fee_acts.review_fee(cecilia, booking_id, digest=made.statement.digest, now=LATER))
    assert send(town.cast.hasse, booking_id) is Refusal.WRONG_STATE
    assert closed(" ") is Refusal.REASON_IS_MISSING
    assert closed() is BookingStatus.CLOSED
    assert booking_id not in {one.booking.pk for one in queries.bookings_on_desk(town.ida, now=LATER)}


def test_a_fee_that_asks_for_something_is_not_closed_away(town: Town) -> None:
    booking_id = a_reviewed_fee(town)

    found = fee_acts.close_without_fee(at(town.cast.hasse, LATER), booking_id, reason="Glömt.", now=LATER)

    assert found is Refusal.WRONG_STATE


def test_whoever_calculated_does_not_review_and_a_review_is_of_what_was_shown(town: Town) -> None:
    booking_id = a_worked_night(town)
    digest = proposed(town, booking_id).statement.digest
    both = replace(town.cast.hasse, roles=frozenset({Role.FINANCE_ASSISTANT, Role.CASE_OFFICER}))

    own = fee_acts.review_fee(at(both, LATER), booking_id, digest=digest, now=LATER)
    other = fee_acts.review_fee(at(town.cast.cecilia, LATER), booking_id, digest="0" * 64, now=LATER)

    assert own is Refusal.SAME_PERSON_ALREADY_SIGNED
    assert other is Refusal.SHOWN_IS_NOT_CURRENT


def test_a_fee_that_is_calculated_anew_is_reviewed_anew(town: Town) -> None:
    booking_id = a_reviewed_fee(town)
    stated(town, booking_id, (*COSTS[:2], replace(COSTS[2], cost_ore=Ore(40_000))))
    proposed(town, booking_id)

    assert send(town.cast.hasse, booking_id) is Refusal.NOT_THE_NEXT_STEP


def test_the_basis_is_a_letter_with_the_reasons_and_nothing_is_paid(town: Town) -> None:
    booking_id = a_reviewed_fee(town)

    basis = send(town.cast.hasse, booking_id)

    assert isinstance(basis, InvoiceBasis), basis
    row = booking(booking_id)
    letter = next(one for one in letters_about("osthammar", row.number) if one.code == "invoice_basis")
    assert row.status == BookingStatus.CHARGED
    assert basis.total_ore == FEE_ORE
    for said in ("2 245,60 kr", "6799 ansvar 5310", "Anordnaren behåller"):
        assert said in letter.html
    assert "Alma" not in letter.html
    assert PaymentOrder.objects.count() == 0


def test_the_one_who_has_the_assistance_may_be_asked_instead_and_gets_a_letter_of_her_own(town: Town) -> None:
    basis = send(town.cast.hasse, a_reviewed_fee(town), payer=Payer.RECIPIENT)

    assert isinstance(basis, InvoiceBasis), basis
    assert (basis.payer, bytes(basis.xml)) == (Payer.RECIPIENT, b"")
    assert (basis.letter.receiver, basis.letter.provider_id) == ("Alma Åkesson", None)
    assert "2 245,60 kr" in basis.letter.html


def test_the_e_invoice_passes_our_own_checks_and_every_official_rule(town: Town) -> None:
    basis = send(town.cast.hasse, a_reviewed_fee(town))

    invoice = read(bytes(basis.xml))
    assert isinstance(invoice, Invoice), invoice
    assert objections(invoice) == ()
    assert invoice.totals.payable_ore == FEE_ORE == sum(line.amount_ore for line in invoice.lines)
    assert (invoice.buyer_reference, invoice.buyer.organisation_number) == ("EK-77", "5599000105")
    root = parse(bytes(basis.xml))
    judged = rules().judge(root)  # type: ignore[arg-type]
    assert judged.is_complete
    assert judged.failed == ()


def test_it_is_a_receivable_in_the_ledger_once_however_often_the_vouchers_are_handed_on(town: Town) -> None:
    booking_id = a_reviewed_fee(town)
    basis = send(town.cast.hasse, booking_id)

    handed_on = ok(book(at(town.cast.hasse, LATER), now=LATER))
    again = book(at(town.cast.hasse, LATER), now=LATER)

    [moved] = Entry.objects.get(invoice_basis=basis).transfers.all()
    assert (moved.debit_account, moved.credit_account, moved.amount_ore) == ("1511", "6799", FEE_ORE)
    assert moved.coding == [["ansvar", "5310"]]
    assert handed_on is not None
    assert b"6799" in bytes(handed_on.content)
    assert again is None
    checked = ledger_check("osthammar")
    assert checked is not None
    assert checked.failures == ()


def test_it_is_asked_for_once(town: Town) -> None:
    booking_id = a_reviewed_fee(town)
    assert isinstance(send(town.cast.hasse, booking_id), InvoiceBasis)

    assert send(town.cast.hasse, booking_id) is Refusal.WRONG_STATE
    assert calculate(town, booking_id) is Refusal.WRONG_STATE
    assert InvoiceBasis.objects.count() == 1


def test_nobody_is_charged_while_the_decision_is_still_to_come(town: Town) -> None:
    booking_id = confirmed(town)
    reported(town, booking_id)
    stated(town, booking_id)
    digest = proposed(town, booking_id).statement.digest
    ok(fee_acts.review_fee(at(town.cast.cecilia, LATER), booking_id, digest=digest, now=LATER))

    assert send(town.cast.hasse, booking_id) is Refusal.DOCUMENTS_ARE_MISSING
    papers_in(town, booking_id)
    assert isinstance(send(town.cast.hasse, booking_id), InvoiceBasis)


def test_a_bankgiro_with_a_wrong_check_digit_sends_nothing(town: Town) -> None:
    booking_id = a_reviewed_fee(town)

    faults = send(town.cast.hasse, booking_id, bankgiro="5050-1056")

    assert [fault.code for fault in faults] == ["bankgiro_is_wrong"]
    assert "invoice_basis" not in [one.code for one in letters_about("osthammar", booking(booking_id).number)]


@pytest.mark.parametrize("who", ["cecilia", "elsa", "greta"])
def test_only_finance_charges(town: Town, who: str) -> None:
    assert send(getattr(town.cast, who), a_reviewed_fee(town)) is Refusal.ROLE_DOES_NOT_ALLOW


def test_the_provider_states_its_own_cost_and_no_other_provider_does(town: Town) -> None:
    booking_id = confirmed(town)
    cost = (replace(COSTS[0], sheet=Sheet.STATE),)

    mine = fee_acts.state_provider_cost(
        at(town.cast.elsa, LATER), booking_id, cost, stated_by="Elsa Ek", stated_on=LATER.date(), now=LATER
    )
    other = fee_acts.state_provider_cost(
        at(town.cast.fatima, LATER), booking_id, cost, stated_by="Fatima", stated_on=LATER.date(), now=LATER
    )

    assert mine == 1
    assert other is Refusal.NO_RELATION
