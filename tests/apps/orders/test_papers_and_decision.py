"""What was allowed to wait is open until it is in, and the decision is the case officer's."""

from dataclasses import replace
from datetime import date

from tests.apps.orders.desk import MONDAY, MORNING, SUNDAY, Town, at, booking, confirmed, papers_in
from tests.cast import ok
from timvis.apps.orders import actions, queries
from timvis.core.faults import Refusal
from timvis.core.substitute.request import DecisionTold, Open

DECISION = DecisionTold(
    reference="V 2026-7", is_granted=True, decided_on=MONDAY, decision_from=SUNDAY, decision_to=date(2026, 3, 22)
)


def still_open(booking_id: int) -> tuple[Open, ...]:
    return queries.on_desk(booking(booking_id), now=MORNING).still_open


def test_the_morning_after_an_acute_night_the_papers_are_open_and_close_one_by_one(town: Town) -> None:
    booking_id = confirmed(town)
    assert still_open(booking_id)[:3] == (Open.DECISION, Open.POWER_OF_ATTORNEY, Open.OWN_ROUTINE)

    papers_in(town, booking_id)

    assert still_open(booking_id) == (Open.TIME_REPORT, Open.PROVIDER_COST, Open.INVOICE_BASIS)


def test_only_the_case_officer_decides(town: Town) -> None:
    booking_id = confirmed(town)

    for actor in (town.ida, town.jon, town.cast.elsa, town.cast.hasse):
        assert actions.decide_on_substitute(at(actor, MORNING), booking_id, DECISION, now=MORNING) is (
            Refusal.ROLE_DOES_NOT_ALLOW
        )
    ok(actions.decide_on_substitute(at(town.cast.cecilia, MORNING), booking_id, DECISION, now=MORNING))


def test_a_decision_has_a_reference_and_the_last_one_counts(town: Town) -> None:
    booking_id, cecilia = confirmed(town), at(town.cast.cecilia, MORNING)

    nameless = actions.decide_on_substitute(cecilia, booking_id, replace(DECISION, reference=" "), now=MORNING)
    ok(actions.decide_on_substitute(cecilia, booking_id, DECISION, now=MORNING))
    ok(actions.decide_on_substitute(cecilia, booking_id, replace(DECISION, is_granted=False), now=MORNING))

    assert nameless is Refusal.REASON_IS_MISSING
    assert queries.stops_charging(booking(booking_id), now=MORNING) == (Open.DECISION, Open.POWER_OF_ATTORNEY)


def test_the_desk_receives_papers_but_makes_no_decision_of_them(town: Town) -> None:
    booking_id, ida = confirmed(town), at(town.ida, MORNING)

    as_a_paper = actions.register_paper(ida, booking_id, Open.DECISION, received_on=MONDAY, now=MORNING)
    untold = actions.register_paper(ida, booking_id, Open.OWN_ROUTINE, received_on=MONDAY, now=MORNING)

    assert as_a_paper is Refusal.WRONG_STATE
    assert untold is Refusal.REASON_IS_MISSING
    ok(actions.register_paper(ida, booking_id, Open.POWER_OF_ATTORNEY, received_on=MONDAY, now=MORNING))
