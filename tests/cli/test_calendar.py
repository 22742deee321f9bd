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


def test_every_deadline_of_a_routine_is_told_with_its_step_day_rule_and_source() -> None:
    result = run("due", "leksand/home_care", "--month", "2025-01", "--json")

    assert result.exit_code == 0
    rows = document(result)["due"]
    assert {"step", "day", "rule", "source"} <= rows[0].keys()
    # the first, fifth and tenth working day of February 2025
    assert [(row["step"], row["day"]) for row in rows if row["day"]] == [
        ("hand_in", "2025-02-03"),
        ("review", "2025-02-07"),
        ("summary", "2025-02-14"),
    ]
    assert {"acute_start", "return_documents", "change_is_done"} <= {row["step"] for row in rows}
    assert next(row["source"] for row in rows if row["step"] == "return_documents") == "Punkt 10"


def test_the_states_deadlines_for_a_municipal_provider_are_told() -> None:
    rows = document(run("due", "forsakringskassan/provider", "--month", "2025-06", "--json"))["due"]

    assert {row["step"]: row["day"] for row in rows if row["day"]} == {
        "payee_form": "2025-05-15",
        "send_report": "2025-08-05",
        "send_bill": "2025-08-05",
    }
    assert next(row["rule"] for row in rows if row["step"] == "municipal_decision_changed").startswith(
        "Senast 14 dagar"
    )
