"""An invoice of ours in UBL, as Peppol BIS Billing 3 asks for it: what `read` gives back is what was written.

Only what our own invoices hold is written: no additions or deductions on the whole, no attachments, kronor.
"""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

from lxml import etree

from timvis.core.invoice.records import DocumentKind, Invoice, Line, Party, PaymentWay, Period, VatTotal
from timvis.core.payment import AccountKind
from timvis.formats.peppol_invoice.elements import CAC, CBC

CUSTOMIZATION = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
PROFILE = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
COMMERCIAL_INVOICE, CREDIT_TRANSFER = "380", "30"
SWEDISH_ORGANISATION = "0007"
"""The code of Swedish organisation numbers in the lists of ISO 6523 and of Peppol's addresses."""

_INVOICE = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
_NAMESPACES: dict[Any, str] = {None: _INVOICE, "cac": CAC.strip("{}"), "cbc": CBC.strip("{}")}
_GIROS = {AccountKind.BANKGIRO: "SE:BANKGIRO", AccountKind.PLUSGIRO: "SE:PLUSGIRO"}


class NotWritten(ValueError):
    """An invoice holds something that is not written here. Our mistake: our own invoices never do."""


def write(invoice: Invoice) -> bytes:
    """Return an invoice as UBL, in the order the schema asks for. Raises `NotWritten`."""
    if invoice.kind is not DocumentKind.INVOICE or invoice.adjustments or invoice.attachments:
        raise NotWritten(f"{invoice.number}: {invoice.kind}")
    root = etree.Element(f"{{{_INVOICE}}}Invoice", nsmap=_NAMESPACES)
    _field(root, "CustomizationID", CUSTOMIZATION)
    _field(root, "ProfileID", PROFILE)
    _field(root, "ID", invoice.number)
    _field(root, "IssueDate", invoice.issued_on.isoformat())
    if invoice.due_on is not None:
        _field(root, "DueDate", invoice.due_on.isoformat())
    _field(root, "InvoiceTypeCode", COMMERCIAL_INVOICE)
    for note in invoice.notes:
        _field(root, "Note", note)
    _field(root, "DocumentCurrencyCode", invoice.currency)
    _field(root, "AccountingCost", invoice.account_coding)
    _field(root, "BuyerReference", invoice.buyer_reference)
    _period(root, invoice.period)
    _reference(root, "OrderReference", invoice.order_reference)
    _reference(root, "ContractDocumentReference", invoice.contract_reference)
    _party(root, "AccountingSupplierParty", invoice.supplier)
    _party(root, "AccountingCustomerParty", invoice.buyer)
    for way in invoice.ways_to_pay:
        _way_to_pay(root, way)
    _vat(root, invoice)
    _totals(root, invoice)
    for line in invoice.lines:
        _line(root, line, invoice.currency)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _group(parent: etree._Element, name: str) -> etree._Element:
    return etree.SubElement(parent, f"{CAC}{name}")


def _field(parent: etree._Element, name: str, text: str, **attributes: str) -> None:
    """Add a field, unless it would be empty: Peppol refuses empty elements."""
    if text:
        etree.SubElement(parent, f"{CBC}{name}", attributes).text = text


def _money(parent: etree._Element, name: str, ore: int, currency: str) -> None:
    _field(parent, name, _kronor(ore), currencyID=currency)


def _kronor(ore: int) -> str:
    sign = "-" if ore < 0 else ""
    return f"{sign}{abs(ore) // 100}.{abs(ore) % 100:02d}"


def _number(exact: Decimal) -> str:
    return f"{exact.normalize():f}"


def _period(parent: etree._Element, period: Period) -> None:
    """Add a period; here it is half-open, in UBL its last day belongs."""
    if period.period_from is None and period.period_to is None:
        return
    group = _group(parent, "InvoicePeriod")
    if period.period_from is not None:
        _field(group, "StartDate", period.period_from.isoformat())
    if period.period_to is not None:
        _field(group, "EndDate", (period.period_to - timedelta(days=1)).isoformat())


