"""Rows of invoices → core records: the invoice as it was read, whose cost it is, what our registers hold of it."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import OuterRef, Q, Subquery

from timvis.apps.audit.versions import holds_on
from timvis.apps.decisions.models import Decision, HomeCareDecision
from timvis.apps.invoices.models import (
    Allocation,
    CountingModelConfirmed,
    Invoice,
    InvoiceStatus,
    OwnReference,
    Share,
)
from timvis.apps.parties import records as parties
from timvis.apps.parties.models import AgreementVersion, Provider
from timvis.core.calendar.local_time import day_of
from timvis.core.invoice import allocation as core_allocation
from timvis.core.invoice import records as core
from timvis.core.invoice.case import Billed
from timvis.core.invoice.first_hours_models import CountingModel
from timvis.core.invoice.known import AgreedPrice, EarlierInvoice, Known, KnownSupplier
from timvis.core.payment import AccountKind, PayeeAccount
from timvis.core.quantities import Minutes, Ore
from timvis.formats.frozen import freeze, thaw

NOT_COMING = (InvoiceStatus.RETURNED, InvoiceStatus.REPLACED)
"""Invoices that were sent back: the same one may rightly come once more."""


def frozen(invoice: core.Invoice) -> object:
    """Return an invoice as it is kept; what is attached stays in the original's bytes."""
    attachments = tuple(replace(each, content=b"") for each in invoice.attachments)
    return freeze(core.Invoice, replace(invoice, attachments=attachments))


def invoice(row: Invoice) -> core.Invoice:
    """Return an invoice as it was read."""
    return thaw(core.Invoice, row.body)


def newest_allocation(row: Invoice) -> Allocation | None:
    """Return the allocation that counts: the last one made."""
    return row.allocations.order_by("-number").first()


def share_rows(row: Invoice) -> tuple[Share, ...]:
    """Return the shares of the allocation that counts, in order; none before an invoice is allocated."""
    newest = newest_allocation(row)
    if newest is None:
        return ()
    return tuple(newest.shares.select_related("recipient").order_by("number"))


def shares_of_each(invoice_ids: Collection[int]) -> tuple[tuple[int, Share], ...]:
    """Return the shares that count of some invoices and of the credit notes settled against them.

    Each stands with the id of the invoice that is paid.
    """
    newest = Allocation.objects.filter(invoice=OuterRef("allocation__invoice")).order_by("-number").values("id")[:1]
    shares = Share.objects.filter(
        Q(allocation__invoice_id__in=invoice_ids) | Q(allocation__invoice__settles_with_id__in=invoice_ids),
        allocation_id=Subquery(newest),
    )
    rows = shares.select_related("recipient__municipality", "allocation__invoice").order_by("id")
    return tuple((share.allocation.invoice.settles_with_id or share.allocation.invoice_id, share) for share in rows)


def billed(row: Invoice) -> Billed:
    """Return an invoice with the allocation that counts."""
    return Billed(invoice=invoice(row), shares=tuple(map(share, share_rows(row))))


def credits(row: Invoice) -> tuple[Billed, ...]:
    """Return the credit notes that are settled against an invoice, in the order they came."""
    return tuple(billed(note) for note in row.credit_notes.order_by("id"))


def share(row: Share) -> core_allocation.Share:
    """Return one share."""
    return core_allocation.Share(
        number=row.number,
        recipient=reference(row.recipient_id),
        month_on=row.month_on,
        amount_ore=Ore(row.amount_ore),
        minutes=None if row.minutes is None else Minutes(row.minutes),
        line=row.line,
        decided=row.decided,
    )


def reference(recipient_id: int) -> str:
    """Return what a recipient is called where nobody may be named: her oldest decision's reference, else a number."""
    for decisions in (Decision.objects, HomeCareDecision.objects):
        reference = decisions.filter(recipient_id=recipient_id).order_by("id").values_list("reference", flat=True)
        if found := reference.first():
            return str(found)
    return f"brukare {recipient_id}"


