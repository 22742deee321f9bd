"""What is acute is done first: no paper stands in its way, and each that may wait is seen as open until it is in."""

from datetime import timedelta

from tests.apps.orders import desk
from tests.apps.orders.desk import CALL_AT, MORNING, Town, at, booking, called, offered
from tests.apps.signed_months import law
from tests.cast import ok
from timvis.apps.audit.models import LogEntry
from timvis.apps.orders import actions, decision_acts, queries
from timvis.core.substitute.request import Open

WAITS = (Open.DECISION, Open.POWER_OF_ATTORNEY, Open.OWN_ROUTINE)


def waiting(town: Town, booking_id: int) -> tuple[Open, ...]:
    """Return the papers that the desk shows as still to come, of those that may wait."""
    [shown] = [one for one in queries.bookings_on_desk(town.ida, now=MORNING) if one.booking.pk == booking_id]
    return tuple(one for one in shown.still_open if one in WAITS)


def test_a_call_by_telephone_is_written_down_and_somebody_comes_before_any_paper_is_in(town: Town) -> None:
    booking_id = called(town, tried="")
    offered(town, booking_id)
    jon = at(town.jon, CALL_AT)
    ok(actions.answer_offer(jon, booking_id, town.mira_id, accepts=True, now=CALL_AT))

    assert isinstance(actions.confirm_booking(jon, booking_id, law=law(), now=CALL_AT), int)

    row = booking(booking_id)
    assert (row.asked_by_name, row.came_at, row.is_acute) == ("Elsa Ek", CALL_AT, True)
    assert waiting(town, booking_id) == WAITS
    assert LogEntry.objects.filter(action="request_substitute", outcome="done").count() == 1


def test_each_paper_that_may_wait_is_open_until_it_is_in_however_long_it_takes(town: Town) -> None:
    booking_id, cecilia = desk.confirmed(town, tried=""), at(town.cast.cecilia, MORNING)
    assert waiting(town, booking_id) == WAITS
    assert queries.on_desk(booking(booking_id), now=MORNING + timedelta(days=400)).still_open[:3] == WAITS

    desk.papers_in(town, booking_id)
    assert waiting(town, booking_id) == (Open.OWN_ROUTINE,)  # what it has tried is not told yet
    ok(
        actions.register_paper(
            cecilia, booking_id, Open.OWN_ROUTINE, received_on=MORNING.date(), note="Ringde alla sex.", now=MORNING
        )
    )

    assert waiting(town, booking_id) == ()


def test_the_same_need_that_can_wait_asks_nobody_before_the_decision(town: Town) -> None:
    booking_id = called(town, is_acute=False)

    refused = actions.offer_shift(at(town.jon, CALL_AT), booking_id, town.mira_id, law=law(), now=CALL_AT)

    assert isinstance(refused, tuple)
    assert [finding.code for finding in refused] == ["no_decision_on_a_substitute"]
    ok(decision_acts.decide_on_substitute(at(town.cast.cecilia, CALL_AT), booking_id, desk.DECISION, now=CALL_AT))
    assert isinstance(offered(town, booking_id), int)
