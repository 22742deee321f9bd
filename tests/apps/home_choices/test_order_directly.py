"""An order without a choice being written down does not go past the provider that she has chosen."""

import pytest

from tests.apps.home_choices.choosing import (
    HELP,
    Town,
    a_decision,
    a_town,
    a_wish,
    all_approved,
    chosen,
    hours,
    made,
    with_rules,
)
from tests.apps.home_orders.town import MONDAY, NOW, at
from timvis.apps.home_choices.actions import order_directly
from timvis.apps.home_orders.actions import WantedOrder
from timvis.apps.home_orders.models import HomeOrder
from timvis.core.faults import Fault, Refusal
from timvis.core.home_care.decided import DecidedService
from timvis.core.records import GrantUnit


def ordered(town: Town, decision_id: int, provider_id: int) -> int | Refusal | tuple[Fault, ...]:
    wanted = WantedOrder(
        recipient_id=town.cast.recipient_id,
        provider_id=provider_id,
        decision_id=decision_id,
        services=(DecidedService(service=HELP, minutes=hours(5), per=GrantUnit.MONTH),),
        from_on=MONDAY,
    )
    return order_directly(at(town.cast.cecilia, NOW), wanted, now=NOW)


def test_another_than_the_chosen_provider_is_not_ordered_and_one_is_told_what_to_do(town: Town) -> None:
    all_approved(town)
    chosen(town, a_wish(town, a_decision(town), town.cast.ekot_id))

    outcome = ordered(town, a_decision(town, 2), town.cast.fjarran_id)

    assert isinstance(outcome, tuple)
    assert [one.column for one in outcome] == ["provider"]
    assert "Ekot" in outcome[0].message
    assert "nytt besked" in outcome[0].remedy
    assert HomeOrder.objects.count() == 1


def test_more_is_ordered_of_the_chosen_provider(town: Town) -> None:
    all_approved(town)
    chosen(town, a_wish(town, a_decision(town), town.cast.ekot_id))

    assert made(ordered(town, a_decision(town, 2), town.cast.ekot_id))


def test_before_any_choice_an_order_is_placed(town: Town) -> None:
    all_approved(town)

    assert made(ordered(town, a_decision(town), town.cast.fjarran_id))


@pytest.mark.django_db
def test_where_there_is_no_system_of_choice_the_officer_orders_of_whom_she_wants() -> None:
    town = a_town(routine=with_rules(('no_choice = "dated_turn_list"\n', "")))
    all_approved(town)
    chosen(town, a_wish(town, a_decision(town), town.cast.ekot_id))

    assert made(ordered(town, a_decision(town, 2), town.cast.fjarran_id))
