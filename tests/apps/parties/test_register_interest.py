"""Jäv: everybody tells of her own, a chief of anybody's, and nobody takes her own away."""

from datetime import date

from tests.cast import ALMA_NUMBER, CECILIA_NUMBER, EKOT_NUMBER, GRETA_NUMBER, NOW, TOWN, Cast, in_another_town, ok
from timvis.apps.audit.models import LogEntry
from timvis.apps.parties.interests import change_interest, register_interest
from timvis.apps.parties.models import Interest
from timvis.apps.parties.particulars import InterestParticulars
from timvis.apps.parties.records import interests
from timvis.core.access import Actor
from timvis.core.disqualification import InterestKind
from timvis.core.faults import Refusal

ALWAYS = InterestParticulars()
UNTIL_MARCH = InterestParticulars(valid_to=date(2021, 3, 1), note="Skilda")


def tell(actor: Actor, person: str, other: str, kind: InterestKind = InterestKind.SIBLING) -> int | Refusal:
    return register_interest(actor, person_number=person, other_number=other, kind=kind, particulars=ALWAYS, now=NOW)


def test_everybody_tells_of_her_own_interest(cast: Cast) -> None:
    ok(tell(cast.cecilia, CECILIA_NUMBER, ALMA_NUMBER))
    ok(tell(cast.hasse, cast.hasse.personal_number, EKOT_NUMBER, InterestKind.OWNER))

    known = [(one.number, one.other_number, one.kind) for one in interests(TOWN, known_at=NOW)]
    assert known == [
        (CECILIA_NUMBER, ALMA_NUMBER, InterestKind.SIBLING),
        (cast.hasse.personal_number, EKOT_NUMBER, InterestKind.OWNER),
    ]


def test_a_chief_tells_of_anybodys_and_an_officer_of_nobody_elses(cast: Cast) -> None:
    assert tell(cast.cecilia, GRETA_NUMBER, ALMA_NUMBER) is Refusal.NO_RELATION
    ok(tell(cast.david, GRETA_NUMBER, ALMA_NUMBER))


def test_an_interest_is_ended_by_somebody_else(cast: Cast) -> None:
    interest = ok(tell(cast.david, cast.david.personal_number, ALMA_NUMBER))

    own = change_interest(cast.david, interest_id=interest, particulars=UNTIL_MARCH, seen=1, now=NOW)
    officer = change_interest(cast.cecilia, interest_id=interest, particulars=UNTIL_MARCH, seen=1, now=NOW)

    assert (own, officer) == (Refusal.NO_RELATION, Refusal.ROLE_DOES_NOT_ALLOW)


def test_an_interest_is_told_anew_and_what_was_said_stays(cast: Cast) -> None:
    interest = ok(tell(cast.cecilia, CECILIA_NUMBER, ALMA_NUMBER))

    ok(change_interest(cast.david, interest_id=interest, particulars=UNTIL_MARCH, seen=1, now=NOW))

    assert [one.valid_to for one in interests(TOWN, known_at=NOW)] == [date(2021, 3, 1)]
    assert Interest.objects.get().versions.count() == 2
    assert (
        change_interest(in_another_town(cast.david), interest_id=interest, particulars=ALWAYS, seen=2, now=NOW)
        is Refusal.NOT_FOUND
    )


def test_whose_family_it_is_does_not_stand_in_the_log(cast: Cast) -> None:
    ok(tell(cast.cecilia, CECILIA_NUMBER, ALMA_NUMBER))

    rows = LogEntry.objects.filter(object_kind="interest")
    assert ALMA_NUMBER not in str(list(rows.values()))
    assert rows.count() == 1
