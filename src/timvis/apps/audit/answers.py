"""Each form is carried out once: its key is written down first, so that of two clicks only one can be the first."""

from datetime import datetime, timedelta
from typing import Final

from django.db import IntegrityError, transaction

from timvis.apps.audit.models import Answer

KEPT: Final = timedelta(days=1)
"""How long an answer is remembered: longer than any session lasts."""


def begin(person_id: int, key: str, *, now: datetime) -> str | None:
    """Return None when a form's key is new and now taken, else where the first one led; empty while it is under way.

    In a transaction of the act's own, the second waits until the first has ended.
    """
    Answer.objects.filter(person_id=person_id, at__lt=now - KEPT).delete()
    try:
        with transaction.atomic():
            Answer.objects.create(person_id=person_id, key=key, at=now)
    except IntegrityError:
        return Answer.objects.get(person_id=person_id, key=key).to
    return None


def keep(person_id: int, key: str, to: str) -> None:
    """Remember where a form led."""
    Answer.objects.filter(person_id=person_id, key=key).update(to=to)


def forget(person_id: int, key: str) -> None:
    """Let a form be sent again: the act did nothing."""
    Answer.objects.filter(person_id=person_id, key=key).delete()
