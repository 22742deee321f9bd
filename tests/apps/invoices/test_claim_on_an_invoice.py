"""A claim that rests on an invoice: opened, matched, coded, decided, and signed over exactly what was shown."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.apps.claims.january import a_file, january_of
from tests.apps.invoices import office as at
from tests.apps.invoices.office import Office
from tests.apps.signed_months import law, let_elsa_report, publish
from tests.cast import Cast, a_payee, ok
from timvis.apps.claims import actions as claims
from timvis.apps.claims import invoice_acts, queries
from timvis.apps.claims.handing_in import HandedIn
from timvis.apps.claims.invoice_acts import Chosen
from timvis.apps.claims.models import Claim
from timvis.apps.claims.queries import recompute_all, standing
from timvis.apps.claims.stamping import coded
from timvis.apps.parties import actions as parties
from timvis.apps.parties.models import Payee
from timvis.core.access import ClaimStatus, Relation
from timvis.core.coding import AccountString
from timvis.core.faults import Fault, Refusal
from timvis.core.review.finding import NEEDS_WORD, WordKind
from timvis.core.routine.records import Act, ClaimKind

LATER = at.NOW + timedelta(hours=1)
OTHER = AccountString(account="4599", parts=(("ansvar", "6100"), ("verksamhet", "513")))


def codes(office: Office, number: str) -> list[str]:
    return [finding.code for finding in at.check(office, number).findings]


def a_month(office: Office, number: str = "E-1", *, minutes: int = 6_600, amount_ore: int = 3_630_000) -> str:
    """Return the number of a claim on Ekot's invoice for Beda's March."""
    invoice_id = at.register(office, at.ekots(number))
    return at.opened(office, invoice_id, ClaimKind.ASSISTANCE, at.beda(office, amount_ore, minutes))


def a_stated_month(office: Office) -> str:
    """Return the number of the same, stamped, judged and stated, with Greta's attest."""
    number = a_month(office)
    ok(at.stamp(office, number))
    at.check(office, number)
    ok(at.state(office, number))
    ok(at.sign(office.cast.greta, number, Act.REVIEW_ATTEST))
    return number


def stamps(office: Office, number: str, chosen: Chosen, *, now: datetime = LATER) -> int | Refusal | tuple[Fault, ...]:
    keys = [each.amount.key for each in coded(at.claim(number), known_at=now)]
    return invoice_acts.stamp(
        office.cast.greta, number, dict.fromkeys(keys, chosen), seen=standing(at.claim(number)), now=now
    )


# --- opening -------------------------------------------------------------------------------------------------------


def test_everything_that_is_missing_for_a_claim_is_told_at_once(office: Office) -> None:
    invoice_id = at.register(office, at.ekots("E-1", supplier_number="5599000402"))

    faults = at.open_claim(office, invoice_id, ClaimKind.HOME_CARE)

    assert isinstance(faults, tuple)
    assert [fault.code for fault in faults] == ["supplier_is_unknown", "allocation_is_missing", "routine_is_missing"]
    assert not Claim.objects.exists()


def test_a_routine_that_takes_no_invoices_says_what_to_do_with_one(cast: Cast) -> None:
    publish(cast)
    here = Office(cast=cast, dan=cast.david, beda_id=cast.recipient_id, state_id=cast.fjarran_id)
    invoice_id = at.register(here, at.ekots("E-1"), now=at.RECEIVED_AT)
    assert isinstance(at.allocate(here, invoice_id, at.alma(here, 3_630_000)), int)

    faults = at.open_claim(here, invoice_id, ClaimKind.ASSISTANCE)

    assert isinstance(faults, tuple)
    assert [(fault.code, fault.remedy) for fault in faults] == [
        ("invoices_are_not_accepted", "Återsänd fakturan till utföraren.")
    ]


def test_an_invoice_rests_in_one_claim_at_a_time_also_for_the_database(office: Office) -> None:
    claim = at.claim(a_month(office))

    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.create(
            number="motala-2024-9999",
            municipality=claim.municipality,
            recipient=claim.recipient,
            provider=claim.provider,
            invoice=claim.invoice,
            kind=claim.kind,
            regime=claim.regime,
            month_on=claim.month_on,
            routine_version=claim.routine_version,
            received_at=claim.received_at,
            registered_by=claim.registered_by,
            submitted_by_provider=False,
        )


