"""What a recipient says at the visit becomes an order; a change takes effect by the rule, and all concerned know."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.apps.home_choices.choosing import (
    HELP,
    Town,
    a_decision,
    a_wish,
    all_approved,
    approved,
    chosen,
    hours,
    made,
)
from tests.apps.home_orders.town import MONDAY, NOW, at
from tests.cast import in_another_town
from timvis.apps.audit.models import LogEntry
from timvis.apps.documents.models import SentLetter
from timvis.apps.home_choices import actions, information, queries
from timvis.apps.home_choices.models import HomeChoice, TurnEntry
from timvis.apps.home_orders.models import HomeNotice, HomeOrder
from timvis.core.calendar.local_time import instant
from timvis.core.faults import Fault, Refusal
from timvis.core.home_care.capacity import Room
from timvis.core.home_care.providers import CannotTake, OfferedService

FORTNIGHT = MONDAY + timedelta(days=14)
LATER = NOW + timedelta(days=3)


def faults_of(outcome: object) -> list[str]:
    assert isinstance(outcome, tuple), outcome
    return [one.message for one in outcome if isinstance(one, Fault)]


def test_the_chosen_provider_has_the_order_the_same_day(town: Town) -> None:
    all_approved(town)
    choice = chosen(town, a_wish(town, a_decision(town), town.cast.ekot_id))
    order = choice.order
    assert (order.provider_id, order.from_on, order.status) == (town.cast.ekot_id, MONDAY, "placed")
    assert (choice.how, choice.first_on, choice.leaves, choice.turn) == ("chosen", MONDAY, [], None)
    assert HomeNotice.objects.filter(order=order, to_role="provider_admin").exists()
    assert not TurnEntry.objects.exists()


def test_the_first_help_waits_for_the_first_day_of_the_decision_or_a_later_wish(town: Town) -> None:
    all_approved(town)
    wished = MONDAY + timedelta(days=30)
    choice = chosen(town, a_wish(town, a_decision(town), town.cast.ekot_id, wished_on=wished))
    assert choice.order.from_on == wished


def test_a_change_takes_effect_a_fortnight_after_the_notice_and_both_providers_know(town: Town) -> None:
    all_approved(town)
    decision_id = a_decision(town)
    first = chosen(town, a_wish(town, decision_id, town.cast.ekot_id))
    change = chosen(town, a_wish(town, decision_id, town.cast.fjarran_id))
    former = HomeOrder.objects.get(pk=first.order_id)
    assert (change.order.provider_id, change.order.from_on) == (town.cast.fjarran_id, FORTNIGHT)
    assert former.ended_at == instant(FORTNIGHT, 0)
    assert (change.leaves, change.tell_by_on) == ([former.number], MONDAY + timedelta(days=1))
    letters = SentLetter.objects.filter(code="change_of_provider", about=change.order.number)
    assert set(letters.values_list("provider_id", flat=True)) == {town.cast.ekot_id, town.cast.fjarran_id}
    assert "16 mars 2026" in letters[0].html


def test_an_earlier_day_holds_when_all_three_have_agreed_on_it(town: Town) -> None:
    all_approved(town)
    decision_id = a_decision(town)
    chosen(town, a_wish(town, decision_id, town.cast.ekot_id))
    agreed = MONDAY + timedelta(days=4)
    change = chosen(town, a_wish(town, decision_id, town.cast.fjarran_id, agreed_on=agreed))
    assert change.order.from_on == agreed


def test_a_notice_that_was_written_down_too_late_takes_effect_the_day_after(town: Town) -> None:
    all_approved(town)
    decision_id = a_decision(town)
    chosen(town, a_wish(town, decision_id, town.cast.ekot_id))
    late = NOW + timedelta(days=40)
    change = chosen(town, a_wish(town, decision_id, town.cast.fjarran_id), now=late)
    assert change.order.from_on == late.date() + timedelta(days=1)
    assert "skrevs ner först den 11 april 2026" in change.because


def test_who_changes_her_mind_before_the_change_gets_the_third_provider_in_the_end(town: Town) -> None:
    ekot, fjarran, own = all_approved(town)
    decision_id = a_decision(town)
    chosen(town, a_wish(town, decision_id, ekot))
    second = chosen(town, a_wish(town, decision_id, fjarran))
    third = chosen(town, a_wish(town, decision_id, own, told_on=LATER.date()), now=LATER)
    assert third.order.from_on == FORTNIGHT + timedelta(days=3)
    assert third.leaves == [second.order.number]
    assert HomeOrder.objects.get(pk=second.order_id).ended_at == instant(third.order.from_on, 0)


def test_the_provider_she_has_cannot_be_chosen_again(town: Town) -> None:
    all_approved(town)
    decision_id = a_decision(town)
    wish = a_wish(town, decision_id, town.cast.ekot_id)
    chosen(town, wish)
    [message] = faults_of(actions.choose(at(town.cast.cecilia, NOW), wish, now=NOW))
    assert message == "Ekot AB har uppdraget redan."


@pytest.mark.parametrize(
    ("says", "why"),
    [
        ({"ceiling_minutes": hours(29)}, "Ekot AB har inte plats under sitt kapacitetstak."),
        ({"ends_on": MONDAY}, "Ekot AB har inget avtal som gäller den dagen."),
        ({"begins_on": FORTNIGHT}, "Ekot AB har inget avtal som gäller den dagen."),
    ],
)
def test_a_provider_that_cannot_take_her_is_not_ordered_from(town: Town, says: dict[str, object], why: str) -> None:
    approved(town, town.cast.ekot_id, **says)
    outcome = actions.choose(at(town.cast.cecilia, NOW), a_wish(town, a_decision(town), town.cast.ekot_id), now=NOW)
    assert faults_of(outcome) == [why]
    assert not HomeOrder.objects.exists()


def test_what_cannot_be_in_a_wish_is_told_at_once(town: Town) -> None:
    approved(town, town.cast.ekot_id)
    wish = a_wish(
        town,
        a_decision(town),
        town.cast.ekot_id,
        told_on=MONDAY + timedelta(days=1),
        services=frozenset({"cleaning"}),
    )
    messages = faults_of(actions.choose(at(town.cast.cecilia, NOW), wish, now=NOW))
    assert messages == [
        "Beskedet kan inte ha kommit efter i dag.",
        "Insatsen cleaning står inte i beslutet SoL-2026-1.",
    ]
    empty = replace(wish, told_on=MONDAY, services=frozenset())
    assert faults_of(actions.choose(at(town.cast.cecilia, NOW), empty, now=NOW)) == ["Ingen insats är vald."]


def test_the_ceiling_warns_once_when_a_tenth_is_left(town: Town) -> None:
    # 200 hours: 150 leave a quarter, 180 a tenth.
    approved(town, town.cast.ekot_id, ceiling_minutes=hours(200))
    for number, each in enumerate((150, 30, 10), start=1):
        chosen(town, a_wish(town, a_decision(town, number, each), town.cast.ekot_id))
        letters = SentLetter.objects.filter(code="capacity_is_near")
        assert letters.count() == (0 if number == 1 else 1)
    assert "180 tim 0 min i månaden" in letters[0].html
    routine = queries.routine_on("leksand", MONDAY)
    [ekot] = queries.providers("leksand", known_at=NOW, on=MONDAY, routine=routine)
    assert (ekot.capacity.ordered_minutes, ekot.room) == (hours(190), Room.NEAR)


def test_help_that_is_ordered_for_a_later_day_has_its_place_already(town: Town) -> None:
    approved(town, town.cast.ekot_id, ceiling_minutes=hours(40))
    chosen(town, a_wish(town, a_decision(town, 1, 30), town.cast.ekot_id, wished_on=FORTNIGHT))
    outcome = actions.choose(
        at(town.cast.cecilia, NOW), a_wish(town, a_decision(town, 2, 30), town.cast.ekot_id), now=NOW
    )
    assert faults_of(outcome) == ["Ekot AB har inte plats under sitt kapacitetstak."]


def test_everybody_is_shown_with_why_she_cannot_be_chosen(town: Town) -> None:
    ekot, fjarran, own = town.cast.ekot_id, town.cast.fjarran_id, town.own_id
    approved(town, ekot, ceiling_minutes=hours(10))
    approved(town, fjarran)
    approved(town, own, ends_on=date(2026, 1, 1))
    cecilia = at(town.cast.cecilia, NOW)
    plan = actions.plan_of(cecilia, a_wish(town, a_decision(town), None), now=NOW)
    assert isinstance(plan, actions.Plan)
    told = {one.name: why for one, why in actions.who_can(cecilia, plan, now=NOW)}
    assert told == {"Ekot AB": CannotTake.FULL, "Fjärran AB": None}


def test_the_information_sheet_tells_of_every_provider_and_is_remembered_with_the_choice(town: Town) -> None:
    approved(town, town.cast.ekot_id, profile="Vi talar finska.", contact="0247-000 01")
    approved(town, town.own_id, services=(OfferedService(name=HELP),))
    approved(town, town.cast.fjarran_id, ends_on=date(2026, 1, 1))
    sheet_id = made(information.send_sheet(at(town.cast.cecilia, NOW), town.cast.recipient_id, now=NOW))
    sheet = SentLetter.objects.get(pk=sheet_id)
    for told in (
        "Ekot AB, 0247-000 01",
        "Hemtjänst kl. 07.00–22.00",
        "Hemtjänst dygnet runt",
        "Vi talar finska.",
        "hela kommunen",
        "där alla utförare finns med",
        "Bytet gäller 14 dagar efter beskedet.",
        "Cecilia Öst",
    ):
        assert told in sheet.html
    assert "Fjärran" not in sheet.html
    assert chosen(town, a_wish(town, a_decision(town), town.cast.ekot_id)).sheet_id == sheet_id


def test_nobody_but_the_officer_writes_a_choice_down(town: Town) -> None:
    all_approved(town)
    wish = a_wish(town, a_decision(town), town.cast.ekot_id)
    for actor in (town.cast.elsa, town.cast.alma, town.head, town.cast.hasse):
        outcome = actions.choose(at(actor, NOW), wish, now=NOW)
        assert outcome in (Refusal.ROLE_DOES_NOT_ALLOW, Refusal.NO_RELATION)
    stranger = in_another_town(at(town.cast.cecilia, NOW))
    assert actions.choose(stranger, wish, now=NOW) is Refusal.NOT_FOUND
    assert not HomeChoice.objects.exists()


def test_an_officer_who_acts_for_the_provider_stands_too_near_and_the_log_knows(town: Town) -> None:
    all_approved(town)
    near = replace(at(town.cast.cecilia, NOW), provider_ids=frozenset({town.cast.fjarran_id}))
    wish = a_wish(town, a_decision(town), town.cast.fjarran_id)
    assert actions.choose(near, wish, now=NOW) is Refusal.NO_RELATION
    refused = LogEntry.objects.get(action="choose_home_provider")
    assert (refused.outcome, refused.recipient_id) == ("no_relation", town.cast.recipient_id)
