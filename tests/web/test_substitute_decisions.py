"""Proposing, deciding and appealing a substitute, as the case officer does it on the pages."""

from django.test import Client

from tests.web import demo
from tests.web.browser import axe, no_sideways_scroll, screenshot
from tests.web.conftest import LogIn
from tests.web.pages import page, post_form
from tests.web.practice import CHARGED_ID, TONIGHT_ID
from timvis.apps.appeals.models import Appeal
from timvis.apps.orders.models import Booking

DECIDED = f"/vikarier/{CHARGED_ID}/beslutat/"


def test_what_is_decided_is_shown_with_its_reasons_and_the_letters(as_cecilia: Client) -> None:
    booking = page(as_cecilia, f"/vikarier/{CHARGED_ID}/")
    shown = page(as_cecilia, DECIDED)

    assert "Bifall V 2026-1" in booking.text
    assert "Anordnaren kan inte själv få fram en vikarie" in shown.text
    letters = [link for link in shown.tree.xpath("//main//a/@href") if "/brev/" in link]
    assert letters
    assert all(as_cecilia.get(link).status_code == 200 for link in letters)


def test_what_is_decided_fits_a_telephone(open_as: object) -> None:
    shown = open_as("cecilia", DECIDED, width=320)  # type: ignore[operator]  # the fixture's own type

    no_sideways_scroll(shown)
    axe(shown)
    screenshot(shown, "vikarier-beslutat")


def test_a_refusal_is_proposed_answered_and_then_decided(as_cecilia: Client) -> None:
    path = f"/vikarier/{TONIGHT_ID}/"
    reasons = "Ekot har en egen vikarie som kan komma samma tid."

    early = post_form(
        as_cecilia, page(as_cecilia, f"{path}beslut/"), reference="V 2", outcome="refused", reasons=reasons
    )
    assert "yttra sig" in early.text
    sent = post_form(as_cecilia, page(as_cecilia, f"{path}forslag/"), reasons=reasons)
    assert "Förslaget är skickat" in sent.text
    answered = post_form(as_cecilia, page(as_cecilia, f"{path}svar-pa-forslag/"), text="Hon är också sjuk.")
    assert "Hon är också sjuk." in answered.text
    made = post_form(
        as_cecilia, page(as_cecilia, f"{path}beslut/"), reference="V 2", outcome="refused", reasons=reasons
    )

    assert "Beslutet är fattat och skickat." in made.text
    assert Booking.objects.get(pk=TONIGHT_ID).decisions.get().hearing is not None


def test_a_decision_is_served_appealed_judged_and_kept(as_cecilia: Client) -> None:
    served = post_form(as_cecilia, page(as_cecilia, f"/vikarier/{CHARGED_ID}/delgivning/"))
    assert "fick del av beslutet" in served.text
    appealed = post_form(as_cecilia, page(as_cecilia, f"/vikarier/{CHARGED_ID}/overklaga/"), text="För få timmar.")
    one = Appeal.objects.get(substitute_decision__booking_id=CHARGED_ID)
    assert "För få timmar." in appealed.text

    listed = page(as_cecilia, "/overklaganden/")
    link = next(link for link in listed.tree.xpath("//main//a/@href") if f"/vikarier/{CHARGED_ID}/" in link)
    judged = post_form(as_cecilia, page(as_cecilia, link.partition("#")[0]), f"overklaganden/{one.pk}/tid/")
    assert "Överklagandet kom in i tid." in judged.text
    empty = post_form(as_cecilia, judged, f"overklaganden/{one.pk}/omprova/", because=" ")
    assert empty.status == 422
    kept = post_form(as_cecilia, empty, f"overklaganden/{one.pk}/omprova/", because="Inget nytt.")
    over = post_form(as_cecilia, kept, f"overklaganden/{one.pk}/lamna-over/")

    assert "Överlämnat." in over.text
    package = as_cecilia.get(f"/overklaganden/{one.pk}/handlingar/")
    assert package.headers["Content-Disposition"].startswith("attachment")


def test_a_decision_is_changed_with_the_reason_and_never_for_the_worse_without_a_ground(as_cecilia: Client) -> None:
    form = page(as_cecilia, f"/vikarier/{CHARGED_ID}/beslut/")
    says = {
        "reference": "V 2026-1b",
        "reasons": "Ekot har fått fram en egen vikarie för halva tiden.",
        "changed_because": "Nya uppgifter.",
        "not_heard": "obviously_unnecessary",
        "not_heard_because": "Uppgiften kommer från henne själv.",
    }

    worse = post_form(as_cecilia, form, outcome="refused", **says)
    changed = post_form(as_cecilia, form, outcome="granted", **says)

    assert worse.status == 409
    assert "Beslutet är fattat och skickat." in changed.text
    assert "Nya uppgifter." in page(as_cecilia, DECIDED).text


def test_the_boards_list_has_the_decision_and_names_nobody(log_in: LogIn) -> None:
    shown = page(log_in("gunnel"), f"/delegationsbeslut/?manad={demo.NOW:%Y-%m}")

    assert Booking.objects.get(pk=CHARGED_ID).number in shown.text
    assert "hjälp, inga pengar" in shown.text
    assert "Doris" not in shown.text


def test_the_desk_and_the_provider_do_not_see_the_appeals(log_in: LogIn) -> None:
    for key in ("jon", "ellen"):
        client = log_in(key)
        assert page(client, DECIDED).status in (403, 404)
        assert "/beslutat/" not in "".join(page(client, f"/vikarier/{CHARGED_ID}/").tree.xpath("//main//a/@href"))
