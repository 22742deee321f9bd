"""Who may do what to whom, in which state: one table, one function that reads it.

A row opens one cell of role × action × relation × state; what no row opens is closed. A row is never narrowed
elsewhere into something wider: routines, attest rights and amount limits may only take away.

The relation is the *nearest* one the actor has to the person an object concerns (`Relation`, nearest first).
An officer whose own matter it is, or who acts for the provider or the recipient in it, therefore stands as
`SELF`, `OWN_PROVIDER` or `AGENT`, and no officer's row opens for those: whoever is a party is disqualified
without a rule of its own (FL 16 §).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from timvis.core.access.rows import Row
from timvis.core.access.table import POLICY
from timvis.core.access.terms import (
    FRESH_LOGIN,
    NEEDS_FRESH_LOGIN,
    NEW,
    Action,
    BookingStatus,
    ClaimStatus,
    HomeOrderStatus,
    Relation,
    Role,
)
from timvis.core.faults import Refusal

__all__ = [
    "FRESH_LOGIN",
    "NEEDS_FRESH_LOGIN",
    "NEW",
    "POLICY",
    "Action",
    "Actor",
    "BookingStatus",
    "ClaimStatus",
    "HomeOrderStatus",
    "Relation",
    "Role",
    "Row",
    "is_fresh",
    "may",
    "opened",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """The person who asks, with what was true of her when she logged in; the clock acts as role `system`."""

    person_id: int
    name: str
    personal_number: str
    roles: frozenset[str]
    municipality: str
    provider_ids: frozenset[int] = frozenset()
    logged_in_at: datetime


def may(
    actor: Actor | None,
    action: str,
    *,
    relation: str,
    state: str = NEW,
    now: datetime | None = None,
) -> Refusal | None:
    """Return None when the table lets the actor do it, else the first refusal that holds.

    `now` is asked for by the actions in `NEEDS_FRESH_LOGIN`; without it they are refused. An action or a
    relation that does not exist raises `ValueError`: that is a mistake of ours, not of the person's.
    """
    wanted, near = Action(action), Relation(relation)
    if actor is None:
        return Refusal.NOT_LOGGED_IN
    rows = [row for row in POLICY if row.action is wanted and row.role in actor.roles]
    if not rows:
        return Refusal.ROLE_DOES_NOT_ALLOW
    rows = [row for row in rows if row.relation is near]
    if not rows:
        return Refusal.NO_RELATION
    if wanted in NEEDS_FRESH_LOGIN and not is_fresh(actor, now):
        return Refusal.LOGIN_TOO_OLD
    if not any(not row.states or state in row.states for row in rows):
        return Refusal.WRONG_STATE
    return None


def opened(actor: Actor, relation: Relation) -> frozenset[Action]:
    """Return what the table opens to an actor in a relation, in some state or other."""
    return frozenset(row.action for row in POLICY if row.role in actor.roles and row.relation is relation)


def is_fresh(actor: Actor, now: datetime | None) -> bool:
    """Return whether the actor logged in at most `FRESH_LOGIN` before `now`, and not after it."""
    return now is not None and timedelta(0) <= now - actor.logged_in_at <= FRESH_LOGIN
