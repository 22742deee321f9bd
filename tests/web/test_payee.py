"""Where the money goes: changed on a form and with a proof, and never behind anybody's back."""

from typing import Any

import pytest
from django.test import Client

from tests.web.conftest import LogIn
from tests.web.measured import objection
from tests.web.pages import page, post_form
from tests.web.test_routes import said
from timvis.apps.accounting.models import PaymentOrder
from timvis.apps.parties.models import PayeeVersion

PATH = "/personer/7/mottagare/4/"
TOLD: dict[str, Any] = {"account_number": "5402-9681", "valid_from": "2026-11-10", "form_received_on": "2026-11-09"}


def accounts() -> list[str]:
    """Return the accounts Doris's money has gone to."""
    found = PayeeVersion.objects.filter(thing__recipient_id=7).order_by("number")
    return list(found.values_list("account_number", flat=True))


def test_another_account_is_a_new_version(as_gunnel: Client) -> None:
    shown = post_form(as_gunnel, page(as_gunnel, PATH), **TOLD)

    assert "Betalningsmottagaren är sparad." in shown.text
    assert "5402-9681" in shown.text
    assert accounts() == ["9912346", "54029681"]


def test_the_form_says_what_is_known_now(as_gunnel: Client) -> None:
    fields = page(as_gunnel, PATH).form().fields

    assert fields["account_number"] == "9912346"
    assert fields["account_kind"] == "bankgiro"
    assert fields["seen"] == "1"


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"account_number": "5402-9682"}, "account_number"),
        ({"account_number": ""}, "account_number"),
        ({"account_kind": "plusgiro", "account_number": "286543-5"}, "account_number"),
        ({"form_received_on": "", "proof_received_on": ""}, "form_received_on"),
        ({"valid_from": "i morgon"}, "valid_from"),
        ({"payee_name": ""}, "payee_name"),
    ],
)
def test_what_cannot_be_paid_to_is_told_and_kept(as_gunnel: Client, told: dict[str, Any], field: str) -> None:
    shown = post_form(as_gunnel, page(as_gunnel, PATH), **{**TOLD, **told})

    assert objection(shown, field)
    for name, value in {**TOLD, **told}.items():
        assert (shown.form().fields[name] or "") == value
    assert accounts() == ["9912346"]


def test_a_stale_page_changes_nothing(as_gunnel: Client) -> None:
    mine, stale = page(as_gunnel, PATH), page(as_gunnel, PATH)
    post_form(as_gunnel, mine, **TOLD)

    refused = post_form(as_gunnel, stale, **{**TOLD, "account_number": "5050-1055"})

    assert refused.status == 409
    assert accounts() == ["9912346", "54029681"]


def test_a_double_click_makes_one_version(as_gunnel: Client) -> None:
    form = page(as_gunnel, PATH)
    post_form(as_gunnel, form, **TOLD)

    assert post_form(as_gunnel, form, **TOLD).status == 200
    assert accounts() == ["9912346", "54029681"]


def test_what_was_signed_for_another_account_is_not_paid(
    as_gunnel: Client, as_david: Client, as_cecilia: Client
) -> None:
    claim = "/ansprak/ekkoping-2026-0006/"
    post_form(as_gunnel, page(as_gunnel, "/personer/11/mottagare/4/"), **TOLD)
    shown = page(as_david, claim)

    # The receipt was signed for the old account: nobody can go on from it, and the page says so.
    assert "Underskrifterna gäller inte längre" in shown.text
    assert not shown.tree.xpath("//main//form[contains(@action, 'signera/')]")
    assert not PaymentOrder.objects.filter(claim__number="ekkoping-2026-0006").exists()
    # The way on: a new review, a new calculation, and everybody signs anew.
    post_form(as_cecilia, page(as_cecilia, claim), "granska/")
    done = post_form(as_cecilia, page(as_cecilia, claim), "berakna/")
    assert "Beräkning 2" in done.text
    assert page(as_gunnel, claim).form("signera/").fields["act"] == "receipt_attest"


@pytest.mark.parametrize("key", ["cecilia", "helena", "david", "ellen"])
def test_only_the_assistant_changes_where_money_goes(log_in: LogIn, key: str) -> None:
    client = log_in(key)

    assert client.get(PATH).status_code == 403
    assert client.post(PATH, TOLD).status_code == 403
    assert accounts() == ["9912346"]


def test_an_unknown_person_or_provider_is_not_found(as_gunnel: Client) -> None:
    unknown = [f"/personer/{person}/mottagare/{provider}/" for person, provider in ((9999, 4), (7, 9999), (1, 1))]
    answers = [as_gunnel.get(path) for path in unknown]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert len({said(answer) for answer in answers}) == 1
