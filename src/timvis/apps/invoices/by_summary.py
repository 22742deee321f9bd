"""Acts on an invoice that comes after a summary: laid out by it, and written by us where that is agreed."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction

from django.db import transaction

from timvis.apps.audit.attempts import Attempt
from timvis.apps.invoices import actions, queries, records
from timvis.apps.invoices.actions import InvoiceFile, Registered
from timvis.apps.invoices.keeping import Laid
from timvis.apps.invoices.models import Invoice
from timvis.apps.parties import queries as party_queries
from timvis.apps.parties import records as parties
from timvis.apps.reconciliation import queries as reconciliation
from timvis.apps.reconciliation import records as reconciliation_records
from timvis.apps.reconciliation.models import Summary
from timvis.core.access import Action, Actor
from timvis.core.calendar.local_time import day_of
from timvis.core.calendar.months import month_after
from timvis.core.faults import Fault, Refusal
from timvis.core.invoice import records as core
from timvis.core.invoice.numbers import F_TAX
from timvis.core.invoice.objection import kronor
from timvis.core.invoice.of_fee import FeeInvoice, invoice_of
from timvis.core.payment import AccountKind
from timvis.core.quantities import half_up
from timvis.formats.peppol_invoice.write import write

SELF_BILLED = "Självfakturering: kommunen har skrivit fakturan för utföraren efter månadens sammanställning."


def laid_by(summary: Summary) -> tuple[Laid, ...]:
    """Return a summary's amount laid out on its recipients, to the öre."""
    amounts: defaultdict[int, int] = defaultdict(int)
    minutes: defaultdict[int, Fraction] = defaultdict(Fraction)
    for part in reconciliation_records.summary(summary).parts:
        key = reconciliation_records.key_of(part.whose)
        amounts[key.recipient_id] += part.amount_ore
        minutes[key.recipient_id] += part.minutes
    return tuple(
        Laid(
            recipient_id=recipient_id,
            month_on=summary.month_on,
            amount_ore=amount,
            minutes=half_up(*minutes[recipient_id].as_integer_ratio()) or None,
        )
        for recipient_id, amount in sorted(amounts.items())
        if amount
    )


def summaries_for(invoice: Invoice) -> tuple[Summary, ...]:
    """Return the summaries that an invoice is written from: those it quotes, else those of the months it is for."""
    if invoice.supplier_id is None:
        return ()
    sent = reconciliation.summaries_of([invoice.supplier_id])
    read = records.invoice(invoice)
    texts = " ".join(text for _, text in read.free_texts())
    quoted = tuple(one for one in sent if one.reference in texts.split())
    return quoted or tuple(one for one in sent if one.month_on in set(_months(read)))


def _months(read: core.Invoice) -> Iterator[date]:
    for line in read.lines:
        begins = read.period_of(line).period_from
        if begins is not None:
            yield begins.replace(day=1)


def allocate_by_summary(
    actor: Actor, invoice_id: int, *, seen: str, now: datetime
) -> int | Refusal | tuple[Fault, ...]:
    """Return the number of an invoice's new allocation, laid as its summary is, or why it cannot be.

    An invoice that is not the summary's to the öre is laid out by hand, or sent back.
    """
    invoice = queries.invoice_in(actor, invoice_id)
    if invoice is None:
        return Attempt(actor, Action.ALLOCATE, "invoice", invoice_id, now).refuse(Refusal.NOT_FOUND)
    sent = summaries_for(invoice)
    if faults := _faults(invoice, sent):
        return faults
    laid = [one for summary in sent for one in laid_by(summary)]
    reason = "Efter sammanställning " + ", ".join(summary.reference for summary in sent)
    return actions.allocate(actor, invoice_id, laid, seen=seen, now=now, reason=reason)


def _faults(invoice: Invoice, sent: Collection[Summary]) -> tuple[Fault, ...]:
    if not sent:
        return (
            Fault(
                code="summary_is_not_found",
                message="Ingen skickad sammanställning hör till fakturans säljare och månad.",
                remedy="Skicka sammanställningen först, eller fördela fakturan för hand.",
            ),
        )
    told = sum(one.total_ore for one in sent)
    if told != invoice.payable_ore:
        return (
            Fault(
                code="other_amount_than_summary",
                message=f"Fakturan är på {kronor(invoice.payable_ore)} kr men sammanställningen på {kronor(told)} kr.",
                remedy="Be säljaren om en ny faktura efter sammanställningen, eller fördela den för hand.",
                column="amount",
            ),
        )
    return ()


