"""Every worked example about a sick cost has its case, and what is published is kept apart from what we derive.

`basis` says where a case's figures come from: `source` (all of it is published), `derived` (our arithmetic on a
published rule) or `source+derived`. `published` lists the figures that are somebody else's, each with what of the
answer it is: a line (or several, added), its amount, its quantity or rate, its whole kronor or what it says; the day
of the sick-pay period; a finding that stands there or does not. `printed` is a misprint in the source, corrected.
"""

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from timvis.core.calculation.calculated import Calculated
from timvis.core.law import LawReader
from timvis.core.quantities import half_up
from timvis.core.statement import Line
from timvis.formats.calculation_case.read import calculated, read
from timvis.formats.law.packaged import load_law

FOLDERS = Path(__file__).parents[1] / "cases"
CASES = sorted(path for kind in ("sick_cost", "shift_cost") for path in (FOLDERS / kind).glob("W-*.toml"))
BASES = {"source", "source+derived", "derived"}
ORE_PER_KRONA = 100
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"


def expected_of(path: Path) -> dict[str, Any]:
    expected: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))["expected"]
    return expected


def outcome_of(path: Path) -> Calculated:
    written = read(path.read_text(encoding="utf-8"), source=path.name)
    assert not isinstance(written, tuple), written
    outcome = calculated(written, LawReader(load_law()))
    assert isinstance(outcome, Calculated), outcome
    return outcome


def test_every_worked_example_has_its_case() -> None:
    there = {path.name[:4] for path in CASES}

    assert there == {f"W-{number:02d}" for number in range(1, 23)}


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_case_says_whose_figures_it_holds(path: Path) -> None:
    expected = expected_of(path)

    assert expected["basis"] in BASES
    assert bool(expected.get("published")) == (expected["basis"] != "derived")


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_what_is_published_is_what_comes_out(path: Path) -> None:
    outcome = outcome_of(path)

    for figure in expected_of(path).get("published", ()):
        assert figure_in(outcome, figure) == {key: told for key, told in figure.items() if key != "printed"}


def figure_in(outcome: Calculated, figure: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the answer has where a published figure stands."""
    if "line" in figure:
        codes = figure["line"].split(" + ")
        lines = [line for line in outcome.statement.lines if line.code in codes]
        assert {line.code for line in lines} == set(codes)
        return {"line": figure["line"]} | {key: of_lines(lines, key, figure[key]) for key in figure if key in OF_LINES}
    found: dict[str, Any] = {}
    for key, told in figure.items():
        match key:
            case "total_kronor":
                found[key] = kronor(outcome.statement.total_ore)
            case "day":
                found[key] = outcome.sick_pay_periods[-1].days
            case "finding":
                found[key] = next((one.code for one in outcome.findings if one.code == told), None)
            case "no_finding":
                found[key] = None if told in [one.code for one in outcome.findings] else told
            case "no_line":
                found[key] = None if told in [line.code for line in outcome.statement.lines] else told
    return found


OF_LINES = ("amount_ore", "kronor", "quantity", "rate", "says")


def of_lines(lines: Sequence[Line], key: str, told: str) -> object:
    amount = sum(line.amount_ore for line in lines)
    match key:
        case "amount_ore":
            return amount
        case "kronor":
            return kronor(amount)
        case "says":
            spaced = " ".join(line.because for line in lines).replace(NO_BREAK_SPACE, " ")
            return told if told in spaced else spaced
        case _:
            [line] = lines
            return getattr(line, key)


def kronor(amount_ore: int) -> int:
    return half_up(amount_ore, ORE_PER_KRONA)


# --- two results stand --------------------------------------------------------------------------------------

TWO_RESULTS: dict[str, tuple[str, ...]] = {
    "W-03": ("holiday_compensation_base",),
    "W-06": ("deduction_method",),
    "W-12-hel-ansokan-avtalskostnader": ("pension_tax",),
    "W-13-ob": ("agreement", "deduction_method"),
    "W-14": ("relapse_counts_from",),
    "W-15": ("relapse_counts_from",),
    "W-18": ("partly_covered",),
}
"""The examples that come out in more than one way, and what says which: a setting, or the agreement before it."""


@pytest.mark.parametrize("example", TWO_RESULTS)
def test_where_two_results_stand_the_setting_is_named(example: str) -> None:
    paths = [path for path in CASES if path.name.startswith(example)]
    tables = [tomllib.loads(path.read_text(encoding="utf-8")) for path in paths]

    named = [tuple((table | table["settings"]).get(name) for name in TWO_RESULTS[example]) for table in tables]

    assert len(set(named)) == len(named) > 1
    assert all(any(choices) for choices in named)
