"""A letter is kept exactly as it was sent, by somebody whose case it is."""

import pytest
from django.db import DatabaseError, connection, transaction

from tests.cast import NOW, Cast, ok
from timvis.apps.audit.attempts import Attempt
from timvis.apps.documents import sending
from timvis.apps.documents.actions import send_letter
from timvis.apps.documents.models import SentLetter
from timvis.apps.documents.queries import altered_letters, letters_about
from timvis.apps.documents.sending import To, Wanted
from timvis.core.access import Action, Actor
from timvis.core.calendar.local_time import day_of
from timvis.core.faults import Refusal
from timvis.core.letter import Head, Value

HEAD = Head(sender="Kommunen", receiver=("Ekot AB",), reference="ekstad-2021-0001", written_on=day_of(NOW))
VALUES: dict[str, Value] = {
    "invoice_number": "17",
    "invoice_on": "2021-01-31",
    "reasons": ("Timmarna är fler än de beviljade.",),
    "hours": (("januari 2021", "110", "120"),),
    "municipality": "Kommunen",
}


def send(cast: Cast, actor: Actor, **values: Value) -> object:
    return send_letter(actor, "ask_for_new_invoice", HEAD, {**VALUES, **values}, provider_id=cast.ekot_id, now=NOW)


def test_the_letter_lies_in_the_case_as_it_was_sent(cast: Cast) -> None:
    ok(send(cast, cast.greta))

    (letter,) = letters_about(cast.greta.municipality, HEAD.reference)
    assert letter.title == "Faktura 17 behöver ersättas med en ny"
    assert bytes(letter.pdf)[:5] == b"%PDF-"
    assert "Timmarna är fler än de beviljade." in letter.html
    assert altered_letters() == ()


def test_a_letter_with_a_hole_is_not_sent(cast: Cast) -> None:
    faults = send(cast, cast.greta, invoice_number="")

    assert isinstance(faults, tuple)
    assert not SentLetter.objects.exists()


def test_somebody_of_the_provider_does_not_write_in_the_municipalitys_name(cast: Cast) -> None:
    assert send(cast, cast.elsa) is Refusal.ROLE_DOES_NOT_ALLOW


def test_what_was_sent_can_not_be_changed(cast: Cast) -> None:
    ok(send(cast, cast.greta))

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE documents_sentletter SET title = 'annan'")


def test_of_two_who_remind_of_the_same_letter_at_once_the_database_takes_one(cast: Cast) -> None:
    first = ok(send(cast, cast.greta))
    assert isinstance(first, int)
    again = Wanted(
        code="ask_for_new_invoice", head=HEAD, values=VALUES, to=To(provider_id=cast.ekot_id), reminds_of=first
    )
    attempt = Attempt(cast.greta, Action.SEND_LETTER, "letter", HEAD.reference, NOW)

    assert isinstance(sending.send(attempt, again), int)
    assert sending.send(attempt, again) is Refusal.SOMEONE_ELSE_WAS_FIRST
    assert SentLetter.objects.filter(reminds_of_id=first).count() == 1
