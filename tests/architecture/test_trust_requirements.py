"""What docs/trust.md promises about attests and about the handling of cases is held by tests that exist."""

import ast
import re

import pytest
from tests.architecture.source import ROOT, text_of

ROW = re.compile(r"^\| ((?:ATT|CAS)-\d\d) \| (.+?) \| (.+?) \|$", re.MULTILINE)
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")

ROWS = {code: (says, NAMED.findall(tests)) for code, says, tests in ROW.findall(text_of(ROOT / "docs" / "trust.md"))}


def test_every_row_of_the_requirements_is_there_but_the_one_about_payees() -> None:
    assert rows_of("ATT") == [f"ATT-{n:02d}" for n in range(1, 13) if n != 5]


def test_the_rows_about_the_handling_of_cases_are_there() -> None:
    assert rows_of("CAS") == [f"CAS-{n:02d}" for n in range(1, 14)]


@pytest.mark.parametrize("code", sorted(ROWS))
def test_a_promise_names_its_tests_and_each_of_them_exists(code: str) -> None:
    says, named = ROWS[code]

    assert says
    assert named
    missing = [f"{file}::{name}" for file, name in named if name not in names_in(file)]
    assert missing == []


def rows_of(kind: str) -> list[str]:
    """Return the rows of one kind, in order."""
    return sorted(code for code in ROWS if code.startswith(kind))


def names_in(file: str) -> set[str]:
    """Return the names of the tests in a file."""
    tree = ast.parse(text_of(ROOT / file))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
