"""What the demonstration's case file holds in the tests: notes, one of them contested, a document, and letters."""

from datetime import date, datetime

from timvis.apps.claims.completion import ask_for_documents
from timvis.apps.claims.models import Claim
from timvis.apps.documents.actions import keep_original, object_to_note, register_evidence, write_note
from timvis.core.access import Actor, Relation
from timvis.core.case_file import NoteKind

CASE = "ekkoping-2026-0001"
CALLED = "Doris ringde och berättade att Love var sjuk från den 12 oktober och att en vikarie arbetade i hennes ställe."
VISITED = "Hembesök. Schemat på väggen visar vilka pass vikarien gick."
CORRECTED = "Rätt dag är den 11 oktober; det stod fel i min anteckning om samtalet."
OTHERWISE = "Jag sa att det var natten mellan den 11 och den 12."


def add_case_file(officer: Actor, clerk: Actor, now: datetime) -> None:
    """Write in the file of the first claim: what an officer and an administrative assistant would."""
    claim = Claim.objects.get(number=CASE)
    recipient_id = claim.recipient_id
    assert recipient_id is not None
    called = _done(
        write_note(
            officer,
            text=CALLED,
            happened_on=date(2026, 10, 14),
            kind=NoteKind.PHONE_CALL,
            about=CASE,
            recipient_id=recipient_id,
            now=now,
        )
    )
    _done(object_to_note(officer, called, whose="Doris Dahl", text=OTHERWISE, now=now))
    for text, day, corrects in ((VISITED, date(2026, 10, 20), None), (CORRECTED, date(2026, 10, 21), called)):
        _done(
            write_note(
                officer,
                text=text,
                happened_on=day,
                kind=NoteKind.VISIT,
                about=CASE,
                recipient_id=recipient_id,
                corrects_id=corrects,
                now=now,
            )
        )
    scan = _done(
        keep_original(
            clerk,
            content=b"%PDF-1.7 inget riktigt",
            media_type="application/pdf",
            file_name="fullmakt.pdf",
            relation=Relation.OWN_MUNICIPALITY,
            now=now,
        )
    )
    _done(
        register_evidence(
            clerk,
            requirement="power_of_attorney",
            received_on=now.date(),
            recipient_id=recipient_id,
            original_id=scan,
            note="kom med posten",
            now=now,
        )
    )
    sent = ask_for_documents(officer, CASE, ("payee_form",), now=now, answer_by=date(2027, 1, 31))
    assert isinstance(sent, tuple), sent
    assert all(isinstance(one, int) for one in sent), sent


def _done(outcome: object) -> int:
    assert isinstance(outcome, int), outcome
    return outcome
