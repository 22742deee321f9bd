"""The numbers on an invoice, by their check digits: the seller's, the accounts, what to quote when paying."""

import re
from collections.abc import Iterator

from timvis.core.account_numbers import bankgiro, ocr_number, plusgiro
from timvis.core.identity import (
    NumberProblem,
    organisation_number,
    personal_number,
    vat_number,
    without_gaps,
)
from timvis.core.invoice.objection import Objection, asks, informs, stops
from timvis.core.invoice.records import Invoice, Party, PaymentWay
from timvis.core.payment import AccountKind, iban_is_right

F_TAX = "Godkänd för F-skatt"
"""The words the Peppol rules ask for where F-skatt is told; upper and lower case are the same."""

PUBLIC_BODIES = "2"
"""How the organisation numbers of the state, regions and municipalities begin."""

_GIROS = {
    AccountKind.BANKGIRO: (bankgiro, "bankgiro_is_wrong", "Bankgironumret"),
    AccountKind.PLUSGIRO: (plusgiro, "plusgiro_is_wrong", "Plusgironumret"),
}


def objections(invoice: Invoice) -> Iterator[Objection]:
    """Yield what is wrong with the numbers of the seller and of the ways to pay."""
    if invoice.supplier.country in ("SE", ""):
        yield from _seller(invoice)
        yield from _f_tax(invoice.supplier)
    for way in invoice.ways_to_pay:
        yield from _account(way)
        yield from _reference(way, invoice.number)
    if invoice.to_pay_ore > 0:
        yield from _choice_of_account(invoice)


def _seller(invoice: Invoice) -> Iterator[Objection]:
    """Yield what is wrong with a Swedish seller's organisation and VAT numbers."""
    seller = invoice.supplier
    number = organisation_number(seller.organisation_number)
    if not seller.organisation_number:
        yield asks("organisation_number_is_missing", "Säljarens organisationsnummer saknas.")
    elif isinstance(number, NumberProblem):
        if isinstance(personal_number(seller.organisation_number, today=invoice.issued_on), str):
            yield informs("seller_is_a_person", "Säljarens nummer är ett personnummer: en enskild firma eller person.")
        else:
            yield stops("organisation_number_is_wrong", f"Säljarens organisationsnummer {number.message}.")
    if not seller.vat_number.upper().startswith("SE"):
        return
    vat = vat_number(seller.vat_number)
    if isinstance(vat, NumberProblem):
        yield stops("vat_number_is_wrong", f"Säljarens momsregistreringsnummer {vat.message}.")
    elif isinstance(number, str) and vat[2:12] != number:
        yield asks("vat_number_is_another", "Säljarens momsregistreringsnummer hör till ett annat organisationsnummer.")


def _f_tax(seller: Party) -> Iterator[Objection]:
    """Yield when the seller does not say that it has F-skatt; then the payer may have to withhold tax."""
    said = " ".join(seller.tax_registration.split())
    if not said and _is_public_body(seller):
        return
    if not said:
        yield asks(
            "f_tax_is_not_told",
            "Fakturan säger inte att säljaren är godkänd för F-skatt. Kontrollera hos Skatteverket före betalning.",
        )
    elif said.casefold() != F_TAX.casefold():
        yield asks("f_tax_text_is_wrong", f"Texten om F-skatt ska vara ”{F_TAX}”.")


def _is_public_body(seller: Party) -> bool:
    """Return whether the seller is the state, a region or a municipality, which pay no income tax (IL 7 kap. 2 §)."""
    number = organisation_number(seller.organisation_number)
    return isinstance(number, str) and number.startswith(PUBLIC_BODIES)


def _account(way: PaymentWay) -> Iterator[Objection]:
    """Yield when an account cannot be one: wrong check digit, wrong length, other signs than digits."""
    if way.kind in _GIROS:
        read, code, name = _GIROS[way.kind]
        number = read(way.account)
        if isinstance(number, NumberProblem):
            yield stops(code, f"{name} {number.message}.")
    elif way.kind is AccountKind.IBAN:
        iban = without_gaps(way.account).upper()
        if iban.startswith("SE") and not iban_is_right(iban):
            yield stops("iban_is_wrong", "IBAN-numret har fel längd eller fel kontrollsiffror.")


def _reference(way: PaymentWay, number: str) -> Iterator[Objection]:
    """Yield when the reference of a giro payment looks like an OCR number but has a wrong check digit.

    The invoice's own number is no OCR number, whatever it looks like.
    """
    digits = without_gaps(way.reference)
    if way.kind not in _GIROS or not digits.isascii() or not digits.isdecimal():
        return
    if digits == re.sub(r"[^0-9]", "", number):
        return
    found = ocr_number(digits)
    if isinstance(found, NumberProblem):
        yield stops("ocr_is_wrong", f"OCR-numret {found.message}.")


def _choice_of_account(invoice: Invoice) -> Iterator[Objection]:
    """Yield when there is no account to pay to, or several to choose between."""
    accounts = {(way.kind, without_gaps(way.account).replace("-", "")) for way in invoice.ways_to_pay if way.account}
    if not accounts:
        yield asks("account_is_missing", "Fakturan anger inget konto att betala till.")
    if len(accounts) > 1:
        yield informs(
            "several_accounts",
            f"Fakturan anger {len(accounts)} olika konton. Betala bara till det som är registrerat hos oss.",
        )
