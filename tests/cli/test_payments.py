"""`timvis payments` and `timvis ledger`: one run that can be started again, and a ledger that says so."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings
from typer.testing import CliRunner, Result

from tests.apps.signed_months import PAYABLE_ORE, an_ordered_claim
from tests.cast import Cast
from timvis.apps.accounting.models import PaymentOrder
from timvis.cli.main import app
from timvis.config.environment import Mode

ROOT = Path(__file__).parents[2]


@pytest.fixture
def at_home(cast: Cast, settings: Settings, tmp_path: Path) -> Cast:
    """Return the cast in an installation whose files lie in a folder of the test's own."""
    settings.HOME, settings.MODE = tmp_path, Mode.DEMO
    return cast


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def document(*words: str) -> Any:
    return json.loads(run(*words, "--json").stdout)


def test_a_run_tells_its_file_its_orders_and_their_sum(at_home: Cast, tmp_path: Path) -> None:
    an_ordered_claim(at_home)

    told = document("payments", "run")

    assert (told["orders"], told["sum_ore"], told["faults"]) == (1, PAYABLE_ORE, [])
    assert [path.name for path in (tmp_path / "bank" / "out").iterdir()] == [told["batch"]]


def test_the_banks_answers_are_taken_and_the_ledger_says_what_was_paid(at_home: Cast) -> None:
    number = an_ordered_claim(at_home)
    run("payments", "run")

    told = document("payments", "answers")

    assert [answer["posted"] for answer in told["answers"]] == [[f"{number}-1"]]
    assert PaymentOrder.objects.get().status == "posted"
    ledger = document("ledger", "check")
    assert (ledger["ok"], ledger["entries"], ledger["transfers"]) == (True, 2, 2)
    assert ledger["sums"] == {"vasteras": {"1941": -PAYABLE_ORE, "2491": 0, "4631": PAYABLE_ORE}}
    assert document("payments", "answers")["answers"] == [], "what is settled doesn't come back"


def test_nothing_to_pay_is_well(at_home: Cast) -> None:
    ended = run("payments", "run", "--json")

    assert ended.exit_code == 0
    assert json.loads(ended.stdout)["batch"] is None


@pytest.mark.parametrize("point", ["file_is_staged", "nowhere"])
def test_a_run_does_not_die_on_purpose_outside_the_test_mode(at_home: Cast, point: str) -> None:
    ended = run("payments", "run", "--fault", point, "--json")

    assert ended.exit_code == 2
    assert json.loads(ended.stdout)["faults"][0]["code"] == "fault_point"


STAGE = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from tests.apps.signed_months import an_ordered_claim
from tests.cast import on_stage
an_ordered_claim(on_stage())
"""


def test_a_run_that_is_killed_and_started_again_has_sent_one_file(tmp_path: Path) -> None:
    environment = {
        **{key: value for key, value in os.environ.items() if key != "DATABASE_URL"},
        "TIMVIS_HOME": str(tmp_path),
        "TIMVIS_MODE": "test",
        "TIMVIS_NOW": "2021-02-01T10:05:00+01:00",
        "DJANGO_SETTINGS_MODULE": "timvis.config.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
    }

    def process(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([sys.executable, *words], env=environment, text=True, capture_output=True, check=False)

    timvis = ("-c", "from timvis.cli.main import run; run()")
    staged = process("-c", STAGE)
    assert staged.returncode == 0, staged.stderr

    killed = process(*timvis, "payments", "run", "--fault", "file_is_delivered")
    again = process(*timvis, "payments", "run", "--json")

    assert killed.returncode == -signal.SIGKILL
    assert json.loads(again.stdout)["orders"] == 1
    assert len(list((tmp_path / "bank" / "out").iterdir())) == 1
