"""Who comes to those who choose nobody: everybody in turn, the full skipped and remembered, all of it provable."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timvis.core.home_care.capacity import Capacity, Room, room
from timvis.core.home_care.providers import CannotTake
from timvis.core.home_care.turn_order import (
    Assigned,
    Entry,
    Joined,
    Left,
    LogProblemKind,
    Need,
    NobodyCan,
    counts,
    next_turn,
    problems,
    remembered,
    turns,
)
from timvis.core.quantities import Minutes

FIRST = date(2026, 1, 1)
THREE = ("Björken", "Eken", "Granen")
TEN = Decimal(10)


def started(*providers: str) -> list[Entry]:
    return [Joined(on=FIRST, provider=provider) for provider in providers]


def open_capacity(*providers: str) -> list[Capacity]:
    return [Capacity(provider=provider, ordered_minutes=Minutes(0)) for provider in providers]


def full(provider: str) -> Capacity:
    return Capacity(provider=provider, ordered_minutes=Minutes(600), ceiling_minutes=Minutes(600))


def assign(
    log: list[Entry],
    capacities: Iterable[Capacity],
    *,
    minutes: int = 60,
    offering: Iterable[str] | None = None,
) -> Assigned | NobodyCan:
    known = tuple(capacities)
    need = Need(on=FIRST + timedelta(days=len(log)), order=f"B {len(log)}", minutes=Minutes(minutes))
    offers = {one.provider for one in known} if offering is None else set(offering)
    unfit = {one.provider: CannotTake.SERVICE_IS_NOT_OFFERED for one in known if one.provider not in offers}
    turn = next_turn(log, need, known, unfit=unfit)
    if isinstance(turn, Assigned):
        log.append(turn)
    return turn


def got(log: list[Entry]) -> list[str]:
    return [entry.provider for entry in log if isinstance(entry, Assigned)]


def test_everybody_gets_one_in_turn_and_then_it_begins_again() -> None:
    log = started(*THREE)
    for _ in range(4):
        assign(log, open_capacity(*THREE))
    assert got(log) == ["Björken", "Eken", "Granen", "Björken"]


def test_who_is_full_is_skipped_remembered_and_comes_first_when_there_is_room_again() -> None:
    log = started(*THREE)
    without_birch = [full("Björken"), *open_capacity("Eken", "Granen")]
    for _ in range(3):
        assign(log, without_birch)
    assert got(log) == ["Eken", "Granen", "Eken"]
    assert remembered(log) == ("Björken",)
    assign(log, open_capacity(*THREE))
    assign(log, open_capacity(*THREE))
    assert got(log)[3:] == ["Björken", "Granen"]
    assert remembered(log) == ()
    assert problems(log) == ()


def test_who_has_room_for_a_little_but_not_for_this_is_skipped_with_the_figures() -> None:
    log = started("Björken", "Eken")
    nearly = Capacity(provider="Björken", ordered_minutes=Minutes(550), ceiling_minutes=Minutes(600))
    turn = assign(log, [nearly, *open_capacity("Eken")])
    assert isinstance(turn, Assigned)
    assert turn.provider == "Eken"
    assert [(one.because, one.capacity) for one in turn.skipped] == [(CannotTake.FULL, nearly)]


def test_who_does_not_offer_the_service_keeps_its_place() -> None:
    log = started("Björken", "Eken")
    assign(log, open_capacity("Björken", "Eken"), offering=["Eken"])
    assert got(log) == ["Eken"]
    assert turns(log)[0] == "Björken"


def test_when_nobody_can_it_says_why_of_each_and_the_log_stays_as_it_was() -> None:
    log = started("Björken", "Eken")
    turn = assign(log, [full("Björken"), full("Eken")])
    assert isinstance(turn, NobodyCan)
    assert [one.provider for one in turn.skipped] == ["Björken", "Eken"]
    assert got(log) == []


def test_a_new_provider_and_one_that_comes_back_stand_last() -> None:
    log = started("Björken", "Eken")
    assign(log, open_capacity("Björken", "Eken"))
    log += [Left(on=date(2026, 2, 1), provider="Eken"), Joined(on=date(2026, 2, 1), provider="Granen")]
    log.append(Joined(on=date(2026, 3, 1), provider="Eken"))
    assert turns(log) == ("Björken", "Granen", "Eken")


def test_the_turn_of_a_provider_without_stated_capacity_could_not_be_proven() -> None:
    with pytest.raises(LookupError):
        assign(started(*THREE), open_capacity("Eken"))


@pytest.mark.parametrize(
    ("percent_used", "expected"), [(0, Room.OPEN), (89, Room.OPEN), (90, Room.NEAR), (99, Room.NEAR), (100, Room.FULL)]
)
def test_the_provider_is_near_its_ceiling_when_a_tenth_is_left(percent_used: int, expected: Room) -> None:
    capacity = Capacity(provider="Eken", ordered_minutes=Minutes(percent_used), ceiling_minutes=Minutes(100))
    assert room(capacity, TEN) is expected


def test_no_ceiling_is_never_near_and_a_ceiling_below_what_is_ordered_is_full() -> None:
    assert room(Capacity(provider="Eken", ordered_minutes=Minutes(10**6)), TEN) is Room.OPEN
    over = Capacity(provider="Eken", ordered_minutes=Minutes(120), ceiling_minutes=Minutes(100))
    assert room(over, TEN) is Room.FULL
    assert not over.takes(Minutes(0))


def test_w_38_the_ceiling_of_two_hundred_hours_and_the_list_of_three() -> None:
    hours = [Minutes(allocated * 60) for allocated in (179, 180)]
    ceiling = Minutes(200 * 60)
    capacities = [Capacity(provider="A", ordered_minutes=used, ceiling_minutes=ceiling) for used in hours]
    assert [room(capacity, TEN) for capacity in capacities] == [Room.OPEN, Room.NEAR]
    log = started("A", "B", "C")
    for _ in range(4):
        assign(log, open_capacity("A", "B", "C"))
    assert got(log)[2:] == ["C", "A"]


@given(providers=st.integers(1, 12), rounds=st.integers(0, 8))
def test_with_open_capacity_everybody_has_got_n_after_n_times_the_providers(providers: int, rounds: int) -> None:
    names = [f"Utförare {number}" for number in range(providers)]
    log = started(*names)
    for _ in range(providers * rounds):
        assign(log, open_capacity(*names))
    assert counts(log) == dict.fromkeys(names, rounds)


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[str], list[Entry], frozenset[str]]:
    """A list whose providers are now full, now not; and which of them never were."""
    names = [f"Utförare {number}" for number in range(draw(st.integers(1, 6)))]
    log = started(*names)
    never_full = set(names)
    for _ in range(draw(st.integers(0, 25))):
        full_now = draw(st.sets(st.sampled_from(names)))
        never_full -= full_now
        assign(log, [full(name) if name in full_now else open_capacity(name)[0] for name in names])
    return names, log, frozenset(never_full)


@given(histories())
def test_whoever_always_had_room_is_never_more_than_one_from_another_who_had(
    history: tuple[list[str], list[Entry], frozenset[str]],
) -> None:
    _names, log, never_full = history
    numbers = [count for name, count in counts(log).items() if name in never_full]
    assert not numbers or max(numbers) - min(numbers) <= 1


@given(histories())
def test_every_log_that_was_written_by_the_rule_is_proven_by_itself(
    history: tuple[list[str], list[Entry], frozenset[str]],
) -> None:
    names, log, _never_full = history
    assert problems(log) == ()
    assert sorted(turns(log)) == sorted(names)


@given(histories(), st.data())
def test_a_turn_given_to_another_than_the_one_who_had_it_is_found(
    history: tuple[list[str], list[Entry], frozenset[str]], data: st.DataObject
) -> None:
    names, log, _never_full = history
    assigned = [number for number, entry in enumerate(log) if isinstance(entry, Assigned)]
    if not assigned or len(names) == 1:
        return
    number = data.draw(st.sampled_from(assigned))
    entry = log[number]
    assert isinstance(entry, Assigned)
    other = data.draw(st.sampled_from([name for name in names if name != entry.provider]))
    forged = [*log[:number], replace(entry, provider=other), *log[number + 1 :]]
    assert number + 1 in {problem.number for problem in problems(forged)}


def test_what_else_a_log_can_have_wrong() -> None:
    log: list[Entry] = [
        *started("Eken", "Eken"),
        Left(on=FIRST, provider="Granen"),
        Assigned(on=FIRST - timedelta(days=1), provider="Eken", order="B 1", minutes=Minutes(60)),
        Assigned(on=FIRST, provider="Eken", order="B 1", minutes=Minutes(60)),
    ]
    assert [(problem.number, problem.kind) for problem in problems(log)] == [
        (2, LogProblemKind.JOINED_TWICE),
        (3, LogProblemKind.IS_NOT_IN_THE_LIST),
        (4, LogProblemKind.BEFORE_THE_ENTRY_ABOVE),
        (5, LogProblemKind.ORDER_TWICE),
    ]


def test_a_provider_that_was_called_full_while_it_had_room_is_found() -> None:
    log = started("Björken", "Eken")
    turn = assign(log, [full("Björken"), *open_capacity("Eken")])
    assert isinstance(turn, Assigned)
    with_room = replace(turn.skipped[0], capacity=open_capacity("Björken")[0])
    log[-1] = replace(turn, skipped=(with_room,))
    assert [problem.kind for problem in problems(log)] == [LogProblemKind.SKIPPED_WITHOUT_CAUSE]
