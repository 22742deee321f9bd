"""Every address of the house, asked for by everybody: the access table is what decides, and looking changes nothing."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.web import demo
from tests.web.conftest import LogIn
from timvis.apps.audit.models import Person
from timvis.apps.parties.queries import actor_of
from timvis.core.access import POLICY, Actor, Relation
from timvis.web.routes import ROUTES
from timvis.web.shared.asking import Route

EVERYBODY = tuple(demo.NUMBERS)
HERE = tuple(key for key in EVERYBODY if key != "fatima")
IN_EVERY_TOWN = tuple(key for key in HERE if key not in {"sixten", "doris", "ivar", "olle"})

GET = [pytest.param(route, id=route.name) for route in ROUTES if "GET" in route.methods and not route.for_machines]
BEHIND_A_DOOR = [pytest.param(route, id=route.name) for route in ROUTES if not route.public]
POST = [pytest.param(route, id=route.name) for route in ROUTES if "POST" in route.methods and not route.public]
OF_OBJECTS = [
    pytest.param(route, id=route.name)
    for route in ROUTES
    if "GET" in route.methods and route.example and not route.for_machines
]

EVERYBODYS = re.compile(r"^(rule|law_|routine|letter|typed|calendar_feed)")
"""Names of routes to what is the same for all: rules, law, routines, letters; and one's own kept form."""

MAY_BE_WRITTEN = {
    "GET": {"audit_logentry", "django_session"},
    # What was refused is told in the log, and the key of the form is remembered or forgotten.
    "POST": {"audit_logentry", "audit_answer", "django_session"},
}


def address(route: Route, **others: str) -> str:
    """Return a route's address with its example from the demonstration."""
    return reverse(route.name, kwargs=dict(route.example) | others)


OF_WHAT_IS_PAID = {"payment", "batch_file", "payment_file", "voucher", "sie_file", "package", "package_file"}
OF_INVOICES = {route.name for route in ROUTES if route.path.startswith("fakturor/")}
"""Names of routes whose examples lie in the town that has paid something already, and in the one with invoices."""


def town_of(route: Route) -> str:
    """Return the town that a route's example lies in."""
    if route.name in OF_INVOICES:
        return demo.INVOICE_TOWN
    return demo.OLDER_TOWN if route.name in OF_WHAT_IS_PAID else demo.TOWN


def people_in(town: str) -> tuple[str, ...]:
    """Return those of the cast who have a role in a town."""
    return HERE if town == demo.TOWN else IN_EVERY_TOWN


@cache
def actor(key: str) -> Actor:
    """Return somebody as she acts in the town of the demonstration, or in her own."""
    town = demo.OTHER_TOWN if key == "fatima" else demo.TOWN
    person = Person.objects.get(personal_number=demo.NUMBERS[key])
    found = actor_of(person.pk, municipality=town, logged_in_at=demo.NOW, on=demo.NOW.date())
    assert found is not None
    return found


@contextmanager
def only_writing(tables: set[str]) -> Iterator[None]:
    """Fail when anything but these tables is written."""
    written: list[str] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found = re.match(r'\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM)\s+"?(\w+)', sql, re.IGNORECASE)
        if found and found[1] not in tables:
            written.append(sql[:120])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield
    assert not written, "\n".join(written)


# --- who comes in --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("route", GET)
def test_the_access_table_decides_who_comes_in_and_to_look_changes_nothing_but_the_log(
    log_in: LogIn, route: Route
) -> None:
    town, wrong = town_of(route), []
    with only_writing(MAY_BE_WRITTEN["GET"]):
        for key in people_in(town):
            status, right = log_in(key, town=town).get(address(route)).status_code, expected(route, actor(key))
            if status not in right:
                wrong.append(f"{key} ({', '.join(actor(key).roles)}): {status}, not {right}")
        # What another town is answered is asked below.
        log_in("fatima").get(address(route))

    assert not wrong, "\n".join(wrong)


def expected(route: Route, somebody: Actor) -> set[int]:
    """Return what somebody may be answered when she asks for a route's example."""
    if route.public or route.action is None:
        # The login page says 503 while nobody answers at the provider, as nobody does here.
        return {200, 302, 503, *({404} if route.name in SECRET else ())} if route.public else {200, 302}
    rows = [row for row in POLICY if row.action is route.action and row.role in somebody.roles]
    if not rows:
        return {302} if route.path == "" else {403}
    if route.name in ONES_OWN:
        return {200} if somebody == actor(ONES_OWN[route.name]) else {404}
    if any(row.relation is Relation.OWN_MUNICIPALITY for row in rows):
        return {200, 302}
    return {200, 302, 404}


@pytest.mark.parametrize("route", BEHIND_A_DOOR)
def test_nobody_comes_in_without_a_login(anyone: Client, route: Route) -> None:
    response = anyone.get(address(route)) if "GET" in route.methods else anyone.post(address(route))

    assert response.status_code == 302
    assert response.headers["Location"].startswith("/logga-in/")


def test_every_route_names_its_row_or_says_why_it_needs_none() -> None:
    without = {route.name for route in ROUTES if route.action is None and not route.public}

    # One's own session, and what is no secret to anybody who has logged in.
    assert {name for name in without if not EVERYBODYS.match(name)} <= {"switch_town"}
    assert {route.name for route in ROUTES if route.public} <= {
        *("login", "callback", "logout", "set_language", "keys", "accessibility"),
        *SECRET,
        # A system has a key of its own; tests/web/test_visits_api.py and test_fee_api.py try them.
        *("visits_api", "fee_api"),
    }


