"""Rows around an invoice → the case a claim on it is judged on: months granted and performed, prices, decided costs."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from timvis.apps.claims import by_summary, first_hours
from timvis.apps.claims.models import MAY_BE_PAID, Claim, Report, Statement
from timvis.apps.decisions import records as decisions
from timvis.apps.invoices import records as invoices
from timvis.apps.invoices.models import Invoice, Share
from timvis.core.access import ClaimStatus
from timvis.core.calculation.first_twenty_hours import SHARE
from timvis.core.calculation.pieces import pools
from timvis.core.calculation.rates import RateRule, rate_on
from timvis.core.calendar.months import month_after
from timvis.core.facts.load import parts_of
from timvis.core.invoice.case import InvoiceCase
from timvis.core.invoice.known import AgreedPrice
from timvis.core.invoice.matching import DecidedCost, PersonMonth
from timvis.core.law import LawBook, LawByDay, LawGap, LawReader
from timvis.core.quantities import PARTS_PER_MINUTE, Minutes, Ore, half_up
from timvis.core.records import Grant, GrantUnit, Regime, TimeKind
from timvis.core.review.review import Sums
from timvis.core.routine.records import ClaimKind, Routine
from timvis.core.statement import Statement as StatementRecord
from timvis.formats.frozen import thaw

PRICED_BY_HOUR = (ClaimKind.ASSISTANCE, ClaimKind.HOME_CARE)
_ON_THE_WAY = (
    ClaimStatus.CALCULATED,
    ClaimStatus.ATTESTED,
    ClaimStatus.ORDERED,
    ClaimStatus.PAID,
    ClaimStatus.BOOKED,
    ClaimStatus.ARCHIVED,
)
"""How far a month by time reports has come when its hours are as good as paid."""


def case(claim: Claim, routine: Routine, law: LawBook, *, known_at: datetime) -> InvoiceCase:
    """Return everything a claim on an invoice is judged on, as it was known at a moment."""
    invoice = claim.invoice
    assert invoice is not None
    reader, kind = LawReader(law), ClaimKind(claim.kind)
    shares = invoices.share_rows(invoice)
    ways = by_summary.channels(routine, claim.provider_id, kind, known_at=known_at)
    billed_on = {share.month_on for share in shares}
    summaries = by_summary.summaries(claim, billed_on, ways)
    months = (
        tuple(_month(claim, *key, reader, known_at) for key in _billed_months(shares))
        if summaries is None
        else tuple(_summed_months(claim, shares))
    )
    known = invoices.known(invoice, known_at=known_at)
    return InvoiceCase(
        kind=kind,
        billed=invoices.billed(invoice),
        credits=invoices.credits(invoice),
        registers=replace(
            known,
            # A summary has its prices in it: what is billed is held against that, price by price.
            prices=None if summaries else _prices(known.prices, kind, invoice, shares, routine, reader),
        ),
        months=months,
        decided=_decided(claim),
        is_secret=invoice.is_secret,
        first_hours=first_hours.verification(claim, reader, known_at=known_at)
        if kind is ClaimKind.FIRST_TWENTY_HOURS
        else None,
        privacy=by_summary.privacy(claim, ways, known_at=known_at),
        summaries=summaries,
    )


def is_invoiced(claim: Claim) -> bool:
    """Whether a month by time reports is also billed on an invoice that is or may come to be paid."""
    assert claim.recipient_id is not None, "time reports are one recipient's"
    return any(True for _ in _billed_elsewhere(claim, claim.recipient_id, claim.month_on))


def sums(case: InvoiceCase) -> Sums:
    """Return the time an invoice bills, told as a report's, and what was granted for it."""
    billed = sum(match.billed_minutes for match in case.matches)
    granted = sum(month.granted_minutes or 0 for month in case.months)
    return Sums(
        active_minutes=billed,
        waiting_minutes=0,
        standby_minutes=0,
        actual_minutes=billed,
        payable_28ths=billed * PARTS_PER_MINUTE,
        granted_28ths=granted * PARTS_PER_MINUTE,
    )


def _billed_months(shares: tuple[Share, ...]) -> list[tuple[int, date]]:
    return sorted({(share.recipient_id, share.month_on) for share in shares if share.minutes is not None})


def _summed_months(claim: Claim, shares: tuple[Share, ...]) -> Iterator[PersonMonth]:
    """Yield the months of an invoice that comes after a summary: what the summary pays is what may be billed.

    The summary as a whole is billed once, which is asked of it and not of each recipient.
    """
    paid = by_summary.paid_minutes(claim, {share.month_on for share in shares})
    for recipient_id, month_on in _billed_months(shares):
        yield PersonMonth(
            recipient=invoices.reference(recipient_id),
            month_on=month_on,
            performed_minutes=paid.get((recipient_id, month_on)),
        )


def _month(claim: Claim, recipient_id: int, month_on: date, law: LawByDay, known_at: datetime) -> PersonMonth:
    others = Claim.objects.filter(
        recipient_id=recipient_id,
        provider_id=claim.provider_id,
        month_on=month_on,
        kind=claim.kind,
        invoice__isnull=True,
        status__in=_ON_THE_WAY,
    )
    return PersonMonth(
        recipient=invoices.reference(recipient_id),
        month_on=month_on,
        granted_minutes=_granted(claim, recipient_id, month_on, law, known_at),
        performed_minutes=_performed(claim, recipient_id, month_on, law),
        billed_before_minutes=_billed_before(claim, recipient_id, month_on),
        is_paid_by_report=others.exists(),
    )


