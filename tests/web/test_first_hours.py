"""The state's invoice for first hours: a verdict on every line, the confirmed model, and the year's forecast."""

import pytest
from django.test import Client

from tests.web.conftest import LogIn
from tests.web.demo_invoices import OPEN_ID
from tests.web.pages import page, post_form
from tests.web.test_invoices import TOWN, of, section
from timvis.apps.parties.models import Recipient


@pytest.fixture
def as_gunnel(log_in: LogIn) -> Client:
    """The administrative assistant, in the town that takes invoices."""
    return log_in("gunnel", town=TOWN)


def test_every_line_for_first_hours_has_its_verdict_and_what_cannot_be_checked_is_said(as_gunnel: Client) -> None:
    told = section(page(as_gunnel, of(OPEN_ID)), "h-first-hours")

    assert told.count("kan inte kontrolleras: kommunen har ingen redovisad tid") == 2
    assert "Ingen har bekräftat hur staten räknar" in told


def test_how_the_state_counts_is_confirmed_against_an_invoice_and_then_shown(log_in: LogIn) -> None:
    as_cecilia = log_in("cecilia", town=TOWN)
    shown = page(as_cecilia, of(OPEN_ID))

    form = {"model": "week_cut", "holds_from": "2026-10-01", "reason": "Jämfört med specifikationen."}
    confirmed = post_form(as_cecilia, shown, action="modell/", **form)

    assert "Modellen är bekräftad." in confirmed.text
    assert "veckan delas, timmarna förbrukas i tur och ordning" in section(confirmed, "h-first-hours")


def test_a_model_without_a_day_is_not_confirmed_and_what_was_written_stays(log_in: LogIn) -> None:
    as_cecilia = log_in("cecilia", town=TOWN)
    form = {"model": "week_cut", "holds_from": "i fjol", "reason": "Jämfört."}

    shown = post_form(as_cecilia, page(as_cecilia, of(OPEN_ID)), action="modell/", **form)

    assert "Välj en modell och skriv dagen som ÅÅÅÅ-MM-DD." in shown.text
    assert "Jämfört." in shown.text


def test_the_years_forecast_is_shown_and_a_year_without_a_rate_says_so(as_gunnel: Client) -> None:
    assert "De första timmarna 2026" in page(as_gunnel, "/fakturor/forsta-timmarna/").text
    assert "De första timmarna 2040" in page(as_gunnel, "/fakturor/forsta-timmarna/?ar=2040").text


def test_when_the_municipality_answers_for_a_person_is_told_on_her_page(log_in: LogIn) -> None:
    as_cecilia = log_in("cecilia", town=TOWN)
    recipient_id = Recipient.objects.filter(municipality__slug=TOWN).values_list("id", flat=True).first()
    form = {"valid_from": "2026-10-12", "ground": "Inflyttad, LSS 16 §"}

    shown = post_form(as_cecilia, page(as_cecilia, f"/personer/{recipient_id}/ansvar/"), **form)

    assert "Inflyttad, LSS 16 §" in section(shown, "h-answers")
