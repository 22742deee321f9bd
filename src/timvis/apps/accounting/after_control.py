"""Efterkontroll: a month's changes of what money rests on, a sample of its payments, and what a controller found."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from timvis.apps.accounting.models import AfterControl, Entry
from timvis.apps.attestation.models import SeparationRow, SignedAct
from timvis.apps.audit.actions import DONE
from timvis.apps.audit.attempts import Attempt
from timvis.apps.audit.models import LogEntry, Person, Seal
from timvis.apps.claims.models import Claim
from timvis.apps.claims.queries import attempt_on, claim_in, relation_to_claim
from timvis.apps.parties.models import AgreementVersion, PayeeVersion, ProviderVersion
from timvis.apps.routines.models import AttestList, DelegationOrder, PositionHeld
from timvis.core.access import Action, Actor
from timvis.core.after_control import draw
from timvis.core.calculation.hourly import kronor_text
from timvis.core.calendar.local_time import month_moments
from timvis.core.calendar.months import month_after
from timvis.core.faults import Refusal
from timvis.core.ledger import EntryKind

FIXED_DATA = (
    Action.REGISTER_PAYEE,
    Action.CHANGE_PAYEE,
    Action.REGISTER_PAYING_ACCOUNT,
    Action.REGISTER_PROVIDER,
    Action.CHANGE_PROVIDER,
    Action.REGISTER_AGREEMENT,
    Action.CHANGE_AGREEMENT,
    Action.REGISTER_MEMBERSHIP,
    Action.REGISTER_POWER_OF_ATTORNEY,
    Action.REVOKE_POWER_OF_ATTORNEY,
    Action.PUBLISH_ROUTINE,
    Action.ADOPT_ATTEST_LIST,
    Action.ADOPT_DELEGATION_ORDER,
    Action.REGISTER_POSITION,
    Action.CONFIRM_POSITION,
    Action.REGISTER_INTEREST,
    Action.CHANGE_INTEREST,
    Action.GIVE_ROLE,
    Action.CONFIRM_ROLE,
    Action.END_ROLE,
)
"""The acts that change payees, accounts, providers, prices and rights: what the month's list is made of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change, as the log saw it: when, by whom, what was done to what."""

    at: datetime
    person_name: str
    action: str
    object_kind: str
    object_id: str
    about: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A month's sample: the claims drawn, in their order, out of `paid`; `seal` is the one whose digest is the seed."""

    month_on: date
    paid: int
    seal: int
    seed: str
    claims: tuple[Claim, ...]


def fixed_data_changes(municipality: str, month_on: date) -> tuple[Change, ...]:
    """Return everything that was changed in a month of what payments rest on, in the order of the log."""
    begins, ends = month_moments(month_on)
    entries = list(
        LogEntry.objects.filter(
            municipality=municipality, action__in=FIXED_DATA, outcome=DONE, at__gte=begins, at__lt=ends
        )
        .select_related("person")
        .order_by("id")
    )
    about = _about(entries)
    return tuple(
        Change(
            at=entry.at,
            person_name=entry.person.name if entry.person else "",
            action=entry.action,
            object_kind=entry.object_kind,
            object_id=entry.object_id,
            about=about.get(entry.pk, ""),
            reason=entry.reason,
        )
        for entry in entries
    )


def sample(municipality: str, month_on: date) -> Sample | None:
    """Return the sample of what the bank paid in a month, None until the log has been sealed after the month."""
    seal = Seal.objects.filter(sealed_at__gte=month_moments(month_on)[1]).order_by("number").first()
    if seal is None:
        return None
    settled = Entry.objects.filter(
        series=municipality,
        kind=EntryKind.SETTLEMENT,
        booked_on__gte=month_on,
        booked_on__lt=month_after(month_on),
        claim__isnull=False,
    )
    numbers = set(settled.values_list("claim__number", flat=True))
    drawn = draw(numbers, seal.digest)
    claims = Claim.objects.filter(number__in=drawn).select_related("recipient", "provider")
    return Sample(
        month_on=month_on,
        paid=len(numbers),
        seal=seal.number,
        seed=seal.digest,
        claims=tuple(sorted(claims, key=lambda claim: drawn.index(claim.number))),
    )