# --- granted, performed, billed before --------------------------------------------------------------------


def _granted(claim: Claim, recipient_id: int, month_on: date, law: LawByDay, known_at: datetime) -> Minutes | None:
    """Return what was granted for a month; None when no decision is known at all."""
    is_first_hours = claim.kind == ClaimKind.FIRST_TWENTY_HOURS
    regime = Regime.SFB if is_first_hours else Regime(claim.regime)
    grants = decisions.grants(recipient_id, known_at=known_at, regime=regime)
    if not grants:
        return None
    if is_first_hours:
        grants = tuple(_first_hours(grant, law.minutes(SHARE, month_on)) for grant in grants)
    parts = sum(pool.parts for pool in pools(month_on, grants, "month"))
    return Minutes(half_up(parts, PARTS_PER_MINUTE))


def _first_hours(grant: Grant, most: Minutes) -> Grant:
    """Return what of a grant per week the municipality answers for; another grant is judged by its own quantity."""
    if grant.per is not GrantUnit.WEEK:
        return grant
    return replace(grant, granted_minutes=min(grant.granted_minutes, most))


def _performed(claim: Claim, recipient_id: int, month_on: date, law: LawByDay) -> Minutes | None:
    """Return the reported time, converted as it is paid; None when no report has come, or none is the supplier's.

    For the first hours of a week the state bills what others have reported: the hours are not comparable.
    """
    if claim.kind == ClaimKind.FIRST_TWENTY_HOURS:
        return None
    reports = Report.objects.filter(
        is_current=True,
        claim__recipient_id=recipient_id,
        claim__provider_id=claim.provider_id,
        claim__month_on=month_on,
        claim__status__in=MAY_BE_PAID,
    ).prefetch_related("shifts")
    shifts = [shift for report in reports for shift in report.shifts.all()]
    if not reports:
        return None
    parts = sum(
        (shift.end_at - shift.start_at) * parts_of(TimeKind(shift.kind), shift.work_on, law) for shift in shifts
    )
    return Minutes(half_up(parts, PARTS_PER_MINUTE))


def _billed_before(claim: Claim, recipient_id: int, month_on: date) -> Minutes:
    return Minutes(sum(share.minutes or 0 for share in _billed_elsewhere(claim, recipient_id, month_on)))


def _billed_elsewhere(claim: Claim, recipient_id: int, month_on: date) -> Iterator[Share]:
    """Yield what other invoices of the supplier's bill for the same month of the same kind."""
    others = Claim.objects.filter(
        kind=claim.kind, provider_id=claim.provider_id, invoice__isnull=False, status__in=MAY_BE_PAID
    )
    billing = others.filter(invoice__allocations__shares__recipient_id=recipient_id).exclude(pk=claim.pk)
    for other in billing.select_related("invoice").distinct():
        assert other.invoice is not None
        for share in invoices.share_rows(other.invoice):
            if share.recipient_id == recipient_id and share.month_on == month_on:
                yield share


# --- prices and decided costs -----------------------------------------------------------------------------


def _prices(
    agreed: tuple[AgreedPrice, ...] | None,
    kind: ClaimKind,
    invoice: Invoice,
    shares: tuple[Share, ...],
    routine: Routine,
    law: LawReader,
) -> tuple[AgreedPrice, ...] | None:
    """Return what an hour may cost: the agreement's price, else the rate the routine has decided.

    None where hours have no price of their own, as sick pay, or one that is verified line by line, as first hours.
    """
    if kind not in PRICED_BY_HOUR:
        return None
    return agreed or tuple(_decided_prices(routine.rate, invoice, shares, law))


def _decided_prices(
    code: str | None, invoice: Invoice, shares: tuple[Share, ...], law: LawReader
) -> Iterator[AgreedPrice]:
    if not code:
        return
    for month_on in sorted({share.month_on for share in shares}):
        try:
            price = rate_on(RateRule(code=code), month_on, law).ore_per_hour
        except (LawGap, KeyError):
            continue  # nobody has decided it: the price is then asked about
        yield AgreedPrice(
            supplier_number=invoice.supplier_number,
            ore_per_hour=Decimal(price),
            valid_from=month_on,
            valid_to=month_after(month_on),
        )


def _decided(claim: Claim) -> tuple[DecidedCost, ...] | None:
    """Return the costs that the decision an invoice follows has granted, None when it follows none."""
    if claim.refers_to_id is None:
        return None
    row = Statement.objects.filter(claim_id=claim.refers_to_id).order_by("-number").first()
    if row is None:
        return ()
    amounts: dict[tuple[str, str], int] = defaultdict(int)
    for line in thaw(StatementRecord, row.body).lines:
        amounts[line.code, line.label] += line.amount_ore
    return tuple(
        DecidedCost(code=code, label=label, amount_ore=Ore(amount))
        for (code, label), amount in amounts.items()
        if amount > 0
    )
