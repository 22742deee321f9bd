"""Money: orders, the files they leave in, and the ledger. Entries, transfers and exports are append-only."""

from enum import StrEnum

from django.db import models
from django.db.models import F, Q

from timvis.apps.audit.models import Person
from timvis.apps.claims.models import Claim, Statement
from timvis.apps.orders.models import InvoiceBasis
from timvis.apps.parties.models import Municipality, PayeeVersion
from timvis.core.ledger import EntryKind
from timvis.core.payment import AccountKind


class OrderStatus(StrEnum):
    """What has become of a payment order; an unknown outcome is never sent again by machine."""

    RESERVED = "reserved"
    SENT = "sent"
    POSTED = "posted"
    VOIDED = "voided"
    UNKNOWN = "unknown"


class BatchStatus(StrEnum):
    """How far a payment file has come; `staged` is on disk but not yet where the bank looks.

    What a person has built waits until somebody has seen it and released it; the clock's own is released as it is.
    """

    BUILT = "built"
    RELEASED = "released"
    STAGED = "staged"
    SENT = "sent"
    ANSWERED = "answered"


def _one_of(codes: type[StrEnum], field: str, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{field}__in": [code.value for code in codes]}), name=name)


class PayingAccount(models.Model):
    """The account a municipality pays from, and the dialect its bank reads."""

    municipality = models.OneToOneField(Municipality, on_delete=models.PROTECT, related_name="paying_account")
    account_kind = models.CharField(max_length=20)
    account_number = models.CharField(max_length=34)
    bic = models.CharField(max_length=11, blank=True)
    bank_profile = models.CharField(max_length=40, default="common")

    class Meta:
        constraints = [_one_of(AccountKind, "account_kind", "accounting_payingaccount_kind")]


class Batch(models.Model):
    """A payment file, its bytes kept before it leaves; its name is the file's."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="batches")
    name = models.CharField(max_length=80, unique=True)
    message_id = models.CharField(max_length=35, unique=True)
    digest = models.CharField(max_length=64)
    content = models.BinaryField()
    orders = models.PositiveIntegerField()
    sum_ore = models.BigIntegerField()
    made_at = models.DateTimeField()
    status = models.CharField(max_length=10, default=BatchStatus.BUILT)

    class Meta:
        constraints = [
            _one_of(BatchStatus, "status", "accounting_batch_status"),
            models.CheckConstraint(condition=Q(orders__gt=0, sum_ore__gt=0), name="accounting_batch_pays"),
        ]


class PaymentOrder(models.Model):
    """One payment: a statement is paid by one order or by none."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="payment_orders")
    statement = models.OneToOneField(Statement, on_delete=models.PROTECT, related_name="payment_order")
    payee_version = models.ForeignKey(PayeeVersion, on_delete=models.PROTECT, related_name="+")
    amount_ore = models.BigIntegerField()
    end_to_end_id = models.CharField(max_length=35, unique=True)
    reference = models.CharField(max_length=140, blank=True)
    # What stands instead of the reference when the payee wants a number that machines read.
    ocr = models.CharField(max_length=25, blank=True)
    # The last banking day that still is in time; null: as soon as may be.
    pay_on = models.DateField(null=True)
    made_at = models.DateTimeField()
    status = models.CharField(max_length=10, default=OrderStatus.RESERVED)
    bank_reason = models.TextField(blank=True)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, null=True, related_name="payment_orders")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_ore__gt=0), name="accounting_paymentorder_pays"),
            _one_of(OrderStatus, "status", "accounting_paymentorder_status"),
            models.CheckConstraint(
                condition=Q(status=OrderStatus.RESERVED) | Q(batch__isnull=False),
                name="accounting_paymentorder_leaves_in_a_batch",
            ),
        ]


class BankAnswerFile(models.Model):
    """An answer from the bank, kept as it came: the same bytes again are the same row. Append-only."""

    digest = models.CharField(max_length=64, unique=True)
    content = models.BinaryField()
    file_name = models.CharField(max_length=255)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="answer_files")
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")


class BankNotification(models.Model):
    """What the bank told of money that came in, kept as it came: the same bytes again are the same row. Append-only."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="bank_notifications")
    digest = models.CharField(max_length=64)
    content = models.BinaryField()
    file_name = models.CharField(max_length=255)
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "digest"], name="accounting_banknotification_once")
        ]


class FeePayment(models.Model):
    """That a fee was paid, or a part of it; several parts make the whole. Append-only.

    `notification` is the bank's own word of it, None for one that somebody registered by hand; `bank_reference` the
    bank's name of the payment, None where it has none.
    """

    invoice_basis = models.ForeignKey(InvoiceBasis, on_delete=models.PROTECT, related_name="payments")
    amount_ore = models.BigIntegerField()
    paid_on = models.DateField()
    bank_reference = models.CharField(max_length=80, null=True)
    notification = models.ForeignKey(BankNotification, null=True, on_delete=models.PROTECT, related_name="fee_payments")
    registered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    known_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_ore__gt=0), name="accounting_feepayment_pays"),
            models.UniqueConstraint(
                fields=["invoice_basis", "bank_reference"], name="accounting_feepayment_is_taken_once"
            ),
        ]


class Series(models.Model):
    """The last voucher number given in a series: taken by a guarded update, so that no number is left out."""

    name = models.CharField(max_length=80, unique=True)
    last = models.PositiveIntegerField(default=0)


class Entry(models.Model):
    """A voucher; its series is the municipality's. Append-only."""

    series = models.CharField(max_length=80)
    number = models.PositiveIntegerField()
    booked_on = models.DateField()
    text = models.CharField(max_length=200)
    kind = models.CharField(max_length=12)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, null=True, related_name="entries")
    # One fee is one voucher, however often somebody hands on.
    invoice_basis = models.OneToOneField(InvoiceBasis, on_delete=models.PROTECT, null=True, related_name="entry")
    fee_payment = models.OneToOneField(FeePayment, on_delete=models.PROTECT, null=True, related_name="entry")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "number"], name="accounting_entry_number"),
            _one_of(EntryKind, "kind", "accounting_entry_kind"),
        ]


class Transfer(models.Model):
    """An amount from one account to another: half a transfer can't be written. Append-only."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="transfers")
    debit_account = models.CharField(max_length=10)
    credit_account = models.CharField(max_length=10)
    amount_ore = models.BigIntegerField()
    coding = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_ore__gt=0), name="accounting_transfer_moves_money"),
            models.CheckConstraint(
                condition=~Q(debit_account=F("credit_account")), name="accounting_transfer_has_two_ends"
            ),
        ]


class Export(models.Model):
    """A SIE file for the municipality's ledger: the vouchers of one series, from and to. Append-only."""

    series = models.CharField(max_length=80)
    first_number = models.PositiveIntegerField()
    last_number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    content = models.BinaryField()
    file_name = models.CharField(max_length=120, unique=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "first_number"], name="accounting_export_no_overlap"),
            models.CheckConstraint(
                condition=Q(last_number__gte=F("first_number")), name="accounting_export_holds_something"
            ),
        ]


class AfterControl(models.Model):
    """What a controller found when a paid claim of a month's sample was looked at again. Append-only."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="after_controls")
    month_on = models.DateField()
    is_right = models.BooleanField()
    note = models.TextField(blank=True)
    controlled_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    known_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_right=True) | ~Q(note=""), name="accounting_aftercontrol_remark_says_what"
            ),
        ]
