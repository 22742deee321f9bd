"""What happens to a recipient: it is done to her orders at once, and told to those concerned."""

from datetime import date, timedelta

import pytest

from tests.apps.home_orders.town import NOW, Town, at, placed, started
from timvis.apps.home_orders import actions, event_acts, queries
from timvis.apps.home_orders.event_acts import Happened, Reported
from timvis.apps.home_orders.models import HomeEvent, HomeNotice
from timvis.core.access import Actor, HomeOrderStatus
from timvis.core.calendar.local_time import instant, instant_of
from timvis.core.faults import Refusal
from timvis.core.home_care.decided import DecidedService
from timvis.core.home_care.events import EventKind
from timvis.core.quantities import Minutes
from timvis.core.records import GrantUnit, Instant

LATER = NOW + timedelta(days=3)
HOUR = 60
K, S = EventKind, HomeOrderStatus
HALF = DecidedService(service="home_care", minutes=Minutes(900), per=GrantUnit.MONTH)


def told(town: Town, actor: Actor, order_id: int, kind: EventKind, at_: Instant | None = None) -> Reported:
    outcome = event_acts.report_event(
        at(actor, LATER), order_id, Happened(kind=kind, at=at_ or instant_of(LATER)), now=LATER
    )
    assert isinstance(outcome, Reported), outcome
    return outcome


def notices(order_id: int) -> set[tuple[str, str]]:
    return set(HomeNotice.objects.filter(order_id=order_id, event__isnull=False).values_list("to_role", "task"))


def test_a_hospital_stay_pauses_every_order_and_coming_home_begins_them_again(town: Town) -> None:
    first, second = started(town, services=(HALF,)), started(town, services=(HALF,), provider_id=town.cast.fjarran_id)
    away_at = Instant(instant_of(LATER) - 5 * HOUR)
    assert told(town, town.cast.elsa, first, K.HOSPITAL, away_at).moved == 2
    assert town.order(first).is_paused
    assert town.order(second).is_paused
    # Elsa told it herself; the officer and the other provider did not know.
    assert notices(first) == {("case_officer", "")}
    assert notices(second) == {("provider_admin", "")}
    home_at = instant(date(2026, 3, 9), 14 * HOUR)
    told(town, town.cast.cecilia, first, K.PLANNED_DISCHARGE, home_at)
    assert not town.order(first).is_paused
    assert ("provider_admin", "") in notices(first)
    [stay] = queries.away([town.cast.recipient_id], known_at=LATER)[town.cast.recipient_id].hospital
    assert (stay.from_at, stay.to_at) == (away_at, home_at)


def test_what_one_provider_writes_of_her_stands_on_no_other_providers_order(town: Town) -> None:
    first, second = started(town, services=(HALF,)), started(town, services=(HALF,), provider_id=town.cast.fjarran_id)
    happened = Happened(kind=K.HOSPITAL, at=instant_of(LATER), note="Föll i badrummet.")
    event_acts.report_event(at(town.cast.elsa, LATER), first, happened, now=LATER)
    assert town.order(second).is_paused
    assert not town.order(second).steps.filter(reason__contains="badrummet").exists()


def test_a_discharge_that_is_put_off_moves_both_the_stay_and_the_pause(town: Town) -> None:
    order_id = started(town)
    told(town, town.cast.elsa, order_id, K.HOSPITAL)
    for day in (9, 12):
        told(town, town.cast.cecilia, order_id, K.PLANNED_DISCHARGE, instant(date(2026, 3, day), 0))
    [ordered] = queries.ordered_month("leksand", date(2026, 3, 1)).orders
    [stay] = queries.away([town.cast.recipient_id], known_at=LATER)[town.cast.recipient_id].hospital
    assert ordered.pauses[0].to_at == stay.to_at == instant(date(2026, 3, 12), 0)


def test_a_death_ends_every_order_at_that_hour_and_documentation_is_asked_for(town: Town) -> None:
    first, second = started(town, services=(HALF,)), placed(town, services=(HALF,), provider_id=town.cast.fjarran_id)
    died_at = Instant(instant_of(LATER) - 9 * HOUR)
    assert told(town, town.cast.elsa, first, K.DEATH, died_at).moved == 2
    assert {town.order(one).ended_at for one in (first, second)} == {died_at}
    assert notices(first) == {("case_officer", ""), ("provider_admin", "return_documents")}
    # No help was given by the second: there is nothing to send back.
    assert notices(second) == {("provider_admin", "")}
    assert queries.away([town.cast.recipient_id], known_at=LATER)[town.cast.recipient_id].died_at == died_at


