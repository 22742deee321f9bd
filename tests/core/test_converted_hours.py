"""Converted time, for any hours: exact in 28ths until the last line."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from timvis.core.calculation.calculated import Calculated
from timvis.core.calculation.converted_hours import ClockTime, ConvertedCase, calculate
from timvis.core.calculation.rates import RateRule
from timvis.core.law import LawReader
from timvis.core.quantities import Minutes, OrePerHour
from timvis.core.records import TimeKind
from timvis.formats.calculation_case.read import calculated, read
from timvis.formats.law.packaged import load_law

LAW = load_law()
RATE = 33260
FACTOR = {TimeKind.ACTIVE: Fraction(1), TimeKind.WAITING: Fraction(1, 4), TimeKind.STANDBY: Fraction(1, 7)}

cases = st.lists(
    st.builds(
        ClockTime,
        on=st.dates(date(2024, 1, 1), date(2024, 12, 31)),
        kind=st.sampled_from(TimeKind),
        minutes=st.integers(0, 1440).map(Minutes),
        times=st.integers(1, 31),
    ),
    min_size=1,
    max_size=10,
).map(lambda times: ConvertedCase(times=tuple(times), rate=RateRule(ore_per_hour=OrePerHour(RATE))))


def outcome_of(case: ConvertedCase) -> Calculated:
    return calculate(case, LawReader(LAW))


@settings(deadline=None)
@given(cases)
def test_nothing_is_rounded_before_the_last_line(case: ConvertedCase) -> None:
    *kinds, last = outcome_of(case).statement.lines

    exact = sum((time.total * FACTOR[time.kind] / 60 for time in case.times), Fraction(0))
    assert Fraction(last.quantity) == exact == sum(Fraction(line.quantity) for line in kinds)
    assert abs(last.amount_ore - exact * RATE) <= Fraction(1, 2)
    assert dict(outcome_of(case).sums)["payable_28ths"] == exact * 60 * 28


@settings(deadline=None)
@given(cases, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(case: ConvertedCase, random: Random) -> None:
    other = replace(case, times=tuple(random.sample(case.times, len(case.times))))

    assert outcome_of(case).statement.lines == outcome_of(other).statement.lines


def test_a_factor_that_does_not_divide_is_refused() -> None:
    written = read(
        'kind = "converted_hours"\nwaiting_factor = "1/5"\n'
        '[[worked]]\non = 2024-01-01\ntime = "waiting"\nhours = "1"\n',
        source="fall.toml",
    )

    assert isinstance(written, tuple)
    assert [(fault.code, fault.column) for fault in written] == [("wrong_value", "waiting_factor")]
    assert "28-delar" in written[0].message


def test_standby_by_the_laws_own_number_waits_to_be_confirmed() -> None:
    law = LawReader(LAW)
    written = read(
        'kind = "converted_hours"\n[[worked]]\non = 2024-01-01\ntime = "standby"\nhours = "7"\n', source="fall.toml"
    )
    assert not isinstance(written, tuple)

    calculated(written, law)

    assert [row.code for row in law.unconfirmed] == ["assistance.standby.on_call_factor"]
