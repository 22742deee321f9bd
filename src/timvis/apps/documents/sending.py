"""How a letter is filled, made and kept: the same for the one who sends it by hand and for the clock that reminds."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from timvis.apps.audit.attempts import Attempt
from timvis.apps.documents.models import SentLetter
from timvis.apps.parties import queries as parties
from timvis.core.faults import Fault, Refusal
from timvis.core.letter import Head, Value, fill
from timvis.formats.letter.read import packaged_letter
from timvis.formats.letter.write import write_html, write_pdf


@dataclass(frozen=True, slots=True, kw_only=True)
class To:
    """Whose letter it is: a recipient's, a provider's, or one about a recipient to a provider."""

    recipient_id: int | None = None
    provider_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A letter to send. `reminds_of` is the letter it reminds of, by its id."""

    code: str
    head: Head
    values: Mapping[str, Value]
    to: To
    answer_by: date | None = None
    asks_for: Collection[str] = ()
    reminds_of: int | None = None


def send(attempt: Attempt, wanted: Wanted) -> int | Refusal | tuple[Fault, ...]:
    """Return the id of the letter, kept exactly as it went; a refusal, or every place left empty.

    A letter that has been reminded of already is not reminded of again: somebody else was first.
    Raises `LookupError` for a letter that does not exist.
    """
    actor, to = attempt.actor, wanted.to
    relation = parties.relation_to(actor, recipient_id=to.recipient_id, provider_id=to.provider_id, now=attempt.now)
    if relation is None:
        return attempt.refuse(Refusal.NOT_FOUND)
    if refusal := attempt.refused(relation):
        return refusal
    letter = fill(packaged_letter(wanted.code), wanted.head, wanted.values)
    if isinstance(letter, tuple):
        return letter
    pdf = write_pdf(letter)
    try:
        with transaction.atomic():
            sent = SentLetter.objects.create(
                municipality=actor.municipality,
                code=wanted.code,
                title=letter.title,
                about=wanted.head.reference,
                receiver=next(iter(wanted.head.receiver), ""),
                recipient_id=to.recipient_id,
                provider_id=to.provider_id,
                digest=hashlib.sha256(pdf).hexdigest(),
                pdf=pdf,
                html=write_html(letter),
                answer_by=wanted.answer_by,
                asks_for=list(wanted.asks_for),
                reminds_of_id=wanted.reminds_of,
                sent_at=attempt.now,
                sent_by_id=actor.person_id,
            )
    except IntegrityError:
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    attempt.done(detail={"letter": wanted.code, "about": wanted.head.reference, "digest": sent.digest})
    return sent.pk
