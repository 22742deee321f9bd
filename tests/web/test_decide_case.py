"""Deciding at the desk: proposed, answered, decided, told, served, appealed and handed over, by forms alone."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.web import demo
from tests.web.browser import WIDTHS
from tests.web.conftest import Open
from tests.web.pages import Page, page, post_form
from tests.web.practice import APPLICATION as NUMBER
from tests.web.practice import DECIDED
from timvis.apps.claims.actions import calculate_claim, give_word
from timvis.apps.claims.models import Claim, ClaimDecision
from timvis.apps.claims.queries import findings_of
from timvis.apps.documents.models import SentLetter
from timvis.config.law_book import law_book
from timvis.core.faults import Refusal
from timvis.core.review.finding import NEEDS_WORD, WordKind

PAGE = f"/ansprak/{NUMBER}/"
WHY = "Björn var sjuk 5–9 oktober. Den femte dagen arbetade ingen i hans ställe."


@pytest.fixture
def calculated(db: None) -> Claim:
    """Return the demonstration's application, worked out."""
    claim = Claim.objects.get(number=NUMBER)
    cecilia = demo.acting("cecilia")
    keys = [one.key for one in findings_of(claim) if one.severity in NEEDS_WORD]
    assert not isinstance(give_word(cecilia, NUMBER, keys, WordKind.ACCEPT, now=demo.NOW), Refusal)
    assert not isinstance(calculate_claim(cecilia, NUMBER, law=law_book(), now=demo.NOW), Refusal)
    return claim


def proposed(client: Client) -> Page:
    answer_by = str((demo.NOW + timedelta(days=14)).date())
    shown = page(client, PAGE)
    form = shown.form("/besluta/")
    form.set("action", f"{PAGE}foresla/")
    return post_form(client, shown, "/foresla/", reasons=WHY, provision=["LSS 9 § 2"], answer_by=answer_by)


def test_the_page_says_what_it_comes_to_what_is_missing_and_who_could_decide(
    as_cecilia: Client, calculated: Claim
) -> None:
    shown = page(as_cecilia, PAGE)

    assert "beräkningen leder till delavslag" in shown.text.casefold()
    assert "David" in shown.text
    assert "Socialnämnden, delegationsordning 1, rad 2" in shown.text
    # Cecilia may only grant: her page says so, and has no button that would be refused.
    assert not [one for one in shown.tree.xpath("//main//button/text()") if one.strip() == "Besluta"]


def test_from_proposal_to_letter_by_forms_alone(as_david: Client, as_cecilia: Client, calculated: Claim) -> None:
    sent = proposed(as_david)
    assert "Förslaget är skickat." in sent.text
    answered = post_form(
        as_cecilia,
        page(as_cecilia, PAGE),
        "/svar/",
        received_on=str(demo.NOW.date()),
        text="Min syster arbetade den dagen.",
    )
    assert "Min syster arbetade den dagen." in answered.text

    shown = page(as_david, PAGE)
    cecilia = str(demo.acting("cecilia").person_id)
    decided = post_form(
        as_david, shown, "/besluta/", reasons=WHY, provision=["LSS 9 § 2"], presented_by=cecilia, took_part="Lena Lund"
    )
    assert "Beslutet är fattat. Nu ska det skickas." in decided.text
    told = post_form(as_david, page(as_david, PAGE), "/skicka-beslut/")

    assert "Beslutet är skickat." in told.text
    made = ClaimDecision.objects.get(claim=calculated)
    assert (made.outcome, made.reasons) == ("partly_granted", WHY)
    assert (str(made.presented_by_id), made.took_part) == (cecilia, ["Lena Lund"])
    for letter in SentLetter.objects.filter(about=NUMBER, code="decision_partly_granted"):
        assert WHY in page(as_cecilia, f"/brev/skickat/{letter.pk}/").text


def test_what_is_wrong_is_said_and_what_was_written_stays(as_david: Client, calculated: Claim) -> None:
    shown = page(as_david, PAGE)

    again = post_form(as_david, shown, "/besluta/", reasons="Mina skäl står kvar.", provision=["LSS 9 § 2"])

    assert again.status == 422
    assert "Mina skäl står kvar." in again.text
    assert not ClaimDecision.objects.filter(claim=calculated).exists()


def test_the_decided_case_shows_its_letters_service_and_appeal(as_cecilia: Client) -> None:
    shown = page(as_cecilia, f"/ansprak/{DECIDED}/")

    assert "avslag, 0,00 kr" in shown.text.casefold()
    assert "fick del av beslutet" in shown.text
    assert "Min syster arbetade hela veckan." in shown.text
    assert "Överlämnat till förvaltningsrätten" in shown.text
    assert page(as_cecilia, "/overklaganden/1/handlingar/").status == 200


def test_the_list_says_how_every_appeal_stands(as_cecilia: Client) -> None:
    shown = page(as_cecilia, "/overklaganden/")

    assert DECIDED in shown.text
    assert str((timezone.localtime(demo.NOW) + timedelta(days=21)).date()) in shown.text


@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_the_decision_fits_the_screen(open_as: Open, width: str) -> None:
    window = open_as("cecilia", f"/ansprak/{DECIDED}/", width=WIDTHS[width])
    window.evaluate("document.querySelectorAll('main details').forEach(one => { one.open = true })")

    assert window.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
