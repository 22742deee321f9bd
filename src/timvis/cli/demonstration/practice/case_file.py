"""The file of a month: notes, one of them contested, a document that came in, and letters that ask for more."""

from timvis.apps.claims.completion import ask_for_documents
from timvis.apps.claims.models import Claim
from timvis.apps.documents.actions import keep_original, object_to_note, register_evidence, write_note
from timvis.cli.demonstration.cast import wanted
from timvis.cli.demonstration.practice.desk import Desk, Table
from timvis.core.access import Relation, Role
from timvis.core.case_file import NoteKind


def lay_up(desk: Desk, told: Table) -> None:
    """Write in the file what an officer and an administrative assistant would."""
    case = told["case"]
    recipient_id = wanted(int, Claim.objects.get(number=case).recipient_id, case)
    notes: list[int] = []
    for note in told["note"]:
        notes.append(_note(desk, case, recipient_id, note, notes))
    _document(desk, recipient_id, told["document"])
    asked = told["asked_for"]
    officer = desk.officer(Role.CASE_OFFICER)
    sent = ask_for_documents(officer, case, tuple(asked["documents"]), now=desk.now, answer_by=asked["answer_by"])
    for one in wanted(tuple, sent, case):
        wanted(int, one, case)


def _note(desk: Desk, case: str, recipient_id: int, note: Table, before: list[int]) -> int:
    """Write a note, which may correct one of those before, and what somebody holds against it."""
    officer = desk.officer(Role.CASE_OFFICER)
    written = write_note(
        officer,
        text=note["text"],
        happened_on=note["on"],
        kind=NoteKind(note["kind"]),
        about=case,
        recipient_id=recipient_id,
        corrects_id=before[note["corrects"] - 1] if "corrects" in note else None,
        now=desk.now,
    )
    note_id = wanted(int, written, case)
    if objection := note.get("objection"):
        held = object_to_note(officer, note_id, whose=objection["whose"], text=objection["text"], now=desk.now)
        wanted(int, held, case)
    return note_id


def _document(desk: Desk, recipient_id: int, document: Table) -> None:
    clerk = desk.officer(Role.ADMINISTRATIVE_ASSISTANT)
    kept = keep_original(
        clerk,
        content=desk.content(document["file"]),
        media_type="application/pdf",
        file_name=document["file"],
        relation=Relation.OWN_MUNICIPALITY,
        now=desk.now,
    )
    registered = register_evidence(
        clerk,
        requirement=document["requirement"],
        received_on=desk.now.date(),
        recipient_id=recipient_id,
        original_id=wanted(int, kept, document["file"]),
        note=document["note"],
        now=desk.now,
    )
    wanted(int, registered, document["requirement"])
