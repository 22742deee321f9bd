"""`timvis routine simulate`: last year's claims through a new version, and nothing of it kept."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from typer.testing import CliRunner, Result

from tests.apps.signed_months import (
    PAYABLE_ORE,
    ROUTINE,
    a_calculated_claim,
    calculate,
    hand_in,
    let_elsa_report,
    publish,
    sign_all,
)
from tests.cast import Cast
from timvis.apps.accounting.simulating import simulated_year
from timvis.apps.claims.models import Claim
from timvis.cli.main import app
from timvis.config.law_book import law_book
from timvis.formats.routine.read import read

TEXT = ROUTINE.decode()


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(app, list(map(str, words)))


@pytest.fixture
def simulate(cast: Cast, tmp_path: Path) -> Any:
    """Return what gives the document of a routine's simulation."""

    def simulated(text: str, *more: str) -> Any:
        file = tmp_path / "ny.toml"
        file.write_text(text, "utf-8")
        ended = run("routine", "simulate", file, *more, "--json")
        assert ended.exit_code == 0, ended.output
        return json.loads(ended.stdout)

    return simulated


@pytest.fixture
def number(cast: Cast) -> str:
    number = a_calculated_claim(cast)
    sign_all(cast, number)
    return number


def test_the_routine_that_holds_changes_nothing(simulate: Any, number: str) -> None:
    told = simulate(TEXT)

    assert (told["cases"], told["changed"], told["days"], told["sum_ore"]) == (1, 0, 0, 0)
    (case,) = told["per_case"]
    assert (case["number"], case["before_ore"], case["after_ore"]) == (number, PAYABLE_ORE, PAYABLE_ORE)


def test_a_signature_by_somebody_without_the_role_is_told(simulate: Any, number: str) -> None:
    told = simulate(TEXT.replace('role = "head_of_social_services"', 'role = "budget_owner"'))

    (case,) = told["per_case"]
    assert told["hands"] == {"refused": 1, "added": 0}
    assert [(hand["step"], hand["refusal"]) for hand in case["hands"] if hand["refusal"]] == [
        ("decision_attest", "role_does_not_allow")
    ]


def test_a_last_day_that_was_before_the_work_was_done_is_told_in_days(simulate: Any, number: str) -> None:
    # Calculated on Monday 1 February 2021; the new last day is the last working day of January, Friday the 29th.
    told = simulate(
        TEXT.replace(
            "due = { working_day = 10, months_after = 1 }", "due = { last_working_day = true, months_after = 0 }"
        )
    )

    (case,) = told["per_case"]
    review = next(step for step in case["steps"] if step["step"] == "review")
    assert (review["done_on"], review["due_after_on"]) == ("2021-02-01", "2021-01-29")
    assert (told["days"], told["changed"]) == (3, 1)


def test_hours_counted_by_the_week_instead_of_the_month_are_told_in_ore(cast: Cast, simulate: Any) -> None:
    publish(cast)
    let_elsa_report(cast)
    # A week of seven days à 8 hours; 40 hours a week are granted.
    number = hand_in(cast, *range(11, 18))
    calculate(cast, number)

    told = simulate(TEXT.replace('granted_window = "month"', 'granted_window = "week"'))

    (case,) = told["per_case"]
    assert case["before_ore"] == 56 * 29_900
    assert told["sum_ore"] == case["difference_ore"] == -16 * 29_900


def test_what_is_calculated_anew_comes_out_the_same_when_the_rule_never_objects(simulate: Any, number: str) -> None:
    told = simulate(TEXT + '\n[[rule]]\ncode = "shift_was_reported_twice"\nseverity = "stops"\n')

    (case,) = told["per_case"]
    assert (case["after_ore"], case["unanswered"], told["changed"]) == (PAYABLE_ORE, 0, 0)


def test_a_rate_that_nobody_has_decided_is_told_and_not_guessed(simulate: Any, number: str) -> None:
    told = simulate(TEXT.replace('rate = "local.vasteras.amount"', 'rate = "local.vasteras.other"'))

    (case,) = told["per_case"]
    assert (told["gaps"], told["sum_ore"]) == (1, 0)
    assert (case["after_ore"], case["difference_ore"]) == (None, None)
    assert "local.vasteras.other" in case["gap"]


def test_a_claim_that_nobody_has_calculated_is_left_out_and_counted(cast: Cast, simulate: Any, number: str) -> None:
    claim = Claim.objects.get(number=number)
    hand_in(cast, month=claim.month_on.replace(month=2))

    told = simulate(TEXT)

    assert (told["cases"], told["left_out"]) == (1, 1)


def test_another_municipality_has_no_claims(simulate: Any, number: str) -> None:
    told = simulate(TEXT, "--municipality", "motala")

    assert (told["cases"], told["per_case"]) == (0, [])


def test_nothing_is_written_and_the_questions_are_bounded(cast: Cast, number: str) -> None:
    routine = read(ROUTINE, source="assistance.toml")
    assert not isinstance(routine, tuple)
    before = {model: model._default_manager.count() for model in apps.get_models()}

    with CaptureQueriesContext(
        connection,
    ) as asked:
        simulated_year(routine, Claim.objects.all(), law_book())

    assert len(asked) <= 10
    assert not [one["sql"] for one in asked if not one["sql"].startswith("SELECT")]
    assert {model: model._default_manager.count() for model in before} == before


def test_people_read_what_would_have_been_otherwise(number: str, tmp_path: Path) -> None:
    file = tmp_path / "ny.toml"
    file.write_text(TEXT.replace('role = "head_of_social_services"', 'role = "budget_owner"'), "utf-8")

    told = " ".join(run("routine", "simulate", file).stdout.split())

    assert f"{number}: Beslutsattest hade nekats (den som skrev under har inte rollen)." in told
    assert "Ärenden: 1, varav 1 hade blivit annorlunda." in told


def test_a_faulty_routine_is_told_before_any_claim_is_read(tmp_path: Path) -> None:
    file = tmp_path / "trasig.toml"
    file.write_text(TEXT.replace('acts = ["hand_in"]', 'acts = ["hand_out"]'), "utf-8")

    assert run("routine", "simulate", file).exit_code == 2


# --- timvis routine diff --------------------------------------------------------------------------------------


def test_two_versions_in_the_database_are_compared(cast: Cast, number: str, tmp_path: Path) -> None:
    file = tmp_path / "ny.toml"
    file.write_text(TEXT.replace('role = "head_of_social_services"', 'role = "budget_owner"'), "utf-8")

    told = json.loads(run("routine", "diff", "vasteras/assistance@1", file, "--json").stdout)

    assert [(one["what"], one["where"], one["before"], one["after"]) for one in told["changes"]] == [
        ("changed", "steps.decision_attest.role", "socialchef", "budgetansvarig")
    ]
    assert told["changes"][0]["sentence"].startswith("Steget ”Beslutsattest”")


@pytest.mark.django_db
def test_a_version_that_is_not_there_ends_with_two() -> None:
    ended = run("routine", "diff", "vasteras/assistance@7", "vasteras/assistance", "--json")

    assert ended.exit_code == 2
    assert [fault["code"] for fault in json.loads(ended.stdout)["faults"]] == ["no_such_version"]
