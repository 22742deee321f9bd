"""An invoice that comes after a summary: what it may show of anybody, and the summaries it is held against."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from fractions import Fraction

from timvis.apps.claims.models import MAY_BE_PAID, Claim
from timvis.apps.home_orders.models import HomeOrder
from timvis.apps.invoices import records as invoices
from timvis.apps.invoices.models import Invoice
from timvis.apps.parties import records as parties
from timvis.apps.reconciliation import queries as reconciliation
from timvis.apps.reconciliation import records as reconciliation_records
from timvis.apps.reconciliation.models import Summary
from timvis.core.invoice.by_summary import BySummary, PriceHours, SentSummary
from timvis.core.invoice.personal_data import Named, Privacy
from timvis.core.quantities import Minutes, Ore, half_up
from timvis.core.records import ProviderKind
from timvis.core.routine.records import Channel, ClaimKind, Routine
from timvis.core.routine.terms import InvoiceRole


def channels(routine: Routine, provider_id: int, kind: ClaimKind, *, known_at: datetime) -> tuple[Channel, ...]:
    """Return the ways in by which a provider's invoices come in a routine; none where they do not."""
    provider_kind = ProviderKind(parties.provider_version(provider_id, known_at=known_at).kind)
    return tuple(one for one in routine.channels_of(provider_kind, kind) if one.invoice is not InvoiceRole.NONE)


def is_secret(found: Collection[Channel]) -> bool:
    """Return whether an invoice that came these ways is to be marked secret."""
    return any(one.is_secret for one in found)


def comes_after_summary(found: Collection[Channel]) -> bool:
    """Return whether an invoice that came these ways is written from a summary."""
    return any(one.invoice is InvoiceRole.AFTER_SUMMARY for one in found)


def privacy(claim: Claim, found: Collection[Channel], *, known_at: datetime) -> Privacy | None:
    """Return how much of a recipient a claim's invoice may show, None where its routine says nothing of it.

    Those it could be about are everybody who has had home care from the supplier, and whom it is laid out on.
    """
    rule = next((one.personal_data_on_invoice for one in found if one.personal_data_on_invoice is not None), None)
    if rule is None or claim.invoice is None:
        return None
    ids = set(HomeOrder.objects.filter(provider_id=claim.provider_id).values_list("recipient_id", flat=True))
    ids.update(share.recipient_id for share in invoices.share_rows(claim.invoice))
    return Privacy(
        rule=rule,
        recipients=tuple(
            Named(name=one.name, personal_number=one.number)
            for _, one in sorted(parties.recipients(ids, known_at=known_at).items())
        ),
    )


def summaries(claim: Claim, months: Collection[date], found: Collection[Channel]) -> BySummary | None:
    """Return the summaries that a claim's invoice is held against, None where it is not written from any."""
    if not comes_after_summary(found):
        return None
    newest = {one.month_on: one for one in reconciliation.summaries_of([claim.provider_id]) if one.month_on in months}
    return BySummary(
        months=tuple(sorted(months)),
        sent=tuple(_sent(claim, newest[month_on]) for month_on in sorted(newest)),
    )


def paid_minutes(claim: Claim, months: Collection[date]) -> Mapping[tuple[int, date], Minutes]:
    """Return the minutes that the summaries of some months pay for, by recipient and month."""
    found: defaultdict[tuple[int, date], Fraction] = defaultdict(Fraction)
    for one in reconciliation.summaries_of([claim.provider_id]):
        if one.month_on in months:
            for key, minutes in reconciliation_records.approved_minutes(one).items():
                found[key.recipient_id, one.month_on] += minutes
    return {key: Minutes(half_up(*minutes.as_integer_ratio())) for key, minutes in found.items()}


def _sent(claim: Claim, summary: Summary) -> SentSummary:
    lines = reconciliation_records.summary(summary).statement.lines
    return SentSummary(
        month_on=summary.month_on,
        total_ore=Ore(summary.total_ore),
        prices=tuple(PriceHours(rate=line.rate, hours=line.quantity) for line in lines if line.unit == "hour"),
        billed_before_ore=Ore(sum(_billed_before(claim, summary.month_on))),
    )


def _billed_before(claim: Claim, month_on: date) -> Iterator[int]:
    """Yield what other invoices of the supplier's, that are or may come to be paid, bill for the same month."""
    others = Claim.objects.filter(
        kind=claim.kind, provider_id=claim.provider_id, invoice__isnull=False, status__in=MAY_BE_PAID
    )
    billing: list[Invoice] = [
        other.invoice
        for other in others.exclude(pk=claim.pk).select_related("invoice").order_by("pk")
        if other.invoice is not None
    ]
    for invoice in billing:
        yield from (share.amount_ore for share in invoices.share_rows(invoice) if share.month_on == month_on)
