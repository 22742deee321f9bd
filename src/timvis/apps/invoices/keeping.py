"""How an allocation is written, and how an invoice is moved and sent back: for the acts here and those on claims."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import F

from timvis.apps.invoices import records
from timvis.apps.invoices.models import Allocation, Invoice, InvoiceStatus, Return, Share
from timvis.apps.parties.models import Recipient
from timvis.core.access import Actor
from timvis.core.calendar.local_time import day_of
from timvis.core.faults import Fault
from timvis.core.invoice.allocation import Share as CoreShare
from timvis.core.invoice.allocation import faults_of
from timvis.core.invoice.letter import return_letter
from timvis.core.invoice.records import Invoice as CoreInvoice
from timvis.core.quantities import Minutes, Ore
from timvis.formats.invoice_response.reasons import reason_of
from timvis.formats.invoice_response.write import SWEDISH_ORGANISATION, Answer, Asked, Party, Reason, write


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """One share as somebody lays it: whose, which month, how much. `recipient_id` 0 while nobody is chosen."""

    recipient_id: int
    month_on: date
    amount_ore: int
    minutes: int | None = None
    line: str = ""
    decided: str = ""


def allocation_faults(invoice: Invoice, laid: Sequence[Laid]) -> tuple[Fault, ...]:
    """Return everything that keeps shares from being an invoice's allocation, another town's recipients too."""
    ids = {one.recipient_id for one in laid}
    ours = Recipient.objects.filter(id__in=ids, municipality_id=invoice.municipality_id)
    here = set(ours.values_list("id", flat=True))
    shares = [
        CoreShare(
            number=number,
            recipient=str(one.recipient_id) if one.recipient_id in here else "",
            month_on=one.month_on,
            amount_ore=Ore(one.amount_ore),
            minutes=None if one.minutes is None else Minutes(one.minutes),
        )
        for number, one in enumerate(laid, start=1)
    ]
    return faults_of(shares, invoice.payable_ore)


def write_allocation(invoice: Invoice, laid: Sequence[Laid], *, actor: Actor, reason: str, now: datetime) -> int:
    """Return the number of the allocation that now counts; the shares have been found to sum."""
    newest = records.newest_allocation(invoice)
    allocation = Allocation.objects.create(
        invoice=invoice,
        number=newest.number + 1 if newest else 1,
        made_at=now,
        made_by_id=actor.person_id,
        reason=reason,
    )
    Share.objects.bulk_create(
        Share(
            allocation=allocation,
            number=number,
            recipient_id=one.recipient_id,
            month_on=one.month_on,
            minutes=one.minutes,
            amount_ore=one.amount_ore,
            line=one.line,
            decided=one.decided,
        )
        for number, one in enumerate(laid, start=1)
    )
    return allocation.number


def move(invoice: Invoice, *, to: InvoiceStatus, **says: object) -> bool:
    """Move an invoice on if nobody else has touched it since it was read; return whether it moved."""
    changed = Invoice.objects.filter(pk=invoice.pk, version=invoice.version, status=invoice.status).update(
        status=to, version=F("version") + 1, **says
    )
    if changed == 1:
        invoice.refresh_from_db()
    return changed == 1


def send_back(
    invoice: Invoice,
    reasons: Sequence[str],
    *,
    case: str,
    asks_for_new: bool,
    actor: Actor,
    now: datetime,
    codes: Collection[str] = (),
) -> Return | None:
    """Return what was sent with an invoice that goes back, None when somebody else moved it first.

    `codes` are those of the objections that it goes back for. The credit notes that were to be deducted from it are
    free again.
    """
    if not move(invoice, to=InvoiceStatus.RETURNED):
        return None
    invoice.credit_notes.update(settles_with=None, status=InvoiceStatus.RECEIVED, version=F("version") + 1)
    read = records.invoice(invoice)
    return Return.objects.create(
        invoice=invoice,
        reasons=list(reasons),
        asks_for_new=asks_for_new,
        letter=return_letter(
            read, reasons, municipality=invoice.municipality.name, case=case, asks_for_new=asks_for_new
        ),
        message=write(
            replace(
                _answer(invoice, read, case=case, now=now),
                reason=reason_of(codes),
                asked=Asked.NEW_INVOICE if asks_for_new else Asked.NOTHING,
                why=f"{case}: {' '.join(reasons)}",
            )
        ),
        returned_at=now,
        returned_by_id=actor.person_id,
    )


def _answer(invoice: Invoice, read: CoreInvoice, *, case: str, now: datetime) -> Answer:
    """Return an answer about an invoice, from the municipality to its supplier, with nothing said yet."""
    town, supplier = invoice.municipality, read.supplier
    return Answer(
        number=f"TIMVIS-{invoice.pk}-{invoice.version}",
        issued_on=day_of(now),
        sender=Party(endpoint=town.organisation_number, name=town.name),
        receiver=Party(
            endpoint=supplier.endpoint or invoice.supplier_number,
            name=supplier.name,
            scheme=supplier.endpoint_scheme or SWEDISH_ORGANISATION,
        ),
        invoice_number=invoice.number,
        invoice_issued_on=invoice.issued_on,
        kind=read.kind,
        reason=Reason.OTHER,
        asked=Asked.NEW_INVOICE,
        why=case,
    )
