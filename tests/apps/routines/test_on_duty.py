"""Days away: told by oneself or one's chief, called off again, and never used to give oneself a right."""

from datetime import date, timedelta

from tests.apps.attest_lists import adopt, erik
from tests.cast import NOW, TOWN, Cast, in_another_town, ok
from timvis.apps.routines.models import OffDuty
from timvis.apps.routines.on_duty import change_off_duty, register_off_duty
from timvis.apps.routines.records import attest_book
from timvis.core.faults import Refusal

FIRST, LAST = date(2021, 2, 1), date(2021, 2, 8)
LATER = NOW + timedelta(hours=1)


def away(person_id: int) -> list[tuple[date, date]]:
    book = attest_book(TOWN, known_at=LATER)
    return [(one.off_from, one.off_to) for one in book.off_duty if one.person_id == person_id]


def test_everybody_tells_of_her_own_days_and_the_chief_of_anybodys(cast: Cast) -> None:
    hasse, greta = cast.hasse.person_id, cast.greta.person_id

    ok(register_off_duty(cast.hasse, person_id=hasse, off_from=FIRST, off_to=LAST, now=NOW))
    ok(register_off_duty(cast.david, person_id=greta, off_from=FIRST, off_to=LAST, now=NOW))
    others = register_off_duty(cast.hasse, person_id=greta, off_from=FIRST, off_to=LAST, now=NOW)

    assert (away(hasse), away(greta)) == ([(FIRST, LAST)], [(FIRST, LAST)])
    assert others is Refusal.NO_RELATION


def test_a_deputy_does_not_send_away_the_one_she_stands_in_for(cast: Cast) -> None:
    adopt(cast)
    deputy, david = erik(cast), cast.david.person_id

    refusal = register_off_duty(deputy, person_id=david, off_from=FIRST, off_to=LAST, now=NOW + timedelta(minutes=1))

    assert refusal is Refusal.DISQUALIFIED
    assert away(david) == []


def test_days_are_told_anew_and_called_off(cast: Cast) -> None:
    david = cast.david.person_id
    spell = ok(register_off_duty(cast.david, person_id=david, off_from=FIRST, off_to=LAST, now=NOW))
    assert isinstance(spell, int)
    back_early = date(2021, 2, 4)

    ok(change_off_duty(cast.david, off_duty_id=spell, off_from=FIRST, off_to=back_early, seen=1, now=LATER))
    assert away(david) == [(FIRST, back_early)]
    stale = change_off_duty(cast.david, off_duty_id=spell, off_from=FIRST, off_to=FIRST, seen=1, now=LATER)
    assert stale is Refusal.SOMEONE_ELSE_WAS_FIRST
    ok(change_off_duty(cast.david, off_duty_id=spell, off_from=FIRST, off_to=FIRST, seen=2, now=LATER))
    assert away(david) == [(FIRST, FIRST)], "no day at all"


def test_days_in_the_wrong_order_are_a_fault_and_nothing_is_kept(cast: Cast) -> None:
    faults = register_off_duty(cast.hasse, person_id=cast.hasse.person_id, off_from=LAST, off_to=FIRST, now=NOW)

    assert isinstance(faults, tuple)
    assert [fault.code for fault in faults] == ["ends_before_it_begins"]
    assert OffDuty.objects.count() == 0


def test_somebody_elses_municipality_knows_nothing_of_it(cast: Cast) -> None:
    spell = ok(register_off_duty(cast.david, person_id=cast.david.person_id, off_from=FIRST, off_to=LAST, now=NOW))
    assert isinstance(spell, int)
    stranger = in_another_town(cast.david)

    refusal = change_off_duty(stranger, off_duty_id=spell, off_from=FIRST, off_to=FIRST, seen=1, now=NOW)

    assert refusal is Refusal.NOT_FOUND
    assert attest_book("motala", known_at=LATER).off_duty == ()
