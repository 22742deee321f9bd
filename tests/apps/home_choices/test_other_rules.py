"""Other municipalities choose otherwise: a month shift, lists by area, a drawn list, several services."""

from datetime import UTC, date, datetime

import pytest

from tests.apps.home_choices.choosing import (
    HELP,
    Town,
    a_decision,
    a_town,
    a_wish,
    all_approved,
    an_agreement,
    approved,
    chosen,
    hours,
    with_rules,
)
from tests.apps.home_orders.town import MONDAY, NOW, at, decided
from tests.cast import ok
from timvis.apps.home_choices import actions, queries, turn_acts
from timvis.apps.home_orders.models import HomeOrder
from timvis.core.faults import Refusal
from timvis.core.home_care.decided import DecidedService
from timvis.core.home_care.providers import OfferedService
from timvis.core.home_care.turn_order import turns
from timvis.core.records import GrantUnit

FORTNIGHT_RULE = 'rule = "days_after_notice"\ndays = 14'
MONTH_SHIFT = 'rule = "first_of_month_after_cutoff"\ncutoff_day = 20\nmonths_after = 2'
ONE_LIST = 'no_choice = "dated_turn_list"'
TWO_AREAS = """
[[setting.choice_area]]
name = "north"
label = "Norr"

[[setting.choice_area]]
name = "south"
label = "Söder"

[[setting.pay_basis]]
form = "own\""""
CLEANING = """
[[setting.service]]
name = "cleaning"
label = "Städning"

[[setting.price]]
service = "cleaning"
form = "private"
unit = "hour"
amount_ore = 32000
from = 2014-07-24

[[setting.absence]]
cause = "no_notice\""""


@pytest.mark.parametrize(
    ("told_on", "first_on"), [(date(2026, 6, 20), date(2026, 8, 1)), (date(2026, 6, 21), date(2026, 9, 1))]
)
@pytest.mark.django_db
def test_norrkoping_a_notice_by_the_twentieth_holds_from_the_month_after_next(told_on: date, first_on: date) -> None:
    town = a_town(routine=with_rules((FORTNIGHT_RULE, MONTH_SHIFT)))
    all_approved(town)
    decision_id = a_decision(town)
    chosen(town, a_wish(town, decision_id, town.cast.ekot_id))
    that_day = datetime(told_on.year, told_on.month, told_on.day, 8, tzinfo=UTC)
    change = chosen(town, a_wish(town, decision_id, town.cast.fjarran_id, told_on=told_on), now=that_day)
    assert change.first_on == first_on


@pytest.mark.django_db
def test_habo_a_fortnight_after_the_written_request() -> None:
    town = a_town()
    all_approved(town)
    decision_id = a_decision(town)
    chosen(town, a_wish(town, decision_id, town.cast.ekot_id))
    change = chosen(town, a_wish(town, decision_id, town.cast.fjarran_id))
    assert (change.first_on - MONDAY).days == 14


@pytest.mark.django_db
def test_kristianstad_a_list_for_each_area_in_the_order_of_names_from_the_month_after_approval() -> None:
    town = a_town(
        routine=with_rules(
            (ONE_LIST, 'no_choice = "turn_list_by_area"\nnew_provider_joins = { day = 1, months_after = 1 }'),
            ('\n[[setting.pay_basis]]\nform = "own"', TWO_AREAS),
        )
    )
    ekot, fjarran, own = town.cast.ekot_id, town.cast.fjarran_id, town.own_id
    approved(town, ekot, areas=("north",))
    approved(town, own)
    approved(town, fjarran, begins_on=MONDAY, valid_from=MONDAY)
    # The agreement of Fjärran began in March: it stands in no list until the first of April.
    ok(turn_acts.keep_turn_order(town.cast.cecilia, now=NOW))
    assert turns(queries.turn_log("leksand", "north")) == (str(ekot), str(own))
    assert turns(queries.turn_log("leksand", "south")) == (str(own),)
    april = datetime(2026, 4, 1, 8, tzinfo=UTC)
    ok(turn_acts.keep_turn_order(at(town.cast.cecilia, april), now=april))
    assert turns(queries.turn_log("leksand", "south")) == (str(own), str(fjarran))
    choice = chosen(town, a_wish(town, a_decision(town), None, area="south"), now=april)
    assert (choice.order.provider_id, choice.order.area) == (own, "south")
    assert turns(queries.turn_log("leksand", "north")) == (str(ekot), str(own), str(fjarran))
    outcome = actions.choose(
        at(town.cast.cecilia, april), a_wish(town, a_decision(town, 2), None, area="east"), now=april
    )
    assert isinstance(outcome, tuple)
    assert "north, south" in outcome[0].remedy


@pytest.mark.django_db
def test_vellinge_a_drawn_list_stands_as_it_was_drawn_and_nobody_comes_in_by_itself() -> None:
    town = a_town(routine=with_rules((ONE_LIST, 'no_choice = "lottery_list"')))
    ekot, fjarran, own = all_approved(town)
    assert turn_acts.keep_turn_order(town.cast.cecilia, now=NOW) == 0
    for provider_id in (own, fjarran, ekot):
        reason = "Lottad den 2 mars inför alla tre."
        ok(turn_acts.join_turn_order(town.head, provider_id, reason=reason, now=NOW))
    assert turns(queries.turn_log("leksand", "")) == (str(own), str(fjarran), str(ekot))
    again = turn_acts.join_turn_order(town.head, ekot, reason="Lottad igen.", now=NOW)
    assert again is Refusal.WRONG_STATE


@pytest.mark.django_db
def test_a_list_that_is_not_drawn_takes_nobody_in_by_hand(town: Town) -> None:
    all_approved(town)
    outcome = turn_acts.join_turn_order(town.head, town.cast.ekot_id, reason="Hellre först.", now=NOW)
    assert outcome is Refusal.WRONG_STATE


@pytest.mark.django_db
def test_only_the_services_she_chose_anew_move_and_the_rest_stays_where_it_was() -> None:
    town = a_town(routine=with_rules(('\n[[setting.absence]]\ncause = "no_notice"', CLEANING)))
    services = (OfferedService(name=HELP), OfferedService(name="cleaning"))
    for provider_id in (town.cast.ekot_id, town.cast.fjarran_id):
        approved(town, provider_id, services=services)
    approved(town, town.own_id)
    decision_id = decided(
        town.cast,
        "SoL-2026-9",
        DecidedService(service=HELP, minutes=hours(30), per=GrantUnit.MONTH),
        DecidedService(service="cleaning", minutes=hours(4), per=GrantUnit.MONTH),
    )
    both = frozenset({HELP, "cleaning"})
    first = chosen(town, a_wish(town, decision_id, town.cast.ekot_id, services=both))
    change = chosen(town, a_wish(town, decision_id, town.cast.fjarran_id, services=frozenset({"cleaning"})))
    assert [(row.service, row.minutes) for row in change.order.services.all()] == [("cleaning", 240)]
    former = HomeOrder.objects.get(pk=first.order_id)
    assert former.ended_at is None
    assert [(row.service, row.from_on) for row in former.services.filter(step_number=2)] == [(HELP, change.first_on)]
    # The town's own home care does no cleaning, so it cannot take both.
    outcome = actions.choose(at(town.cast.cecilia, NOW), a_wish(town, decision_id, town.own_id, services=both), now=NOW)
    assert isinstance(outcome, tuple)
    assert outcome[0].message == "Kommunens hemtjänst utför inte alla de valda insatserna."
    assert an_agreement().services == (OfferedService(name=HELP, from_minute=420, to_minute=1320),)
