"""Delegation orders: drafted by one, adopted by a board, entered by another; who decided by which row stays known."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from tests.apps.attest_lists import YEAR, erik, olga
from tests.apps.delegation_orders import IN_FAVOUR, a_row, adopt_order, draft_order, the_rows
from tests.cast import NOW, TOWN, Cast, in_another_town, ok
from timvis.apps.audit.models import LogEntry
from timvis.apps.routines.board_lists import Drafted
from timvis.apps.routines.delegation_orders import adopt_delegation_order, draft_delegation_order
from timvis.apps.routines.models import DelegationOrder, DelegationOrderAdoption, DelegationRow
from timvis.apps.routines.on_duty import confirm_position, register_off_duty, register_position
from timvis.apps.routines.queries import may_decide, who_could_decide
from timvis.apps.routines.records import delegation_book, delegation_order
from timvis.core.access import FRESH_LOGIN, Actor
from timvis.core.faults import Refusal
from timvis.core.procedure.decision import Outcome
from timvis.core.routine.records import ClaimKind

DAY = date(2021, 2, 1)
SOON = NOW + timedelta(minutes=1)
LATER = SOON + timedelta(hours=1)


def enter(actor: Actor, list_id: int, *, now: datetime = SOON, decision: str = "Nämnden § 4") -> int | Refusal:
    fresh = replace(actor, logged_in_at=now)
    return adopt_delegation_order(fresh, list_id=list_id, decision=decision, adopted_on=DAY, now=now)


def decides(
    actor: Actor, outcome: Outcome = Outcome.GRANTED, *, amount_ore: int = 100, known_at: datetime = LATER
) -> DelegationRow | Refusal:
    return may_decide(
        TOWN,
        person_id=actor.person_id,
        kind=ClaimKind.SICK_COST,
        outcome=outcome,
        amount_ore=amount_ore,
        on=DAY,
        known_at=known_at,
    )


def told(day: date = DAY, known_at: datetime = LATER) -> list[str]:
    return [one.person_name for one in who_could_decide(TOWN, on=day, known_at=known_at)]


def test_nobody_decides_by_a_draft_and_by_an_adopted_order_those_it_names(cast: Cast) -> None:
    list_id = draft_order(cast.greta, *the_rows(cast))
    assert decides(cast.cecilia) is Refusal.NOT_DELEGATED

    ok(enter(olga(cast), list_id))

    row = decides(cast.cecilia)
    assert isinstance(row, DelegationRow)
    assert (row.number, row.list_id) == (1, list_id)
    assert decides(cast.cecilia, Outcome.REFUSED) is Refusal.NOT_DELEGATED
    assert decides(cast.cecilia, amount_ore=5_000_001) is Refusal.ABOVE_AMOUNT_LIMIT
    assert isinstance(decides(cast.david, Outcome.REFUSED), DelegationRow)
    assert decides(erik(cast)) is Refusal.ORDINARY_IS_ON_DUTY
    assert told() == ["Cecilia Öst", "David Ås"]


def test_what_is_kept_is_what_was_written(cast: Cast) -> None:
    adopt_order(cast)

    kept = delegation_order(DelegationOrder.objects.get())

    assert kept.rights == the_rows(cast)


def test_who_could_decide_is_told_as_it_was_known_at_any_moment(cast: Cast) -> None:
    adopt_order(cast)

    assert told(known_at=NOW) == []
    assert told() == ["Cecilia Öst", "David Ås"]
    assert told(day=YEAR[1]) == []


def test_a_new_order_takes_the_place_of_the_old_and_the_old_day_stays_as_it_was_known(cast: Cast) -> None:
    adopt_order(cast)
    adopt_order(cast, a_row(1, cast.david), now=NOW + timedelta(days=1))

    assert told(known_at=LATER) == ["Cecilia Öst", "David Ås"]
    assert told(known_at=NOW + timedelta(days=2)) == ["David Ås"]


def test_the_deputy_decides_while_the_ordinary_is_registered_as_away(cast: Cast) -> None:
    adopt_order(cast)
    ok(register_off_duty(cast.david, person_id=cast.david.person_id, off_from=DAY, off_to=date(2021, 2, 8), now=SOON))

    assert isinstance(decides(erik(cast), Outcome.REFUSED), DelegationRow)
    assert decides(cast.david) is Refusal.IS_OFF_DUTY


def test_a_deputy_does_not_send_away_the_one_she_decides_in_place_of(cast: Cast) -> None:
    adopt_order(cast)

    sent = register_off_duty(
        erik(cast), person_id=cast.david.person_id, off_from=DAY, off_to=date(2021, 2, 8), now=SOON
    )

    assert sent is Refusal.DISQUALIFIED


def test_a_position_decides_when_a_second_person_has_confirmed_who_holds_it(cast: Cast) -> None:
    adopt_order(cast, a_row(1, None, position="Handläggare LSS"))
    version_id = ok(
        register_position(
            cast.david,
            person_id=cast.cecilia.person_id,
            position="Handläggare LSS",
            held_from=date(2021, 1, 1),
            held_to=None,
            now=SOON,
        )
    )
    assert decides(cast.cecilia) is Refusal.NOT_DELEGATED

    ok(confirm_position(replace(erik(cast), logged_in_at=SOON), version_id=version_id, now=SOON))

    assert isinstance(decides(cast.cecilia), DelegationRow)


# --- two persons ------------------------------------------------------------------------------------------


def test_who_drafted_an_order_does_not_enter_its_adoption(cast: Cast) -> None:
    assert enter(cast.greta, draft_order(cast.greta, *the_rows(cast))) is Refusal.SAME_PERSON_ALREADY_SIGNED


def test_nobody_enters_the_adoption_of_an_order_that_lets_her_decide(cast: Cast) -> None:
    assert enter(cast.david, draft_order(cast.greta, *the_rows(cast))) is Refusal.DISQUALIFIED


def test_an_adoption_needs_the_boards_decision_a_fresh_login_and_the_right_town(cast: Cast) -> None:
    list_id = draft_order(cast.greta, *the_rows(cast))
    stale = adopt_delegation_order(
        replace(olga(cast), logged_in_at=SOON - FRESH_LOGIN - timedelta(seconds=1)),
        list_id=list_id,
        decision="§ 4",
        adopted_on=DAY,
        now=SOON,
    )

    assert stale is Refusal.LOGIN_TOO_OLD
    assert enter(olga(cast), list_id, decision=" ") is Refusal.REASON_IS_MISSING
    assert enter(in_another_town(cast.david), list_id) is Refusal.NOT_FOUND
    assert enter(cast.cecilia, list_id) is Refusal.ROLE_DOES_NOT_ALLOW
    ok(enter(olga(cast), list_id))
    assert enter(olga(cast), list_id) is Refusal.WRONG_STATE


def test_the_database_itself_wants_two_persons(cast: Cast) -> None:
    list_id = draft_order(cast.greta, *the_rows(cast))

    with pytest.raises(IntegrityError), transaction.atomic():
        DelegationOrderAdoption.objects.create(
            list_id=list_id,
            decision="§ 4",
            adopted_on=DAY,
            drafted_by_id=cast.greta.person_id,
            entered_by_id=cast.greta.person_id,
            known_at=NOW,
        )


@pytest.mark.parametrize("table", ["delegationorder", "delegationrow", "delegationorderadoption"])
def test_an_order_is_written_once(cast: Cast, table: str) -> None:
    adopt_order(cast)

    for statement in (f"UPDATE routines_{table} SET id = id", f"DELETE FROM routines_{table}"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


# --- bad input --------------------------------------------------------------------------------------------


def test_a_draft_with_mistakes_is_told_all_of_them_and_nothing_is_kept(cast: Cast) -> None:
    drafted = Drafted(
        board=" ",
        valid_from=YEAR[0],
        valid_to=YEAR[1],
        rights=(
            a_row(1, None),
            replace(a_row(2, cast.david, outcomes=frozenset()), person_id=987654),
            replace(a_row(3, cast.david), may_be_automated=True),
        ),
    )

    faults = draft_delegation_order(cast.greta, drafted, now=NOW)

    assert isinstance(faults, tuple)
    assert {(fault.code, fault.line) for fault in faults} == {
        ("board_is_missing", None),
        ("holder_is_unclear", 1),
        ("outcome_is_missing", 2),
        ("person_is_unknown", 2),
        ("automated_row_goes_against_somebody", 3),
    }
    assert not DelegationOrder.objects.exists()


def test_an_officer_does_not_write_the_order_she_decides_by(cast: Cast) -> None:
    drafted = Drafted(board="Nämnden", valid_from=YEAR[0], valid_to=YEAR[1], rights=the_rows(cast))

    assert draft_delegation_order(cast.cecilia, drafted, now=NOW) is Refusal.ROLE_DOES_NOT_ALLOW


def test_every_act_stands_in_the_log(cast: Cast) -> None:
    adopt_order(cast, a_row(1, cast.cecilia, outcomes=IN_FAVOUR))

    acts = LogEntry.objects.filter(object_kind="delegation_order").order_by("id").values_list("action", "outcome")
    assert list(acts) == [("draft_delegation_order", "done"), ("adopt_delegation_order", "done")]


def test_another_towns_order_gives_nothing_here(cast: Cast) -> None:
    adopt_order(cast)

    assert delegation_book("motala", known_at=LATER).lists == ()
