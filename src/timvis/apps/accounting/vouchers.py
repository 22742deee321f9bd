"""Vouchers: numbered without a gap when they are written, handed on as SIE 4I."""

from datetime import datetime
from hashlib import sha256
from importlib.metadata import version

from django.db.models import F

from timvis.apps.accounting import records
from timvis.apps.accounting.models import Entry, Export, FeePayment, Series, Transfer
from timvis.apps.claims.models import Claim
from timvis.apps.claims.opening import move
from timvis.apps.orders.models import InvoiceBasis
from timvis.apps.parties.models import Municipality
from timvis.apps.routines import records as routines
from timvis.apps.routines.models import RoutineVersion
from timvis.core import ledger
from timvis.core.access import Actor, ClaimStatus
from timvis.core.calendar.local_time import day_of
from timvis.core.quantities import Ore
from timvis.formats.packaged import PackagedDataIsFaulty
from timvis.formats.routine.chart import packaged_chart
from timvis.formats.sie.records import SieFile, SieHead, Voucher, VoucherRow
from timvis.formats.sie.write import write as write_sie


def write(
    entry: ledger.Entry,
    claim: Claim | None,
    *,
    series: str,
    invoice_basis: InvoiceBasis | None = None,
    fee_payment: FeePayment | None = None,
) -> Entry:
    """Write an entry under the next number of its series, and return its row; it is a claim's or a fee's."""
    Series.objects.get_or_create(name=series)
    # The update holds the series' row until the transaction ends: no two vouchers get one number, and a number
    # that was taken by a transaction that failed is not left out.
    Series.objects.filter(name=series).update(last=F("last") + 1)
    row = Entry.objects.create(
        series=series,
        number=Series.objects.get(name=series).last,
        booked_on=entry.booked_on,
        text=entry.text,
        kind=entry.kind,
        claim=claim,
        invoice_basis=invoice_basis,
        fee_payment=fee_payment,
    )
    Transfer.objects.bulk_create(
        Transfer(
            entry=row,
            debit_account=transfer.debit_account,
            credit_account=transfer.credit_account,
            amount_ore=transfer.amount_ore,
            coding=[list(part) for part in transfer.coding],
        )
        for transfer in entry.transfers
    )
    return row


def write_fees(series: str) -> None:
    """Write a voucher for each fee that has been asked for and has none: the day it was asked for is its day."""
    sent = InvoiceBasis.objects.filter(booking__municipality__slug=series, entry__isnull=True)
    for basis in sent.select_related("fee", "booking__routine_version").order_by("id"):
        entry = ledger.entry_at_fee(
            _of_fee(basis, basis.total_ore),
            chart=_chart_of_fee(basis),
            booked_on=basis.issued_on,
            invoice_number=basis.number,
        )
        write(entry, None, series=series, invoice_basis=basis)


def write_fee_payment(paid: FeePayment, series: str) -> Entry:
    """Write the voucher of a payment of a fee, after that of the fee itself; return its row."""
    write_fees(series)
    basis = paid.invoice_basis
    entry = ledger.entry_at_fee_payment(
        _of_fee(basis, paid.amount_ore),
        chart=_chart_of_fee(basis),
        booked_on=paid.paid_on,
        invoice_number=basis.number,
    )
    return write(entry, None, series=series, fee_payment=paid)


def _of_fee(basis: InvoiceBasis, amount_ore: int) -> ledger.Cost:
    parts = tuple((code, value) for code, value in basis.fee.parts)
    return ledger.Cost(amount_ore=Ore(amount_ore), account=basis.fee.account, coding=parts)


def _chart_of_fee(basis: InvoiceBasis) -> ledger.Chart:
    return packaged_chart(routines.routine(basis.booking.routine_version).coding.chart)


def export(actor: Actor, now: datetime) -> Export | None:
    """Write the SIE file with the vouchers that have not left yet, and move the claims they complete."""
    series = actor.municipality
    # Whoever writes a voucher waits for this row: what is read below is all there is until this is done.
    list(Series.objects.select_for_update().filter(name=series))
    write_fees(series)
    last = Export.objects.filter(series=series).order_by("-last_number").first()
    rows = Entry.objects.filter(series=series, number__gt=last.last_number if last else 0)
    entries = records.entries(rows)
    if not entries:
        return None
    content = _sie(entries, Municipality.objects.get(slug=series), now)
    first, final = entries[0].number, entries[-1].number
    made = Export.objects.create(
        series=series,
        first_number=first,
        last_number=final,
        digest=sha256(content).hexdigest(),
        content=content,
        file_name=f"{series}-{first:06d}-{final:06d}.si",
        made_at=now,
        made_by_id=actor.person_id,
    )
    for claim in Claim.objects.filter(municipality__slug=series, status=ClaimStatus.PAID):
        if not move(claim, to=ClaimStatus.BOOKED):
            raise RuntimeError(f"claim {claim.number} moved while its vouchers were handed on")
        _close_what_it_followed(claim)
    return made


def _close_what_it_followed(claim: Claim) -> None:
    """Book the application whose decision a paid invoice followed: nothing more comes of it."""
    first = claim.refers_to
    if first is None or not first.is_paid_by_invoice or first.status != ClaimStatus.CALCULATED:
        return
    if not move(first, to=ClaimStatus.BOOKED):
        raise RuntimeError(f"claim {first.number} moved while the invoice that followed it was booked")


def chart_of(municipality: str) -> ledger.Chart | None:
    """Return the chart that a municipality's newest routine books on, None before it has one."""
    newest = RoutineVersion.objects.filter(municipality=municipality).order_by("-id").first()
    return packaged_chart(routines.routine(newest).coding.chart) if newest else None


def _sie(entries: tuple[ledger.Entry, ...], municipality: Municipality, now: datetime) -> bytes:
    chart = chart_of(municipality.slug)
    assert chart is not None, "vouchers come from claims, and claims from a routine"
    file = SieFile(
        sie_type=4,
        head=SieHead(
            program="Timvis",
            program_version=version("timvis"),
            generated_on=day_of(now),
            company=municipality.name,
            organisation_number=municipality.organisation_number,
            dimensions=tuple((part.dimension, part.label) for part in chart.parts),
            accounts=tuple((account.number, account.label) for account in chart.accounts),
        ),
        vouchers=tuple(_voucher(entry, chart) for entry in entries),
    )
    content = write_sie(file)
    if isinstance(content, tuple):
        # Everything in a voucher is ours: accounts, code parts and claim numbers.
        raise PackagedDataIsFaulty(content)
    return content


def _voucher(entry: ledger.Entry, chart: ledger.Chart) -> Voucher:
    dimensions = {part.code: part.dimension for part in chart.parts}
    coding = next((transfer.coding for transfer in entry.transfers), ())
    objects = tuple((dimensions[code], value) for code, value in coding if code in dimensions)
    return Voucher(
        on=entry.booked_on,
        series=entry.series[:1].upper(),
        number=str(entry.number),
        text=entry.text,
        rows=tuple(
            VoucherRow(account=account, amount_ore=Ore(amount), objects=objects)
            for account, amount in ledger.balance(entry.transfers).items()
            if amount
        ),
    )
