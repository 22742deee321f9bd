"""What was granted beforehand: a decision, and a version for every time it was changed or corrected."""

from django.db import models
from django.db.models import Q

from timvis.apps.audit.versions import Version
from timvis.apps.parties.models import Recipient
from timvis.core.records import GrantUnit, Regime


class Decision(models.Model):
    """A decision about one recipient, known by the reference it carries in the case file."""

    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="decisions")
    reference = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recipient", "reference"], name="decisions_decision_is_registered_once"),
        ]


class DecisionVersion(Version):
    """What was decided; `valid_from` and `valid_to` are the days it grants. Append-only."""

    thing = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="versions")
    regime = models.CharField(max_length=10)
    legal_basis = models.CharField(max_length=80)
    decided_on = models.DateField()
    decided_by = models.CharField(max_length=200)
    granted_minutes = models.PositiveIntegerField()
    per = models.CharField(max_length=10)
    is_temporary = models.BooleanField(default=False)
    double_staffing = models.BooleanField(default=False)

    class Meta(Version.Meta):
        constraints = [
            *Version.Meta.constraints,
            models.CheckConstraint(
                condition=Q(valid_from__isnull=False), name="decisions_decisionversion_grants_from_a_day"
            ),
            models.CheckConstraint(
                condition=Q(regime__in=[regime.value for regime in Regime]),
                name="decisions_decisionversion_regime",
            ),
            models.CheckConstraint(
                condition=Q(per__in=[unit.value for unit in GrantUnit]), name="decisions_decisionversion_per"
            ),
        ]