def _reference(parent: etree._Element, name: str, reference: str) -> None:
    if reference:
        _field(_group(parent, name), "ID", reference)


def _party(root: etree._Element, role: str, who: Party) -> None:
    party = _group(_group(root, role), "Party")
    _field(party, "EndpointID", who.endpoint, schemeID=who.endpoint_scheme)
    _field(_group(party, "PartyName"), "Name", who.name)
    _field(_group(_group(party, "PostalAddress"), "Country"), "IdentificationCode", who.country)
    for number, scheme in ((who.vat_number, "VAT"), (who.tax_registration, "TAX")):
        if number:
            tax = _group(party, "PartyTaxScheme")
            _field(tax, "CompanyID", number)
            _field(_group(tax, "TaxScheme"), "ID", scheme)
    legal = _group(party, "PartyLegalEntity")
    _field(legal, "RegistrationName", who.name)
    _field(legal, "CompanyID", who.organisation_number, schemeID=SWEDISH_ORGANISATION)


def _way_to_pay(root: etree._Element, way: PaymentWay) -> None:
    means = _group(root, "PaymentMeans")
    _field(means, "PaymentMeansCode", way.code)
    _field(means, "PaymentID", way.reference)
    account = _group(means, "PayeeFinancialAccount")
    _field(account, "ID", way.account)
    _field(account, "Name", way.account_name)
    if way.kind in _GIROS:
        _field(_group(account, "FinancialInstitutionBranch"), "ID", _GIROS[way.kind])


def _vat(root: etree._Element, invoice: Invoice) -> None:
    total = _group(root, "TaxTotal")
    _money(total, "TaxAmount", invoice.totals.vat_ore, invoice.currency)
    for each in invoice.vat_totals:
        part = _group(total, "TaxSubtotal")
        _money(part, "TaxableAmount", each.taxable_ore, invoice.currency)
        _money(part, "TaxAmount", each.vat_ore, invoice.currency)
        _category(_group(part, "TaxCategory"), each)


def _category(category: etree._Element, told: VatTotal) -> None:
    _field(category, "ID", told.code)
    if told.percent is not None:
        _field(category, "Percent", _number(told.percent))
    _field(category, "TaxExemptionReasonCode", told.reason_code)
    _field(category, "TaxExemptionReason", told.reason)
    _field(_group(category, "TaxScheme"), "ID", "VAT")


def _totals(root: etree._Element, invoice: Invoice) -> None:
    total, sums = _group(root, "LegalMonetaryTotal"), invoice.totals
    for name, ore in _sums(invoice):
        _money(total, name, ore, invoice.currency)
    if sums.deducted_ore or sums.added_ore or sums.prepaid_ore or sums.rounding_ore:
        raise NotWritten(f"{invoice.number}: sums of what is not written")


def _sums(invoice: Invoice) -> Iterator[tuple[str, int]]:
    sums = invoice.totals
    yield "LineExtensionAmount", sums.lines_ore
    yield "TaxExclusiveAmount", sums.without_vat_ore
    yield "TaxInclusiveAmount", sums.with_vat_ore
    yield "PayableAmount", sums.payable_ore


def _line(root: etree._Element, told: Line, currency: str) -> None:
    line = _group(root, "InvoiceLine")
    _field(line, "ID", told.number)
    _field(line, "InvoicedQuantity", _number(told.quantity), unitCode=told.unit)
    _money(line, "LineExtensionAmount", told.amount_ore, currency)
    _field(line, "AccountingCost", told.account_coding)
    _period(line, told.period)
    item = _group(line, "Item")
    _field(item, "Name", told.text)
    category = _group(item, "ClassifiedTaxCategory")
    _field(category, "ID", told.vat_code)
    if told.vat_percent is not None:
        _field(category, "Percent", _number(told.vat_percent))
    _field(_group(category, "TaxScheme"), "ID", "VAT")
    _field(_group(line, "Price"), "PriceAmount", _number(told.price), currencyID=currency)
