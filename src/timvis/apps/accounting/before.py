"""What was decided and paid before for the same hours: what a new amount and its account are measured by."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Q, Subquery

from timvis.apps.accounting.models import OrderStatus, PaymentOrder
from timvis.apps.claims.models import Claim, Statement
from timvis.core.access import ClaimStatus
from timvis.core.calendar.months import month_after

DECIDED = frozenset(
    {ClaimStatus.ATTESTED, ClaimStatus.ORDERED, ClaimStatus.PAID, ClaimStatus.BOOKED, ClaimStatus.ARCHIVED}
)
"""The statuses of months that somebody has decided."""

Hours = tuple[int | None, int, str]
"""Whose hours with whom: recipient (None for an invoice of several), provider, kind of claim."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What came before one claim.

    `paid_to` is name, kind of account and number of the last payment that the bank has made, None before the first;
    `previous_ore` what the month before came to; `earlier_ore` every decided month before, the newest first.
    """

    paid_to: tuple[str, ...] | None
    previous_ore: int | None
    earlier_ore: tuple[int, ...]


def before(claims: Collection[Claim]) -> dict[int, Before]:
    """Return what came before each of some claims, by the claim's id, with two queries whatever their number."""
    decided, paid_to = _decided(claims), _paid_to(claims)
    return {claim.pk: _before(claim, decided[_hours(claim)], paid_to) for claim in claims}


def _before(claim: Claim, decided: Sequence[tuple[date, int]], paid_to: Mapping[Hours, tuple[str, ...]]) -> Before:
    earlier = [(month_on, ore) for month_on, ore in decided if month_on < claim.month_on]
    month_before = month_after(claim.month_on, -1)
    return Before(
        paid_to=paid_to.get(_hours(claim)),
        previous_ore=next((ore for month_on, ore in earlier if month_on == month_before), None),
        earlier_ore=tuple(ore for _, ore in earlier),
    )


def _hours(claim: Claim) -> Hours:
    return claim.recipient_id, claim.provider_id, claim.kind


def _decided(claims: Collection[Claim]) -> defaultdict[Hours, list[tuple[date, int]]]:
    """Return the decided months of the same hours and what they came to, the newest first."""
    newest = Statement.objects.filter(claim=OuterRef("pk")).order_by("-number").values("total_ore")[:1]
    rows = (
        Claim.objects.filter(
            Q(recipient_id__in={claim.recipient_id for claim in claims}) | Q(recipient__isnull=True),
            provider_id__in={claim.provider_id for claim in claims},
            status__in=DECIDED,
            # What an invoice is paid for is told by the invoice's own claim.
            is_paid_by_invoice=False,
        )
        .annotate(total_ore=Subquery(newest))
        .filter(total_ore__isnull=False)
        .order_by("-month_on", "-id")
        .values_list("recipient_id", "provider_id", "kind", "month_on", "total_ore")
    )
    decided: defaultdict[Hours, list[tuple[date, int]]] = defaultdict(list)
    for recipient_id, provider_id, kind, month_on, total_ore in rows:
        decided[recipient_id, provider_id, kind].append((month_on, total_ore))
    return decided


def _paid_to(claims: Collection[Claim]) -> dict[Hours, tuple[str, ...]]:
    """Return the payee and account of the last payment that the bank has made for the same hours."""
    rows = PaymentOrder.objects.filter(
        Q(claim__recipient_id__in={claim.recipient_id for claim in claims}) | Q(claim__recipient__isnull=True),
        claim__provider_id__in={claim.provider_id for claim in claims},
        status=OrderStatus.POSTED,
    ).order_by("made_at", "id")
    payee = ("payee_version__payee_name", "payee_version__account_kind", "payee_version__account_number")
    told = rows.values_list("claim__recipient_id", "claim__provider_id", "claim__kind", *payee)
    return {(recipient_id, provider_id, kind): tuple(to) for recipient_id, provider_id, kind, *to in told}
