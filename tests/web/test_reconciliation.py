"""The reconciliation on the screen: ticked from the keyboard, asked and answered, signed, summed, billed, fetched."""

import json
from datetime import date
from fractions import Fraction

import pytest
from django.test import Client
from playwright.sync_api import expect

from tests.web.conftest import LogIn, Open
from tests.web.measured import queries
from tests.web.pages import page, post_form
from tests.web.practice import EKOT, QUESTION_ID, SUMMARY_ID
from timvis.apps.invoices.models import Invoice
from timvis.apps.parties.models import Recipient, RecipientVersion
from timvis.apps.reconciliation.models import LineAnswer, LineWord, MonthSignature, Summary
from timvis.apps.visits.models import Visit
from timvis.core.calculation.hourly import kronor_text
from timvis.core.calendar.local_time import instant
from timvis.core.home_care.visits import VisitState
from timvis.core.quantities import half_up
from timvis.web.office.reconciliation.page import minutes_text

DESK = "/hemtjanst/avstamning/"
EKOTS = f"{DESK}4/2026-10/"
GRENS = f"{DESK}12/2026-10/"
DORIS = f"{EKOTS}7/home_care/"


def performed() -> int:
    """Return the minutes that Ekot has performed for Doris in October."""
    rows = Visit.objects.filter(provider_id=4, replaced__isnull=True, state=VisitState.PERFORMED)
    months = rows.filter(start_at__gte=instant(date(2026, 10, 1), 0), start_at__lt=instant(date(2026, 11, 1), 0))
    return sum(visit.end_at - visit.start_at for visit in months)


def counting() -> int:
    """Return how many of Doris's visits in October count, made or not."""
    rows = Visit.objects.filter(provider_id=4, recipient_id=7, replaced__isnull=True)
    return rows.filter(start_at__gte=instant(date(2026, 10, 1), 0), start_at__lt=instant(date(2026, 11, 1), 0)).count()


def three_hours_more() -> None:
    """Let Ekot have been with Doris for three hours more than it told at first."""
    pattern = Visit.objects.filter(provider_id=4, replaced__isnull=True, state=VisitState.PERFORMED).first()
    assert pattern is not None
    start_at = instant(date(2026, 10, 30), 20 * 60)
    pattern.pk, pattern.key, pattern.start_at, pattern.end_at = None, "kvall", start_at, start_at + 180
    pattern.save(force_insert=True)


def test_every_providers_month_stands_with_its_last_days(as_cecilia: Client) -> None:
    shown = page(as_cecilia, DESK)

    assert "Ekot AB" in shown.text
    assert "1 kvar att stämma av" in shown.text
    assert "sammanställning skickad" in shown.text
    # The first, fifth and tenth working day of November 2026.
    for day in ("2026-11-02", "2026-11-06", "2026-11-13"):
        assert day in shown.text


def test_the_same_days_stand_in_the_calendar(as_cecilia: Client) -> None:
    shown = page(as_cecilia, "/kalender/?manad=2026-11")

    assert "Timmarna stäms av mot beslutet, kund för kund" in shown.text
    assert "Besked om de timmar som ska debiteras" in shown.text


def test_four_quantities_stand_side_by_side_with_what_they_differ(as_cecilia: Client) -> None:
    shown = page(as_cecilia, EKOTS)

    assert "26:08" in shown.text
    assert minutes_text(Fraction(performed())) in shown.text
    assert "mindre än beställt" in shown.text
    assert "väntar på svar" in shown.text


def test_the_provider_answers_and_the_officer_ticks_and_signs(log_in: LogIn) -> None:
    asked = page(log_in("ellen"), "/hemtjanst/manader/4/2026-10/")
    assert "registrerade för hand" in asked.text
    answered = post_form(
        log_in("ellen"), page(log_in("ellen"), f"/hemtjanst/fragor/{QUESTION_ID}/"), text="Telefonen var trasig."
    )
    assert "Svaret är sparat." in answered.text
    assert LineAnswer.objects.get(question_id=QUESTION_ID).text == "Telefonen var trasig."

    cecilia = log_in("cecilia")
    assert "besvarad, väntar på dig" in page(cecilia, EKOTS).text
    ticked = post_form(cecilia, page(cecilia, EKOTS), "/bocka-av/")
    assert "Raden är avstämd." in ticked.text
    signed = post_form(cecilia, page(cecilia, EKOTS), "/skriv-under/", comment="En fråga, besvarad.")

    assert "Månaden är underskriven." in signed.text
    assert MonthSignature.objects.filter(provider__organisation_number=EKOT).count() == 1


