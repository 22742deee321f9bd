"""What the municipality answers for of the first hours of each week, to the öre."""

import tomllib
from pathlib import Path

import pytest

from timvis.core.calculation.first_twenty_hours import calculate
from timvis.core.law import LawReader
from timvis.formats.calculation_case.first_twenty_hours import WrittenFirstHours, case_of
from timvis.formats.calculation_case.read import read
from timvis.formats.law.packaged import load_law

CASES = sorted((Path(__file__).parents[1] / "cases" / "first_twenty_hours").glob("*.toml"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_written_case_comes_to_what_it_says(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    written, expected = read(text, source=path.name), tomllib.loads(text)["expected"]
    assert isinstance(written, WrittenFirstHours), written

    statement = calculate(case_of(written), LawReader(load_law()))

    assert statement.total_ore == expected["total_ore"]
    lines = zip(statement.lines, expected["lines"], strict=True)
    said = [{name: getattr(line, name) for name in wanted} for line, wanted in lines]
    assert said == expected["lines"]
    assert all(line.because.endswith(".") and line.cites for line in statement.lines)


def test_what_is_billed_too_much_is_told_in_money() -> None:
    path = next(path for path in CASES if "for-mycket" in path.stem)
    written = read(path.read_text(encoding="utf-8"), source=path.name)
    assert isinstance(written, WrittenFirstHours)

    last = calculate(case_of(written), LawReader(load_law())).lines[-1]

    because = last.because.replace("\N{NO-BREAK SPACE}", " ")
    assert because == "Fakturan har 10:00 timmar för mycket, 3 326,00 kr: be om en ny."
