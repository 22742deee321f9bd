"""An order from placing to ending: who does what, what is refused, and what stands in its steps."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from tests.apps.home_orders.town import MONDAY, NOW, Town, at, decided, placed, started, wanted
from timvis.apps.documents.models import SentLetter
from timvis.apps.home_orders import actions, board, event_acts, queries, records
from timvis.apps.home_orders.event_acts import Happened
from timvis.apps.home_orders.models import HomeNotice, HomeOrderStep
from timvis.core.access import HomeOrderStatus
from timvis.core.calendar.local_time import instant, instant_of
from timvis.core.faults import Refusal
from timvis.core.home_care.decided import DecidedService
from timvis.core.home_care.events import EventKind
from timvis.core.quantities import Minutes
from timvis.core.records import GrantUnit, Instant

LATER = NOW + timedelta(hours=4)
S = HomeOrderStatus
HALF = DecidedService(service="home_care", minutes=Minutes(900), per=GrantUnit.MONTH)


def test_an_order_is_placed_confirmed_started_and_ended(town: Town) -> None:
    order_id = placed(town)
    elsa = at(town.cast.elsa, LATER)
    assert actions.confirm_order(elsa, order_id, now=LATER) is S.CONFIRMED
    began = Instant(instant_of(LATER) - 30)
    assert actions.start_service(elsa, order_id, started_at=began, now=LATER) is S.STARTED
    ends_at = instant(date(2026, 4, 1), 0)
    ended = actions.end_order(
        at(town.cast.cecilia, LATER), order_id, from_at=ends_at, reason="Beslutet upphör.", now=LATER
    )
    assert ended is S.ENDED
    order = town.order(order_id)
    assert (order.started_at, order.ended_at, order.status) == (began, ends_at, S.ENDED)
    assert [step.act for step in order.steps.order_by("number")] == ["place", "confirm", "start", "end"]


def test_the_paragraph_is_that_of_the_day_of_the_decision(town: Town) -> None:
    old = decided(town.cast, "SoL-2025-7", decided_on=date(2025, 6, 30))
    assert town.order(placed(town)).legal_basis == "SoL (2025:400) 11 kap. 1 §"
    assert town.order(placed(town, decision_id=old)).legal_basis == "SoL (2001:453) 4 kap. 1 §"


def test_a_month_keeps_the_paragraph_its_own_decision_rested_on(town: Town) -> None:
    old = decided(town.cast, "SoL-2025-7", decided_on=date(2025, 6, 30))
    order_id = started(town, decision_id=old)
    changed = actions.change_order(
        at(town.cast.cecilia, LATER),
        order_id,
        services=(HALF,),
        from_on=date(2026, 4, 1),
        decision_id=town.decision_id,
        reason="Nytt beslut.",
        now=LATER,
    )
    assert changed is S.CHANGED
    [order] = queries.ordered_month("leksand", date(2026, 4, 1)).orders
    assert order.legal_basis_on(date(2026, 3, 31)) == "SoL (2001:453) 4 kap. 1 §"
    assert order.legal_basis_on(date(2026, 4, 1)) == "SoL (2025:400) 11 kap. 1 §"


def test_somebody_of_another_provider_neither_sees_nor_confirms_the_order(town: Town) -> None:
    order_id = placed(town)
    outcome = actions.confirm_order(at(town.cast.fatima, LATER), order_id, now=LATER)
    assert outcome in (Refusal.NO_RELATION, Refusal.ROLE_DOES_NOT_ALLOW)


def test_no_more_is_ordered_than_was_decided_all_orders_together(town: Town) -> None:
    placed(town, services=(DecidedService(service="home_care", minutes=Minutes(1200), per=GrantUnit.MONTH),))
    outcome = actions.place_order(at(town.cast.cecilia, NOW), wanted(town), now=NOW)
    assert isinstance(outcome, tuple)
    [fault] = outcome
    assert fault.code == "more_than_decided"
    assert "10 timmar och 0 minuter" in fault.message


def test_every_fault_of_an_order_is_told_at_once(town: Town) -> None:
    rows = (
        DecidedService(service="cleaning", minutes=Minutes(0), per=GrantUnit.MONTH),
        DecidedService(service="home_care", minutes=Minutes(60), per=GrantUnit.PERIOD),
    )
    outcome = actions.place_order(at(town.cast.cecilia, NOW), wanted(town, services=rows), now=NOW)
    assert isinstance(outcome, tuple)
    assert {fault.code for fault in outcome} >= {
        "minutes_are_missing",
        "service_has_no_rhythm",
        "service_is_not_decided",
    }
    assert not HomeOrderStep.objects.exists()


def test_help_without_assessment_is_ordered_without_minutes(town: Town) -> None:
    free = DecidedService(service="home_care", minutes=Minutes(0))
    decision_id = decided(town.cast, "SoL-2026-2", free, needs_assessed=False)
    order_id = placed(town, decision_id=decision_id, services=(free,))
    assert town.order(order_id).legal_basis == "SoL (2025:400) 11 kap. 5 §"
    month = queries.ordered_month("leksand", MONDAY.replace(day=1))
    assert month.minutes == {}
    [key] = month.without_assessment
    assert (key.recipient_id, key.service) == (town.cast.recipient_id, "home_care")


def test_of_two_who_act_on_the_same_standing_one_is_first(town: Town) -> None:
    order_id = placed(town)
    seen = queries.standing(town.order(order_id))
    elsa = at(town.cast.elsa, LATER)
    actions.confirm_order(elsa, order_id, now=LATER, seen=seen)
    outcome = actions.decline_order(elsa, order_id, reason="Fullt.", now=LATER, seen=seen)
    assert outcome is Refusal.SHOWN_IS_NOT_CURRENT


def test_a_declined_order_asks_the_officer_for_another_provider_and_counts_as_nothing(town: Town) -> None:
    order_id = placed(town)
    declined = actions.decline_order(at(town.cast.elsa, LATER), order_id, reason="Ingen personal.", now=LATER)
    assert declined is S.DECLINED
    notice = HomeNotice.objects.get(order_id=order_id, to_role="case_officer")
    assert notice.task == "order_from_another"
    assert queries.ordered_month("leksand", MONDAY.replace(day=1)).minutes == {}


def test_a_change_holds_from_its_own_day_and_help_goes_on_meanwhile(town: Town) -> None:
    order_id = started(town)
    less = DecidedService(service="home_care", minutes=Minutes(900), per=GrantUnit.MONTH)
    changed = actions.change_order(
        at(town.cast.cecilia, LATER),
        order_id,
        services=(less,),
        from_on=date(2026, 3, 17),
        reason="Behovet har minskat.",
        now=LATER,
    )
    assert changed is S.CHANGED
    [minutes] = queries.ordered_month("leksand", date(2026, 3, 1)).minutes.values()
    # From the 2nd to the 16th 15 of 31 days of 1 800 minutes, then 15 of 31 of 900.
    assert minutes == Fraction(1800 * 15 + 900 * 15, 31)
    assert actions.confirm_order(at(town.cast.elsa, LATER), order_id, now=LATER) is S.STARTED


def test_a_pause_is_kept_apart_from_what_is_ordered(town: Town) -> None:
    order_id = started(town)
    cecilia = at(town.cast.cecilia, LATER)
    away, home = instant(date(2026, 3, 10), 12 * 60), instant(date(2026, 3, 14), 9 * 60)
    actions.pause_order(cecilia, order_id, from_at=away, reason="Korttidsboende", now=LATER)
    assert town.order(order_id).is_paused
    actions.resume_order(cecilia, order_id, from_at=home, now=LATER)
    month = queries.ordered_month("leksand", date(2026, 3, 1))
    [ordered] = month.orders
    assert [(pause.from_at, pause.to_at) for pause in ordered.pauses] == [(away, home)]
    assert not ordered.covers(instant(date(2026, 3, 12), 0))
    assert ordered.covers(home)
    assert sum(month.minutes.values()) == Fraction(1800 * 30, 31)


def test_coming_home_can_be_told_anew(town: Town) -> None:
    order_id = started(town)
    cecilia = at(town.cast.cecilia, LATER)
    away = instant(date(2026, 3, 10), 0)
    actions.pause_order(cecilia, order_id, from_at=away, reason="Sjukhus", now=LATER)
    for day in (14, 12, 20):
        home = instant(date(2026, 3, day), 0)
        assert actions.resume_order(cecilia, order_id, from_at=home, now=LATER) is S.STARTED
    [ordered] = queries.ordered_month("leksand", date(2026, 3, 1)).orders
    assert [(pause.from_at, pause.to_at) for pause in ordered.pauses] == [(away, instant(date(2026, 3, 20), 0))]


def test_an_end_ahead_can_be_brought_forward_but_not_put_off(town: Town) -> None:
    order_id = started(town)
    cecilia = at(town.cast.cecilia, LATER)
    for day, expected in ((20, S.ENDED), (12, S.ENDED), (15, Refusal.WRONG_STATE)):
        at_ = instant(date(2026, 3, day), 0)
        assert actions.end_order(cecilia, order_id, from_at=at_, reason="Flyttar", now=LATER) is expected
    order = town.order(order_id)
    assert order.ended_at == instant(date(2026, 3, 12), 0)
    assert records.standing(order).status is S.ENDED


def test_what_a_provider_has_ordered_a_month_is_told_for_its_ceiling(town: Town) -> None:
    placed(town)
    loads = queries.loads_on("leksand", date(2026, 4, 9))
    assert loads == {town.cast.ekot_id: queries.Load(minutes=Fraction(1800), recipients=1)}
    assert queries.loads_on("leksand", date(2026, 2, 9)) == {}


def test_where_an_order_stood_on_a_past_day(town: Town) -> None:
    order_id = started(town)
    actions.end_order(
        at(town.cast.cecilia, LATER), order_id, from_at=instant(date(2026, 3, 20), 0), reason="Klart", now=LATER
    )
    order = town.order(order_id)
    assert queries.standing_on(order, date(2026, 3, 1)) is None
    for day, status in ((MONDAY, S.STARTED), (date(2026, 3, 19), S.STARTED), (date(2026, 3, 20), S.ENDED)):
        found = queries.standing_on(order, day)
        assert found is not None
        assert found.status is status


@pytest.mark.parametrize("hours", [-24, 24])
def test_help_begins_neither_before_the_order_nor_after_now(town: Town, hours: int) -> None:
    order_id = placed(town)
    started_at = Instant(instant_of(LATER) + hours * 60)
    outcome = actions.start_service(at(town.cast.elsa, LATER), order_id, started_at=started_at, now=LATER)
    assert isinstance(outcome, tuple)
    assert [fault.code for fault in outcome] == ["start_is_not_in_time"]


def test_the_order_goes_to_the_provider_as_the_letter_that_the_routine_names(town: Town) -> None:
    order_id = placed(town)
    letter = SentLetter.objects.get(code="order_to_provider")
    assert letter.about == town.order(order_id).number
    for said in ("hemtjänst", "30 timmar per månad", "2 mars 2026", "senast 3 mars 2026", "Ekot AB"):
        assert said in letter.html
    assert "Alma" not in letter.html


def test_a_settled_notice_is_no_longer_on_the_providers_list(town: Town) -> None:
    order_id = placed(town)
    elsa = at(town.cast.elsa, LATER)
    assert [notice.act for notice in board.notices_to(elsa)] == ["place"]
    actions.confirm_order(elsa, order_id, now=LATER)
    assert board.notices_to(elsa) == ()


def test_a_provider_has_its_own_orders_on_its_list_and_the_office_all(town: Town) -> None:
    mine = placed(town, services=(HALF,))
    others = placed(town, services=(HALF,), provider_id=town.cast.fjarran_id)
    assert [one.order.pk for one in board.open_orders(at(town.cast.elsa, LATER), now=LATER)] == [mine]
    assert {one.order.pk for one in board.open_orders(at(town.cast.cecilia, LATER), now=LATER)} == {mine, others}


def test_the_board_takes_as_many_queries_however_many_orders_there_are(
    town: Town, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    cecilia = at(town.cast.cecilia, LATER)
    quarter = DecidedService(service="home_care", minutes=Minutes(450), per=GrantUnit.MONTH)
    for _ in range(2):
        placed(town, services=(quarter,))
    with CaptureQueriesContext(connection) as few:
        board.open_orders(cecilia, now=LATER)
    placed(town, services=(quarter,))
    with django_assert_num_queries(len(few)):
        board.open_orders(cecilia, now=LATER)


def test_nothing_is_ordered_beyond_the_days_of_the_decision(town: Town) -> None:
    until = decided(town.cast, "SoL-2026-9", valid_to=date(2026, 3, 17))
    placed(town, decision_id=until)
    [march] = queries.ordered_month("leksand", date(2026, 3, 1)).minutes.values()
    # From the 2nd to the 16th: 15 of 31 days.
    assert march == Fraction(1800 * 15, 31)
    assert queries.ordered_month("leksand", date(2026, 4, 1)).minutes == {}


def test_nothing_is_ordered_for_somebody_who_is_dead(town: Town) -> None:
    order_id = started(town, services=(HALF,))
    died = Happened(kind=EventKind.DEATH, at=instant_of(LATER))
    event_acts.report_event(at(town.cast.elsa, LATER), order_id, died, now=LATER)
    outcome = actions.place_order(
        at(town.cast.cecilia, LATER), wanted(town, services=(HALF,), from_on=date(2026, 3, 3)), now=LATER
    )
    assert isinstance(outcome, tuple)
    assert [fault.code for fault in outcome] == ["recipient_is_dead"]
