"""`timvis bulk`, as it is typed."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from timvis.cli import main
from timvis.cli.main import NOUNS, Noun, app, load
from timvis.config.environment import WrongEnvironment


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["bulk", *words])


def document(result: Result) -> Any:
    return json.loads(result.stdout)


def test_a_population_is_made_and_reviewed(tmp_path: Path) -> None:
    rows, out = str(tmp_path / "rows"), str(tmp_path / "out")

    made = run("generate", "--shifts", "2000", "--seed", "4", "--parts", "2", "--out", rows, "--json")
    found = run("review", "--rows", rows, "--out", out, "--engine", "duckdb", "--json")

    assert made.exit_code == 0
    assert document(made)["rows"] == 2000
    # It ran, and objects: faults are sown in every population.
    assert found.exit_code == 1
    assert document(found)["rows"] == 2000
    assert document(found)["findings"] == sum(document(found)["by_rule"].values()) > 0
    assert document(found).keys() >= {"rows", "rules", "findings", "seconds", "peak_mb", "faults"}


def test_a_person_is_shown_what_was_found_most(tmp_path: Path) -> None:
    rows, out = str(tmp_path / "rows"), str(tmp_path / "out")
    run("generate", "--shifts", "1000", "--parts", "1", "--out", rows)

    result = run("review", "--rows", rows, "--out", out)

    assert result.exit_code == 1
    assert "1000 pass" in result.stdout
    assert "Iakttagelse" in result.stdout


@pytest.mark.parametrize("shifts", ["0", "-5", "100000001"])
def test_a_size_that_cannot_be_made_is_refused(tmp_path: Path, shifts: str) -> None:
    result = run("generate", "--shifts", shifts, "--out", str(tmp_path / "rows"), "--json")

    assert result.exit_code == 2
    assert [fault["code"] for fault in document(result)["faults"]] == ["number_not_readable"]
    assert not (tmp_path / "rows").exists()


@pytest.mark.parametrize("words", [("generate", "--shifts", "10"), ("review", "--rows", ".")])
def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path, words: tuple[str, ...]) -> None:
    (tmp_path / "mine.txt").write_text("kept", encoding="utf-8")

    result = run(*words, "--out", str(tmp_path), "--json")

    assert result.exit_code == 2
    assert [fault["code"] for fault in document(result)["faults"]] == ["folder_not_empty"]
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_folder_without_parts_is_refused(tmp_path: Path) -> None:
    result = run("review", "--rows", str(tmp_path / "nowhere"), "--out", str(tmp_path / "out"), "--json")

    assert result.exit_code == 2
    assert [fault["code"] for fault in document(result)["faults"]] == ["rows_not_found"]
    assert not (tmp_path / "out").exists()


def test_without_its_package_the_command_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    bulk = next(noun for noun in NOUNS if noun.name == "bulk")
    monkeypatch.setattr(main, "find_spec", lambda name: None)

    with pytest.raises(WrongEnvironment, match=r"pip install timvis\[bulk\]"):
        load(Noun(bulk.name, bulk.module, bulk.help, extra=bulk.extra))
