"""What is asked about invoices: whose they are, how near somebody stands to them, which wait."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from timvis.apps.invoices import records
from timvis.apps.invoices.models import Invoice, InvoiceStatus
from timvis.apps.parties.models import Recipient
from timvis.apps.parties.queries import relation_to_hours, relation_to_provider
from timvis.core.access import Actor, Relation
from timvis.core.invoice.records import DocumentKind


def invoice_in(actor: Actor, invoice_id: int) -> Invoice | None:
    """Return an invoice of the actor's own municipality; another's is as if it did not exist."""
    rows = Invoice.objects.select_related("supplier__municipality", "municipality", "registered_by")
    return rows.filter(id=invoice_id, municipality__slug=actor.municipality).first()


def recipients_of(invoice: Invoice) -> tuple[Recipient, ...]:
    """Return everybody an invoice is allocated on, with the credit notes settled against it, in the order of id."""
    found = {
        share.recipient_id: share.recipient
        for row in (invoice, *invoice.credit_notes.all())
        for share in records.share_rows(row)
    }
    return tuple(found[key] for key in sorted(found))


def recipients_of_each(invoice_ids: Collection[int]) -> dict[int, tuple[Recipient, ...]]:
    """Return the same for some invoices at once, by the invoice's id."""
    found: defaultdict[int, dict[int, Recipient]] = defaultdict(dict)
    for invoice_id, share in records.shares_of_each(invoice_ids):
        found[invoice_id][share.recipient_id] = share.recipient
    return {invoice_id: tuple(some[key] for key in sorted(some)) for invoice_id, some in found.items()}


def relation_to_invoice(actor: Actor, invoice: Invoice, *, now: datetime) -> Relation:
    """Return the nearest relation an actor has to an invoice: to its supplier, or to anybody it is allocated on."""
    supplier = invoice.supplier
    here = Relation.OWN_MUNICIPALITY if actor.municipality == invoice.municipality.slug else Relation.NONE
    if supplier is None:
        return here
    found = [relation_to_provider(actor, supplier)]
    found += [relation_to_hours(actor, one, supplier, now=now) for one in recipients_of(invoice)]
    return min(found, key=list(Relation).index)


def standing(invoice: Invoice) -> str:
    """Return a text that changes with every act on an invoice: a form that carries it is known to be stale."""
    return f"{invoice.status}-{invoice.version}"


def waiting(municipality: str) -> QuerySet[Invoice]:
    """Return the invoices that nobody has opened a claim for yet, the first to pay first."""
    rows = Invoice.objects.filter(municipality__slug=municipality, status=InvoiceStatus.RECEIVED)
    return rows.select_related("supplier").order_by("due_on", "id")


def sent_back_by(invoice: Invoice) -> QuerySet[Invoice]:
    """Return the supplier's returned invoices that this one may be the new one for, newest first."""
    rows = Invoice.objects.filter(
        municipality_id=invoice.municipality_id,
        supplier_number=invoice.supplier_number,
        status=InvoiceStatus.RETURNED,
        kind=invoice.kind,
        id__lt=invoice.pk,
    )
    return rows.order_by("-id")


def may_be_settled_against(note: Invoice) -> QuerySet[Invoice]:
    """Return the supplier's received invoices that a credit note may be deducted from, the first to pay first."""
    rows = Invoice.objects.filter(
        municipality_id=note.municipality_id,
        supplier_number=note.supplier_number,
        status=InvoiceStatus.RECEIVED,
        kind=DocumentKind.INVOICE,
        payable_ore__gte=note.payable_ore,
    )
    return rows.order_by("due_on", "id")


def returned_in(municipality: str) -> QuerySet[Invoice]:
    """Return the invoices that were sent back and wait for a new one, newest first."""
    rows = Invoice.objects.filter(municipality__slug=municipality, status=InvoiceStatus.RETURNED)
    return rows.order_by("-id")
