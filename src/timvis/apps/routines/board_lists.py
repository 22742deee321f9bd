"""Acts about any list that a board adopts: one person drafts it, another enters that the board has adopted it.

What differs between sorts of lists stands in a `ListSort`; `attest_lists` and `delegation_orders` each have one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic

from django.db import IntegrityError, transaction
from django.db.models import Max

from timvis.apps.audit.attempts import Attempt
from timvis.apps.audit.models import Person
from timvis.core.access import Action, Actor, Relation
from timvis.core.faults import Fault, Refusal
from timvis.core.routine.board_list_faults import given_to
from timvis.core.routine.board_lists import BoardList, R, RightsBook


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted(Generic[R]):
    """A list as somebody writes it; its rights are numbered from 1 in the order they stand."""

    board: str
    valid_from: date
    valid_to: date
    rights: tuple[R, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSort(Generic[R]):
    """One sort of list: its name in the log, its acts, its tables, and how rows and records become each other.

    `columns` gives a right's own columns, beside those that every right has; `whole` makes the core's list.
    """

    name: str
    draft: Action
    adopt: Action
    lists: Any
    rows: Any
    adoptions: Any
    whole: Callable[..., BoardList[R]]
    faults: Callable[[Any], tuple[Fault, ...]]
    columns: Callable[[R], dict[str, Any]]
    read: Callable[[Any], BoardList[R]]
    book: Callable[[str, datetime], RightsBook[R]]


@transaction.atomic
def draft(sort: ListSort[R], actor: Actor, drafted: Drafted[R], now: datetime) -> int | Refusal | tuple[Fault, ...]:
    """Return the id of a drafted list, or everything that is wrong with it; it gives nobody any right yet."""
    attempt = Attempt(actor, sort.draft, sort.name, "", now)
    if refusal := attempt.refused(Relation.OWN_MUNICIPALITY):
        return refusal
    lists = sort.lists.objects.filter(municipality=actor.municipality)
    whole = sort.whole(
        number=(lists.aggregate(last=Max("number"))["last"] or 0) + 1,
        board=drafted.board.strip(),
        valid_from=drafted.valid_from,
        valid_to=drafted.valid_to,
        rights=drafted.rights,
    )
    if faults := (*sort.faults(whole), *_strangers(whole)):
        return faults
    try:
        with transaction.atomic():
            list_id = _write(sort, actor, whole, now)
    except IntegrityError:
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    Attempt(actor, sort.draft, sort.name, list_id, now).done(
        detail={"number": whole.number, "rights": len(whole.rights)}
    )
    return list_id


@transaction.atomic
def adopt(
    sort: ListSort[R], actor: Actor, *, list_id: int, decision: str, adopted_on: date, now: datetime
) -> int | Refusal:
    """Return the id of a list whose rights hold from now on, within its days; `decision` names the board's minutes.

    Nobody enters the adoption of a list she has drafted, or that gives her a right by name or by position. A
    list that was drafted before one that its board has adopted since is of yesterday.
    """
    attempt = Attempt(actor, sort.adopt, sort.name, list_id, now)
    if refusal := attempt.refused(Relation.OWN_MUNICIPALITY):
        return refusal
    row = sort.lists.objects.filter(id=list_id, municipality=actor.municipality).first()
    if row is None:
        return attempt.refuse(Refusal.NOT_FOUND)
    if refusal := _refusal(sort, actor, row, now):
        return attempt.refuse(refusal)
    if not decision.strip():
        return attempt.refuse(Refusal.REASON_IS_MISSING)
    try:
        with transaction.atomic():
            sort.adoptions.objects.create(
                list=row,
                decision=decision.strip(),
                adopted_on=adopted_on,
                drafted_by_id=row.drafted_by_id,
                entered_by_id=actor.person_id,
                known_at=now,
            )
    except IntegrityError:
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    attempt.done(reason=decision, detail={"number": row.number, "adopted_on": adopted_on.isoformat()})
    return list_id


def _refusal(sort: ListSort[R], actor: Actor, row: Any, now: datetime) -> Refusal | None:
    later = sort.lists.objects.filter(
        municipality=row.municipality, board=row.board, number__gte=row.number, adoption__isnull=False
    )
    if later.exists():
        return Refusal.WRONG_STATE
    if row.drafted_by_id == actor.person_id:
        return Refusal.SAME_PERSON_ALREADY_SIGNED
    if actor.person_id in given_to(sort.read(row), sort.book(actor.municipality, now)):
        return Refusal.DISQUALIFIED
    return None


def _write(sort: ListSort[R], actor: Actor, whole: BoardList[R], now: datetime) -> int:
    row = sort.lists.objects.create(
        municipality=actor.municipality,
        number=whole.number,
        board=whole.board,
        valid_from=whole.valid_from,
        valid_to=whole.valid_to,
        drafted_by_id=actor.person_id,
        known_at=now,
    )
    sort.rows.objects.bulk_create(
        sort.rows(
            list=row,
            number=right.number,
            person_id=right.person_id,
            position=right.position or "",
            up_to_ore=right.up_to_ore,
            valid_from=right.valid_from,
            valid_to=right.valid_to,
            deputy_of=right.deputy_of,
            **sort.columns(right),
        )
        for right in whole.rights
    )
    return int(row.pk)


def _strangers(whole: BoardList[R]) -> tuple[Fault, ...]:
    """Return a fault for each row that names somebody who is not a person at work here."""
    named = {right.person_id for right in whole.rights if right.person_id is not None}
    known = Person.objects.filter(id__in=named, is_active=True, personal_number__isnull=False)
    found = set(known.values_list("id", flat=True))
    return tuple(
        Fault(
            code="person_is_unknown",
            message=f"Personen på rad {right.number} finns inte.",
            remedy="Välj en person som är upplagd, eller skriv en befattning.",
            line=right.number,
            column="person",
        )
        for right in whole.rights
        if right.person_id is not None and right.person_id not in found
    )
