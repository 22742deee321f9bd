"""What is asked about the parties: who somebody is here, and how near she stands to whom."""

from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from timvis.apps.audit import queries as audit
from timvis.apps.audit.models import Person
from timvis.apps.parties import records
from timvis.apps.parties.models import Membership, Payee, Provider, Recipient
from timvis.core.access import Actor, Relation


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


def relation_to_recipient(actor: Actor, recipient: Recipient, *, now: datetime) -> Relation:
    """Return the nearest relation an actor has to a recipient at a moment.

    A provider is near those who have named a payee with it: that is how an assignment is known here.
    """
    if actor.personal_number == recipient.personal_number:
        return Relation.SELF
    if Payee.objects.filter(recipient=recipient, provider_id__in=actor.provider_ids).exists():
        return Relation.OWN_PROVIDER
    today = timezone.localdate(now)
    if any(
        mandate.agent_number == actor.personal_number
        for mandate in records.mandates(recipient.pk, known_at=now)
        if mandate.valid_from <= today and (mandate.valid_to is None or today < mandate.valid_to)
    ):
        return Relation.AGENT
    return Relation.OWN_MUNICIPALITY if actor.municipality == recipient.municipality.slug else Relation.NONE


def relation_to_provider(actor: Actor, provider: Provider) -> Relation:
    """Return the nearest relation an actor has to a provider."""
    if provider.pk in actor.provider_ids or provider.organisation_number == actor.personal_number:
        return Relation.OWN_PROVIDER
    return Relation.OWN_MUNICIPALITY if actor.municipality == provider.municipality.slug else Relation.NONE


def relation_to_hours(actor: Actor, recipient: Recipient, provider: Provider, *, now: datetime) -> Relation:
    """Return the nearest relation an actor has to a recipient's hours with a provider."""
    near, at_provider = relation_to_recipient(actor, recipient, now=now), relation_to_provider(actor, provider)
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
