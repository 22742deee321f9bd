"""Decisions: registered, restated as new versions, also backwards in time."""

from typing import Any

import pytest
from django.test import Client

from tests.web.measured import objection
from tests.web.pages import page, post_form
from tests.web.test_routes import said
from timvis.apps.decisions.models import Decision, DecisionVersion

DECISION, NEW = "/beslut/9/", "/personer/7/beslut/"
TOLD: dict[str, Any] = {
    "reference": "EK-2026-99",
    "decided_by": "Ekköpings nämnd",
    "hours": "37,5",
    "valid_from": "2026-11-01",
}


def test_a_decision_tells_what_it_grants_and_since_when(as_cecilia: Client) -> None:
    shown = page(as_cecilia, DECISION)

    assert shown.title == "Beslut EK-2026-01"
    assert "Lagrum" in shown.text
    assert "Historik: 1 version" in shown.text


def test_hours_are_written_as_people_write_them(as_cecilia: Client) -> None:
    shown = post_form(as_cecilia, page(as_cecilia, NEW), **TOLD)

    assert "Beslutet är registrerat." in shown.text
    # 37,5 hours are 37 · 60 + 30 = 2 250 minutes.
    assert DecisionVersion.objects.get(thing__reference="EK-2026-99").granted_minutes == 2250


def test_a_decision_that_reaches_back_is_marked(as_cecilia: Client) -> None:
    post_form(as_cecilia, page(as_cecilia, NEW), **{**TOLD, "valid_from": "2026-09-01", "decided_on": "2026-11-10"})

    found = Decision.objects.get(reference="EK-2026-99")
    assert "retroaktivt" in page(as_cecilia, f"/beslut/{found.pk}/").text


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"hours": "många"}, "hours"),
        ({"hours": "0,001"}, "hours"),
        ({"hours": "1/0"}, "hours"),
        ({"valid_to": "2026-10-01"}, "valid_to"),
        ({"decided_on": "2026-13-01"}, "decided_on"),
        ({"decided_by": ""}, "decided_by"),
        ({"reference": ""}, "reference"),
    ],
)
def test_what_cannot_be_granted_is_told_and_kept(as_cecilia: Client, told: dict[str, Any], field: str) -> None:
    shown = post_form(as_cecilia, page(as_cecilia, NEW), **{**TOLD, **told})

    assert objection(shown, field)
    for name, value in {**TOLD, **told}.items():
        assert (shown.form().fields[name] or "") == value
    assert not Decision.objects.filter(reference="EK-2026-99").exists()


@pytest.mark.parametrize("hours", ["-5", "0"])
def test_nothing_is_granted_by_less_than_an_hours_worth(as_cecilia: Client, hours: str) -> None:
    shown = post_form(as_cecilia, page(as_cecilia, NEW), **{**TOLD, "hours": hours})

    assert objection(shown, "hours")


def test_a_new_version_leaves_the_old_one(as_cecilia: Client) -> None:
    shown = post_form(as_cecilia, page(as_cecilia, DECISION + "ny-version/"), hours="50")

    assert "Beslutet har en ny version." in shown.text
    assert "Historik: 2 versioner" in shown.text
    assert Decision.objects.get(pk=9).versions.count() == 2


def test_what_stands_in_the_form_is_what_is_known(as_cecilia: Client) -> None:
    before = DecisionVersion.objects.get(thing_id=9)

    post_form(as_cecilia, page(as_cecilia, DECISION + "ny-version/"))

    after = DecisionVersion.objects.filter(thing_id=9).latest("number")
    same = {field.name for field in DecisionVersion._meta.fields} - {"id", "number", "known_at", "known_by"}
    assert {name: getattr(after, name) for name in same} == {name: getattr(before, name) for name in same}


def test_a_stale_page_and_a_double_click_change_nothing(as_cecilia: Client) -> None:
    path = DECISION + "ny-version/"
    mine, stale = page(as_cecilia, path), page(as_cecilia, path)
    post_form(as_cecilia, mine, hours="50")

    assert post_form(as_cecilia, mine, hours="50").status == 200
    assert post_form(as_cecilia, stale, hours="60").status == 409
    assert Decision.objects.get(pk=9).versions.count() == 2


def test_the_same_reference_twice_is_refused(as_cecilia: Client) -> None:
    shown = post_form(as_cecilia, page(as_cecilia, NEW), **{**TOLD, "reference": "EK-2026-01"})

    assert shown.status == 409


def test_an_assistant_looks_and_does_not_decide(as_gunnel: Client) -> None:
    assert as_gunnel.get(DECISION).status_code == 200
    assert as_gunnel.get(DECISION + "ny-version/").status_code == 403
    assert as_gunnel.post(NEW, TOLD).status_code == 403


@pytest.mark.parametrize("path", [DECISION, DECISION + "ny-version/", NEW])
def test_another_towns_and_none_at_all_look_the_same(as_fatima: Client, path: str) -> None:
    missing = path.replace("9", "999").replace("/7/", "/777/")
    foreign = as_fatima.get(path)

    assert foreign.status_code == 404
    assert said(foreign) == said(as_fatima.get(missing))