def test_the_claim_is_due_when_the_invoice_is(office: Office) -> None:
    assert at.claim(a_month(office)).due_on == date(2024, 5, 3)


def test_whoever_is_one_of_the_recipients_stands_as_herself(office: Office) -> None:
    invoice_id = at.register(office, at.ekots("E-1"))
    number = at.opened(office, invoice_id, ClaimKind.ASSISTANCE, at.alma(office, 1_000_000), at.beda(office, 2_630_000))

    claim = at.claim(number)

    assert claim.recipient is None
    assert queries.relation_to_claim(office.cast.alma, claim, now=at.NOW) is Relation.SELF
    assert queries.relation_to_claim(office.cast.elsa, claim, now=at.NOW) is Relation.OWN_PROVIDER
    assert queries.relation_to_claim(office.cast.greta, claim, now=at.NOW) is Relation.OWN_MUNICIPALITY


# --- hours -----------------------------------------------------------------------------------------------------------


def test_hours_that_another_invoice_has_billed_count_too(office: Office) -> None:
    a_month(office)
    line = replace(at.HOURS, hours="1", amount="330.00")
    invoice_id = at.register(office, at.ekots("E-2", line, ocr=""))

    number = at.opened(office, invoice_id, ClaimKind.ASSISTANCE, at.beda(office, 33_000, 60))

    (finding,) = at.check(office, number).findings
    assert finding.code == "more_hours_than_granted"
    assert "varav 110,00 tidigare" in finding.message
    assert finding.money_at_risk_ore == 33_000


def test_earlier_months_are_judged_by_their_own_grant(office: Office) -> None:
    days = (("2023-12-01", "2023-12-31"), ("2024-03-01", "2024-03-31"))
    lines = [replace(at.HOURS, hours="10", amount="3300.00", days=each) for each in days]
    invoice_id = at.register(office, at.ekots("E-1", *lines))

    number = at.opened(
        office,
        invoice_id,
        ClaimKind.ASSISTANCE,
        at.beda(office, 330_000, 600, date(2023, 12, 1)),
        at.beda(office, 330_000, 600),
    )

    # Beda's decision and Ekot's agreement both begin on 1 January 2024.
    assert codes(office, number) == ["more_hours_than_granted", "price_is_not_known"]


def test_a_month_that_nobody_has_decided_on_is_asked_about(office: Office) -> None:
    other = ok(
        parties.register_recipient(
            office.cast.cecilia,
            personal_number="195207291591",
            particulars=at.RecipientParticulars(name="Cajsa Carlsson"),
            now=at.REGISTERED_AT,
        )
    )
    invoice_id = at.register(office, at.ekots("E-1"))
    laid = at.Laid(recipient_id=other, month_on=at.MARCH, amount_ore=3_630_000, minutes=6_600)
    number = at.opened(office, invoice_id, ClaimKind.ASSISTANCE, laid)

    assert codes(office, number) == ["hours_are_not_known"]


def a_report(office: Office, *days: int) -> str:
    """Return the number of Alma's March by time reports, as Ekot's Elsa hands it in."""
    let_elsa_report(office.cast)
    month = january_of(office.cast, a_file(*days, month=at.MARCH), month=at.MARCH)
    handed = claims.hand_in(at.logged_in(office.cast.elsa, at.NOW), month, now=at.NOW)
    assert isinstance(handed, HandedIn), handed
    return handed.claim_number


def test_what_is_billed_is_what_the_time_report_says(office: Office) -> None:
    a_report(office, 4, 5)  # two shifts of eight hours
    line = replace(at.HOURS, hours="17", amount="5610.00")
    invoice_id = at.register(office, at.ekots("E-1", line))

    number = at.opened(office, invoice_id, ClaimKind.ASSISTANCE, at.alma(office, 561_000, 17 * 60))

    (finding,) = at.check(office, number).findings
    assert finding.code == "other_hours_than_performed"
    assert "16,00 är redovisade" in finding.message


