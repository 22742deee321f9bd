"""A recipient's grant periods on the page: what is left, lapsed or owed, and what both payers have granted."""

from datetime import date

import pytest
from django.test import Client

from tests.web.conftest import LogIn
from tests.web.pages import page, post_form
from tests.web.practice import RECIPIENT_ID
from timvis.apps.audit.models import RoleHeld
from timvis.apps.decisions.actions import DecisionParticulars, register_decision
from timvis.apps.parties.models import Recipient
from timvis.apps.parties.queries import actor_of
from timvis.config import clock
from timvis.core.access import Role
from timvis.core.quantities import Minutes
from timvis.core.records import GrantUnit, Regime

PERIODS = f"/personer/{RECIPIENT_ID}/perioder/"


def town() -> str:
    """Return where the demonstration's recipient lives."""
    return Recipient.objects.get(pk=RECIPIENT_ID).municipality.slug


@pytest.fixture
def as_gunnel(log_in: LogIn) -> Client:
    """The administrative assistant of the recipient's town."""
    return log_in("gunnel", town=town())


@pytest.fixture
def granted(as_gunnel: Client) -> None:
    """The state has granted forty hours a week; Gunnel has logged in."""
    assert as_gunnel
    person_id = RoleHeld.objects.filter(municipality=town(), role=Role.CASE_OFFICER).values_list(
        "person_id", flat=True
    )[0]
    actor = actor_of(person_id, municipality=town(), logged_in_at=clock.now(), on=clock.today())
    assert actor is not None
    told = DecisionParticulars(
        regime=Regime.SFB,
        decided_on=date(2026, 6, 1),
        decided_by="Försäkringskassan",
        valid_from=date(2026, 7, 1),
        granted_minutes=Minutes(40 * 60),
        per=GrantUnit.WEEK,
    )
    made = register_decision(actor, recipient_id=RECIPIENT_ID, reference="SFB-9", particulars=told, now=clock.now())
    assert isinstance(made, int), made


def test_the_periods_are_found_from_the_persons_page(as_gunnel: Client) -> None:
    assert page(as_gunnel, f"/personer/{RECIPIENT_ID}/").tree.xpath(f"//a[@href='{PERIODS}']")
    shown = page(as_gunnel, PERIODS)

    assert shown.title.startswith("Perioder för")
    assert "Två betalare" in shown.text
    assert shown.tree.xpath("//a[@href='/perioder/1/']")


@pytest.mark.usefixtures("granted")
def test_a_period_says_what_can_still_be_used_and_what_goes_back(as_gunnel: Client) -> None:
    shown = page(as_gunnel, "/perioder/1/").text

    assert "Timmar som kan användas" in shown
    assert "30 000,00 kr att betala tillbaka" in shown
    assert "Redan betalt 2026-09-20" in shown


def test_a_new_period_and_what_is_wrong_with_it(as_gunnel: Client) -> None:
    wrong = post_form(as_gunnel, page(as_gunnel, f"{PERIODS}ny/"), begins_on="2026-09-01", ends_on="2027-06-30")
    assert "längre än 6 månader" in wrong.text
    assert "En annan beviljandeperiod för personen har samma dagar." in wrong.text

    right = post_form(as_gunnel, page(as_gunnel, f"{PERIODS}ny/"), begins_on="2027-01-01", ends_on="2027-06-30")
    assert "Perioden är registrerad." in right.text


def test_a_payment_back_to_the_state_and_the_final_settlement_are_registered(as_gunnel: Client) -> None:
    form = {"paid_on": "2026-11-02", "amount_ore": "30000,00", "is_back": "on", "reference": "åter"}
    paid = post_form(as_gunnel, page(as_gunnel, "/perioder/1/betalning/"), **form)
    assert "Betalt tillbaka 2026-11-02" in paid.text

    settled = post_form(as_gunnel, page(as_gunnel, "/perioder/1/slutavrakning/"), settled_on="2026-11-03")
    assert "slutavräknad" in settled.text


def test_another_towns_period_is_not_found(log_in: LogIn) -> None:
    elsewhere = log_in("gunnel", town="vasteras" if town() != "vasteras" else "motala")

    assert page(elsewhere, "/perioder/1/").status == 404
