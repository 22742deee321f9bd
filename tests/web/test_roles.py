"""Roles: who has which, given by one person, confirmed by another, ended by anybody who may; refusals are told."""

from datetime import date

import pytest
from django.test import Client
from playwright.sync_api import expect

from tests.web import demo
from tests.web.browser import WIDTHS, axe, no_sideways_scroll
from tests.web.conftest import LogIn, Open
from tests.web.pages import Page, page, post_form
from timvis.apps.audit.models import LogEntry, Person, RoleHeld
from timvis.apps.audit.queries import roles_on

PAGE, NEW = "/roller/", "/roller/ny/"
TODAY = demo.NOW.date()
SAYS = {"personal_number": "19780126-2382", "role": "fee_officer", "held_from": "2026-11-10", "reason": "Vikariat"}
"""Gunnel is to be fee officer too."""
NEWCOMER = "200112252382"


@pytest.fixture
def as_sune(log_in: LogIn) -> Client:
    """The system operator."""
    return log_in("sune")


def rows(shown: Page) -> list[str]:
    """Return the rows of the list as they are read."""
    return [" ".join(" ".join(row.itertext()).split()) for row in shown.tree.xpath("//main//tr[@data-row]")]


def of(shown: Page, *words: str) -> str:
    """Return the one row of the list that says all of some words."""
    (row,) = [row for row in rows(shown) if all(word in row for word in words)]
    return row


def given(as_sune: Client, **says: str) -> RoleHeld:
    """Return the role that Sune gives on the page."""
    shown = post_form(as_sune, page(as_sune, NEW), "ny/", **{**SAYS, **says})
    assert "Rollen är given och väntar på en andra person." in shown.text
    held = RoleHeld.objects.order_by("-id").first()
    assert held
    return held


def holds(key: str, role: str, on: date = TODAY) -> bool:
    """Return whether somebody holds a role in the town on a day."""
    return role in roles_on(Person.objects.get(personal_number=demo.NUMBERS[key]).pk, demo.TOWN, on)


def test_everybody_at_work_stands_on_the_page_with_who_gave_the_role(as_sune: Client) -> None:
    shown = page(as_sune, PAGE)

    assert "Handläggare" in of(shown, "Cecilia Cederberg")
    assert "2026-01-01– installationen" in of(shown, "David Dahlgren", "Socialchef")
    assert LogEntry.objects.filter(action="look_at_roles", object_id=demo.TOWN).exists()


def test_who_receives_assistance_is_no_business_of_the_systems_operator(as_sune: Client) -> None:
    text = page(as_sune, PAGE).text

    assert not [name for name in ("Doris Dahl", "Ivar Isak", "Olle Ombud") if name in text]


def test_a_role_is_given_by_one_and_held_when_another_has_confirmed_it(as_sune: Client, log_in: LogIn) -> None:
    held = given(as_sune)
    assert "väntar på en andra person" in rows(page(as_sune, PAGE))[0]
    assert not holds("gunnel", "fee_officer")

    erik = log_in("erik")
    shown = post_form(erik, page(erik, PAGE), f"/roller/{held.pk}/bekrafta/")

    assert "Rollen är bekräftad." in shown.text
    assert "Sune Sand Erik Eng 2026-11-10" in of(shown, "Gunnel Grahn", "Avgiftshandläggare")
    assert holds("gunnel", "fee_officer")


def test_neither_who_gave_it_nor_who_gets_it_is_the_second_person(as_sune: Client, log_in: LogIn) -> None:
    held = given(as_sune, personal_number=demo.NUMBERS["erik"])
    erik = log_in("erik")

    for client in (as_sune, erik):
        assert not page(client, PAGE).tree.xpath("//form[contains(@action, 'bekrafta')]")
        assert client.post(f"/roller/{held.pk}/bekrafta/", {"once": "a-key"}).status_code == 409
    assert not holds("erik", "fee_officer")


def test_nobody_gives_herself_a_role_and_everything_typed_is_kept(as_sune: Client) -> None:
    own = {**SAYS, "personal_number": demo.NUMBERS["sune"]}
    shown = post_form(as_sune, page(as_sune, NEW), "ny/", **own)

    assert shown.status == 422
    assert "Ingen ger sig själv en roll." in shown.text
    assert shown.form("ny/").fields["reason"] == "Vikariat"


