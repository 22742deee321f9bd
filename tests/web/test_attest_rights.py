"""Attest rights: who could on a day, a list drafted by one and adopted by another, days away, and jäv."""

import pytest
from django.test import Client

from tests.web import demo
from tests.web.conftest import LogIn
from tests.web.pages import page, post_form
from timvis.apps.attestation.models import SignedAct
from timvis.apps.audit.models import Person
from timvis.apps.parties.models import Interest
from timvis.apps.parties.queries import actor_of
from timvis.apps.routines.models import AttestList, OffDuty
from timvis.apps.routines.on_duty import register_off_duty

RECEIVED = "/ansprak/ekkoping-2026-0006/"
"""Gunnel has signed the receipt; the decision waits."""


def away(key: str) -> None:
    """Register somebody as away on the day of the tests."""
    person = Person.objects.get(personal_number=demo.NUMBERS[key])
    today = demo.NOW.date()
    actor = actor_of(person.pk, municipality=demo.TOWN, logged_in_at=demo.NOW, on=today)
    assert actor is not None
    told = register_off_duty(
        actor, person_id=person.pk, off_from=today, off_to=today.replace(day=today.day + 1), now=demo.NOW
    )
    assert isinstance(told, int)


def test_who_could_attest_on_a_day_stands_on_the_page(as_cecilia: Client) -> None:
    shown = page(as_cecilia, "/attestratter/?dag=2026-11-10")

    assert "Vem kunde attestera den 2026-11-10?" in shown.title
    rows = [
        " ".join(row.text_content().replace("\xa0", " ").split()) for row in shown.tree.xpath("//main//tr[@data-row]")
    ]
    assert [row.split()[0] for row in rows] == ["Gunnel", "David", "Helena"]
    assert all(says in rows[1] for says in ("Socialchef", "Beslutsattest", "3100", "500 000,00 kr", "rad 2"))


def test_on_a_day_when_the_ordinary_is_away_the_deputy_stands_there(as_cecilia: Client) -> None:
    away("david")

    shown = page(as_cecilia, "/attestratter/?dag=2026-11-10")

    assert "Erik Eng ersättare för Socialchef" in shown.text
    assert "David Dahlgren Socialchef Beslutsattest" not in shown.text


@pytest.mark.parametrize(("day", "says"), [("2019-01-01", "Ingen antagen attestlista"), ("igår", "Skriv dagen som")])
def test_a_day_without_rights_or_that_is_no_day_is_kindly_told(as_cecilia: Client, day: str, says: str) -> None:
    assert says in page(as_cecilia, f"/attestratter/?dag={day}").text


def test_the_next_list_is_drafted_from_the_last_and_adopted_by_another(as_gunnel: Client, log_in: LogIn) -> None:
    form = page(as_gunnel, "/attestratter/ny/")
    drafted = post_form(as_gunnel, form, "ny/", more=None)

    assert "Attestlista 2, Socialnämnden" in drafted.title
    assert "Gäller från och med 2027-01-01 till och med 2027-12-31." in drafted.text
    made = AttestList.objects.get(municipality=demo.TOWN, number=2)
    assert [right.act for right in made.rights.order_by("number")] == [
        "receipt_attest",
        "decision_attest",
        "decision_attest",
        "payment_release",
    ]

    says = {"decision": "Socialnämnden 2026-12-15 § 98"}
    own = post_form(as_gunnel, page(as_gunnel, "/attestratter/lista/2/anta/"), "anta/", **says)
    assert own.status == 409
    sune = log_in("sune")
    done = post_form(sune, page(sune, "/attestratter/lista/2/anta/"), "anta/", **says)
    assert "Socialnämnden 2026-12-15 § 98" in done.text
    assert hasattr(AttestList.objects.get(number=2, municipality=demo.TOWN), "adoption")


def test_a_row_with_a_mistake_keeps_everything_and_says_what_is_wrong(as_gunnel: Client) -> None:
    form = page(as_gunnel, "/attestratter/ny/")

    back = post_form(as_gunnel, form, "ny/", more=None, **{"row-2-deputy_of": "9", "row-4-responsibility": "3100"})

    assert back.status == 422
    assert "Rad 3 är ersättare för rad 9, som inte står före den i listan." in back.text
    assert "Rad 5 ska ge rätten till antingen en person eller en befattning." in back.text
    assert back.form("ny/").fields["row-2-deputy_of"] == "9"
    assert not AttestList.objects.filter(municipality=demo.TOWN, number=2).exists()


def test_more_rows_keep_what_was_typed(as_gunnel: Client) -> None:
    form = page(as_gunnel, "/attestratter/ny/")

    more = post_form(as_gunnel, form, "ny/", **{"row-4-position": "Enhetschef", "more": "1"})

    assert more.status == 200
    assert more.form("ny/").fields["row-4-position"] == "Enhetschef"
    assert len(more.tree.xpath("//main//fieldset")) == len(form.tree.xpath("//main//fieldset")) + 5


