"""A municipality's routines: every version as it was written, from draft to published to superseded."""

from enum import StrEnum

from django.db import models
from django.db.models import F, Q

from timvis.apps.audit.models import Person


class RoutineStatus(StrEnum):
    """How far a version has come; a published text never changes, only its status, when a newer one is published."""

    DRAFT = "draft"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"


class RoutineVersion(models.Model):
    """One version of a routine, its TOML text kept to the letter; `slug` is municipality/routine.

    A draft is free; what is adopted is guarded by triggers (`apps.audit.guards`): only its status and the day it
    ends move on. `drafted_by` is None for versions from before that was written down.
    """

    slug = models.CharField(max_length=160)
    municipality = models.CharField(max_length=80)
    number = models.PositiveIntegerField()
    text = models.TextField()
    digest = models.CharField(max_length=64)
    status = models.CharField(max_length=12, default=RoutineStatus.DRAFT)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    drafted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    adopted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    adopted_on = models.DateField(null=True)
    known_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["slug", "number"], name="routines_routineversion_number"),
            models.CheckConstraint(
                condition=Q(status__in=[status.value for status in RoutineStatus]),
                name="routines_routineversion_status",
            ),
            models.CheckConstraint(
                condition=Q(status=RoutineStatus.DRAFT) | Q(adopted_by__isnull=False, adopted_on__isnull=False),
                name="routines_routineversion_is_adopted_by_somebody",
            ),
            # Two persons: who wrote it, and who answers for it.
            models.CheckConstraint(
                condition=Q(status=RoutineStatus.DRAFT) | Q(drafted_by__isnull=True) | ~Q(adopted_by=F("drafted_by")),
                name="routines_routineversion_is_adopted_by_another",
            ),
            # One version holds from each day on, and only the last of them has no end.
            models.UniqueConstraint(
                fields=["slug", "valid_from"],
                condition=~Q(status=RoutineStatus.DRAFT),
                name="routines_routineversion_one_from_each_day",
            ),
            models.UniqueConstraint(
                fields=["slug"],
                condition=Q(status=RoutineStatus.PUBLISHED),
                name="routines_routineversion_one_is_published",
            ),
            models.CheckConstraint(
                # An unknown day is after no day, yet a constraint lets through what is neither true nor false.
                condition=Q(status=RoutineStatus.SUPERSEDED, valid_to__isnull=False, valid_to__gt=F("valid_from"))
                | (~Q(status=RoutineStatus.SUPERSEDED) & Q(valid_to__isnull=True)),
                name="routines_routineversion_ends_when_superseded",
            ),
        ]
