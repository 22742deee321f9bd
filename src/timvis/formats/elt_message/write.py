"""A signed time report as the body that is sent: the report's own bytes, untouched, and both signatures."""

import base64
from dataclasses import dataclass
from datetime import date
from typing import Any

from lxml import etree

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
MESSAGE = "urn:shs:emottagning:SkickaTidredovisning:1"
ACTION = "urn:shs:emottagning:SkickaTidredovisningResponder:1:SkickaTidredovisning"
OPERATION, RESPONSE = "SkickaTidredovisning", "SkickaTidredovisningResponse"

_PREFIXES: dict[Any, str] = {"soap": SOAP, None: MESSAGE}


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageSignature:
    """One signature as the signing service gave it, with the answer of the certificate's issuer, byte for byte."""

    signature: bytes
    ocsp_response: bytes
    signed_on: date


def envelope(report: bytes, *, assistant: MessageSignature, provider: MessageSignature) -> bytes:
    """Return the SOAP 1.1 message for a report; the same three things always give the same bytes."""
    root = etree.Element(f"{{{SOAP}}}Envelope", nsmap=_PREFIXES)
    body = etree.SubElement(root, f"{{{SOAP}}}Body")
    operation = etree.SubElement(body, f"{{{MESSAGE}}}{OPERATION}")
    _bytes(operation, "tidredovisning", report)
    for name, signature in (("assistent-signatur", assistant), ("anordnare-signatur", provider)):
        element = etree.SubElement(operation, f"{{{MESSAGE}}}{name}")
        _bytes(element, "signature", signature.signature)
        _bytes(element, "ocspResponse", signature.ocsp_response)
        etree.SubElement(element, f"{{{MESSAGE}}}datumForSignatur").text = signature.signed_on.isoformat()
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _bytes(parent: etree._Element, name: str, content: bytes) -> None:
    etree.SubElement(parent, f"{{{MESSAGE}}}{name}").text = base64.b64encode(content).decode("ascii")
