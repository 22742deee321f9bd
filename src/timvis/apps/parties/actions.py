"""Acts about the parties: registering them, and telling anew what has changed. Nothing is overwritten."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db import transaction

from timvis.apps.audit import versioned_acts
from timvis.apps.audit.attempts import Attempt
from timvis.apps.audit.models import Person
from timvis.apps.parties import queries
from timvis.apps.parties.models import (
    Absence,
    Agreement,
    Assistant,
    Incapacity,
    Membership,
    Municipality,
    Payee,
    PowerOfAttorney,
    Provider,
    Recipient,
)
from timvis.apps.parties.particulars import (
    AgreementParticulars,
    AssistantParticulars,
    PayeeParticulars,
    PowerOfAttorneyParticulars,
    ProviderParticulars,
    RecipientParticulars,
)
from timvis.core.access import Action, Actor, Relation
from timvis.core.faults import Refusal
from timvis.core.records import AbsenceKind, Instant
from timvis.core.sort_key import sort_key


@transaction.atomic
def register_municipality(actor: Actor, *, name: str, organisation_number: str, now: datetime) -> int | Refusal:
    """Return the id of the actor's own municipality; registering it again changes nothing."""
    known = Municipality.objects.filter(slug=actor.municipality).first()
    attempt = Attempt(actor, Action.REGISTER_MUNICIPALITY, "municipality", actor.municipality, now)
    if refusal := attempt.refused(Relation.OWN_MUNICIPALITY):
        return refusal
    if known:
        return known.pk
    made = Municipality.objects.create(slug=actor.municipality, name=name, organisation_number=organisation_number)
    attempt.done()
    return made.pk


@transaction.atomic
def change_contact(actor: Actor, contact: str, *, now: datetime) -> str | Refusal:
    """Return where one now turns to the actor's municipality, and sends an appeal, as it stands in letters."""
    attempt = Attempt(actor, Action.CHANGE_CONTACT, "municipality", actor.municipality, now)
    if refusal := attempt.refused(Relation.OWN_MUNICIPALITY):
        return refusal
    told = " ".join(contact.split())
    if not told:
        return attempt.refuse(Refusal.REASON_IS_MISSING)
    Municipality.objects.filter(slug=actor.municipality).update(contact=told)
    attempt.done(detail={"contact": told})
    return told


# --- recipients -------------------------------------------------------------------------------------------


@transaction.atomic
def register_recipient(
    actor: Actor, *, personal_number: str, particulars: RecipientParticulars, now: datetime
) -> int | Refusal:
    """Return the id of a recipient in the actor's municipality."""
    attempt = Attempt(actor, Action.REGISTER_RECIPIENT, "recipient", "", now)
    own = actor.personal_number == personal_number
    if refusal := attempt.refused(Relation.SELF if own else Relation.OWN_MUNICIPALITY):
        return refusal
    municipality = Municipality.objects.filter(slug=actor.municipality).first()
    if municipality is None:
        return attempt.refuse(Refusal.NOT_FOUND)
    return versioned_acts.register(
        attempt,
        Recipient.objects,
        key={"municipality": municipality, "personal_number": personal_number},
        says=_with_sort_key(particulars),
    )


@transaction.atomic
def change_recipient(
    actor: Actor, *, recipient_id: int, particulars: RecipientParticulars, seen: int, now: datetime
) -> int | Refusal:
    """Return the number of the version that tells a recipient anew."""
    attempt = Attempt(actor, Action.CHANGE_RECIPIENT, "recipient", recipient_id, now, recipient_id)
    recipient = queries.recipient_in(actor, recipient_id)
    if recipient is None:
        return attempt.refuse(Refusal.NOT_FOUND)
    if refusal := attempt.refused(queries.relation_to_recipient(actor, recipient, now=now)):
        return refusal
    return versioned_acts.change(attempt, recipient, seen=seen, says=_with_sort_key(particulars))