def test_somebody_new_is_registered_with_her_name(as_sune: Client) -> None:
    assert (
        "Skriv också namnet."
        in post_form(as_sune, page(as_sune, NEW), "ny/", **SAYS | {"personal_number": NEWCOMER}).text
    )
    assert not Person.objects.filter(personal_number=NEWCOMER).exists()

    held = given(as_sune, personal_number=NEWCOMER, name="Nils Ny")

    assert held.person.name == "Nils Ny"


def test_the_same_role_from_the_same_day_is_not_given_twice(as_sune: Client) -> None:
    given(as_sune)

    assert post_form(as_sune, page(as_sune, NEW), "ny/", **SAYS).status == 409


def test_a_role_is_ended_by_one_person_and_stands_among_those_that_ended(as_sune: Client) -> None:
    held = RoleHeld.objects.get(person__name="Helena Hed", municipality=demo.TOWN)
    address = f"/roller/{held.pk}/avsluta/"

    shown = post_form(as_sune, page(as_sune, address), address, reason="Slutat")

    assert "Rollen har fått en sista dag." in shown.text
    assert not holds("helena", "finance_assistant")
    assert "Helena Hed" not in shown.text
    assert "2026-01-01–2026-11-09" in of(page(as_sune, f"{PAGE}?visa=avslutade"), "Helena Hed")


@pytest.mark.parametrize(
    ("day", "says"), [("2025-11-30", "Rollen började inte så tidigt."), ("2026-13-01", "datum"), ("", "")]
)
def test_a_last_day_that_cannot_be_comes_back(as_sune: Client, day: str, says: str) -> None:
    held = RoleHeld.objects.get(person__name="Helena Hed", municipality=demo.TOWN)
    address = f"/roller/{held.pk}/avsluta/"

    shown = post_form(as_sune, page(as_sune, address), address, held_to=day, reason="Slutat")

    assert shown.status == 422
    assert says in shown.text
    assert holds("helena", "finance_assistant")


def test_a_role_that_was_never_confirmed_is_taken_back(as_sune: Client) -> None:
    held = given(as_sune, held_from="2026-12-01")
    address = f"/roller/{held.pk}/avsluta/"

    post_form(as_sune, page(as_sune, address), address, reason="Fel person")

    assert RoleHeld.objects.get(pk=held.pk).held_to == date(2026, 12, 1)


def test_a_role_in_another_town_is_not_there(as_sune: Client) -> None:
    foreign = RoleHeld.objects.get(municipality=demo.OTHER_TOWN)

    assert as_sune.get(f"/roller/{foreign.pk}/avsluta/").status_code == 404
    assert as_sune.post(f"/roller/{foreign.pk}/bekrafta/", {"once": "a-key"}).status_code == 404


@pytest.mark.parametrize(("key", "sees"), [("konrad", 200), ("david", 200), ("cecilia", 403), ("ellen", 403)])
def test_those_who_answer_for_it_look_and_only_the_operator_gives(log_in: LogIn, key: str, sees: int) -> None:
    client = log_in(key)

    assert client.get(PAGE).status_code == sees
    assert client.get(NEW).status_code == 403


def test_the_pages_shut_nobody_out(open_as: Open) -> None:
    window = open_as("sune", NEW)
    window.get_by_label("Personnummer").fill("19780126-2382")
    window.get_by_label("Roll").select_option("fee_officer")
    window.get_by_label("Skäl").fill("Vikariat")
    window.get_by_role("button", name="Ge rollen").click()
    expect(window.get_by_text("väntar på en andra person").first).to_be_visible()

    david = open_as("david", PAGE)
    for width in WIDTHS.values():
        david.set_viewport_size({"width": width, "height": 900})
        no_sideways_scroll(david)
        axe(david)
    david.get_by_role("button", name="Bekräfta Gunnel Grahn, Avgiftshandläggare").click()
    expect(david.get_by_text("Rollen är bekräftad.")).to_be_visible()
