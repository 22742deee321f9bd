"""A house with one changing page besides its own: a note that is written in the log when its form is sent."""

from django.http import HttpResponse
from django.template import engines
from django.urls import path

from timvis.apps.audit import actions as audit
from timvis.apps.audit.models import LogEntry
from timvis.core.access import Action, is_fresh
from timvis.core.faults import Refusal
from timvis.web.routes import ROUTES
from timvis.web.shared.asking import Ask, Route, done, door, refused

PATH = "/anteckna/"

PAGE = """{% extends "base.html" %}{% block content %}<h1>Anteckna</h1>
<form method="post">{% csrf_token %}{% once %}<input type="hidden" name="version" value="3">
<label for="text">Text</label><input id="text" name="text">
<select name="kind" aria-label="Slag"><option>a</option></select>
<button class="first">Spara</button></form>{% endblock %}"""


def note(ask: Ask) -> HttpResponse:
    """Show the form, or write the note."""
    if ask.method == "POST":
        text = ask.POST["text"]
        audit.record(ask.actor, "note", object_kind="note", object_id=ask.POST["version"], reason=text, at=ask.now)
        return done(ask, "Anteckningen är sparad.", PATH)
    return HttpResponse(engines["django"].from_string(PAGE).render({}, ask))


def sign(ask: Ask) -> HttpResponse:
    """Write the note if the login is fresh, as an act that signs does."""
    if ask.method == "POST" and not is_fresh(ask.actor, ask.now):
        return refused(ask, Refusal.LOGIN_TOO_OLD)
    return note(ask)


def breaks(ask: Ask) -> HttpResponse:
    """Break after something was written."""
    audit.record(ask.actor, "note", object_kind="note", object_id="", reason="half", at=ask.now)
    raise RuntimeError("198810052384 must not be told")


NOTE = Route(path=PATH[1:], view=note, name="note", methods=("GET", "POST"), action=Action.LOOK_AT_CLAIM)
URGENT = Route(path="bradskande/", view=note, name="urgent", methods=("GET", "POST"), needs_fresh_login=True)
SIGNED = Route(path="signera/", view=sign, name="sign_note", methods=("GET", "POST"))
BROKEN = Route(path="trasig/", view=breaks, name="broken")

urlpatterns = [path(route.path, door(route), name=route.name) for route in (NOTE, URGENT, SIGNED, BROKEN, *ROUTES)]


def notes() -> list[str]:
    """Return every note that was written."""
    return list(LogEntry.objects.filter(action="note").order_by("pk").values_list("reason", flat=True))