def test_somebody_tells_of_her_own_days_and_calls_them_off(as_helena: Client) -> None:
    says = {"off_from": "2026-11-12", "off_to": "2026-11-13"}
    told = post_form(as_helena, page(as_helena, "/attestratter/franvaro/"), "franvaro/", **says)
    assert "Helena Hed 2026-11-12–2026-11-13" in told.text

    spell = OffDuty.objects.get(person__personal_number=demo.NUMBERS["helena"])
    address = f"/attestratter/franvaro/{spell.pk}/"
    done = post_form(as_helena, page(as_helena, address), address, called_off="on")
    assert "Helena Hed 2026-11-12" not in done.text


def test_a_wrong_order_of_days_comes_back_with_what_was_typed(as_helena: Client) -> None:
    says = {"off_from": "2026-11-13", "off_to": "2026-11-11"}
    back = post_form(as_helena, page(as_helena, "/attestratter/franvaro/"), "franvaro/", **says)

    assert back.status == 422
    assert "Sista dagen ligger före den första." in back.text


def test_a_position_waits_for_a_second_person(as_david: Client, as_erik: Client) -> None:
    cecilia = Person.objects.get(personal_number=demo.NUMBERS["cecilia"])
    form = page(as_david, "/attestratter/befattning/")
    told = post_form(as_david, form, "befattning/", position="Enhetschef", person=str(cecilia.pk))
    assert "väntar på en andra person" in told.text

    own = post_form(as_david, told, "", number=_form_of(told, "befattning"))
    assert own.status == 409
    shown = page(as_erik, "/attestratter/")
    done = post_form(as_erik, shown, "", number=_form_of(shown, "befattning"))
    assert "Befattningen är bekräftad" in done.text


def _form_of(shown: object, part: str) -> int:
    forms = shown.tree.xpath("//main//form")  # type: ignore[attr-defined]  # a page
    return next(n for n, form in enumerate(forms) if part in (form.get("action") or ""))


# --- jäv -------------------------------------------------------------------------------------------------------


def test_everybody_sees_her_own_interests_and_a_chief_sees_all(as_erik: Client, as_helena: Client) -> None:
    assert "Erik Eng" in page(as_erik, "/jav/").text
    assert "Inget jäv är registrerat." in page(as_helena, "/jav/").text


def test_somebody_tells_that_she_is_too_near_and_does_not_sign_any_more(as_david: Client) -> None:
    assert page(as_david, RECEIVED).form("signera/") is not None
    provider = "559900-0022"
    says = {"kind": "owner", "other_number": provider}

    for number in ("5599000014", "5599000022"):
        says["other_number"] = number
        post_form(as_david, page(as_david, "/jav/nytt/"), "nytt/", **says)

    assert Interest.objects.filter(person_number=demo.NUMBERS["david"]).count() == 2
    shown = page(as_david, RECEIVED)
    assert "Du står för nära någon i ärendet" in shown.text
    assert not [form for form in shown.tree.xpath("//main//form") if "signera" in (form.get("action") or "")]


def test_nobody_ends_her_own_interest(as_erik: Client) -> None:
    interest = Interest.objects.get(person_number=demo.NUMBERS["erik"])
    address = f"/jav/{interest.pk}/"

    assert post_form(as_erik, page(as_erik, address), address, valid_to="2026-01-01").status == 404


# --- on the claim's page -----------------------------------------------------------------------------------------


def test_the_deputy_is_told_that_the_ordinary_is_on_duty(as_erik: Client) -> None:
    assert "Du är ersättare, och den ordinarie är i tjänst." in page(as_erik, RECEIVED).text


def test_the_deputy_signs_while_the_ordinary_is_away(as_erik: Client, as_david: Client) -> None:
    away("david")
    assert "Du är registrerad som frånvarande" in page(as_david, RECEIVED).text

    done = post_form(as_erik, page(as_erik, RECEIVED), "signera/")

    assert "Underskriften gäller exakt det du såg." in done.text
    row = SignedAct.objects.get(claim__number="ekkoping-2026-0006", act="decision_attest")
    assert row.right is not None
    assert row.right.number == 3


def test_a_slip_is_given_to_those_at_the_office(as_cecilia: Client, as_ellen: Client) -> None:
    address = f"{RECEIVED}intyg/1-receipt_attest/"

    given = as_cecilia.get(address)

    assert given.headers["Content-Disposition"].startswith("attachment")
    assert b"timvis-attest-slip-1" in given.content
    assert as_ellen.get(address).status_code == 404
