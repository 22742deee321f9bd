"""Telling the one who appealed, or whose case is delayed, of a step: the letter, filled and kept as it was sent."""

from collections.abc import Mapping
from datetime import date, datetime

from timvis.apps.appeals.cases import Case, case_of, decided_of
from timvis.apps.appeals.models import Appeal
from timvis.apps.documents.actions import send_letter
from timvis.core.access import Actor
from timvis.core.calendar.local_time import day_of
from timvis.core.calendar.months import date_text
from timvis.core.faults import Fault, Refusal
from timvis.core.letter import Head, Value

Sent = int | Refusal | tuple[Fault, ...]


def tell(actor: Actor, appeal: Appeal, code: str, values: Mapping[str, Value], *, now: datetime) -> Sent:
    """Return the id of the letter that told the one who appealed of a step, or what kept it from being sent."""
    decided = decided_of(appeal)
    said: dict[str, Value] = {
        "decided_on": date_text(day_of(decided.made_at)),
        "came_on": date_text(appeal.came_on),
        **values,
    }
    return send_about(actor, case_of(decided), appeal.name, code, said, now=now)


def send_about(
    actor: Actor,
    case: Case,
    receiver: str,
    code: str,
    values: Mapping[str, Value],
    *,
    now: datetime,
    answer_by: date | None = None,
) -> Sent:
    """Return the id of a letter about a case, to somebody by name."""
    town = case.municipality
    said: dict[str, Value] = {
        "municipality": town.name,
        "case_number": case.number,
        "officer": actor.name,
        "contact": town.contact or f"Skriv till {town.name}.",
        **values,
    }
    head = Head(sender=town.name, receiver=(receiver,), reference=case.number, written_on=day_of(now))
    return send_letter(
        actor,
        code,
        head,
        said,
        now=now,
        recipient_id=case.recipient_id,
        provider_id=None if case.recipient_id else case.provider_id,
        answer_by=answer_by,
    )
