"""The substitute's fee, for sick periods nobody has thought of."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from timvis.core.calculation.calculated import Calculated
from timvis.core.calculation.rates import RateRule
from timvis.core.calculation.substitute_fee import QualifyingTime, SubstituteCase, SubstituteWork, calculate
from timvis.core.law import LawReader
from timvis.core.quantities import Minutes, Ore, OrePerHour, Parts, pay_for
from timvis.formats.calculation_case.read import calculated, read
from timvis.formats.law.packaged import load_law

LAW = load_law()
RATE = OrePerHour(31500)
OLD, NEW = date(2018, 12, 31), date(2019, 1, 1)


@st.composite
def sick_periods(draw: st.DrawFn) -> SubstituteCase:
    sick_from = draw(st.sampled_from([OLD, NEW]))
    rows = draw(
        st.lists(
            st.tuples(st.integers(0, 13), st.integers(1, 1440), st.sampled_from([28, 7, 4]), st.integers(0, 500_000)),
            min_size=1,
            max_size=8,
        )
    )
    return SubstituteCase(
        sick_from=sick_from,
        work=tuple(
            SubstituteWork(
                on=sick_from + timedelta(days=day), minutes=Minutes(minutes), parts_per_minute=parts, cost_ore=Ore(cost)
            )
            for day, minutes, parts, cost in rows
        ),
        rate=RateRule(ore_per_hour=RATE),
        qualifying_time=draw(st.sampled_from(QualifyingTime)),
        deduction_minutes=Minutes(draw(st.integers(0, 900))),
    )


def calculation_of(case: SubstituteCase) -> Calculated:
    return calculate(case, LawReader(LAW))


@settings(deadline=None)
@given(sick_periods())
def test_the_fee_and_the_providers_cost_are_the_hourly_amount_for_the_hours(case: SubstituteCase) -> None:
    lines = calculation_of(case).statement.lines

    charged = [line for line in lines if line.code.startswith("substitute_hours")]
    kept = [line for line in lines if line.code.startswith("provider_cost")]
    assert len(charged) == len(kept)
    for most, cost in zip(charged, kept, strict=True):
        fee = most.amount_ore + cost.amount_ore
        assert fee >= 0
        hours = Parts(int(Fraction(most.quantity) * 28 * 60))
        assert fee - cost.amount_ore == pay_for(hours, RATE)


@settings(deadline=None)
@given(sick_periods())
def test_every_part_has_a_fee_or_a_question_and_no_cost_is_lost(case: SubstituteCase) -> None:
    outcome = calculation_of(case)

    codes = [line.code for line in outcome.statement.lines]
    assert sum(code.startswith("no_fee") for code in codes) == len(outcome.findings)
    assert outcome.statement.total_ore >= 0
    if not outcome.findings:
        kept = -sum(line.amount_ore for line in outcome.statement.lines if line.code.startswith("provider_cost"))
        assert kept == sum(work.cost_ore for work in case.work)


@settings(deadline=None)
@given(sick_periods(), st.randoms(use_true_random=False))
def test_the_order_of_the_days_changes_nothing(case: SubstituteCase, random: Random) -> None:
    other = replace(case, work=tuple(random.sample(case.work, len(case.work))))

    assert calculation_of(case).statement.lines == calculation_of(other).statement.lines


def test_a_missing_cost_is_asked_for_and_everything_wrong_is_said_at_once() -> None:
    written = read(
        'kind = "substitute_fee"\nsick_from = 2021-03-02\n'
        '[[work]]\non = 2021-03-02\nhours = "8"\n'
        '[[work]]\non = 2021-03-01\nhours = "8"\nprovider_cost_ore = 0\n',
        source="fall.toml",
    )
    assert not isinstance(written, tuple)

    faults = calculated(written, LawReader(LAW))

    assert isinstance(faults, tuple)
    assert [(fault.code, fault.column) for fault in faults] == [
        ("missing_provider_cost", "work[1].provider_cost_ore"),
        ("before_the_sick_period", "work[2].on"),
        ("missing_setting", "qualifying_time"),
    ]
    assert "Be anordnaren om kostnaden" in faults[0].remedy
