"""Keeping what comes in, registering that what a routine asks for has come, sending letters, and writing notes."""

import hashlib
from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from timvis.apps.audit.attempts import Attempt
from timvis.apps.documents import sending
from timvis.apps.documents.models import CaseNote, Evidence, NoteObjection, Original
from timvis.apps.parties import queries as parties
from timvis.core.access import Action, Actor, Relation
from timvis.core.calendar.local_time import day_of
from timvis.core.case_file import NoteKind
from timvis.core.faults import Fault, Refusal
from timvis.core.letter import Head, Value
from timvis.core.routine.terms import DocumentForm


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
    about: str = "",
    forms: Collection[DocumentForm] = (),
    note: str = "",
) -> int | Refusal:
    """Return the id of the row that says a required document is in, for a recipient, a provider or both.

    `about` is the number of the case it came in, empty for one that stands; `forms` are the forms it came in.
    """
    kind, whose = ("recipient", recipient_id) if recipient_id is not None else ("provider", provider_id)
    attempt = Attempt(actor, Action.REGISTER_EVIDENCE, kind, whose or "", now, recipient_id)
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
        about=about,
        forms=[form.value for form in DocumentForm if form in forms],
        received_on=received_on,
        registered_by_id=actor.person_id,
        known_at=now,
        note=note,
    )
    attempt.done(detail={"requirement": requirement, "evidence": evidence.pk, "about": about})
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
    asks_for: Collection[str] = (),
) -> int | Refusal | tuple[Fault, ...]:
    """Return the id of the letter that was sent, kept exactly as it went; or every place left empty.

    `head.reference` is the number of the case it is about. How it travels is not known here: it is ready to be
    printed, or to be read after a login. Raises `LookupError` for a letter that does not exist.
    """
    attempt = Attempt(actor, Action.SEND_LETTER, "letter", head.reference, now, recipient_id)
    to = sending.To(recipient_id=recipient_id, provider_id=provider_id)
    return sending.send(
        attempt, sending.Wanted(code=code, head=head, values=values, to=to, answer_by=answer_by, asks_for=asks_for)
    )


@transaction.atomic
def write_note(
    actor: Actor,
    *,
    text: str,
    happened_on: date,
    now: datetime,
    kind: NoteKind = NoteKind.NOTE,
    about: str = "",
    recipient_id: int | None = None,
    corrects_id: int | None = None,
) -> int | Refusal | tuple[Fault, ...]:
    """Return the id of a note in the case file, locked from now on; or everything that is wrong with it.

    `corrects_id` is an earlier note of the same file that this one corrects; its kind is then a correction.
    """
    attempt = Attempt(actor, Action.WRITE_NOTE, "file", about or recipient_id or "", now, recipient_id)
    relation = Relation.OWN_MUNICIPALITY
    if recipient_id is not None or not about:
        near = parties.relation_to(actor, recipient_id=recipient_id, now=now)
        if near is None or recipient_id is None:
            return attempt.refuse(Refusal.NOT_FOUND)
        relation = near
    if refusal := attempt.refused(relation):
        return refusal
    if corrects_id is not None and not _notes_in(actor).filter(id=corrects_id, about=about).exists():
        return attempt.refuse(Refusal.NOT_FOUND)
    if faults := _faults_of_note(text, happened_on, now):
        return faults
    note = CaseNote.objects.create(
        municipality=actor.municipality,
        about=about,
        recipient_id=recipient_id,
        happened_on=happened_on,
        kind=kind if corrects_id is None else NoteKind.CORRECTION,
        text=text.strip(),
        written_by_id=actor.person_id,
        written_at=now,
        corrects_id=corrects_id,
    )
    attempt.done(detail={"note": note.pk, "corrects": corrects_id})
    return note.pk


@transaction.atomic
def object_to_note(
    actor: Actor, note_id: int, *, whose: str, text: str, now: datetime
) -> int | Refusal | tuple[Fault, ...]:
    """Return the id of the row that says somebody sees it otherwise than a note says; the note stays as it is."""
    note = _notes_in(actor).filter(id=note_id).first()
    recipient_id = note.recipient_id if note else None
    attempt = Attempt(actor, Action.OBJECT_TO_NOTE, "note", note_id, now, recipient_id)
    if note is None:
        return attempt.refuse(Refusal.NOT_FOUND)
    near = parties.relation_to(actor, recipient_id=recipient_id, now=now) or Relation.OWN_MUNICIPALITY
    if refusal := attempt.refused(near):
        return refusal
    if faults := (*_empty("whose", whose, "vems uppfattning det är"), *_empty("text", text, "uppfattningen")):
        return faults
    objection = NoteObjection.objects.create(
        note=note, whose=whose.strip(), text=text.strip(), registered_by_id=actor.person_id, registered_at=now
    )
    attempt.done(detail={"objection": objection.pk})
    return objection.pk


def _notes_in(actor: Actor) -> QuerySet[CaseNote]:
    return CaseNote.objects.filter(municipality=actor.municipality)


def _faults_of_note(text: str, happened_on: date, now: datetime) -> tuple[Fault, ...]:
    later = Fault(
        code="note_is_of_later",
        message=f"Dagen {happened_on} har inte varit än.",
        remedy="Skriv dagen då det hände, i dag eller tidigare.",
        column="happened_on",
    )
    return (*_empty("text", text, "anteckningens text"), *((later,) if happened_on > day_of(now) else ()))


def _empty(column: str, text: str, what: str) -> tuple[Fault, ...]:
    if text.strip():
        return ()
    return (Fault(code="empty", message=f"Här saknas {what}.", remedy="Skriv med egna ord.", column=column),)
