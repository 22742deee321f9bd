"""Logging in: the whole way with an identity provider, and everything it may answer that lets nobody in."""

import re
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
import requests
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect
from pytest_django import Settings

from tests.web import demo
from tests.web.browser import axe
from tests.web.conftest import Open
from tests.web.identity_provider import (
    CLIENT,
    ISSUER,
    LOA3,
    OTHER_KEY,
    SECRET,
    UNKNOWN_KEY,
    Claims,
    Idp,
    signed,
    signed_with_a_secret,
    unsigned,
    with_other_claims,
)
from tests.web.pages import Page, page
from timvis.apps.audit.models import Account, Person, RoleHeld
from timvis.config.environment import Mode
from timvis.gateways.identity.fake import Member, NeverInProduction, provider
from timvis.gateways.identity.oidc import PERSONAL_NUMBER
from timvis.web.shared.cast import TRY
from timvis.web.shared.session import PERSON, SINCE

CECILIA, DAVID = demo.NUMBERS["cecilia"], demo.NUMBERS["david"]


@pytest.fixture
def idp(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Idp:
    """Give a provider that says Cecilia came, in place of the network."""
    settings.OIDC_ISSUER, settings.OIDC_CLIENT, settings.OIDC_SECRET = ISSUER, CLIENT, SECRET
    there = Idp(CECILIA)

    def send(self: requests.Session, request: requests.PreparedRequest, **_: Any) -> requests.Response:
        return there.send(request)

    monkeypatch.setattr(requests.Session, "send", send)
    return there


def leave(client: Client, idp: Idp, path: str = "/tangenter/") -> None:
    """Go to the login page and on to the provider."""
    shown = page(client, f"/logga-in/?{urlencode({'next': path})}")
    idp.takes(shown.tree.xpath("//main//form/@action")[0])


def come_back(client: Client, idp: Idp, **changes: str) -> Page:
    """Come back with the provider's answer."""
    assert idp.asked is not None
    return page(client, f"/logga-in/klar/?{urlencode({'code': 'a-code', 'state': idp.asked.state} | changes)}")


def is_in(client: Client) -> bool:
    """Return whether somebody is logged in."""
    return SINCE in client.session


# --- the way in ---------------------------------------------------------------------------------------------


def test_whoever_comes_back_is_in_and_where_she_was_going(anyone: Client, idp: Idp) -> None:
    leave(anyone, idp, "/tangenter/")

    came_to = come_back(anyone, idp)

    assert (came_to.status, came_to.path) == (200, "/tangenter/")
    assert Person.objects.get(pk=anyone.session[PERSON]).personal_number == CECILIA


def test_the_first_time_an_account_is_registered_and_the_second_time_it_is_known(anyone: Client, idp: Idp) -> None:
    leave(anyone, idp)
    come_back(anyone, idp)
    idp.code_is_used = False
    again = Client()
    leave(again, idp)
    come_back(again, idp)

    (account,) = Account.objects.filter(issuer=ISSUER)
    assert (account.subject, account.person.personal_number) == ("a-subject", CECILIA)
    assert is_in(again)


def test_two_accounts_of_one_person_are_one_person(anyone: Client, idp: Idp) -> None:
    persons = []
    for subject in ("by card", "by telephone"):
        client = Client()
        idp.subject, idp.code_is_used = subject, False
        leave(client, idp)
        come_back(client, idp)
        persons.append(client.session[PERSON])

    assert persons[0] == persons[1]


def test_the_provider_is_asked_for_a_high_level_and_a_proof_that_the_answer_is_for_us(anyone: Client, idp: Idp) -> None:
    leave(anyone, idp)

    assert idp.asked is not None
    assert LOA3 in idp.asked.acr_values
    assert len(idp.asked.challenge) == 43
    assert len({idp.asked.state, idp.asked.nonce}) == 2


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "\\\\evil"])
def test_a_login_never_leads_out_of_the_house(anyone: Client, idp: Idp, elsewhere: str) -> None:
    leave(anyone, idp, elsewhere)

    response = anyone.get(f"/logga-in/klar/?code=a-code&state={idp.asked.state if idp.asked else ''}")

    assert response.headers["Location"] == "/"


# --- nobody comes in on these -------------------------------------------------------------------------------


def without(name: str) -> Callable[[Claims], None]:
    """Return what leaves a claim out."""

    def change(claims: Claims) -> None:
        del claims[name]

    change.__name__ = f"without {name}"
    return change


def saying(**changes: Any) -> Callable[[Claims], None]:
    """Return what exchanges claims."""

    def change(claims: Claims) -> None:
        claims.update(changes)

    change.__name__ = ", ".join(f"{name}={value}" for name, value in changes.items())
    return change


def an_hour(sign: int, name: str) -> Callable[[Claims], None]:
    """Return what puts a time an hour away."""

    def change(claims: Claims) -> None:
        claims[name] = int(time.time()) + sign * 3600

    change.__name__ = f"{name} an hour {'ahead' if sign > 0 else 'ago'}"
    return change


