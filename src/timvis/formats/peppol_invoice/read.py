"""An invoice or credit note in UBL as a core record, exactly as written, or every place that cannot be read."""

import base64
import binascii
import re
from collections.abc import Iterator
from decimal import Decimal

from lxml import etree

from timvis.core.faults import Fault
from timvis.core.invoice.records import (
    Adjustment,
    Attachment,
    DocumentKind,
    Invoice,
    Line,
    Party,
    PaymentWay,
    Totals,
    VatTotal,
)
from timvis.core.payment import AccountKind
from timvis.core.quantities import Ore
from timvis.formats.peppol_invoice.document import kind_of, parse
from timvis.formats.peppol_invoice.elements import CAC, Reading, all_at, at, text_at, text_of, texts_at

_BRANCHES = {
    "SE:BANKGIRO": AccountKind.BANKGIRO,
    "SE:PLUSGIRO": AccountKind.PLUSGIRO,
    # How the giros were told as banks before the two codes above, still written by older systems.
    "BGABSESS": AccountKind.BANKGIRO,
    "PGSISESS": AccountKind.PLUSGIRO,
}
_MEANS = {"50": AccountKind.PLUSGIRO, "56": AccountKind.BANKGIRO}
_IBAN = re.compile(r"[A-Za-z]{2}[0-9]{2}[A-Za-z0-9 ]{8,}")
_ACCOUNT = re.compile(r"[0-9][0-9 ,.-]{4,}")


def read(content: bytes) -> Invoice | tuple[Fault, ...]:
    """Return the invoice, or every fault that keeps it from being read."""
    root = parse(content)
    return (root,) if isinstance(root, Fault) else read_document(root)


def read_document(root: etree._Element) -> Invoice | tuple[Fault, ...]:
    """Return what `read` does, from a root that has been parsed."""
    reading = Reading(currency=text_at(root, "DocumentCurrencyCode"))
    invoice = _invoice(root, reading)
    return tuple(reading.faults) or invoice


def _invoice(root: etree._Element, reading: Reading) -> Invoice:
    kind = kind_of(root)
    return Invoice(
        kind=kind,
        number=reading.required(root, "ID"),
        issued_on=reading.required_day(root, "IssueDate"),
        currency=reading.required(root, "DocumentCurrencyCode"),
        supplier=_party(root, "AccountingSupplierParty", reading),
        buyer=_party(root, "AccountingCustomerParty", reading),
        totals=_totals(root, reading),
        lines=_lines(root, kind, reading),
        vat_totals=tuple(_vat_totals(root, reading)),
        adjustments=tuple(_adjustments(root, reading)),
        ways_to_pay=tuple(_ways_to_pay(root)),
        due_on=reading.day(root, "DueDate") or reading.day(root, "PaymentMeans/PaymentDueDate"),
        period=reading.period(root),
        buyer_reference=text_at(root, "BuyerReference"),
        order_reference=text_at(root, "OrderReference/ID"),
        contract_reference=text_at(root, "ContractDocumentReference/ID"),
        account_coding=text_at(root, "AccountingCost"),
        credits=texts_at(root, "BillingReference/InvoiceDocumentReference/ID"),
        notes=texts_at(root, "Note", "PaymentTerms/Note"),
        attachments=tuple(_attachments(root, reading)),
    )


def _party(root: etree._Element, name: str, reading: Reading) -> Party:
    party = at(root, f"{name}/Party/")
    if party is None:
        reading.object_to(root, "field_is_missing", name, f"{name} saknas.")
        return Party(name="")
    vat, other = "", ""
    for scheme in all_at(party, "PartyTaxScheme/"):
        if text_at(scheme, "TaxScheme/ID") == "VAT":
            vat = vat or text_at(scheme, "CompanyID")
        else:
            other = other or text_at(scheme, "CompanyID")
    endpoint = at(party, "EndpointID")
    return Party(
        name=reading.required(party, "PartyLegalEntity/RegistrationName", "PartyName/Name"),
        organisation_number=text_at(party, "PartyLegalEntity/CompanyID"),
        vat_number=vat,
        tax_registration=other,
        endpoint_scheme="" if endpoint is None else endpoint.get("schemeID", ""),
        endpoint="" if endpoint is None else text_of(endpoint),
        country=text_at(party, "PostalAddress/Country/IdentificationCode"),
    )


def _totals(root: etree._Element, reading: Reading) -> Totals:
    total = at(root, "LegalMonetaryTotal/")
    if total is None:
        reading.object_to(root, "field_is_missing", "LegalMonetaryTotal", "Fakturans summor saknas.")
        total = etree.Element(f"{CAC}LegalMonetaryTotal")
    tax = _tax_total(root, reading)
    return Totals(
        lines_ore=reading.required_ore(total, "LineExtensionAmount"),
        deducted_ore=reading.ore(total, "AllowanceTotalAmount"),
        added_ore=reading.ore(total, "ChargeTotalAmount"),
        without_vat_ore=reading.required_ore(total, "TaxExclusiveAmount"),
        vat_ore=Ore(0) if tax is None else reading.required_ore(tax, "TaxAmount"),
        with_vat_ore=reading.required_ore(total, "TaxInclusiveAmount"),
        prepaid_ore=reading.ore(total, "PrepaidAmount"),
        rounding_ore=reading.ore(total, "PayableRoundingAmount"),
        payable_ore=reading.required_ore(total, "PayableAmount"),
    )


