"""What is said of a month of home care, line by line, and what follows from it. All of it is append-only.

A line is one recipient's month of one service at one provider. What was ordered and performed stands upstream and is
never copied here: a word says which figures it was given on, so that figures which change afterwards are seen.
"""

from collections.abc import Iterable
from enum import StrEnum

from django.db import models
from django.db.models import F, Q

from timvis.apps.audit.models import Person
from timvis.apps.documents.models import SentLetter
from timvis.apps.parties.models import Municipality, Provider, Recipient
from timvis.core.home_care.paid import LineWordKind


def _one_of(codes: Iterable[StrEnum], field: str, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{field}__in": [code.value for code in codes]}), name=name)


def _first_of_month(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(month_on__day=1), name=name)


class AskedOf(StrEnum):
    """Whom an officer asks what has happened."""

    PROVIDER = "provider"
    RECIPIENT = "recipient"


class OfLine(models.Model):
    """What every row about a line says of whose it is."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="+")
    service = models.CharField(max_length=120)
    month_on = models.DateField()

    class Meta:
        abstract = True


class LineWord(OfLine):
    """What an officer has said of a line; the last number counts. `seen` is the digest of what she was shown."""

    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    comment = models.TextField(blank=True)
    seen = models.CharField(max_length=64)
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["provider", "month_on"], name="reconciliation_words")]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "recipient", "service", "month_on", "number"], name="reconciliation_word_numbers"
            ),
            _one_of(LineWordKind, "kind", "reconciliation_word_kind"),
            _first_of_month("reconciliation_word_month_starts_on_the_first"),
            models.CheckConstraint(
                condition=Q(kind=LineWordKind.APPROVED) | ~Q(comment=""), name="reconciliation_word_gives_its_reason"
            ),
        ]


class LineQuestion(OfLine):
    """What an officer asks of the provider or of the recipient about a line."""

    asked_of = models.CharField(max_length=12)
    text = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["provider", "month_on"], name="reconciliation_questions")]
        constraints = [
            _one_of(AskedOf, "asked_of", "reconciliation_question_asked_of"),
            _first_of_month("reconciliation_question_month_starts_on_the_first"),
        ]


class LineAnswer(models.Model):
    """What was answered: by the provider itself, or as the officer wrote down what the recipient said."""

    question = models.OneToOneField(LineQuestion, on_delete=models.PROTECT, related_name="answer")
    text = models.TextField()
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")


class AboveDecision(OfLine):
    """What was decided of the time above the order; the last number counts, while the minutes are those it was about.

    `minutes` is exact, as was shown.
    """

    number = models.PositiveIntegerField()
    is_paid = models.BooleanField()
    minutes = models.CharField(max_length=40)
    reason = models.TextField()
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "recipient", "service", "month_on", "number"], name="reconciliation_above_numbers"
            ),
            _first_of_month("reconciliation_above_month_starts_on_the_first"),
        ]


class MonthSignature(models.Model):
    """An officer's signature under a provider's month: over the digest of every line with its word."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+")
    month_on = models.DateField()
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    lines = models.PositiveIntegerField()
    comment = models.TextField(blank=True)
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "month_on", "number"], name="reconciliation_signature_numbers"),
            _first_of_month("reconciliation_signature_month_starts_on_the_first"),
        ]


class Summary(models.Model):
    """What a provider was told that it may bill for a month; the last number counts until it is billed.

    `body` is the core's record, frozen. `letter` is the message as it was sent, which names nobody.
    """

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="home_care_summaries")
    month_on = models.DateField()
    number = models.PositiveIntegerField()
    signature = models.ForeignKey(MonthSignature, on_delete=models.PROTECT, related_name="summaries")
    body = models.JSONField()
    digest = models.CharField(max_length=64)
    total_ore = models.BigIntegerField()
    comment = models.TextField(blank=True)
    letter = models.ForeignKey(SentLetter, null=True, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "month_on", "number"], name="reconciliation_summary_numbers"),
            _first_of_month("reconciliation_summary_month_starts_on_the_first"),
            models.CheckConstraint(condition=Q(total_ore__gte=0), name="reconciliation_summary_asks_for_nothing_back"),
        ]

    @property
    def reference(self) -> str:
        """What the provider quotes: it names the month and nobody."""
        return f"{self.provider_id}-{self.month_on:%Y%m}-{self.number}"


class SummaryPart(models.Model):
    """What of a summary is one recipient's for one service. `minutes` that are paid, exactly: "120" or "85/2"."""

    summary = models.ForeignKey(Summary, on_delete=models.PROTECT, related_name="parts")
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="+")
    service = models.CharField(max_length=120)
    minutes = models.CharField(max_length=40)
    amount_ore = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["summary", "recipient", "service"], name="reconciliation_part_stands_once"),
        ]


class FeeHandover(models.Model):
    """A month's performed time as the fee officer was handed it; the last number counts. `rows` are as exported."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="fee_handovers")
    month_on = models.DateField()
    number = models.PositiveIntegerField()
    rows = models.JSONField()
    digest = models.CharField(max_length=64)
    handed_at = models.DateTimeField()
    handed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "month_on", "number"], name="reconciliation_handover_numbers"
            ),
            _first_of_month("reconciliation_handover_month_starts_on_the_first"),
        ]


class ChargedTime(OfLine):
    """The time that the fee system has charged a recipient for, as it told; the last number counts."""

    number = models.PositiveIntegerField()
    minutes = models.PositiveIntegerField()
    told_at = models.DateTimeField()
    told_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "recipient", "service", "month_on", "number"],
                name="reconciliation_charged_numbers",
            ),
            _first_of_month("reconciliation_charged_month_starts_on_the_first"),
        ]


class SelfBilling(models.Model):
    """That a provider has agreed that we write its invoices by the summaries, from a day up to but not including one.

    The last number counts.
    """

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="self_billing")
    number = models.PositiveIntegerField()
    agreed_from = models.DateField()
    agreed_to = models.DateField(null=True)
    reference = models.CharField(max_length=80)
    known_at = models.DateTimeField()
    known_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "number"], name="reconciliation_selfbilling_numbers"),
            models.CheckConstraint(
                condition=Q(agreed_to__isnull=True) | Q(agreed_to__gt=F("agreed_from")),
                name="reconciliation_selfbilling_ends_after_it_begins",
            ),
        ]
