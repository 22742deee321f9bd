"""Attest lists: drafted by one, adopted by a board, entered by another; reproducible for any past day."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.apps.attest_lists import BOARD, YEAR, a_right, adopt, draft, erik, olga, the_rights
from tests.cast import NOW, TOWN, Cast, in_another_town, ok
from timvis.apps.audit.models import LogEntry
from timvis.apps.routines.attest_lists import adopt_attest_list, draft_attest_list
from timvis.apps.routines.board_lists import Drafted
from timvis.apps.routines.models import AttestList, AttestListAdoption
from timvis.apps.routines.on_duty import confirm_position, register_off_duty, register_position
from timvis.apps.routines.queries import who_could_attest
from timvis.core.access import FRESH_LOGIN, Actor
from timvis.core.faults import Refusal
from timvis.core.routine.records import Act

DAY = date(2021, 2, 1)
SOON = NOW + timedelta(minutes=1)


def enter(actor: Actor, list_id: int, *, now: datetime = SOON, decision: str = "Nämnden § 3") -> int | Refusal:
    """Return what comes of entering the adoption, by somebody who has just logged in."""
    fresh = replace(actor, logged_in_at=now)
    return adopt_attest_list(fresh, list_id=list_id, decision=decision, adopted_on=DAY, now=now)


def told(day: date = DAY, known_at: datetime | None = None) -> list[tuple[str, str]]:
    """Return act and name of everybody who could attest on a day."""
    found = who_could_attest(TOWN, on=day, known_at=known_at or SOON + timedelta(hours=1))
    return [(one.held.right.act.value, one.person_name) for one in found]


WHOLE = [
    ("review_attest", "Greta Ström"),
    ("decision_attest", "David Ås"),
    ("payment_release", "Hasse Holm"),
]


def test_a_draft_gives_nobody_a_right_and_an_adopted_list_does(cast: Cast) -> None:
    list_id = draft(cast.greta, *the_rights(cast))
    assert told() == []

    ok(enter(olga(cast), list_id))

    assert told() == WHOLE


def test_a_list_gives_rights_for_its_year_only(cast: Cast) -> None:
    adopt(cast)

    assert [bool(told(day)) for day in (date(2020, 12, 31), date(2021, 1, 1), date(2021, 12, 31), YEAR[1])] == [
        False,
        True,
        True,
        False,
    ]


def test_who_could_attest_is_told_as_it_was_known_at_any_moment(cast: Cast) -> None:
    adopt(cast)
    later = NOW + timedelta(days=10)
    without_hasse = (a_right(1, Act.REVIEW_ATTEST, cast.greta),)
    adopt(cast, *without_hasse, now=later)

    assert told(known_at=NOW) == [], "the board's decision was not entered yet"
    assert told(known_at=SOON) == WHOLE
    assert told(known_at=later + timedelta(hours=1)) == [("review_attest", "Greta Ström")]


def test_a_list_of_another_municipality_gives_nothing_here(cast: Cast) -> None:
    adopt(cast)

    assert who_could_attest("motala", on=DAY, known_at=SOON) == ()
    assert enter(in_another_town(cast.david), AttestList.objects.get().pk) is Refusal.NOT_FOUND


# --- two persons, and none for herself ---------------------------------------------------------------------


def test_who_drafted_a_list_does_not_enter_its_adoption(cast: Cast) -> None:
    head = erik(cast)
    list_id = draft(head, a_right(1, Act.PAYMENT_RELEASE, cast.hasse))

    assert enter(head, list_id) is Refusal.SAME_PERSON_ALREADY_SIGNED
    assert told() == []


def test_nobody_enters_the_adoption_of_a_list_that_gives_her_a_right(cast: Cast) -> None:
    list_id = draft(cast.greta, *the_rights(cast))

    assert enter(cast.david, list_id) is Refusal.DISQUALIFIED
    assert enter(erik(cast), list_id) is Refusal.DISQUALIFIED, "not as a deputy either"


def test_nor_when_the_right_is_given_to_a_position_of_hers(cast: Cast) -> None:
    chief = erik(cast)
    held = ok(
        register_position(olga(cast), person_id=cast.david.person_id, position="Socialchef", held_from=DAY, now=NOW)
    )
    assert isinstance(held, int)
    ok(confirm_position(chief, version_id=held, now=NOW))
    list_id = draft(cast.greta, a_right(1, Act.DECISION_ATTEST, None, position="Socialchef"))

    assert enter(cast.david, list_id) is Refusal.DISQUALIFIED


def test_the_database_itself_refuses_one_person_as_both(cast: Cast) -> None:
    list_id = draft(cast.greta, *the_rights(cast))

    with pytest.raises(IntegrityError), transaction.atomic():
        AttestListAdoption.objects.create(
            list_id=list_id,
            decision="x",
            adopted_on=DAY,
            drafted_by_id=cast.greta.person_id,
            entered_by_id=cast.greta.person_id,
            known_at=NOW,
        )


def test_a_list_is_adopted_once_and_not_after_a_newer_one(cast: Cast) -> None:
    older = draft(cast.greta, *the_rights(cast))
    newer = draft(cast.greta, *the_rights(cast))
    ok(enter(olga(cast), newer))

    assert enter(olga(cast), newer) is Refusal.WRONG_STATE
    assert enter(olga(cast), older) is Refusal.WRONG_STATE


def test_an_adoption_names_the_boards_decision_and_a_fresh_login(cast: Cast) -> None:
    list_id = draft(cast.greta, *the_rights(cast))
    stale = replace(olga(cast), logged_in_at=SOON - FRESH_LOGIN - timedelta(seconds=1))

    assert enter(olga(cast), list_id, decision=" ") is Refusal.REASON_IS_MISSING
    refusal = adopt_attest_list(stale, list_id=list_id, decision="§ 3", adopted_on=DAY, now=SOON)
    assert refusal is Refusal.LOGIN_TOO_OLD


def test_an_officer_neither_drafts_nor_adopts(cast: Cast) -> None:
    drafted = Drafted(board=BOARD, valid_from=YEAR[0], valid_to=YEAR[1], rights=the_rights(cast))

    assert draft_attest_list(cast.cecilia, drafted, now=NOW) is Refusal.ROLE_DOES_NOT_ALLOW
    assert enter(cast.cecilia, draft(cast.greta, *the_rights(cast))) is Refusal.ROLE_DOES_NOT_ALLOW


def test_a_draft_with_mistakes_is_not_kept_and_all_are_told(cast: Cast) -> None:
    rights = (
        a_right(1, Act.DECISION_ATTEST, cast.david, days=(date(2021, 1, 1), date(2023, 1, 1))),
        replace(a_right(2, Act.DECISION_ATTEST, cast.david, deputy_of=1), person_id=9_999_999),
    )

    faults = draft_attest_list(
        cast.greta, Drafted(board=BOARD, valid_from=YEAR[0], valid_to=date(2023, 1, 1), rights=rights), now=NOW
    )

    assert isinstance(faults, tuple)
    assert {fault.code for fault in faults} == {"list_is_longer_than_a_year", "person_is_unknown"}
    assert AttestList.objects.count() == 0


def test_the_log_tells_of_drafting_adopting_and_of_what_was_refused(cast: Cast) -> None:
    list_id = draft(cast.greta, *the_rights(cast))
    enter(cast.david, list_id)
    ok(enter(olga(cast), list_id))

    rows = LogEntry.objects.filter(object_kind="attest_list").order_by("id")
    assert [(row.action, row.outcome) for row in rows] == [
        ("draft_attest_list", "done"),
        ("adopt_attest_list", "disqualified"),
        ("adopt_attest_list", "done"),
    ]


# --- positions and days away ---------------------------------------------------------------------------------


def test_a_position_is_held_when_a_second_person_has_confirmed_it(cast: Cast) -> None:
    adopt(cast, a_right(1, Act.DECISION_ATTEST, None, position="Socialchef"))
    version = ok(
        register_position(olga(cast), person_id=cast.david.person_id, position="Socialchef", held_from=YEAR[0], now=NOW)
    )
    assert isinstance(version, int)
    assert told() == []

    assert confirm_position(olga(cast), version_id=version, now=NOW) is Refusal.SAME_PERSON_ALREADY_SIGNED
    assert confirm_position(cast.david, version_id=version, now=NOW) is Refusal.DISQUALIFIED
    ok(confirm_position(erik(cast), version_id=version, now=SOON))

    assert told() == [("decision_attest", "David Ås")]
    assert told(known_at=NOW + timedelta(seconds=2)) == [], "as it was known before the second person"


def test_nobody_gives_herself_a_position(cast: Cast) -> None:
    refusal = register_position(
        cast.david, person_id=cast.david.person_id, position="Socialchef", held_from=DAY, now=NOW
    )

    assert refusal is Refusal.DISQUALIFIED


def test_one_person_is_enough_to_end_a_position_and_two_to_give_it_back(cast: Cast) -> None:
    adopt(cast, a_right(1, Act.DECISION_ATTEST, None, position="Socialchef"))

    def tell(held_to: date | None, now: datetime) -> int:
        told = register_position(
            olga(cast),
            person_id=cast.david.person_id,
            position="Socialchef",
            held_from=YEAR[0],
            held_to=held_to,
            now=now,
        )
        assert isinstance(told, int)
        return told

    ok(confirm_position(erik(cast), version_id=tell(None, NOW), now=NOW))
    tell(DAY, SOON)
    assert told() == []

    tell(None, SOON + timedelta(minutes=1))
    assert told() == [], "to give it back takes a second person"


def test_the_deputy_could_attest_while_the_ordinary_was_away_and_it_was_known(cast: Cast) -> None:
    adopt(cast)
    ok(
        register_off_duty(
            cast.david, person_id=cast.david.person_id, off_from=DAY, off_to=DAY + timedelta(days=2), now=SOON
        )
    )

    assert ("decision_attest", "Erik Eng") in told()
    assert ("decision_attest", "David Ås") not in told()
    assert told(DAY + timedelta(days=2)) == WHOLE
    assert told(known_at=SOON - timedelta(seconds=1)) == WHOLE, "before anybody knew"
