"""What is asked about the parties: who somebody is here, and how near she stands to whom."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from timvis.apps.audit import queries as audit
from timvis.apps.audit.models import Person
from timvis.apps.audit.versions import current
from timvis.apps.parties import records
from timvis.apps.parties.models import (
    Membership,
    Payee,
    PowerOfAttorney,
    PowerOfAttorneyVersion,
    Provider,
    Recipient,
)
from timvis.core.access import Actor, Relation
from timvis.core.records import Mandate, ProviderKind


def actor_of(person_id: int, *, municipality: str, logged_in_at: datetime, on: date) -> Actor | None:
    """Return a person as she acts in a municipality on a day: roles held, providers acted for."""
    person = Person.objects.filter(id=person_id, is_active=True).first()
    if person is None:
        return None
    members = Membership.objects.filter(
        Q(held_to__isnull=True) | Q(held_to__gt=on),
        person_id=person_id,
        held_from__lte=on,
        provider__municipality__slug=municipality,
    )
    return Actor(
        person_id=person.pk,
        name=person.name,
        personal_number=person.personal_number or "",
        roles=audit.roles_on(person_id, municipality, on),
        municipality=municipality,
        provider_ids=frozenset(members.values_list("provider_id", flat=True)),
        logged_in_at=logged_in_at,
    )


def members_by_provider(provider_ids: Collection[int], on: date) -> dict[int, frozenset[int]]:
    """Return the persons who act for each of some providers on a day."""
    members = Membership.objects.filter(
        Q(held_to__isnull=True) | Q(held_to__gt=on), provider_id__in=provider_ids, held_from__lte=on
    )
    acting: defaultdict[int, set[int]] = defaultdict(set)
    for provider_id, person_id in members.values_list("provider_id", "person_id"):
        acting[provider_id].add(person_id)
    return {provider_id: frozenset(persons) for provider_id, persons in acting.items()}


def recipient_in(actor: Actor, recipient_id: int) -> Recipient | None:
    """Return a recipient of the actor's own municipality; another's is as if it did not exist."""
    return Recipient.objects.filter(id=recipient_id, municipality__slug=actor.municipality).first()


def provider_in(actor: Actor, provider_id: int) -> Provider | None:
    """Return a provider of the actor's own municipality; another's is as if it did not exist."""
    return Provider.objects.filter(id=provider_id, municipality__slug=actor.municipality).first()


def recipient_by_number(municipality: str, personal_number: str) -> Recipient | None:
    """Return a municipality's recipient by her number."""
    return Recipient.objects.filter(municipality__slug=municipality, personal_number=personal_number).first()


def provider_by_number(municipality: str, organisation_number: str) -> Provider | None:
    """Return a municipality's provider by its number."""
    return Provider.objects.filter(municipality__slug=municipality, organisation_number=organisation_number).first()


def own_provider(municipality: str, *, known_at: datetime) -> Provider | None:
    """Return the municipality as provider and employer itself, None while it is not registered as one."""
    things = Provider.objects.filter(municipality__slug=municipality).order_by("pk")
    known = records.providers([thing.pk for thing in things], known_at=known_at)
    return next((one for one in things if one.pk in known and known[one.pk].kind is ProviderKind.MUNICIPALITY), None)


def relation_to_recipient(actor: Actor, recipient: Recipient, *, now: datetime) -> Relation:
    """Return the nearest relation an actor has to a recipient at a moment.

    A provider is near those who have named a payee with it: that is how an assignment is known here.
    """
    return relations_to_recipients(actor, [recipient], now=now)[recipient.pk]


def relations_to_recipients(actor: Actor, recipients: Collection[Recipient], *, now: datetime) -> dict[int, Relation]:
    """Return the nearest relation an actor has to each of some recipients, by the recipient's id."""
    ids = {recipient.pk for recipient in recipients}
    payees = Payee.objects.filter(recipient_id__in=ids, provider_id__in=actor.provider_ids)
    served = set(payees.values_list("recipient_id", flat=True))
    acted_for = _acted_for(actor, ids, now)

    def nearest(recipient: Recipient) -> Relation:
        if actor.personal_number == recipient.personal_number:
            return Relation.SELF
        if recipient.pk in served:
            return Relation.OWN_PROVIDER
        if recipient.pk in acted_for:
            return Relation.AGENT
        return Relation.OWN_MUNICIPALITY if actor.municipality == recipient.municipality.slug else Relation.NONE

    return {recipient.pk: nearest(recipient) for recipient in recipients}


