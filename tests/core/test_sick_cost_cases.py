"""What only a sick cost's cases are asked besides what every case is: its periods, and that it can be kept."""

import json
import tomllib
from fractions import Fraction
from pathlib import Path

import pytest

from timvis.core.calculation.sick_cost.calculate import SickCost, calculate
from timvis.core.calculation.sick_cost.records import SickCase
from timvis.core.law import LawReader
from timvis.formats.agreement_packs.read import load_agreements
from timvis.formats.calculation_case.read import read
from timvis.formats.calculation_case.sick_cost import case_of
from timvis.formats.calculation_case.sick_cost_form import WrittenSickCost
from timvis.formats.frozen import freeze, thaw
from timvis.formats.law.packaged import load_law

ONE_ROUNDING = Fraction(1, 2)
CASES = sorted((Path(__file__).parents[1] / "cases" / "sick_cost").glob("*.toml"))


def cost_of(path: Path) -> SickCost:
    written = read(path.read_text(encoding="utf-8"), source=path.name)
    assert isinstance(written, WrittenSickCost), written
    case = case_of(written)
    assert not isinstance(case, tuple), case
    cost = calculate(case, load_agreements(), LawReader(load_law()))
    assert isinstance(cost, SickCost), cost
    return cost


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_periods_of_sick_pay_are_what_the_case_says(path: Path) -> None:
    expected = tomllib.loads(path.read_text(encoding="utf-8"))["expected"]
    periods = cost_of(path).periods

    for period, said in zip(periods, expected.get("sick_pay_periods", ()), strict=False):
        assert {name: str(getattr(period, name)) for name in said} == {name: str(said[name]) for name in said}
    assert len(expected.get("sick_pay_periods", periods)) == len(periods)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_case_can_be_kept_and_computed_again(path: Path) -> None:
    written = read(path.read_text(encoding="utf-8"), source=path.name)
    assert isinstance(written, WrittenSickCost)
    case = case_of(written)

    kept = thaw(SickCase, json.loads(json.dumps(freeze(SickCase, case))))

    again = calculate(kept, load_agreements(), LawReader(load_law()))
    assert kept == case
    assert isinstance(again, SickCost)
    assert again.statement.digest == cost_of(path).statement.digest


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_line_is_its_quantity_times_its_rate_where_nothing_was_claimed(path: Path) -> None:
    for line in cost_of(path).statement.lines:
        if line.amount_ore and line.claimed_ore is None:
            assert abs(Fraction(line.quantity) * Fraction(line.rate) - line.amount_ore) <= ONE_ROUNDING, line


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_no_two_findings_have_the_same_key_so_each_can_be_answered(path: Path) -> None:
    findings = cost_of(path).findings

    assert len({finding.key for finding in findings}) == len(findings)
