"""The frame of every page: what it lets in, who sees which way, and that everybody can use it."""

import re

import pytest
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import expect
from pytest_django import Settings

from tests.web import demo
from tests.web.a_form import notes
from tests.web.browser import WIDTHS, axe, no_sideways_scroll
from tests.web.conftest import LogIn, Open
from tests.web.crawl import from_outside, inline, walk
from tests.web.pages import page

EVERYBODY = sorted(demo.NUMBERS)

LIBRARY = {"law_value", "rule", "letter", "letter_pdf", "routine_shipped"}
LIBRARIAN = "ida"
"""Who reads every page that is the same for everybody; the others look into a few."""


# --- what every answer carries -------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/tangenter/", "/sok/", "/finns-inte/", "/logga-in/", "/sprak/"])
def test_every_answer_forbids_everything_from_elsewhere(as_cecilia: Client, path: str) -> None:
    headers = as_cecilia.get(path).headers

    policy = {part.split()[0]: part.split()[1:] for part in headers["Content-Security-Policy"].split("; ")}
    assert policy["default-src"] == ["'self'"]
    assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == ["'none'"]
    assert policy["form-action"] == ["'self'"]
    assert "unsafe-inline" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize("key", EVERYBODY)
def test_everything_somebody_can_reach_is_there_and_made_of_our_own(log_in: LogIn, key: str) -> None:
    broken: list[str] = []
    for came_from, shown in walk(log_in(key), in_full=LIBRARY if key == LIBRARIAN else ()):
        if shown.status != 200:
            broken.append(f"{came_from} → {shown.path}: {shown.status}")
        broken += [f"{shown.path}: from outside: {address}" for address in from_outside(shown.tree)]
        broken += [f"{shown.path}: inline: {element}" for element in inline(shown.tree)]

    assert not broken, "\n".join(broken)


def test_a_browser_fetches_nothing_from_elsewhere_and_complains_of_nothing(open_as: Open, desk: str) -> None:
    window = open_as("cecilia", "/tangenter/")
    fetched: list[str] = []
    said: list[str] = []
    window.on("request", lambda request: fetched.append(request.url))
    window.on("console", lambda message: said.append(message.text))

    window.goto("/sok/")
    window.wait_for_load_state("networkidle")

    assert {url for url in fetched if not url.startswith(desk)} == set()
    assert said == []


def test_a_file_of_ours_is_told_apart_from_a_page(anyone: Client) -> None:
    assert page(anyone, "/tangenter/").tree.xpath("//link[@rel='stylesheet']/@href") == ["/static/timvis/timvis.css"]


# --- finding one's way ---------------------------------------------------------------------------------------


def test_the_first_tab_leads_past_the_menu(open_as: Open) -> None:
    window = open_as("cecilia", "/sok/")

    window.keyboard.press("Tab")
    window.keyboard.press("Enter")

    expect(window.locator("#content")).to_be_focused()


@pytest.mark.parametrize(
    ("key", "sees", "not_"),
    [
        ("cecilia", {"Att göra", "Anspråk", "Lämna in", "Personer", "Utförare"}, {"Bokföring"}),
        ("gunnel", {"Att göra", "Personer", "Betalningar", "Bokföring"}, set()),
        ("helena", {"Att göra", "Betalningar", "Bokföring"}, {"Personer", "Lämna in"}),
        ("david", {"Att göra", "Personer", "Bokföring"}, {"Lämna in"}),
        ("erik", {"Att göra", "Personer"}, {"Lämna in", "Bokföring"}),
        ("ellen", {"Lämna in", "Betalningar"}, {"Personer", "Bokföring"}),
        ("bodil", {"Hemtjänst", "Bokföring"}, {"Vikarier"}),
        ("doris", {"Hemtjänst", "Ansökningar"}, {"Fakturor"}),
        ("sune", set(), {"Att göra", "Anspråk", "Personer", "Betalningar", "Bokföring"}),
    ],
)
def test_the_menu_shows_what_the_role_may_open(log_in: LogIn, key: str, sees: set[str], not_: set[str]) -> None:
    menu = set(page(log_in(key), "/tangenter/?").tree.xpath("//header//nav//a/text()"))
    menu_when_in = set(page(log_in(key), "/sok/").tree.xpath("//header//nav//a/text()"))

    assert sees <= menu_when_in
    assert not (not_ & menu_when_in)
    assert menu in (set(), menu_when_in)


@pytest.mark.parametrize(
    ("key", "leads_to"),
    [
        ("cecilia", "/hemtjanst/"),
        ("david", "/hemtjanst/besok/"),
        ("bodil", "/hemtjanst/jamforelse/"),
        ("doris", "/hemtjanst/utforare/"),
    ],
)
def test_whoever_may_see_a_part_of_home_care_is_led_to_it(log_in: LogIn, key: str, leads_to: str) -> None:
    client = log_in(key)
    (way,) = page(client, "/sok/").tree.xpath("//header//nav//a[text()='Hemtjänst']/@href")

    assert way == leads_to
    (here,) = page(client, way).tree.xpath("//header//nav//a[text()='Hemtjänst']/@aria-current")
    assert here