@transaction.atomic
def register_absence(
    actor: Actor,
    *,
    recipient_id: int,
    kind: AbsenceKind,
    start_at: Instant,
    end_at: Instant,
    has_special_reason: bool = False,
    now: datetime,
) -> int | Refusal:
    """Return the id of an absence of a recipient's."""
    attempt = Attempt(actor, Action.REGISTER_ABSENCE, "recipient", recipient_id, now, recipient_id)
    recipient = queries.recipient_in(actor, recipient_id)
    if recipient is None:
        return attempt.refuse(Refusal.NOT_FOUND)
    if refusal := attempt.refused(queries.relation_to_recipient(actor, recipient, now=now)):
        return refusal
    absence = Absence.objects.create(
        recipient=recipient,
        kind=kind,
        start_at=start_at,
        end_at=end_at,
        has_special_reason=has_special_reason,
        known_at=now,
        known_by_id=actor.person_id,
    )
    attempt.done(detail={"absence": absence.pk})
    return absence.pk


# --- providers and their assistants -----------------------------------------------------------------------


@transaction.atomic
def register_provider(
    actor: Actor, *, organisation_number: str, particulars: ProviderParticulars, now: datetime
) -> int | Refusal:
    """Return the id of a provider in the actor's municipality."""
    attempt = Attempt(actor, Action.REGISTER_PROVIDER, "provider", "", now)
    own = actor.personal_number == organisation_number
    if refusal := attempt.refused(Relation.OWN_PROVIDER if own else Relation.OWN_MUNICIPALITY):
        return refusal
    municipality = Municipality.objects.filter(slug=actor.municipality).first()
    if municipality is None:
        return attempt.refuse(Refusal.NOT_FOUND)
    return versioned_acts.register(
        attempt,
        Provider.objects,
        key={"municipality": municipality, "organisation_number": organisation_number},
        says=_with_sort_key(particulars),
    )


@transaction.atomic
def change_provider(
    actor: Actor,
    *,
    provider_id: int,
    particulars: ProviderParticulars,
    seen: int,
    now: datetime,
    valid_from: date | None = None,
) -> int | Refusal:
    """Return the number of the version that tells a provider anew, for the days from `valid_from` on."""
    attempt = Attempt(actor, Action.CHANGE_PROVIDER, "provider", provider_id, now)
    provider = queries.provider_in(actor, provider_id)
    if provider is None:
        return attempt.refuse(Refusal.NOT_FOUND)
    if refusal := attempt.refused(queries.relation_to_provider(actor, provider)):
        return refusal
    says = {**_with_sort_key(particulars), "valid_from": valid_from}
    return versioned_acts.change(attempt, provider, seen=seen, says=says)


@transaction.atomic
def register_agreement(
    actor: Actor, *, provider_id: int, reference: str, particulars: AgreementParticulars, now: datetime
) -> int | Refusal:
    """Return the id of an agreement with a provider."""
    attempt = Attempt(actor, Action.REGISTER_AGREEMENT, "agreement", "", now)
    provider = queries.provider_in(actor, provider_id)
    if provider is None:
        return attempt.refuse(Refusal.NOT_FOUND)
    if refusal := attempt.refused(queries.relation_to_provider(actor, provider)):
        return refusal
    key = {"provider": provider, "reference": reference}
    return versioned_acts.register(attempt, Agreement.objects, key=key, says=asdict(particulars))


@transaction.atomic
def change_agreement(
    actor: Actor, *, agreement_id: int, particulars: AgreementParticulars, seen: int, now: datetime
) -> int | Refusal:
    """Return the number of the version that says what an agreement says from a day on; what it said before stays."""
    attempt = Attempt(actor, Action.CHANGE_AGREEMENT, "agreement", agreement_id, now)
    agreement = Agreement.objects.filter(id=agreement_id, provider__municipality__slug=actor.municipality).first()
    if agreement is None:
        return attempt.refuse(Refusal.NOT_FOUND)
    if refusal := attempt.refused(queries.relation_to_provider(actor, agreement.provider)):
        return refusal
    return versioned_acts.change(attempt, agreement, seen=seen, says=asdict(particulars))