def test_a_month_is_not_paid_both_by_report_and_by_invoice(office: Office) -> None:
    reported = a_report(office, 4)
    line = replace(at.HOURS, hours="8", amount="2640.00")
    invoice_id = at.register(office, at.ekots("E-1", line))
    at.opened(office, invoice_id, ClaimKind.ASSISTANCE, at.alma(office, 264_000, 8 * 60))
    reviewed = ok(claims.review_claim(office.cast.cecilia, reported, law=law(), now=at.NOW))
    keys = [finding.key for finding in reviewed.findings if finding.severity in NEEDS_WORD]
    if keys:
        ok(claims.give_word(office.cast.cecilia, reported, keys, WordKind.SET_ASIDE, reason="Utrett.", now=at.NOW))

    outcome = claims.calculate_claim(office.cast.cecilia, reported, law=law(), now=at.NOW)

    assert outcome is Refusal.MONTH_IS_INVOICED


def test_the_first_hours_are_twenty_a_week_at_most(office: Office) -> None:
    # 20 h a week in 31 days: 20 × 31 / 7 = 88,57 h. Alma is granted 45 a week.
    invoice_id = at.register(office, at.the_states("FK-1", hours="89", amount="29601.40"))

    number = at.opened(office, invoice_id, ClaimKind.FIRST_TWENTY_HOURS, at.alma(office, 2_960_140, 89 * 60))

    finding, unchecked = at.check(office, number).findings
    assert finding.code == "more_hours_than_granted"
    assert unchecked.code == "first_hours_cannot_be_checked"
    assert "88,57 är beviljade" in finding.message


# --- words, and the statement ------------------------------------------------------------------------------------


def test_what_is_set_aside_with_a_reason_no_longer_stops(office: Office) -> None:
    number = a_month(office, minutes=6_660)
    (finding,) = at.check(office, number).findings
    assert at.state(office, number) is Refusal.FINDINGS_WITHOUT_WORD

    ok(
        claims.give_word(
            office.cast.cecilia, number, [finding.key], WordKind.SET_ASIDE, reason="Skrivfel i fördelningen.", now=LATER
        )
    )

    assert ok(at.state(office, number)).statement.total_ore == 3_630_000


def test_the_statement_says_why_line_by_line_and_comes_out_the_same(office: Office) -> None:
    number = a_month(office)
    at.check(office, number)

    (line,) = ok(at.state(office, number)).statement.lines

    assert (line.code, line.quantity, line.unit, line.rate) == ("invoiced_assistance", "110", "hour", "33000")
    assert line.because == "110,00 timmar enligt faktura E-1 från 2024-04-03."
    assert recompute_all(law()).first_failure is None


# --- the account stamp ----------------------------------------------------------------------------------------------


def test_the_routines_own_string_is_suggested_with_its_reason(office: Office) -> None:
    (each,) = coded(at.claim(a_month(office)), known_at=at.NOW)

    assert each.string.text == "4631"
    assert each.because == "Assistans köpt av ett företag"
    assert not each.is_stamped


def test_another_string_takes_a_reason_which_is_kept(office: Office) -> None:
    number = a_month(office)

    assert stamps(office, number, Chosen(string=OTHER)) is Refusal.REASON_IS_MISSING
    ok(stamps(office, number, Chosen(string=OTHER, reason="Egen arbetsgivare.")))

    (each,) = coded(at.claim(number), known_at=LATER)
    assert (each.string, each.reason, each.is_stamped) == (OTHER, "Egen arbetsgivare.", True)


def test_an_account_that_is_not_in_the_chart_is_refused(office: Office) -> None:
    wrong = Chosen(string=replace(OTHER, account="9999"), reason="Nytt konto.")

    faults = stamps(office, a_month(office), wrong)

    assert isinstance(faults, tuple)
    assert [fault.code for fault in faults] == ["account_is_unknown"]


def test_nobody_attests_before_the_stamp(office: Office) -> None:
    number = a_month(office)
    at.check(office, number)
    ok(at.state(office, number))

    assert at.sign(office.cast.greta, number, Act.REVIEW_ATTEST) is Refusal.NOT_THE_NEXT_STEP


# --- what voids a signature -------------------------------------------------------------------------------------------


