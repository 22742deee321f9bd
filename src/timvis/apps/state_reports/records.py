"""Rows of a report → the message that is sent, and where the report stands."""

from datetime import datetime
from hashlib import sha256

from timvis.apps.state_reports.models import REFUSED, FrozenReport, Queued, SendAttempt, SendOutcome, Signer
from timvis.core.state_report import Standing
from timvis.formats.elt.digest import text_to_sign
from timvis.formats.elt_message.write import MessageSignature, envelope


def message(report: FrozenReport) -> bytes:
    """Return the message a signed report travels in; the same report always gives the same bytes."""
    signed = {
        row.signer: MessageSignature(
            signature=bytes(row.signature), ocsp_response=bytes(row.ocsp_response), signed_on=row.signed_on
        )
        for row in report.signatures.all()
    }
    return envelope(bytes(report.content), assistant=signed[Signer.ASSISTANT], provider=signed[Signer.PROVIDER])


def is_as_signed(report: FrozenReport) -> bool:
    """Whether a report's bytes are still those that were frozen, and so those that were signed."""
    content = bytes(report.content)
    return sha256(content).hexdigest() == report.digest and text_to_sign(content) == report.text_to_sign


def standing(report: FrozenReport) -> Standing:
    """Return where a report stands: what is the next thing that can be done with it."""
    signers = {row.signer for row in report.signatures.all()}
    queued: Queued | None = getattr(report, "queued", None)
    if queued is None:
        return Standing.SIGNED if signers == set(Signer) else Standing.TO_SIGN
    attempts = sorted(queued.attempts.all(), key=lambda one: one.number)
    return _of_attempt(attempts[-1]) if attempts else Standing.QUEUED


def received_at(report: FrozenReport) -> datetime:
    """Return when the receipt of a received report came."""
    return max(
        attempt.result.told_at
        for attempt in report.queued.attempts.all()
        if hasattr(attempt, "result") and attempt.result.outcome == SendOutcome.RECEIPT
    )


def _of_attempt(attempt: SendAttempt) -> Standing:
    result = getattr(attempt, "result", None)
    if result is None:
        return Standing.UNKNOWN
    if result.outcome == SendOutcome.RECEIPT:
        return Standing.RECEIVED
    return Standing.REFUSED if result.outcome in REFUSED else Standing.QUEUED
