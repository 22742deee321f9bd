"""What is kept of an invoice: as it was read, whose cost it is, and what became of it. Allocations are append-only."""

from enum import StrEnum

from django.db import models
from django.db.models import F, Q

from timvis.apps.audit.models import Person
from timvis.apps.documents.models import Original
from timvis.apps.parties.models import Municipality, Provider, Recipient
from timvis.core.invoice.first_hours_models import CountingModel
from timvis.core.invoice.records import DocumentKind


class InvoiceStatus(StrEnum):
    """What has become of an invoice; only one that is received can still be any of the others."""

    RECEIVED = "received"
    IN_CLAIM = "in_claim"
    RETURNED = "returned"
    REPLACED = "replaced"
    KEPT_AS_DOCUMENT = "kept_as_document"


STATUS_LABELS = {
    InvoiceStatus.RECEIVED: "Mottagen",
    InvoiceStatus.IN_CLAIM: "Under handläggning",
    InvoiceStatus.RETURNED: "Återsänd",
    InvoiceStatus.REPLACED: "Ersatt av en ny",
    InvoiceStatus.KEPT_AS_DOCUMENT: "Sparad som handling",
}


class Invoice(models.Model):
    """An invoice or credit note. `body` is the whole of it as it was read; what is asked for often stands beside.

    `original` are the bytes as they came, or what somebody typed from `scan`. `settles_with` is the invoice that a
    credit note is deducted from, `replaces` the one that this was asked for instead of.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="invoices")
    supplier = models.ForeignKey(Provider, null=True, on_delete=models.PROTECT, related_name="invoices")
    supplier_number = models.CharField(max_length=20)
    supplier_name = models.CharField(max_length=200)
    kind = models.CharField(max_length=12)
    number = models.CharField(max_length=80)
    issued_on = models.DateField()
    due_on = models.DateField(null=True)
    period_from = models.DateField(null=True)
    period_to = models.DateField(null=True)
    payable_ore = models.BigIntegerField()
    ocr = models.CharField(max_length=25, blank=True)
    content_digest = models.CharField(max_length=64)
    body = models.JSONField()
    original = models.ForeignKey(Original, on_delete=models.PROTECT, related_name="invoices")
    scan = models.ForeignKey(Original, null=True, on_delete=models.PROTECT, related_name="scanned_invoices")
    is_secret = models.BooleanField(default=False)
    status = models.CharField(max_length=16, choices=list(STATUS_LABELS.items()), default=InvoiceStatus.RECEIVED)
    version = models.PositiveIntegerField(default=1)
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")
    settles_with = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="credit_notes")
    received_at = models.DateTimeField()
    registered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["municipality", "status", "due_on"], name="invoices_queue"),
            models.Index(fields=["supplier_number", "number"], name="invoices_of_supplier"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "original"], name="invoices_invoice_is_registered_once"),
            models.CheckConstraint(
                condition=Q(status__in=[status.value for status in InvoiceStatus]), name="invoices_invoice_status"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in DocumentKind]), name="invoices_invoice_kind"
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | ~Q(replaces=F("id")), name="invoices_invoice_replaces_another"
            ),
            models.CheckConstraint(
                condition=Q(settles_with__isnull=True) | Q(kind=DocumentKind.CREDIT_NOTE),
                name="invoices_invoice_only_a_credit_note_settles",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Allocation(models.Model):
    """One laying out of an invoice on recipients and months; the last one made counts. Append-only."""

    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="allocations")
    number = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["invoice", "number"], name="invoices_allocation_number")]


class Share(models.Model):
    """What of an invoice is one recipient's in one month. Append-only."""

    allocation = models.ForeignKey(Allocation, on_delete=models.PROTECT, related_name="shares")
    number = models.PositiveIntegerField()
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="shares")
    month_on = models.DateField()
    minutes = models.PositiveIntegerField(null=True)  # null: what is billed is no time
    amount_ore = models.BigIntegerField()
    line = models.CharField(max_length=40, blank=True)
    decided = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = [models.Index(fields=["recipient", "month_on"], name="invoices_month_of_recipient")]
        constraints = [
            models.UniqueConstraint(fields=["allocation", "number"], name="invoices_share_number"),
            models.CheckConstraint(condition=Q(month_on__day=1), name="invoices_share_month_starts_on_the_first"),
            models.CheckConstraint(condition=~Q(amount_ore=0), name="invoices_share_is_something"),
        ]


class Return(models.Model):
    """That an invoice went back: why, the letter, and the message to the network, as they were made. Append-only."""

    invoice = models.OneToOneField(Invoice, on_delete=models.PROTECT, related_name="returned")
    reasons = models.JSONField()
    asks_for_new = models.BooleanField()
    letter = models.TextField()
    message = models.BinaryField()
    returned_at = models.DateTimeField()
    returned_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")


class CountingModelConfirmed(models.Model):
    """How the first hours of each week are counted, confirmed against a real invoice. Append-only.

    The last one made that holds on a day speaks for invoices that begin that day.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    model = models.CharField(max_length=16)
    holds_from = models.DateField()
    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(model__in=[model.value for model in CountingModel]),
                name="invoices_countingmodelconfirmed_model",
            ),
        ]


class OwnReference(models.Model):
    """A reference of ours that suppliers may quote, and whose it is."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="own_references")
    code = models.CharField(max_length=80)
    label = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "code"], name="invoices_ownreference_is_registered_once")
        ]
