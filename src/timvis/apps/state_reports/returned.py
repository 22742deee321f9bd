"""A printed paper that came back: known by its code, and kept beside what it was printed from."""

from datetime import date, datetime

from django.db import transaction

from timvis.apps.audit.attempts import Attempt
from timvis.apps.documents.actions import keep_original
from timvis.apps.parties.queries import relation_to_recipient
from timvis.apps.state_reports.models import FrozenReport, ReturnedPaper
from timvis.apps.state_reports.papers import paper_of
from timvis.core.access import Action, Actor
from timvis.core.faults import Fault, Refusal


@transaction.atomic
def take_back(
    actor: Actor,
    code: str,
    *,
    returned_on: date,
    is_signed: bool,
    now: datetime,
    content: bytes = b"",
    media_type: str = "",
    file_name: str = "",
) -> int | Refusal | tuple[Fault, ...]:
    """Return the id of what says that a printed paper came back; `content` is its scan, if there is one."""
    found = paper_of(code, actor.municipality)
    if found is None:
        return (UNKNOWN_CODE,)
    attempt = Attempt(actor, Action.TAKE_BACK_PAPER, "paper", code.strip().upper(), now, found.recipient_id)
    relation = relation_to_recipient(actor, found.recipient, now=now)
    if refusal := attempt.refused(relation):
        return refusal
    original: int | Refusal | None = None
    if content:
        original = keep_original(
            actor, content=content, media_type=media_type, file_name=file_name, relation=relation, now=now
        )
        if isinstance(original, Refusal):
            return original
    is_report = isinstance(found, FrozenReport)
    made = ReturnedPaper.objects.create(
        report_id=found.pk if is_report else None,
        bill_id=None if is_report else found.pk,
        original_id=original,
        returned_on=returned_on,
        is_signed=is_signed,
        known_at=now,
        known_by_id=actor.person_id,
    )
    attempt.done(detail={"returned": made.pk, "is_signed": is_signed})
    return made.pk


UNKNOWN_CODE = Fault(
    code="code_is_unknown",
    message="Ingen har skrivit ut ett papper med den koden här.",
    remedy="Läs av koden igen. Den börjar med TV och har två bindestreck.",
    column="kod",
)
