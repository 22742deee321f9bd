"""Two payers: a municipal month beside the state's hours, and what was paid while the state was deciding."""

from dataclasses import replace
from datetime import date, timedelta

from tests.apps.claims.january import a_file, a_handed_in_claim, review
from tests.apps.signed_months import LATER, PAYABLE_ORE, an_ordered_claim, law, let_elsa_report, publish
from tests.apps.state_month import report_january, the_state_grants
from tests.cast import NOW, Cast
from timvis.apps.claims import records
from timvis.apps.claims.models import Claim, Finding
from timvis.apps.claims.two_payers import with_used
from timvis.apps.grant_periods.two_payers import TwoPayers, two_payers
from timvis.core.quantities import Minutes
from timvis.core.records import GrantUnit, Regime

CODE = "state_has_granted_the_same_hours"
AFTERWARDS = LATER + timedelta(days=60)


def test_a_municipal_month_is_stopped_where_the_state_has_granted_the_same_hours(cast: Cast) -> None:
    let_elsa_report(cast)
    publish(cast)
    number = a_handed_in_claim(cast, a_file(4, 5))
    review(cast, number)
    assert not Finding.objects.filter(code=CODE).exists()

    the_state_grants(cast, granted_minutes=Minutes(10 * 60), per=GrantUnit.MONTH)
    review(cast, number)

    finding = Finding.objects.filter(code=CODE).latest("id")
    assert (finding.severity, finding.minutes) == ("stops", 10 * 60)


def test_what_the_states_own_month_used_of_its_hours_is_not_there_for_the_municipal_one(cast: Cast) -> None:
    the_state_grants(cast, granted_minutes=Minutes(20 * 60), per=GrantUnit.MONTH)
    report_january(cast)  # sixteen of the twenty hours
    beside = replace(records.case(Claim.objects.get(), known_at=NOW), regime=Regime.LSS)

    case = with_used(beside, cast.recipient_id, law(), known_at=NOW)

    (state,) = [grant for grant in case.grants if grant.regime is Regime.SFB]
    assert state.used_parts == 16 * 60 * 28


def found(cast: Cast) -> TwoPayers | None:
    return two_payers(cast.recipient_id, law(), known_at=AFTERWARDS)


def test_nothing_is_to_be_settled_until_the_state_grants_what_the_municipality_has_paid(cast: Cast) -> None:
    an_ordered_claim(cast)
    assert found(cast) is None

    the_state_grants(cast, granted_minutes=Minutes(3 * 60), per=GrantUnit.PERIOD)
    told = found(cast)

    assert told is not None
    (month,) = told.months
    assert month.paid.month_on == date(2021, 1, 1)
    assert month.paid.twice_parts == 3 * 60 * 28
    assert told.outcome.statement.total_ore == 3 * month.paid.ore_per_hour
    assert dict(told.outcome.sums)["paid_ore"] == PAYABLE_ORE
    assert [each.code for each in told.outcome.findings] == ["repayment_needs_a_decision"]


def test_a_grant_for_other_days_settles_nothing(cast: Cast) -> None:
    an_ordered_claim(cast)
    the_state_grants(cast, valid_from=date(2021, 2, 1))

    assert found(cast) is None


def test_a_month_that_is_not_paid_yet_is_settled_by_its_own_review(cast: Cast) -> None:
    let_elsa_report(cast)
    publish(cast)
    a_handed_in_claim(cast, a_file(4, 5))
    the_state_grants(cast)

    assert found(cast) is None
