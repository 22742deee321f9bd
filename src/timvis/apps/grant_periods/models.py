"""The days that the state settles together, and what it has paid for them. All of it only added to.

The hours stand in the state's decision (`decisions`), the performed time in the claims, the final settlement in
`state_registers`: here is only what holds them together.
"""

from django.db import models
from django.db.models import F, Q

from timvis.apps.audit.models import Person
from timvis.apps.audit.versions import Version
from timvis.apps.parties.models import Recipient


class GrantPeriod(models.Model):
    """A recipient's grant period, known by its first day."""

    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="grant_periods")
    begins_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recipient", "begins_on"], name="grant_periods_period_is_registered_once"),
        ]


class GrantPeriodVersion(Version):
    """From which day up to but not including which; the newest one restates the whole. Append-only."""

    thing = models.ForeignKey(GrantPeriod, on_delete=models.PROTECT, related_name="versions")

    class Meta(Version.Meta):
        constraints = [
            *Version.Meta.constraints,
            models.CheckConstraint(
                condition=Q(valid_from__isnull=False, valid_to__gt=F("valid_from")),
                name="grant_periods_period_ends_after_it_begins",
            ),
        ]


class StatePayment(models.Model):
    """What the state paid for a period on a day; below zero what was paid back to it. Append-only."""

    period = models.ForeignKey(GrantPeriod, on_delete=models.PROTECT, related_name="payments")
    paid_on = models.DateField()
    amount_ore = models.BigIntegerField()
    reference = models.CharField(max_length=80)
    known_at = models.DateTimeField()
    known_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["period", "reference", "paid_on"], name="grant_periods_payment_is_registered_once"
            ),
            models.CheckConstraint(condition=~Q(amount_ore=0), name="grant_periods_payment_is_an_amount"),
        ]
