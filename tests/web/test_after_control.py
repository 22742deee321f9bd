"""Efterkontroll: the month's changes and its sample on a page, ticked by a controller."""

import pytest
from django.test import Client

from tests.web import demo
from tests.web.conftest import LogIn
from tests.web.pages import page, post_form
from timvis.apps.accounting.models import AfterControl, Entry
from timvis.core.ledger import EntryKind


@pytest.fixture
def month(db: None) -> str:
    """Return a month in which the older town paid something."""
    settled = Entry.objects.filter(series=demo.OLDER_TOWN, kind=EntryKind.SETTLEMENT).order_by("booked_on").first()
    assert settled is not None
    return f"{settled.booked_on:%Y-%m}"


def address(month: str) -> str:
    return f"/efterkontroll/?manad={month}"


def test_the_changes_of_a_month_stand_there_with_who(log_in: LogIn) -> None:
    shown = page(log_in("konrad"), address("2026-01"))

    assert "Gunnel Grahn" in shown.text
    assert "förde in att en attestlista är antagen: Socialnämnden, lista 1" in shown.text


def test_the_sample_is_ticked_by_the_controller(log_in: LogIn, month: str) -> None:
    konrad = log_in("konrad", town=demo.OLDER_TOWN)
    shown = page(konrad, address(month))
    assert "inte kontrollerat" in shown.text

    post_form(konrad, shown, "prov/", note="Allt stämmer", outcome="right")

    assert AfterControl.objects.get().controlled_by.name == "Konrad Kull"
    remark = post_form(konrad, page(konrad, address(month)), "prov/", number=1, outcome="remark", note="Fel konto")
    assert "Fel konto" in remark.text


def test_a_remark_says_what_is_wrong(log_in: LogIn, month: str) -> None:
    konrad = log_in("konrad", town=demo.OLDER_TOWN)

    back = post_form(konrad, page(konrad, address(month)), "prov/", outcome="remark", note="")

    assert back.status == 409
    assert "Skäl saknas." in back.text


def test_before_the_log_is_sealed_nothing_is_drawn(log_in: LogIn) -> None:
    assert "Stickprovet dras när loggen har förseglats" in page(log_in("konrad"), address("2030-01")).text


def test_officers_do_not_come_in(as_cecilia: Client) -> None:
    assert as_cecilia.get("/efterkontroll/").status_code == 403