# --- written by us ----------------------------------------------------------------------------------------------


@transaction.atomic
def self_bill(actor: Actor, summary_id: int, *, now: datetime) -> Registered | Refusal | tuple[Fault, ...]:
    """Return the invoice that was written for a provider from its summary, registered, marked secret and laid out.

    Only where that is agreed, only from the newest summary of the month, and once: the same again is the same
    invoice. It names nobody, and says that it is written by the buyer.
    """
    summary = Summary.objects.filter(pk=summary_id, provider__municipality__slug=actor.municipality).first()
    attempt = Attempt(actor, Action.SELF_BILL, "home_care_summary", summary_id, now)
    if summary is None:
        return attempt.refuse(Refusal.NOT_FOUND)
    if refusal := attempt.refused(party_queries.relation_to_provider(actor, summary.provider)):
        return refusal
    if reconciliation.newest_summary(summary.provider_id, summary.month_on) != summary or not summary.total_ore:
        return attempt.refuse(Refusal.WRONG_STATE)
    agreed = reconciliation.self_billing_on(summary.provider_id, day_of(now))
    if agreed is None:
        return (_NOT_AGREED,)
    number = f"S-{summary.reference}"
    earlier = Invoice.objects.filter(supplier_id=summary.provider_id, number=number).first()
    if earlier is not None:
        return Registered(invoice_id=earlier.pk, is_new=False)
    content = write(_invoice(summary, number, now))
    made = actions.register_invoice(actor, InvoiceFile(name=f"{number}.xml", content=content), now=now)
    if not isinstance(made, Registered):
        transaction.set_rollback(True)
        return made
    if refused := _finished(actor, made.invoice_id, now):
        transaction.set_rollback(True)
        return refused
    attempt.done(detail={"invoice": number, "total_ore": summary.total_ore, "agreed": agreed.reference})
    return made


def _finished(actor: Actor, invoice_id: int, now: datetime) -> Refusal | tuple[Fault, ...] | None:
    """Mark an invoice secret and lay it out by its summary; return what keeps it from being done, else None."""
    invoice = Invoice.objects.get(pk=invoice_id)
    marked = actions.mark_secret(actor, invoice_id, seen=queries.standing(invoice), now=now)
    if isinstance(marked, Refusal):
        return marked
    invoice.refresh_from_db()
    laid = allocate_by_summary(actor, invoice_id, seen=queries.standing(invoice), now=now)
    return None if isinstance(laid, int) and not isinstance(laid, Refusal) else laid


def _invoice(summary: Summary, number: str, now: datetime) -> core.Invoice:
    """Return the invoice that a provider would have written from its summary."""
    provider = parties.provider(summary.provider_id, known_at=now)
    version = parties.provider_version(summary.provider_id, known_at=now)
    payee = parties.payee(None, summary.provider_id, known_at=now, on=day_of(now))
    town = summary.provider.municipality
    giro = payee.account_number if payee is not None and payee.account_kind == AccountKind.BANKGIRO else ""
    written = invoice_of(
        reconciliation_records.summary(summary).statement,
        FeeInvoice(
            number=number,
            booking=summary.reference,
            issued_on=day_of(now),
            seller_name=provider.name,
            seller_number=provider.number,
            buyer_name=town.name,
            buyer_number=town.organisation_number,
            reference=summary.reference,
            period_from=summary.month_on,
            period_to=month_after(summary.month_on),
            bankgiro=giro,
        ),
    )
    f_tax = F_TAX if version.f_tax_is_known else ""
    return replace(written, notes=(SELF_BILLED,), supplier=replace(written.supplier, tax_registration=f_tax))


_NOT_AGREED = Fault(
    code="self_billing_is_not_agreed",
    message="Utföraren har inte avtalat om att kommunen skriver fakturan.",
    remedy="Vänta på utförarens egen faktura, eller registrera avtalet om självfakturering.",
)
