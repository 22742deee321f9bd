"""Every rule has a case that it objects to and one that it doesn't; the rule book prints the same files."""

from pathlib import Path

import pytest

from tests.core.rule_cases import case_files, cases_of, month
from timvis.core.facts.settings import ReviewSettings
from timvis.core.law import LawReader
from timvis.core.records import Case
from timvis.core.review.finding import Finding
from timvis.core.review.review import review
from timvis.core.review.rules import RULES
from timvis.formats.law.packaged import load_law
from timvis.formats.statutes.read import load_statutes


def findings_of(case: Case, settings: ReviewSettings, code: str) -> list[Finding]:
    return [one for one in review(case, LawReader(load_law()), settings).findings if one.code == code]


def test_every_rule_has_its_cases() -> None:
    assert {path.stem for path in case_files()} == set(RULES)


@pytest.mark.parametrize("path", case_files(), ids=lambda path: path.stem)
def test_the_rule_objects(path: Path) -> None:
    said = cases_of(path)["objects"]
    case, settings = month(said)

    findings = findings_of(case, settings, path.stem)

    assert findings, said["title"]
    for name, value in said.get("finding", {}).items():
        assert getattr(findings[0], name) == value, name


@pytest.mark.parametrize("path", case_files(), ids=lambda path: path.stem)
def test_the_rule_does_not_object(path: Path) -> None:
    said = cases_of(path)["does_not_object"]
    case, settings = month(said)

    findings = findings_of(case, settings, path.stem)

    assert not findings, said["title"]


def test_an_ordinary_month_has_no_findings() -> None:
    case, settings = month({})

    outcome = review(case, LawReader(load_law()), settings)

    assert outcome.findings == ()


def test_every_sentence_can_be_said_and_every_statute_be_found() -> None:
    statutes = load_statutes()

    for rule in RULES.values():
        assert rule.because.endswith(".")
        assert [cite for cite in rule.cites if cite not in statutes] == [], rule.code


def test_a_rule_that_is_switched_off_says_nothing() -> None:
    case, settings = month({"set": {"facts.assistants.0.lives_outside_eea": True}})
    off = ReviewSettings(switched_off=frozenset({"assistant_lived_outside_the_eea"}), rate=settings.rate)

    assert findings_of(case, settings, "assistant_lived_outside_the_eea")
    assert not findings_of(case, off, "assistant_lived_outside_the_eea")


def test_the_regime_decides_how_late_data_weighs() -> None:
    late = {"set": {"facts.assistants.0.registered_on": "UNSET", "facts.regime": "sfb"}}
    case, settings = month(late)

    (finding,) = findings_of(case, settings, "assistant_was_not_registered_before_the_shift")

    assert finding.severity == "stops"
