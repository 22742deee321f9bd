"""`timvis elt`, as it is typed."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from tests.formats.handed_in_months import ALMA, BJORN, CECILIA, ID, LINES, csv_bytes, elt_bytes, workbook
from timvis.cli.main import app


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(app, ["elt", *map(str, words)])


def document(result: Result) -> Any:
    return json.loads(result.stdout)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """Return a CSV with Björn's and Cecilia's month at Alma's."""
    second = [(*line[:3], CECILIA, "Cecilia Ek", *line[5:]) for line in LINES[1:]]
    path = tmp_path / "mars.csv"
    path.write_bytes(csv_bytes([*LINES, *second]))
    return path


def test_a_csv_becomes_one_file_per_assistant_that_passes_the_check(report: Path, tmp_path: Path) -> None:
    out = tmp_path / "ut" / "mars"

    result = run("write", report, "--out", out, "--phone", "021-390000", "--json")

    assert result.exit_code == 0
    files = document(result)["files"]
    assert len(files) == 2
    assert sorted(map(str, out.iterdir())) == sorted(files)
    for file in files:
        checked = run("check", file, "--json")
        assert checked.exit_code == 0
        assert document(checked) == {"valid": True, "faults": []}
        assert not [number for number in (ALMA, BJORN, CECILIA) if number in file]


def test_writing_again_changes_nothing(report: Path, tmp_path: Path) -> None:
    def contents() -> dict[str, bytes]:
        run("write", report, "--out", tmp_path / "ut")
        return {path.name: path.read_bytes() for path in (tmp_path / "ut").iterdir()}

    assert contents() == contents()


def test_a_workbook_is_written_too(tmp_path: Path) -> None:
    book = tmp_path / "mars.xlsx"
    book.write_bytes(workbook({"Blad1": LINES}))

    assert run("write", book, "--out", tmp_path / "ut").exit_code == 0


def test_a_missing_telephone_number_is_said_and_stands_as_missing(report: Path, tmp_path: Path) -> None:
    result = run("write", report, "--out", tmp_path)

    assert "--phone" in result.stderr
    assert b"Uppgift saknas" in next(tmp_path.glob("*.xml")).read_bytes()


def test_a_report_with_faults_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "mars.csv"
    path.write_bytes(csv_bytes([LINES[0], LINES[1], (*LINES[2][:5], "32", *LINES[2][6:])]))

    result = run("write", path, "--out", tmp_path / "ut", "--json")

    assert result.exit_code == 2
    [fault] = document(result)["faults"]
    assert (fault["file"], fault["line"], fault["column"]) == ("mars.csv", 3, "dag")
    assert not (tmp_path / "ut").exists()


def test_one_report_that_lacks_something_keeps_the_others_back(report: Path, tmp_path: Path) -> None:
    text = report.read_bytes().decode("utf-8-sig").replace(f"{CECILIA};Cecilia Ek", ";Cecilia Ek")
    report.write_text(text, encoding="utf-8")

    result = run("write", report, "--out", tmp_path / "ut", "--json")

    assert result.exit_code == 2
    assert [fault["column"] for fault in document(result)["faults"]] == ["assistent_personnummer"]
    assert not (tmp_path / "ut").exists()


def test_a_folder_that_cannot_be_written_in_is_a_fault(report: Path) -> None:
    result = run("write", report, "--out", report / "ut", "--json")

    assert result.exit_code == 2
    assert document(result)["faults"][0]["code"] == "file_cannot_be_written"


def test_a_file_with_an_overlap_is_not_valid(tmp_path: Path) -> None:
    path = tmp_path / "mars.xml"
    path.write_bytes(elt_bytes(was="<dag>2</dag><fromTid>22.00", now="<dag>1</dag><fromTid>16.00"))

    result = run("check", path, "--json")

    assert result.exit_code == 1
    assert document(result)["valid"] is False
    assert [(fault["line"], fault["code"]) for fault in document(result)["faults"]] == [(13, "rows_overlap")]


@pytest.mark.parametrize("content", [b"", b"hej", b"<html/>", b"<!DOCTYPE a><a/>"])
def test_what_is_not_elt_cannot_be_read(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "mars.xml"
    path.write_bytes(content)

    for verb in ("check", "digest"):
        result = run(verb, path, "--json")
        assert result.exit_code == 2
        assert len(document(result)["faults"]) == 1


def test_a_file_that_is_not_there_cannot_be_read(tmp_path: Path) -> None:
    assert run("check", tmp_path / "mars.xml").exit_code == 2


def test_the_text_to_sign_is_the_id_and_the_digest(tmp_path: Path, report: Path) -> None:
    given = tmp_path / "given.xml"
    given.write_bytes(elt_bytes())
    run("write", report, "--out", tmp_path / "ut")
    written = next((tmp_path / "ut").iterdir())

    assert document(run("digest", given, "--json"))["text"].startswith(f"{ID},")
    # What we write is canonical already, so any tool for SHA-256 gives the same digits.
    assert run("digest", written).stdout.strip().endswith(hashlib.sha256(written.read_bytes()).hexdigest())


def test_a_file_with_faults_has_no_text_to_sign(tmp_path: Path) -> None:
    path = tmp_path / "mars.xml"
    path.write_bytes(elt_bytes(was="16.30", now="99.99"))

    assert run("digest", path).exit_code == 2


def test_the_command_starts_without_settings_or_database(tmp_path: Path) -> None:
    path = tmp_path / "mars.xml"
    path.write_bytes(elt_bytes())
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO", "TIMVIS"))}

    ran = subprocess.run(
        [sys.executable, "-c", "from timvis.cli.main import run; run()", "elt", "check", str(path)],
        env={**bare, "TIMVIS_HOME": str(tmp_path / "home")},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (ran.returncode, ran.stderr.strip()) == (0, "mars.xml stämmer.")
    assert not (tmp_path / "home").exists()