def test_a_death_brings_forward_an_end_that_lay_ahead(town: Town) -> None:
    order_id = started(town)
    ends_at = instant(date(2026, 3, 31), 0)
    actions.end_order(at(town.cast.cecilia, LATER), order_id, from_at=ends_at, reason="Byte", now=LATER)
    told(town, town.cast.elsa, order_id, K.DEATH)
    assert town.order(order_id).ended_at == instant_of(LATER)


def test_a_wish_to_end_told_by_the_provider_ends_nothing_before_she_is_asked(town: Town) -> None:
    order_id = started(town)
    told(town, town.cast.elsa, order_id, K.WISH_TO_END)
    assert town.order(order_id).status == S.STARTED
    assert notices(order_id) == {("case_officer", "ask_the_recipient")}
    cecilia = at(town.cast.cecilia, LATER)
    closed = event_acts.report_event(cecilia, order_id, Happened(kind=K.CASE_IS_ENDED, at=instant_of(LATER)), now=LATER)
    ended = actions.end_order(cecilia, order_id, from_at=instant_of(LATER), reason="Hon vill sluta.", now=LATER)
    assert closed is ended is Refusal.PARTY_IS_NOT_HEARD
    told(town, town.cast.cecilia, order_id, K.WISH_IS_CONFIRMED)
    assert ("case_officer", "say_that_it_may_be_closed") in notices(order_id)
    told(town, town.cast.cecilia, order_id, K.CASE_IS_ENDED)
    assert town.order(order_id).status == S.ENDED
    assert ("provider_admin", "return_documents") in notices(order_id)


def test_help_declined_again_and_again_asks_the_officer_to_follow_up(town: Town) -> None:
    order_id = started(town)
    assert told(town, town.cast.elsa, order_id, K.DECLINED_AGAIN_AND_AGAIN).moved == 0
    assert notices(order_id) == {("case_officer", "follow_up")}


def test_a_growing_need_asks_for_a_new_decision(town: Town) -> None:
    order_id = started(town)
    told(town, town.cast.alma, order_id, K.NEEDS_CHANGE)
    assert notices(order_id) == {("case_officer", "decide_anew")}
    assert HomeEvent.objects.get().by_role == "recipient"


@pytest.mark.parametrize("kind", [K.CASE_IS_ENDED, K.WISH_IS_CONFIRMED])
def test_a_provider_neither_ends_the_case_nor_confirms_her_wish(town: Town, kind: EventKind) -> None:
    order_id = started(town)
    outcome = event_acts.report_event(
        at(town.cast.elsa, LATER), order_id, Happened(kind=kind, at=instant_of(LATER)), now=LATER
    )
    assert outcome is Refusal.ROLE_DOES_NOT_ALLOW


def test_a_death_is_not_told_ahead(town: Town) -> None:
    order_id = started(town)
    ahead = Instant(instant_of(LATER) + 1)
    outcome = event_acts.report_event(at(town.cast.elsa, LATER), order_id, Happened(kind=K.DEATH, at=ahead), now=LATER)
    assert isinstance(outcome, tuple)
    assert [fault.code for fault in outcome] == ["has_not_happened_yet"]
    assert not HomeEvent.objects.exists()


def test_a_task_is_settled_once_with_a_word_of_what_was_done(town: Town) -> None:
    order_id = started(town)
    told(town, town.cast.elsa, order_id, K.DECLINED_AGAIN_AND_AGAIN)
    notice = HomeNotice.objects.get(order_id=order_id, task="follow_up")
    cecilia, elsa = at(town.cast.cecilia, LATER), at(town.cast.elsa, LATER)
    assert event_acts.settle_notice(elsa, notice.pk, note="Klart", now=LATER) is Refusal.ROLE_DOES_NOT_ALLOW
    assert event_acts.settle_notice(cecilia, notice.pk, now=LATER) is Refusal.REASON_IS_MISSING
    assert isinstance(event_acts.settle_notice(cecilia, notice.pk, note="Hembesök den 6 mars.", now=LATER), int)
    again = event_acts.settle_notice(cecilia, notice.pk, note="Igen", now=LATER)
    assert again is Refusal.SOMEONE_ELSE_WAS_FIRST


def test_the_same_death_told_twice_ends_once(town: Town) -> None:
    order_id = started(town)
    told(town, town.cast.elsa, order_id, K.DEATH)
    assert told(town, town.cast.cecilia, order_id, K.DEATH).moved == 0
    assert town.order(order_id).steps.filter(act="end").count() == 1
