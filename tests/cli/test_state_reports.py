"""`timvis state-reports send`: what people have queued, sent once, by a run that can be started again."""

import json
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings
from typer.testing import CliRunner, Result

from tests.apps.state_reports import months as at
from tests.cast import Cast
from timvis.apps.audit.models import LogEntry
from timvis.cli.main import app
from timvis.config.environment import Mode
from timvis.gateways.elt.simulator import SimulatedElt


@pytest.fixture
def at_home(cast: Cast, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """Return the cast in an installation of the test's own that sends to the made-up receiver."""
    settings.HOME, settings.MODE = tmp_path, Mode.DEMO
    monkeypatch.setenv("TIMVIS_ELT", "simulator")
    return cast


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["state-reports", "send", *words, "--json"])


def document(*words: str) -> Any:
    return json.loads(run(*words).stdout)


def test_what_is_queued_is_sent_once_and_what_is_only_signed_is_not(at_home: Cast, tmp_path: Path) -> None:
    sent = at.queued(at_home, at.elt(1))
    at.signed(at_home, at.elt(2, month="2025-02"))

    first, again = document(), document()

    assert (first["received"], first["waiting"], first["faults"]) == ([sent], 0, [])
    assert again["received"] == []
    assert [key for key, _ in SimulatedElt(tmp_path / "elt", mode="test").taken()] == [sent]
    assert LogEntry.objects.filter(action="send_state_reports", object_id=sent, person__name="Timvis").count() == 1


def test_some_may_be_sent_and_the_rest_waits(at_home: Cast) -> None:
    keys = [at.queued(at_home, at.elt(number, month=f"2025-{number:02d}")) for number in (1, 2, 3)]

    told = document("--most", "2")

    assert (told["received"], told["waiting"]) == (keys[:2], 1)


def test_nothing_is_sent_where_no_way_is_configured(at_home: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TIMVIS_ELT")
    at.queued(at_home, at.elt())

    ended = run()

    assert ended.exit_code == 2
    assert [fault["code"] for fault in json.loads(ended.stdout)["faults"]] == ["sending_is_off"]


def test_a_run_does_not_die_on_purpose_outside_the_test_mode(at_home: Cast) -> None:
    ended = run("--fault", "message_is_sent")

    assert ended.exit_code == 2
    assert json.loads(ended.stdout)["faults"][0]["code"] == "fault_point"
