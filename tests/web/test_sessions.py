"""A login lasts while somebody works, and what she typed outlives it."""

from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.http import HttpRequest
from django.test import Client
from pytest_django import Settings

from tests.web import demo
from tests.web.a_form import PATH, notes
from tests.web.conftest import LogIn
from tests.web.pages import Page, fields_of, page, post_form
from timvis.apps.audit.models import Person, RoleHeld
from timvis.web.shared import session


@pytest.fixture(autouse=True)
def house_with_a_form(settings: Settings) -> None:
    """Add a page with a form."""
    settings.ROOT_URLCONF = "tests.web.a_form"


def at(settings: Settings, **later: float) -> None:
    """Let the clock stand so much later than when everybody logged in."""
    settings.FIXED_NOW = demo.NOW + timedelta(**later)


def log_in_again(client: Client, settings: Settings, key: str = "cecilia") -> None:
    """Log in anew in the same browser."""
    request = HttpRequest()
    request.session = client.session
    person = Person.objects.get(personal_number=demo.NUMBERS[key])
    assert session.begin(request, person, now=settings.FIXED_NOW)
    request.session.save()
    client.cookies[django_settings.SESSION_COOKIE_NAME] = str(request.session.session_key)


def asks_for_login(client: Client, path: str = PATH) -> bool:
    """Return whether a page sends its reader to the login."""
    return client.get(path).headers.get("Location", "").startswith("/logga-in/")


# --- how long it lasts ---------------------------------------------------------------------------------------


def test_a_session_lasts_half_an_hour_after_the_last_page(as_cecilia: Client, settings: Settings) -> None:
    at(settings, minutes=30)
    assert not asks_for_login(as_cecilia)

    at(settings, minutes=60)
    assert not asks_for_login(as_cecilia)

    at(settings, minutes=90, seconds=1)
    assert asks_for_login(as_cecilia)


def test_a_session_lasts_twelve_hours_however_busy_it_is(as_cecilia: Client, settings: Settings) -> None:
    for half_hours in range(1, 25):
        at(settings, minutes=30 * half_hours)
        assert not asks_for_login(as_cecilia)

    at(settings, hours=12, seconds=1)
    assert asks_for_login(as_cecilia)


def test_an_ended_session_does_not_come_back_when_somebody_waits(as_cecilia: Client, settings: Settings) -> None:
    at(settings, minutes=31)
    asks_for_login(as_cecilia)

    at(settings, minutes=32)

    assert asks_for_login(as_cecilia)


def test_a_login_gets_a_new_id_and_the_old_one_opens_nothing(as_cecilia: Client, settings: Settings) -> None:
    before = as_cecilia.session.session_key
    log_in_again(as_cecilia, settings)

    assert as_cecilia.session.session_key != before
    with_the_old = Client()
    with_the_old.cookies[django_settings.SESSION_COOKIE_NAME] = before or ""
    assert asks_for_login(with_the_old)


def test_logging_out_ends_the_session_on_the_server(as_cecilia: Client) -> None:
    kept = as_cecilia.cookies[django_settings.SESSION_COOKIE_NAME].value

    left = as_cecilia.post("/logga-ut/")

    assert left.headers["Clear-Site-Data"] == '"cache", "storage"'
    thief = Client()
    thief.cookies[django_settings.SESSION_COOKIE_NAME] = kept
    assert asks_for_login(thief)


def test_an_invented_session_id_opens_nothing(anyone: Client) -> None:
    anyone.cookies[django_settings.SESSION_COOKIE_NAME] = "a" * 32

    assert asks_for_login(anyone)


def test_who_loses_her_role_is_out_on_the_next_page(as_cecilia: Client) -> None:
    assert not asks_for_login(as_cecilia)

    RoleHeld.objects.filter(person__personal_number=demo.NUMBERS["cecilia"]).update(held_to=demo.NOW.date())

    assert asks_for_login(as_cecilia)


def test_who_is_no_longer_active_is_out_on_the_next_page(as_cecilia: Client) -> None:
    Person.objects.filter(personal_number=demo.NUMBERS["cecilia"]).update(is_active=False)

    assert asks_for_login(as_cecilia)


def test_a_session_says_nothing_to_the_browser_but_its_id(as_cecilia: Client) -> None:
    cookie = as_cecilia.get(PATH).cookies[django_settings.SESSION_COOKIE_NAME]

    assert len(cookie.value) == 32
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


# --- nothing typed is lost -----------------------------------------------------------------------------------

TYPED = "Å, ä & ö: <b>90 minuter</b>\nåterstår"


