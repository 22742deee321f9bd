"""What sick cost and the times of a case are worked out with stands in data: a number in their code has a name."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.architecture.source import CORE, Check, Objection, assert_none, objections, objects_to, python_files

SICK_COST = CORE / "calculation" / "sick_cost"
PROCEDURE = CORE / "procedure"
OF_THE_CALENDAR_AND_OF_MONEY = {0, 1, 6, 12, 52, 100}
"""Half a year, a year in months and in weeks, öre per krona and parts of a percentage."""
NAMED_AFTER_A_YEAR = {"LAST_YEAR_WITHOUT"}
"""The year that the law's own number is named after (`payroll.contribution.born_1937_or_earlier`)."""


def a_bare_number(tree: ast.Module) -> Iterator[Objection]:
    """Object to numbers inside functions, and to named ones that are neither calendar nor money."""
    named = {
        id(inner): target.id
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name) and target.id.isupper()
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or isinstance(node.value, bool) or not isinstance(node.value, int):
            continue
        if node.value in (0, 1):
            continue
        name = named.get(id(node))
        if name is None:
            yield node.lineno, f"{node.value} has no name; is it the law's, it belongs in data/law/"
        elif node.value not in OF_THE_CALENDAR_AND_OF_MONEY and name not in NAMED_AFTER_A_YEAR:
            yield node.lineno, f"{name} = {node.value} looks like the law's; write it in data/law/ with its source"


@pytest.mark.parametrize("folder", [SICK_COST, PROCEDURE], ids=lambda folder: folder.name)
def test_no_number_of_the_law_stands_in_the_code(folder: Path) -> None:
    assert_none(objections(python_files(folder), a_bare_number))


@pytest.mark.parametrize(
    ("check", "source"),
    [
        (a_bare_number, "def last_day():\n    return 14"),
        (a_bare_number, "RELAPSE_DAYS = 5"),
    ],
)
def test_the_check_objects_to(check: Check, source: str) -> None:
    assert objects_to(check, source)


@pytest.mark.parametrize("source", ["WEEKS_PER_YEAR = 52", "def first():\n    return 1"])
def test_the_check_lets_through(source: str) -> None:
    assert not objects_to(a_bare_number, source)
