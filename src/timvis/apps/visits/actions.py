"""Acts on visits: handed in and corrected, deviations signed for, signals answered, keys given and withdrawn."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from timvis.apps.audit.attempts import Attempt
from timvis.apps.documents.actions import keep_original
from timvis.apps.parties import queries as parties
from timvis.apps.parties.models import Municipality, Provider
from timvis.apps.visits import queries, records
from timvis.apps.visits.models import (
    Delivery,
    DeviationForm,
    DeviationRow,
    KeyPurpose,
    Replaced,
    SignalNote,
    SystemKey,
    SystemKeyWithdrawn,
    Visit,
    Way,
)
from timvis.core.access import Action, Actor, Relation
from timvis.core.calendar.local_time import day_of, local_day
from timvis.core.faults import Fault, Refusal
from timvis.core.home_care import deviation
from timvis.core.home_care.delivery import KeptVisit, Laid, laid
from timvis.core.home_care.objections import VisitObjection
from timvis.core.home_care.visit_signals import Answer
from timvis.core.records import Instant
from timvis.formats.home_care_visits.read import Ordered, ReadVisits

_AT_A_TIME = 5_000
_SECRET_BYTES = 32

Progress = Callable[[int, int], None]
"""Told how many of how many visits are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitsFile:
    """What visits came in: the file as it was, and how it is read; without bytes they were typed."""

    way: Way
    read: Callable[[Ordered], ReadVisits]
    content: bytes = b""
    name: str = ""
    media_type: str = "application/octet-stream"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedIn:
    """What came of a delivery, and what is asked about its visits; `remarks` are the columns that were not used.

    `number` is the delivery's at its provider and `from_on` the day of its first visit, both None when everything in
    it was told before: then nothing is kept.
    """

    number: int | None
    from_on: date | None
    kept: int
    replaced: int
    repeated: int
    objections: tuple[VisitObjection, ...]
    remarks: tuple[Fault, ...]


@transaction.atomic
def hand_in_visits(
    actor: Actor,
    provider_id: int,
    file: VisitsFile,
    *,
    now: datetime,
    correction: str = "",
    progress: Progress = lambda _done, _of: None,
) -> HandedIn | Refusal | tuple[Fault, ...]:
    """Return what is kept of a provider's visits, all of them, or every fault and nothing.

    What is told again changes nothing. `correction` is why visits that were already told are told otherwise.
    """
    provider, near, attempt = _provider(actor, provider_id, Action.HAND_IN_VISITS, now)
    if isinstance(provider, Refusal):
        return provider
    seen = file.read(queries.ordered_of(provider, on=day_of(now)))
    if seen.faults:
        return seen.faults
    kept = queries.kept_near(provider.pk, seen.visits)
    outcome = laid(seen.visits, kept, is_correction=bool(correction.strip()))
    if not isinstance(outcome, Laid):
        return outcome
    if not outcome.new:
        attempt.done(detail={"repeated": outcome.repeated})
        return HandedIn(
            number=None,
            from_on=None,
            kept=0,
            replaced=0,
            repeated=outcome.repeated,
            objections=(),
            remarks=seen.remarks,
        )
    original_id = _kept_file(actor, file, near, now)
    if isinstance(original_id, Refusal):
        return original_id
    delivery = _delivery(actor, provider, outcome, now)
    delivery.way, delivery.original_id = file.way, original_id
    delivery.correction = correction.strip() if outcome.replaced else ""
    if not _numbered(delivery):
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    recipients = queries.orderers(provider.pk)
    _keep(delivery, outcome, recipients, progress)
    concerned = sorted({recipients[one.recipient] for one in outcome.new})
    detail = {"delivery": delivery.number, "kept": delivery.kept, "replaced": delivery.replaced}
    attempt.about(concerned).done(reason=delivery.correction, detail=detail)
    return HandedIn(
        number=delivery.number,
        from_on=local_day(Instant(delivery.from_at)),
        kept=delivery.kept,
        replaced=delivery.replaced,
        repeated=delivery.repeated,
        objections=_asked(provider, outcome, kept),
        remarks=seen.remarks,
    )


def _asked(provider: Provider, outcome: Laid, kept: Sequence[KeptVisit]) -> tuple[VisitObjection, ...]:
    """Return what is asked about the new visits, those that count already considered."""
    replaced, new = frozenset(outcome.replaced), frozenset(outcome.new)
    all_told = (*(one.visit for one in kept if one.id not in replaced), *outcome.new)
    return tuple(one for one in queries.objections_to(provider, all_told) if one.visit in new)