def test_another_account_string_begins_a_new_round(office: Office) -> None:
    number = a_stated_month(office)

    ok(stamps(office, number, Chosen(string=OTHER, reason="Rättat.")))

    assert at.claim(number).round == 2
    assert at.sign(office.cast.cecilia, number, Act.RECEIPT_ATTEST) is Refusal.NOT_THE_NEXT_STEP


def test_another_allocation_is_judged_stated_stamped_and_signed_anew(office: Office) -> None:
    number = a_stated_month(office)

    ok(
        invoice_acts.allocate_anew(
            office.cast.greta,
            number,
            [at.beda(office, 3_600_000, 6_600), at.alma(office, 30_000, 60)],
            reason="En timme var Almas.",
            seen=standing(at.claim(number)),
            now=LATER,
        )
    )

    assert at.claim(number).status == ClaimStatus.RECEIVED
    assert at.sign(office.cast.cecilia, number, Act.RECEIPT_ATTEST, now=LATER) is Refusal.WRONG_STATE
    at.check(office, number, now=LATER)
    assert ok(at.state(office, number, now=LATER)).round == 2
    assert at.sign(office.cast.greta, number, Act.REVIEW_ATTEST, now=LATER) is Refusal.NOT_THE_NEXT_STEP
    ok(at.stamp(office, number, now=LATER))
    ok(at.sign(office.cast.greta, number, Act.REVIEW_ATTEST, now=LATER))


def test_another_account_to_pay_to_voids_what_was_signed(office: Office) -> None:
    number = a_stated_month(office)
    payee = Payee.objects.get(provider_id=office.cast.ekot_id, recipient__isnull=True)
    ok(
        parties.change_payee(
            at.logged_in(office.cast.greta, LATER),
            payee_id=payee.pk,
            particulars=a_payee("Ekot AB", at.STATES_GIRO, valid_from=date(2024, 4, 1)),
            seen=1,
            now=LATER,
        )
    )
    ok(at.decide(office, number, amount_ore=3_630_000, now=LATER))

    outcome = at.sign(office.cast.greta, number, Act.MATCH_HOURS, now=LATER)

    assert outcome is Refusal.SHOWN_IS_NOT_CURRENT


def test_the_decision_does_not_void_what_was_signed_before_it(office: Office) -> None:
    number = a_stated_month(office)

    ok(at.decide(office, number, amount_ore=3_630_000))

    assert at.claim(number).round == 1
    ok(at.sign(office.cast.greta, number, Act.MATCH_HOURS))
    ok(at.sign(office.cast.cecilia, number, Act.RECEIPT_ATTEST))


def test_a_decision_on_another_amount_is_no_decision_on_this_invoice(office: Office) -> None:
    number = a_stated_month(office)

    faults = at.decide(office, number, amount_ore=3_000_000)

    assert isinstance(faults, tuple)
    assert [fault.code for fault in faults] == ["amount_is_not_the_stated"]


# --- an invoice that follows a decision ------------------------------------------------------------------------------


def test_a_cost_that_the_decision_does_not_have_is_found(office: Office) -> None:
    first_id = at.register(office, at.ekots("E-1", at.SICK_PAY, at.VACATION))
    decided = at.opened(office, first_id, ClaimKind.SICK_COST, at.alma(office, 342_000))
    at.check(office, decided)
    ok(at.state(office, decided))
    ok(at.decide(office, decided, amount_ore=342_000))
    education = at.BilledLine(text="Utbildning av vikarie", amount="500.00")
    second_id = at.register(office, at.ekots("E-2", at.SICK_PAY, education, ocr=""))
    laid = (
        replace(at.alma(office, 288_000), decided="invoiced_sick_cost"),
        at.alma(office, 50_000),
    )

    number = at.opened(office, second_id, ClaimKind.SICK_COST, *laid, follows=decided)

    assert codes(office, number) == ["cost_is_not_decided"]


def test_a_decision_that_does_not_exist_is_told(office: Office) -> None:
    invoice_id = at.register(office, at.ekots("E-1"))
    assert isinstance(at.allocate(office, invoice_id, at.alma(office, 3_630_000)), int)

    faults = at.open_claim(office, invoice_id, ClaimKind.SICK_COST, follows="motala-2024-0099")

    assert isinstance(faults, tuple)
    assert [fault.code for fault in faults] == ["decision_is_unknown"]
