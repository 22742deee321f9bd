"""Every written hourly case comes to what it says, to the öre."""

import tomllib
from pathlib import Path

import pytest

from timvis.core.calculation.hourly import calculate
from timvis.core.law import LawReader
from timvis.core.statement import Statement
from timvis.formats.calculation_case.hourly import WrittenHourly, case_of
from timvis.formats.calculation_case.read import read
from timvis.formats.law.packaged import load_law

CASES = sorted((Path(__file__).parents[1] / "cases" / "hourly").glob("*.toml"))


def statement_of(path: Path) -> Statement:
    written = read(path.read_text(encoding="utf-8"), source=path.name)
    assert isinstance(written, WrittenHourly), written
    law = LawReader(load_law())
    case = case_of(written, law)
    assert not isinstance(case, tuple), case
    return calculate(case, law)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_written_case_comes_to_what_it_says(path: Path) -> None:
    expected = tomllib.loads(path.read_text(encoding="utf-8"))["expected"]

    statement = statement_of(path)

    assert statement.total_ore == expected["total_ore"]
    for line, said in zip(statement.lines, expected.get("lines", ()), strict=False):
        assert {name: getattr(line, name) for name in said} == said
    assert len(expected.get("lines", statement.lines)) == len(statement.lines)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_same_case_has_the_same_digest_for_ever(path: Path) -> None:
    assert statement_of(path).digest == statement_of(path).digest


def test_every_line_says_why_and_on_what_law() -> None:
    for path in CASES:
        for line in statement_of(path).lines:
            assert line.because.endswith(".")
            assert line.cites
