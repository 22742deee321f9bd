"""Hours that both the municipality and the state have granted: paid once, and by the right one."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.rule_cases import month
from timvis.core.calculation.hourly import HourlySettings, statement
from timvis.core.calculation.rates import RateRule
from timvis.core.facts.settings import ReviewSettings
from timvis.core.facts.two_payers import states_part
from timvis.core.law import LawReader
from timvis.core.quantities import PARTS_PER_MINUTE, Minutes, OrePerHour
from timvis.core.records import Case, Grant, GrantUnit, Regime
from timvis.core.review.finding import Finding, Word, WordKind
from timvis.core.review.review import review
from timvis.core.statement import Statement
from timvis.formats.law.packaged import load_law

LAW = load_law()
PARTS_PER_HOUR = 60 * PARTS_PER_MINUTE
CODE = "state_has_granted_the_same_hours"
MARCH = date(2021, 3, 1)
RATE = RateRule(ore_per_hour=OrePerHour(29_900))
SETTINGS = ReviewSettings(rate=OrePerHour(29_900))
ROWS = [f"2021-03-{day:02d} 08.00-16.00 active" for day in (4, 5, 11, 12)]  # 32 h


def by_the_state(hours: int, per: GrantUnit = GrantUnit.PERIOD, **says: object) -> Grant:
    grant = Grant(
        reference="SFB-1",
        regime=Regime.SFB,
        decided_on=MARCH,
        granted_from=MARCH,
        granted_to=None,
        granted_minutes=Minutes(hours * 60),
        per=per,
    )
    return replace(grant, **says)  # type: ignore[arg-type]  # a test names what it changes


def a_case(*grants: Grant) -> Case:
    """Return March on the municipality's decision, 32 hours reported, with grants of the state's beside."""
    case, _ = month({"rows": ROWS})
    return replace(case, grants=(*case.grants, *grants))


def found(case: Case) -> list[Finding]:
    return [each for each in review(case, LawReader(LAW), SETTINGS).findings if each.code == CODE]


def stated(case: Case, word: WordKind) -> Statement:
    words = {each.key: Word(kind=word, reason="Besluten gäller olika behov.") for each in found(case)}
    return statement(case, found(case), words, LawReader(LAW), RATE, SETTINGS, HourlySettings())


def hours_of(told: Statement, code: str) -> Fraction:
    return sum((Fraction(line.quantity) for line in told.lines if line.code == code), Fraction(0))


def test_what_the_states_hours_have_room_for_stops_the_month_until_somebody_has_answered() -> None:
    (finding,) = found(a_case(by_the_state(18)))

    assert finding.severity == "stops"
    assert finding.minutes == 18 * 60
    assert finding.money_at_risk_ore == 18 * 29_900
    assert "18:00" in finding.message


def test_when_it_is_the_same_time_only_the_rest_is_paid() -> None:
    told = stated(a_case(by_the_state(18)), WordKind.ACCEPT)

    assert (hours_of(told, "performed_within_the_decision"), hours_of(told, CODE)) == (14, 18)
    assert told.total_ore == 14 * 29_900


def test_when_the_decisions_are_for_different_needs_all_of_it_is_paid() -> None:
    told = stated(a_case(by_the_state(18)), WordKind.SET_ASIDE)

    assert told.total_ore == 32 * 29_900


def test_only_time_on_the_days_that_the_state_grants_is_its() -> None:
    # From the 11th there are two shifts of eight hours.
    (finding,) = found(a_case(by_the_state(40, GrantUnit.WEEK, granted_from=date(2021, 3, 11))))

    assert finding.minutes == 16 * 60


def test_what_the_states_own_months_have_used_has_no_room_left() -> None:
    used = by_the_state(40, GrantUnit.MONTH, used_parts=30 * PARTS_PER_HOUR)

    assert [each.minutes for each in found(a_case(used))] == [10 * 60]
    assert found(a_case(replace(used, used_parts=40 * PARTS_PER_HOUR))) == []


def test_a_month_on_the_states_decision_is_not_asked_about_the_municipalitys() -> None:
    case = a_case(by_the_state(18))

    assert found(replace(case, regime=Regime.SFB)) == []


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.builds(
            by_the_state,
            st.integers(0, 60),
            st.sampled_from(GrantUnit),
            granted_from=st.dates(date(2021, 2, 20), date(2021, 4, 2)),
            used_parts=st.integers(0, 40 * PARTS_PER_HOUR),
        ),
        max_size=3,
    )
)
def test_no_hour_is_paid_by_both_and_none_is_lost(grants: list[Grant]) -> None:
    case = a_case(*grants)
    parts = {row.span.work_on: row.span.actual_minutes * PARTS_PER_MINUTE for row in case.reports[0].rows}

    theirs = states_part(parts, case)
    told = stated(case, WordKind.ACCEPT)

    assert 0 <= theirs <= 32 * PARTS_PER_HOUR
    paid, not_paid = hours_of(told, "performed_within_the_decision"), hours_of(told, CODE)
    assert paid + not_paid == 32
    # Only whole minutes of a shift are paid; what is cut off of one is less than a minute.
    assert 0 <= not_paid * PARTS_PER_HOUR - theirs < PARTS_PER_MINUTE