def numbered(number: Any) -> Callable[[Claims], None]:
    """Return what exchanges the personal number."""
    change = saying(**{PERSONAL_NUMBER: number})
    change.__name__ = f"number {number}"
    return change


LIES: list[Callable[[Claims], None]] = [
    *(without(name) for name in ("iss", "sub", "aud", "exp", "iat", "nonce", "acr", PERSONAL_NUMBER)),
    saying(iss="https://evil.example"),
    saying(iss=f"{ISSUER}/"),
    saying(iss=""),
    saying(aud="another"),
    saying(aud=["another"]),
    saying(aud="another", azp=CLIENT),
    saying(aud=CLIENT, azp="another"),
    saying(aud=""),
    an_hour(-1, "exp"),
    saying(exp="later"),
    saying(exp=0),
    an_hour(+1, "iat"),
    an_hour(+1, "nbf"),
    saying(nonce="another"),
    saying(nonce=""),
    saying(nonce=None),
    saying(acr=""),
    saying(acr="http://id.elegnamnden.se/loa/1.0/loa2"),
    saying(acr="loa3"),
    saying(acr=["http://id.elegnamnden.se/loa/1.0/loa2"]),
    saying(acr=f"{LOA3} "),
    saying(sub=""),
    saying(sub=17),
    saying(at_hash="bm90IHRoYXQ"),
    numbered(""),
    numbered("19881005-2385"),
    numbered("198813052384"),
    numbered(198810052384),
    numbered([CECILIA]),
    numbered("' OR 1=1 --"),
    numbered("198002152380"),  # somebody nobody here knows
]


@pytest.mark.parametrize("lie", LIES, ids=lambda lie: lie.__name__)
def test_a_token_that_says_something_else_lets_nobody_in(
    anyone: Client, idp: Idp, lie: Callable[[Claims], None]
) -> None:
    idp.change = lie
    leave(anyone, idp)

    refused = come_back(anyone, idp)

    assert_nobody_came_in(anyone, refused)


PUBLIC_KEY = OTHER_KEY.as_pem(private=False).decode()

FORGED: dict[str, Callable[[Claims], str]] = {
    "no signature": unsigned,
    "signature cut off": lambda claims: signed(claims).rpartition(".")[0] + ".",
    "another key by the same name": lambda claims: signed(claims, key=OTHER_KEY),
    "a key nobody knows": lambda claims: signed(claims, key=UNKNOWN_KEY),
    "our secret as the key": lambda claims: signed_with_a_secret(claims, SECRET),
    "the public key as a secret": lambda claims: signed_with_a_secret(claims, PUBLIC_KEY),
    "another algorithm": lambda claims: signed(claims, algorithm="PS256"),
    "other claims under it": lambda claims: with_other_claims(claims, **{PERSONAL_NUMBER: DAVID}),
    "a key that comes along": lambda claims: signed(claims, key=OTHER_KEY, jwk=OTHER_KEY.as_dict(private=False)),
    "no token at all": lambda claims: "",
    "not a token": lambda claims: "a.b.c",
    "a digest of nothing": lambda claims: signed(claims) + "x",
}


@pytest.mark.parametrize("forged", FORGED)
@pytest.mark.filterwarnings("ignore::joserfc.errors.SecurityWarning")
def test_a_token_that_the_provider_did_not_sign_lets_nobody_in(anyone: Client, idp: Idp, forged: str) -> None:
    idp.sign = FORGED[forged]
    leave(anyone, idp)

    refused = come_back(anyone, idp)

    assert_nobody_came_in(anyone, refused)


@pytest.mark.parametrize(
    "changes",
    [{"state": "another"}, {"state": ""}, {"code": "another"}, {"code": ""}, {"error": "access_denied"}],
    ids=str,
)
def test_an_answer_that_was_not_asked_for_lets_nobody_in(anyone: Client, idp: Idp, changes: dict[str, str]) -> None:
    leave(anyone, idp)

    assert_nobody_came_in(anyone, come_back(anyone, idp, **changes))


def test_somebody_elses_answer_lets_nobody_in(anyone: Client, idp: Idp) -> None:
    leave(anyone, idp)
    other = Client()

    assert_nobody_came_in(other, come_back(other, idp))


def test_the_same_answer_again_lets_nobody_in(anyone: Client, idp: Idp) -> None:
    leave(anyone, idp)
    come_back(anyone, idp)
    anyone.post("/logga-ut/")

    assert_nobody_came_in(anyone, come_back(anyone, idp), accounts=1)


@pytest.mark.parametrize(
    "answer",
    [
        lambda answer: answer.pop("id_token"),
        lambda answer: answer.update(id_token=None),
        lambda answer: answer.update(id_token=17),
        lambda answer: answer.clear(),
        lambda answer: answer.update(error="server_error"),
    ],
    ids=["no token", "empty token", "a number", "nothing", "an error"],
)
def test_an_answer_without_a_token_lets_nobody_in(
    anyone: Client, idp: Idp, answer: Callable[[dict[str, Any]], None]
) -> None:
    idp.answer = answer
    leave(anyone, idp)

    assert_nobody_came_in(anyone, come_back(anyone, idp))