def test_no_two_routes_have_the_same_name_or_address() -> None:
    assert len({route.name for route in ROUTES}) == len({route.path for route in ROUTES}) == len(ROUTES)


def test_every_address_is_one_a_person_can_read() -> None:
    file = r"[a-z0-9-]+\.(ics|xlsx|csv|svg|json|pdf|<str:form>)"
    shape = re.compile(rf"([a-z0-9-]+/|<(str|int|slug|path|uuid):\w+>/|{file})*")

    assert [route.path for route in ROUTES if not shape.fullmatch(route.path)] == []


# --- what is not there and what is not hers look the same ----------------------------------------------------


@pytest.mark.parametrize("route", OF_OBJECTS)
def test_what_is_another_towns_looks_like_what_is_not_there(as_fatima: Client, route: Route) -> None:
    if EVERYBODYS.match(route.name):
        return
    foreign = as_fatima.get(address(route))
    name, value = route.example[0]
    missing = as_fatima.get(address(route, **{name: unknown(value)}))

    assert foreign.status_code == missing.status_code
    assert foreign.headers.get("Location") == missing.headers.get("Location")
    assert foreign.status_code in {404, *({302} if route.name in LEADS_ON else ()), *closed_to("fatima", route)}
    assert said(foreign) == said(missing)


@pytest.mark.parametrize("route", OF_OBJECTS)
def test_an_unknown_id_is_not_found(log_in: LogIn, route: Route) -> None:
    clients = [log_in(key, town=town_of(route)) for key in ("cecilia", "gunnel")]
    for name, value in route.example:
        for odd in (unknown(value), *ODD):
            for client in clients:
                status = client.get(address(route, **{name: odd})).status_code
                assert status in ({302} if route.name in LEADS_ON else {404, 403}), (name, odd)


ONES_OWN = {"attest_batch": "david"}
"""Names of routes to what only the one it was made for sees, with who that is in the example."""

SECRET = {"calendar_feed"}
"""Names of public routes that only open with a secret in the address; their example opens nothing."""

ODD = ("9" * 30, "0", "-1", "1.5", "²", "٣", "å", "\u202e", "' OR 1=1 --", "None", "%")
"""What nobody has as an id, though some of it looks like a number."""

LEADS_ON = {"typed", "next_case"}
"""Names of routes that lead on to the queue when there is nothing of hers."""


def unknown(value: str) -> str:
    """Return something of the same shape that there is none of."""
    return "999999" if value.isdigit() else re.sub(r"\d", "9", value) if re.search(r"\d", value) else f"{value}-x"


def closed_to(key: str, route: Route) -> set[int]:
    """Return what somebody is answered whose role does not open a route for anything at all."""
    return {403} if expected(route, actor(key)) == {403} else set()


def said(response: Any) -> bytes:
    """Return what a page says, without its masked token and its own address."""
    without_token: bytes = re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", response.content)
    return without_token.replace(response.request["PATH_INFO"].encode(), b"")


# --- every way of asking -------------------------------------------------------------------------------------


@pytest.mark.parametrize("route", GET)
def test_the_head_of_a_page_can_be_asked_for_alone(as_gunnel: Client, route: Route) -> None:
    whole, head = as_gunnel.get(address(route)), as_gunnel.head(address(route))

    assert head.status_code == whole.status_code
    assert head.content == b""


@pytest.mark.parametrize("route", [pytest.param(route, id=route.name) for route in ROUTES])
def test_another_method_is_refused(as_gunnel: Client, route: Route) -> None:
    for method in {"GET", "POST", "PUT", "PATCH", "DELETE"} - set(route.methods):
        response = as_gunnel.generic(method, address(route))

        assert response.status_code == 405, method
        assert set(response.headers["Allow"].split(", ")) == set(route.methods)


@pytest.mark.parametrize("route", POST)
def test_an_empty_form_is_no_mistake_of_ours_and_a_foreign_one_changes_nothing(log_in: LogIn, route: Route) -> None:
    for key in ("fatima", "sune"):
        client = log_in(key)
        with only_writing(MAY_BE_WRITTEN["POST"]):
            status = client.post(address(route), {"once": "a-key"}).status_code
        assert status in {200, 302, 400, 403, 404, 409, 422}, (key, status)
    for key in ("cecilia", "ellen"):
        assert log_in(key).post(address(route)).status_code < 500, key


@pytest.mark.parametrize("route", POST)
def test_a_form_that_says_nonsense_is_no_mistake_of_ours(log_in: LogIn, route: Route) -> None:
    nonsense = dict.fromkeys(FIELDS, "\u202e' OR 1=1 -- 99999999999999999999")
    for key in ("cecilia", "gunnel", "helena", "david"):
        assert log_in(key).post(address(route), nonsense).status_code < 500, key


FIELDS = (
    *("version", "shown", "reason", "word", "group", "keys", "act", "month", "month_on", "recipient", "provider"),
    *("personal_number", "name", "number", "account_number", "account_kind", "valid_from", "valid_to", "decided_on"),
    *("granted_minutes", "hours", "per", "regime", "file", "files", "paper", "q", "town", "seen", "batch", "digest"),
)
