"""Rows → core records: the routine that a version's text holds, and the attest rights as known at a moment."""

from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet

from timvis.apps.audit.versions import current
from timvis.apps.routines.models import (
    AttestList,
    AttestRight,
    BoardList,
    DelegationOrder,
    DelegationRow,
    ListedRight,
    OffDuty,
    OffDutyVersion,
    PositionHeld,
    PositionHeldVersion,
    RoutineVersion,
)
from timvis.core.procedure import delegation
from timvis.core.procedure.decision import Outcome
from timvis.core.quantities import Ore
from timvis.core.routine import attest_rights as core
from timvis.core.routine import board_lists
from timvis.core.routine.records import Act, ClaimKind, Routine
from timvis.formats.packaged import PackagedDataIsFaulty
from timvis.formats.routine.read import read


def routine(version: RoutineVersion) -> Routine:
    """Return the routine of a version; the text was read without a fault before it was kept."""
    return _read(version.text, version.slug)


@lru_cache(maxsize=64)
def _read(text: str, slug: str) -> Routine:
    found = read(text.encode(), source=slug)
    if isinstance(found, tuple):
        raise PackagedDataIsFaulty(found)
    return found


# --- attest rights -----------------------------------------------------------------------------------------


def attest_book(municipality: str, *, known_at: datetime) -> core.AttestBook:
    """Return everything that a municipality's attest rights are judged on, as it was known at a moment."""
    adopted = AttestList.objects.filter(municipality=municipality, adoption__known_at__lte=known_at)
    return core.AttestBook(
        lists=tuple(attest_list(row) for row in adopted.prefetch_related("rights").order_by("number")),
        holders=_holders(municipality, known_at),
        off_duty=_off_duty(municipality, known_at),
    )


def attest_list(row: AttestList) -> core.AttestList:
    """Return a list with its rights, adopted or not."""
    return core.AttestList(
        **_of_list(row),
        rights=tuple(
            core.AttestRight(**_of_right(right), act=Act(right.act), responsibility=right.responsibility or None)
            for right in sorted(row.rights.all(), key=lambda one: one.number)
        ),
    )


# --- delegation --------------------------------------------------------------------------------------------


def delegation_book(municipality: str, *, known_at: datetime) -> delegation.DelegationBook:
    """Return everything that delegation is judged on in a municipality, as it was known at a moment."""
    adopted = DelegationOrder.objects.filter(municipality=municipality, adoption__known_at__lte=known_at)
    return delegation.DelegationBook(
        lists=tuple(delegation_order(row) for row in adopted.prefetch_related("rights").order_by("number")),
        holders=_holders(municipality, known_at),
        off_duty=_off_duty(municipality, known_at),
    )


def delegation_order(row: DelegationOrder) -> delegation.DelegationOrder:
    """Return an order with its rows, adopted or not."""
    return delegation.DelegationOrder(
        **_of_list(row),
        rights=tuple(
            delegation.DelegationRow(
                **_of_right(right),
                kind=ClaimKind(right.kind),
                outcomes=outcomes(right),
                may_be_passed_on=right.may_be_passed_on,
                may_be_automated=right.may_be_automated,
            )
            for right in sorted(row.rights.all(), key=lambda one: one.number)
        ),
    )


def outcomes(row: DelegationRow) -> frozenset[Outcome]:
    """Return the outcomes that a row of a delegation order is for."""
    told = {
        Outcome.GRANTED: row.may_grant,
        Outcome.PARTLY_GRANTED: row.may_grant_partly,
        Outcome.REFUSED: row.may_refuse,
    }
    return frozenset(outcome for outcome, is_told in told.items() if is_told)


# --- what such lists have in common ------------------------------------------------------------------------


def _of_list(row: BoardList) -> dict[str, Any]:
    """Return what every list that a board adopts has, by the names of the core's record."""
    return {
        "number": row.number,
        "board": row.board,
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
    }


def _of_right(right: ListedRight) -> dict[str, Any]:
    """Return what every row of such a list has, by the names of the core's record."""
    return {
        "number": right.number,
        "person_id": right.person_id,
        "position": right.position or None,
        "up_to_ore": None if right.up_to_ore is None else Ore(right.up_to_ore),
        "valid_from": right.valid_from,
        "valid_to": right.valid_to,
        "deputy_of": right.deputy_of,
    }


def right_text(right: AttestRight | DelegationRow) -> str:
    """Return where a right stands, as people find it: board, list and row."""
    sort = "delegationsordning" if isinstance(right, DelegationRow) else "lista"
    return f"{right.list.board}, {sort} {right.list.number}, rad {right.number}"


def position_version(versions: QuerySet[PositionHeldVersion], known_at: datetime) -> PositionHeldVersion | None:
    """Return what holds of somebody's position as known at a moment: the last told that waits for nobody."""
    told = versions.select_related("confirmed")
    return current((version for version in told if _stands(version, known_at)), known_at=known_at)


def off_duty_version(thing: OffDuty, known_at: datetime) -> OffDutyVersion | None:
    """Return the spell as it was told last."""
    return current(thing.versions.all(), known_at=known_at)


def _stands(version: PositionHeldVersion, known_at: datetime) -> bool:
    confirmed = getattr(version, "confirmed", None)
    return not version.waits_for_second or (confirmed is not None and confirmed.known_at <= known_at)


def _holders(municipality: str, known_at: datetime) -> tuple[board_lists.PositionHolder, ...]:
    things = PositionHeld.objects.filter(municipality=municipality).order_by("position", "person_id")
    told = (
        (thing, current((one for one in thing.versions.all() if _stands(one, known_at)), known_at=known_at))
        for thing in things.prefetch_related("versions__confirmed")
    )
    return tuple(
        board_lists.PositionHolder(
            position=thing.position, person_id=thing.person_id, held_from=version.valid_from, held_to=version.valid_to
        )
        for thing, version in told
        if version is not None and version.valid_from is not None
    )


def _off_duty(municipality: str, known_at: datetime) -> tuple[board_lists.OffDuty, ...]:
    things = OffDuty.objects.filter(municipality=municipality).order_by("person_id", "number")
    told = ((thing, off_duty_version(thing, known_at)) for thing in things.prefetch_related("versions"))
    return tuple(
        board_lists.OffDuty(person_id=thing.person_id, off_from=version.valid_from, off_to=version.valid_to)
        for thing, version in told
        if version is not None and version.valid_from is not None and version.valid_to is not None
    )
