"""Telling the one who appealed, or whose case is delayed, of a step: the letter, filled and kept as it was sent."""

from collections.abc import Mapping
from datetime import date, datetime

from timvis.apps.appeals.models import Appeal
from timvis.apps.claims.models import Claim
from timvis.apps.documents.actions import send_letter
from timvis.core.access import Actor
from timvis.core.calendar.local_time import day_of
from timvis.core.calendar.months import date_text
from timvis.core.faults import Fault, Refusal
from timvis.core.letter import Head, Value

Sent = int | Refusal | tuple[Fault, ...]


def tell(actor: Actor, appeal: Appeal, code: str, values: Mapping[str, Value], *, now: datetime) -> Sent:
    """Return the id of the letter that told the one who appealed of a step, or what kept it from being sent."""
    said: dict[str, Value] = {
        "decided_on": date_text(day_of(appeal.decision.made_at)),
        "came_on": date_text(appeal.came_on),
        **values,
    }
    return send_about(actor, appeal.decision.claim, appeal.name, code, said, now=now)


def send_about(
    actor: Actor,
    claim: Claim,
    receiver: str,
    code: str,
    values: Mapping[str, Value],
    *,
    now: datetime,
    answer_by: date | None = None,
) -> Sent:
    """Return the id of a letter about a claim, to somebody by name."""
    town = claim.municipality
    said: dict[str, Value] = {
        "municipality": town.name,
        "case_number": claim.number,
        "officer": actor.name,
        "contact": town.contact,
        **values,
    }
    head = Head(sender=town.name, receiver=(receiver,), reference=claim.number, written_on=day_of(now))
    return send_letter(
        actor,
        code,
        head,
        said,
        now=now,
        recipient_id=claim.recipient_id,
        provider_id=None if claim.recipient_id else claim.provider_id,
        answer_by=answer_by,
    )
