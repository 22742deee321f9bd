"""`timvis attest`: who could attest on a day, and slips that are proved without the database."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from tests.apps.attest_lists import adopt
from tests.apps.signed_months import a_calculated_claim, sign_all
from tests.cast import Cast
from timvis.cli.main import app


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(app, ["attest", *map(str, words)])


def document(*words: str | Path) -> Any:
    return json.loads(run(*words, "--json").stdout)


def test_who_could_attest_on_a_day_is_told_with_list_and_limit(cast: Cast) -> None:
    adopt(cast)

    told = document("who", "--on", "2021-03-01", "--municipality", "vasteras")

    assert [(one["person"], one["act"], one["up_to_ore"]) for one in told["rights"]] == [
        ("Greta Ström", "review_attest", None),
        ("David Ås", "decision_attest", 50_000_000),
        ("Hasse Holm", "payment_release", None),
    ]
    assert {key: told["rights"][1][key] for key in ("from", "to", "deputy_of", "list", "position")} == {
        "from": "2021-01-01",
        "to": "2022-01-01",
        "deputy_of": None,
        "list": 1,
        "position": None,
    }
    assert told["faults"] == []


def test_a_day_is_told_as_it_was_known_when_it_ended(cast: Cast) -> None:
    adopt(cast)  # entered on 1 February at 10.00 in the morning

    assert document("who", "--on", "2021-01-31")["rights"] == []
    assert len(document("who", "--on", "2021-02-01")["rights"]) == 3
    assert document("who", "--on", "2021-02-01", "--known-at", "2021-02-01T09:59")["rights"] == []
    assert len(document("who", "--on", "2021-01-31", "--known-at", "2021-02-02")["rights"]) == 3


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (["--on", "igår"], ["day_not_readable"]),
        (["--on", "igår", "--known-at", "nyss", "--municipality", "ingenstans"], None),
    ],
)
def test_what_cannot_be_read_is_told_all_at_once(words: list[str], codes: list[str] | None) -> None:
    ended = run("who", *words, "--json")

    assert ended.exit_code == 2
    assert [fault["code"] for fault in json.loads(ended.stdout)["faults"]] == (
        codes or ["day_not_readable", "moment_not_readable", "no_such_municipality"]
    )


# --- slips ---------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(cast: Cast, tmp_path: Path) -> Path:
    """Return a folder with the slips of a signed claim, the log and a checkpoint."""
    number = a_calculated_claim(cast)
    sign_all(cast, number)
    for words in (["checkpoint", "--out", tmp_path / "point.json"], ["export", "--out", tmp_path / "log.jsonl"]):
        assert CliRunner().invoke(app, ["audit", *map(str, words)]).exit_code == 0
    assert run("slip", number, "--out", tmp_path).exit_code == 0
    return tmp_path


def a_slip(folder: Path) -> Path:
    return next(folder.glob("*decision_attest.json"))


def test_a_slip_holds_with_nothing_but_the_file_and_with_the_log(folder: Path) -> None:
    alone = document("verify", a_slip(folder))
    with_log = document("verify", a_slip(folder), "--log", folder / "log.jsonl", "--checkpoint", folder / "point.json")

    assert len(list(folder.glob("*_*.json"))) == 3
    assert (alone["valid"], alone["in_log"], alone["person"]) == (True, None, "David Ås")
    assert (with_log["valid"], with_log["in_log"]) == (True, True)


@pytest.mark.parametrize("field", ["total_ore", "round", "payee"])
def test_a_changed_field_is_named(folder: Path, field: str) -> None:
    file = a_slip(folder)
    told = json.loads(file.read_text("utf-8"))
    told["shown"][field] = ["Fatima", "bankgiro", "1"] if field == "payee" else 1_000_000
    file.write_text(json.dumps(told), "utf-8")

    ended = run("verify", file, "--json")

    assert ended.exit_code == 1
    assert any(one["field"].startswith(f"shown.{field}") for one in json.loads(ended.stdout)["failed"])


def test_a_log_that_was_touched_bears_no_slip_out(folder: Path) -> None:
    log = folder / "log.jsonl"
    log.write_text(log.read_text("utf-8").replace("register_payee", "register_other", 1), "utf-8")

    told = document("verify", a_slip(folder), "--log", log)

    assert (told["valid"], told["in_log"]) == (False, False)


@pytest.mark.django_db
def test_what_is_no_slip_and_what_is_no_claim_are_faults(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("{}")

    assert run("verify", tmp_path / "x.json").exit_code == 2
    assert run("slip", "finns-inte", "--out", tmp_path).exit_code == 2
