"""Things that change without forgetting: a version per change, when it was known, from when it holds.

A version is never closed or changed; the next number restates the thing. `known_at` picks the versions that
were known at a moment; of those, the highest number that holds on a day speaks for that day.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import IntegrityError, models, transaction

from timvis.apps.audit.models import Person
from timvis.core.faults import Refusal


class Version(models.Model):
    """What every version table has. The concrete table adds `thing` and what the version says."""

    number = models.PositiveIntegerField()
    known_at = models.DateTimeField()
    known_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["thing", "number"], name="%(app_label)s_%(class)s_number"),
        ]


V = TypeVar("V", bound=Version)


def current(versions: Iterable[V], *, known_at: datetime, on: date | None = None) -> V | None:
    """Return the highest version known at a moment, of those that hold on a day if one is given.

    None when nothing was known yet, or when nothing that was known holds that day.
    """
    known = (version for version in versions if version.known_at <= known_at and (on is None or holds_on(version, on)))
    return max(known, key=lambda version: version.number, default=None)


def holds_on(version: Version, day: date) -> bool:
    """Return whether a version says anything about a day."""
    return (version.valid_from is None or version.valid_from <= day) and (
        version.valid_to is None or day < version.valid_to
    )


def add(versions: Any, *, seen: int, known_at: datetime, known_by_id: int, **says: Any) -> int | Refusal:
    """Return the number of a new version, or `SOMEONE_ELSE_WAS_FIRST` when `seen` is not the latest any more.

    `versions` is the thing's related manager; `seen` the number the person had before her, 0 for none.
    """
    newest = versions.order_by("-number").values_list("number", flat=True).first() or 0
    if newest != seen:
        return Refusal.SOMEONE_ELSE_WAS_FIRST
    try:
        # A savepoint of its own, so that losing the race leaves the act's transaction usable for its log row.
        with transaction.atomic():
            versions.create(number=seen + 1, known_at=known_at, known_by_id=known_by_id, **says)
    except IntegrityError:
        return Refusal.SOMEONE_ELSE_WAS_FIRST
    return seen + 1
