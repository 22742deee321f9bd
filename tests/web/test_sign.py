"""Signing: over exactly what was shown, by the right person, once."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client

from tests.web import demo
from tests.web.conftest import LogIn
from tests.web.pages import page, post_form
from tests.web.test_routes import said
from timvis.apps.accounting.models import Entry, PaymentOrder
from timvis.apps.attestation.models import SignedAct
from timvis.apps.claims.models import Claim

READY = "ekkoping-2026-0004"
"""Calculated: the receipt waits."""
RECEIVED = "ekkoping-2026-0006"
"""Gunnel has signed the receipt; the decision waits."""


def of(number: str) -> str:
    """Return the address of a claim."""
    return f"/ansprak/{number}/"


def acts(number: str) -> list[str]:
    """Return what has been signed."""
    return list(SignedAct.objects.filter(claim__number=number).order_by("pk").values_list("act", flat=True))


def test_what_is_signed_stands_beside_the_button(as_david: Client) -> None:
    shown = page(as_david, of(RECEIVED))
    (form,) = [one for one in shown.tree.xpath("//main//form") if one.get("action", "").endswith("signera/")]
    beside = form.getprevious().text_content()

    total = Claim.objects.get(number=RECEIVED).statements.latest("number").total_ore
    assert total > 0
    assert f"{total // 100 % 1000:03d},{total % 100:02d} kr" in beside.replace("\xa0", " ")
    assert form.fields["act"] == "decision_attest"
    assert len(form.fields["shown"]) == 64


def test_a_signature_is_over_the_digest_of_what_was_shown(as_gunnel: Client) -> None:
    shown = page(as_gunnel, of(READY))

    done = post_form(as_gunnel, shown, "signera/")

    assert "Underskriften gäller exakt det du såg." in done.text
    signed = SignedAct.objects.get(claim__number=READY)
    assert signed.shown_digest == shown.form("signera/").fields["shown"]
    assert signed.person.name == "Gunnel Grahn"


def test_the_second_signature_books_the_debt_and_leads_to_the_third(as_david: Client, as_helena: Client) -> None:
    done = post_form(as_david, page(as_david, of(RECEIVED)), "signera/")

    assert acts(RECEIVED) == ["receipt_attest", "decision_attest"]
    assert Entry.objects.filter(claim__number=RECEIVED).count() == 1
    assert "någon annans steg" in done.text
    post_form(as_helena, page(as_helena, of(RECEIVED)), "signera/")
    assert Claim.objects.get(number=RECEIVED).status == "attested"


def test_the_whole_strip_ends_in_an_ordered_payment(as_david: Client, as_helena: Client) -> None:
    post_form(as_david, page(as_david, of(RECEIVED)), "signera/")
    shown = post_form(as_helena, page(as_helena, of(RECEIVED)), "signera/")

    done = post_form(as_helena, shown, "bestall/")

    assert "Betalningen är beställd" in done.text
    assert PaymentOrder.objects.filter(claim__number=RECEIVED).count() == 1


def test_to_order_twice_orders_once(as_david: Client, as_helena: Client) -> None:
    post_form(as_david, page(as_david, of(RECEIVED)), "signera/")
    shown = post_form(as_helena, page(as_helena, of(RECEIVED)), "signera/")
    stale = page(as_helena, of(RECEIVED))
    post_form(as_helena, shown, "bestall/")

    post_form(as_helena, shown, "bestall/")
    refused = post_form(as_helena, stale, "bestall/")

    assert refused.status == 409
    assert PaymentOrder.objects.filter(claim__number=RECEIVED).count() == 1


def test_a_double_click_signs_once(as_gunnel: Client) -> None:
    shown = page(as_gunnel, of(READY))
    post_form(as_gunnel, shown, "signera/")

    again = post_form(as_gunnel, shown, "signera/")

    assert again.status == 200
    assert acts(READY) == ["receipt_attest"]


def test_what_was_shown_and_no_longer_holds_is_not_signed(as_gunnel: Client) -> None:
    shown = page(as_gunnel, of(READY))

    told = {**dict(shown.form("signera/").form_values()), "shown": "0" * 64}
    refused = as_gunnel.post(of(READY) + "signera/", told)

    assert refused.status_code == 409
    assert "Ingenting av det du gjorde sparades" in refused.content.decode()
    assert acts(READY) == []


def test_a_changed_payee_makes_what_was_shown_old(as_gunnel: Client, as_david: Client) -> None:
    stale = page(as_david, of(RECEIVED))
    claim = Claim.objects.get(number=RECEIVED)
    form = page(as_gunnel, f"/personer/{claim.recipient_id}/mottagare/{claim.provider_id}/")
    changed = post_form(as_gunnel, form, account_number="5402-9681", form_received_on="2026-11-09")
    assert "Betalningsmottagaren är sparad." in changed.text

    refused = post_form(as_david, stale, "signera/")

    assert refused.status == 409
    assert acts(RECEIVED) == ["receipt_attest"]


def test_whose_step_it_is_not_sees_no_button_and_is_refused(as_cecilia: Client, as_helena: Client) -> None:
    shown = page(as_helena, of(READY))
    assert shown.tree.xpath("//form[contains(@action, 'signera')]") == []

    refused = as_helena.post(of(READY) + "signera/", {"act": "payment_release", "shown": "x"})

    assert refused.status_code == 409
    assert acts(READY) == []


@pytest.mark.parametrize("act", ["", "hand_in", "nonsense"])
def test_an_act_that_is_no_signature_changes_nothing(as_gunnel: Client, act: str) -> None:
    assert post_form(as_gunnel, page(as_gunnel, of(READY)), "signera/", act=act).status in (403, 404, 409)
    assert acts(READY) == []


def test_a_login_of_more_than_five_minutes_is_asked_again_and_what_was_chosen_is_kept(
    log_in: LogIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    gunnel = log_in("gunnel")
    shown = page(gunnel, of(READY))
    monkeypatch.setattr(settings, "FIXED_NOW", demo.NOW + timedelta(minutes=6))

    form = shown.form("signera/")
    response = gunnel.post(form.get("action"), dict(form.form_values()))

    assert response.status_code == 302
    assert response.headers["Location"].startswith("/logga-in/")
    assert "igen=1" in response.headers["Location"]
    assert acts(READY) == []


def test_another_towns_claim_cannot_be_signed_or_told_from_none(as_fatima: Client) -> None:
    told = {"act": "receipt_attest", "shown": "x"}
    foreign = as_fatima.post(of(READY) + "signera/", told)
    missing = as_fatima.post(of("ekkoping-2026-9999") + "signera/", told)

    assert foreign.status_code == missing.status_code == 404
    assert said(foreign) == said(missing)
