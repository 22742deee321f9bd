"""A form is carried out once, however often its button is pressed."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from django.conf import settings as django_settings
from django.test import Client
from pytest_django import Settings

from tests.web.a_form import PATH, notes
from tests.web.conftest import Open
from tests.web.pages import fields_of, page, post_form


@pytest.fixture(autouse=True)
def house_with_a_form(settings: Settings) -> None:
    """Add a page with a form."""
    settings.ROOT_URLCONF = "tests.web.a_form"


def test_the_same_form_again_gives_the_same_answer_and_changes_nothing(as_cecilia: Client) -> None:
    shown = page(as_cecilia, PATH)

    answers = [post_form(as_cecilia, shown, text="en gång") for _ in range(3)]

    assert [answer.path for answer in answers] == [PATH] * 3
    assert notes() == ["en gång"]


def test_a_form_shown_anew_is_another_form(as_cecilia: Client) -> None:
    for text in ("en", "två"):
        post_form(as_cecilia, page(as_cecilia, PATH), text=text)

    assert notes() == ["en", "två"]


def test_another_persons_key_is_not_hers(as_cecilia: Client, as_david: Client) -> None:
    fields = {**fields_of(page(as_cecilia, PATH).form()), "text": "Cecilias"}
    as_cecilia.post(PATH, fields)
    as_david.post(PATH, {**fields, "text": "Davids"})

    assert notes() == ["Cecilias", "Davids"]


def test_two_clicks_at_the_very_same_moment_are_carried_out_once(open_as: Open, desk: str, settings: Settings) -> None:
    window = open_as("cecilia", PATH)
    cookies = {cookie["name"]: cookie["value"] for cookie in window.context.cookies()}
    assert django_settings.SESSION_COOKIE_NAME in cookies
    fields = {
        name: window.locator(f"main [name={name}]").input_value() for name in ("csrfmiddlewaretoken", "once", "version")
    }

    def click(_: int) -> int:
        sent = {**fields, "text": "dubbelklick"}
        return requests.post(f"{desk}{PATH}", data=sent, cookies=cookies, timeout=30, allow_redirects=False).status_code

    with ThreadPoolExecutor(8) as people:
        answers = list(people.map(click, range(8)))

    assert answers == [302] * 8
    assert notes() == ["dubbelklick"]