@pytest.mark.parametrize("metadata", [{"issuer": "https://evil.example"}, {"jwks_uri": None}], ids=str)
def test_a_provider_that_says_it_is_another_lets_nobody_in(anyone: Client, idp: Idp, metadata: dict[str, Any]) -> None:
    leave(anyone, idp)
    idp.metadata = metadata
    idp.change = saying(iss=metadata.get("issuer", ISSUER))

    assert_nobody_came_in(anyone, come_back(anyone, idp))


def test_another_persons_account_is_not_taken_over_with_a_number(anyone: Client, idp: Idp) -> None:
    david = Person.objects.get(personal_number=DAVID)
    Account.objects.create(person=david, issuer=ISSUER, subject="a-subject")
    leave(anyone, idp)

    assert_nobody_came_in(anyone, come_back(anyone, idp), accounts=1)


def test_an_account_that_was_closed_lets_nobody_in(anyone: Client, idp: Idp) -> None:
    cecilia = Person.objects.get(personal_number=CECILIA)
    Account.objects.create(person=cecilia, issuer=ISSUER, subject="a-subject", is_active=False)
    leave(anyone, idp)

    assert_nobody_came_in(anyone, come_back(anyone, idp), accounts=1)


def test_somebody_without_a_role_today_is_told_whom_to_ask(anyone: Client, idp: Idp) -> None:
    RoleHeld.objects.filter(person__personal_number=CECILIA).update(held_to=demo.NOW.date())
    leave(anyone, idp)

    refused = come_back(anyone, idp)

    assert "Kontakta den som sköter behörigheter" in refused.text
    assert not is_in(anyone)


def test_a_provider_that_does_not_answer_is_said_to_be_silent(anyone: Client, idp: Idp) -> None:
    leave(anyone, idp)
    idp.is_down = True

    assert "svarar inte" in come_back(anyone, idp).text
    shown = page(anyone, "/logga-in/")
    assert (shown.status, "svarar inte" in shown.text) == (503, True)
    assert not is_in(anyone)


def assert_nobody_came_in(client: Client, refused: Page, *, accounts: int = 0) -> None:
    """Check that the answer led to the login page with a sentence, and that nothing was kept of it."""
    assert refused.path == "/logga-in/"
    assert refused.tree.xpath("//*[@role='alert']")
    assert not is_in(client)
    assert Account.objects.filter(issuer=ISSUER).count() == accounts


# --- the demo's own provider --------------------------------------------------------------------------------


@pytest.fixture
def demo_provider(settings: Settings) -> Iterator[None]:
    """Run the provider that the demo brings along."""
    with provider([Member(one, one) for one in demo.NUMBERS.values()], mode=Mode.TEST) as there:
        settings.OIDC_ISSUER, settings.OIDC_CLIENT, settings.OIDC_SECRET = there.issuer, there.client, there.secret
        settings.FORM_ORIGINS = [there.issuer]
        yield


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_in_the_demo_one_click_on_a_name_logs_in(demo_provider: None, open_as: Open) -> None:
    window = open_as(None, "/tangenter/")
    window.goto("/sok/")
    axe(window)

    window.get_by_role("button", name="Cecilia Cederberg").click()

    expect(window).to_have_url(re.compile("/sok/$"))
    expect(window.get_by_text("Cecilia Cederberg")).to_be_visible()


def test_the_demo_tells_what_to_try_as_whom_and_what_lies_where(anyone: Client, idp: Idp) -> None:
    shown = page(anyone, "/logga-in/")
    cards = {card.findtext("strong"): card.text_content() for card in shown.tree.xpath("//main//button")}

    assert "I övningen är det tisdag 10 november 2026." in shown.text
    assert "Ekköpings kommun: 9 anspråk att arbeta med, 1 faktura, 7 beställningar av hemtjänst" in shown.text
    assert "Motala kommun: " in shown.text
    assert "Granska en månad" in cards["Cecilia Cederberg"]
    assert "Utförarens administratör, Ekot AB" in cards["Ellen Ask"]
    assert list(cards).index("Cecilia Cederberg") < list(cards).index("Doris Dahl")


def test_everybody_of_the_cast_has_something_to_try(db: None) -> None:
    held = set(RoleHeld.objects.values_list("role", flat=True).distinct())

    assert held <= set(TRY)


def test_the_demos_provider_never_starts_in_production() -> None:
    with pytest.raises(NeverInProduction), provider([], mode=Mode.PRODUCTION):
        pass


def test_in_production_nobody_is_listed(anyone: Client, idp: Idp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "MODE", Mode.PRODUCTION)

    shown = page(anyone, "/logga-in/")

    assert "Cederberg" not in shown.text
    assert shown.tree.xpath("//main//a/@href")[0].startswith(f"{ISSUER}/authorize?")
