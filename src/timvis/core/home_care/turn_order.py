"""Whose turn it is when the recipient chooses no provider (ickevalsalternativet), and the proof that it was.

The turn order is a list. The first that can take the recipient gets her, and goes last. Whoever is skipped keeps
its place, and so comes first as soon as it has room: one turn is remembered, not one for every time it was full,
for the ceiling is its own. A provider that joins goes last.

Nothing but the log is kept. Each entry says why every skipped provider was skipped, with the figures it rested
on, so that anybody can derive the order again and see that each turn was right. A list per area is a log per
area; a drawn list is one whose providers joined in the order they were drawn.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from timvis.core.home_care.capacity import Capacity
from timvis.core.home_care.providers import CannotTake
from timvis.core.quantities import Minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A provider that stood before the one who got the turn, and how full it was that day."""

    provider: str
    because: CannotTake
    capacity: Capacity


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """A provider comes into the list, last."""

    on: date
    provider: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """A provider leaves the list; should it come back, it comes back last."""

    on: date
    provider: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned:
    """A recipient who chose nobody got a provider. `minutes` is what was ordered a month, 0 without granted hours."""

    on: date
    provider: str
    order: str
    minutes: Minutes
    skipped: tuple[Skipped, ...] = ()


Entry = Joined | Left | Assigned


