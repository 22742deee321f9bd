"""`timvis calendar`, as it is typed."""

import json
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from timvis.cli.main import app


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["calendar", *words])


def document(result: Result) -> Any:
    return json.loads(result.stdout)


def test_the_nth_working_day_is_told() -> None:
    result = run("working-day", "2025-05", "5", "--json")

    # 1 May is a holiday: 2, 5, 6, 7, 8
    assert result.exit_code == 0
    assert document(result) == {"day": "2025-05-08", "faults": []}


def test_saturdays_can_be_counted() -> None:
    result = run("working-day", "2025-05", "5", "--saturdays-count", "--json")

    assert document(result)["day"] == "2025-05-07"


def test_a_person_is_told_the_weekday() -> None:
    result = run("working-day", "2025-02", "1")

    assert (result.exit_code, result.stdout.strip()) == (0, "måndag 3 februari 2025")


@pytest.mark.parametrize(
    ("month", "n", "codes"),
    [
        ("2025-13", "1", ["month_not_readable"]),
        ("1989-12", "1", ["month_not_readable"]),
        ("2101-01", "1", ["month_not_readable"]),
        ("maj", "femte", ["month_not_readable", "number_not_readable"]),
        ("2025-02", "0", ["number_not_readable"]),
        ("2025-02", "99999999999999999999", ["number_not_readable"]),
        ("2025-02", "21", ["no_such_working_day"]),
    ],
)
def test_what_cannot_be_read_gives_every_fault_and_no_day(month: str, n: str, codes: list[str]) -> None:
    result = run("working-day", month, n, "--json")

    assert result.exit_code == 2
    assert [fault["code"] for fault in document(result)["faults"]] == codes
    assert all(fault["message"] and fault["remedy"] for fault in document(result)["faults"])
    assert document(result).keys() == {"faults"}


def test_the_numbers_beside_a_routine_are_not_taken_for_one() -> None:
    result = run("due", "leksand/numbers", "--month", "2024-12", "--json")

    assert result.exit_code == 2
    assert [fault["code"] for fault in document(result)["faults"]] == ["no_such_routine"]
