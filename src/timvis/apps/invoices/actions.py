"""Acts on an invoice before money is asked for on it: received, laid out, sent back, kept. Each is logged."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from timvis.apps.audit.attempts import Attempt
from timvis.apps.documents.actions import keep_original
from timvis.apps.invoices import keeping, queries, records
from timvis.apps.invoices.keeping import Laid
from timvis.apps.invoices.models import CountingModelConfirmed, Invoice, InvoiceStatus, OwnReference, Return
from timvis.apps.parties.models import Municipality
from timvis.core.access import NEW, Action, Actor, Relation
from timvis.core.account_numbers import ocr_number
from timvis.core.faults import Fault, Refusal
from timvis.core.identity import NumberProblem
from timvis.core.invoice import records as core
from timvis.core.invoice.first_hours_models import CountingModel
from timvis.core.invoice.known import seller_number
from timvis.core.invoice.records import DocumentKind
from timvis.formats.handed_in import digest_of
from timvis.formats.paper_invoice.read import read as read_paper
from timvis.formats.peppol_invoice.read import read as read_e_invoice

XML, JSON = "application/xml", "application/json"


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceFile:
    """A file as it came: an e-invoice, or the picture or PDF of one on paper."""

    name: str
    content: bytes
    media_type: str = XML


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """The invoice that was registered; not `is_new` when the same one was there already."""

    invoice_id: int
    is_new: bool


# --- receiving ------------------------------------------------------------------------------------------------


@transaction.atomic
def register_invoice(
    actor: Actor, file: InvoiceFile, *, now: datetime, replaces_id: int | None = None, note: str = ""
) -> Registered | Refusal | tuple[Fault, ...]:
    """Return the invoice that an e-invoice became, or every fault that keeps it from being read.

    The same bytes again are the same invoice. `replaces_id` is one that was sent back and that this is the new
    one for. What is wrong with an invoice that can be read is not judged here.
    """
    attempt = Attempt(actor, Action.REGISTER_INVOICE, "invoice", digest_of(file.content), now)
    if refusal := attempt.refused(Relation.OWN_MUNICIPALITY):
        return refusal
    read = read_e_invoice(file.content)
    if isinstance(read, tuple):
        return tuple(replace(fault, file=file.name) for fault in read)
    return _register(attempt, read, file, None, replaces_id=replaces_id, note=note)


@transaction.atomic
def register_paper_invoice(
    actor: Actor,
    form: Mapping[str, object],
    scan: InvoiceFile,
    *,
    received_at: datetime,
    now: datetime,
    replaces_id: int | None = None,
    note: str = "",
) -> Registered | Refusal | tuple[Fault, ...]:
    """Return the invoice that somebody typed from a picture, which is kept beside it; or a fault per field."""
    attempt = Attempt(actor, Action.REGISTER_INVOICE, "invoice", digest_of(scan.content), now)
    if refusal := attempt.refused(Relation.OWN_MUNICIPALITY):
        return refusal
    read = read_paper(form)
    if isinstance(read, tuple):
        return read
    # The picture's digest stands in the form: two papers that say the same are two invoices.
    typed = json.dumps({**form, "scan": digest_of(scan.content)}, ensure_ascii=False, sort_keys=True, default=str)
    file = InvoiceFile(name=f"{scan.name}.json", content=typed.encode(), media_type=JSON)
    return _register(attempt, read, file, scan, received_at=received_at, replaces_id=replaces_id, note=note)


def _register(
    attempt: Attempt,
    read: core.Invoice,
    file: InvoiceFile,
    scan: InvoiceFile | None,
    *,
    received_at: datetime | None = None,
    replaces_id: int | None,
    note: str,
) -> Registered | Refusal:
    actor, now = attempt.actor, attempt.now
    kept = [_keep(attempt, each) for each in (file, scan) if each is not None]
    if refusal := next((each for each in kept if isinstance(each, Refusal)), None):
        return refusal
    municipality = Municipality.objects.get(slug=actor.municipality)
    known = Invoice.objects.filter(municipality=municipality, original_id=kept[0]).first()
    if known is not None:
        return Registered(invoice_id=known.pk, is_new=False)
    replaced = _replaced(actor, replaces_id)
    if isinstance(replaced, Refusal):
        return attempt.refuse(replaced)
    invoice = Invoice.objects.create(
        **_says(read, municipality),
        original_id=kept[0],
        scan_id=kept[1] if scan else None,
        replaces=replaced,
        received_at=received_at or now,
        registered_by_id=actor.person_id,
        note=note,
    )
    if replaced is not None and not keeping.move(replaced, to=InvoiceStatus.REPLACED):
        raise RuntimeError(f"invoice {replaced.pk} moved while its replacement was registered")
    detail = {"number": read.number, "payable_ore": read.totals.payable_ore, "replaces": replaces_id}
    replace(attempt, object_id=invoice.pk).done(detail=detail)
    return Registered(invoice_id=invoice.pk, is_new=True)


def _keep(attempt: Attempt, file: InvoiceFile) -> int | Refusal:
    return keep_original(
        attempt.actor,
        content=file.content,
        media_type=file.media_type,
        file_name=file.name,
        relation=Relation.OWN_MUNICIPALITY,
        now=attempt.now,
    )


def _replaced(actor: Actor, invoice_id: int | None) -> Invoice | Refusal | None:
    """Return the invoice that a new one takes the place of, None when it takes nobody's."""
    if invoice_id is None:
        return None
    found = queries.invoice_in(actor, invoice_id)
    if found is None:
        return Refusal.NOT_FOUND
    return found if found.status == InvoiceStatus.RETURNED else Refusal.WRONG_STATE


