"""Days, references, VAT of care and free texts: what an invoice must say, and must not, apart from its figures."""

import re
from collections.abc import Iterator
from datetime import timedelta

from timvis.core.identity import masked, personal_numbers_in
from timvis.core.invoice.objection import Objection, asks, informs, stops
from timvis.core.invoice.records import DocumentKind, Invoice, Period, VatCategory

TERM = timedelta(days=30)
"""How long an authority has to pay a business (räntelagen 2 a §)."""

_VAT_ACT = ("ML 10:14",)
_INTEREST_ACT = ("räntelagen 2 a §",)


def objections(invoice: Invoice) -> Iterator[Objection]:
    """Yield what is wrong with days, references, VAT and texts."""
    yield from _days(invoice)
    yield from _periods(invoice)
    yield from _references(invoice)
    yield from _vat(invoice)
    yield from _personal_numbers(invoice)


def _days(invoice: Invoice) -> Iterator[Objection]:
    """Yield what is odd about the due day."""
    if invoice.to_pay_ore <= 0:
        return
    if invoice.due_on is None:
        yield informs(
            "due_day_is_missing",
            f"Förfallodag saknas. Ränta kan räknas från {invoice.issued_on + TERM}, trettio dagar efter fakturan.",
            cites=("räntelagen 4 §",),
        )
    elif invoice.due_on < invoice.issued_on:
        message = f"Förfallodagen {invoice.due_on} är före fakturans dag {invoice.issued_on}."
        yield asks("due_before_invoice", message)
    elif invoice.due_on - invoice.issued_on < TERM:
        days = (invoice.due_on - invoice.issued_on).days
        message = f"Fakturan ska betalas inom {days} dagar; {TERM.days} gäller om inget annat är avtalat."
        yield informs("term_is_short", message, cites=_INTEREST_ACT)


def _periods(invoice: Invoice) -> Iterator[Objection]:
    """Yield when nobody can tell which days are billed, or when they have not been."""
    periods = {invoice.period, *(line.period for line in invoice.lines)}
    if periods == {Period()}:
        yield asks("period_is_missing", "Fakturan säger inte vilken period den gäller.")
    for period in periods:
        if period.period_from and period.period_to and period.period_from >= period.period_to:
            yield asks("period_is_backwards", f"Perioden från {period.period_from} tar slut innan den börjar.")
    last = max((period.period_to for period in periods if period.period_to), default=None)
    if last is not None and last > invoice.issued_on + timedelta(days=1):
        message = f"Fakturan är från {invoice.issued_on} men gäller till och med {last - timedelta(days=1)}."
        yield asks("billed_ahead", message)
    if invoice.currency != "SEK":
        yield asks("currency_is_not_kronor", f"Fakturan är i {invoice.currency}, inte i kronor.")


def _references(invoice: Invoice) -> Iterator[Objection]:
    """Yield when an invoice cannot be led to its receiver, or a credit to what it credits."""
    if not invoice.buyer_reference:
        yield asks(
            "buyer_reference_is_missing", "Er referens saknas, så fakturan kan inte ledas till rätt handläggare."
        )
    is_credit = invoice.kind is DocumentKind.CREDIT_NOTE or invoice.totals.payable_ore < 0
    if is_credit and not invoice.credits:
        yield asks("credited_invoice_is_missing", "Krediten säger inte vilken faktura den gäller.")


def _vat(invoice: Invoice) -> Iterator[Objection]:
    """Yield what does not fit with care being exempt from VAT, or with how exemption is told."""
    for total in invoice.vat_totals:
        if total.vat in (VatCategory.EXEMPT, VatCategory.OUTSIDE):
            if not total.reason and not total.reason_code:
                message = f"Fakturan säger inte varför momsen är noll (kategori {total.code})."
                yield stops("exemption_has_no_reason", message)
            if total.vat_ore or total.percent:
                yield stops("exempt_but_charged", f"Kategori {total.code} är utan moms, men moms är uträknad.")
        elif total.vat is VatCategory.OTHER:
            yield asks("vat_category_is_unusual", f"Momskategori {total.code or '(saknas)'} är ovanlig för omsorg.")
    if any(total.vat is VatCategory.STANDARD for total in invoice.vat_totals):
        yield asks(
            "vat_is_charged",
            "Fakturan har moms. Social omsorg är undantagen; uthyrning av personal är det som regel inte.",
            cites=_VAT_ACT,
        )


def _personal_numbers(invoice: Invoice) -> Iterator[Objection]:
    """Yield the free texts that hold a personal number, which is never repeated whole."""
    for where, text in invoice.free_texts():
        for number in personal_numbers_in(text):
            yield asks(
                "personal_number_in_text",
                f"{where} innehåller ett personnummer ({masked(re.sub(r'[^0-9]', '', number))}). Det döljs på skärmen; "
                "be säljaren om en ärendereferens i stället.",
            )
