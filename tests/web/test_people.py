"""People: what is known of them and since when, and new versions of it."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests.web.measured import objection, queries
from tests.web.pages import page, post_form
from tests.web.test_routes import said
from timvis.apps.parties.models import Absence, PowerOfAttorney, Recipient, RecipientVersion

DORIS, FOLKE = "/personer/7/", "/personer/9/"
NOBODY = "/personer/9999999/"
NEW_NUMBER = "199001012385"


def versions(recipient_id: int) -> list[str]:
    """Return the names a recipient has had."""
    found = RecipientVersion.objects.filter(thing_id=recipient_id).order_by("number")
    return list(found.values_list("name", flat=True))


# --- to look --------------------------------------------------------------------------------------------------


def test_everybody_of_the_town_is_listed_by_name(as_cecilia: Client) -> None:
    shown = page(as_cecilia, "/personer/")
    names = [link.text_content() for link in shown.tree.xpath("//main//li[@data-row]/a")]

    assert len(names) == 7
    assert "Doris Dahl" in names


def test_a_person_is_shown_with_months_decisions_agents_and_payees(as_cecilia: Client) -> None:
    shown = page(as_cecilia, DORIS)

    assert shown.title == "Doris Dahl"
    for heading in ("Tolv månader", "Beslut", "Anspråk", "Betalningsmottagare", "Fullmakter"):
        assert heading in [" ".join(one.text_content().split()) for one in shown.tree.xpath("//main//h2")], heading
    assert "EK-2026-01" in shown.text
    assert "991-2346" in shown.text


def test_an_unknown_person_looks_like_another_towns(as_cecilia: Client, as_fatima: Client) -> None:
    assert as_cecilia.get(NOBODY).status_code == 404
    assert said(as_fatima.get(DORIS)) == said(as_fatima.get(NOBODY))
    assert as_cecilia.get("/personer/²/").status_code == 404


def test_a_finance_assistant_has_no_business_with_people(as_helena: Client) -> None:
    assert as_helena.get("/personer/").status_code == 403
    assert as_helena.get(DORIS).status_code == 403


def test_the_list_asks_as_much_for_many_as_for_few(as_cecilia: Client) -> None:
    few = queries(as_cecilia, "/personer/")
    doris = RecipientVersion.objects.get(thing_id=7)
    for n in range(30):
        recipient = Recipient.objects.create(municipality_id=2, personal_number=f"{n:012d}")
        doris.pk, doris.thing_id = None, recipient.pk
        doris.save(force_insert=True)

    assert queries(as_cecilia, "/personer/") == few


def test_a_page_of_a_person_asks_as_much_whatever_has_been_registered(as_cecilia: Client) -> None:
    few = queries(as_cecilia, FOLKE)
    for day in range(1, 9):
        form = page(as_cecilia, FOLKE + "vistelse/")
        post_form(as_cecilia, form, starts_on=f"2026-09-{day:02d}", ends_on=f"2026-09-{day:02d}")

    assert Absence.objects.filter(recipient_id=9).count() == 9
    assert queries(as_cecilia, FOLKE) == few


# --- to register and change -----------------------------------------------------------------------------------


def test_somebody_new_is_registered(as_gunnel: Client) -> None:
    shown = post_form(as_gunnel, page(as_gunnel, "/personer/ny/"), personal_number="900101-2385", name="Nora Ny")

    assert "Personen är registrerad." in shown.text
    assert Recipient.objects.get(personal_number=NEW_NUMBER).municipality.slug == "ekkoping"


def test_a_number_that_is_none_is_told_and_everything_typed_is_kept(as_gunnel: Client) -> None:
    shown = post_form(as_gunnel, page(as_gunnel, "/personer/ny/"), personal_number="900101-2386", name="Nora Ny")

    assert "kontrollsiffran ska stämma" in objection(shown, "personal_number")
    assert shown.form().fields["name"] == "Nora Ny"
    assert shown.form().fields["personal_number"] == "900101-2386"


def test_somebody_who_is_registered_is_not_registered_again(as_gunnel: Client) -> None:
    shown = post_form(as_gunnel, page(as_gunnel, "/personer/ny/"), personal_number="19800404-2381", name="Doris igen")

    assert shown.status == 409
    assert versions(7) == ["Doris Dahl"]


def test_a_change_is_a_new_version_and_the_old_one_stays(as_gunnel: Client) -> None:
    shown = post_form(as_gunnel, page(as_gunnel, DORIS + "andra/"), name="Doris Dahlberg")

    assert shown.title == "Doris Dahlberg"
    assert "Ändringen är sparad som en ny version." in shown.text
    assert "Historik: 2 versioner" in shown.text
    assert versions(7) == ["Doris Dahl", "Doris Dahlberg"]


def test_a_change_of_what_somebody_else_has_changed_is_refused(as_gunnel: Client) -> None:
    mine, stale = page(as_gunnel, DORIS + "andra/"), page(as_gunnel, DORIS + "andra/")
    post_form(as_gunnel, mine, name="Doris Dahlberg")

    refused = post_form(as_gunnel, stale, name="Doris Dal")

    assert refused.status == 409
    assert "Någon annan ändrade" in refused.text
    assert versions(7) == ["Doris Dahl", "Doris Dahlberg"]


def test_a_double_click_makes_one_version(as_gunnel: Client) -> None:
    form = page(as_gunnel, DORIS + "andra/")
    post_form(as_gunnel, form, name="Doris Dahlberg")

    again = post_form(as_gunnel, form, name="Doris Dahlberg")

    assert again.status == 200
    assert versions(7) == ["Doris Dahl", "Doris Dahlberg"]


def test_a_day_that_is_none_is_told_and_kept(as_gunnel: Client) -> None:
    shown = post_form(as_gunnel, page(as_gunnel, DORIS + "andra/"), died_on="2026-02-30")

    assert objection(shown, "died_on")
    assert shown.tree.get_element_by_id("id_died_on").get("value") == "2026-02-30"


# --- powers of attorney


def test_a_power_of_attorney_is_registered_and_taken_back(as_gunnel: Client) -> None:
    form = page(as_gunnel, DORIS + "fullmakt/")
    told: dict[str, Any] = {"agent_number": NEW_NUMBER, "agent_name": "Nora Ny", "valid_from": "2026-11-01"}
    shown = post_form(as_gunnel, form, **told)
    assert "Fullmakten är registrerad." in shown.text
    assert "original saknas" in shown.text

    power = PowerOfAttorney.objects.get(recipient_id=7, agent_number=NEW_NUMBER)
    done = post_form(as_gunnel, page(as_gunnel, f"{DORIS}fullmakt/{power.pk}/aterkalla/"), revoked_on="2026-11-10")

    assert "återkallad 2026-11-10" in done.text
    assert power.versions.count() == 2


def test_the_last_day_of_a_power_of_attorney_is_said_as_people_say_it(as_gunnel: Client) -> None:
    form = page(as_gunnel, DORIS + "fullmakt/")
    told: dict[str, Any] = {
        "agent_number": NEW_NUMBER,
        "agent_name": "Nora Ny",
        "valid_from": "2026-11-01",
        "valid_to": "2026-12-31",
    }

    shown = post_form(as_gunnel, form, **told)

    # The last day is New Year's Eve; what is kept is the first day without.
    version = PowerOfAttorney.objects.get(agent_number=NEW_NUMBER).versions.get()
    assert version.valid_to == date(2027, 1, 1)
    assert "2026-12-31" in shown.text


def test_another_persons_power_of_attorney_is_not_found(as_gunnel: Client) -> None:
    other = PowerOfAttorney.objects.filter(recipient_id=9)[0]

    assert as_gunnel.get(f"{DORIS}fullmakt/{other.pk}/aterkalla/").status_code == 404


# --- where somebody was


def test_days_in_hospital_are_registered_to_the_minute(as_cecilia: Client) -> None:
    form = page(as_cecilia, DORIS + "vistelse/")
    told: dict[str, Any] = {
        "starts_on": "2026-10-05",
        "starts_at": "13.30",
        "ends_on": "2026-10-07",
        "ends_at": "10.00",
    }

    shown = post_form(as_cecilia, form, **told)

    assert "Sjukhus 2026-10-05T13:30" in shown.text or "Sjukhus 2026-10-05 13:30" in shown.text
    row = Absence.objects.get(recipient_id=7)
    # From 13.30 on the 5th to 10.00 on the 7th: 10 h 30 min + 24 h + 10 h = 44 h 30 min.
    assert row.end_at - row.start_at == 44 * 60 + 30


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"starts_on": "2026-10-07", "ends_on": "2026-10-05"}, "ends_on"),
        ({"starts_on": "2026-10-05", "ends_on": "2026-10-05", "starts_at": "25.00"}, "starts_at"),
        ({"starts_on": "", "ends_on": "2026-10-05"}, "starts_on"),
        ({"starts_on": "2026-03-29", "starts_at": "02.30", "ends_on": "2026-03-30"}, "starts_at"),
    ],
    ids=["the end first", "no clock time", "no day", "an hour the clock jumped over"],
)
def test_a_stay_that_cannot_be_is_told_beside_its_field(as_cecilia: Client, told: dict[str, Any], field: str) -> None:
    shown = post_form(as_cecilia, page(as_cecilia, DORIS + "vistelse/"), **told)

    assert objection(shown, field)
    for name, value in told.items():
        assert shown.tree.get_element_by_id(f"id_{name}").get("value", "") == value
    assert Absence.objects.filter(recipient_id=7).count() == 0