def _says(read: core.Invoice, municipality: Municipality) -> dict[str, object]:
    number = seller_number(read)
    return {
        "municipality": municipality,
        "supplier": records.supplier_of(municipality.pk, number),
        "supplier_number": number[:20],
        "supplier_name": read.supplier.name[:200],
        "kind": read.kind,
        "number": read.number[:80],
        "issued_on": read.issued_on,
        "due_on": read.due_on,
        "period_from": read.period.period_from,
        "period_to": read.period.period_to,
        "payable_ore": read.totals.payable_ore,
        "ocr": _ocr(read),
        "content_digest": read.content_digest,
        "body": records.frozen(read),
    }


def _ocr(read: core.Invoice) -> str:
    """Return the first reference that is a right OCR number, else nothing."""
    numbers = (ocr_number(way.reference) for way in read.ways_to_pay if way.reference)
    return next((number for number in numbers if not isinstance(number, NumberProblem)), "")


# --- laying out, marking, settling ------------------------------------------------------------------------------


@transaction.atomic
def allocate(
    actor: Actor, invoice_id: int, laid: Sequence[Laid], *, seen: str, now: datetime, reason: str = ""
) -> int | Refusal | tuple[Fault, ...]:
    """Return the number of an invoice's new allocation, or every fault of it; it sums to the öre or is refused.

    An invoice that money is already asked for on is allocated anew through its claim.
    """
    invoice, attempt = _invoice(actor, invoice_id, Action.ALLOCATE, now, seen)
    if isinstance(invoice, Refusal):
        return invoice
    if faults := keeping.allocation_faults(invoice, laid):
        return faults
    if not keeping.move(invoice, to=InvoiceStatus.RECEIVED):
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    number = keeping.write_allocation(invoice, laid, actor=actor, reason=reason, now=now)
    about(attempt, invoice).done(reason=reason, detail={"allocation": number, "shares": len(laid)})
    return number


@transaction.atomic
def mark_secret(actor: Actor, invoice_id: int, *, seen: str, now: datetime, is_secret: bool = True) -> bool | Refusal:
    """Return whether an invoice is now marked secret: then no text on it may name anybody."""
    invoice, attempt = _invoice(actor, invoice_id, Action.MARK_SECRET, now, seen)
    if isinstance(invoice, Refusal):
        return invoice
    if not keeping.move(invoice, to=InvoiceStatus.RECEIVED, is_secret=is_secret):
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    attempt.done(detail={"is_secret": is_secret})
    return is_secret


@transaction.atomic
def settle_credit(
    actor: Actor, note_id: int, *, against_id: int, seen: str, now: datetime
) -> int | Refusal | tuple[Fault, ...]:
    """Return the id of the invoice that an allocated credit note is now deducted from.

    A credit note is never paid out: it is deducted from an invoice of the same supplier's that nobody has asked
    money for yet, and never from a smaller one. What is left over, the supplier has to pay back itself.
    """
    note, attempt = _invoice(actor, note_id, Action.SETTLE_CREDIT, now, seen)
    if isinstance(note, Refusal):
        return note
    against = queries.invoice_in(actor, against_id)
    if against is None or against.supplier_number != note.supplier_number:
        return attempt.refuse(Refusal.NOT_FOUND)
    if note.kind != DocumentKind.CREDIT_NOTE or against.status != InvoiceStatus.RECEIVED:
        return attempt.refuse(Refusal.WRONG_STATE)
    if faults := _cannot_settle(note, against):
        return faults
    if not keeping.move(note, to=InvoiceStatus.IN_CLAIM, settles_with=against):
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    about(attempt, note).done(detail={"against": against.number})
    return against.pk


def _cannot_settle(note: Invoice, against: Invoice) -> tuple[Fault, ...]:
    faults = []
    if records.newest_allocation(note) is None:
        message = f"Kreditfaktura {note.number} är inte fördelad."
        remedy = "Fördela den på samma brukare som den krediterar."
        faults.append(Fault(code="allocation_is_missing", message=message, remedy=remedy))
    settled = sum(each.payable_ore for each in against.credit_notes.all())
    if settled + note.payable_ore > against.payable_ore:
        message = f"Faktura {against.number} är mindre än det som ska dras av från den."
        remedy = "Välj en större faktura, eller be leverantören betala tillbaka."
        faults.append(Fault(code="credit_is_larger", message=message, remedy=remedy))
    return tuple(faults)