def test_the_page_says_who_one_is_and_where(as_cecilia: Client) -> None:
    head = page(as_cecilia, "/sok/").tree.xpath("string(//header)")

    for text in ("Cecilia Cederberg", "Handläggare", "Ekköpings kommun"):
        assert text in head


# --- languages -----------------------------------------------------------------------------------------------


def test_a_browser_in_another_language_is_still_met_in_swedish(anyone: Client) -> None:
    shown = page(anyone, "/tangenter/", headers={"accept-language": "en-GB,en;q=0.9"})

    assert shown.tree.get("lang") == "sv"
    assert shown.title == "Tangenter"


def test_english_is_one_button_away_and_remembered(as_cecilia: Client) -> None:
    chosen = as_cecilia.post("/sprak/", {"language": "en", "next": "/tangenter/"})
    shown = page(as_cecilia, "/tangenter/")

    assert chosen.headers["Location"] == "/tangenter/"
    assert (shown.tree.get("lang"), shown.title) == ("en", "Keys")
    assert shown.response.headers["Content-Language"] == "en"


@pytest.mark.parametrize("language", ["fi", "en/../..", "' --", ""])
def test_a_language_nobody_speaks_is_swedish(anyone: Client, language: str) -> None:
    anyone.cookies[django_settings.LANGUAGE_COOKIE_NAME] = language

    assert page(anyone, "/tangenter/").tree.get("lang") == "sv"


def test_choosing_a_language_leads_nowhere_else(anyone: Client) -> None:
    chosen = anyone.post("/sprak/", {"language": "en", "next": "https://evil.example/"})

    assert chosen.headers["Location"] == "/"


# --- when something is wrong ---------------------------------------------------------------------------------


def test_a_mistake_of_ours_is_admitted_and_tells_nothing(as_cecilia: Client, settings: Settings) -> None:
    settings.ROOT_URLCONF = "tests.web.a_form"
    as_cecilia.raise_request_exception = False

    shown = page(as_cecilia, "/trasig/")

    assert (shown.status, shown.title) == (500, "Det blev fel hos oss")
    assert "198810052384" not in shown.response.content.decode()
    assert from_outside(shown.tree) == inline(shown.tree) == []


def test_a_mistake_of_ours_leaves_nothing_half_done(as_cecilia: Client, settings: Settings) -> None:
    settings.ROOT_URLCONF = "tests.web.a_form"
    as_cecilia.raise_request_exception = False
    page(as_cecilia, "/trasig/")

    assert notes() == []


def test_a_form_sent_from_elsewhere_is_refused_kindly(anyone: Client) -> None:
    strict = Client(enforce_csrf_checks=True)

    refused = strict.post("/sprak/", {"language": "en"})

    assert refused.status_code == 403
    assert "läs om den och försök igen" in refused.content.decode()


def test_an_address_that_leads_nowhere_says_where_to_go(as_cecilia: Client) -> None:
    shown = page(as_cecilia, "/finns-inte/")

    assert (shown.status, shown.title) == (404, "Sidan finns inte")


@pytest.mark.parametrize("path", ["/sok/%00", "/ansprak/%ff/", "/fortsatt/%E2%80%AE/", "/" + "a" * 3000])
def test_an_address_nobody_can_read_is_no_mistake_of_ours(as_cecilia: Client, path: str) -> None:
    assert as_cecilia.get(path).status_code in (302, 400, 404)


def test_a_host_that_is_not_ours_is_refused(anyone: Client) -> None:
    assert anyone.get("/tangenter/", headers={"host": "evil.example"}).status_code == 400


# --- everybody can use it ------------------------------------------------------------------------------------

PLACES = ("/tangenter/", "/tillganglighet/", "/sok/", "/finns-inte/")
LOOKS: dict[str, dict[str, str]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced colours": {"forced_colors": "active"},
}


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
@pytest.mark.parametrize("look", LOOKS)
def test_the_frame_shuts_nobody_out(open_as: Open, look: str, width: int) -> None:
    window = open_as("cecilia", "/sok/", width=width, **LOOKS[look])
    for place in PLACES:
        window.goto(place)
        axe(window)
        no_sideways_scroll(window)


def test_who_one_is_can_be_opened_with_the_keyboard(open_as: Open) -> None:
    window = open_as("cecilia", "/sok/", width=320)

    window.locator(".who summary").focus()
    window.keyboard.press("Enter")

    expect(window.get_by_role("button", name="Logga ut")).to_be_visible()
    expect(window.get_by_role("button", name="Byt till Västerås stad")).to_be_visible()
    axe(window)
    no_sideways_scroll(window)


def test_text_may_be_twice_as_large(open_as: Open) -> None:
    window = open_as("cecilia", "/sok/", width=640)
    window.evaluate("document.documentElement.style.fontSize = '200%'")

    no_sideways_scroll(window)


def test_the_colours_of_a_meaning_are_never_alone(anyone: Client) -> None:
    style = (django_settings.WEB / "shared/static/timvis/timvis.css").read_text(encoding="utf-8")

    assert "prefers-color-scheme: dark" in style
    assert "forced-colors: active" in style
    assert "@media print" in style
    assert re.search(r"url\(|@import", style) is None
