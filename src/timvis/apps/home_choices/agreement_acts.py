"""Acts about agreements on home care: a provider is approved, its terms change, it sets its ceiling, it ends."""

from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from timvis.apps.audit import versioned_acts
from timvis.apps.audit.attempts import Attempt
from timvis.apps.home_choices import queries, records
from timvis.apps.home_choices.models import HomeAgreement
from timvis.apps.home_choices.records import AgreementParticulars
from timvis.apps.parties import queries as parties
from timvis.apps.parties.models import Provider
from timvis.core.access import Action, Actor
from timvis.core.calendar.local_time import day_of
from timvis.core.faults import Fault, Refusal
from timvis.core.home_care.providers import term_faults
from timvis.core.quantities import Minutes
from timvis.core.routine.home_choices import choice_areas_of, services_of


@transaction.atomic
def register_home_agreement(
    actor: Actor, provider_id: int, told: AgreementParticulars, *, now: datetime
) -> int | Refusal | tuple[Fault, ...]:
    """Return the id of a provider's agreement, or everything it says that the routine has no word for."""
    provider, attempt = _provider(actor, provider_id, Action.REGISTER_HOME_AGREEMENT, now)
    if isinstance(provider, Refusal):
        return provider
    if wrong := _wrong(actor, attempt, told):
        return wrong
    key = {"provider": provider}
    return versioned_acts.register(attempt, HomeAgreement.objects, key=key, says=records.says(told))


@transaction.atomic
def change_home_agreement(
    actor: Actor, provider_id: int, told: AgreementParticulars, *, seen: int, now: datetime
) -> int | Refusal | tuple[Fault, ...]:
    """Return the number of the version that says anew what an agreement says from a day on, or when it ends."""
    provider, attempt = _provider(actor, provider_id, Action.CHANGE_HOME_AGREEMENT, now)
    if isinstance(provider, Refusal):
        return provider
    agreement = HomeAgreement.objects.filter(provider=provider).first()
    if agreement is None:
        return attempt.refuse(Refusal.NOT_FOUND)
    if wrong := _wrong(actor, attempt, told):
        return wrong
    return versioned_acts.change(attempt, agreement, seen=seen, says=records.says(told))


@transaction.atomic
def change_ceiling(
    actor: Actor, provider_id: int, ceiling_minutes: Minutes | None, *, from_on: date, seen: int, now: datetime
) -> int | Refusal | tuple[Fault, ...]:
    """Return the number of the version by which a provider sets its ceiling, or takes it away, from a day on.

    A ceiling below what is already ordered takes nobody's help away: it only lets nobody more in.
    """
    provider, attempt = _provider(actor, provider_id, Action.CHANGE_CEILING, now)
    if isinstance(provider, Refusal):
        return provider
    agreement = HomeAgreement.objects.filter(provider=provider).prefetch_related("versions").first()
    spoken = records.speaking(agreement.versions.all(), known_at=now, on=from_on) if agreement else None
    if agreement is None or spoken is None:
        return attempt.refuse(Refusal.NOT_FOUND)
    if from_on < day_of(now):
        return (_in_the_past(),)
    told = replace(records.particulars(spoken), ceiling_minutes=ceiling_minutes, valid_from=from_on)
    if wrong := _wrong(actor, attempt, told):
        return wrong
    return versioned_acts.change(attempt, agreement, seen=seen, says=records.says(told))


def _provider(actor: Actor, provider_id: int, action: Action, now: datetime) -> tuple[Provider | Refusal, Attempt]:
    attempt = Attempt(actor, action, "provider", provider_id, now)
    provider = parties.provider_in(actor, provider_id)
    if provider is None:
        return attempt.refuse(Refusal.NOT_FOUND), attempt
    refusal = attempt.refused(parties.relation_to_provider(actor, provider))
    return refusal or provider, attempt


def _wrong(actor: Actor, attempt: Attempt, told: AgreementParticulars) -> Refusal | tuple[Fault, ...]:
    """Return the refusal where no routine says what home care is, else every fault; empty when nothing is wrong."""
    on = max(told.valid_from, told.begins_on)
    routine = queries.routine_on(actor.municipality, on)
    if routine is None:
        return attempt.refuse(Refusal.ROUTINE_IS_NOT_PUBLISHED)
    faults = term_faults(records.terms("", told), services=services_of(routine), areas=choice_areas_of(routine))
    return faults if told.reference.strip() else (*faults, _no_reference())


def _no_reference() -> Fault:
    return Fault(
        code="home_care_agreement",
        message="Avtalet har ingen beteckning.",
        remedy="Skriv den beteckning som avtalet har i diariet.",
        column="reference",
    )


def _in_the_past() -> Fault:
    return Fault(
        code="home_care_agreement",
        message="Taket kan inte ändras bakåt i tiden.",
        remedy="Välj i dag eller en senare dag: de turer som redan är givna vilar på taket som det var.",
        column="from_on",
    )
