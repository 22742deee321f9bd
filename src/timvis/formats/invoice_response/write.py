"""Writes the answer that sends an invoice back, in one writing: the same answer is the same bytes."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from lxml import etree

from timvis.core.identity import shown_text
from timvis.core.invoice.records import DocumentKind

_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
_ROOT, _CAC, _CBC = (
    f"{_UBL}{name}-2" for name in ("ApplicationResponse", "CommonAggregateComponents", "CommonBasicComponents")
)
_NAMESPACES: dict[Any, str] = {None: _ROOT, "cac": _CAC, "cbc": _CBC}
_DOCUMENT_CODES = {DocumentKind.INVOICE: "380", DocumentKind.CREDIT_NOTE: "381"}
SWEDISH_ORGANISATION = "0007"
REJECTED = "RE"


class Reason(StrEnum):
    """Why an invoice goes back, in the network's codes."""

    REFERENCES = "REF"
    LEGAL = "LEG"
    RECEIVER_UNKNOWN = "REC"
    QUANTITIES = "QUA"
    PRICES = "PRI"
    NOT_RECOGNISED = "UNR"
    PAYMENT_TERMS = "PAY"
    OTHER = "OTH"


class Asked(StrEnum):
    """What is asked of the supplier."""

    NEW_INVOICE = "NIN"
    NOTHING = "NOA"


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Who answers or is answered: electronic address with its scheme, and name."""

    endpoint: str
    name: str
    scheme: str = SWEDISH_ORGANISATION


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer about one invoice; `why` is a sentence for people that names nobody."""

    number: str
    issued_on: date
    sender: Party
    receiver: Party
    invoice_number: str
    invoice_issued_on: date
    kind: DocumentKind
    reason: Reason
    asked: Asked
    why: str


def write(answer: Answer) -> bytes:
    """Return the message as UTF-8 XML."""
    root = etree.Element(f"{{{_ROOT}}}ApplicationResponse", nsmap=_NAMESPACES)
    _field(root, "CustomizationID", "urn:fdc:peppol.eu:poacc:trns:invoice_response:3")
    _field(root, "ProfileID", "urn:fdc:peppol.eu:poacc:bis:invoice_response:3")
    _field(root, "ID", answer.number)
    _field(root, "IssueDate", answer.issued_on.isoformat())
    _party(root, "SenderParty", answer.sender)
    _party(root, "ReceiverParty", answer.receiver)
    document = _group(root, "DocumentResponse")
    response = _group(document, "Response")
    _field(response, "ResponseCode", REJECTED)
    _status(response, "OPStatusReason", answer.reason, shown_text(answer.why))
    _status(response, "OPStatusAction", answer.asked, "")
    reference = _group(document, "DocumentReference")
    _field(reference, "ID", answer.invoice_number)
    _field(reference, "IssueDate", answer.invoice_issued_on.isoformat())
    _field(reference, "DocumentTypeCode", _DOCUMENT_CODES[answer.kind])
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _party(root: etree._Element, name: str, party: Party) -> None:
    element = _group(root, name)
    _field(element, "EndpointID", party.endpoint).set("schemeID", party.scheme)
    _field(_group(element, "PartyLegalEntity"), "RegistrationName", party.name)


def _status(response: etree._Element, listed: str, code: str, text: str) -> None:
    status = _group(response, "Status")
    _field(status, "StatusReasonCode", code).set("listID", listed)
    if text:
        _field(status, "StatusReason", text)


def _group(parent: etree._Element, name: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{_CAC}}}{name}")


def _field(parent: etree._Element, name: str, text: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{_CBC}}}{name}")
    element.text = text
    return element
