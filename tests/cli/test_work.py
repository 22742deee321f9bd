"""`timvis work`: one pass of what the clock does, the same pass again, and passes until somebody stops it."""

import json
import os
import signal
import threading
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from typer.testing import CliRunner

from tests.apps.claims.test_completion import DAY_AFTER, a_claim, ask
from tests.apps.home_orders.town import NOW as ORDERED_AT
from tests.apps.home_orders.town import a_town, placed
from tests.cast import Cast
from timvis.apps.audit.queries import seals
from timvis.apps.documents.models import SentLetter
from timvis.cli.main import app


@pytest.fixture
def asked(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """Return the cast the day after two who were asked should have answered."""
    a_claim(cast)
    ask(cast)
    monkeypatch.setenv("TIMVIS_NOW", DAY_AFTER.isoformat())
    return cast


def document(*words: str) -> Any:
    answered = CliRunner().invoke(app, ["work", *words, "--json"])
    assert answered.exit_code == 0, answered.output
    return json.loads(answered.stdout)


def test_one_pass_reminds_each_who_has_not_answered_and_seals_the_log(asked: Cast) -> None:
    told = document()

    assert (told["passes"], told["reminders"], told["refusals"], told["faults"]) == (1, 2, [], [])
    assert told["sealed"] > 0
    assert len(seals()) == 1


def test_the_same_pass_again_does_nothing_twice(asked: Cast) -> None:
    document()
    told = document()

    assert (told["reminders"], told["sealed"]) == (0, 0)
    assert SentLetter.objects.filter(code="remind_of_documents").count() == 2


def test_it_goes_on_until_it_is_stopped_and_then_ends_well(asked: Cast) -> None:
    stop = threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGTERM))
    stop.start()
    told = document("--every", str(int(timedelta(hours=1).total_seconds())))

    assert (told["passes"], told["reminders"]) == (1, 2)


def test_the_clock_reminds_of_an_order_of_home_care_that_nobody_confirms(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    placed(a_town())
    monkeypatch.setattr(settings, "FIXED_NOW", ORDERED_AT + timedelta(hours=25))

    # Confirmation and start: the provider soon and late, the officer late.
    assert [document()["order_reminders"] for _ in range(2)] == [6, 0]
