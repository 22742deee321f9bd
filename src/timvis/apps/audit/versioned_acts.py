"""The two acts every versioned thing has: it is registered, and it is told anew."""

from dataclasses import replace
from typing import Any

from django.db.models import Manager

from timvis.apps.audit import versions
from timvis.apps.audit.attempts import Attempt
from timvis.core.faults import Refusal


def register(attempt: Attempt, things: Manager[Any], *, key: dict[str, Any], says: dict[str, Any]) -> int | Refusal:
    """Return the id of the thing with a key, made with its first version.

    Registering it again with the same particulars changes nothing; with others it is refused, because what is
    already known is changed, not registered.
    """
    thing, _ = things.get_or_create(**key)
    told = thing.versions.order_by("-number").first()
    if told is not None:
        same = all(getattr(told, name) == value for name, value in says.items())
        return int(thing.pk) if same else attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    outcome = change(replace(attempt, object_id=thing.pk), thing, seen=0, says=says)
    return outcome if isinstance(outcome, Refusal) else int(thing.pk)


def change(attempt: Attempt, thing: Any, *, seen: int, says: dict[str, Any]) -> int | Refusal:
    """Return the number of a thing's new version; `seen` is the version the person had before her."""
    number = versions.add(thing.versions, seen=seen, known_at=attempt.now, known_by_id=attempt.actor.person_id, **says)
    if isinstance(number, Refusal):
        return attempt.refuse(number)
    attempt.done(detail={"version": number})
    return number
