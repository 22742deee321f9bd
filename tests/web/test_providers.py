"""Providers: permits, tax, assistants and documents, in versions."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.web.conftest import LogIn
from tests.web.measured import objection, queries
from tests.web.pages import page, post_form
from tests.web.test_routes import said
from timvis.apps.documents.models import Evidence
from timvis.apps.parties.models import Assistant, AssistantVersion, Provider, ProviderVersion

EKOT = "/utforare/4/"
NEW_NUMBER = "199001012385"


def test_every_provider_of_the_town_is_listed_with_its_permit(as_cecilia: Client) -> None:
    shown = page(as_cecilia, "/utforare/")

    assert len(shown.tree.xpath("//main//tr[@data-row]")) == 7
    assert "Ekot AB" in shown.text


def test_a_provider_is_shown_with_its_share_its_assistants_and_its_documents(as_cecilia: Client) -> None:
    shown = page(as_cecilia, EKOT)

    assert shown.title == "Ekot AB"
    assert "% av det som är beviljat" in shown.text
    assert "Handlingar före första betalning" in shown.text
    assert len(shown.tree.xpath("//section[@aria-labelledby='h-assistants']//tbody/tr")) == 2


def test_an_unknown_provider_looks_like_another_towns(as_cecilia: Client, as_fatima: Client) -> None:
    assert as_cecilia.get("/utforare/9999999/").status_code == 404
    assert said(as_fatima.get(EKOT)) == said(as_fatima.get("/utforare/9999999/"))


def test_a_change_is_a_new_version(as_gunnel: Client) -> None:
    shown = post_form(as_gunnel, page(as_gunnel, EKOT + "andra/"), name="Ekot Omsorg AB")

    assert shown.title == "Ekot Omsorg AB"
    assert Provider.objects.get(pk=4).versions.count() == 2


def test_what_stands_in_the_form_is_what_is_known(as_gunnel: Client) -> None:
    before = ProviderVersion.objects.get(thing_id=4)

    post_form(as_gunnel, page(as_gunnel, EKOT + "andra/"))

    after = ProviderVersion.objects.filter(thing_id=4).latest("number")
    same = {field.name for field in ProviderVersion._meta.fields} - {"id", "number", "known_at", "known_by"}
    assert {name: getattr(after, name) for name in same} == {name: getattr(before, name) for name in same}


def test_a_stale_page_and_a_double_click_change_nothing(as_gunnel: Client) -> None:
    mine, stale = page(as_gunnel, EKOT + "andra/"), page(as_gunnel, EKOT + "andra/")
    post_form(as_gunnel, mine, name="Ekot Omsorg AB")

    assert post_form(as_gunnel, mine, name="Ekot Omsorg AB").status == 200
    assert post_form(as_gunnel, stale, name="Ekot Annat AB").status == 409
    assert Provider.objects.get(pk=4).versions.count() == 2


def test_a_manager_who_is_no_person_is_told_by_line_and_everything_is_kept(as_gunnel: Client) -> None:
    typed = "199302162384\n1993"

    shown = post_form(as_gunnel, page(as_gunnel, EKOT + "andra/"), managers=typed, agreement="Vårdföretagarna")

    assert "Rad 2" in objection(shown, "managers")
    assert shown.form().fields["managers"].replace("\r\n", "\n").strip() == typed
    assert shown.form().fields["agreement"] == "Vårdföretagarna"


def test_a_provider_is_registered_once(as_gunnel: Client) -> None:
    told: dict[str, Any] = {"organisation_number": "559900-0089", "name": "Nytt AB"}
    first = post_form(as_gunnel, page(as_gunnel, "/utforare/ny/"), **told)
    again = post_form(as_gunnel, page(as_gunnel, "/utforare/ny/"), **told)

    assert "Utföraren är registrerad." in first.text
    assert again.status == 200
    assert Provider.objects.filter(organisation_number="5599000089", municipality__slug="ekkoping").count() == 1


def test_a_number_that_is_no_organisation_is_told(as_gunnel: Client) -> None:
    shown = post_form(as_gunnel, page(as_gunnel, "/utforare/ny/"), organisation_number="559900-0088", name="Nytt AB")

    assert "kontrollsiffran" in objection(shown, "organisation_number")
    assert shown.form().fields["name"] == "Nytt AB"


# --- assistants -----------------------------------------------------------------------------------------------


def test_an_assistant_is_registered_and_her_day_of_birth_is_read_from_her_number(as_gunnel: Client) -> None:
    shown = post_form(as_gunnel, page(as_gunnel, EKOT + "assistent/"), personal_number=NEW_NUMBER, name="Nora Ny")

    assert "Assistenten är registrerad." in shown.text
    version = AssistantVersion.objects.get(thing__personal_number=NEW_NUMBER)
    assert f"{version.born_on}" == "1990-01-01"
    assert version.lives_outside_eea is None


def test_what_was_not_known_of_an_assistant_can_be_told_later(as_gunnel: Client) -> None:
    assistant = Assistant.objects.filter(provider_id=4).first()
    assert assistant is not None
    path = f"{EKOT}assistent/{assistant.pk}/"

    shown = post_form(as_gunnel, page(as_gunnel, path), lives_outside_eea="yes")

    assert "Ändringen är sparad" in shown.text
    assert assistant.versions.latest("number").lives_outside_eea is True


def test_another_providers_assistant_is_not_found(as_gunnel: Client) -> None:
    other = Assistant.objects.filter(provider_id=5).first()
    assert other is not None

    assert as_gunnel.get(f"{EKOT}assistent/{other.pk}/").status_code == 404


# --- documents


def test_a_document_is_registered_with_its_scan(as_gunnel: Client) -> None:
    form = page(as_gunnel, EKOT + "handling/")
    scan = SimpleUploadedFile("anmälan.pdf", b"%PDF-1.7 test", content_type="application/pdf")

    shown = post_form(as_gunnel, form, requirement="power_of_attorney", received_on="2026-11-09", scan=scan)

    assert "Handlingen är registrerad." in shown.text
    assert "inne 2026-11-09" in shown.text
    row = Evidence.objects.filter(provider_id=4, requirement="power_of_attorney").latest("pk")
    assert row.original is not None
    assert row.original.file_name == "anmälan.pdf"


def test_a_document_nobody_asks_for_is_told(as_gunnel: Client) -> None:
    shown = post_form(as_gunnel, page(as_gunnel, EKOT + "handling/"), requirement="nonsense", note="Bifogat")

    assert objection(shown, "requirement")
    assert shown.form().fields["note"] == "Bifogat"


# --- who, and how much it asks


@pytest.mark.parametrize("path", ["andra/", "assistent/", "handling/"])
def test_an_auditor_looks_and_changes_nothing(log_in: LogIn, path: str) -> None:
    rakel = log_in("rakel")

    assert rakel.get(EKOT).status_code == 200
    assert rakel.get(EKOT + path).status_code == 403


def test_the_list_asks_as_much_for_many_as_for_few(as_cecilia: Client) -> None:
    few = queries(as_cecilia, "/utforare/")
    ekot = ProviderVersion.objects.get(thing_id=4)
    for n in range(30):
        provider = Provider.objects.create(municipality_id=2, organisation_number=f"{n:010d}")
        ekot.pk, ekot.thing_id = None, provider.pk
        ekot.save(force_insert=True)

    assert queries(as_cecilia, "/utforare/") == few


def test_the_page_asks_as_much_for_many_assistants_as_for_few(as_cecilia: Client) -> None:
    few = queries(as_cecilia, EKOT)
    known = AssistantVersion.objects.filter(thing__provider_id=4).first()
    assert known is not None
    for n in range(30):
        assistant = Assistant.objects.create(provider_id=4, personal_number=f"{n:012d}")
        known.pk, known.thing_id = None, assistant.pk
        known.save(force_insert=True)

    assert queries(as_cecilia, EKOT) == few
