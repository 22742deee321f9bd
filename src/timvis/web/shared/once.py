"""Each changing form is carried out once: the same key again gives the same answer and changes nothing."""

import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

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
    """Return what the act answers, or what it answered the first time its key came in."""
    key = ask.POST.get(FIELD) if ask.method == "POST" else None
    if key is None:
        return act()
    answered: dict[str, str] = ask.session.get(ANSWERED, {})
    if key in answered:
        return HttpResponseRedirect(answered[key])
    response = act()
    if isinstance(response, HttpResponseRedirect):
        answered[key] = response.url
        ask.session[ANSWERED] = dict(list(answered.items())[-KEPT:])
    return response
