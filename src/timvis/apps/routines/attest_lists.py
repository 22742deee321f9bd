"""Acts about a board's attest list: one person drafts it, another enters that the board has adopted it."""

from datetime import date, datetime

from timvis.apps.routines import board_lists, records
from timvis.apps.routines.board_lists import Drafted, ListSort
from timvis.apps.routines.models import AttestList, AttestListAdoption, AttestRight
from timvis.core.access import Action, Actor
from timvis.core.faults import Fault, Refusal
from timvis.core.routine import attest_rights as core
from timvis.core.routine.attest_lists import list_faults

ATTEST_LISTS: ListSort[core.AttestRight] = ListSort(
    name="attest_list",
    draft=Action.DRAFT_ATTEST_LIST,
    adopt=Action.ADOPT_ATTEST_LIST,
    lists=AttestList,
    rows=AttestRight,
    adoptions=AttestListAdoption,
    whole=core.AttestList,
    faults=list_faults,
    columns=lambda right: {"act": right.act, "responsibility": right.responsibility or ""},
    read=records.attest_list,
    book=lambda municipality, known_at: records.attest_book(municipality, known_at=known_at),
)


def draft_attest_list(
    actor: Actor, drafted: Drafted[core.AttestRight], *, now: datetime
) -> int | Refusal | tuple[Fault, ...]:
    """Return the id of a drafted list, or everything that is wrong with it; it gives nobody any right yet."""
    return board_lists.draft(ATTEST_LISTS, actor, drafted, now)


def adopt_attest_list(actor: Actor, *, list_id: int, decision: str, adopted_on: date, now: datetime) -> int | Refusal:
    """Return the id of a list whose rights hold from now on, within its days (`board_lists.adopt`)."""
    return board_lists.adopt(ATTEST_LISTS, actor, list_id=list_id, decision=decision, adopted_on=adopted_on, now=now)
