"""`timvis audit`: seal, checkpoint, export, verify — with the database and without it."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from tests.cast import Cast
from timvis.cli.main import app


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(app, ["audit", *map(str, words)])


def document(*words: str | Path) -> Any:
    return json.loads(run(*words, "--json").stdout)


@pytest.fixture
def exported(cast: Cast, tmp_path: Path) -> tuple[Path, Path]:
    """Return an exported log and a checkpoint of it."""
    log, point = tmp_path / "log.jsonl", tmp_path / "checkpoint.json"
    assert run("checkpoint", "--out", point).exit_code == 0
    assert run("export", "--out", log).exit_code == 0
    return log, point


def test_a_log_is_whole_and_reaches_its_checkpoint(exported: tuple[Path, Path]) -> None:
    verdict = document("verify", "--checkpoint", exported[1])

    assert (verdict["ok"], verdict["first_failure"], verdict["seals"]) == (True, None, 1)
    assert verdict["unsealed"] == 1  # the export itself


def test_an_exported_log_is_verified_without_the_database(exported: tuple[Path, Path]) -> None:
    log, point = exported

    verdict = document("verify", "--file", log, "--checkpoint", point)

    assert verdict["ok"] is True


def test_a_changed_word_in_an_exported_log_is_found(exported: tuple[Path, Path]) -> None:
    log, point = exported
    log.write_text(log.read_text("utf-8").replace("register_payee", "register_other", 1), "utf-8")

    ended = run("verify", "--file", log, "--checkpoint", point)

    assert ended.exit_code == 1
    assert "INTE hel" in ended.stderr
    assert document("verify", "--file", log)["first_failure"]["code"] == "row_or_seal_is_changed"


def test_a_log_whose_end_was_cut_off_is_found_against_the_checkpoint(
    exported: tuple[Path, Path],
) -> None:
    log, point = exported
    log.write_text("")

    verdict = document("verify", "--file", log, "--checkpoint", point)

    assert verdict["first_failure"]["code"] == "log_ends_before_checkpoint"


def test_every_line_that_cannot_be_read_is_a_fault(exported: tuple[Path, Path]) -> None:
    log, _ = exported
    lines = log.read_text("utf-8").splitlines()
    log.write_text("\n".join(["{", *lines, '{"kind": "row", "id": "x"}']), "utf-8")

    ended = run("verify", "--file", log, "--json")

    assert ended.exit_code == 2
    faults = json.loads(ended.stdout)["faults"]
    assert [fault["line"] for fault in faults] == [1, len(lines) + 2]
    assert set(json.loads(ended.stdout)) == {"faults"}


@pytest.mark.parametrize("text", ["", "{}", '{"number": 0, "digest": "x"}'])
def test_a_checkpoint_that_cannot_be_read_is_a_fault(exported: tuple[Path, Path], text: str) -> None:
    exported[1].write_text(text)

    ended = run("verify", "--checkpoint", exported[1], "--json")

    assert ended.exit_code == 2
    assert json.loads(ended.stdout)["faults"][0]["code"] == "checkpoint_is_unreadable"


def test_a_file_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    ended = run("verify", "--file", tmp_path / "none", "--json")

    assert ended.exit_code == 2


@pytest.mark.django_db
def test_an_empty_log_has_nothing_to_take_a_checkpoint_of(tmp_path: Path) -> None:
    ended = run("checkpoint", "--out", tmp_path / "point.json")

    assert ended.exit_code == 1
    assert not (tmp_path / "point.json").exists()


@pytest.mark.django_db
def test_sealing_twice_seals_once(cast: Cast) -> None:
    assert document("seal")["sealed"] > 0
    assert document("seal") == {"sealed": 0, "number": None, "faults": []}
