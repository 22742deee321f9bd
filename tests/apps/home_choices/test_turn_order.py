"""Whoever chooses nobody gets the provider whose turn it is, and anybody can see that it was."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.apps.home_choices.choosing import (
    Town,
    a_decision,
    a_wish,
    all_approved,
    an_agreement,
    approved,
    chosen,
    hours,
    made,
    placed_at,
)
from tests.apps.home_orders.town import MONDAY, NOW, at
from tests.cast import ok, with_role
from timvis.apps.home_choices import actions, agreement_acts, proof, queries, turn_acts
from timvis.apps.home_choices.models import EntryKind, HomeAgreement, HomeChoice, HowChosen, TurnEntry
from timvis.apps.home_orders.models import HomeOrder
from timvis.core.access import Role
from timvis.core.faults import Refusal
from timvis.core.home_care.capacity import Capacity
from timvis.core.home_care.providers import CannotTake
from timvis.core.home_care.turn_order import (
    Assigned,
    LogProblemKind,
    Skipped,
    counts,
    problems,
    remembered,
    turns,
)
from timvis.formats.frozen import freeze


def log() -> tuple[object, ...]:
    return queries.turn_log("leksand", "")


def given(town: Town, number: int, hours_a_month: int = 10, now: datetime = NOW) -> HomeChoice:
    """Let Alma choose nobody for one more decision."""
    return chosen(town, a_wish(town, a_decision(town, number, hours_a_month), None), now=now)


def test_the_first_in_the_list_gets_the_order_and_the_row_is_dated(town: Town) -> None:
    ekot, fjarran, own = all_approved(town)
    choice = given(town, 1)
    assert (choice.how, choice.order.provider_id) == ("in_turn", ekot)
    assert choice.turn is not None
    assert (choice.turn.on, choice.turn.reference, choice.turn.minutes) == (MONDAY, choice.order.number, 600)
    # All three came in the same day, in the order of their names; whoever had its turn now stands last.
    assert turns(queries.turn_log("leksand", "")) == (str(fjarran), str(own), str(ekot))


def test_with_open_capacity_everybody_has_got_n_after_n_times_the_providers(town: Town) -> None:
    three = all_approved(town)
    for number in range(1, 3 * 4 + 1):
        given(town, number, 1)
        if number % 3 == 0:
            assert counts(queries.turn_log("leksand", "")) == {str(one): number // 3 for one in three}
    assert proof.of_turns("leksand", "").problems == ()


def test_whatever_happens_to_ceilings_and_agreements_the_log_proves_every_turn(town: Town) -> None:
    # A seeded walk: the ceilings move, a provider goes and comes back, and recipients choose nobody in between.
    chance = random.Random(42)
    three = all_approved(town)
    now = NOW
    for number in range(1, 13):
        now += timedelta(days=1)
        head = at(town.head, now)
        one = chance.choice(three)
        seen = HomeAgreement.objects.get(provider_id=one).versions.count()
        terms = an_agreement(
            valid_from=now.date(),
            ceiling_minutes=chance.choice([None, hours(5), hours(20), hours(40)]),
            ends_on=chance.choice([None, None, now.date()]),
        )
        made(agreement_acts.change_home_agreement(head, one, terms, seen=seen, now=now))
        actions.choose(at(town.cast.cecilia, now), a_wish(town, a_decision(town, number, 8), None), now=now)
    found = queries.turn_log("leksand", "")
    assert problems(found) == ()
    assert proof.of_turns("leksand", "").problems == ()
    assert any(isinstance(entry, Assigned) and entry.skipped for entry in found)


def test_a_full_provider_is_skipped_with_the_figures_remembered_and_comes_first_again(town: Town) -> None:
    ekot, fjarran, own = town.cast.ekot_id, town.cast.fjarran_id, town.own_id
    approved(town, ekot, ceiling_minutes=hours(15))
    approved(town, fjarran)
    approved(town, own)
    for number in (1, 2, 3):
        given(town, number)
    fourth = given(town, 4)
    # Ekot has 10 of 15 hours: 10 more do not fit.
    assert fourth.order.provider_id == fjarran
    entry = queries.turn_log("leksand", "")[-1]
    assert isinstance(entry, Assigned)
    [skipped] = entry.skipped
    assert (skipped.because, skipped.capacity.ordered_minutes, skipped.capacity.ceiling_minutes) == (
        CannotTake.FULL,
        hours(10),
        hours(15),
    )
    assert remembered(queries.turn_log("leksand", "")) == (str(ekot),)
    elsa = at(town.cast.elsa, NOW)
    made(agreement_acts.change_ceiling(elsa, ekot, hours(100), from_on=MONDAY, seen=1, now=NOW))
    assert given(town, 5).order.provider_id == ekot


def test_who_leaves_a_provider_without_choosing_another_is_not_given_it_back(town: Town) -> None:
    ekot, fjarran, _own = all_approved(town)
    decision_id = a_decision(town)
    chosen(town, a_wish(town, decision_id, ekot))
    change = chosen(town, a_wish(town, decision_id, None))
    assert change.order.provider_id == fjarran
    entry = queries.turn_log("leksand", "")[-1]
    assert isinstance(entry, Assigned)
    assert [one.because for one in entry.skipped] == [CannotTake.RECIPIENT_LEAVES_IT]


def test_when_nobody_can_take_her_it_is_said_of_each_and_no_turn_is_used(town: Town) -> None:
    for provider_id in (town.cast.ekot_id, town.cast.fjarran_id):
        approved(town, provider_id, ceiling_minutes=hours(1))
    outcome = actions.choose(at(town.cast.cecilia, NOW), a_wish(town, a_decision(town), None), now=NOW)
    assert isinstance(outcome, tuple)
    assert "Ekot AB har inte plats" in outcome[0].message
    assert "Fjärran AB har inte plats" in outcome[0].message
    assert not HomeOrder.objects.exists()
    assert not TurnEntry.objects.filter(kind=EntryKind.ASSIGNED).exists()


def test_a_provider_whose_agreement_ends_goes_out_and_comes_back_last(town: Town) -> None:
    ekot, fjarran, own = all_approved(town)
    ok(turn_acts.keep_turn_order(town.cast.cecilia, now=NOW))
    april, may = datetime(2026, 4, 1, 8, tzinfo=UTC), datetime(2026, 5, 4, 8, tzinfo=UTC)
    ended = an_agreement(ends_on=april.date(), valid_from=MONDAY)
    made(agreement_acts.change_home_agreement(town.head, ekot, ended, seen=1, now=NOW))
    assert turn_acts.keep_turn_order(at(town.cast.machine, april), now=april) == 1
    assert turn_acts.keep_turn_order(at(town.cast.machine, april), now=april) == 0
    back = an_agreement(reference="LOV 2026-2", begins_on=may.date(), valid_from=may.date())
    made(agreement_acts.change_home_agreement(at(town.head, april), ekot, back, seen=2, now=april))
    assert turn_acts.keep_turn_order(at(town.cast.machine, may), now=may) == 1
    assert turns(queries.turn_log("leksand", "")) == (str(fjarran), str(own), str(ekot))


def test_the_turn_does_not_depend_on_whether_the_clock_has_been_round(town: Town) -> None:
    all_approved(town)
    assert log() == ()
    given(town, 1)
    assert [row.kind for row in TurnEntry.objects.order_by("number")] == ["joined", "joined", "joined", "assigned"]


def test_of_two_officers_who_give_the_same_turn_one_is_first(town: Town) -> None:
    all_approved(town)
    given(town, 1)
    plan = actions.plan_of(at(town.cast.cecilia, NOW), a_wish(town, a_decision(town, 2), None), now=NOW)
    assert isinstance(plan, actions.Plan)
    asked = turn_acts.ask_turn("leksand", plan.wanted, plan.routine, now=NOW)
    given(town, 3)
    assert isinstance(asked.turn, Assigned)
    attempt = actions.attempt_of(at(town.cast.cecilia, NOW), town.cast.recipient_id, NOW)
    row = turn_acts.write(
        attempt,
        "",
        number=len(asked.log) + 1,
        kind=EntryKind.ASSIGNED,
        provider_id=int(asked.turn.provider),
        on=MONDAY,
        turn=asked.turn,
    )
    assert row is None


def test_an_order_that_went_to_another_than_the_log_says_is_found(town: Town) -> None:
    all_approved(town)
    choice = given(town, 1)
    HomeOrder.objects.filter(pk=choice.order_id).update(provider_id=town.own_id)
    [problem] = proof.of_turns("leksand", "").problems
    assert "gick till en annan utförare" in problem.text


@pytest.mark.parametrize("role", [Role.PROVIDER_ADMIN, Role.FINANCE_ASSISTANT, Role.RECIPIENT])
def test_nobody_else_moves_the_turn_order(town: Town, role: Role) -> None:
    all_approved(town)
    outcome = turn_acts.keep_turn_order(with_role(town.cast.hasse, role), now=NOW)
    assert outcome is Refusal.ROLE_DOES_NOT_ALLOW


def test_a_ceiling_that_the_agreement_never_had_is_found(town: Town) -> None:
    ekot, fjarran = town.cast.ekot_id, town.cast.fjarran_id
    approved(town, ekot)
    approved(town, fjarran)
    ok(turn_acts.keep_turn_order(town.cast.cecilia, now=NOW))
    # Somebody writes past Timvis: Ekot is said to be full, by a ceiling nobody has agreed on.
    full = Capacity(provider=str(ekot), ordered_minutes=hours(1), ceiling_minutes=hours(1))
    skipped = Skipped(provider=str(ekot), because=CannotTake.FULL, capacity=full)
    order = placed_at(town, a_decision(town), fjarran)
    by: dict[str, Any] = {"made_at": NOW, "made_by_id": town.cast.cecilia.person_id}
    row = TurnEntry.objects.create(
        municipality_id=town.cast.municipality_id,
        number=3,
        kind=EntryKind.ASSIGNED,
        on=MONDAY,
        provider_id=fjarran,
        reference=order.number,
        minutes=hours(30),
        skipped=freeze(tuple[Skipped, ...], (skipped,)),
        **by,
    )
    HomeChoice.objects.create(
        recipient_id=town.cast.recipient_id,
        order=order,
        how=HowChosen.IN_TURN,
        told_on=MONDAY,
        first_on=MONDAY,
        turn=row,
        **by,
    )
    assert problems(queries.turn_log("leksand", "")) == ()
    [found] = proof.of_turns("leksand", "").problems
    assert (found.number, found.kind) == (3, LogProblemKind.AGREEMENT_SAID_OTHERWISE)