def _provider(
    actor: Actor, provider_id: int, action: Action, now: datetime
) -> tuple[Provider | Refusal, Relation, Attempt]:
    """Return a provider towards which the actor may do something, or the refusal, which is logged."""
    attempt = Attempt(actor, action, "provider", provider_id, now)
    provider = parties.provider_in(actor, provider_id)
    if provider is None:
        return attempt.refuse(Refusal.NOT_FOUND), Relation.NONE, attempt
    near = parties.relation_to_provider(actor, provider)
    return attempt.refused(near) or provider, near, attempt


def _kept_file(actor: Actor, file: VisitsFile, near: Relation, now: datetime) -> int | Refusal | None:
    if not file.content:
        return None
    return keep_original(
        actor, content=file.content, media_type=file.media_type, file_name=file.name, relation=near, now=now
    )


def _delivery(actor: Actor, provider: Provider, outcome: Laid, now: datetime) -> Delivery:
    return Delivery(
        provider=provider,
        kept=len(outcome.new),
        replaced=len(outcome.replaced),
        repeated=outcome.repeated,
        from_at=min(one.start_at for one in outcome.new),
        to_at=max(one.start_at for one in outcome.new),
        handed_in_at=now,
        handed_in_by_id=actor.person_id,
    )


def _numbered(delivery: Delivery) -> bool:
    """Keep a delivery under its provider's next number; False when somebody else's took it in the same moment."""
    delivery.number = Delivery.objects.filter(provider_id=delivery.provider_id).count() + 1
    try:
        with transaction.atomic():
            delivery.save(force_insert=True)
    except IntegrityError:
        return False
    return True


def _keep(delivery: Delivery, outcome: Laid, recipients: dict[str, int], progress: Progress) -> None:
    for begin in range(0, len(outcome.new), _AT_A_TIME):
        some = outcome.new[begin : begin + _AT_A_TIME]
        Visit.objects.bulk_create(records.row_of(visit, delivery, recipients) for visit in some)
        progress(begin + len(some), len(outcome.new))
    Replaced.objects.bulk_create(Replaced(visit_id=pk, by=delivery) for pk in outcome.replaced)


# --- deviations -------------------------------------------------------------------------------------------------


@transaction.atomic
def hand_in_deviations(
    actor: Actor, provider_id: int, form: deviation.DeviationForm, *, seen: int, now: datetime
) -> int | Refusal | tuple[Fault, ...]:
    """Return the number of a provider's deviation form for a month, or everything that is wrong with it.

    `seen` is the number of the form that it replaces, 0 when it is the first: somebody else's is not overwritten.
    """
    provider, _near, attempt = _provider(actor, provider_id, Action.HAND_IN_DEVIATIONS, now)
    if isinstance(provider, Refusal):
        return provider
    ordered = queries.ordered_of(provider, on=day_of(now))
    faults = deviation.faults_of(
        form,
        recipients=frozenset(ordered.recipients),
        services=frozenset(ordered.services),
        today=day_of(now),
    )
    if faults:
        return faults
    newest = queries.deviation_form(provider.pk, form.month_on)
    if (newest.number if newest else 0) != seen:
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    try:
        with transaction.atomic():
            made = DeviationForm.objects.create(
                provider=provider,
                month_on=form.month_on,
                number=seen + 1,
                manager_name=form.manager_name.strip(),
                signed_on=form.signed_on,
                handed_in_at=now,
                handed_in_by_id=actor.person_id,
            )
    except IntegrityError:
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    recipients = queries.orderers(provider.pk)
    DeviationRow.objects.bulk_create(
        DeviationRow(
            form=made,
            number=number,
            recipient_id=recipients[row.recipient],
            service=row.service,
            on=row.on,
            kind=row.kind,
            planned_minutes=row.planned_minutes,
            performed_minutes=row.performed_minutes,
            text=row.text.strip(),
        )
        for number, row in enumerate(form.rows, start=1)
    )
    concerned = sorted({recipients[row.recipient] for row in form.rows})
    attempt.about(concerned).done(detail={"month": f"{form.month_on:%Y-%m}", "form": made.number})
    return made.number


# --- signals ----------------------------------------------------------------------------------------------------


