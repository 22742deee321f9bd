"""What was allowed to wait is open until it is in."""

from tests.apps.orders.desk import MONDAY, MORNING, Town, at, booking, confirmed, papers_in
from tests.cast import ok
from timvis.apps.orders import actions, queries
from timvis.core.faults import Refusal
from timvis.core.substitute.request import Open


def still_open(booking_id: int) -> tuple[Open, ...]:
    return queries.on_desk(booking(booking_id), now=MORNING).still_open


def test_the_morning_after_an_acute_night_the_papers_are_open_and_close_one_by_one(town: Town) -> None:
    booking_id = confirmed(town)
    assert still_open(booking_id)[:3] == (Open.DECISION, Open.POWER_OF_ATTORNEY, Open.OWN_ROUTINE)

    papers_in(town, booking_id)

    assert still_open(booking_id) == (Open.TIME_REPORT, Open.PROVIDER_COST, Open.INVOICE_BASIS)


def test_the_desk_receives_papers_but_makes_no_decision_of_them(town: Town) -> None:
    booking_id, ida = confirmed(town), at(town.ida, MORNING)

    as_a_paper = actions.register_paper(ida, booking_id, Open.DECISION, received_on=MONDAY, now=MORNING)
    untold = actions.register_paper(ida, booking_id, Open.OWN_ROUTINE, received_on=MONDAY, now=MORNING)

    assert as_a_paper is Refusal.WRONG_STATE
    assert untold is Refusal.REASON_IS_MISSING
    ok(actions.register_paper(ida, booking_id, Open.POWER_OF_ATTORNEY, received_on=MONDAY, now=MORNING))
