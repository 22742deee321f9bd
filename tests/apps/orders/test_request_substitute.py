"""A need of a substitute is written down by whoever hears of it, and never turned away for a paper's sake."""

from dataclasses import replace

import pytest

from tests.apps.orders.desk import CALL_AT, MONDAY, SUNDAY, Town, a_call, at, booking, called
from tests.cast import in_another_town, ok, with_role
from timvis.apps.audit.models import LogEntry
from timvis.apps.orders import actions, queries
from timvis.apps.orders.models import Booking
from timvis.core.access import Actor, BookingStatus, Role
from timvis.core.calendar.local_time import instant
from timvis.core.faults import Fault, Refusal
from timvis.core.substitute.request import AskedBy, Open
from timvis.core.substitute.routing import Desk


def told_by(actor: Actor, town: Town, **says: object) -> int | Refusal | tuple[Fault, ...]:
    return actions.request_substitute(at(actor, CALL_AT), a_call(town, **says), now=CALL_AT)


def test_the_duty_supervisor_writes_down_a_call_at_night(town: Town) -> None:
    booking_id = called(town)

    row = booking(booking_id)
    assert (row.status, row.is_acute, row.routine_version.slug) == (
        BookingStatus.REQUESTED,
        True,
        "osthammar/substitute",
    )
    assert [step.act for step in row.steps.all()] == ["request_substitute"]
    assert LogEntry.objects.filter(action="request_substitute", object_id=row.number, outcome="done").count() == 1


@pytest.mark.parametrize("who", ["elsa", "alma", "cecilia"])
def test_provider_recipient_and_officer_may_ask(town: Town, who: str) -> None:
    by = AskedBy.RECIPIENT if who == "alma" else AskedBy.PROVIDER

    assert isinstance(told_by(getattr(town.cast, who), town, asked_by=by), int)


def test_another_provider_may_not_and_learns_nothing(town: Town) -> None:
    assert told_by(town.cast.fatima, town) is Refusal.NO_RELATION
    assert told_by(in_another_town(town.jon), town) is Refusal.NOT_FOUND
    assert told_by(with_role(town.cast.david, Role.BUDGET_OWNER), town) is Refusal.ROLE_DOES_NOT_ALLOW
    assert Booking.objects.count() == 0


def test_every_fault_of_a_need_is_told_at_once(town: Town) -> None:
    faults = told_by(town.jon, town, asked_by_name=" ", end_at=instant(SUNDAY, 23 * 60))

    assert isinstance(faults, tuple)
    assert [fault.code for fault in faults] == ["name_is_missing", "shift_has_no_time"]
    assert all(fault.remedy for fault in faults)


def test_a_sick_spell_that_begins_after_the_shift_is_a_mistake_in_writing(town: Town) -> None:
    faults = told_by(town.jon, town, sick_from=MONDAY.replace(day=10))

    assert isinstance(faults, tuple)
    assert [fault.code for fault in faults] == ["sick_after_the_shift"]


def test_without_an_adopted_routine_nobody_knows_who_arranges_it(town: Town) -> None:
    early = a_call(town, start_at=instant(SUNDAY.replace(year=2005), 0), end_at=instant(SUNDAY.replace(year=2005), 60))

    refused = actions.request_substitute(
        at(town.jon, CALL_AT), replace(early, sick_from=SUNDAY.replace(year=2005)), now=CALL_AT
    )

    assert refused is Refusal.ROUTINE_IS_NOT_PUBLISHED


def test_what_the_provider_has_tried_is_kept_and_what_may_wait_is_open(town: Town) -> None:
    booking_id = called(town)

    shown = queries.on_desk(booking(booking_id), now=CALL_AT)

    assert shown.booking.papers.get(kind=Open.OWN_ROUTINE).note == "Ringde alla sex vikarier i egen pool."
    assert shown.still_open == (
        Open.DECISION,
        Open.POWER_OF_ATTORNEY,
        Open.OWN_ROUTINE,
        Open.TIME_REPORT,
        Open.PROVIDER_COST,
        Open.INVOICE_BASIS,
    )


def test_on_a_sunday_night_it_is_the_duty_supervisors_turn_and_after_an_hour_also_the_heads(town: Town) -> None:
    row = booking(called(town))

    at_once = queries.on_desk(row, now=CALL_AT).turn
    after_an_hour = queries.on_desk(row, now=CALL_AT.replace(hour=21, minute=41)).turn

    assert at_once is not None
    assert after_an_hour is not None
    assert at_once.desks == (Desk.DUTY_SUPERVISOR,)
    assert after_an_hour.desks == (Desk.DUTY_SUPERVISOR, Desk.SECTION_HEAD)


def test_the_desk_shows_the_soonest_shift_first_and_nothing_of_another_town(town: Town) -> None:
    later = called(town, start_at=instant(MONDAY, 8 * 60), end_at=instant(MONDAY, 12 * 60))
    sooner = called(town)

    assert [one.booking.pk for one in queries.bookings_on_desk(town.jon, now=CALL_AT)] == [sooner, later]
    assert queries.bookings_on_desk(in_another_town(town.jon), now=CALL_AT) == ()
    assert ok(called(town))
