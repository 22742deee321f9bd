"""Every written case of every kind of calculation comes to what it says, to the öre."""

import tomllib
from pathlib import Path

import pytest

from timvis.core.calculation.calculated import Calculated
from timvis.core.law import LawReader
from timvis.formats.calculation_case.read import KINDS, calculated, read
from timvis.formats.law.packaged import load_law
from timvis.formats.statutes.read import load_statutes

FOLDERS = Path(__file__).parents[1] / "cases"
CASES = sorted(path for kind in KINDS for path in (FOLDERS / kind).glob("*.toml"))


def outcome_of(path: Path) -> Calculated:
    written = read(path.read_text(encoding="utf-8"), source=path.name)
    assert not isinstance(written, tuple), written
    outcome = calculated(written, LawReader(load_law()))
    assert not isinstance(outcome, tuple), outcome
    return outcome


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_written_case_comes_to_what_it_says(path: Path) -> None:
    expected = tomllib.loads(path.read_text(encoding="utf-8"))["expected"]

    outcome = outcome_of(path)

    assert outcome.statement.kind == path.parent.name
    assert outcome.statement.total_ore == expected["total_ore"]
    for name, lines in (("lines", outcome.statement.lines), ("handed_over", outcome.handed_over)):
        for line, said in zip(lines, expected.get(name, ()), strict=False):
            assert {key: _as_written(getattr(line, key)) for key in said} == said
        assert len(expected.get(name, lines)) == len(lines)
    assert [finding.code for finding in outcome.findings] == expected.get("findings", [])
    assert dict(outcome.sums).items() >= expected.get("sums", {}).items()


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_same_case_has_the_same_digest_for_ever(path: Path) -> None:
    assert outcome_of(path).statement.digest == outcome_of(path).statement.digest


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_line_says_why_and_on_what_law(path: Path) -> None:
    known = load_statutes()
    outcome = outcome_of(path)

    for line in (*outcome.statement.lines, *outcome.handed_over):
        assert line.because.endswith(".")
        assert line.cites
        assert set(line.cites) <= set(known), line.code
    for finding in outcome.findings:
        assert set(finding.cites) <= set(known), finding.code


def test_every_kind_has_a_case() -> None:
    assert {path.parent.name for path in CASES} == set(KINDS)


def _as_written(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
