"""`timvis standards`, as it is typed."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.formats.official import official
from timvis.cli.main import app
from timvis.formats.standards.read import SETS


def test_without_a_folder_nothing_is_complete(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TIMVIS_STANDARDS", raising=False)

    result = CliRunner().invoke(app, ["standards", "check", "--json"])

    assert result.exit_code == 1
    assert {one["complete"] for one in json.loads(result.stdout)["sets"]} == {False}
    assert "TIMVIS_STANDARDS är inte satt" in result.stderr


def test_a_folder_that_does_not_exist_is_a_fault(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TIMVIS_STANDARDS", str(tmp_path / "none"))

    result = CliRunner().invoke(app, ["standards", "check", "--json"])

    assert result.exit_code == 2
    assert [fault["code"] for fault in json.loads(result.stdout)["faults"]] == ["folder_is_missing"]


def test_a_set_that_is_installed_is_told_with_version_and_digest(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TIMVIS_STANDARDS", str(tmp_path))
    (tmp_path / "archive/erms").mkdir(parents=True)
    (tmp_path / "archive/erms/ERMS-3.0.xsd").write_bytes(b"<schema/>")

    result = CliRunner().invoke(app, ["standards", "check", "--json"])

    sets = {one["name"]: one for one in json.loads(result.stdout)["sets"]}
    assert result.exit_code == 1
    assert (sets["erms-3"]["complete"], sets["erms-3"]["version"]) == (True, "3.0")
    assert len(sets["erms-3"]["digest"]) == 64
    assert sets["erms"]["missing"] == ["archive/erms/ERMS-2.1.2.xsd"]


def test_the_official_folder_is_complete() -> None:
    official("archive/csip/mets.xsd")

    result = CliRunner().invoke(app, ["standards", "check", "--json"])

    assert result.exit_code == 0
    assert len(json.loads(result.stdout)["sets"]) == len(SETS)
