"""Writing the log and sealing it.

Every act of every app writes its row here, in its own transaction: when the row cannot be written, neither is
the act. Looks are written the same way. What was refused is written too, with the refusal as its outcome.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.transaction import TransactionManagementError

from timvis.apps.audit import queries, records
from timvis.apps.audit.models import LogEntry, Seal
from timvis.config.clock import now as clock_now
from timvis.core import audit_chain
from timvis.core.access import Actor

DONE = "done"


def record(
    actor: Actor,
    action: str,
    *,
    object_kind: str,
    object_id: object,
    recipient_id: int | None = None,
    reason: str = "",
    outcome: str = DONE,
    detail: dict[str, Any] | None = None,
    at: datetime | None = None,
) -> int:
    """Return the id of the log row that tells what an actor saw or did; `at` is now unless given.

    Raises outside a transaction: a row that does not stand or fall with its act is worth nothing.
    """
    [entry] = record_each(
        actor,
        action,
        object_kind=object_kind,
        object_id=object_id,
        recipient_ids=[recipient_id],
        reason=reason,
        outcome=outcome,
        detail=detail,
        at=at,
    )
    return entry.pk


def record_each(
    actor: Actor,
    action: str,
    *,
    object_kind: str,
    object_id: object,
    recipient_ids: Sequence[int | None],
    reason: str = "",
    outcome: str = DONE,
    detail: dict[str, Any] | None = None,
    at: datetime | None = None,
) -> list[LogEntry]:
    """Return the log rows of what concerns several recipients, a row for each: written at once, however many."""
    if not connection.in_atomic_block:
        raise TransactionManagementError("a log row is written in the transaction of the act it tells of")
    when = at or clock_now()
    return LogEntry.objects.bulk_create(
        [
            LogEntry(
                at=when,
                person_id=actor.person_id,
                role=",".join(sorted(actor.roles)),
                action=action,
                object_kind=object_kind,
                object_id=str(object_id),
                recipient_id=recipient_id,
                municipality=actor.municipality,
                reason=reason,
                outcome=outcome,
                detail=detail or {},
            )
            for recipient_id in recipient_ids
        ]
    )


def seal(now: datetime) -> audit_chain.SealRow | None:
    """Return the seal over everything logged since the last one, None when there is nothing new.

    On PostgreSQL two transactions may take their row numbers in one order and commit in the other. The lock
    waits for every writer under way and holds the next ones back, so no row can come to lie behind a seal.
    On SQLite there is one writer at a time anyway.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("LOCK TABLE audit_logentry IN SHARE ROW EXCLUSIVE MODE")
        previous = queries.last_seal()
        since = LogEntry.objects.filter(id__gt=previous.last_entry_id if previous else 0)
        made = audit_chain.seal(records.log_rows(since), previous, now)
        if made is not None:
            Seal.objects.create(**{name: getattr(made, name) for name in audit_chain.SealRow.__slots__})
        return made
