"""Acts about a board's delegation order: one person drafts it, another enters that the board has adopted it."""

from datetime import date, datetime
from typing import Any

from timvis.apps.routines import board_lists, records
from timvis.apps.routines.board_lists import Drafted, ListSort
from timvis.apps.routines.models import DelegationOrder, DelegationOrderAdoption, DelegationRow
from timvis.core.access import Action, Actor
from timvis.core.faults import Fault, Refusal
from timvis.core.procedure import delegation as core
from timvis.core.procedure.decision import Outcome


def _columns(row: core.DelegationRow) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "may_grant": Outcome.GRANTED in row.outcomes,
        "may_grant_partly": Outcome.PARTLY_GRANTED in row.outcomes,
        "may_refuse": Outcome.REFUSED in row.outcomes,
        "may_be_passed_on": row.may_be_passed_on,
        "may_be_automated": row.may_be_automated,
    }


DELEGATION_ORDERS: ListSort[core.DelegationRow] = ListSort(
    name="delegation_order",
    draft=Action.DRAFT_DELEGATION_ORDER,
    adopt=Action.ADOPT_DELEGATION_ORDER,
    lists=DelegationOrder,
    rows=DelegationRow,
    adoptions=DelegationOrderAdoption,
    whole=core.DelegationOrder,
    faults=core.order_faults,
    columns=_columns,
    read=records.delegation_order,
    book=lambda municipality, known_at: records.delegation_book(municipality, known_at=known_at),
)


def draft_delegation_order(
    actor: Actor, drafted: Drafted[core.DelegationRow], *, now: datetime
) -> int | Refusal | tuple[Fault, ...]:
    """Return the id of a drafted order, or everything that is wrong with it; it gives nobody any right yet."""
    return board_lists.draft(DELEGATION_ORDERS, actor, drafted, now)


def adopt_delegation_order(
    actor: Actor, *, list_id: int, decision: str, adopted_on: date, now: datetime
) -> int | Refusal:
    """Return the id of an order by which its board's decisions are made from now on (`board_lists.adopt`)."""
    return board_lists.adopt(
        DELEGATION_ORDERS, actor, list_id=list_id, decision=decision, adopted_on=adopted_on, now=now
    )
