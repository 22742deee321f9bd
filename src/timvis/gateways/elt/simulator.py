"""A receiver that answers as the interface says: receipt, schema fault, signature fault, late, or not there at all.

It refuses to start in production. What it took in is kept in a folder, so that a sender that dies can be asked of.
"""

import base64
import binascii
import hashlib
import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager
from enum import StrEnum
from pathlib import Path
from xml.sax.saxutils import escape

from lxml import etree

from timvis.core.faults import Fault
from timvis.formats import safe_xml
from timvis.formats.elt.digest import text_to_sign
from timvis.formats.elt.schema import schema
from timvis.formats.elt_message.write import MESSAGE, OPERATION, RESPONSE, SOAP
from timvis.formats.xml_schema import faults_of
from timvis.gateways.elt.channel import NotReceived, OutcomeUnknown
from timvis.gateways.lock import alone_in

PRODUCTION = "production"
TAKEN = "taken"


class SimulatorInProduction(RuntimeError):
    """A made-up receiver was asked to start where real reports are sent."""


class Weather(StrEnum):
    """How the receiver is, for one call."""

    FINE = "fine"
    DOWN = "down"
    SLOW = "slow"
    """Takes the report in, and answers after the sender has given up."""


class SimulatedElt:
    """Takes reports in as Försäkringskassan is said to; `weather` says how it is at each call, counted from one."""

    def __init__(
        self, folder: Path, *, mode: str, weather: Callable[[int], Weather] = lambda _call: Weather.FINE
    ) -> None:
        if mode == PRODUCTION:
            raise SimulatorInProduction("TIMVIS_MODE=production: choose the real channel, not the made-up receiver")
        self._folder, self._weather, self.calls = folder, weather, 0
        (folder / TAKEN).mkdir(mode=0o700, parents=True, exist_ok=True)

    def alone(self) -> AbstractContextManager[bool]:
        """Hold the channel for one run; False while another run has it."""
        return alone_in(self._folder)

    def send(self, message: bytes) -> bytes:
        """Return the answer to a message, after taking in what is right in it."""
        self.calls += 1
        weather = self._weather(self.calls)
        if weather is Weather.DOWN:
            raise NotReceived("connection refused")
        answer = self._answered(message)
        if weather is Weather.SLOW:
            raise OutcomeUnknown("timed out")
        return answer

    def taken(self) -> tuple[tuple[str, str], ...]:
        """Return every report that was taken in, its id and its receipt's, in order; twice if it came twice."""
        lines = (path.read_text(encoding="utf-8").split(",") for path in sorted((self._folder / TAKEN).iterdir()))
        return tuple((report_id, transaction_id) for report_id, transaction_id in lines)

    def _answered(self, message: bytes) -> bytes:
        root = safe_xml.parse(message)
        operation = None if isinstance(root, Fault) else root.find(f"{{{SOAP}}}Body/{{{MESSAGE}}}{OPERATION}")
        if operation is None:
            return _fault("XmlValidationError", "Meddelandet är inget SkickaTidredovisning.")
        report = _bytes_in(operation, "tidredovisning")
        if wrong := _against_schema(report):
            return _fault("XmlValidationError", wrong)
        signed = text_to_sign(report)
        for name in ("assistent-signatur", "anordnare-signatur"):
            if signed.encode() not in _bytes_in(operation, f"{name}/{{{MESSAGE}}}signature"):
                return _fault("SignatureValidationError", f"{name} gäller inte den här tidredovisningen.")
        number = len(tuple((self._folder / TAKEN).iterdir())) + 1
        digest = hashlib.sha256(f"{number},{signed}".encode()).hexdigest()
        transaction_id = str(uuid.UUID(digest[:32]))
        (self._folder / TAKEN / f"{number:06d}").write_text(f"{signed.partition(',')[0]},{transaction_id}", "utf-8")
        return _receipt(transaction_id)


def _bytes_in(operation: etree._Element, path: str) -> bytes:
    try:
        return base64.b64decode(operation.findtext(f"{{{MESSAGE}}}{path}") or "", validate=True)
    except binascii.Error:
        return b""


def _against_schema(report: bytes) -> str:
    """Return what the schema has against a report; the schema itself lets much through that a calendar does not."""
    root = safe_xml.parse(report)
    if isinstance(root, Fault):
        return root.message
    return next((fault.message for fault in faults_of(root, schema())), "")


def _receipt(transaction_id: str) -> bytes:
    return _in_envelope(f'<m:{RESPONSE} xmlns:m="{MESSAGE}"><m:tx-id>{transaction_id}</m:tx-id></m:{RESPONSE}>')


def _fault(name: str, message: str) -> bytes:
    detail = f'<m:{name} xmlns:m="{MESSAGE}"><m:message>{escape(message)}</m:message></m:{name}>'
    return _in_envelope(
        f"<s:Fault><faultcode>s:Client</faultcode><faultstring>{name}</faultstring><detail>{detail}</detail></s:Fault>"
    )


def _in_envelope(body: str) -> bytes:
    return f'<s:Envelope xmlns:s="{SOAP}"><s:Body>{body}</s:Body></s:Envelope>'.encode()
