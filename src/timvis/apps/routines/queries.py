"""What is asked about routines, and about who may attest and decide in them."""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Generic

from django.db.models import Q, QuerySet

from timvis.apps.audit.actions import DONE
from timvis.apps.audit.models import LogEntry, Person
from timvis.apps.routines import records
from timvis.apps.routines.models import DelegationRow, RoutineStatus, RoutineVersion
from timvis.core.access import Action
from timvis.core.calendar.local_time import day_of, last_moment_of
from timvis.core.faults import Refusal
from timvis.core.procedure import delegation
from timvis.core.procedure.decision import Outcome
from timvis.core.records import ProviderKind, Regime
from timvis.core.routine.attest_rights import AttestRight
from timvis.core.routine.board_lists import R, RightHeld, RightsBook, who_could
from timvis.core.routine.choice import routine_for
from timvis.core.routine.due_days import review_due_on
from timvis.core.routine.records import ClaimKind
from timvis.core.routine.terms import DecisionBasis


def in_force(municipality: str, day: date) -> tuple[RoutineVersion, ...]:
    """Return the versions that are or were published and hold on a day, one per routine, the newest of each."""
    holding = RoutineVersion.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=day),
        municipality=municipality,
        status__in=[RoutineStatus.PUBLISHED, RoutineStatus.SUPERSEDED],
        valid_from__lte=day,
    )
    newest = {version.slug: version for version in holding.order_by("slug", "valid_from")}
    return tuple(newest.values())


def for_claim(
    municipality: str,
    kind: ClaimKind,
    regime: Regime | None,
    day: date,
    *,
    provider_kind: ProviderKind | None = None,
    basis: DecisionBasis | None = None,
) -> RoutineVersion | None:
    """Return the version that a claim for work on a day begins under, None when no routine covers it."""
    versions = {version.slug: version for version in in_force(municipality, day)}
    chosen = routine_for(
        (records.routine(version) for version in versions.values()),
        kind,
        regime,
        provider_kind=provider_kind,
        basis=basis,
    )
    return None if chosen is None else versions[chosen.slug]


def for_month(
    municipality: str, regime: Regime, month_on: date, *, provider_kind: ProviderKind | None = None
) -> tuple[ClaimKind, RoutineVersion] | None:
    """Return what a month by time reports is, and the version that it begins under; None when no routine covers it.

    What the state has granted is reported to it, where a routine says how. Where none does, it is a month like another.
    """
    for kind in _MONTHS[regime]:
        version = for_claim(municipality, kind, regime, month_on, provider_kind=provider_kind)
        if version is not None:
            return kind, version
    return None


_MONTHS = {
    Regime.LSS: (ClaimKind.ASSISTANCE,),
    Regime.SFB: (ClaimKind.STATE_ASSISTANCE, ClaimKind.ASSISTANCE),
}


def adopted(slug: str) -> QuerySet[RoutineVersion]:
    """Return every version of a routine that is or was published."""
    return RoutineVersion.objects.filter(slug=slug).exclude(status=RoutineStatus.DRAFT)


def versions_of(municipality: str, slug: str = "") -> tuple[RoutineVersion, ...]:
    """Return every version of a municipality's routines, or of one of them, the newest of each first."""
    versions = RoutineVersion.objects.filter(municipality=municipality).select_related("drafted_by", "adopted_by")
    return tuple((versions.filter(slug=slug) if slug else versions).order_by("slug", "-number"))


def version_in(municipality: str, slug: str, number: int) -> RoutineVersion | None:
    """Return one version of a municipality's routine; another municipality's is as if it did not exist."""
    versions = RoutineVersion.objects.filter(municipality=municipality, slug=slug, number=number)
    return versions.select_related("drafted_by", "adopted_by").first()


@dataclass(frozen=True, slots=True, kw_only=True)
class ToLookOver:
    """A routine that holds and is to be looked over by a day, which has come."""

    slug: str
    name: str
    adopted_on: date
    by: date


def to_look_over(municipality: str, today: date) -> tuple[ToLookOver, ...]:
    """Return the routines in force that were to be looked over by today at the latest, the oldest first."""
    found = []
    for version in in_force(municipality, today):
        routine = records.routine(version)
        by = review_due_on(routine, version.adopted_on)
        if by is not None and version.adopted_on is not None and by <= today:
            found.append(ToLookOver(slug=version.slug, name=routine.name, adopted_on=version.adopted_on, by=by))
    return tuple(sorted(found, key=lambda one: one.by))


def for_invoice(municipality: str, kind: ClaimKind, day: date) -> RoutineVersion | None:
    """Return the version that an invoice of a kind is handled under when it comes on a day, None when none covers it.

    Where several routines cover the kind, one that accepts invoices goes before one that does not.
    """
    covering = [version for version in in_force(municipality, day) if kind in records.routine(version).claim_kinds]
    return min(covering, key=lambda version: not records.routine(version).accepts_invoices, default=None)


