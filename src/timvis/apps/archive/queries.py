"""What is asked about the archive: what lies there, what may go when, and in which binder a paid invoice is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from timvis.apps.accounting.models import Entry
from timvis.apps.archive.models import Package
from timvis.apps.claims.models import Claim
from timvis.apps.invoices.models import Invoice, Share
from timvis.apps.parties.models import ProviderVersion, RecipientVersion
from timvis.core.access import ClaimStatus


def newest_package(claim: Claim) -> Package | None:
    """Return the package that counts for a claim, None before it is archived."""
    return claim.packages.order_by("-number").first()


def client_files_due(on: date) -> QuerySet[Package]:
    """Return the packages whose client file may be deleted on a day, the most pressing first."""
    due = Q(keep_client_file_for_ever=False, keep_client_file_until__lte=on)
    return Package.objects.filter(due).order_by("client_file_gone_by", "id")


# --- the binder ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a paid invoice is looked for by; what is empty is not asked."""

    recipient: str = ""
    provider: str = ""
    month_on: date | None = None
    voucher: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One paid invoice in its binder: the supplier's, of the year it was paid in."""

    invoice: Invoice
    claim: Claim
    binder: str
    recipients: int
    months: tuple[date, ...]
    vouchers: tuple[int, ...]
    package: Package | None


_PAID = (ClaimStatus.PAID, ClaimStatus.BOOKED, ClaimStatus.ARCHIVED)


def in_binder(municipality: str, wanted: Wanted, *, not_of: str = "") -> tuple[Kept, ...]:
    """Return the paid invoices of a municipality that are wanted, newest first; `not_of` leaves out a person's own."""
    claims = Claim.objects.filter(municipality__slug=municipality, invoice__isnull=False, status__in=_PAID)
    if wanted.provider:
        names = ProviderVersion.objects.filter(name__icontains=wanted.provider).values("thing_id")
        number = wanted.provider.replace("-", "")
        claims = claims.filter(Q(provider__in=names) | Q(provider__organisation_number=number))
    if wanted.voucher is not None:
        entries = Entry.objects.filter(series=municipality, number=wanted.voucher)
        claims = claims.filter(pk__in=entries.values("claim_id"))
    found = claims.select_related("invoice", "provider").prefetch_related("packages").order_by("-id")
    return tuple(kept for claim in found if (kept := _kept(claim, wanted, not_of)) is not None)


def _kept(claim: Claim, wanted: Wanted, not_of: str) -> Kept | None:
    """Return a claim's invoice in its binder, None when its shares are not those that are wanted."""
    invoice = claim.invoice
    assert invoice is not None
    shares = _shares(invoice)
    if not_of and any(share.recipient.personal_number == not_of for share in shares):
        return None
    if wanted.recipient and not _is_for(shares, wanted.recipient):
        return None
    if wanted.month_on is not None and wanted.month_on not in {share.month_on for share in shares}:
        return None
    entries = list(Entry.objects.filter(claim=claim).order_by("number"))
    year = entries[-1].booked_on.year if entries else claim.received_at.year
    return Kept(
        invoice=invoice,
        claim=claim,
        binder=f"{invoice.supplier_name} {year}",
        recipients=len({share.recipient_id for share in shares}),
        months=tuple(sorted({share.month_on for share in shares})),
        vouchers=tuple(entry.number for entry in entries),
        package=max(claim.packages.all(), key=lambda package: package.number, default=None),
    )


def _shares(invoice: Invoice) -> list[Share]:
    newest = invoice.allocations.order_by("-number").first()
    return list(newest.shares.select_related("recipient")) if newest else []


def _is_for(shares: Iterable[Share], text: str) -> bool:
    """Whether any share is somebody's with that number or a name like it."""
    ids = {share.recipient_id for share in shares}
    number = text.replace("-", "").replace(" ", "")
    if any(share.recipient.personal_number == number for share in shares):
        return True
    return RecipientVersion.objects.filter(thing_id__in=ids, name__icontains=text).exists()
