"""What a sick cost was made from can be kept as JSON for ever, and the decision made from it comes out the same."""

import json
from fractions import Fraction
from pathlib import Path
from typing import TypeVar

import pytest
from bench.sick_cost import differing, keep
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.sick_cost_stories import Story, case_of, cost_of, stories
from timvis.core.calculation.agreements import AgreementPack
from timvis.core.calculation.sick_cost.calculate import SickCost
from timvis.core.calculation.sick_cost.records import SickCase
from timvis.core.calculation.sick_cost.settings import SickCostSettings
from timvis.core.routine.sick_cost import settings_of
from timvis.formats.agreement_packs.read import load_agreements
from timvis.formats.frozen import freeze, thaw
from timvis.formats.routine.packaged import packaged_routine

R = TypeVar("R")


def through_json(kind: type[R], record: R) -> R:
    return thaw(kind, json.loads(json.dumps(freeze(kind, record))))


@settings(max_examples=60, deadline=None)
@given(stories())
def test_a_kept_case_is_the_same_case_with_the_same_decision(story: Story) -> None:
    case = case_of(story)

    again = through_json(SickCase, case)

    assert again == case
    assert cost_of(again) == cost_of(case)
    assert cost_of(again).statement.digest == cost_of(case).statement.digest


@settings(max_examples=60, deadline=None)
@given(st.fractions(min_value=0))
def test_a_number_without_end_is_kept_exactly(number: Fraction) -> None:
    chosen = SickCostSettings(deduction_daily_factor=number)

    assert through_json(SickCostSettings, chosen) == chosen


@settings(max_examples=30, deadline=None)
@given(stories())
def test_what_came_out_can_be_kept_too(story: Story) -> None:
    cost = cost_of(case_of(story))

    assert through_json(SickCost, cost) == cost


@pytest.mark.parametrize("code", sorted(load_agreements()))
def test_an_agreement_can_be_kept(code: str) -> None:
    pack = load_agreements()[code]

    assert through_json(AgreementPack, pack) == pack


@pytest.mark.parametrize("municipality", ["osthammar", "vasteras", "astorp", "hoganas", "almhult"])
def test_a_routines_choices_can_be_kept(municipality: str) -> None:
    routine = packaged_routine(f"{municipality}/sick_cost")
    assert routine is not None

    for chosen in settings_of(routine):
        assert through_json(SickCostSettings, chosen) == chosen


def test_decided_sick_costs_made_again_from_what_was_kept_do_not_differ(tmp_path: Path) -> None:
    keep(tmp_path / "decisions.jsonl", 120)

    assert differing(tmp_path / "decisions.jsonl") == 0


def test_a_kept_decision_that_somebody_changed_is_found(tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    keep(path, 3)
    text = path.read_text(encoding="utf-8")

    path.write_text(text.replace('"hourly_ore": 14001', '"hourly_ore": 14002', 1), encoding="utf-8")

    assert differing(path) == 1
