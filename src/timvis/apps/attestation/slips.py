"""Rows → attest slips: a signature with what it was over and its row in the log."""

from datetime import UTC

from timvis.apps.attestation.models import SignedAct
from timvis.apps.audit import queries as audit
from timvis.apps.audit.actions import DONE
from timvis.apps.audit.models import LogEntry
from timvis.apps.audit.records import log_rows
from timvis.apps.claims import records as claims
from timvis.apps.claims.models import Statement
from timvis.apps.routines.records import right_text
from timvis.core.audit_chain import digest_of_row
from timvis.core.routine.attest_slip import PlaceInLog, Signature, Slip


def slip(signed: SignedAct) -> Slip | None:
    """Return the slip of a signature, None for one whose shown content was not kept or that the log never saw."""
    entry = _log_entry(signed)
    statement = Statement.objects.filter(claim=signed.claim, digest=signed.statement_digest).order_by("number").first()
    if entry is None or statement is None or not signed.shown:
        return None
    (row,) = log_rows(LogEntry.objects.filter(pk=entry.pk))
    right = signed.right
    return Slip(
        shown=signed.shown,
        shown_digest=signed.shown_digest,
        statement=claims.statement(statement),
        signature=Signature(
            claim_number=signed.claim.number,
            round=signed.round,
            step=signed.step,
            act=signed.act,
            person_id=signed.person_id,
            person_name=signed.person.name,
            role=signed.role,
            right=right_text(right) if right else "",
            signed_at=signed.signed_at.astimezone(UTC),
        ),
        log_row=row,
        log_row_digest=digest_of_row(row),
        place=_place(entry.pk),
    )


def slip_name(signed: SignedAct) -> str:
    """Return the file name of a signature's slip."""
    return f"{signed.claim.number}-{signed.round}-{signed.step}.json"


def _log_entry(signed: SignedAct) -> LogEntry | None:
    entries = LogEntry.objects.filter(
        object_kind="claim",
        object_id=str(signed.claim_id),
        action=signed.act,
        person_id=signed.person_id,
        outcome=DONE,
        at=signed.signed_at,
    ).order_by("id")
    return next((entry for entry in entries if entry.detail.get("shown_digest") == signed.shown_digest), None)


def _place(entry_id: int) -> PlaceInLog | None:
    seal = audit.seal_over(entry_id)
    if seal is None:
        return None
    row = LogEntry.objects.filter(id__gte=seal.first_entry_id, id__lte=entry_id).count()
    return PlaceInLog(seal=seal.number, seal_digest=seal.digest, row=row)
