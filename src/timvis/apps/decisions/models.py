"""What was granted beforehand: a decision, and a version for every time it was changed or corrected.

Beside it stand the decisions on home care, with their services, and from when to when the municipality answers for
a recipient, whoever decides.
"""

from django.db import models
from django.db.models import F, Q

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
    # The higher hourly rate that the state has registered for the person; null: the year's rate.
    rate_ore_per_hour = models.PositiveIntegerField(null=True)

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
            models.CheckConstraint(
                condition=Q(rate_ore_per_hour__isnull=True) | Q(regime=Regime.SFB),
                name="decisions_decisionversion_rate_is_the_states",
            ),
        ]


class HomeCareDecision(models.Model):
    """A decision on home care for one recipient, known by the reference it carries in the case file."""

    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="home_care_decisions")
    reference = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "reference"], name="decisions_homecaredecision_is_registered_once"
            ),
        ]


class HomeCareDecisionVersion(Version):
    """Which services were decided, from when to when. Append-only.

    `services` are rows of service, minutes and per; help without needs assessment has no minutes to be compared
    with. `legal_basis` is the paragraph in force on `decided_on`, and stays when the law is replaced.
    """

    thing = models.ForeignKey(HomeCareDecision, on_delete=models.PROTECT, related_name="versions")
    legal_basis = models.CharField(max_length=80)
    decided_on = models.DateField()
    decided_by = models.CharField(max_length=200)
    needs_assessed = models.BooleanField(default=True)
    services = models.JSONField()

    class Meta(Version.Meta):
        constraints = [
            *Version.Meta.constraints,
            models.CheckConstraint(
                condition=Q(valid_from__isnull=False), name="decisions_homecaredecisionversion_holds_from_a_day"
            ),
            models.CheckConstraint(
                condition=~Q(services=[]), name="decisions_homecaredecisionversion_grants_something"
            ),
        ]


class Responsibility(models.Model):
    """That a municipality answers for a recipient (LSS 16, 16 c, 16 d §§); without one nobody has told when."""

    recipient = models.OneToOneField(Recipient, on_delete=models.PROTECT, related_name="responsibility")


class ResponsibilityVersion(Version):
    """From when to when, and on what ground; the newest one restates the whole. Append-only."""

    thing = models.ForeignKey(Responsibility, on_delete=models.PROTECT, related_name="versions")
    ground = models.CharField(max_length=200)

    class Meta(Version.Meta):
        constraints = [
            *Version.Meta.constraints,
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="decisions_responsibilityversion_ends_after_it_begins",
            ),
        ]
