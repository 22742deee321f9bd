"""What a board gives by a list it adopts: who holds which right on a day, and when a deputy's turn has come.

A list is never edited; the newest adopted list of a board that holds on a day is the one that speaks for it. A
right is a person's or a position's, up to an amount or any. A deputy's right sleeps until everybody who holds
the right it stands in for is registered as off duty. Everything here is asked for a day, on what was known at one
moment. What a right is *for* stands in `attest_rights` and in `core.procedure.delegation`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Generic, TypeVar

from timvis.core.faults import Refusal
from timvis.core.quantities import Ore


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedRight:
    """One row of a list: exactly one of `person_id` and `position` is told.

    `up_to_ore` None reaches every amount. `deputy_of` is the number of the row it stands in for. `valid_to` is the
    first day without it.
    """

    number: int
    person_id: int | None = None
    position: str | None = None
    up_to_ore: Ore | None = None
    valid_from: date
    valid_to: date
    deputy_of: int | None = None


R = TypeVar("R", bound=ListedRight)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardList(Generic[R]):
    """What one board adopted; lists of one sort in a municipality are numbered in one series."""

    number: int
    board: str
    valid_from: date
    valid_to: date
    rights: tuple[R, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionHolder:
    """That a person holds a position, from a day up to but not including another, or until further notice."""

    position: str
    person_id: int
    held_from: date
    held_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OffDuty:
    """That a person is away, from a day up to but not including another."""

    person_id: int
    off_from: date
    off_to: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RightsBook(Generic[R]):
    """Everything that rights are judged on, as it was known at one moment."""

    lists: tuple[BoardList[R], ...] = ()
    holders: tuple[PositionHolder, ...] = ()
    off_duty: tuple[OffDuty, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RightHeld(Generic[R]):
    """A right in somebody's hands on a day; `held_to` is the first day it no longer is, as far as is known."""

    list_number: int
    board: str
    right: R
    person_id: int
    held_from: date
    held_to: date


def who_could(book: RightsBook[R], on: date) -> tuple[RightHeld[R], ...]:
    """Return every right that could be used on a day, by list, row and person: of deputies only those on call."""
    away = _away(book, on)
    return tuple(
        held
        for adopted in _in_force(book, on)
        for held in _held(book, adopted, on)
        if held.person_id not in away and _is_awake(book, adopted, held.right, on)
    )


def right_among(
    book: RightsBook[R], covers: Callable[[R], bool], *, person_id: int, amount_ore: int, on: date, missing: Refusal
) -> RightHeld[R] | Refusal:
    """Return the right by which a person may do a thing on a day, or why she may not, in the order of `Refusal`.

    `covers` says which rights are for the thing; `missing` is the refusal when she holds none of them.
    """
    lists = {adopted.number: adopted for adopted in _in_force(book, on)}
    mine = [
        held
        for adopted in lists.values()
        for held in _held(book, adopted, on)
        if held.person_id == person_id and covers(held.right)
    ]
    if not mine:
        return missing
    if person_id in _away(book, on):
        return Refusal.IS_OFF_DUTY
    awake = [held for held in mine if _is_awake(book, lists[held.list_number], held.right, on)]
    if not awake:
        return Refusal.ORDINARY_IS_ON_DUTY
    reaching = (held for held in awake if held.right.up_to_ore is None or abs(amount_ore) <= held.right.up_to_ore)
    return next(reaching, Refusal.ABOVE_AMOUNT_LIMIT)


def stands_in_for(book: RightsBook[R], person_id: int, days: tuple[date, date]) -> frozenset[int]:
    """Return the persons a person is deputy of, in some list in force between two days (the last not counted)."""
    first, last = days
    found: set[int] = set()
    for adopted in book.lists:
        by_number = {right.number: right for right in adopted.rights}
        for right in adopted.rights:
            if right.deputy_of is None or right.valid_to <= first or last <= right.valid_from:
                continue
            if person_id in holders_between(book, right, days):
                ordinary = by_number[right.deputy_of]
                found |= holders_between(book, ordinary, days)
    return frozenset(found - {person_id})


def holders_between(book: RightsBook[R], right: R, days: tuple[date, date]) -> frozenset[int]:
    """Return who holds a right on some day between two days (the last not counted)."""
    first, last = days
    if right.person_id is not None:
        return frozenset({right.person_id})
    return frozenset(
        holder.person_id
        for holder in book.holders
        if holder.position == right.position
        and holder.held_from < last
        and (holder.held_to is None or first < holder.held_to)
    )


def _in_force(book: RightsBook[R], on: date) -> tuple[BoardList[R], ...]:
    """Return the list that speaks for each board on a day, in number order."""
    newest: dict[str, BoardList[R]] = {}
    for adopted in sorted(book.lists, key=lambda one: one.number):
        if adopted.valid_from <= on < adopted.valid_to:
            newest[adopted.board] = adopted
    return tuple(sorted(newest.values(), key=lambda one: one.number))


def _held(book: RightsBook[R], adopted: BoardList[R], on: date) -> Iterator[RightHeld[R]]:
    """Yield the rights of a list that hold on a day, each once per person who holds it."""
    for right in sorted(adopted.rights, key=lambda one: one.number):
        if not right.valid_from <= on < right.valid_to:
            continue
        held = RightHeld(
            list_number=adopted.number,
            board=adopted.board,
            right=right,
            person_id=right.person_id or 0,
            held_from=max(right.valid_from, adopted.valid_from),
            held_to=min(right.valid_to, adopted.valid_to),
        )
        if right.person_id is not None:
            yield held
            continue
        for holder in sorted(_holding(book, right, on), key=lambda one: one.person_id):
            yield replace(
                held,
                person_id=holder.person_id,
                held_from=max(held.held_from, holder.held_from),
                held_to=min(held.held_to, holder.held_to or held.held_to),
            )


def _holding(book: RightsBook[R], right: R, on: date) -> Iterator[PositionHolder]:
    for holder in book.holders:
        if (
            holder.position == right.position
            and holder.held_from <= on
            and (holder.held_to is None or on < holder.held_to)
        ):
            yield holder


def _is_awake(book: RightsBook[R], adopted: BoardList[R], right: R, on: date) -> bool:
    """Whether a right can be used on a day: an ordinary one always, a deputy's when it is her turn.

    An empty position is nobody who is away: then the board has to say whose right it is.
    """
    if right.deputy_of is None:
        return True
    ordinary = next(one for one in adopted.rights if one.number == right.deputy_of)
    holders = {held.person_id for held in _held(book, adopted, on) if held.right is ordinary}
    return bool(holders) and holders <= _away(book, on) and _is_awake(book, adopted, ordinary, on)


def _away(book: RightsBook[R], on: date) -> set[int]:
    return {one.person_id for one in book.off_duty if one.off_from <= on < one.off_to}
