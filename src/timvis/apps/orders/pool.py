"""Acts about what the desk keeps ready: the pool, the telephone numbers, and how each provider's need is met."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from timvis.apps.audit import versioned_acts
from timvis.apps.audit.attempts import Attempt
from timvis.apps.orders.models import ContactPoint, OtherWork, PoolMember, Procedure
from timvis.apps.orders.records import EVERY_BAND
from timvis.apps.parties import queries as parties
from timvis.apps.parties.models import Assistant, Municipality
from timvis.core.access import Action, Actor, Relation
from timvis.core.faults import Refusal
from timvis.core.records import Instant
from timvis.core.substitute.routing import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolParticulars:
    """How a substitute is reached, what she can, and when she can be called: [weekday, from minute, to minute]."""

    telephone: str
    skills: list[str]
    available: list[list[int]]
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactParticulars:
    """Who answers and at which number, from a day on."""

    name: str
    telephone: str
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureParticulars:
    """How a provider's need is met; `valid_from` is the day it is dated."""

    text: str
    valid_from: date


@transaction.atomic
def register_substitute(
    actor: Actor, *, assistant_id: int, particulars: PoolParticulars, now: datetime
) -> int | Refusal:
    """Return the id of somebody in the pool: one whom the municipality itself employs as an assistant."""
    attempt = Attempt(actor, Action.REGISTER_SUBSTITUTE, "substitute", assistant_id, now)
    assistant = Assistant.objects.filter(id=assistant_id, provider__municipality__slug=actor.municipality).first()
    if assistant is None:
        return attempt.refuse(Refusal.NOT_FOUND)
    if refusal := attempt.refused(Relation.OWN_MUNICIPALITY):
        return refusal
    return versioned_acts.register(attempt, PoolMember.objects, key={"assistant": assistant}, says=asdict(particulars))


@transaction.atomic
def change_substitute(
    actor: Actor, *, member_id: int, particulars: PoolParticulars, seen: int, now: datetime
) -> int | Refusal:
    """Return the number of the version that tells anew what is known of somebody in the pool."""
    attempt = Attempt(actor, Action.CHANGE_SUBSTITUTE, "substitute", member_id, now)
    member = PoolMember.objects.filter(id=member_id, assistant__provider__municipality__slug=actor.municipality).first()
    if member is None:
        return attempt.refuse(Refusal.NOT_FOUND)
    if refusal := attempt.refused(Relation.OWN_MUNICIPALITY):
        return refusal
    return versioned_acts.change(attempt, member, seen=seen, says=asdict(particulars))


@transaction.atomic
def register_other_work(
    actor: Actor, *, member_id: int, start_at: Instant, end_at: Instant, now: datetime
) -> int | Refusal:
    """Return the id of a shift that somebody in the pool has elsewhere, so that the rules see it."""
    attempt = Attempt(actor, Action.CHANGE_SUBSTITUTE, "substitute", member_id, now)
    member = PoolMember.objects.filter(id=member_id, assistant__provider__municipality__slug=actor.municipality).first()
    if member is None or end_at <= start_at:
        return attempt.refuse(Refusal.NOT_FOUND)
    if refusal := attempt.refused(Relation.OWN_MUNICIPALITY):
        return refusal
    work, is_new = OtherWork.objects.get_or_create(
        member=member,
        start_at=start_at,
        end_at=end_at,
        defaults={"known_at": now, "known_by_id": actor.person_id},
    )
    if is_new:
        attempt.done(detail={"start_at": start_at, "end_at": end_at})
    return work.pk


@transaction.atomic
def register_contact_point(
    actor: Actor, desk: Desk, particulars: ContactParticulars, *, now: datetime, from_minute: int | None = None
) -> int | Refusal:
    """Return the id of a contact point of a desk, or of one band of it."""
    attempt = Attempt(actor, Action.REGISTER_CONTACT_POINT, "contact_point", desk.value, now)
    if refusal := attempt.refused(Relation.OWN_MUNICIPALITY):
        return refusal
    municipality = Municipality.objects.filter(slug=actor.municipality).first()
    if municipality is None:
        return attempt.refuse(Refusal.NOT_FOUND)
    minute = EVERY_BAND if from_minute is None else from_minute
    key = {"municipality": municipality, "desk": desk, "from_minute": minute}
    return versioned_acts.register(attempt, ContactPoint.objects, key=key, says=asdict(particulars))


@transaction.atomic
def change_contact_point(
    actor: Actor, *, contact_id: int, particulars: ContactParticulars, seen: int, now: datetime
) -> int | Refusal:
    """Return the number of the version that tells a contact point anew; the days it no longer says are not it."""
    attempt = Attempt(actor, Action.CHANGE_CONTACT_POINT, "contact_point", contact_id, now)
    point = ContactPoint.objects.filter(id=contact_id, municipality__slug=actor.municipality).first()
    if point is None:
        return attempt.refuse(Refusal.NOT_FOUND)
    if refusal := attempt.refused(Relation.OWN_MUNICIPALITY):
        return refusal
    return versioned_acts.change(attempt, point, seen=seen, says=asdict(particulars))


@transaction.atomic
def register_procedure(
    actor: Actor, *, provider_id: int, particulars: ProcedureParticulars, now: datetime
) -> int | Refusal:
    """Return the id of the procedure of a provider, written on request and used again next time."""
    attempt = Attempt(actor, Action.REGISTER_PROCEDURE, "provider", provider_id, now)
    provider = parties.provider_in(actor, provider_id)
    if provider is None:
        return attempt.refuse(Refusal.NOT_FOUND)
    if refusal := attempt.refused(parties.relation_to_provider(actor, provider)):
        return refusal
    return versioned_acts.register(attempt, Procedure.objects, key={"provider": provider}, says=asdict(particulars))


@transaction.atomic
def change_procedure(
    actor: Actor, *, provider_id: int, particulars: ProcedureParticulars, seen: int, now: datetime
) -> int | Refusal:
    """Return the number of the version that says anew how a provider's need is met."""
    attempt = Attempt(actor, Action.CHANGE_PROCEDURE, "provider", provider_id, now)
    provider = parties.provider_in(actor, provider_id)
    procedure = Procedure.objects.filter(provider=provider).first() if provider else None
    if provider is None or procedure is None:
        return attempt.refuse(Refusal.NOT_FOUND)
    if refusal := attempt.refused(parties.relation_to_provider(actor, provider)):
        return refusal
    return versioned_acts.change(attempt, procedure, seen=seen, says=asdict(particulars))
