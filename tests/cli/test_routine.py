"""`timvis routine check` and `timvis calendar due`: a routine proved, and its days."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from timvis.cli.main import app

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "src" / "timvis" / "data" / "routines" / "vasteras" / "assistance.toml"
ANSWERED = ROOT / "examples" / "vasteras" / "assistance.toml"


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(app, list(map(str, words)))


def document(*words: str | Path) -> Any:
    return json.loads(run(*words, "--json").stdout)


@pytest.mark.parametrize("place", ["vasteras", "ekkoping"])
def test_an_answered_routine_is_valid(place: str) -> None:
    file = ROOT / "examples" / place / "assistance.toml"

    ended = run("routine", "check", file, "--json")

    assert ended.exit_code == 0
    told = json.loads(ended.stdout)
    assert (told["valid"], told["problems"], told["faults"]) == (True, [], [])
    proof = told["proof"]
    assert (proof["fewest_persons"], proof["persons_needed"]) == (3, 4)
    assert proof["states"] > 30
    assert proof["passage"][0] == {"person": "A", "step": "hand_in", "act": "hand_in"}
    assert proof["passage"][-1] == {"person": "Timvis", "step": "payment", "act": "archive"}
    assert [note["code"] for note in proof["notes"]] == ["fewer_can_get_stuck"]
    assert all({"roles", "both_ends", "kept_apart"} == row.keys() for row in proof["conflicts"])


def test_the_shipped_routine_ends_with_one_and_its_open_questions() -> None:
    ended = run("routine", "check", SHIPPED, "--json")

    assert ended.exit_code == 1
    told = json.loads(ended.stdout)
    assert told["valid"] is False
    assert {problem["code"] for problem in told["problems"]} == {"open_question"}
    assert all(problem["message"] and problem["example"] for problem in told["problems"])


def test_a_routine_without_separations_is_broken_by_one_person(tmp_path: Path) -> None:
    text = ANSWERED.read_text("utf-8")
    alone = tmp_path / "ensam.toml"
    alone.write_text(text[: text.index("[[separation]]")], "utf-8")

    told = document("routine", "check", alone)

    assert [problem["code"] for problem in told["problems"]] == [
        "one_person_can_do_all",
        "same_person_decides_and_releases",
    ]
    assert "A: hand_in (hand_in) → A: review" in told["problems"][0]["example"]
    assert {move["person"] for move in told["problems"][0]["passage"]} == {"A"}
    assert told["problems"][1]["passage"][-1] == {"person": "A", "step": "payment_release", "act": "payment_release"}
    assert told["proof"] is None


def test_a_person_reads_who_does_what_in_swedish(tmp_path: Path) -> None:
    proved = run("routine", "check", ANSWERED)
    text = ANSWERED.read_text("utf-8")
    alone = tmp_path / "ensam.toml"
    alone.write_text(text[: text.index("[[separation]]")], "utf-8")

    broken = run("routine", "check", alone)

    assert (proved.exit_code, broken.exit_code) == (0, 1)
    assert "4 personer räcker alltid" in proved.stderr
    assert "Beslutsattest" in proved.stdout
    assert "En person som har alla roller kan ensam föra ett ärende" in broken.stderr
    assert "ensam.toml kan inte publiceras." in broken.stderr


def test_a_day_that_counts_from_what_nobody_does_is_a_problem(tmp_path: Path) -> None:
    waiting = tmp_path / "dagar.toml"
    text = ANSWERED.read_text("utf-8")
    by_day = "due = { working_day = 14, months_after = 1 }"
    assert by_day in text
    waiting.write_text(text.replace(by_day, 'due = { days = 30, event = "beslutet" }'), "utf-8")

    told = document("routine", "check", waiting)

    (problem,) = told["problems"]
    assert (problem["code"], problem["example"]) == ("event_never_happens", "decision_attest")
    assert problem["passage"] == []
    assert told["proof"], "who does what still holds"


def test_a_file_that_cannot_be_read_ends_with_two_and_every_fault(tmp_path: Path) -> None:
    broken = tmp_path / "trasig.toml"
    broken.write_text(ANSWERED.read_text("utf-8").replace('acts = ["hand_in"]', 'acts = ["hand_out"]'), "utf-8")

    ended = run("routine", "check", broken, "--json")

    assert ended.exit_code == 2
    (fault,) = json.loads(ended.stdout)["faults"]
    assert (fault["code"], fault["file"]) == ("unknown_act", "trasig.toml")
    assert fault["line"] > 1


def test_a_file_that_is_not_there_ends_with_two() -> None:
    assert run("routine", "check", "ingen.toml").exit_code == 2


def test_a_shipped_routine_and_an_answered_copy_differ_by_what_was_answered() -> None:
    told = document("routine", "diff", "vasteras/assistance", ANSWERED)

    where = {change["where"] for change in told["changes"]}
    assert {"steps.decision_attest.role", "steps.review.due", "answered_by"} <= where
    assert all(change["sentence"] for change in told["changes"])
    assert "Steget ”Beslutsattest”" in run("routine", "diff", "vasteras/assistance", ANSWERED).stdout


def test_a_routine_does_not_differ_from_itself() -> None:
    assert document("routine", "diff", ANSWERED, ANSWERED)["changes"] == []
    assert "lika" in run("routine", "diff", ANSWERED, ANSWERED).stdout


def test_a_routine_that_nobody_knows_can_not_be_compared() -> None:
    assert run("routine", "diff", "vasteras/ingen", ANSWERED).exit_code == 2


def test_a_routine_without_due_rules_has_no_due_days() -> None:
    assert document("calendar", "due", "vasteras/assistance", "--month", "2021-02")["due"] == []


@pytest.mark.parametrize(("routine", "month"), [("vasteras/ingen", "2021-02"), ("vasteras/assistance", "2021-13")])
def test_what_is_no_routine_or_no_month_ends_with_two(routine: str, month: str) -> None:
    assert run("calendar", "due", routine, "--month", month).exit_code == 2