@transaction.atomic
def note_signal(
    actor: Actor, provider_id: int, about: str, answer: Answer, text: str, *, month_on: date, now: datetime
) -> int | Refusal:
    """Return the id of what somebody found out about a signal of a provider's month; the signal stays."""
    provider, _near, attempt = _provider(actor, provider_id, Action.NOTE_SIGNAL, now)
    if isinstance(provider, Refusal):
        return provider
    found = queries.signals_of_month(provider, month_on, now=now).found
    signal = next((one for one in found if queries.digest_of_signal(one) == about), None)
    if signal is None:
        return attempt.refuse(Refusal.SHOWN_IS_NOT_CURRENT)
    if not text.strip():
        return attempt.refuse(Refusal.REASON_IS_MISSING)
    note = SignalNote.objects.create(
        provider=provider,
        month_on=month_on,
        kind=signal.kind,
        about=about,
        answer=answer,
        text=text.strip(),
        written_at=now,
        written_by_id=actor.person_id,
    )
    recipients = queries.orderers(provider.pk)
    concerned = sorted({recipients[one.recipient] for one in signal.visits})
    attempt.about(concerned).done(detail={"signal": signal.kind.value, "note": note.pk})
    return note.pk


# --- keys -------------------------------------------------------------------------------------------------------


@transaction.atomic
def give_system_key(actor: Actor, provider_id: int, system: str, *, now: datetime) -> str | Refusal | tuple[Fault, ...]:
    """Return the secret by which a provider's system hands in visits: told once, and kept only as its digest."""
    provider, _near, attempt = _provider(actor, provider_id, Action.GIVE_SYSTEM_KEY, now)
    if isinstance(provider, Refusal):
        return provider
    if not system.strip():
        return (_SYSTEM_IS_MISSING,)
    return _secret(attempt, SystemKey(purpose=KeyPurpose.VISITS, provider=provider, system=system.strip()))


@transaction.atomic
def withdraw_system_key(actor: Actor, key_id: int, *, now: datetime) -> int | Refusal:
    """Return the id of a key that opens nothing from now on."""
    key = SystemKey.objects.filter(pk=key_id, purpose=KeyPurpose.VISITS).select_related("provider").first()
    seller = key.provider if key else None
    provider, _near, attempt = _provider(actor, seller.pk if seller else 0, Action.WITHDRAW_SYSTEM_KEY, now)
    if isinstance(provider, Refusal) or key is None:
        return provider if isinstance(provider, Refusal) else attempt.refuse(Refusal.NOT_FOUND)
    return _withdrawn(attempt, key)


@transaction.atomic
def give_fee_key(actor: Actor, system: str, *, now: datetime) -> str | Refusal | tuple[Fault, ...]:
    """Return the secret by which the municipality's fee system reads performed time; told once, kept as its digest."""
    attempt = Attempt(actor, Action.GIVE_FEE_KEY, "fee_basis", "", now)
    if refusal := attempt.refused(Relation.OWN_MUNICIPALITY):
        return refusal
    if not system.strip():
        return (_SYSTEM_IS_MISSING,)
    town = Municipality.objects.get(slug=actor.municipality)
    return _secret(attempt, SystemKey(purpose=KeyPurpose.FEES, municipality=town, system=system.strip()))


@transaction.atomic
def withdraw_fee_key(actor: Actor, key_id: int, *, now: datetime) -> int | Refusal:
    """Return the id of a fee system's key that opens nothing from now on; another municipality's is not there."""
    attempt = Attempt(actor, Action.WITHDRAW_FEE_KEY, "fee_basis", "", now)
    if refusal := attempt.refused(Relation.OWN_MUNICIPALITY):
        return refusal
    key = queries.fee_keys(actor.municipality).filter(pk=key_id).first()
    return attempt.refuse(Refusal.NOT_FOUND) if key is None else _withdrawn(attempt, key)


def _secret(attempt: Attempt, key: SystemKey) -> str:
    """Return the secret of a new key, which is kept."""
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    key.digest = queries.digest_of_secret(secret)
    key.given_at, key.given_by_id = attempt.now, attempt.actor.person_id
    key.save()
    attempt.done(detail={"key": key.pk, "system": key.system})
    return secret


def _withdrawn(attempt: Attempt, key: SystemKey) -> int:
    _row, is_new = SystemKeyWithdrawn.objects.get_or_create(
        key=key, defaults={"withdrawn_at": attempt.now, "withdrawn_by_id": attempt.actor.person_id}
    )
    if is_new:
        attempt.done(detail={"key": key.pk})
    return key.pk


_SYSTEM_IS_MISSING = Fault(
    code="system_is_missing",
    message="Nyckeln har inget namn.",
    remedy="Skriv vilket system nyckeln är till.",
    column="system",
)