def test_what_was_typed_before_a_new_login_is_offered_again_and_sent_with_one_button(
    as_cecilia: Client, settings: Settings
) -> None:
    form = page(as_cecilia, PATH)
    at(settings, minutes=31)
    sent = as_cecilia.post(PATH, {**fields_of(form.form()), "text": TYPED})
    assert notes() == []
    log_in_again(as_cecilia, settings)

    offered = page(as_cecilia, after_login(sent.headers["Location"]))
    done = post_form(as_cecilia, offered, PATH)

    assert "Inget hade sparats" in offered.text
    assert offered.form(PATH).xpath("string(.//input[@name='version']/@value)") == "3"
    assert (done.path, notes()) == (PATH, [TYPED])


@pytest.mark.parametrize("path", ["/bradskande/", "/signera/"], ids=["the door asks for it", "the act asks for it"])
def test_what_was_typed_outlives_a_login_that_was_not_fresh_enough(
    as_cecilia: Client, settings: Settings, path: str
) -> None:
    at(settings, minutes=4)
    form = page(as_cecilia, path)
    at(settings, minutes=6)
    sent = as_cecilia.post(path, {**fields_of(form.form()), "text": TYPED})
    assert "igen=1" in sent.headers["Location"]
    log_in_again(as_cecilia, settings)

    post_form(as_cecilia, page(as_cecilia, after_login(sent.headers["Location"])), path)

    assert notes() == [TYPED]


def test_the_form_offered_again_is_carried_out_once(as_cecilia: Client, settings: Settings) -> None:
    form = page(as_cecilia, PATH)
    at(settings, minutes=31)
    sent = as_cecilia.post(PATH, {**fields_of(form.form()), "text": TYPED})
    log_in_again(as_cecilia, settings)
    offered = page(as_cecilia, after_login(sent.headers["Location"]))

    for _ in range(3):
        post_form(as_cecilia, offered, PATH)

    assert notes() == [TYPED]


def test_what_one_typed_is_never_shown_to_the_next_at_the_same_computer(as_cecilia: Client, settings: Settings) -> None:
    form = page(as_cecilia, PATH)
    at(settings, minutes=31)
    sent = as_cecilia.post(PATH, {**fields_of(form.form()), "text": TYPED})
    log_in_again(as_cecilia, settings, "david")

    offered = page(as_cecilia, after_login(sent.headers["Location"]))

    assert "90 minuter" not in offered.response.content.decode()
    assert notes() == []


def test_a_key_to_something_typed_opens_nothing_but_her_own(as_cecilia: Client, as_david: Client) -> None:
    assert as_cecilia.get("/fortsatt/none/").status_code == 302
    assert as_david.get("/fortsatt/åäö/").status_code == 302


# --- in which municipality -----------------------------------------------------------------------------------


def test_who_works_in_two_municipalities_moves_between_them(as_cecilia: Client) -> None:
    begun = page(as_cecilia, PATH)

    moved = as_cecilia.post("/byt-kommun/", {"town": "vasteras"})

    assert "Ekköpings kommun" in header(begun)
    assert moved.status_code == 302
    assert "Västerås stad" in header(page(as_cecilia, PATH))


@pytest.mark.parametrize("town", ["annorstad", "nowhere", "", "ekkoping' --"])
def test_nobody_moves_to_where_she_has_no_role(as_cecilia: Client, town: str) -> None:
    refused = as_cecilia.post("/byt-kommun/", {"town": town})

    assert refused.status_code == 404
    assert "Ekköpings kommun" in header(page(as_cecilia, PATH))


def test_a_new_login_comes_back_to_the_municipality_one_worked_in(as_cecilia: Client, settings: Settings) -> None:
    as_cecilia.post("/byt-kommun/", {"town": "vasteras"})
    at(settings, minutes=31)
    asks_for_login(as_cecilia)
    log_in_again(as_cecilia, settings)

    assert "Västerås stad" in header(page(as_cecilia, PATH))


def test_who_works_in_one_is_not_asked(log_in: LogIn) -> None:
    assert not page(log_in("fatima"), PATH).tree.xpath("//form[contains(@action, 'byt-kommun')]")


def after_login(location: str) -> str:
    """Return where the login leads that somebody was sent to."""
    request = Client().get(location).wsgi_request
    wanted: str = request.GET["next"]
    return wanted


def header(shown: Page) -> str:
    """Return what the head of a page says."""
    return " ".join(shown.tree.xpath("string(//a[@class='brand'])").split())