@transaction.atomic
def register_membership(
    actor: Actor,
    *,
    provider_id: int,
    person_id: int,
    held_from: date,
    held_to: date | None = None,
    now: datetime,
) -> int | Refusal:
    """Return the id of the right of a person to act for a provider; nobody gives it to herself."""
    attempt = Attempt(actor, Action.REGISTER_MEMBERSHIP, "provider", provider_id, now)
    provider = queries.provider_in(actor, provider_id)
    if provider is None or not Person.objects.filter(id=person_id, is_active=True).exists():
        return attempt.refuse(Refusal.NOT_FOUND)
    if refusal := attempt.refused(queries.relation_to_provider(actor, provider)):
        return refusal
    if person_id == actor.person_id:
        return attempt.refuse(Refusal.DISQUALIFIED)
    member, is_new = Membership.objects.get_or_create(
        provider=provider, person_id=person_id, held_from=held_from, defaults={"held_to": held_to}
    )
    if not is_new and member.held_to != held_to:
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    if is_new:
        attempt.done(detail={"person": person_id})
    return member.pk


@transaction.atomic
def register_assistant(
    actor: Actor,
    *,
    provider_id: int,
    personal_number: str,
    particulars: AssistantParticulars,
    now: datetime,
) -> int | Refusal:
    """Return the id of an assistant of a provider's."""
    attempt = Attempt(actor, Action.REGISTER_ASSISTANT, "assistant", "", now)
    provider = queries.provider_in(actor, provider_id)
    if provider is None:
        return attempt.refuse(Refusal.NOT_FOUND)
    if refusal := attempt.refused(queries.relation_to_provider(actor, provider)):
        return refusal
    return versioned_acts.register(
        attempt,
        Assistant.objects,
        key={"provider": provider, "personal_number": personal_number},
        says=_with_sort_key(particulars),
    )


@transaction.atomic
def change_assistant(
    actor: Actor, *, assistant_id: int, particulars: AssistantParticulars, seen: int, now: datetime
) -> int | Refusal:
    """Return the number of the version that tells an assistant anew."""
    attempt = Attempt(actor, Action.CHANGE_ASSISTANT, "assistant", assistant_id, now)
    assistant = Assistant.objects.filter(id=assistant_id, provider__municipality__slug=actor.municipality).first()
    if assistant is None:
        return attempt.refuse(Refusal.NOT_FOUND)
    if refusal := attempt.refused(queries.relation_to_provider(actor, assistant.provider)):
        return refusal
    return versioned_acts.change(attempt, assistant, seen=seen, says=_with_sort_key(particulars))


@transaction.atomic
def register_incapacity(
    actor: Actor,
    *,
    assistant_id: int,
    unable_from: date,
    unable_to: date | None,
    assessed_on: date,
    reason: str,
    now: datetime,
) -> int | Refusal:
    """Return the id of an assessment that an assistant lacked ability; it needs a reason."""
    attempt = Attempt(actor, Action.REGISTER_INCAPACITY, "assistant", assistant_id, now)
    assistant = Assistant.objects.filter(id=assistant_id, provider__municipality__slug=actor.municipality).first()
    if assistant is None:
        return attempt.refuse(Refusal.NOT_FOUND)
    if refusal := attempt.refused(queries.relation_to_provider(actor, assistant.provider)):
        return refusal
    if not reason.strip():
        return attempt.refuse(Refusal.REASON_IS_MISSING)
    incapacity = Incapacity.objects.create(
        assistant=assistant,
        unable_from=unable_from,
        unable_to=unable_to,
        assessed_on=assessed_on,
        reason=reason,
        known_at=now,
        known_by_id=actor.person_id,
    )
    attempt.done(detail={"incapacity": incapacity.pk})
    return incapacity.pk


# --- powers of attorney and payees --------------------------------------------------------------------------


