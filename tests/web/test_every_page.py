"""Every page with its example, in a browser: nobody is shut out and nothing sticks out, on a phone and on a desk."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.web import demo
from tests.web.browser import WIDTHS, axe, no_sideways_scroll
from tests.web.conftest import Show, a_client
from tests.web.test_routes import GET, ONES_OWN, SECRET, actor, address, town_of
from timvis.core.access import POLICY, Relation
from timvis.web.routes import ROUTES
from timvis.web.shared.asking import Route

IN_THE_DARK = (
    *("todo", "attest_inbox", "attest_batch", "claims", "claim", "person", "provider", "rule"),
    *("routines", "routine", "routine_draft"),
)
"""Names of routes that are looked at in dark and in forced colours too."""


OPENS_NOTHING = {"callback", *SECRET}

PAGES = [one for one in GET if one.id not in OPENS_NOTHING]
TOWN_WIDE = [
    pytest.param(route, id=route.name)
    for route in ROUTES
    if "GET" in route.methods and not (route.example or route.public or route.for_machines)
]
"""What shows no one thing of the demonstration, but whatever a town has."""


def town(route: Route) -> str:
    """Return where somebody works who opens a page; nobody, of a public one, works anywhere."""
    return "" if route.public else town_of(route)


def whose(route: Route) -> str | None:
    """Return a member of the cast who may open a page as an official, or as anybody."""
    if route.public or route.name in ONES_OWN:
        return ONES_OWN.get(route.name)
    for key in demo.NUMBERS:
        roles = actor(key).roles
        if route.action is None or any(
            row.action is route.action and row.role in roles and row.relation is Relation.OWN_MUNICIPALITY
            for row in POLICY
        ):
            return key
    return "ellen"


def is_a_page(head: Any) -> bool:
    """Return whether the head of an answer is that of a page and not of a file."""
    return str(head.headers.get("Content-Type", "")).startswith("text/html")


@pytest.mark.parametrize("route", PAGES)
def test_a_page_shuts_nobody_out_and_fits_with_its_folds_closed_and_open(show: Show, route: Route) -> None:
    head = a_client(whose(route), town=town(route)).head(address(route), follow=True)
    assert head.status_code in (200, 503)
    if not is_a_page(head):
        return
    window = show(whose(route), address(route), town=town(route))

    for width in (WIDTHS["wide"], WIDTHS["narrow"]):
        window.set_viewport_size({"width": width, "height": 900})
        no_sideways_scroll(window)
        axe(window)

    if window.locator("main details:not([open])").count():
        window.evaluate("document.querySelectorAll('main details').forEach((fold) => fold.open = true)")
        no_sideways_scroll(window)
        axe(window)


@pytest.mark.parametrize("look", [{"color_scheme": "dark"}, {"forced_colors": "active"}], ids=["dark", "forced"])
@pytest.mark.parametrize("route", [one for one in GET if one.id in IN_THE_DARK])
def test_a_page_can_be_read_in_the_dark_and_in_ones_own_colours(show: Show, route: Route, look: dict[str, Any]) -> None:
    axe(show(whose(route), address(route), **look))


@pytest.mark.parametrize("route", TOWN_WIDE)
def test_a_town_without_anything_has_kind_pages(show: Show, route: Route) -> None:
    head = a_client("fatima").head(address(route), follow=True)
    if head.status_code == 403 or not is_a_page(head):
        return
    window = show("fatima", address(route), width=WIDTHS["narrow"])

    assert head.status_code == 200
    assert window.locator("main h1").count() == 1
    no_sideways_scroll(window)
    axe(window)


FORMS = [
    pytest.param(route, id=route.name) for route in ROUTES if {"GET", "POST"} <= set(route.methods) and not route.public
]


@pytest.mark.parametrize("route", FORMS)
def test_an_empty_form_comes_back_with_what_is_wrong_for_everybody_to_see(show: Show, route: Route) -> None:
    window = show(whose(route), address(route), width=WIDTHS["narrow"], town=town(route))
    for field in window.locator(
        "main input:not([type=hidden]):not([type=checkbox]):not([type=radio]):not([type=file])"
    ).all():
        field.fill("")

    window.locator("main button.first").first.click()
    window.wait_for_load_state()

    expect(window.locator("main h1")).to_have_count(1)
    no_sideways_scroll(window)
    axe(window)
