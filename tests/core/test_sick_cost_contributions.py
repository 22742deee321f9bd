"""Employer contributions follow the day of the pay-out and the age at the start of that year."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from tests.core.sick_cost_stories import Story, case_of, cost_of, minute_of
from timvis.core.calculation.sick_cost import records as core
from timvis.core.calculation.sick_cost.calculate import calculate
from timvis.core.calculation.sick_cost.settings import DeductionMethod, HolidayBase, PartlyCovered
from timvis.core.law import LawReader
from timvis.core.quantities import Ore
from timvis.core.records import ProviderKind
from timvis.formats.agreement_packs.read import load_agreements
from timvis.formats.law.packaged import load_law

MONDAY = date(2024, 9, 2)
A_WEEK = tuple((minute_of(date(2024, 9, day), 8), 480) for day in range(2, 7))
CASE = case_of(
    Story(
        spells=((MONDAY, date(2024, 9, 6)),),
        shifts=A_WEEK,
        substitutes=A_WEEK,
        hourly_ore=15_000,
        night_ore=0,
        week_minutes=2_400,
        method=DeductionMethod.HOURS,
        base=HolidayBase.PAID_SICK_PAY,
        partly=PartlyCovered.FIRST_HOURS_IN_TIME_ORDER,
        claim_from=MONDAY,
        claim_to=date(2024, 9, 7),
    )
)


def case(born_year: int | None, paid_on: date, **stated: object) -> core.SickCase:
    return replace(
        CASE,
        assistant=core.Assistant(born_year=born_year),
        paid_on=paid_on,
        contributions=replace(core.StatedContributions(), **stated),  # type: ignore[arg-type]  # by name, per test
    )


def rate(one: core.SickCase) -> str:
    [line] = [line for line in cost_of(one).statement.lines if line.code == "employer_contributions"]
    return line.rate


@pytest.mark.parametrize(
    ("born_year", "paid_on", "percent"),
    [
        (1985, date(2025, 6, 25), "31.42"),
        (1959, date(2025, 6, 25), "31.42"),  # 65 at the start of the year; the limit is 66 in 2023–2025
        (1958, date(2025, 6, 25), "10.21"),
        (1959, date(2026, 1, 25), "31.42"),  # 66; the limit is 67 from 2026
        (1958, date(2026, 1, 25), "10.21"),
        (1953, date(2018, 12, 25), "31.42"),
        (1952, date(2018, 12, 25), "16.36"),  # 65; the special payroll tax came on top until June 2019
        (1952, date(2019, 7, 25), "10.21"),
        (1937, date(2018, 12, 25), "6.15"),
        (1937, date(2020, 1, 25), "0"),
        (1990, date(2010, 3, 25), "15.49"),
        (1990, date(2016, 1, 25), "31.42"),
    ],
)
def test_the_rate_is_the_one_of_the_day_and_the_age(born_year: int, paid_on: date, percent: str) -> None:
    assert rate(case(born_year, paid_on)) == percent


@pytest.mark.parametrize(
    ("paid_on", "percent"),
    [
        (date(2022, 5, 31), "19.73"),
        (date(2022, 6, 1), "10.21"),
        (date(2022, 8, 31), "10.21"),
        (date(2022, 9, 1), "19.73"),
        (date(2023, 3, 31), "19.73"),
        (date(2026, 4, 1), "20.81"),
    ],
)
def test_the_young_have_the_rate_of_the_day_below_the_months_cap(paid_on: date, percent: str) -> None:
    assert rate(case(paid_on.year - 21, paid_on, pay_of_month_ore=Ore(2_500_000))) == percent


def test_a_rate_with_a_cap_asks_for_the_months_pay() -> None:
    answer = calculate(case(2001, date(2022, 3, 25)), load_agreements(), LawReader(load_law()))

    assert isinstance(answer, tuple)
    assert [fault.column for fault in answer] == ["contributions.pay_of_month_ore"]


def test_a_year_that_nobody_has_checked_for_the_young_is_told() -> None:
    cost = cost_of(case(2003, date(2024, 6, 25)))

    assert "reduction_for_the_young_was_not_checked" in {finding.code for finding in cost.findings}


@pytest.mark.parametrize(
    ("stated", "used", "is_told"), [("31.42", "31.42", False), ("35", "31.42", True), ("10.21", "10.21", True)]
)
def test_what_the_employer_paid_is_the_cost_and_never_more_than_the_law(stated: str, used: str, is_told: bool) -> None:
    one = case(1985, date(2025, 6, 25), percent=Fraction(stated))

    assert rate(one) == used
    codes = {finding.code for finding in cost_of(one).findings}
    assert ("contributions_differ_from_the_rate" in codes) is is_told


def test_an_age_that_nobody_knows_is_asked_for_also_when_the_rate_is_stated() -> None:
    asked_for = calculate(
        case(None, date(2025, 6, 25), percent=Fraction("31.42")), load_agreements(), LawReader(load_law())
    )

    assert isinstance(asked_for, tuple)
    assert [fault.column for fault in asked_for] == ["assistant.born_year"]


def test_small_pay_has_no_contributions() -> None:
    assert rate(case(1985, date(2025, 6, 25), pay_of_year_ore=Ore(99_999))) == "0"


def test_a_private_person_pays_none_on_low_pay() -> None:
    one = case(1985, date(2025, 6, 25), pay_of_year_ore=Ore(999_999))
    private = core.Employer(kind=ProviderKind.OWN_EMPLOYER, was_paid_by_agency=False, is_private_person=True)

    assert (rate(one), rate(replace(one, employer=private))) == ("31.42", "0")
