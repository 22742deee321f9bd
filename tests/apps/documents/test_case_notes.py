"""The case file's notes: dated, with their author, locked at once, corrected by another, contested beside (CAS-06)."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from tests.cast import NOW, Cast, in_another_town
from timvis.apps.audit.models import LogEntry
from timvis.apps.documents.actions import object_to_note, write_note
from timvis.apps.documents.models import CaseNote, NoteObjection
from timvis.apps.documents.queries import notes_about
from timvis.core.access import Actor
from timvis.core.case_file import NoteKind
from timvis.core.faults import Fault, Refusal

CASE = "vasteras-2021-0001"
CALLED = "Alma ringde och berättade att Björn var sjuk den 12 januari."


def write(cast: Cast, actor: Actor, text: str = CALLED, **told: object) -> object:
    says = {"kind": NoteKind.PHONE_CALL, "happened_on": date(2021, 1, 29), "about": CASE} | told
    return write_note(actor, text=text, recipient_id=cast.recipient_id, now=NOW, **says)  # type: ignore[arg-type]  # words of a test


def note_of(outcome: object) -> int:
    assert isinstance(outcome, int), outcome
    return outcome


def test_a_note_is_dated_and_carries_its_author(cast: Cast) -> None:
    note_of(write(cast, cast.cecilia))

    (note,) = notes_about(cast.cecilia.municipality, CASE)
    assert (note.text, note.kind, note.happened_on) == (CALLED, "phone_call", date(2021, 1, 29))
    assert (note.written_by.name, note.written_at) == ("Cecilia Öst", NOW)
    assert LogEntry.objects.filter(action="write_note", recipient_id=cast.recipient_id).exists()


@pytest.mark.parametrize("table", ["documents_casenote", "documents_noteobjection"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET text = 'ändrad'", "DELETE FROM {}"])
def test_a_note_and_an_objection_are_locked_also_for_plain_sql(cast: Cast, table: str, statement: str) -> None:
    note = note_of(write(cast, cast.cecilia))
    note_of(object_to_note(cast.cecilia, note, whose="Alma Åkesson", text="Det var den 11.", now=NOW))

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))


def test_a_correction_points_at_the_note_and_both_are_read(cast: Cast) -> None:
    wrong = note_of(write(cast, cast.cecilia))
    right = note_of(write(cast, cast.greta, "Det gällde den 11 januari.", corrects_id=wrong))

    first, second = notes_about(cast.cecilia.municipality, CASE)
    assert (first.pk, first.text) == (wrong, CALLED)
    assert (second.pk, second.corrects_id, second.kind) == (right, wrong, "correction")


def test_a_note_of_another_case_cannot_be_corrected_here(cast: Cast) -> None:
    elsewhere = note_of(write(cast, cast.cecilia, about="vasteras-2021-0002"))

    assert write(cast, cast.cecilia, corrects_id=elsewhere) is Refusal.NOT_FOUND


def test_an_empty_note_of_tomorrow_is_told_both_faults_and_nothing_is_kept(cast: Cast) -> None:
    faults = write(cast, cast.cecilia, " ", happened_on=NOW.date() + timedelta(days=1))

    assert isinstance(faults, tuple)
    assert [(one.code, one.column) for one in faults if isinstance(one, Fault)] == [
        ("empty", "text"),
        ("note_is_of_later", "happened_on"),
    ]
    assert not CaseNote.objects.exists()


def test_the_persons_own_view_stands_beside_the_note(cast: Cast) -> None:
    note = note_of(write(cast, cast.cecilia))
    note_of(object_to_note(cast.alma, note, whose="Alma Åkesson", text="Jag ringde den 28.", now=NOW))

    (shown,) = notes_about(cast.cecilia.municipality, CASE)
    (objection,) = shown.objections.all()
    assert (objection.whose, objection.text, objection.registered_by.name) == (
        "Alma Åkesson",
        "Jag ringde den 28.",
        "Alma Åkesson",
    )


def test_a_view_without_words_or_owner_is_not_kept(cast: Cast) -> None:
    note = note_of(write(cast, cast.cecilia))
    faults = object_to_note(cast.cecilia, note, whose="", text="", now=NOW)

    assert isinstance(faults, tuple)
    assert [one.column for one in faults] == ["whose", "text"]
    assert not NoteObjection.objects.exists()


def test_neither_a_provider_nor_the_person_herself_writes_notes(cast: Cast) -> None:
    assert write(cast, cast.elsa) is Refusal.ROLE_DOES_NOT_ALLOW
    assert write(cast, cast.alma) is Refusal.ROLE_DOES_NOT_ALLOW
    assert object_to_note(cast.elsa, note_of(write(cast, cast.cecilia)), whose="E", text="Nej", now=NOW) is (
        Refusal.ROLE_DOES_NOT_ALLOW
    )


def test_another_towns_note_is_not_there(cast: Cast) -> None:
    note = note_of(write(cast, cast.cecilia))
    stranger = in_another_town(cast.cecilia)

    assert write(cast, stranger) is Refusal.NOT_FOUND
    assert object_to_note(stranger, note, whose="A", text="Nej", now=NOW) is Refusal.NOT_FOUND
    assert notes_about(stranger.municipality, CASE) == ()


def test_a_note_about_the_person_in_every_case_is_read_with_hers(cast: Cast) -> None:
    note_of(write(cast, cast.cecilia, about=""))

    assert notes_about(cast.cecilia.municipality, CASE) == ()
    assert len(notes_about(cast.cecilia.municipality, CASE, recipient_id=cast.recipient_id)) == 1
    assert write_note(cast.cecilia, text="Ingens", happened_on=NOW.date(), now=NOW) is Refusal.NOT_FOUND
