"""A decision is told by letter to those the routine names, and kept exactly as it was sent (CAS-03, CAS-13)."""

from hashlib import sha256

import pytest
from django.db import DatabaseError, connection, transaction

from tests.apps.applications import sickness as a
from tests.apps.claims import deciding as d
from tests.cast import Cast
from timvis.apps.claims.models import DecisionLetter
from timvis.apps.documents.models import SentLetter
from timvis.apps.documents.queries import altered_letters
from timvis.apps.parties.models import Municipality
from timvis.core.faults import Fault, Refusal


@pytest.fixture
def cast(db: None) -> Cast:
    return d.an_office()


def sent(cast: Cast, number: str) -> list[tuple[str, str, str]]:
    """Return code, role and receiver of each letter of the decision."""
    made = d.send(cast, number)
    assert isinstance(made, tuple), made
    rows = DecisionLetter.objects.filter(letter_id__in=made).order_by("id").select_related("letter")
    return [(row.letter.code, row.role, row.letter.receiver) for row in rows]


def test_it_goes_to_the_person_and_to_whoever_the_routine_says_works_on_with_it(cast: Cast) -> None:
    number = d.granted(cast)
    d.decided(cast, number)

    assert sent(cast, number) == [
        ("decision_granted", "recipient", "Alma Åkesson"),
        ("decision_copy", "finance_assistant", "Ekonomiassistent"),
    ]


def test_an_agent_who_may_see_the_decision_gets_it_too(cast: Cast) -> None:
    a.let_ekot_apply(cast, may_see=True)
    number = d.granted(cast)
    d.decided(cast, number)

    assert ("decision_granted", "provider_admin", "Ekot AB") in sent(cast, number)


def test_the_power_to_apply_is_not_the_power_to_see(cast: Cast) -> None:
    a.let_ekot_apply(cast)
    number = d.granted(cast)
    d.decided(cast, number)

    assert "Ekot AB" not in {receiver for _code, _role, receiver in sent(cast, number)}


def test_the_letter_says_what_was_decided_why_and_how_to_appeal(cast: Cast) -> None:
    number = d.partly(cast)
    made = d.decided(cast, number, dissent="Greta Ström anser att hela beloppet ska beviljas.")
    sent(cast, number)

    html = SentLetter.objects.get(code="decision_partly_granted").html.replace("\N{NO-BREAK SPACE}", " ")

    assert "Begärt är 4 394,68 kr." in html
    assert made.reasons in html
    assert "LSS 9 § 2: Lagen om stöd och service till vissa funktionshindrade (1993:387)" in html
    assert "Socialnämnden, 742 21 Östhammar" in html
    assert "inom tre veckor från den dag du fick del av beslutet" in html
    assert "Greta Ström anser att hela beloppet ska beviljas." in html
    assert "Beslutat av Cecilia Öst" in html
    assert "delegationsordning 1, rad 1" in html


def test_how_the_money_is_known_again_is_said(cast: Cast) -> None:
    number = d.granted(cast)
    d.decided(cast, number)
    sent(cast, number)

    html = SentLetter.objects.get(code="decision_granted").html

    assert f"Skriv ärendets nummer {number} och beslutets dag 4 mars 2019 på den." in html


def test_a_letter_is_kept_as_it_was_sent(cast: Cast) -> None:
    number = d.granted(cast)
    d.decided(cast, number)
    sent(cast, number)

    for letter in SentLetter.objects.all():
        assert sha256(bytes(letter.pdf)).hexdigest() == letter.digest
    assert altered_letters() == ()
    for statement in ("UPDATE claims_decisionletter SET role = 'x'", "DELETE FROM documents_sentletter"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_a_decision_is_told_once(cast: Cast) -> None:
    number = d.granted(cast)
    d.decided(cast, number)
    sent(cast, number)

    assert d.send(cast, number) is Refusal.WRONG_STATE


def test_a_refusal_is_told_though_the_case_is_closed(cast: Cast) -> None:
    number = d.nothing(cast)
    d.decided(cast, number)

    assert ("decision_refused", "recipient", "Alma Åkesson") in sent(cast, number)


def test_nothing_is_sent_that_does_not_say_where_one_turns(cast: Cast) -> None:
    number = d.granted(cast)
    d.decided(cast, number)
    Municipality.objects.update(contact="")

    faults = d.send(cast, number)

    assert isinstance(faults, tuple)
    assert [fault.column for fault in faults if isinstance(fault, Fault)] == ["contact"]
    assert not DecisionLetter.objects.exists()


def test_nobody_outside_the_office_sends_it(cast: Cast) -> None:
    number = d.granted(cast)
    d.decided(cast, number)

    hasse = a.at(cast.hasse, a.LATER)
    outcome = d.decision_acts.send_decision(hasse, number, seen=d.standing(d.claim(number)), now=a.LATER)
    assert outcome is Refusal.ROLE_DOES_NOT_ALLOW