# --- sent back, kept ----------------------------------------------------------------------------------------------


@transaction.atomic
def return_invoice(
    actor: Actor, invoice_id: int, *, reasons: Sequence[str], seen: str, now: datetime, asks_for_new: bool = True
) -> Return | Refusal:
    """Return the letter and message by which an invoice goes back before money was asked for on it."""
    invoice, attempt = _invoice(actor, invoice_id, Action.RETURN_INVOICE, now, seen)
    if isinstance(invoice, Refusal):
        return invoice
    given = [reason.strip() for reason in reasons if reason.strip()]
    if not given:
        return attempt.refuse(Refusal.REASON_IS_MISSING)
    case = f"{invoice.municipality.slug}-F{invoice.pk}"
    sent = keeping.send_back(invoice, given, case=case, asks_for_new=asks_for_new, actor=actor, now=now)
    if sent is None:
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    about(attempt, invoice).done(reason=" ".join(given), detail={"asks_for_new": asks_for_new})
    return sent


@transaction.atomic
def keep_as_document(
    actor: Actor, invoice_id: int, *, reason: str, seen: str, now: datetime
) -> InvoiceStatus | Refusal:
    """Return the status of an invoice that is kept as a document only: without due day, and nothing is paid on it."""
    invoice, attempt = _invoice(actor, invoice_id, Action.KEEP_AS_DOCUMENT, now, seen)
    if isinstance(invoice, Refusal):
        return invoice
    if not reason.strip():
        return attempt.refuse(Refusal.REASON_IS_MISSING)
    if not keeping.move(invoice, to=InvoiceStatus.KEPT_AS_DOCUMENT, due_on=None):
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    about(attempt, invoice).done(reason=reason)
    return InvoiceStatus.KEPT_AS_DOCUMENT


# --- what suppliers may quote -------------------------------------------------------------------------------------


@transaction.atomic
def register_reference(actor: Actor, *, code: str, label: str, now: datetime) -> int | Refusal:
    """Return the id of a reference of ours; registering it again changes nothing."""
    attempt = Attempt(actor, Action.REGISTER_REFERENCE, "reference", code, now)
    if refusal := attempt.refused(Relation.OWN_MUNICIPALITY):
        return refusal
    municipality = Municipality.objects.get(slug=actor.municipality)
    row, is_new = OwnReference.objects.get_or_create(municipality=municipality, code=code, defaults={"label": label})
    if is_new:
        attempt.done(detail={"label": label})
    return row.pk


@transaction.atomic
def confirm_counting_model(
    actor: Actor, invoice_id: int, model: CountingModel, *, holds_from: date, reason: str, now: datetime
) -> int | Refusal:
    """Return the id of what says how the state counts weeks from a day on, confirmed against an invoice of ours."""
    attempt = Attempt(actor, Action.CONFIRM_COUNTING_MODEL, "invoice", invoice_id, now)
    invoice = queries.invoice_in(actor, invoice_id)
    if invoice is None:
        return attempt.refuse(Refusal.NOT_FOUND)
    attempt = about(attempt, invoice)
    if refusal := attempt.refused(queries.relation_to_invoice(actor, invoice, now=now)):
        return refusal
    if not reason.strip():
        return attempt.refuse(Refusal.REASON_IS_MISSING)
    made = CountingModelConfirmed.objects.create(
        municipality_id=invoice.municipality_id,
        model=model,
        holds_from=holds_from,
        invoice=invoice,
        reason=reason,
        made_at=now,
        made_by_id=actor.person_id,
    )
    attempt.done(reason=reason, detail={"model": model.value, "holds_from": str(holds_from)})
    return made.pk


def about(attempt: Attempt, invoice: Invoice) -> Attempt:
    """Return the attempt as one on everybody that an invoice is allocated on."""
    return attempt.about([one.pk for one in queries.recipients_of(invoice)])


def _invoice(
    actor: Actor, invoice_id: int, action: Action, now: datetime, seen: str
) -> tuple[Invoice | Refusal, Attempt]:
    """Return a received invoice the actor may do this to, or the refusal; and the attempt to go on with."""
    attempt = Attempt(actor, action, "invoice", invoice_id, now)
    invoice = queries.invoice_in(actor, invoice_id)
    if invoice is None:
        return attempt.refuse(Refusal.NOT_FOUND), attempt
    attempt = about(attempt, invoice)
    if refusal := attempt.refused(queries.relation_to_invoice(actor, invoice, now=now), NEW):
        return refusal, attempt
    if seen != queries.standing(invoice):
        return attempt.refuse(Refusal.SHOWN_IS_NOT_CURRENT), attempt
    if invoice.status != InvoiceStatus.RECEIVED:
        return attempt.refuse(Refusal.WRONG_STATE), attempt
    return invoice, attempt
