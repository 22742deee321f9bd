"""Rows of the log and its seals → the records that the chain is made of."""

from collections.abc import Iterator

from django.db.models import QuerySet

from timvis.apps.audit.models import LogEntry, Seal
from timvis.core.audit_chain import LogRow, SealRow

ROWS_AT_A_TIME = 2_000


def log_rows(entries: QuerySet[LogEntry]) -> Iterator[LogRow]:
    """Return log entries in id order, read a piece at a time: a log is longer than a memory."""
    for entry in entries.order_by("id").iterator(chunk_size=ROWS_AT_A_TIME):
        yield LogRow(
            id=entry.pk,
            at=entry.at,
            person_id=entry.person_id,
            role=entry.role,
            action=entry.action,
            object_kind=entry.object_kind,
            object_id=entry.object_id,
            recipient_id=entry.recipient_id,
            municipality=entry.municipality,
            reason=entry.reason,
            outcome=entry.outcome,
            detail=entry.detail,
        )


def seal_row(seal: Seal) -> SealRow:
    """Return one seal."""
    return SealRow(
        number=seal.number,
        first_entry_id=seal.first_entry_id,
        last_entry_id=seal.last_entry_id,
        entries=seal.entries,
        digest=seal.digest,
        previous_digest=seal.previous_digest,
        sealed_at=seal.sealed_at,
    )
