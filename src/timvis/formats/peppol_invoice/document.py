"""The one way in: bytes from outside to the root of an invoice or a credit note, or why it is none."""

from lxml import etree

from timvis.core.faults import Fault
from timvis.core.invoice.records import DocumentKind
from timvis.formats import safe_xml, xml_bounds
from timvis.formats.peppol_invoice.elements import line_of

MAX_BYTES = 20 * 1024 * 1024
"""Room for a month's scanned reports as attachments; operators in the network stop earlier."""

MAX_NODES = 100_000
"""Some three thousand lines; a tree of it takes about thirty megabytes."""

_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
_KINDS = {
    f"{{{_UBL}Invoice-2}}Invoice": DocumentKind.INVOICE,
    f"{{{_UBL}CreditNote-2}}CreditNote": DocumentKind.CREDIT_NOTE,
}


def parse(content: bytes) -> etree._Element | Fault:
    """Return the root of an invoice or credit note, or why the bytes are neither."""
    refused = xml_bounds.fault_of(content, most_bytes=MAX_BYTES, most_nodes=MAX_NODES)
    if refused is not None:
        return refused
    root = safe_xml.parse(content)
    if isinstance(root, Fault) or root.tag in _KINDS:
        return root
    return Fault(
        code="not_an_invoice",
        message="Filen är varken faktura eller kreditfaktura i formatet Peppol BIS Billing 3 (UBL 2.1).",
        remedy="Välj den XML-fil som kom från e-fakturatjänsten.",
        line=line_of(root),
    )


def kind_of(root: etree._Element) -> DocumentKind:
    """Return which of the two documents a root is."""
    return _KINDS[str(root.tag)]
