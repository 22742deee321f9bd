"""Every doubt about a sick cost is told: what the amount beside it rests on, and what may change it."""

import re
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from timvis.core.calculation.sick_cost.calculate import SickCost, calculate
from timvis.core.calculation.sick_cost.findings import OBJECTIONS
from timvis.core.law import LawReader
from timvis.formats.agreement_packs.read import load_agreements
from timvis.formats.calculation_case.read import read
from timvis.formats.calculation_case.sick_cost import case_of
from timvis.formats.calculation_case.sick_cost_form import WrittenSickCost
from timvis.formats.law.packaged import load_law

CASES = Path(__file__).parents[1] / "cases" / "sick_cost"
TEN = ", ".join(["2024-03-17", *(f"2024-{month:02d}-03" for month in range(5, 13)), "2025-02-03"])

Edit = Callable[[str], str]


def instead_of(before: str, after: str) -> Edit:
    def edit(text: str) -> str:
        assert before in text
        return text.replace(before, after, 1)

    return edit


def without_shift(number: int) -> Edit:
    def edit(text: str) -> str:
        tables = re.findall(r"^\[\[shift\]\]\n(?:.+\n)+\n", text, re.MULTILINE)
        return text.replace(tables[number - 1], "", 1)

    return edit


def cost_of(text: str, name: str) -> SickCost:
    written = read(text, source=name)
    assert isinstance(written, WrittenSickCost), written
    case = case_of(written)
    assert not isinstance(case, tuple), case
    cost = calculate(case, load_agreements(), LawReader(load_law()))
    assert isinstance(cost, SickCost), cost
    return cost


DOUBTS: dict[str, tuple[str, Edit]] = {
    "own_employers_payment_was_not_told": (
        "C-04-b-egen-arbetsgivare-utan-statlig-ersattning",
        instead_of("was_paid_by_agency = false", ""),
    ),
    "cost_was_not_claimed": (
        "W-06-tolv-timmar-timmetoden",
        instead_of("[settings]", '[[claimed]]\nitem = "sick_pay"\nore = 48000\n\n[settings]'),
    ),
    "certificate_should_be_asked_for": (
        "W-17-a-utan-intyg",
        instead_of('"nothing_from_that_day"', '"ask"'),
    ),
    "payment_waits_for_the_certificate": (
        "W-17-a-utan-intyg",
        instead_of('"nothing_from_that_day"', '"payment_waits"'),
    ),
    "cost_is_not_named_in_the_routine": (
        "W-17-a-med-intyg",
        instead_of("[settings]", '[settings]\ncost_items = ["sick_pay", "social_fees"]'),
    ),
    "contributions_were_not_shown": (
        "W-17-a-med-intyg",
        instead_of("[settings]", '[settings]\nsocial_fees = "as_shown"'),
    ),
    "substitute_stood_in_for_no_shift": (
        "C-14-vikarie-en-del-av-passet",
        instead_of("[settings]", '[[substitute]]\non = 2025-02-03\nfrom = "08.00"\nto = "16.00"\n\n[settings]'),
    ),
    "paid_before_the_absence": (
        "W-17-a-med-intyg",
        instead_of("paid_on = 2025-04-25", "paid_on = 2025-02-25"),
    ),
    "average_week_is_of_another_time": (
        "C-09-ojamn-arbetstid",
        instead_of("[settings]", "[settings]\naverage_week_months = 6"),
    ),
    "deductions_of_the_year_were_not_told": ("W-17-a-med-intyg", instead_of("deductions_on = []", "")),
    "deduction_stands_on_the_edge_of_the_year": (
        "W-11-deltid-langa-pass",
        lambda text: (
            re.sub(r"deductions_on = \[\]", f"deductions_on = [{TEN}]", text)
            .replace("2019-04-", "2025-03-")
            .replace("03-02", "03-17")
            .replace("03-03", "03-18")
            .replace("2024-03-18", "2024-03-03")
            .replace("paid_on = 2019-05-25", "paid_on = 2025-04-25")
        ),
    ),
    "qualifying_day_had_no_shift": ("W-03-A-semester-pa-betald-sjuklon", without_shift(1)),
    "agreement_is_silent_that_day": (
        "W-03-A-semester-pa-betald-sjuklon",
        instead_of("deductions_on", 'agreement = "fremia"\ndeductions_on'),
    ),
    "deduction_was_spread_over_part_of_the_period": (
        "W-18-vakant-pass-fordelat",
        instead_of("paid_on", "claim_to = 2025-03-05\npaid_on"),
    ),
    "high_cost_compensation_was_not_told": (
        "W-11-deltid-langa-pass",
        lambda text: re.sub(r"\[\[state_compensation\]\]\n(.+\n)+", "", text),
    ),
    "sick_absence_passed_the_days_that_count": (
        "W-17-a-med-intyg",
        instead_of("born_year = 1985", "born_year = 1985\nsick_days_of_year = 181"),
    ),
    "holiday_compensation_of_monthly_staff": ("W-11-deltid-langa-pass", lambda text: text),
}


TOLD_IN_OTHER_TESTS = {
    "state_compensation_was_not_told",  # tests/cli/test_calculate_sick_cost.py
    "more_assistants_than_the_routine_takes",  # test_sick_cost_of_several.py
    "reduction_for_the_young_was_not_checked",  # test_sick_cost_contributions.py
}


@cache
def cases_say() -> frozenset[str]:
    """Return every finding that a written case has as it stands."""
    found = (cost_of(path.read_text(encoding="utf-8"), path.name).findings for path in CASES.glob("*.toml"))
    return frozenset(finding.code for findings in found for finding in findings)


@pytest.mark.parametrize("code", DOUBTS)
def test_the_doubt_is_told(code: str) -> None:
    name, edit = DOUBTS[code]

    cost = cost_of(edit((CASES / f"{name}.toml").read_text(encoding="utf-8")), name)

    told = [finding.message for finding in cost.findings if finding.code == code]
    assert told
    assert all(message.endswith(".") for message in told)


def test_every_objection_is_raised_by_some_case() -> None:
    assert set(OBJECTIONS) - cases_say() - set(DOUBTS) == TOLD_IN_OTHER_TESTS


def test_the_tenth_deduction_on_the_very_day_a_year_ago_counts() -> None:
    name, edit = DOUBTS["deduction_stands_on_the_edge_of_the_year"]

    cost = cost_of(edit((CASES / f"{name}.toml").read_text(encoding="utf-8")), name)

    assert cost.periods[0].start_on == date(2025, 3, 17)
    assert cost.periods[0].deducted_ore == 0