@transaction.atomic
def control_afterwards(
    actor: Actor, claim_number: str, *, month_on: date, is_right: bool, note: str, now: datetime
) -> int | Refusal:
    """Return the id of what a controller found on a claim of a month's sample; a remark says what is wrong.

    Nobody controls what she has had a hand in.
    """
    claim = claim_in(actor, claim_number)
    if claim is None:
        return Attempt(actor, Action.CONTROL_AFTERWARDS, "claim", claim_number, now).refuse(Refusal.NOT_FOUND)
    attempt = attempt_on(actor, Action.CONTROL_AFTERWARDS, claim, now)
    relation = relation_to_claim(actor, claim, now=now)
    if refusal := attempt.refused(relation, claim.status):
        return refusal
    drawn = sample(actor.municipality, month_on)
    if drawn is None or claim not in drawn.claims:
        return attempt.refuse(Refusal.WRONG_STATE)
    if _had_a_hand_in(actor.person_id, claim):
        return attempt.refuse(Refusal.SAME_PERSON_ALREADY_SIGNED)
    if not is_right and not note.strip():
        return attempt.refuse(Refusal.REASON_IS_MISSING)
    row = AfterControl.objects.create(
        claim=claim,
        month_on=month_on,
        is_right=is_right,
        note=note.strip(),
        controlled_by_id=actor.person_id,
        known_at=now,
    )
    attempt.done(reason=row.note, detail={"month": f"{month_on:%Y-%m}", "is_right": is_right})
    return row.pk


def _had_a_hand_in(person_id: int, claim: Claim) -> bool:
    signed = SignedAct.objects.filter(claim=claim, person_id=person_id).exists()
    took_part = SeparationRow.objects.filter(claim=claim, person_id=person_id).exists()
    return signed or took_part or claim.registered_by_id == person_id


def _about(entries: Iterable[LogEntry]) -> dict[int, str]:
    """Return what each change was about, in words, by the id of its row in the log."""
    of_kind: dict[str, list[LogEntry]] = {}
    for entry in entries:
        of_kind.setdefault(entry.object_kind, []).append(entry)
    return {
        entry_id: text
        for kind, tell in _TELLERS.items()
        if kind in of_kind
        for entry_id, text in tell(of_kind[kind]).items()
    }


def _payees(entries: list[LogEntry]) -> dict[int, str]:
    told = {
        (str(row.thing_id), row.number): f"{row.payee_name}, {row.account_kind} {row.account_number}"
        for row in PayeeVersion.objects.filter(thing_id__in=_ids(entries))
    }
    return {entry.pk: told.get(_version(entry), "") for entry in entries}


def _providers(entries: list[LogEntry]) -> dict[int, str]:
    rows = ProviderVersion.objects.filter(thing_id__in=_ids(entries)).order_by("number")
    told = {(str(row.thing_id), row.number): row.name for row in rows}
    newest = {str(row.thing_id): row.name for row in rows}
    return {entry.pk: told.get(_version(entry), newest.get(entry.object_id, "")) for entry in entries}


def _agreements(entries: list[LogEntry]) -> dict[int, str]:
    rows = AgreementVersion.objects.filter(thing_id__in=_ids(entries)).select_related("thing")
    told = {
        (str(row.thing_id), row.number): f"{row.thing.reference}: {row.about}"
        + ("" if row.price_ore_per_hour is None else f", {kronor_text(row.price_ore_per_hour)} per timme")
        for row in rows
    }
    return {entry.pk: told.get(_version(entry), "") for entry in entries}


def _persons(entries: list[LogEntry]) -> dict[int, str]:
    names = {str(row.pk): row.name for row in Person.objects.filter(id__in=_ids(entries))}
    return {
        entry.pk: " ".join(filter(None, [names.get(entry.object_id, ""), entry.detail.get("role", "")]))
        for entry in entries
    }


def _positions(entries: list[LogEntry]) -> dict[int, str]:
    rows = PositionHeld.objects.filter(id__in=_ids(entries)).select_related("person")
    told = {str(row.pk): f"{row.position}: {row.person.name}" for row in rows}
    return {entry.pk: told.get(entry.object_id, "") for entry in entries}


def _lists(entries: list[LogEntry]) -> dict[int, str]:
    told = {str(row.pk): f"{row.board}, lista {row.number}" for row in AttestList.objects.filter(id__in=_ids(entries))}
    return {entry.pk: told.get(entry.object_id, "") for entry in entries}


def _orders(entries: list[LogEntry]) -> dict[int, str]:
    rows = DelegationOrder.objects.filter(id__in=_ids(entries))
    told = {str(row.pk): f"{row.board}, delegationsordning {row.number}" for row in rows}
    return {entry.pk: told.get(entry.object_id, "") for entry in entries}


def _from_the_log(entries: list[LogEntry]) -> dict[int, str]:
    return {entry.pk: str(entry.detail.get("slug") or entry.detail.get("account_number") or "") for entry in entries}


def _version(entry: LogEntry) -> tuple[str, int]:
    return entry.object_id, int(entry.detail.get("version", 0))


def _ids(entries: list[LogEntry]) -> list[int]:
    return [int(entry.object_id) for entry in entries if entry.object_id.isdigit()]


_TELLERS = {
    "payee": _payees,
    "provider": _providers,
    "agreement": _agreements,
    "person": _persons,
    "position": _positions,
    "attest_list": _lists,
    "delegation_order": _orders,
    "routine": _from_the_log,
    "municipality": _from_the_log,
}
"""How a kind of object is told; the others say nothing more than that they were changed."""