def _tax_total(root: etree._Element, reading: Reading) -> etree._Element | None:
    """Return the VAT in the invoice's own currency; there may be one more, in the currency of its tax return."""
    for total in all_at(root, "TaxTotal/"):
        amount = at(total, "TaxAmount")
        if amount is not None and amount.get("currencyID", reading.currency) == reading.currency:
            return total
    return None


def _vat_totals(root: etree._Element, reading: Reading) -> Iterator[VatTotal]:
    tax = _tax_total(root, reading)
    for each in () if tax is None else all_at(tax, "TaxSubtotal/"):
        yield VatTotal(
            code=text_at(each, "TaxCategory/ID"),
            percent=reading.decimal(each, "TaxCategory/Percent"),
            taxable_ore=reading.required_ore(each, "TaxableAmount"),
            vat_ore=reading.required_ore(each, "TaxAmount"),
            reason=text_at(each, "TaxCategory/TaxExemptionReason"),
            reason_code=text_at(each, "TaxCategory/TaxExemptionReasonCode"),
        )


def _adjustments(root: etree._Element, reading: Reading) -> Iterator[Adjustment]:
    for each in all_at(root, "AllowanceCharge/"):
        yield Adjustment(
            is_deduction=not _is_charge(each),
            amount_ore=reading.required_ore(each, "Amount"),
            vat_code=text_at(each, "TaxCategory/ID"),
            vat_percent=reading.decimal(each, "TaxCategory/Percent"),
            text=text_at(each, "AllowanceChargeReason"),
        )


def _lines(root: etree._Element, kind: DocumentKind, reading: Reading) -> tuple[Line, ...]:
    is_credit = kind is DocumentKind.CREDIT_NOTE
    group, quantity = ("CreditNoteLine/", "CreditedQuantity") if is_credit else ("InvoiceLine/", "InvoicedQuantity")
    lines = tuple(_line(each, quantity, reading) for each in all_at(root, group))
    if not lines:
        reading.object_to(root, "field_is_missing", group.rstrip("/"), "Fakturan har inga rader.")
    return lines


def _line(element: etree._Element, quantity: str, reading: Reading) -> Line:
    adjustments = list(all_at(element, "AllowanceCharge/"))
    counted = at(element, quantity)
    base = reading.decimal(element, "Price/BaseQuantity")
    return Line(
        number=reading.required(element, "ID"),
        text=_line_text(element),
        quantity=reading.required_decimal(element, quantity),
        unit="" if counted is None else counted.get("unitCode", ""),
        price=reading.required_decimal(element, "Price/PriceAmount"),
        amount_ore=reading.required_ore(element, "LineExtensionAmount"),
        vat_code=text_at(element, "Item/ClassifiedTaxCategory/ID"),
        vat_percent=reading.decimal(element, "Item/ClassifiedTaxCategory/Percent"),
        base_quantity=Decimal(1) if base is None else base,
        deducted_ore=Ore(sum(reading.required_ore(each, "Amount") for each in adjustments if not _is_charge(each))),
        added_ore=Ore(sum(reading.required_ore(each, "Amount") for each in adjustments if _is_charge(each))),
        period=reading.period(element),
        account_coding=text_at(element, "AccountingCost"),
    )


def _line_text(element: etree._Element) -> str:
    """Return everything a line says in words: name, description, note, and its own labels with their values."""
    labels = (
        f"{text_at(each, 'Name')}: {text_at(each, 'Value')}" for each in all_at(element, "Item/AdditionalItemProperty/")
    )
    return "; ".join((*texts_at(element, "Item/Name", "Item/Description", "Note"), *labels))


def _is_charge(element: etree._Element) -> bool:
    return text_at(element, "ChargeIndicator") in ("true", "1")


def _ways_to_pay(root: etree._Element) -> Iterator[PaymentWay]:
    for each in all_at(root, "PaymentMeans/"):
        code = text_at(each, "PaymentMeansCode")
        account = text_at(each, "PayeeFinancialAccount/ID")
        branch = text_at(each, "PayeeFinancialAccount/FinancialInstitutionBranch/ID")
        yield PaymentWay(
            code=code,
            kind=_account_kind(code, branch.upper(), account),
            account=account,
            account_name=text_at(each, "PayeeFinancialAccount/Name"),
            reference=text_at(each, "PaymentID"),
        )


def _account_kind(code: str, branch: str, account: str) -> AccountKind | None:
    """Return how an account is to be read: by its giro, else by what it looks like."""
    if giro := _BRANCHES.get(branch.removesuffix("XXX")) or _MEANS.get(code):
        return giro
    if _IBAN.fullmatch(account):
        return AccountKind.IBAN
    return AccountKind.BANK_ACCOUNT if _ACCOUNT.fullmatch(account) else None


def _attachments(root: etree._Element, reading: Reading) -> Iterator[Attachment]:
    for each in all_at(root, "AdditionalDocumentReference/"):
        embedded = at(each, "Attachment/EmbeddedDocumentBinaryObject")
        yield Attachment(
            reference=text_at(each, "ID"),
            text=text_at(each, "DocumentDescription", "Attachment/ExternalReference/URI"),
            file_name="" if embedded is None else embedded.get("filename", ""),
            media_type="" if embedded is None else embedded.get("mimeCode", ""),
            content=b"" if embedded is None else _decoded(embedded, reading),
        )


def _decoded(element: etree._Element, reading: Reading) -> bytes:
    try:
        return base64.b64decode("".join((element.text or "").split()), validate=True)
    except (binascii.Error, ValueError):
        reading.object_to(element, "attachment_is_broken", "EmbeddedDocumentBinaryObject", "En bilaga är trasig.")
        return b""