@transaction.atomic
def register_power_of_attorney(
    actor: Actor,
    *,
    recipient_id: int,
    agent_number: str,
    particulars: PowerOfAttorneyParticulars,
    now: datetime,
) -> int | Refusal:
    """Return the id of a recipient's power of attorney for an agent."""
    attempt = Attempt(actor, Action.REGISTER_POWER_OF_ATTORNEY, "power_of_attorney", "", now, recipient_id)
    recipient = queries.recipient_in(actor, recipient_id)
    if recipient is None:
        return attempt.refuse(Refusal.NOT_FOUND)
    if refusal := attempt.refused(queries.relation_to_recipient(actor, recipient, now=now)):
        return refusal
    if actor.personal_number == agent_number:
        return attempt.refuse(Refusal.DISQUALIFIED)
    return versioned_acts.register(
        attempt,
        PowerOfAttorney.objects,
        key={"recipient": recipient, "agent_number": agent_number},
        says=asdict(particulars),
    )


@transaction.atomic
def revoke_power_of_attorney(
    actor: Actor, *, power_id: int, revoked_on: date, seen: int, now: datetime
) -> int | Refusal:
    """Return the number of the version by which a power of attorney is taken back from a day on."""
    power = PowerOfAttorney.objects.filter(id=power_id, recipient__municipality__slug=actor.municipality).first()
    recipient_id = power.recipient_id if power else None
    attempt = Attempt(actor, Action.REVOKE_POWER_OF_ATTORNEY, "power_of_attorney", power_id, now, recipient_id)
    if power is None:
        return attempt.refuse(Refusal.NOT_FOUND)
    if refusal := attempt.refused(queries.relation_to_recipient(actor, power.recipient, now=now)):
        return refusal
    told = power.versions.filter(number=seen).first()
    if told is None:
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    says = {name: getattr(told, name) for name in PowerOfAttorneyParticulars.__slots__}
    return versioned_acts.change(attempt, power, seen=seen, says={**says, "revoked_on": revoked_on})


@transaction.atomic
def register_payee(
    actor: Actor, *, recipient_id: int | None = None, provider_id: int, particulars: PayeeParticulars, now: datetime
) -> int | Refusal:
    """Return the id of the payee for a recipient's hours with a provider; without recipient, for its invoices."""
    attempt = Attempt(actor, Action.REGISTER_PAYEE, "payee", "", now, recipient_id)
    relation = queries.relation_to(actor, recipient_id=recipient_id, provider_id=provider_id, now=now)
    if relation is None:
        return attempt.refuse(Refusal.NOT_FOUND)
    if refusal := attempt.refused(relation):
        return refusal
    return versioned_acts.register(
        attempt,
        Payee.objects,
        key={"recipient_id": recipient_id, "provider_id": provider_id},
        says=asdict(particulars),
    )


@transaction.atomic
def change_payee(
    actor: Actor, *, payee_id: int, particulars: PayeeParticulars, seen: int, now: datetime
) -> int | Refusal:
    """Return the number of the version that names another account from a day on."""
    payee = Payee.objects.filter(id=payee_id, provider__municipality__slug=actor.municipality).first()
    recipient_id = payee.recipient_id if payee else None
    attempt = Attempt(actor, Action.CHANGE_PAYEE, "payee", payee_id, now, recipient_id)
    if payee is None:
        return attempt.refuse(Refusal.NOT_FOUND)
    relation = queries.relation_to(actor, recipient_id=recipient_id, provider_id=payee.provider_id, now=now)
    if relation is None:
        return attempt.refuse(Refusal.NOT_FOUND)
    if refusal := attempt.refused(relation):
        return refusal
    return versioned_acts.change(attempt, payee, seen=seen, says=asdict(particulars))


def _with_sort_key(
    particulars: RecipientParticulars | ProviderParticulars | AssistantParticulars,
) -> dict[str, Any]:
    return {**asdict(particulars), "sort_key": sort_key(particulars.name)}