# --- what our registers hold ------------------------------------------------------------------------------


def known(row: Invoice, *, known_at: datetime) -> Known:
    """Return what is known of an invoice's supplier, its prices and its earlier invoices at a moment.

    Hours are matched per recipient, from the allocation: what is granted for a supplier's month all together says
    nothing of anybody.
    """
    read = invoice(row)
    codes = OwnReference.objects.filter(municipality_id=row.municipality_id)
    return Known(
        suppliers=tuple(_suppliers(row, known_at)),
        earlier=tuple(_earlier(row)),
        prices=tuple(_prices(row, known_at)),
        references=frozenset(codes.filter(code=read.buyer_reference).values_list("code", flat=True))
        if codes.exists()
        else None,
    )


def _suppliers(row: Invoice, known_at: datetime) -> Iterator[KnownSupplier]:
    supplier = row.supplier
    if supplier is None:
        return
    form = parties.payee(None, supplier.pk, known_at=known_at, on=day_of(known_at))
    accounts: tuple[PayeeAccount, ...] = ()
    if form is not None and form.proof_received_on is not None:
        accounts = (PayeeAccount(kind=AccountKind(form.account_kind), number=form.account_number),)
    yield KnownSupplier(organisation_number=row.supplier_number, accounts=accounts)


def _earlier(row: Invoice) -> Iterator[EarlierInvoice]:
    others = Invoice.objects.filter(municipality_id=row.municipality_id, supplier_number=row.supplier_number)
    for each in others.filter(id__lt=row.pk).exclude(status__in=NOT_COMING).order_by("id"):
        yield EarlierInvoice(
            supplier_number=each.supplier_number,
            number=each.number,
            payable_ore=Ore(each.payable_ore),
            due_on=each.due_on,
            content_digest=each.content_digest,
        )


def _prices(row: Invoice, known_at: datetime) -> Iterator[AgreedPrice]:
    if row.supplier_id is None:
        return
    versions = AgreementVersion.objects.filter(thing__provider_id=row.supplier_id, known_at__lte=known_at)
    by_agreement: dict[int, list[AgreementVersion]] = {}
    for version in versions.order_by("thing_id", "number"):
        by_agreement.setdefault(version.thing_id, []).append(version)
    for layers in by_agreement.values():
        for price, valid_from, valid_to in layered(layers):
            yield AgreedPrice(
                supplier_number=row.supplier_number,
                ore_per_hour=Decimal(price),
                valid_from=valid_from,
                valid_to=valid_to,
            )


def layered(versions: Iterable[AgreementVersion]) -> Iterator[tuple[int, date, date | None]]:
    """Yield price, first day and first day after of each piece in which one version speaks: they lie in layers."""
    layers = sorted(versions, key=lambda version: version.number)
    cuts = {version.valid_from or date.min for version in layers}
    days = sorted(cuts | {version.valid_to for version in layers if version.valid_to})
    for day, after in zip(days, [*days[1:], None], strict=True):
        speaking = [version for version in layers if holds_on(version, day)]
        if speaking and speaking[-1].price_ore_per_hour is not None:
            yield speaking[-1].price_ore_per_hour, day, after


def last_day(period_to: date) -> date:
    """Return the last day of a half-open period."""
    return period_to - timedelta(days=1)


def supplier_of(municipality_id: int, number: str) -> Provider | None:
    """Return the supplier with an organisation number, None while nobody has registered it."""
    return Provider.objects.filter(municipality_id=municipality_id, organisation_number=number).first()


def confirmed_model(municipality_id: int, on: date) -> CountingModel | None:
    """Return how the first hours of weeks from a day on are counted; None while nobody has confirmed it."""
    rows = CountingModelConfirmed.objects.filter(municipality_id=municipality_id, holds_from__lte=on)
    newest = rows.order_by("-id").first()
    return None if newest is None else CountingModel(newest.model)
