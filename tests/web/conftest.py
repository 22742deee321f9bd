"""Web tests happen in the demonstration: its people log in, its open month lies on the desk, the clock stands still.

What a test with a client changes is taken back. A test with a browser works in a copy that is thrown away.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import connections
from django.http import HttpRequest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from pytest_django import DjangoDbBlocker

from tests.web import demo
from tests.web.browser import arguments, chromium, serving
from timvis.apps.audit.models import Person, RoleHeld
from timvis.web.shared import session

WITHOUT_BROWSER = "TIMVIS_WITHOUT_BROWSER=1: the tests with a browser were not run"


@pytest.fixture(scope="session")
def demonstration(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[demo.Place]:
    """Give the demonstration, in a database of its own so that no other test ever sees it."""
    with django_db_blocker.unblock(), demo.the_demonstration(tmp_path_factory.mktemp("demonstration")) as place:
        yield place


@pytest.fixture(scope="module", autouse=True)
def in_the_demonstration(demonstration: demo.Place, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let the tests of a module happen in the demonstration."""
    with django_db_blocker.unblock(), demo.standing_in(demonstration):
        django_db_blocker.block()
        yield
        django_db_blocker.restore()


@pytest.fixture(autouse=True)
def home(demonstration: demo.Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test a home folder that it may change; what it writes is no other test's."""
    folder = tmp_path / "home"
    shutil.copytree(demonstration.home, folder, ignore=shutil.ignore_patterns("*.sqlite3*"))
    monkeypatch.setattr(settings, "HOME", folder)
    return folder


# --- clients, without a browser -------------------------------------------------------------------------------

LogIn = Callable[..., Client]

HOUSE = Client().handler
"""The middleware that every client of these tests goes through: laid once, for it looks up every file of ours."""


def a_client(key: str | None = None, *, town: str = "") -> Client:
    """Return a client that a member of the cast has logged in with; without one, nobody has."""
    client = Client()
    client.handler = HOUSE
    if key:
        client.cookies[settings.SESSION_COOKIE_NAME] = _new_session(key, town)
    return client


@pytest.fixture
def log_in(db: None) -> LogIn:
    """Return what logs a member of the cast in: `log_in("cecilia")`."""
    return a_client


@pytest.fixture
def anyone(db: None) -> Client:
    """Return somebody who has not logged in."""
    return a_client()


@pytest.fixture
def as_cecilia(log_in: LogIn) -> Client:
    """The case officer."""
    return log_in("cecilia")


@pytest.fixture
def as_gunnel(log_in: LogIn) -> Client:
    """The administrative assistant."""
    return log_in("gunnel")


@pytest.fixture
def as_helena(log_in: LogIn) -> Client:
    """The finance assistant."""
    return log_in("helena")


@pytest.fixture
def as_erik(log_in: LogIn) -> Client:
    """The section head."""
    return log_in("erik")


@pytest.fixture
def as_david(log_in: LogIn) -> Client:
    """The head of social services."""
    return log_in("david")


@pytest.fixture
def as_ellen(log_in: LogIn) -> Client:
    """The one who reports for Ekot AB."""
    return log_in("ellen")


@pytest.fixture
def as_fatima(log_in: LogIn) -> Client:
    """A case officer in another town, who must never see anything of this one's."""
    return log_in("fatima")


def _new_session(key: str, town: str = "") -> str:
    """Return the id of a session that somebody has just begun."""
    request = HttpRequest()
    request.session = SessionStore()
    person = Person.objects.get(personal_number=demo.NUMBERS[key])
    assert session.begin(request, person, now=demo.NOW)
    if town:
        assert RoleHeld.objects.filter(person=person, municipality=town).exists()
        request.session[session.MUNICIPALITY] = town
    request.session.save()
    return str(request.session.session_key)


# --- browsers -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Give the browser of the run."""
    if os.environ.get("TIMVIS_WITHOUT_BROWSER") == "1":
        pytest.skip(WITHOUT_BROWSER)
    program = chromium()
    assert program, "no Chromium: install it, set CHROMIUM to its path, or set TIMVIS_WITHOUT_BROWSER=1"
    ours = connections["default"]
    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as patch:
        # The browser's loop runs in this thread from now on. Django would take us for asynchronous code, refuse,
        # and open a second connection beside ours.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        connections["default"] = ours
        with playwright.chromium.launch(executable_path=program, args=arguments()) as opened:
            yield opened


@pytest.fixture(scope="session")
def served(demonstration: demo.Place) -> Iterator[str]:
    """Give the address of the application, serving whatever database a test stands in."""
    with serving() as address:
        yield address


# Two cores share the browsers, the pages and the database; a slow answer is not a wrong one.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)


@pytest.fixture
def desk(
    browser: Browser, served: str, demonstration: demo.Place, home: Path, django_db_blocker: DjangoDbBlocker
) -> Iterator[str]:
    """Give the address of the application over a copy of the demonstration: what happens in it really happens."""
    with django_db_blocker.unblock(), demo.a_copy(demonstration, home) as copy, demo.standing_in(copy):
        yield served


Open = Callable[..., Page]


@pytest.fixture
def open_as(desk: str, browser: Browser) -> Iterator[Open]:
    """Return what opens a browser window: `open_as("cecilia", "/", width=320, color_scheme="dark")`.

    Without a member of the cast nobody is logged in. What else is given is Playwright's, for the context.
    """
    contexts: list[BrowserContext] = []

    def opened(key: str | None, path: str = "/", *, width: int = 1280, town: str = "", **context: Any) -> Page:
        window = _new_window(browser, desk, width, **context)
        contexts.append(window)
        if key:
            _let_in(window, desk, key, town)
        shown = window.new_page()
        shown.goto(path)
        return shown

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def window(browser: Browser, served: str) -> Iterator[Page]:
    """Give a window that the pages of a module are looked at in, one by one: a new one costs more than a page."""
    with _new_window(browser, served) as context:
        yield context.new_page()


Show = Callable[..., Page]


@pytest.fixture
def show(desk: str, window: Page) -> Show:
    """Return what shows a page in the window of the module: `show("cecilia", "/", width=320, color_scheme="dark")`.

    Nothing is left of the page before it. What else is given is how the page is looked at, as Playwright emulates it.
    """

    def shown(key: str | None, path: str, *, width: int = 1280, town: str = "", **look: Any) -> Page:
        window.context.clear_cookies()
        if key:
            _let_in(window.context, desk, key, town)
        window.set_viewport_size({"width": width, "height": 900})
        window.emulate_media(**({"color_scheme": "light", "forced_colors": "none"} | look))
        window.goto(path)
        return window

    return shown


def _new_window(browser: Browser, address: str, width: int = 1280, **context: Any) -> BrowserContext:
    opened = browser.new_context(base_url=address, viewport={"width": width, "height": 900}, locale="sv-SE", **context)
    opened.set_default_timeout(PATIENCE)
    return opened


def _let_in(window: BrowserContext, address: str, key: str, town: str) -> None:
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": _new_session(key, town), "url": address}
    window.add_cookies([cookie])
