"""A need that nobody confirms goes on to the next in the routine's ladder, and is told of once."""

from datetime import datetime, timedelta

from tests.apps.orders.desk import CALL_AT, Town, at, booking, called, confirmed
from timvis.apps.audit.actions import seal
from timvis.apps.audit.models import LogEntry
from timvis.apps.audit.queries import verdict
from timvis.apps.documents.models import SentLetter
from timvis.apps.orders import queries
from timvis.apps.orders.escalating import bookings_to_escalate, escalate
from timvis.core.faults import Refusal
from timvis.core.substitute.routing import Desk


def after(minutes: int) -> datetime:
    return CALL_AT + timedelta(minutes=minutes)


def handed_on(town: Town, booking_id: int, minutes: int) -> int | Refusal:
    return escalate(at(town.cast.machine, after(minutes)), booking_id, now=after(minutes))


def test_it_climbs_the_ladder_of_the_routine_and_each_rung_is_told_once(town: Town) -> None:
    booking_id = called(town)
    standing = booking(booking_id).version

    told = [handed_on(town, booking_id, minutes) for minutes in (29, 30, 31, 60, 61)]

    assert told == [0, 1, 0, 1, 0]
    steps = booking(booking_id).steps.filter(act="escalate_booking").order_by("number")
    assert [step.detail["to"] for step in steps] == ["duty_supervisor", "section_head"]
    assert LogEntry.objects.filter(action="escalate_booking", outcome="done").count() == 2
    assert booking(booking_id).version == standing


def test_whoever_it_goes_on_to_gets_a_message_and_the_desk_shows_whose_it_is(town: Town) -> None:
    booking_id = called(town)

    handed_on(town, booking_id, 75)

    told = SentLetter.objects.filter(code="substitute_unmet").order_by("id")
    assert [letter.receiver for letter in told] == ["Arbetsledare jourtid", "Sektionschefen"]
    assert {letter.about for letter in told} == {booking(booking_id).number}
    for said in ("2026-03-08 kl. 23.00", "Elsa Ek 070-111 11 11", "Alma Åkesson", "0173-000 02"):
        assert said in told[0].html
    shown = queries.on_desk(booking(booking_id), now=after(76))
    assert shown.handed_on == ((Desk.DUTY_SUPERVISOR, after(75)), (Desk.SECTION_HEAD, after(75)))
    seal(after(76))
    assert verdict().ok


def test_one_late_pass_tells_of_every_rung_that_was_passed(town: Town) -> None:
    assert handed_on(town, called(town), 75) == 2


def test_what_is_confirmed_or_over_is_left_alone(town: Town) -> None:
    met, waiting = confirmed(town), called(town)

    assert bookings_to_escalate("osthammar", now=after(30)) == (waiting,)
    assert bookings_to_escalate("osthammar", now=after(24 * 60)) == ()
    assert handed_on(town, met, 30) is Refusal.WRONG_STATE


def test_only_the_clock_hands_it_on(town: Town) -> None:
    refused = escalate(at(town.jon, after(30)), called(town), now=after(30))

    assert refused is Refusal.ROLE_DOES_NOT_ALLOW
