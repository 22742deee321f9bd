"""What happens to a recipient, what it does to her order at once, and who must be told.

Whom an event is told to is the routine's choice; that the other party of an order learns what became of it is not.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from timvis.core.access import Role
from timvis.core.faults import Refusal
from timvis.core.home_care.order import BEGUN, OVER, OrderAct, Standing, after
from timvis.core.records import Instant


class EventKind(StrEnum):
    """What has happened; the words of the routine's `told_at_once`, and two that only the desk knows."""

    NEEDS_CHANGE = "needs_change"
    HOSPITAL = "hospital"
    PLANNED_DISCHARGE = "planned_discharge"
    DEATH = "death"
    DECLINED_AGAIN_AND_AGAIN = "help_is_declined_again_and_again"
    WISH_TO_END = "wish_to_end"
    CASE_IS_ENDED = "case_is_ended"
    MOVES = "moves"
    WISH_IS_CONFIRMED = "wish_is_confirmed"


class Task(StrEnum):
    """What somebody must do besides being told."""

    DECIDE_ANEW = "decide_anew"
    FOLLOW_UP = "follow_up"
    ASK_THE_RECIPIENT = "ask_the_recipient"
    SAY_THAT_IT_MAY_BE_CLOSED = "say_that_it_may_be_closed"
    RETURN_DOCUMENTS = "return_documents"
    ORDER_FROM_ANOTHER = "order_from_another"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened, or is planned to: when, and who says so."""

    kind: EventKind
    at: Instant
    by: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class TellRule:
    """The routine's rule that whoever learns of an event tells somebody at once."""

    event: EventKind
    by: Role
    to: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequence:
    """What an event leads to: the act on the order from an instant on (None: it goes on), who is told, what to do.

    Visits that begin at `from_at` or later are no longer ordered after a pause or an end.
    """

    act: OrderAct | None
    from_at: Instant
    told: frozenset[Role]
    tasks: tuple[tuple[Role, Task], ...]


REPORTED_BY: Mapping[Role, frozenset[EventKind]] = {
    Role.CASE_OFFICER: frozenset(EventKind),
    Role.PROVIDER_ADMIN: frozenset(
        {
            EventKind.NEEDS_CHANGE,
            EventKind.HOSPITAL,
            EventKind.PLANNED_DISCHARGE,
            EventKind.DEATH,
            EventKind.DECLINED_AGAIN_AND_AGAIN,
            EventKind.WISH_TO_END,
            EventKind.MOVES,
        }
    ),
    Role.RECIPIENT: frozenset(
        {
            EventKind.NEEDS_CHANGE,
            EventKind.HOSPITAL,
            EventKind.PLANNED_DISCHARGE,
            EventKind.WISH_TO_END,
            EventKind.WISH_IS_CONFIRMED,
            EventKind.MOVES,
        }
    ),
}
"""Who may tell of what: that a case is ended is the officer's, and a wish is confirmed by her whose it is."""

OF_THE_PERSON = frozenset({EventKind.HOSPITAL, EventKind.PLANNED_DISCHARGE, EventKind.DEATH, EventKind.MOVES})
"""What happens to the recipient, whoever helps her: it concerns every order she has."""

HAS_HAPPENED = frozenset({EventKind.HOSPITAL, EventKind.DEATH, EventKind.DECLINED_AGAIN_AND_AGAIN})
"""What is told when it has happened; the rest may lie ahead."""

_ACTS: Mapping[EventKind, OrderAct] = {
    EventKind.HOSPITAL: OrderAct.PAUSE,
    EventKind.PLANNED_DISCHARGE: OrderAct.RESUME,
    EventKind.DEATH: OrderAct.END,
    EventKind.MOVES: OrderAct.END,
    EventKind.CASE_IS_ENDED: OrderAct.END,
}
_TASKS: Mapping[EventKind, tuple[Role, Task]] = {
    EventKind.NEEDS_CHANGE: (Role.CASE_OFFICER, Task.DECIDE_ANEW),
    EventKind.DECLINED_AGAIN_AND_AGAIN: (Role.CASE_OFFICER, Task.FOLLOW_UP),
    EventKind.WISH_TO_END: (Role.CASE_OFFICER, Task.ASK_THE_RECIPIENT),
    EventKind.WISH_IS_CONFIRMED: (Role.CASE_OFFICER, Task.SAY_THAT_IT_MAY_BE_CLOSED),
}
_PARTIES = frozenset({Role.PROVIDER_ADMIN, Role.CASE_OFFICER})


def consequence(
    event: Event, standing: Standing, rules: Iterable[TellRule], *, before: Sequence[Event] = ()
) -> Consequence | Refusal:
    """Return what an event leads to. `before` are the order's earlier events.

    Refused is to close a case on a wish that only the provider has told of: the recipient is asked first.
    """
    if event.kind is EventKind.CASE_IS_ENDED and awaits_recipient(before):
        return Refusal.PARTY_IS_NOT_HEARD
    act = _act(event, standing)
    told = {rule.to for rule in rules if rule.event is event.kind and rule.by is event.by}
    if act is not None:
        told |= _PARTIES - {event.by}
    tasks = [_TASKS[event.kind]] if event.kind in _TASKS and standing.status not in OVER else []
    if act is OrderAct.END and standing.status in BEGUN:
        tasks.append((Role.PROVIDER_ADMIN, Task.RETURN_DOCUMENTS))
    told |= {role for role, _task in tasks if role is not event.by}
    return Consequence(act=act, from_at=event.at, told=frozenset(told), tasks=tuple(tasks))


def awaits_recipient(events: Iterable[Event]) -> bool:
    """Return whether somebody else has told of the recipient's wish to end, and she has not confirmed it since."""
    waits = False
    for event in events:
        if event.kind is EventKind.WISH_TO_END:
            waits = event.by is not Role.RECIPIENT
        elif event.kind is EventKind.WISH_IS_CONFIRMED:
            waits = False
    return waits


def _act(event: Event, standing: Standing) -> OrderAct | None:
    """Return what is done with the order; nothing when it is so already."""
    act = _ACTS.get(event.kind)
    return None if act is None or isinstance(after(act, standing, event.at), Refusal) else act
