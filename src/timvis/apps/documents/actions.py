"""Keeping what comes in, registering that what a routine asks for has come, and sending letters."""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime

from django.db import IntegrityError, transaction

from timvis.apps.audit.attempts import Attempt
from timvis.apps.documents.models import Evidence, Original, SentLetter
from timvis.apps.parties import queries as parties
from timvis.core.access import Action, Actor, Relation
from timvis.core.faults import Fault, Refusal
from timvis.core.letter import Head, Value, fill
from timvis.formats.letter.read import packaged_letter
from timvis.formats.letter.write import write_html, write_pdf


@transaction.atomic
def keep_original(
    actor: Actor,
    *,
    content: bytes,
    media_type: str,
    file_name: str,
    relation: Relation,
    now: datetime,
) -> int | Refusal:
    """Return the id of the row that keeps these bytes; the same bytes again are the same row.

    `relation` is the actor's to the recipient or provider that the file comes from: bytes cannot tell.
    """
    digest = hashlib.sha256(content).hexdigest()
    attempt = Attempt(actor, Action.KEEP_ORIGINAL, "original", digest, now)
    if refusal := attempt.refused(relation):
        return refusal
    kept = Original.objects.filter(digest=digest).values_list("id", flat=True)
    if known := kept.first():
        return known
    try:
        with transaction.atomic():
            made = Original.objects.create(
                digest=digest,
                content=content,
                media_type=media_type,
                file_name=file_name,
                received_at=now,
                received_by_id=actor.person_id,
            )
    except IntegrityError:
        # Somebody handed in the same bytes in the same moment: they are kept, and once is enough.
        return kept.get()
    attempt.done(detail={"bytes": len(content)})
    return made.pk


@transaction.atomic
def register_evidence(
    actor: Actor,
    *,
    requirement: str,
    received_on: date,
    now: datetime,
    recipient_id: int | None = None,
    provider_id: int | None = None,
    original_id: int | None = None,
    note: str = "",
) -> int | Refusal:
    """Return the id of the row that says a required document is in, for a recipient, a provider or both."""
    kind, about = ("recipient", recipient_id) if recipient_id is not None else ("provider", provider_id)
    attempt = Attempt(actor, Action.REGISTER_EVIDENCE, kind, about or "", now, recipient_id)
    relation = parties.relation_to(actor, recipient_id=recipient_id, provider_id=provider_id, now=now)
    if relation is None:
        return attempt.refuse(Refusal.NOT_FOUND)
    if refusal := attempt.refused(relation):
        return refusal
    evidence = Evidence.objects.create(
        requirement=requirement,
        recipient_id=recipient_id,
        provider_id=provider_id,
        original_id=original_id,
        received_on=received_on,
        registered_by_id=actor.person_id,
        known_at=now,
        note=note,
    )
    attempt.done(detail={"requirement": requirement, "evidence": evidence.pk})
    return evidence.pk


@transaction.atomic
def send_letter(
    actor: Actor,
    code: str,
    head: Head,
    values: Mapping[str, Value],
    *,
    now: datetime,
    recipient_id: int | None = None,
    provider_id: int | None = None,
    answer_by: date | None = None,
) -> int | Refusal | tuple[Fault, ...]:
    """Return the id of the letter that was sent, kept exactly as it went; or every place left empty.

    `head.reference` is the number of the case it is about. How it travels is not known here: it is ready to be
    printed, or to be read after a login. Raises `LookupError` for a letter that does not exist.
    """
    attempt = Attempt(actor, Action.SEND_LETTER, "letter", head.reference, now, recipient_id)
    relation = parties.relation_to(actor, recipient_id=recipient_id, provider_id=provider_id, now=now)
    if relation is None:
        return attempt.refuse(Refusal.NOT_FOUND)
    if refusal := attempt.refused(relation):
        return refusal
    letter = fill(packaged_letter(code), head, values)
    if isinstance(letter, tuple):
        return letter
    pdf = write_pdf(letter)
    sent = SentLetter.objects.create(
        municipality=actor.municipality,
        code=code,
        title=letter.title,
        about=head.reference,
        recipient_id=recipient_id,
        provider_id=provider_id,
        digest=hashlib.sha256(pdf).hexdigest(),
        pdf=pdf,
        html=write_html(letter),
        answer_by=answer_by,
        sent_at=now,
        sent_by_id=actor.person_id,
    )
    attempt.done(detail={"letter": code, "about": head.reference, "digest": sent.digest})
    return sent.pk
