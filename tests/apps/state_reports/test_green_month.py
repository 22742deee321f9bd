"""A month on the state's decision, judged from what the town has: red until the bill is in and right."""

from datetime import date

import pytest

from tests.apps.claims.january import a_file, january_of
from tests.apps.signed_months import JANUARY, law, let_elsa_report, publish
from tests.apps.state_month import SIXTEEN_HOURS, report_january, the_state_grants
from tests.cast import ALMA_NUMBER, NOW, Cast, ok
from timvis.apps.claims import actions as claims
from timvis.apps.claims.models import Claim
from timvis.apps.state_reports.bills import BillParticulars, register_bill
from timvis.apps.state_reports.months import JudgedMonth, of_month
from timvis.core.faults import Refusal
from timvis.core.green_month.light import Light
from timvis.core.quantities import Ore
from timvis.core.state_bill import Cost, CostAccount, CostKind


@pytest.fixture
def reported(cast: Cast) -> Cast:
    """The cast, with Alma's January reported on the state's decision: two shifts of eight hours."""
    the_state_grants(cast)
    report_january(cast)
    return cast


def january(cast: Cast) -> JudgedMonth:
    (told,) = of_month(Claim.objects.filter(recipient_id=cast.recipient_id), JANUARY, law(), now=NOW)
    return told


def codes(cast: Cast) -> set[str]:
    verdict = january(cast).verdict
    assert verdict is not None
    return {each.code for each in verdict.findings}


def bill(cast: Cast, *, seen: int = 0, **says: object) -> int | Refusal:
    told = {"active_minutes": SIXTEEN_HOURS, "received_on": NOW.date(), "signer_number": ALMA_NUMBER, **says}
    return register_bill(
        cast.greta,
        recipient_id=cast.recipient_id,
        month_on=JANUARY,
        particulars=BillParticulars(**told),  # type: ignore[arg-type]  # a test names what it says
        seen=seen,
        now=NOW,
    )


def test_a_month_without_a_bill_is_red_and_all_of_it_is_at_risk(reported: Cast) -> None:
    verdict = january(reported).verdict

    assert verdict is not None
    assert verdict.light is Light.RED
    assert "bill_was_missing" in codes(reported)
    assert verdict.at_risk_ore == verdict.month_ore == 16 * 31_500  # 315,00 in 2021


def test_a_bill_that_differs_from_the_reports_is_told_and_a_right_one_is_not(reported: Cast) -> None:
    assert bill(reported, active_minutes=SIXTEEN_HOURS + 30) == 1
    assert "bill_differed_from_the_reports" in codes(reported)

    assert bill(reported, seen=1) == 2
    assert not {code for code in codes(reported) if code.startswith("bill_")}


def test_a_bill_somebody_else_has_registered_meanwhile_is_not_overwritten(reported: Cast) -> None:
    bill(reported)

    assert bill(reported) is Refusal.SOMEONE_ELSE_WAS_FIRST


def test_who_signs_for_another_must_be_known_to_represent_her(reported: Cast) -> None:
    bill(reported, signer_number="197809082386")
    assert "bill_was_signed_without_mandate" in codes(reported)

    bill(reported, seen=1, signer_number="197809082386", signer_is_representative=True)
    assert "bill_was_signed_without_mandate" not in codes(reported)


def test_a_stay_abroad_is_asked_about_until_it_is_explained_and_its_costs_are_in(reported: Cast) -> None:
    bill(reported)
    assert "stay_abroad_was_not_answered" in codes(reported)

    days = {"abroad_from": date(2021, 1, 5), "abroad_to": date(2021, 1, 20)}
    bill(reported, seen=1, outside_eea=True, **days)
    verdict = january(reported).verdict
    assert verdict is not None
    (asked,) = [one for one in verdict.findings if one.code == "stay_abroad_was_not_explained"]
    assert asked.minutes == 8 * 60  # of two shifts, the one on the 5th
    assert {"costs_abroad_were_not_accounted_for"} <= codes(reported)

    account = CostAccount(
        costs=(Cost(kind=CostKind.PAY, per_hour_ore=Ore(20_000), period_ore=Ore(320_000)),), minutes=SIXTEEN_HOURS
    )
    bill(reported, seen=2, outside_eea=True, abroad_is_explained=True, account=account, **days)
    assert "assistance_abroad_needs_special_reasons" in codes(reported)
    assert not {"stay_abroad_was_not_explained", "costs_abroad_were_not_accounted_for"} & codes(reported)


def test_months_on_the_towns_own_decisions_are_not_the_states(cast: Cast) -> None:
    let_elsa_report(cast)
    publish(cast)
    ok(claims.hand_in(cast.elsa, january_of(cast, a_file(4)), now=NOW))

    assert list(of_month(Claim.objects.all(), JANUARY, law(), now=NOW)) == []
