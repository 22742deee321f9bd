"""Försäkringskassan's answer to a time report: a receipt, or which of its two faults."""

from dataclasses import dataclass
from enum import StrEnum

from lxml import etree

from timvis.core.faults import Fault
from timvis.formats import safe_xml
from timvis.formats.elt_message.write import MESSAGE, RESPONSE, SOAP

LONGEST_TEXT = 2_000


class AnswerKind(StrEnum):
    """What the receiver says."""

    RECEIPT = "receipt"
    XML_FAULT = "xml_fault"
    SIGNATURE_FAULT = "signature_fault"
    OTHER_FAULT = "other_fault"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer: `transaction_id` of a receipt, else the receiver's own `message`, which is free text."""

    kind: AnswerKind
    transaction_id: str = ""
    message: str = ""


_FAULTS = {"XmlValidationError": AnswerKind.XML_FAULT, "SignatureValidationError": AnswerKind.SIGNATURE_FAULT}


def read(content: bytes) -> Answer | Fault:
    """Return what an answer says; a fault when it is no answer at all, and then nobody knows what became of the report.

    A fault of SOAP that is neither of the service's own is one of theirs or of the network's: it is told as it stands.
    """
    root = safe_xml.parse(content)
    if isinstance(root, Fault):
        return root
    receipt = root.findtext(f"{{{SOAP}}}Body/{{{MESSAGE}}}{RESPONSE}/{{{MESSAGE}}}tx-id")
    if receipt and receipt.strip():
        return Answer(kind=AnswerKind.RECEIPT, transaction_id=receipt.strip()[:80])
    fault = root.find(f"{{{SOAP}}}Body/{{{SOAP}}}Fault")
    if fault is None:
        return Fault(
            code="not_an_answer",
            message="Svaret är varken ett kvitto eller ett fel.",
            remedy="Fråga Försäkringskassan om rapporten har kommit fram; skicka den inte igen förrän det är känt.",
        )
    return _of_fault(fault)


def _of_fault(fault: etree._Element) -> Answer:
    for name, kind in _FAULTS.items():
        found = fault.find(f"detail/{{{MESSAGE}}}{name}")
        if found is not None:
            told = found.findtext(f"{{{MESSAGE}}}message") or found.findtext("message") or ""
            return Answer(kind=kind, message=told.strip()[:LONGEST_TEXT])
    return Answer(kind=AnswerKind.OTHER_FAULT, message=(fault.findtext("faultstring") or "").strip()[:LONGEST_TEXT])
