"""Each changing form is carried out once: the same key again gives the same answer and changes nothing."""

import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from django.contrib.sessions.models import Session
from django.db import connection
from django.http import HttpResponse, HttpResponseRedirect

if TYPE_CHECKING:
    from timvis.web.shared.asking import Ask

FIELD: Final = "once"
ANSWERED: Final = "answered"
KEPT: Final = 50
"""How many answers a session remembers; a person does not press back further than that."""


def new_key() -> str:
    """Return a key for a form that is about to be shown."""
    return secrets.token_urlsafe(18)


def answer(ask: "Ask", act: Callable[[], HttpResponse]) -> HttpResponse:
    """Return what the act answers, or what it answered the first time its key came in.

    Runs in the act's transaction. The second of two clicks waits for the first one's session row, and then finds
    the first one's answer there.
    """
    key = ask.POST.get(FIELD) if ask.method == "POST" else None
    if key is None:
        return act()
    answered = _answered(ask)
    if key in answered:
        return HttpResponseRedirect(answered[key])
    response = act()
    if isinstance(response, HttpResponseRedirect):
        ask.session[ANSWERED] = dict([*answered.items(), (key, response.url)][-KEPT:])
        ask.session.save()
    return response


def _answered(ask: "Ask") -> dict[str, str]:
    """Return the answers given so far in this session, as of now and not of when the request came."""
    rows = Session.objects.filter(session_key=ask.session.session_key)
    stored = (rows.select_for_update() if connection.in_atomic_block else rows).first()
    answered: dict[str, str] = stored.get_decoded().get(ANSWERED, {}) if stored else {}
    return answered
