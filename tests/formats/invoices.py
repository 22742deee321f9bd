"""An e-invoice from Ekot AB, right in everything, as the XML that comes from the network."""

_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
NAMESPACES = f'xmlns:cac="{_UBL}CommonAggregateComponents-2" xmlns:cbc="{_UBL}CommonBasicComponents-2"'

_VAT = "<cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>"
_SWEDEN = "<cac:PostalAddress><cac:Country><cbc:IdentificationCode>SE</cbc:IdentificationCode></cac:Country>"

HEAD = """<cbc:CustomizationID>urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0\
</cbc:CustomizationID>
<cbc:ProfileID>urn:fdc:peppol.eu:2017:poacc:billing:01:1.0</cbc:ProfileID>
<cbc:ID>2025-1001</cbc:ID>
<cbc:IssueDate>2025-12-05</cbc:IssueDate>
<cbc:DueDate>2026-01-04</cbc:DueDate>
<cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>
<cbc:Note>Avser november</cbc:Note>
<cbc:DocumentCurrencyCode>SEK</cbc:DocumentCurrencyCode>
<cbc:BuyerReference>ANS4711</cbc:BuyerReference>
<cac:InvoicePeriod><cbc:StartDate>2025-11-01</cbc:StartDate><cbc:EndDate>2025-11-30</cbc:EndDate></cac:InvoicePeriod>
<cac:OrderReference><cbc:ID>B-17</cbc:ID></cac:OrderReference>
"""

PARTIES = f"""<cac:AccountingSupplierParty><cac:Party>
<cbc:EndpointID schemeID="0007">5599000105</cbc:EndpointID>
{_SWEDEN}</cac:PostalAddress>
<cac:PartyTaxScheme><cbc:CompanyID>SE559900010501</cbc:CompanyID>{_VAT}</cac:PartyTaxScheme>
<cac:PartyTaxScheme><cbc:CompanyID>Godkänd för F-skatt</cbc:CompanyID>
<cac:TaxScheme><cbc:ID>TAX</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>
<cac:PartyLegalEntity><cbc:RegistrationName>Ekot AB</cbc:RegistrationName>
<cbc:CompanyID schemeID="0007">5599000105</cbc:CompanyID></cac:PartyLegalEntity>
</cac:Party></cac:AccountingSupplierParty>
<cac:AccountingCustomerParty><cac:Party>
<cbc:EndpointID schemeID="0007">2120009010</cbc:EndpointID>
{_SWEDEN}</cac:PostalAddress>
<cac:PartyLegalEntity><cbc:RegistrationName>Ekköpings kommun</cbc:RegistrationName></cac:PartyLegalEntity>
</cac:Party></cac:AccountingCustomerParty>
"""

PAYMENT = """<cac:PaymentMeans><cbc:PaymentMeansCode>30</cbc:PaymentMeansCode>
<cbc:PaymentID>20241105</cbc:PaymentID>
<cac:PayeeFinancialAccount><cbc:ID>50501055</cbc:ID>
<cac:FinancialInstitutionBranch><cbc:ID>SE:BANKGIRO</cbc:ID></cac:FinancialInstitutionBranch>
</cac:PayeeFinancialAccount></cac:PaymentMeans>
"""

SUMS = f"""<cac:TaxTotal><cbc:TaxAmount currencyID="SEK">0.00</cbc:TaxAmount><cac:TaxSubtotal>
<cbc:TaxableAmount currencyID="SEK">70677.50</cbc:TaxableAmount><cbc:TaxAmount currencyID="SEK">0.00</cbc:TaxAmount>
<cac:TaxCategory><cbc:ID>E</cbc:ID><cbc:Percent>0</cbc:Percent>
<cbc:TaxExemptionReasonCode>VATEX-EU-132-1G</cbc:TaxExemptionReasonCode>{_VAT}</cac:TaxCategory>
</cac:TaxSubtotal></cac:TaxTotal>
<cac:LegalMonetaryTotal><cbc:LineExtensionAmount currencyID="SEK">70677.50</cbc:LineExtensionAmount>
<cbc:TaxExclusiveAmount currencyID="SEK">70677.50</cbc:TaxExclusiveAmount>
<cbc:TaxInclusiveAmount currencyID="SEK">70677.50</cbc:TaxInclusiveAmount>
<cbc:PayableAmount currencyID="SEK">70677.50</cbc:PayableAmount></cac:LegalMonetaryTotal>
"""

LINE = f"""<cac:InvoiceLine><cbc:ID>1</cbc:ID>
<cbc:Note>Utförd tid</cbc:Note>
<cbc:InvoicedQuantity unitCode="HUR">212.50</cbc:InvoicedQuantity>
<cbc:LineExtensionAmount currencyID="SEK">70677.50</cbc:LineExtensionAmount>
<cbc:AccountingCost>4711-513</cbc:AccountingCost>
<cac:Item><cbc:Name>Personlig assistans</cbc:Name>
<cac:ClassifiedTaxCategory><cbc:ID>E</cbc:ID><cbc:Percent>0</cbc:Percent>{_VAT}</cac:ClassifiedTaxCategory>
<cac:AdditionalItemProperty><cbc:Name>Ärende</cbc:Name><cbc:Value>K-12</cbc:Value></cac:AdditionalItemProperty>
</cac:Item>
<cac:Price><cbc:PriceAmount currencyID="SEK">332.60</cbc:PriceAmount></cac:Price></cac:InvoiceLine>
"""


def e_invoice(*changes: tuple[str, str]) -> bytes:
    """Return the invoice with texts in it exchanged; a text that is not there is a mistake in the test."""
    text = f'<Invoice xmlns="{_UBL}Invoice-2" {NAMESPACES}>\n{HEAD}{PARTIES}{PAYMENT}{SUMS}{LINE}</Invoice>'
    return _changed(text, changes)


def e_credit_note(*changes: tuple[str, str]) -> bytes:
    """Return the same as a credit note that takes the whole invoice back."""
    reference = "<cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>2025-1001</cbc:ID>"
    text = e_invoice(
        (f'"{_UBL}Invoice-2"', f'"{_UBL}CreditNote-2"'),
        ("<cbc:ID>2025-1001</cbc:ID>", "<cbc:ID>2025-1002</cbc:ID>"),
        ("<cbc:DueDate>2026-01-04</cbc:DueDate>\n", ""),
        ("<cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>", "<cbc:CreditNoteTypeCode>381</cbc:CreditNoteTypeCode>"),
        (
            "<cac:AccountingSupplierParty>",
            f"{reference}</cac:InvoiceDocumentReference></cac:BillingReference><cac:AccountingSupplierParty>",
        ),
    ).decode()
    for name in ("Invoice ", "Invoice>", "InvoiceLine"):
        text = text.replace(f"<{name}", f"<{_credit(name)}").replace(f"</{name}", f"</{_credit(name)}")
        text = text.replace(f"<cac:{name}", f"<cac:{_credit(name)}").replace(f"</cac:{name}", f"</cac:{_credit(name)}")
    return _changed(text.replace("InvoicedQuantity", "CreditedQuantity"), changes)


def _credit(name: str) -> str:
    return name.replace("Invoice", "CreditNote")


def _changed(text: str, changes: tuple[tuple[str, str], ...]) -> bytes:
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text.encode("utf-8")
