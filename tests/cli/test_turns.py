"""`timvis turns check`: the whole log of turns, derived again; and the clock that keeps the list."""

import json
from typing import Any

import pytest
from typer.testing import CliRunner

from tests.apps.home_choices.choosing import Town, a_decision, a_town, a_wish, all_approved, chosen, hours
from tests.apps.home_orders.town import NOW
from timvis.apps.home_choices.models import TurnEntry
from timvis.apps.home_orders.models import HomeOrder
from timvis.cli.main import app


@pytest.fixture
def town(db: None, monkeypatch: pytest.MonkeyPatch) -> Town:
    monkeypatch.setenv("TIMVIS_NOW", NOW.isoformat())
    return a_town()


def document(*words: str, exit_code: int = 0) -> Any:
    answered = CliRunner().invoke(app, [*words, "--json"])
    assert answered.exit_code == exit_code, answered.output
    return json.loads(answered.stdout)


def test_every_turn_is_derived_again_and_the_log_given_whole(town: Town) -> None:
    all_approved(town)
    choice = chosen(town, a_wish(town, a_decision(town), None))
    told = document("turns", "check")
    [found] = told["lists"]
    assert (told["ok"], told["rows"]) == (True, 4)
    assert found["order"] == ["Fjärran AB", "Kommunens hemtjänst", "Ekot AB"]
    assert found["log"][-1] == {
        "row": 4,
        "on": "2026-03-02",
        "provider": "Ekot AB",
        "kind": "assigned",
        "order": choice.order.number,
        "minutes": hours(30),
        "skipped": [],
    }


def test_an_order_that_went_elsewhere_is_told_with_its_row(town: Town) -> None:
    all_approved(town)
    choice = chosen(town, a_wish(town, a_decision(town), None))
    HomeOrder.objects.filter(pk=choice.order_id).update(provider_id=town.own_id)
    told = document("turns", "check", exit_code=1)
    assert told["failures"] == ["leksand, rad 4: Beställningen gick till en annan utförare än turen."]


def test_the_clock_takes_in_those_whose_agreement_has_begun_and_does_it_once(town: Town) -> None:
    all_approved(town)
    assert document("work")["turn_rows"] == 3
    assert document("work")["turn_rows"] == 0
    assert TurnEntry.objects.count() == 3


def test_it_is_said_to_a_person_too(town: Town) -> None:
    all_approved(town)
    chosen(town, a_wish(town, a_decision(town), None))
    answered = CliRunner().invoke(app, ["turns", "check"])
    assert answered.exit_code == 0
    assert "Varje rad följer av dem före." in answered.stderr
