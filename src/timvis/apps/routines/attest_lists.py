"""Acts about a board's attest list: one person drafts it, another enters that the board has adopted it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Max

from timvis.apps.audit.attempts import Attempt
from timvis.apps.audit.models import Person
from timvis.apps.routines import records
from timvis.apps.routines.models import AttestList, AttestListAdoption, AttestRight
from timvis.core.access import Action, Actor, Relation
from timvis.core.faults import Fault, Refusal
from timvis.core.routine import attest_rights as core
from timvis.core.routine.attest_lists import list_faults
from timvis.core.routine.board_list_faults import given_to


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """A list as somebody writes it; its rights are numbered from 1 in the order they stand."""

    board: str
    valid_from: date
    valid_to: date
    rights: tuple[core.AttestRight, ...]


@transaction.atomic
def draft_attest_list(actor: Actor, drafted: Drafted, *, now: datetime) -> int | Refusal | tuple[Fault, ...]:
    """Return the id of a drafted list, or everything that is wrong with it; it gives nobody any right yet."""
    attempt = Attempt(actor, Action.DRAFT_ATTEST_LIST, "attest_list", "", now)
    if refusal := attempt.refused(Relation.OWN_MUNICIPALITY):
        return refusal
    lists = AttestList.objects.filter(municipality=actor.municipality)
    number = (lists.aggregate(last=Max("number"))["last"] or 0) + 1
    whole = core.AttestList(
        number=number,
        board=drafted.board.strip(),
        valid_from=drafted.valid_from,
        valid_to=drafted.valid_to,
        rights=drafted.rights,
    )
    if faults := (*list_faults(whole), *_strangers(whole)):
        return faults
    try:
        with transaction.atomic():
            row = _write(actor, whole, now)
    except IntegrityError:
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    Attempt(actor, Action.DRAFT_ATTEST_LIST, "attest_list", row.pk, now).done(
        detail={"number": number, "rights": len(whole.rights)}
    )
    return row.pk


@transaction.atomic
def adopt_attest_list(actor: Actor, *, list_id: int, decision: str, adopted_on: date, now: datetime) -> int | Refusal:
    """Return the id of a list whose rights hold from now on, within its days; `decision` names the board's minutes.

    Nobody enters the adoption of a list she has drafted, or that gives her a right by name or by position. A
    list that was drafted before one that its board has adopted since is of yesterday.
    """
    attempt = Attempt(actor, Action.ADOPT_ATTEST_LIST, "attest_list", list_id, now)
    if refusal := attempt.refused(Relation.OWN_MUNICIPALITY):
        return refusal
    row = AttestList.objects.filter(id=list_id, municipality=actor.municipality).first()
    if row is None:
        return attempt.refuse(Refusal.NOT_FOUND)
    if refusal := _refusal(actor, row, now):
        return attempt.refuse(refusal)
    if not decision.strip():
        return attempt.refuse(Refusal.REASON_IS_MISSING)
    try:
        with transaction.atomic():
            AttestListAdoption.objects.create(
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
    return row.pk


def _refusal(actor: Actor, row: AttestList, now: datetime) -> Refusal | None:
    later = AttestList.objects.filter(
        municipality=row.municipality, board=row.board, number__gte=row.number, adoption__isnull=False
    )
    if later.exists():
        return Refusal.WRONG_STATE
    if row.drafted_by_id == actor.person_id:
        return Refusal.SAME_PERSON_ALREADY_SIGNED
    book = records.attest_book(actor.municipality, known_at=now)
    if actor.person_id in given_to(records.attest_list(row), book):
        return Refusal.DISQUALIFIED
    return None


def _write(actor: Actor, whole: core.AttestList, now: datetime) -> AttestList:
    row = AttestList.objects.create(
        municipality=actor.municipality,
        number=whole.number,
        board=whole.board,
        valid_from=whole.valid_from,
        valid_to=whole.valid_to,
        drafted_by_id=actor.person_id,
        known_at=now,
    )
    AttestRight.objects.bulk_create(
        AttestRight(
            list=row,
            number=right.number,
            act=right.act,
            person_id=right.person_id,
            position=right.position or "",
            responsibility=right.responsibility or "",
            up_to_ore=right.up_to_ore,
            valid_from=right.valid_from,
            valid_to=right.valid_to,
            deputy_of=right.deputy_of,
        )
        for right in whole.rights
    )
    return row


def _strangers(whole: core.AttestList) -> tuple[Fault, ...]:
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
