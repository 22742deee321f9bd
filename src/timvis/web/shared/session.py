"""The login session: who, since when, and what was typed when it ended.

Sessions live on the server and end after half an hour without a page or twelve hours in all. They hold a person's
id and the municipality she works in; what she may do is read anew for every page, so a role that ends has ended.
"""

import secrets
from datetime import date, datetime, timedelta
from typing import Final

from django.http import HttpRequest
from django.urls import reverse

from timvis.apps.audit.models import Person, RoleHeld
from timvis.apps.parties.queries import actor_of as actor_in
from timvis.core.access import Actor

IDLE: Final = timedelta(minutes=30)
LONGEST: Final = timedelta(hours=12)

PERSON, MUNICIPALITY, SINCE, SEEN, TYPED = "person", "municipality", "since", "seen", "typed"


def begin(request: HttpRequest, person: Person, *, now: datetime) -> bool:
    """Begin a session for a person under a new id; False when no role of hers holds today."""
    held = RoleHeld.objects.filter(person=person, held_from__lte=now.date()).order_by("-held_from")
    open_now = [role for role in held if role.held_to is None or role.held_to > now.date()]
    if not open_now:
        return False
    kept = request.session.get(TYPED)
    request.session.flush()
    chosen = open_now[0].municipality
    request.session.update({PERSON: person.pk, MUNICIPALITY: chosen, SINCE: now.isoformat(), SEEN: now.isoformat()})
    if kept is not None:
        request.session[TYPED] = kept
    return True


def end(request: HttpRequest) -> None:
    """End the session on the server."""
    request.session.flush()


def actor_of(request: HttpRequest, *, now: datetime, today: date) -> Actor | None:
    """Return who asks, as of now; None when nobody is logged in or the session has ended."""
    person_id = request.session.get(PERSON)
    if person_id is None:
        return None
    since = datetime.fromisoformat(request.session[SINCE])
    seen = datetime.fromisoformat(request.session[SEEN])
    if now - seen > IDLE or now - since > LONGEST:
        # What was typed in the request that found the session ended is kept by the caller; the login is not.
        for key in (PERSON, MUNICIPALITY, SINCE, SEEN):
            request.session.pop(key, None)
        return None
    request.session[SEEN] = now.isoformat()
    actor = actor_in(person_id, municipality=request.session[MUNICIPALITY], logged_in_at=since, on=today)
    return actor if actor is not None and actor.roles else None


def keep_typed(request: HttpRequest) -> str:
    """Keep a form that was sent without a login, and return the address where it is offered again."""
    key = secrets.token_urlsafe(16)
    fields = [(name, value) for name in request.POST for value in request.POST.getlist(name)]
    request.session[TYPED] = {"key": key, "path": request.get_full_path(), "fields": fields}
    return reverse("typed", kwargs={"key": key})


def typed(request: HttpRequest, key: str) -> dict[str, object] | None:
    """Return the kept form of a key, None when there is none."""
    kept = request.session.get(TYPED)
    return kept if isinstance(kept, dict) and secrets.compare_digest(str(kept.get("key")), key) else None