def test_time_above_the_order_is_decided_and_then_the_summary_goes_out(log_in: LogIn) -> None:
    three_hours_more()
    # Every performed minute, and the half hour of a visit that was called off without notice.
    amount_ore = half_up(performed() * 36_200, 60) + 18_100
    cecilia, agnes = log_in("cecilia"), log_in("agnes")
    said = post_form(cecilia, page(cecilia, f"{DORIS}ord/"), kind="approved")
    assert said.status == 200
    post_form(cecilia, page(cecilia, EKOTS), "/skriv-under/")
    waiting = page(agnes, f"{EKOTS}sammanstallning/")
    assert "Månaden kan inte sammanställas än" in waiting.text
    decided = post_form(agnes, page(agnes, f"{DORIS}over/"), is_paid="yes", reason="Hon blev sämre.")
    assert kronor_text(amount_ore).replace("\xa0", " ") in decided.text

    sent = post_form(agnes, decided, "/skicka/", comment="Tack.")

    assert "Sammanställningen är skickad" in sent.text
    summary = Summary.objects.get(provider__organisation_number=EKOT)
    assert summary.total_ore == amount_ore
    told = page(log_in("ellen"), "/hemtjanst/manader/4/2026-10/")
    assert summary.reference in told.text


def test_what_is_said_needs_its_reason_and_what_was_typed_stays(as_cecilia: Client) -> None:
    refused = post_form(as_cecilia, page(as_cecilia, f"{DORIS}ord/"), kind="not_approved")

    assert refused.status == 422
    assert "Skriv varför" in refused.text


def test_a_line_shows_its_visits_and_what_it_comes_to(as_cecilia: Client) -> None:
    three_hours_more()

    shown = page(as_cecilia, DORIS)

    assert f"Besök {counting()}" in shown.text
    assert "för hand" in shown.text
    assert "väntar på beslut" in shown.text


def test_another_provider_sees_nothing_of_the_month(log_in: LogIn) -> None:
    assert page(log_in("sixten"), "/hemtjanst/manader/4/2026-10/").status == 404
    assert page(log_in("ellen"), "/hemtjanst/manader/12/2026-10/").status == 404
    assert page(log_in("ellen"), EKOTS).status in (403, 404)


def test_the_message_to_the_provider_names_nobody(log_in: LogIn) -> None:
    response = log_in("agnes").get(f"/hemtjanst/sammanstallningar/{SUMMARY_ID}/brev/")

    assert response.status_code == 200
    assert response.content.startswith(b"%PDF")
    letter = Summary.objects.get(pk=SUMMARY_ID).letter
    assert letter is not None
    assert "Ivar" not in letter.html


def test_an_invoice_is_laid_out_by_the_summary_from_its_page(log_in: LogIn) -> None:
    gunnel = log_in("gunnel")
    invoice = Invoice.objects.get(number="G-1")

    laid = post_form(gunnel, page(gunnel, f"/fakturor/{invoice.pk}/"), "/efter-sammanstallning/")

    assert "fördelad efter sammanställningen" in laid.text
    assert invoice.allocations.count() == 1


def test_the_fee_officer_fetches_performed_time_and_hands_back_what_was_charged(log_in: LogIn) -> None:
    frida = log_in("frida")
    shown = page(frida, "/avgifter/?manad=2026-10")
    assert "Doris Dahl" in shown.text
    assert "Hemtjänst Gren AB" in shown.text

    told = json.loads(frida.get("/avgifter/2026-10/underlag.json").content)

    assert {row["performed_minutes"] for row in told["rows"]} == {9 * 60, performed()}
    assert told["faults"] == []
    assert frida.get("/avgifter/2026-10/underlag.csv").status_code == 200
    assert frida.get("/avgifter/2026-10/underlag.xml").status_code == 404
    assert page(log_in("ellen"), "/avgifter/").status in (403, 404)


def more_recipients(number: int) -> None:
    """Let so many more have come to Ekot's, whom nobody has ordered for."""
    pattern = Visit.objects.filter(provider_id=4).first()
    assert pattern is not None
    born = RecipientVersion.objects.filter(thing_id=7).latest("number")
    for count in range(number):
        other = Recipient.objects.create(
            municipality_id=pattern.recipient.municipality_id, personal_number=f"1990010{count:05d}"
        )
        RecipientVersion.objects.create(
            thing=other, number=1, name=f"Kund {count}", sort_key=str(count), known_at=born.known_at
        )
        Visit.objects.create(
            delivery=pattern.delivery,
            provider_id=4,
            recipient=other,
            key=f"extra-{count}",
            service="home_care",
            state=pattern.state,
            start_at=pattern.start_at,
            end_at=pattern.end_at,
        )


def test_the_desk_asks_as_little_whatever_the_number_of_lines(as_cecilia: Client) -> None:
    few = queries(as_cecilia, EKOTS)
    more_recipients(40)

    assert queries(as_cecilia, EKOTS) == few


def test_a_row_is_ticked_with_one_key_and_the_next_has_the_focus(open_as: Open) -> None:
    window = open_as("cecilia", EKOTS)
    window.keyboard.press("j")
    assert window.evaluate("document.activeElement.textContent") == "Doris Dahl"

    window.keyboard.press("b")

    window.wait_for_selector("text=Raden är avstämd.")
    expect(window.get_by_role("button", name="Skriv under")).to_have_count(1)


@pytest.mark.parametrize("who", ["ellen", "frida", "helena"])
def test_only_officers_say_anything_of_a_line(log_in: LogIn, who: str) -> None:
    before = LineWord.objects.count()
    client = log_in(who)
    response = client.post(f"{DORIS}bocka-av/", {"figures": "x"})

    assert response.status_code in (403, 404)
    assert LineWord.objects.count() == before
