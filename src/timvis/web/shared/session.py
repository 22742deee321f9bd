"""The login session: who, since when, and what was typed when it ended.

Sessions live on the server and end after half an hour without a page or twelve hours in all. They hold a person's
id and the municipality she works in; what she may do is read anew for every page, so a role that ends has ended.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.http import HttpRequest
from django.urls import reverse

from timvis.apps.audit.models import Person
from timvis.apps.audit.queries import roles_in_force
from timvis.apps.parties.queries import actor_of as actor_in
from timvis.config.clock import local_day
from timvis.core.access import Actor

IDLE: Final = timedelta(minutes=30)
LONGEST: Final = timedelta(hours=12)

PERSON, MUNICIPALITY, SINCE, SEEN, TYPED = "person", "municipality", "since", "seen", "typed"


@dataclass(frozen=True, slots=True)
class Typed:
    """A form that was sent when the login had ended."""

    path: str
    fields: tuple[tuple[str, str], ...]


def begin(request: HttpRequest, person: Person, *, now: datetime) -> bool:
    """Begin a session for a person under a new id; False when no role of hers holds today.

    She comes to the municipality she worked in when she was sent to log in again, else to her newest.
    """
    open_now = towns_of(person.pk, today=local_day(now))
    if not open_now:
        return False
    kept = request.session.get(TYPED)
    same_person = request.session.get(PERSON) == person.pk
    before = request.session.get(MUNICIPALITY) if same_person else None
    request.session.flush()
    chosen = before if before in open_now else open_now[0]
    request.session.update({PERSON: person.pk, MUNICIPALITY: chosen, SINCE: now.isoformat(), SEEN: now.isoformat()})
    # What somebody else typed at this computer is not shown to the next one.
    if kept is not None and kept["person"] in (None, person.pk):
        request.session[TYPED] = kept
    return True


def move(request: HttpRequest, town: str, *, today: date) -> bool:
    """Go on in another municipality; False when the person holds no role there today."""
    if town not in towns_of(request.session[PERSON], today=today):
        return False
    request.session[MUNICIPALITY] = town
    return True


def towns_of(person_id: int, *, today: date) -> tuple[str, ...]:
    """Return the slugs of the municipalities a person holds a role in on a day, the newest first."""
    held = roles_in_force(today).filter(person_id=person_id)
    return tuple(dict.fromkeys(held.order_by("-held_from", "municipality").values_list("municipality", flat=True)))


def end(request: HttpRequest) -> None:
    """End the session on the server."""
    request.session.flush()


def actor_of(request: HttpRequest, *, now: datetime, today: date) -> Actor | None:
    """Return who asks, as of now; None when nobody is logged in or the session has ended."""
    if SINCE not in request.session:
        return None
    since = datetime.fromisoformat(request.session[SINCE])
    seen = datetime.fromisoformat(request.session[SEEN])
    if now - seen > IDLE or now - since > LONGEST:
        # The login ends, but whose it was stays: what she types is kept by the caller, for her and nobody else.
        del request.session[SINCE], request.session[SEEN]
        return None
    request.session[SEEN] = now.isoformat()
    person_id, town = request.session[PERSON], request.session[MUNICIPALITY]
    actor = actor_in(person_id, municipality=town, logged_in_at=since, on=today)
    return actor if actor is not None and actor.roles else None


def keep_typed(request: HttpRequest) -> str:
    """Keep a form that was sent without a login, and return the address where it is offered again."""
    key = secrets.token_urlsafe(16)
    fields = [(name, value) for name in request.POST for value in request.POST.getlist(name)]
    person = request.session.get(PERSON)
    request.session[TYPED] = {"key": key, "path": request.get_full_path(), "fields": fields, "person": person}
    return reverse("typed", kwargs={"key": key})


def typed(request: HttpRequest, key: str) -> Typed | None:
    """Return the kept form of a key, None when there is none."""
    kept = request.session.get(TYPED)
    if kept is None or not secrets.compare_digest(kept["key"].encode(), key.encode()):
        return None
    return Typed(kept["path"], tuple((name, value) for name, value in kept["fields"]))
