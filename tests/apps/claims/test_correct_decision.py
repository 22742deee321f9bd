"""A correction or a change is a new decision with who, when and why; the old one stays as it was (CAS-05)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from tests.apps.applications import sickness as a
from tests.apps.claims import deciding as d
from tests.cast import Cast, ok
from timvis.apps.claims import decision_acts
from timvis.apps.claims.decision_acts import Changed
from timvis.apps.claims.models import ChangeKind, ClaimDecision
from timvis.apps.documents.models import SentLetter
from timvis.core.access import ClaimStatus
from timvis.core.faults import Refusal

TOMORROW = a.LATER + timedelta(days=1)
A_SLIP = Changed(kind=ChangeKind.CORRECTION, because="Fel namn stod i skälen.")


@pytest.fixture
def cast(db: None) -> Cast:
    return d.an_office()


def correct(cast: Cast, number: str, changed: Changed = A_SLIP, **other: object) -> d.Outcome:
    return decision_acts.correct_decision(
        a.at(cast.cecilia, TOMORROW),
        number,
        d.wanted(number, **other),
        changed,
        seen=d.standing(d.claim(number)),
        now=TOMORROW,
    )


def test_a_correction_is_a_new_decision_that_tells_who_when_and_why(cast: Cast) -> None:
    number = d.granted(cast)
    first = d.decided(cast, number)

    made = correct(cast, number, reasons="Björn var sjuk.")

    assert made == 2
    second = d.claim(number).decisions.get(number=2)
    assert (second.corrects_id, second.change, second.changed_because) == (first.pk, "correction", A_SLIP.because)
    assert (second.made_by_id, second.made_at) == (cast.cecilia.person_id, TOMORROW)


def test_the_old_decision_and_its_letter_can_still_be_read(cast: Cast) -> None:
    number = d.granted(cast)
    first = d.decided(cast, number)
    ok(d.send(cast, number))
    letters = set(SentLetter.objects.values_list("digest", flat=True))

    ok(correct(cast, number, reasons="Björn var sjuk."))
    ok(d.send(cast, number, now=TOMORROW))

    assert ClaimDecision.objects.get(pk=first.pk).reasons == first.reasons
    assert letters < set(SentLetter.objects.values_list("digest", flat=True))
    newest = SentLetter.objects.filter(code="decision_granted").order_by("-id").first()
    assert newest is not None
    assert "Det ersätter beslutet den 4 mars 2019. Fel namn stod i skälen." in newest.html


@pytest.mark.parametrize(
    "statement", ["UPDATE claims_claimdecision SET reasons = 'x'", "DELETE FROM claims_claimdecision"]
)
def test_no_way_past_the_acts_overwrites_a_decision(cast: Cast, statement: str) -> None:
    d.decided(cast, d.granted(cast))

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_change_says_why(cast: Cast) -> None:
    number = d.granted(cast)
    d.decided(cast, number)

    assert correct(cast, number, Changed(kind=ChangeKind.CHANGE, because=" ")) is Refusal.REASON_IS_MISSING


def test_what_has_not_been_decided_is_not_corrected(cast: Cast) -> None:
    assert correct(cast, d.granted(cast)) is Refusal.WRONG_STATE


def test_a_refused_case_is_tried_anew_and_decided_otherwise(cast: Cast) -> None:
    number = d.nothing(cast)
    d.decided(cast, number)
    opened = decision_acts.reopen(
        a.at(cast.cecilia, TOMORROW),
        number,
        because="Vikariens tidrapport har kommit in.",
        seen=d.standing(d.claim(number)),
        now=TOMORROW,
    )
    assert opened is ClaimStatus.RECEIVED
    change = d.application_acts.change_application(
        a.at(cast.cecilia, TOMORROW),
        number,
        a.almas(),
        reason="Vikariens tidrapport.",
        seen=d.standing(d.claim(number)),
        law=d.law(),
        now=TOMORROW,
    )
    assert isinstance(change, int), change
    ok(a.calculate(cast, number, now=TOMORROW))

    made = correct(cast, number, Changed(kind=ChangeKind.CHANGE, because="Vikariens tidrapport har kommit in."))

    assert made == 2
    outcomes = d.claim(number).decisions.order_by("number").values_list("outcome", flat=True)
    assert list(outcomes) == ["refused", "granted"]
