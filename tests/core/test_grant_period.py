"""A grant period, for any use of it: no hour twice, none over its end, and the account balances."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from timvis.core.calculation.calculated import Calculated
from timvis.core.calculation.grant_period import GrantPeriodCase, Paid, Used, calculate
from timvis.core.calculation.rates import RateRule
from timvis.core.calendar.months import Period
from timvis.core.law import LawReader
from timvis.core.quantities import Minutes, Ore, OrePerHour
from timvis.core.records import Grant, GrantUnit, Regime, TimeKind
from timvis.formats.calculation_case.read import calculated, read
from timvis.formats.law.packaged import load_law

LAW = load_law()
PERIOD = Period(date(2024, 1, 1), date(2024, 7, 1))


@st.composite
def periods(draw: st.DrawFn) -> GrantPeriodCase:
    months = st.integers(1, 6).map(lambda month: date(2024, month, 1))
    return GrantPeriodCase(
        period=PERIOD,
        grants=(
            Grant(
                reference="beslut",
                regime=Regime.SFB,
                decided_on=PERIOD.from_on,
                granted_from=PERIOD.from_on,
                granted_to=PERIOD.to_on,
                granted_minutes=Minutes(draw(st.integers(0, 6000))),
                per=draw(st.sampled_from(GrantUnit)),
            ),
        ),
        used=tuple(
            Used(
                month_on=draw(months),
                kind=TimeKind.ACTIVE,
                minutes=Minutes(draw(st.integers(0, 20_000))),
                parts_per_minute=draw(st.sampled_from([28, 7, 4])),
                reported_on=draw(st.one_of(st.none(), st.dates(date(2024, 2, 1), date(2024, 12, 31)))),
            )
            for _ in range(draw(st.integers(0, 8)))
        ),
        paid=tuple(
            Paid(on=draw(months), ore=Ore(draw(st.integers(1, 9_000_000)))) for _ in range(draw(st.integers(0, 4)))
        ),
        rate=RateRule(ore_per_hour=OrePerHour(33260), cites=("SFB 51:11",)),
        settled_on=draw(st.one_of(st.none(), st.just(date(2024, 8, 30)))),
    )


def outcome_of(case: GrantPeriodCase) -> Calculated:
    return calculate(case, LawReader(LAW))


def hours_of(outcome: Calculated, *codes: str) -> Fraction:
    return sum((Fraction(line.quantity) for line in outcome.statement.lines if line.code in codes), Fraction(0))


@settings(deadline=None)
@given(periods())
def test_used_and_left_hours_are_the_granted_ones(case: GrantPeriodCase) -> None:
    outcome = outcome_of(case)

    granted = Fraction(dict(outcome.sums)["granted_28ths"], 60 * 28)
    assert hours_of(outcome, "used_within_the_grant", "hours_left", "hours_lapsed") == granted
    assert hours_of(outcome, "hours_left", "hours_lapsed") >= 0


@settings(deadline=None)
@given(periods())
def test_every_reported_hour_is_told_once(case: GrantPeriodCase) -> None:
    told = hours_of(
        outcome_of(case),
        "used_within_the_grant",
        "hours_were_beyond_the_granted_hours",
        "reported_after_the_settlement",
    )

    assert told * 60 * 28 == sum(used.parts for used in case.used)


@settings(deadline=None)
@given(periods())
def test_the_total_is_what_was_due_less_what_was_paid(case: GrantPeriodCase) -> None:
    statement = outcome_of(case).statement

    due = sum(line.amount_ore for line in statement.lines if line.code == "used_within_the_grant")
    assert due >= 0
    assert statement.total_ore == due - sum(paid.ore for paid in case.paid)


@settings(deadline=None)
@given(periods(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(case: GrantPeriodCase, random: Random) -> None:
    other = replace(
        case,
        used=tuple(random.sample(case.used, len(case.used))),
        paid=tuple(random.sample(case.paid, len(case.paid))),
    )

    assert outcome_of(case).statement.lines == outcome_of(other).statement.lines


def test_hours_cannot_be_moved_over_the_end_of_the_period() -> None:
    written = read(
        'kind = "grant_period"\nfrom = 2024-01-15\nto = 2024-06-30\n[[granted]]\nhours = "40"\nper = "week"\n'
        '[[used]]\nmonth = 2024-01-01\nhours = "10"\n[[used]]\nmonth = 2024-07-01\nhours = "10"\n',
        source="fall.toml",
    )
    assert not isinstance(written, tuple)

    faults = calculated(written, LawReader(LAW))

    assert isinstance(faults, tuple)
    assert [(fault.code, fault.column) for fault in faults] == [("outside_the_period", "used[2].month")]
