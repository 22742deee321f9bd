"""Persons, the roles they hold, the log of what they saw and did, and the seals over it."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact


class Person(models.Model):
    """A human being, or a machine that acts (then without personal number). Four eyes are two of these."""

    personal_number = models.CharField(max_length=12, unique=True, null=True)
    name = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=400)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Exact(Length(F("personal_number")), 12),
                name="audit_person_number_has_twelve_digits",
            ),
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(personal_number__isnull=True),
                name="audit_person_machine_has_its_own_name",
            ),
        ]


class Account(models.Model):
    """A way to log in: the same subject from two issuers is two accounts."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="accounts")
    issuer = models.CharField(max_length=200)
    subject = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="audit_account_subject_is_unique_per_issuer"),
        ]


class RoleHeld(models.Model):
    """A role a person holds in one municipality; `held_to` is the first day without it."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="roles")
    role = models.CharField(max_length=40)
    municipality = models.CharField(max_length=80)
    held_from = models.DateField()
    held_to = models.DateField(null=True)
    # None: the installation itself gave it, when it was set up; then nobody is waited for.
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "role", "municipality", "held_from"], name="audit_roleheld_is_given_once"
            ),
            models.CheckConstraint(
                condition=Q(held_to__isnull=True) | Q(held_to__gte=F("held_from")),
                name="audit_roleheld_ends_after_it_begins",
            ),
        ]


class RoleConfirmed(models.Model):
    """That a second person stands behind a role that a first one gave; until then it is not held. Append-only."""

    role_held = models.OneToOneField(RoleHeld, on_delete=models.PROTECT, related_name="confirmed")
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    known_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(confirmed_by=F("given_by")), name="audit_roleconfirmed_takes_two_persons"
            ),
        ]


class LogEntry(models.Model):
    """One look or one act: written in the transaction of what it tells of. Append-only."""

    at = models.DateTimeField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=200)
    action = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=60)
    object_id = models.CharField(max_length=100)
    # No foreign key: the recipients are kept downstream, and the log outlives them.
    recipient_id = models.BigIntegerField(null=True)
    municipality = models.CharField(max_length=80)
    reason = models.TextField(blank=True)
    outcome = models.CharField(max_length=60)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["recipient_id", "at"], name="audit_logentry_recipient"),
            models.Index(fields=["person", "at"], name="audit_logentry_person"),
            models.Index(fields=["object_kind", "object_id"], name="audit_logentry_object"),
        ]


class Seal(models.Model):
    """A digest over the rows since the seal before it. Append-only."""

    number = models.PositiveBigIntegerField(unique=True)
    first_entry_id = models.BigIntegerField()
    last_entry_id = models.BigIntegerField()
    entries = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    previous_digest = models.CharField(max_length=64, unique=True)
    sealed_at = models.DateTimeField()


class Answer(models.Model):
    """Where a form that was carried out led to, so that sending it again leads there and does nothing more."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=64)
    # Empty while the act is under way.
    to = models.CharField(max_length=2000, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], name="audit_answer_is_given_once"),
        ]
