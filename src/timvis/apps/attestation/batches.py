"""Batches as they were frozen: keeping one, reading it again, and finding those that somebody has altered."""

from collections.abc import Mapping
from datetime import datetime

from timvis.apps.attestation.models import AttestBatch, AttestBatchLine
from timvis.apps.audit.actions import DONE
from timvis.apps.audit.attempts import Attempt
from timvis.apps.audit.models import LogEntry
from timvis.apps.parties.models import Municipality
from timvis.core.access import Action, Actor
from timvis.core.routine.batch import Batch
from timvis.formats.frozen import freeze, thaw


def keep(actor: Actor, made: Batch, claim_ids: Mapping[str, int], now: datetime) -> AttestBatch:
    """Return the row of a batch that an actor is shown, with its lines; `claim_ids` are by claim number."""
    row = AttestBatch.objects.create(
        municipality=Municipality.objects.get(slug=made.municipality),
        act=made.act,
        made_by_id=made.person_id,
        made_at=now,
        count=len(made.lines),
        sum_ore=made.sum_ore,
        digest=made.digest,
        content=freeze(Batch, made),
    )
    AttestBatchLine.objects.bulk_create(_lines(row, made, claim_ids))
    attempt = Attempt(actor, Action.LOOK_AT_ATTESTS, "attest_batch", row.pk, now)
    attempt.done(detail={"act": made.act, "digest": made.digest, "claims": [line.claim_number for line in made.lines]})
    return row


def _lines(row: AttestBatch, made: Batch, claim_ids: Mapping[str, int]) -> list[AttestBatchLine]:
    return [
        AttestBatchLine(
            batch=row,
            place=place,
            claim_id=claim_ids[line.claim_number],
            shown_digest=line.shown_digest,
            amount_ore=line.amount_ore,
            is_green=line.is_green,
        )
        for place, line in enumerate(made.lines, start=1)
    ]


def batch_of(actor: Actor, batch_id: int) -> AttestBatch | None:
    """Return a batch that was made for the actor herself; another's is as if it did not exist."""
    mine = AttestBatch.objects.filter(made_by_id=actor.person_id, municipality__slug=actor.municipality)
    return mine.filter(pk=batch_id).first()


def frozen(row: AttestBatch) -> Batch:
    """Return a batch as it was frozen. Raises `pydantic.ValidationError` when what is kept is no batch any more."""
    return thaw(Batch, row.content)


def is_whole(row: AttestBatch) -> bool:
    """Whether a batch is to the letter what it was when it was made: its content, its sums and its lines."""
    try:
        kept = frozen(row)
    except ValueError:
        return False
    told = [(line.claim_number, line.shown_digest, line.amount_ore, line.is_green) for line in kept.lines]
    lines = row.lines.order_by("place").values_list("claim__number", "shown_digest", "amount_ore", "is_green")
    says = (row.municipality.slug, row.act, row.made_by_id, row.count, row.sum_ore, row.digest)
    said = (kept.municipality, kept.act, kept.person_id, len(kept.lines), kept.sum_ore, kept.digest)
    return says == said and list(lines) == told


def altered_batches() -> frozenset[int]:
    """Return the ids of batches that are not what they were, or that the log never saw being made."""
    seen = {
        (object_id, detail.get("digest"))
        for object_id, detail in LogEntry.objects.filter(
            object_kind="attest_batch", action=Action.LOOK_AT_ATTESTS, outcome=DONE
        ).values_list("object_id", "detail")
    }
    rows = AttestBatch.objects.select_related("municipality").order_by("id")
    return frozenset(row.pk for row in rows if (str(row.pk), row.digest) not in seen or not is_whole(row))
