"""The state's invoice for first hours, verified against what the town has registered and reported."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.apps.claims.january import a_file, january_of
from tests.apps.invoices import office as at
from tests.apps.invoices.office import Office
from tests.apps.signed_months import ROUTINE, law, let_elsa_report, publish
from tests.cast import ok
from timvis.apps.audit.models import LogEntry
from timvis.apps.claims import actions as claims
from timvis.apps.claims import first_hours, invoicing
from timvis.apps.claims.handing_in import HandedIn
from timvis.apps.decisions import actions as decisions
from timvis.apps.decisions.actions import ResponsibilityParticulars
from timvis.apps.decisions.models import Decision
from timvis.apps.invoices import actions as invoices
from timvis.apps.routines import records as routines
from timvis.core.faults import Refusal
from timvis.core.invoice.first_hours import Verdict, Verification
from timvis.core.invoice.first_hours_forecast import forecast
from timvis.core.invoice.first_hours_models import CountingModel
from timvis.core.law import LawReader
from timvis.core.quantities import Minutes
from timvis.core.records import GrantUnit, Regime
from timvis.core.routine.records import ClaimKind

LATER = at.NOW + timedelta(hours=1)


def billed(office: Office, number: str, hours: int, *, ore: int = 33_260) -> str:
    """Return the number of a claim on the state's invoice for Alma's March."""
    amount = hours * ore
    bill = at.the_states(number, hours=str(hours), amount=f"{amount / 100:.2f}")
    lines = tuple(replace(line, price=f"{ore / 100:.2f}") for line in bill.lines)
    invoice_id = at.register(office, replace(bill, lines=lines))
    return at.opened(office, invoice_id, ClaimKind.FIRST_TWENTY_HOURS, at.alma(office, amount, hours * 60))


def verification(number: str) -> Verification:
    """Return the verdict on a claim's lines as things stand."""
    claim = at.claim(number)
    case = invoicing.case(claim, routines.routine(claim.routine_version), law(), known_at=LATER)
    assert case.first_hours is not None
    return case.first_hours


def codes(number: str) -> list[str]:
    return [each.code for each in verification(number).objections]


@pytest.fixture
def reported(office: Office) -> Office:
    """The office, with Alma's March reported on the state's decision: sixteen hours."""
    let_elsa_report(office.cast)
    publish(office.cast, ROUTINE.replace(b"vasteras", b"motala").replace(b'regime = "lss"', b'regime = "sfb"'))
    file = a_file(4, 5, month=at.MARCH)
    month = replace(january_of(office.cast, file, month=at.MARCH), regime=Regime.SFB)
    handed = ok(claims.hand_in(at.logged_in(office.cast.elsa, at.NOW), month, now=at.NOW))
    assert isinstance(handed, HandedIn), handed
    return office


def test_without_reports_the_verdict_is_that_nothing_can_be_checked(office: Office) -> None:
    number = billed(office, "FK-1", 70)

    assert verification(number).lines[0].verdict is Verdict.CANNOT_BE_CHECKED
    assert codes(number) == ["first_hours_cannot_be_checked"]


def test_reported_time_is_counted_by_every_model_whose_days_are_known(reported: Office) -> None:
    number = billed(reported, "FK-1", 16)

    line = verification(number).lines[0]
    assert line.verdict is Verdict.AGREES
    assert line.agrees_with == (CountingModel.WEEK_PRORATA, CountingModel.WEEK_MONDAY, CountingModel.MONTH_FLAT)
    assert {each.model for each in line.counted if each.parts is None} == {
        CountingModel.WEEK_CUT,
        CountingModel.WEEK_SUNDAY,
    }
    assert codes(number) == []


def test_a_confirmed_model_that_does_not_agree_stops_the_invoice(reported: Office) -> None:
    number = billed(reported, "FK-1", 17)
    assert verification(number).lines[0].verdict is Verdict.CANNOT_BE_CHECKED

    made = invoices.confirm_counting_model(
        reported.cast.cecilia,
        at.claim(number).invoice_id or 0,
        CountingModel.MONTH_FLAT,
        holds_from=date(2024, 1, 1),
        reason="Samma som fakturan för februari.",
        now=at.NOW,
    )

    assert isinstance(made, int)
    assert codes(number) == ["first_hours_agree_with_no_model"]
    assert [finding.code for finding in at.check(reported, number).findings] == ["first_hours_agree_with_no_model"]
    assert LogEntry.objects.filter(action="confirm_counting_model", outcome="done").exists()


def test_the_model_is_confirmed_with_a_reason_by_somebody_who_matches_hours(office: Office) -> None:
    number = billed(office, "FK-1", 16)
    invoice_id = at.claim(number).invoice_id or 0
    model, day = CountingModel.WEEK_CUT, date(2024, 1, 1)

    by_greta = invoices.confirm_counting_model(
        office.cast.greta, invoice_id, model, holds_from=day, reason="Ja", now=at.NOW
    )
    without = invoices.confirm_counting_model(
        office.cast.cecilia, invoice_id, model, holds_from=day, reason=" ", now=at.NOW
    )

    assert by_greta is Refusal.ROLE_DOES_NOT_ALLOW
    assert without is Refusal.REASON_IS_MISSING


def test_no_week_is_billed_on_two_invoices(office: Office) -> None:
    first, second = billed(office, "FK-1", 70), billed(office, "FK-2", 10)

    assert "week_is_billed_twice" in codes(second)
    assert "week_is_billed_twice" in codes(first)


def test_a_higher_rate_is_right_only_while_it_is_registered(office: Office) -> None:
    number = billed(office, "FK-1", 70, ore=35_000)
    assert "higher_rate_is_not_registered" in codes(number)
    decision = Decision.objects.get(reference="SFB-2024-3")
    told = decision.versions.get()

    changed = decisions.change_decision(
        office.cast.cecilia,
        decision_id=decision.pk,
        particulars=decisions.DecisionParticulars(
            regime=Regime.SFB,
            decided_on=told.decided_on,
            decided_by=told.decided_by,
            valid_from=date(2024, 1, 1),
            granted_minutes=Minutes(told.granted_minutes),
            per=GrantUnit.WEEK,
            rate_ore_per_hour=35_000,
        ),
        seen=1,
        now=at.NOW,
    )

    assert changed == 2
    assert codes(number) == ["first_hours_cannot_be_checked"]


def test_weeks_before_the_person_moved_here_are_questioned(office: Office) -> None:
    number = billed(office, "FK-1", 70)

    told = decisions.tell_responsibility(
        office.cast.cecilia,
        recipient_id=office.alma_id,
        particulars=ResponsibilityParticulars(ground="LSS 16 §, inflyttad", valid_from=date(2024, 3, 11)),
        seen=0,
        now=at.NOW,
    )

    assert told == 1
    assert "week_is_not_ours" in codes(number)
    message = next(each.message for each in verification(number).objections if each.code == "week_is_not_ours")
    assert "2024 v 9, 2024 v 10." in message


def test_the_years_forecast_counts_what_is_billed_and_what_is_granted_ahead(office: Office) -> None:
    billed(office, "FK-1", 70)

    persons = first_hours.forecast_persons(office.cast.municipality_id, known_at=LATER)
    year = forecast(2024, persons, LawReader(law()))

    assert [(row.recipient, row.billed_ore) for row in year.rows] == [("LSS-2018-17", 70 * 33_260)]
    assert len(year.rows[0].expected_months) == 11
