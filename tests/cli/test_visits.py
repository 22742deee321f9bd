"""`timvis visits import`: a provider's file, whole or not at all."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tests.apps.visits.march import HEADINGS, Visited, a_visited_town, row
from tests.cast import EKOT_NUMBER
from timvis.apps.visits.models import Visit
from timvis.cli.main import app


@pytest.fixture
def visited(db: None) -> Visited:
    return a_visited_town()


def imported(path: Path, *words: str, code: int = 0, provider: str = EKOT_NUMBER) -> Any:
    ended = CliRunner().invoke(app, ["visits", "import", str(path), "--provider", provider, *words, "--json"])
    assert ended.exit_code == code, ended.output
    return json.loads(ended.stdout)


def a_file(folder: Path, *rows: str) -> Path:
    path = folder / "mars.csv"
    path.write_text("\n".join((HEADINGS, *rows)), encoding="utf-8")
    return path


def test_a_file_is_kept_and_the_same_file_again_changes_nothing(visited: Visited, tmp_path: Path) -> None:
    path = a_file(tmp_path, row(1), row(2, start="2026-03-04 08:00", slut="2026-03-04 08:30"))

    first, again = imported(path), imported(path)

    assert (first["delivery"], first["kept"], first["findings"], first["faults"]) == (1, 2, [], [])
    assert (again["delivery"], again["kept"], again["repeated"]) == (None, 0, 2)


def test_a_file_with_faults_is_refused_whole_and_tells_them_all(visited: Visited, tmp_path: Path) -> None:
    told = imported(a_file(tmp_path, row(1, minuter="0,45"), row(2, insats="städ")), code=2)

    assert [(fault["code"], fault["line"], fault["file"]) for fault in told["faults"]] == [
        ("minutes_are_not_whole", 2, "mars.csv"),
        ("unknown_service", 3, "mars.csv"),
    ]
    assert not Visit.objects.exists()


def test_a_visit_before_the_order_is_kept_and_told(visited: Visited, tmp_path: Path) -> None:
    told = imported(a_file(tmp_path, row(1, start="2026-03-01 08:00", slut="2026-03-01 08:30")), code=1)

    assert [(one["code"], one["line"]) for one in told["findings"]] == [("before_the_order", 2)]
    assert Visit.objects.count() == 1


def test_a_correction_says_why(visited: Visited, tmp_path: Path) -> None:
    imported(a_file(tmp_path, row(1)))
    changed = a_file(tmp_path, row(1, slut="2026-03-03 09:00"))

    assert [fault["code"] for fault in imported(changed, code=2)["faults"]] == ["visit_is_told_otherwise"]
    assert imported(changed, "--correction", "Fel tid")["replaced"] == 1


def test_a_provider_or_a_file_that_is_not_there_is_said(visited: Visited, tmp_path: Path) -> None:
    told = imported(a_file(tmp_path, row(1)), code=2, provider="5599000303")
    assert [fault["code"] for fault in told["faults"]] == ["no_such_provider"]

    told = imported(tmp_path / "saknas.csv", code=2)
    assert [fault["code"] for fault in told["faults"]] == ["file_cannot_be_opened"]


def test_a_person_at_a_terminal_is_told_in_words(visited: Visited, tmp_path: Path) -> None:
    path = a_file(tmp_path, row(1))
    words = ["visits", "import", str(path), "--provider", EKOT_NUMBER]

    assert "Leverans 1: 1 rader sparade" in CliRunner().invoke(app, words).stdout
    assert "Ingenting ändrades" in CliRunner().invoke(app, words).stdout
