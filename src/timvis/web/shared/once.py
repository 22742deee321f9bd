"""Each changing form is carried out once: the same key again gives the same answer and changes nothing."""

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Final

from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from timvis.apps.audit import answers
from timvis.core.access import Actor

FIELD: Final = "once"
LONGEST_KEY: Final = 64


class Detour(HttpResponseRedirect):
    """Leads to something that has to come first, such as a login; nothing has been carried out yet."""


def new_key() -> str:
    """Return a key for a form that is about to be shown."""
    return secrets.token_urlsafe(18)


def answer(request: HttpRequest, actor: Actor, now: datetime, act: Callable[[], HttpResponse]) -> HttpResponse:
    """Return what the act answers, or where it led the first time its key came in.

    Only an act that leads on has been carried out; one that shows its form again, with what is wrong, has not.
    """
    key = request.POST.get(FIELD, "")[:LONGEST_KEY] if request.method == "POST" else ""
    if not key:
        return act()
    led_to = answers.begin(actor.person_id, key, now=now)
    if led_to is not None:
        return HttpResponseRedirect(led_to or "/")
    try:
        response = act()
    except Exception:
        # A transaction around the act takes the key back by itself.
        if not connection.in_atomic_block:
            answers.forget(actor.person_id, key)
        raise
    if isinstance(response, HttpResponseRedirect) and not isinstance(response, Detour):
        answers.keep(actor.person_id, key, response.url)
    else:
        answers.forget(actor.person_id, key)
    return response
