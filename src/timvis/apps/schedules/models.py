"""What somebody planned, and what was struck from the plan: both only added to."""

from django.db import models
from django.db.models import F, Q

from timvis.apps.audit.models import Person
from timvis.apps.state_registers.models import Placement
from timvis.core.records import TimeKind


class Plan(models.Model):
    """One act of planning: an assistant's shifts of one kind with a recipient. Append-only."""

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="plans")
    kind = models.CharField(max_length=8)
    known_at = models.DateTimeField()
    known_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in TimeKind]), name="schedules_plan_is_of_a_kind_of_time"
            ),
        ]


class PlannedShift(models.Model):
    """One shift of a plan; instants in minutes. Append-only."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="shifts")
    start_at = models.BigIntegerField()
    end_at = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["start_at"], name="schedules_shift_start")]
        constraints = [
            models.UniqueConstraint(fields=["plan", "start_at", "end_at"], name="schedules_plan_has_a_shift_once"),
            models.CheckConstraint(condition=Q(end_at__gt=F("start_at")), name="schedules_shift_takes_time"),
        ]


class Struck(models.Model):
    """That a planned shift is not to be worked, and why. Append-only."""

    shift = models.OneToOneField(PlannedShift, on_delete=models.PROTECT, related_name="struck")
    reason = models.TextField()
    known_at = models.DateTimeField()
    known_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="schedules_shift_is_struck_for_a_reason"),
        ]
