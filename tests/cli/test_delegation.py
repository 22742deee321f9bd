"""`timvis delegation who`: who could decide for a board on a day."""

import json
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from tests.apps.delegation_orders import adopt_order
from tests.cast import Cast
from timvis.cli.main import app


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["delegation", "who", *words])


def document(*words: str) -> Any:
    return json.loads(run(*words, "--json").stdout)


def test_who_could_decide_on_a_day_is_told_with_kind_outcomes_and_limit(cast: Cast) -> None:
    adopt_order(cast)

    told = document("--on", "2021-03-01", "--municipality", "vasteras")

    assert told["faults"] == []
    assert [(one["person"], one["kind"], one["outcomes"], one["up_to_ore"]) for one in told["delegations"]] == [
        ("Cecilia Öst", "sick_cost", ["granted"], 5_000_000),
        ("David Ås", "sick_cost", ["granted", "partly_granted", "refused"], None),
    ]
    assert not any(one["may_be_automated"] for one in told["delegations"])


def test_people_read_it_as_lines(cast: Cast) -> None:
    adopt_order(cast)

    shown = " ".join(run("--on", "2021-03-01").stdout.split())

    assert "sick_cost: Cecilia Öst, bifall, till 50 000" in shown.replace("\N{NO-BREAK SPACE}", " ")
    assert "delegationsordning 1, rad 2" in shown
    assert "Ingen antagen delegationsordning" in run("--on", "2020-03-01").stdout


@pytest.mark.django_db
def test_what_cannot_be_read_is_told_all_at_once() -> None:
    ended = run("--on", "igår", "--known-at", "nyss", "--municipality", "ingenstans", "--json")

    assert ended.exit_code == 2
    assert [fault["code"] for fault in json.loads(ended.stdout)["faults"]] == [
        "day_not_readable",
        "moment_not_readable",
        "no_such_municipality",
    ]
