"""A report as it was signed, both signatures, and every attempt to send it. All append-only: a state is what was added.

The bytes that were signed are the bytes that are sent; a report that turns out wrong is a new report.
"""

from enum import StrEnum

from django.db import models
from django.db.models import F, Q

from timvis.apps.audit.models import Person
from timvis.apps.documents.models import Original
from timvis.apps.parties.models import Recipient
from timvis.core.state_bill import SignerRole


class Signer(StrEnum):
    """Who says that a report is true; the assistant is first."""

    ASSISTANT = "assistant"
    PROVIDER = "provider"


class SendOutcome(StrEnum):
    """What became of an attempt to send."""

    RECEIPT = "receipt"
    XML_FAULT = "xml_fault"
    SIGNATURE_FAULT = "signature_fault"
    OTHER_FAULT = "other_fault"
    NOT_RECEIVED = "not_received"


REFUSED = (SendOutcome.XML_FAULT, SendOutcome.SIGNATURE_FAULT, SendOutcome.OTHER_FAULT)
"""The receiver has said no: the same bytes will get the same answer, so they are not sent again."""


class FrozenReport(models.Model):
    """One assistant's month with one recipient as ELT, from the moment it was made ready to sign."""

    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="state_reports")
    key = models.CharField(max_length=36, unique=True)
    month_on = models.DateField()
    assistant_number = models.CharField(max_length=12)
    content = models.BinaryField()
    digest = models.CharField(max_length=64)
    text_to_sign = models.CharField(max_length=110)
    frozen_at = models.DateTimeField()
    frozen_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["recipient", "month_on"], name="state_reports_month")]
        constraints = [
            models.CheckConstraint(condition=Q(month_on__day=1), name="state_reports_month_starts_on_the_first"),
        ]

    def __str__(self) -> str:
        return self.key


class ReportSignature(models.Model):
    """A signature from the signing service with the certificate issuer's answer, byte for byte."""

    report = models.ForeignKey(FrozenReport, on_delete=models.PROTECT, related_name="signatures")
    signer = models.CharField(max_length=10)
    signature = models.BinaryField()
    ocsp_response = models.BinaryField()
    signed_on = models.DateField()
    attached_at = models.DateTimeField()
    attached_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "signer"], name="state_reports_each_signs_once"),
            models.CheckConstraint(
                condition=Q(signer__in=[signer.value for signer in Signer]), name="state_reports_signer"
            ),
        ]


class Queued(models.Model):
    """That a person has put a signed report in the queue; `although` why, when one for the same month was sent."""

    report = models.OneToOneField(FrozenReport, on_delete=models.PROTECT, related_name="queued")
    although = models.TextField(blank=True)
    queued_at = models.DateTimeField()
    queued_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")


class SendAttempt(models.Model):
    """That a report was about to be sent. Without an outcome nobody but the receiver knows what became of it."""

    queued = models.ForeignKey(Queued, on_delete=models.PROTECT, related_name="attempts")
    number = models.PositiveIntegerField()
    message_digest = models.CharField(max_length=64)
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["queued", "number"], name="state_reports_attempt_number")]


class SendResult(models.Model):
    """What became of an attempt: what the receiver answered, or what a person has found out (`reason` says how)."""

    attempt = models.OneToOneField(SendAttempt, on_delete=models.PROTECT, related_name="result")
    outcome = models.CharField(max_length=16)
    transaction_id = models.CharField(max_length=80, blank=True)
    message = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    told_at = models.DateTimeField()
    told_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=[outcome.value for outcome in SendOutcome]), name="state_reports_outcome"
            ),
        ]


class RecipientBill(models.Model):
    """A recipient's bill for a month as it was handed in or typed; the last number counts. Append-only.

    `stays` are stays in hospital as pairs of instants in minutes; `activities` where assistance was given among others
    who answer for the person. `signer_role` is as what somebody signed, and `signer_is_representative` whether it has
    been made sure that she may. `left_ore` is what was left of the month before, `account` a frozen `CostAccount`.
    `outside_eea` is None when the bill does not answer; a stay there is from `abroad_from` up to but not including
    `abroad_to`, and `abroad_is_explained` whether explanation and proof go with the bill.
    """

    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="bills")
    month_on = models.DateField()
    number = models.PositiveIntegerField()
    active_minutes = models.PositiveIntegerField()
    waiting_minutes = models.PositiveIntegerField(default=0)
    standby_minutes = models.PositiveIntegerField(default=0)
    signer_number = models.CharField(max_length=12, blank=True)
    signer_is_representative = models.BooleanField(default=False)
    signed_on = models.DateField(null=True)
    received_on = models.DateField()
    stays = models.JSONField(default=list)
    in_activity = models.BooleanField(default=False)
    activities = models.JSONField(default=list)
    signer_name = models.CharField(max_length=200, blank=True, default="")
    signer_role = models.CharField(max_length=20, default=SignerRole.RECIPIENT.value)
    left_ore = models.BigIntegerField(null=True)
    account = models.JSONField(null=True)
    outside_eea = models.BooleanField(null=True)
    abroad_from = models.DateField(null=True)
    abroad_to = models.DateField(null=True)
    abroad_is_explained = models.BooleanField(default=False)
    is_current_form = models.BooleanField(default=True)
    known_at = models.DateTimeField()
    known_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recipient", "month_on", "number"], name="state_reports_bill_number"),
            models.CheckConstraint(condition=Q(month_on__day=1), name="state_reports_bill_month_starts_on_the_first"),
            models.CheckConstraint(
                condition=Q(signer_role__in=[role.value for role in SignerRole]), name="state_reports_bill_signer_role"
            ),
            models.CheckConstraint(
                condition=Q(abroad_from__isnull=True, abroad_to__isnull=True)
                | Q(outside_eea=True, abroad_to__gt=F("abroad_from")),
                name="state_reports_bill_stay_abroad_ends_after_it_begins",
            ),
        ]


class ReturnedPaper(models.Model):
    """That a printed report or bill came back, known by its code; the scan is kept where there is one. Append-only."""

    report = models.ForeignKey(FrozenReport, null=True, on_delete=models.PROTECT, related_name="returned")
    bill = models.ForeignKey(RecipientBill, null=True, on_delete=models.PROTECT, related_name="returned")
    original = models.ForeignKey(Original, null=True, on_delete=models.PROTECT, related_name="+")
    returned_on = models.DateField()
    is_signed = models.BooleanField(default=True)
    known_at = models.DateTimeField()
    known_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(report__isnull=True, bill__isnull=False) | Q(report__isnull=False, bill__isnull=True),
                name="state_reports_returned_paper_is_of_one_thing",
            ),
        ]
