"""`timvis seed`, as it is typed: a municipality of true size that the ordinary acts work on."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from typer.testing import CliRunner, Result

from timvis.apps.audit.models import Person
from timvis.apps.claims.actions import Reviewed, review_claim
from timvis.apps.claims.models import Claim, Shift
from timvis.apps.claims.opening import next_number
from timvis.apps.decisions.models import DecisionVersion
from timvis.apps.parties.models import AssistantVersion, Recipient
from timvis.apps.parties.queries import actor_of
from timvis.cli.main import app
from timvis.config.clock import now, today
from timvis.config.law_book import law_book
from timvis.core.access import Role
from timvis.core.records import Regime

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Own numbers are laid in a folder of the test's own."""
    monkeypatch.setattr(settings, "HOME", tmp_path)
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["seed", *words])


def document(result: Result) -> Any:
    return json.loads(result.stdout)


def test_a_municipality_of_true_size_is_laid_up() -> None:
    result = run("--inhabitants", "60000", "--months", "2", "--seed", "3", "--json")

    # 12.7 with the state's decision and 4.6 with the municipality's of 10 000 inhabitants: 103 of 60 000.
    counts = document(result)
    assert result.exit_code == 0, result.output
    assert counts["recipients"] == Recipient.objects.count() == 103
    assert counts["shifts"] == Shift.objects.count()
    assert counts["claims"] == Claim.objects.count()
    assert 10 < counts["claims"] / 2 < 45
    assert 15 < counts["shifts"] / counts["claims"] < 45
    assert DecisionVersion.objects.filter(regime=Regime.SFB).count() > DecisionVersion.objects.count() / 2
    assert AssistantVersion.objects.exclude(registered_on=None).exists()


def test_its_claims_can_be_reviewed_by_its_officer() -> None:
    run("--inhabitants", "20000", "--seed", "1")
    officer = Person.objects.get(roles__municipality="provkoping", roles__role=Role.CASE_OFFICER)
    actor = actor_of(officer.pk, municipality="provkoping", logged_in_at=now(), on=today())
    claim = Claim.objects.order_by("id").first()
    assert actor is not None
    assert claim is not None

    reviewed = review_claim(actor, claim.number, law=law_book(), now=now())

    assert isinstance(reviewed, Reviewed)
    assert reviewed.sums.actual_minutes > 0
    assert next_number(claim.municipality, claim.received_at.year) not in Claim.objects.values_list("number", flat=True)


def test_a_second_time_is_refused_and_changes_nothing() -> None:
    run("--inhabitants", "10000")
    before = Claim.objects.count()

    result = run("--inhabitants", "10000", "--json")

    assert result.exit_code == 2
    assert [fault["code"] for fault in document(result)["faults"]] == ["already_seeded"]
    assert Claim.objects.count() == before


def test_it_is_never_laid_among_real_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIMVIS_MODE", "production")

    result = run("--inhabitants", "10000", "--json")

    assert result.exit_code == 2
    assert [fault["code"] for fault in document(result)["faults"]] == ["seed_in_production"]
    assert not Claim.objects.exists()


@pytest.mark.parametrize(("inhabitants", "months"), [("0", "1"), ("3000001", "1"), ("1000", "0"), ("1000", "37")])
def test_a_size_that_cannot_be_made_is_refused(inhabitants: str, months: str) -> None:
    result = run("--inhabitants", inhabitants, "--months", months, "--json")

    assert result.exit_code == 2
    assert [fault["code"] for fault in document(result)["faults"]] == ["number_not_readable"]
