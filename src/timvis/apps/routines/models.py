"""A municipality's routines: every version as it was written, from draft to published to superseded."""

from enum import StrEnum

from django.db import models
from django.db.models import Q

from timvis.apps.audit.models import Person


class RoutineStatus(StrEnum):
    """How far a version has come; a published text never changes, only its status, when a newer one is published."""

    DRAFT = "draft"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"


class RoutineVersion(models.Model):
    """One version of a routine, its TOML text kept to the letter; `slug` is municipality/routine."""

    slug = models.CharField(max_length=160)
    municipality = models.CharField(max_length=80)
    number = models.PositiveIntegerField()
    text = models.TextField()
    digest = models.CharField(max_length=64)
    status = models.CharField(max_length=12, default=RoutineStatus.DRAFT)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
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
        ]
