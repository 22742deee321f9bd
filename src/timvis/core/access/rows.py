"""One row of the access table, and how many are written at once."""

from collections.abc import Iterable
from dataclasses import dataclass

from timvis.core.access.terms import Action, Relation, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One opened cell; no `states` means every state."""

    role: Role
    action: Action
    relation: Relation
    states: frozenset[str]
    reason: str


def open_to(
    roles: Iterable[Role],
    actions: Iterable[Action],
    relation: Relation,
    reason: str,
    *,
    states: Iterable[str] = (),
) -> tuple[Row, ...]:
    """Return one row per role and action, all with the same relation, states and reason."""
    kept = frozenset(states)
    wanted = tuple(actions)
    return tuple(
        Row(role=role, action=action, relation=relation, states=kept, reason=reason)
        for role in roles
        for action in wanted
    )
