"""E-invoices as suppliers send them, from their lines: the XML that a test or an example starts from."""

from dataclasses import dataclass, field
from decimal import Decimal

from tests.formats.invoices import NAMESPACES

_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
_VAT = "<cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>"
_SWEDEN = (
    "<cac:PostalAddress><cac:Country><cbc:IdentificationCode>SE</cbc:IdentificationCode></cac:Country>"
    "</cac:PostalAddress>"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BilledLine:
    """One line: hours at a price, or an amount as it is; a month as its first and last day."""

    text: str
    amount: str
    hours: str | None = None
    price: str | None = None
    days: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """An invoice, or with `credits` a credit note."""

    number: str
    supplier_number: str
    supplier_name: str
    bankgiro: str
    lines: tuple[BilledLine, ...]
    issued_on: str = "2024-04-03"
    due_on: str = "2024-05-03"
    days: tuple[str, str] = ("2024-03-01", "2024-03-31")
    ocr: str = ""
    buyer_reference: str = "SVA-4711"
    order_reference: str = ""
    buyer_number: str = "2120009010"
    buyer_name: str = "Motala kommun"
    credits: str = ""
    notes: tuple[str, ...] = field(default=())


def total_of(bill: Bill) -> Decimal:
    """Return what the lines come to."""
    return sum((Decimal(line.amount) for line in bill.lines), Decimal(0))


def xml(bill: Bill) -> bytes:
    """Return the invoice as UTF-8, in the order of elements that the schema wants."""
    root = "CreditNote" if bill.credits else "Invoice"
    parts = (_head(bill), _parties(bill), _payment(bill), _sums(bill), *_lines(bill))
    text = "\n".join(part for part in parts if part)
    document = f'<{root} xmlns="{_UBL}{root}-2" {NAMESPACES}>\n{text}\n</{root}>\n'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{document}'.encode()


def _head(bill: Bill) -> str:
    due = "" if bill.credits else f"<cbc:DueDate>{bill.due_on}</cbc:DueDate>\n"
    kind = ("CreditNoteTypeCode", "381") if bill.credits else ("InvoiceTypeCode", "380")
    notes = "".join(f"<cbc:Note>{note}</cbc:Note>\n" for note in bill.notes)
    order = f"<cac:OrderReference><cbc:ID>{bill.order_reference}</cbc:ID></cac:OrderReference>\n"
    credits = (
        f"<cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>{bill.credits}</cbc:ID>"
        "</cac:InvoiceDocumentReference></cac:BillingReference>\n"
    )
    return (
        "<cbc:CustomizationID>urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
        "</cbc:CustomizationID>\n"
        "<cbc:ProfileID>urn:fdc:peppol.eu:2017:poacc:billing:01:1.0</cbc:ProfileID>\n"
        f"<cbc:ID>{bill.number}</cbc:ID>\n<cbc:IssueDate>{bill.issued_on}</cbc:IssueDate>\n{due}"
        f"<cbc:{kind[0]}>{kind[1]}</cbc:{kind[0]}>\n{notes}"
        f"<cbc:DocumentCurrencyCode>SEK</cbc:DocumentCurrencyCode>\n"
        f"<cbc:BuyerReference>{bill.buyer_reference}</cbc:BuyerReference>\n"
        f"{_period(bill.days)}\n{order if bill.order_reference else ''}{credits if bill.credits else ''}"
    ).strip()


def _period(days: tuple[str, str]) -> str:
    return (
        f"<cac:InvoicePeriod><cbc:StartDate>{days[0]}</cbc:StartDate><cbc:EndDate>{days[1]}</cbc:EndDate>"
        "</cac:InvoicePeriod>"
    )


def _parties(bill: Bill) -> str:
    number = bill.supplier_number
    return (
        "<cac:AccountingSupplierParty><cac:Party>\n"
        f'<cbc:EndpointID schemeID="0007">{number}</cbc:EndpointID>\n{_SWEDEN}\n'
        f"<cac:PartyTaxScheme><cbc:CompanyID>SE{number}01</cbc:CompanyID>{_VAT}</cac:PartyTaxScheme>\n"
        "<cac:PartyTaxScheme><cbc:CompanyID>Godkänd för F-skatt</cbc:CompanyID>"
        "<cac:TaxScheme><cbc:ID>TAX</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>\n"
        f"<cac:PartyLegalEntity><cbc:RegistrationName>{bill.supplier_name}</cbc:RegistrationName>"
        f'<cbc:CompanyID schemeID="0007">{number}</cbc:CompanyID></cac:PartyLegalEntity>\n'
        "</cac:Party></cac:AccountingSupplierParty>\n"
        "<cac:AccountingCustomerParty><cac:Party>\n"
        f'<cbc:EndpointID schemeID="0007">{bill.buyer_number}</cbc:EndpointID>\n{_SWEDEN}\n'
        f"<cac:PartyLegalEntity><cbc:RegistrationName>{bill.buyer_name}</cbc:RegistrationName></cac:PartyLegalEntity>\n"
        "</cac:Party></cac:AccountingCustomerParty>"
    )


def _payment(bill: Bill) -> str:
    reference = f"<cbc:PaymentID>{bill.ocr}</cbc:PaymentID>\n" if bill.ocr else ""
    return (
        f"<cac:PaymentMeans><cbc:PaymentMeansCode>30</cbc:PaymentMeansCode>\n{reference}"
        f"<cac:PayeeFinancialAccount><cbc:ID>{bill.bankgiro}</cbc:ID>"
        "<cac:FinancialInstitutionBranch><cbc:ID>SE:BANKGIRO</cbc:ID></cac:FinancialInstitutionBranch>"
        "</cac:PayeeFinancialAccount></cac:PaymentMeans>"
    )


def _sums(bill: Bill) -> str:
    total = total_of(bill)
    sums = "".join(
        f'<cbc:{name} currencyID="SEK">{total:.2f}</cbc:{name}>\n'
        for name in ("LineExtensionAmount", "TaxExclusiveAmount", "TaxInclusiveAmount", "PayableAmount")
    )
    return (
        '<cac:TaxTotal><cbc:TaxAmount currencyID="SEK">0.00</cbc:TaxAmount><cac:TaxSubtotal>\n'
        f'<cbc:TaxableAmount currencyID="SEK">{total:.2f}</cbc:TaxableAmount>'
        '<cbc:TaxAmount currencyID="SEK">0.00</cbc:TaxAmount>\n'
        "<cac:TaxCategory><cbc:ID>E</cbc:ID><cbc:Percent>0</cbc:Percent>"
        f"<cbc:TaxExemptionReasonCode>VATEX-EU-132-1G</cbc:TaxExemptionReasonCode>{_VAT}</cac:TaxCategory>\n"
        f"</cac:TaxSubtotal></cac:TaxTotal>\n<cac:LegalMonetaryTotal>{sums}</cac:LegalMonetaryTotal>"
    )


def _lines(bill: Bill) -> list[str]:
    name, counted = ("CreditNoteLine", "CreditedQuantity") if bill.credits else ("InvoiceLine", "InvoicedQuantity")
    return [
        f"<cac:{name}><cbc:ID>{number}</cbc:ID>\n"
        f'<cbc:{counted} unitCode="{"HUR" if line.hours else "EA"}">{line.hours or 1}</cbc:{counted}>\n'
        f'<cbc:LineExtensionAmount currencyID="SEK">{line.amount}</cbc:LineExtensionAmount>\n'
        f"{_period(line.days) if line.days else ''}"
        f"<cac:Item><cbc:Name>{line.text}</cbc:Name><cac:ClassifiedTaxCategory><cbc:ID>E</cbc:ID>"
        f"<cbc:Percent>0</cbc:Percent>{_VAT}</cac:ClassifiedTaxCategory></cac:Item>\n"
        f'<cac:Price><cbc:PriceAmount currencyID="SEK">{line.price or line.amount}</cbc:PriceAmount></cac:Price>'
        f"</cac:{name}>"
        for number, line in enumerate(bill.lines, start=1)
    ]
