"""Visits of home care as providers told them, the deviation forms beside them, and what was said of what looked odd.

Everything here is written once. A visit that is told otherwise later stays, and what took its place says so; the
visits that count are those that nothing has replaced. Instants are whole minutes since 1970 (UTC).
"""

from collections.abc import Iterable
from enum import StrEnum

from django.db import models
from django.db.models import F, Q

from timvis.apps.audit.models import Person
from timvis.apps.documents.models import Original
from timvis.apps.parties.models import Municipality, Provider, Recipient
from timvis.core.home_care.deviation import DeviationKind
from timvis.core.home_care.visit_signals import Answer, SignalKind
from timvis.core.home_care.visits import RegisteredBy, VisitState


def _one_of(codes: Iterable[StrEnum], field: str, name: str, *, or_nothing: bool = False) -> models.CheckConstraint:
    words = [*(code.value for code in codes), *([""] if or_nothing else [])]
    return models.CheckConstraint(condition=Q(**{f"{field}__in": words}), name=name)


class Way(StrEnum):
    """How visits came in."""

    FILE = "file"
    API = "api"
    FORM = "form"


class Delivery(models.Model):
    """Visits that came in together, all of them or none. Append-only.

    `original` is the file as it came, None for what was typed. `correction` is why visits that were already told are
    told otherwise, empty when they are not. The counts are rows: kept, replaced by them, and told before. `from_at`
    and `to_at` are when the first and the last of them begin.
    """

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="deliveries")
    number = models.PositiveIntegerField()
    way = models.CharField(max_length=4)
    original = models.ForeignKey(Original, null=True, on_delete=models.PROTECT, related_name="+")
    correction = models.TextField(blank=True)
    kept = models.PositiveIntegerField()
    replaced = models.PositiveIntegerField()
    repeated = models.PositiveIntegerField()
    from_at = models.BigIntegerField()
    to_at = models.BigIntegerField()
    handed_in_at = models.DateTimeField()
    handed_in_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "number"], name="visits_delivery_numbers"),
            _one_of(Way, "way", "visits_delivery_way"),
            models.CheckConstraint(condition=Q(kept__gt=0), name="visits_delivery_tells_something"),
        ]

    def __str__(self) -> str:
        return f"{self.provider_id}/{self.number}"


class Visit(models.Model):
    """One row as it was told (`core.home_care.visits`). Append-only."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="visits")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="visits")
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="visits")
    system = models.CharField(max_length=120, blank=True)
    key = models.CharField(max_length=200)
    service = models.CharField(max_length=120)
    state = models.CharField(max_length=10)
    start_at = models.BigIntegerField()
    end_at = models.BigIntegerField()
    staff = models.CharField(max_length=200, blank=True)
    planned_minutes = models.PositiveIntegerField(null=True)
    registered = models.CharField(max_length=10, blank=True)
    reason = models.TextField(blank=True)
    noticed_at = models.BigIntegerField(null=True)
    shared_by = models.PositiveIntegerField(default=1)
    northing = models.IntegerField(null=True)
    easting = models.IntegerField(null=True)
    line = models.PositiveIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["provider", "start_at"], name="visits_of_provider"),
            models.Index(fields=["recipient", "start_at"], name="visits_of_recipient"),
            models.Index(fields=["provider", "key"], name="visits_by_key"),
        ]
        constraints = [
            _one_of(VisitState, "state", "visits_visit_state"),
            _one_of(RegisteredBy, "registered", "visits_visit_registered", or_nothing=True),
            models.CheckConstraint(condition=Q(end_at__gt=F("start_at")), name="visits_visit_takes_time"),
            models.CheckConstraint(condition=Q(shared_by__gt=0), name="visits_visit_is_somebodys"),
            models.CheckConstraint(
                condition=Q(northing__isnull=True, easting__isnull=True)
                | Q(northing__isnull=False, easting__isnull=False),
                name="visits_visit_has_a_place_or_none",
            ),
        ]


class Replaced(models.Model):
    """That a visit no longer counts, because a later delivery tells of it otherwise. Append-only."""

    visit = models.OneToOneField(Visit, on_delete=models.PROTECT, related_name="replaced")
    by = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="took_the_place_of")


class DeviationForm(models.Model):
    """A provider's deviations of a month, signed by its manager; the last number counts. Append-only."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="deviation_forms")
    month_on = models.DateField()
    number = models.PositiveIntegerField()
    manager_name = models.CharField(max_length=200)
    signed_on = models.DateField()
    original = models.ForeignKey(Original, null=True, on_delete=models.PROTECT, related_name="+")
    handed_in_at = models.DateTimeField()
    handed_in_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "month_on", "number"], name="visits_deviationform_numbers"),
            models.CheckConstraint(condition=~Q(manager_name=""), name="visits_deviationform_is_signed"),
        ]


class DeviationRow(models.Model):
    """One row of a deviation form (`core.home_care.deviation`). Append-only."""

    form = models.ForeignKey(DeviationForm, on_delete=models.PROTECT, related_name="rows")
    number = models.PositiveIntegerField()
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="+")
    service = models.CharField(max_length=120)
    on = models.DateField()
    kind = models.CharField(max_length=30)
    planned_minutes = models.PositiveIntegerField(null=True)
    performed_minutes = models.PositiveIntegerField(null=True)
    text = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["form", "number"], name="visits_deviationrow_numbers"),
            _one_of(DeviationKind, "kind", "visits_deviationrow_kind"),
        ]


class SignalNote(models.Model):
    """What somebody found out about a signal, and wrote; the signal itself is derived and stays. Append-only.

    `about` is the digest of the visits that the signal shows, so that a note does not answer for others than it saw.
    """

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="signal_notes")
    month_on = models.DateField()
    kind = models.CharField(max_length=30)
    about = models.CharField(max_length=64)
    answer = models.CharField(max_length=12)
    text = models.TextField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["provider", "month_on"], name="visits_notes_of_month")]
        constraints = [
            _one_of(SignalKind, "kind", "visits_signalnote_kind"),
            _one_of(Answer, "answer", "visits_signalnote_answer"),
            models.CheckConstraint(condition=~Q(text=""), name="visits_signalnote_says_why"),
        ]


class KeyPurpose(StrEnum):
    """What a key opens, and nothing else."""

    VISITS = "visits"  # a provider's system hands in its visits
    FEES = "fees"  # the municipality's fee system reads performed time


class SystemKey(models.Model):
    """A key that a system calls with: a provider's own, or the municipality's. Append-only; only its digest is kept."""

    purpose = models.CharField(max_length=12, default=KeyPurpose.VISITS.value)
    provider = models.ForeignKey(Provider, null=True, on_delete=models.PROTECT, related_name="system_keys")
    municipality = models.ForeignKey(Municipality, null=True, on_delete=models.PROTECT, related_name="system_keys")
    system = models.CharField(max_length=120)
    digest = models.CharField(max_length=64, unique=True)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose=KeyPurpose.VISITS, provider__isnull=False, municipality__isnull=True)
                | Q(purpose=KeyPurpose.FEES, provider__isnull=True, municipality__isnull=False),
                name="visits_systemkey_is_somebodys",
            ),
        ]


class SystemKeyWithdrawn(models.Model):
    """That a key opens nothing any more. Append-only."""

    key = models.OneToOneField(SystemKey, on_delete=models.PROTECT, related_name="withdrawn")
    withdrawn_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
