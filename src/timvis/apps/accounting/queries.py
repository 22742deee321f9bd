"""What is asked about money: does the ledger say what was decided and paid?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from timvis.apps.accounting import records
from timvis.apps.accounting.models import Batch, Entry, FeePayment, OrderStatus, PaymentOrder
from timvis.apps.accounting.vouchers import chart_of
from timvis.apps.attestation.models import SignedAct
from timvis.apps.claims.models import Statement
from timvis.apps.orders.models import InvoiceBasis
from timvis.apps.parties.models import Municipality
from timvis.core.ledger import LedgerCheck, check
from timvis.core.routine.records import Act
from timvis.formats.pain002.read import read as read_answer


def ledger_check(municipality: str) -> LedgerCheck | None:
    """Return whether a municipality's ledger is whole and says what was decided and paid.

    What it should say is counted from the signatures and the bank's answers, not from the ledger. None when the
    municipality has no routine yet, and so nothing to book on.
    """
    chart = chart_of(municipality)
    if chart is None:
        return None
    posted = PaymentOrder.objects.filter(claim__municipality__slug=municipality, status=OrderStatus.POSTED)
    paid = posted.aggregate(sum=Sum("amount_ore"))["sum"] or 0
    # A fee is booked when the vouchers are handed on or when it is paid, whichever is first.
    booked = InvoiceBasis.objects.filter(booking__municipality__slug=municipality, entry__isnull=False)
    received = FeePayment.objects.filter(invoice_basis__booking__municipality__slug=municipality)
    return check(
        records.entries(Entry.objects.filter(series=municipality)),
        owed_ore=_decided(municipality) - paid,
        paid_ore=paid,
        chart=chart,
        asked_ore=booked.aggregate(sum=Sum("total_ore"))["sum"] or 0,
        received_ore=received.aggregate(sum=Sum("amount_ore"))["sum"] or 0,
    )


def ledger_checks() -> dict[str, LedgerCheck]:
    """Return the check of every municipality that has a ledger."""
    slugs: Iterable[str] = Municipality.objects.order_by("slug").values_list("slug", flat=True)
    return {slug: found for slug in slugs if (found := ledger_check(slug)) is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeStanding:
    """A fee that has been asked for, and what has been paid of it in whole öre."""

    basis: InvoiceBasis
    paid_ore: int

    @property
    def left_ore(self) -> int:
        """What is still to be paid."""
        return self.basis.total_ore - self.paid_ore

    def is_overdue(self, on: date) -> bool:
        """Whether something is left after the last day to pay it."""
        return self.left_ore > 0 and self.basis.due_on < on


def fee_standing(basis: InvoiceBasis) -> FeeStanding:
    """Return what has been paid of one fee."""
    return FeeStanding(basis=basis, paid_ore=sum(one.amount_ore for one in basis.payments.all()))


def fees_asked_for(municipality: str) -> tuple[FeeStanding, ...]:
    """Return every fee a municipality has asked for, those with something left to pay first, the oldest first."""
    rows = InvoiceBasis.objects.filter(booking__municipality__slug=municipality).defer("xml")
    rows = rows.select_related("booking__municipality").prefetch_related("payments", "booking__provider__versions")
    found = [fee_standing(row) for row in rows]
    return tuple(sorted(found, key=lambda one: (not one.left_ore, one.basis.due_on, one.basis.pk)))


def whose_answer(content: bytes) -> str | None:
    """Return the municipality whose payment file an answer is about, None when it is about none of ours."""
    report = read_answer(content)
    if isinstance(report, tuple):
        return None
    ids = {answer.message_id for answer in report.answers}
    batch = Batch.objects.filter(message_id__in=ids).select_related("municipality").first()
    return batch.municipality.slug if batch else None


def _decided(municipality: str) -> int:
    """Return what the last decision attest of each claim comes to, all together."""
    attests = SignedAct.objects.filter(claim__municipality__slug=municipality, act=Act.DECISION_ATTEST)
    last = {attest.claim_id: attest.statement_digest for attest in attests.order_by("round")}
    amounts = {
        (claim_id, digest): total_ore
        for claim_id, digest, total_ore in Statement.objects.filter(claim_id__in=last).values_list(
            "claim_id", "digest", "total_ore"
        )
    }
    return sum(amounts[signed] for signed in last.items())
