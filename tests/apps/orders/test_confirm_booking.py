"""Somebody comes: confirmed once, told to those who need to know, and still lawful when it is confirmed."""

import threading
from typing import Any

import pytest
from django.db import connection

from tests.apps.orders.desk import CALL_AT, SUNDAY, Town, a_town, at, booking, called, confirmed, offered
from tests.apps.signed_months import law
from tests.cast import ok
from timvis.apps.documents.queries import letters_about
from timvis.apps.orders import actions, pool, queries
from timvis.core.access import Actor, BookingStatus
from timvis.core.calendar.local_time import instant
from timvis.core.faults import Refusal


def accepted(town: Town) -> int:
    booking_id = called(town)
    offered(town, booking_id)
    ok(actions.answer_offer(at(town.jon, CALL_AT), booking_id, town.mira_id, accepts=True, now=CALL_AT))
    return booking_id


def confirm(actor: Actor, booking_id: int) -> Any:
    return actions.confirm_booking(at(actor, CALL_AT), booking_id, law=law(), now=CALL_AT)


def test_case_officer_and_finance_assistant_are_told_who_comes_and_when(town: Town) -> None:
    booking_id = confirmed(town)

    row = booking(booking_id)
    [letter] = letters_about("osthammar", row.number)
    assert row.status == BookingStatus.CONFIRMED
    assert queries.substitute_name(row, now=CALL_AT) == "Mira Norén"
    assert letter.code == "booking_confirmed"
    for said in ("Biståndshandläggaren", "Ekonomiassistenten", "2026-03-08 kl. 23.00–24.00", "Mira Norén"):
        assert said in letter.html


def test_what_has_come_to_forbid_it_since_she_was_asked_stops_it(town: Town) -> None:
    booking_id = accepted(town)
    ok(
        pool.register_other_work(
            at(town.ida, CALL_AT),
            member_id=town.mira_id,
            start_at=instant(SUNDAY, 22 * 60),
            end_at=instant(SUNDAY, 24 * 60),
            now=CALL_AT,
        )
    )

    found = confirm(town.jon, booking_id)

    assert isinstance(found, tuple)
    assert booking(booking_id).status == BookingStatus.ACCEPTED


def test_nobody_is_confirmed_who_has_not_said_yes(town: Town) -> None:
    booking_id = called(town)
    offered(town, booking_id)

    assert confirm(town.jon, booking_id) is Refusal.WRONG_STATE


def test_the_provider_does_not_confirm_and_the_second_confirmation_changes_nothing(town: Town) -> None:
    booking_id = accepted(town)

    assert confirm(town.cast.elsa, booking_id) is Refusal.ROLE_DOES_NOT_ALLOW
    ok(confirm(town.jon, booking_id))
    assert confirm(town.ida, booking_id) is Refusal.WRONG_STATE
    assert booking(booking_id).steps.filter(act="confirm_booking").count() == 1


def test_of_two_who_confirm_on_what_they_both_saw_one_is_first(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    booking_id = accepted(town)
    judged_for = queries.judged_for

    def ida_is_quicker(*args: Any, **kwargs: Any) -> Any:
        monkeypatch.setattr(queries, "judged_for", judged_for)
        ok(confirm(town.ida, booking_id))
        return judged_for(*args, **kwargs)

    monkeypatch.setattr(queries, "judged_for", ida_is_quicker)

    assert confirm(town.jon, booking_id) is Refusal.SOMEONE_ELSE_WAS_FIRST
    assert booking(booking_id).steps.get(act="confirm_booking").person_id == town.ida.person_id
    assert len(letters_about("osthammar", booking(booking_id).number)) == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_confirm_in_the_same_moment_one_is_first() -> None:

    town = a_town()
    booking_id = accepted(town)
    start, answers = threading.Barrier(2), []

    def at_once(actor: Actor) -> None:
        try:
            start.wait()
            answers.append(confirm(actor, booking_id))
        finally:
            connection.close()

    threads = [threading.Thread(target=at_once, args=(actor,)) for actor in (town.jon, town.ida)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(isinstance(answer, int) for answer in answers) == 1
    assert booking(booking_id).steps.filter(act="confirm_booking").count() == 1