def altered_versions() -> tuple[str, ...]:
    """Return `slug, version n` of every adopted text that is not the one the log saw being published."""
    published = {
        (detail.get("slug"), detail.get("number"), detail.get("digest"))
        for detail in LogEntry.objects.filter(action=Action.PUBLISH_ROUTINE, outcome=DONE).values_list(
            "detail", flat=True
        )
    }
    return tuple(
        f"{version.slug}, version {version.number}"
        for version in RoutineVersion.objects.exclude(status=RoutineStatus.DRAFT).order_by("slug", "number")
        if (version.slug, version.number, sha256(version.text.encode()).hexdigest()) not in published
    )


# --- rights that a board gives ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class CouldUse(Generic[R]):
    """A right in somebody's hands, with her name, and whom she stood in for where she was a deputy."""

    held: RightHeld[R]
    person_name: str
    deputy_for: str


def who_could_attest(municipality: str, *, on: date, known_at: datetime) -> tuple[CouldUse[AttestRight], ...]:
    """Return who could attest what in a municipality on a day, as it was known at a moment."""
    return _named_rights(records.attest_book(municipality, known_at=known_at), on)


def who_could_decide(
    municipality: str, *, on: date, known_at: datetime
) -> tuple[CouldUse[delegation.DelegationRow], ...]:
    """Return who could decide what for a board in a municipality on a day, as it was known at a moment."""
    return _named_rights(records.delegation_book(municipality, known_at=known_at), on)


def may_decide(
    municipality: str,
    *,
    person_id: int,
    kind: ClaimKind,
    outcome: Outcome,
    amount_ore: int,
    on: date,
    known_at: datetime,
) -> DelegationRow | Refusal:
    """Return the row of the delegation order by which a person may decide so on a day, or why she may not.

    `amount_ore` is what the decision is about (`core.procedure.decision.amount_at_stake`).
    """
    book = records.delegation_book(municipality, known_at=known_at)
    held = delegation.may_decide(book, person_id=person_id, kind=kind, outcome=outcome, amount_ore=amount_ore, on=on)
    if isinstance(held, Refusal):
        return held
    rows = DelegationRow.objects.select_related("list")
    return rows.get(list__municipality=municipality, list__number=held.list_number, number=held.right.number)


def delegation_of(
    municipality: str,
    *,
    person_id: int,
    kind: ClaimKind,
    outcome: Outcome,
    amount_ore: int,
    now: datetime,
    is_always_needed: bool = False,
) -> DelegationRow | Refusal | None:
    """Return the row by which a person may decide so today, or why she may not.

    None where the board has adopted no order for such cases, unless it `is_always_needed`: then the routine and the
    access table say whose step it is.
    """
    on = day_of(now)
    if not is_always_needed and not _is_adopted_for(records.delegation_book(municipality, known_at=now), kind, on):
        return None
    return may_decide(
        municipality, person_id=person_id, kind=kind, outcome=outcome, amount_ore=amount_ore, on=on, known_at=now
    )


def text_of(row: DelegationRow) -> str:
    """Return where a delegation stands, as people find it: board, order and row."""
    return row_text(row.list.board, row.list.number, row.number)


def row_text(board: str, order: int, row: int) -> str:
    """Return where a row of an order stands, as people find it."""
    return f"{board}, delegationsordning {order}, rad {row}"


def _is_adopted_for(book: delegation.DelegationBook, kind: ClaimKind, on: date) -> bool:
    return any(
        row.kind is kind and row.valid_from <= on < row.valid_to
        for adopted in book.lists
        if adopted.valid_from <= on < adopted.valid_to
        for row in adopted.rights
    )


def known_by_end_of(day: date, now: datetime) -> datetime:
    """Return the moment a day is told at when nobody says otherwise: its end, or now while it has not ended.

    What became known later changes nothing of who could attest or decide that day.
    """
    return min(last_moment_of(day), now)


def _named_rights(book: RightsBook[R], on: date) -> tuple[CouldUse[R], ...]:
    could = who_could(book, on)
    ordinary = {right.person_id for one in book.lists for right in one.rights if right.person_id is not None}
    wanted = ordinary | {held.person_id for held in could}
    names = dict(Person.objects.filter(id__in=wanted).values_list("id", "name"))
    rows = {(one.number, right.number): right for one in book.lists for right in one.rights}

    def deputy_for(held: RightHeld[R]) -> str:
        if held.right.deputy_of is None:
            return ""
        stood_in_for = rows[(held.list_number, held.right.deputy_of)]
        return names[stood_in_for.person_id] if stood_in_for.person_id is not None else stood_in_for.position or ""

    return tuple(CouldUse(held=held, person_name=names[held.person_id], deputy_for=deputy_for(held)) for held in could)