@dataclass(frozen=True, slots=True, kw_only=True)
class NobodyCan:
    """No provider of the list can take the recipient; whoever runs the list must find another way."""

    skipped: tuple[Skipped, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What has to be taken: the order it is for, and how much a month."""

    on: date
    order: str
    minutes: Minutes


class LogProblemKind(StrEnum):
    """What an entry of a log can have wrong."""

    BEFORE_THE_ENTRY_ABOVE = "before_the_entry_above"
    JOINED_TWICE = "joined_twice"
    IS_NOT_IN_THE_LIST = "is_not_in_the_list"
    ORDER_TWICE = "order_twice"
    ANOTHER_HAD_THE_TURN = "another_had_the_turn"
    SKIPPED_WITHOUT_CAUSE = "skipped_without_cause"
    NUMBER_IS_MISSING = "number_is_missing"
    ORDER_IS_NOT_THERE = "order_is_not_there"
    ORDER_WENT_ELSEWHERE = "order_went_elsewhere"
    AGREEMENT_SAID_OTHERWISE = "agreement_said_otherwise"


@dataclass(frozen=True, slots=True, kw_only=True)
class LogProblem:
    """An entry, counted from 1, that the entries before it don't lead to, as a Swedish sentence too."""

    number: int
    kind: LogProblemKind
    text: str


def turns(log: Iterable[Entry]) -> tuple[str, ...]:
    """Return the providers in the order in which they are asked next."""
    queue: list[str] = []
    for entry in log:
        _follow(queue, entry)
    return tuple(queue)


def remembered(log: Iterable[Entry]) -> tuple[str, ...]:
    """Return the providers that were skipped and have not had their turn since, first the one who comes first."""
    entries = tuple(log)
    waiting: set[str] = set()
    for entry in entries:
        if isinstance(entry, Assigned):
            waiting |= {one.provider for one in entry.skipped}
        if not isinstance(entry, Joined):
            waiting.discard(entry.provider)
    return tuple(provider for provider in turns(entries) if provider in waiting)


def next_turn(
    log: Iterable[Entry], need: Need, capacities: Iterable[Capacity], *, unfit: Mapping[str, CannotTake]
) -> Assigned | NobodyCan:
    """Return the entry to write for a need: who gets it, and why each before it in the list did not.

    `unfit` are the providers that cannot take it however much room they have. Raises `LookupError` when a provider
    of the list has no capacity stated, as the turn could then not be proven.
    """
    known = {capacity.provider: capacity for capacity in capacities}
    skipped: list[Skipped] = []
    for provider in turns(log):
        capacity = known[provider]
        because = unfit.get(provider) or (None if capacity.takes(need.minutes) else CannotTake.FULL)
        if because is None:
            return Assigned(
                on=need.on, provider=provider, order=need.order, minutes=need.minutes, skipped=tuple(skipped)
            )
        skipped.append(Skipped(provider=provider, because=because, capacity=capacity))
    return NobodyCan(skipped=tuple(skipped))


def problems(log: Sequence[Entry]) -> tuple[LogProblem, ...]:
    """Return every entry that does not follow from those before it; none is the proof that each turn was right."""
    found: list[LogProblem] = []
    queue: list[str] = []
    orders: set[str] = set()
    for number, entry in enumerate(log, start=1):
        kinds = [*_kinds(queue, entry)]
        if number > 1 and entry.on < log[number - 2].on:
            kinds.append(LogProblemKind.BEFORE_THE_ENTRY_ABOVE)
        if isinstance(entry, Assigned):
            if entry.order in orders:
                kinds.append(LogProblemKind.ORDER_TWICE)
            orders.add(entry.order)
        found += [problem(number, kind) for kind in kinds]
        _follow(queue, entry)
    return tuple(found)


def problem(number: int, kind: LogProblemKind) -> LogProblem:
    """Return what is wrong with a row, in words."""
    return LogProblem(number=number, kind=kind, text=_TEXTS[kind])


def counts(log: Iterable[Entry]) -> dict[str, int]:
    """Return how many recipients each provider that ever stood in the list has got from it."""
    found: dict[str, int] = {}
    for entry in log:
        found[entry.provider] = found.get(entry.provider, 0) + isinstance(entry, Assigned)
    return found


_TEXTS = {
    LogProblemKind.BEFORE_THE_ENTRY_ABOVE: "Raden har en tidigare dag än raden ovanför.",
    LogProblemKind.JOINED_TWICE: "Utföraren finns redan i turordningen.",
    LogProblemKind.IS_NOT_IN_THE_LIST: "Utföraren finns inte i turordningen.",
    LogProblemKind.ORDER_TWICE: "Beställningen har redan fått en utförare i turordning.",
    LogProblemKind.ANOTHER_HAD_THE_TURN: "En annan utförare stod före, och raden säger inte varför den hoppades över.",
    LogProblemKind.NUMBER_IS_MISSING: "En rad före den här saknas.",
    LogProblemKind.ORDER_IS_NOT_THERE: "Beställningen som raden talar om finns inte.",
    LogProblemKind.ORDER_WENT_ELSEWHERE: "Beställningen gick till en annan utförare än turen.",
    LogProblemKind.AGREEMENT_SAID_OTHERWISE: "Avtalet sade då något annat om den som hoppades över än raden gör.",
    LogProblemKind.SKIPPED_WITHOUT_CAUSE: "En utförare hoppades över som full fast den hade plats.",
}


def _follow(queue: list[str], entry: Entry) -> None:
    """Change the order as an entry says: last is whoever joins, and whoever just had its turn."""
    if entry.provider in queue and not isinstance(entry, Joined):
        queue.remove(entry.provider)
    if isinstance(entry, Left) or entry.provider in queue:
        return
    queue.append(entry.provider)


def _kinds(queue: Sequence[str], entry: Entry) -> Iterable[LogProblemKind]:
    if isinstance(entry, Joined):
        if entry.provider in queue:
            yield LogProblemKind.JOINED_TWICE
        return
    if entry.provider not in queue:
        yield LogProblemKind.IS_NOT_IN_THE_LIST
        return
    if isinstance(entry, Left):
        return
    before = queue[: queue.index(entry.provider)]
    if before != [one.provider for one in entry.skipped]:
        yield LogProblemKind.ANOTHER_HAD_THE_TURN
    full = [one for one in entry.skipped if one.because is CannotTake.FULL]
    if any(one.capacity.provider != one.provider or one.capacity.takes(entry.minutes) for one in full):
        yield LogProblemKind.SKIPPED_WITHOUT_CAUSE