def _acted_for(actor: Actor, recipient_ids: Collection[int], now: datetime) -> set[int]:
    """Return those of some recipients whose power of attorney names the actor today."""
    today = timezone.localdate(now)
    powers = PowerOfAttorney.objects.filter(recipient_id__in=recipient_ids, agent_number=actor.personal_number)
    told = ((power, current(power.versions.all(), known_at=now)) for power in powers.prefetch_related("versions"))
    mandates = ((power.recipient_id, records.mandate(power, version)) for power, version in told if version)
    return {recipient_id for recipient_id, mandate in mandates if _holds(mandate, today)}


def seen_as_agent(actor: Actor, *, now: datetime) -> frozenset[int]:
    """Return the recipients whose power of attorney lets the actor, or a provider she acts for, see what is decided.

    To apply, to see and to receive the money are three powers: whoever has one of the others stands near the
    recipient as her agent and yet sees nothing.
    """
    acts_for = Provider.objects.filter(id__in=actor.provider_ids).values_list("organisation_number", flat=True)
    powers = PowerOfAttorney.objects.filter(
        recipient__municipality__slug=actor.municipality, agent_number__in={actor.personal_number, *acts_for}
    )
    today = timezone.localdate(now)
    told = ((power, current(power.versions.all(), known_at=now)) for power in powers.prefetch_related("versions"))
    return frozenset(
        power.recipient_id
        for power, version in told
        if version is not None and version.may_see and _holds(records.mandate(power, version), today)
    )


def relation_to_provider(actor: Actor, provider: Provider) -> Relation:
    """Return the nearest relation an actor has to a provider."""
    if provider.pk in actor.provider_ids or provider.organisation_number == actor.personal_number:
        return Relation.OWN_PROVIDER
    return Relation.OWN_MUNICIPALITY if actor.municipality == provider.municipality.slug else Relation.NONE


def relation_to_hours(actor: Actor, recipient: Recipient, provider: Provider, *, now: datetime) -> Relation:
    """Return the nearest relation an actor has to a recipient's hours with a provider."""
    return nearest_to_hours(actor, relation_to_recipient(actor, recipient, now=now), provider)


def nearest_to_hours(actor: Actor, near: Relation, provider: Provider) -> Relation:
    """Return the nearest relation to a recipient's hours with a provider, from that to the recipient."""
    at_provider = relation_to_provider(actor, provider)
    if near is Relation.SELF:
        return near
    # To have other hours of the recipient's says nothing about these.
    return at_provider if Relation.OWN_PROVIDER in (near, at_provider) else near


def relation_to(
    actor: Actor, *, recipient_id: int | None = None, provider_id: int | None = None, now: datetime
) -> Relation | None:
    """Return the nearest relation to those an object concerns; None when one of them is not found here."""
    found: list[Relation] = []
    if recipient_id is not None:
        recipient = recipient_in(actor, recipient_id)
        if recipient is None:
            return None
        found.append(relation_to_recipient(actor, recipient, now=now))
    if provider_id is not None:
        provider = provider_in(actor, provider_id)
        if provider is None:
            return None
        found.append(relation_to_provider(actor, provider))
    return min(found, key=list(Relation).index, default=None)


def power_held_by(recipient: Recipient, numbers: Collection[str], *, now: datetime) -> PowerOfAttorneyVersion | None:
    """Return the power of attorney that one of some persons or companies holds today; the one that may most first."""
    powers = PowerOfAttorney.objects.filter(recipient=recipient, agent_number__in=numbers).prefetch_related("versions")
    told = ((power, current(power.versions.all(), known_at=now)) for power in powers)
    today = timezone.localdate(now)
    held = [version for power, version in told if version and _holds(records.mandate(power, version), today)]
    return max(held, key=lambda one: (one.may_apply, one.original_received_on is not None), default=None)


def who_may_see(recipient_id: int | None, *, now: datetime) -> tuple[PowerOfAttorneyVersion, ...]:
    """Return the powers of attorney by which somebody may see a recipient's decisions today; the original is in."""
    on = timezone.localdate(now)
    powers = PowerOfAttorney.objects.filter(recipient=recipient_id).prefetch_related("versions__thing")
    told = (current(power.versions.all(), known_at=now, on=on) for power in powers)
    return tuple(
        version
        for version in told
        if version
        and version.may_see
        and version.original_received_on is not None
        and (version.revoked_on is None or on < version.revoked_on)
    )


def _holds(mandate: Mandate, day: date) -> bool:
    return mandate.valid_from <= day and (mandate.valid_to is None or day < mandate.valid_to)
