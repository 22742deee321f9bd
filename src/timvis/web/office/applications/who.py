"""Whom somebody may apply for, and what stands in the form from the start because it is known already."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from timvis.apps.applications.models import AppliedBy
from timvis.apps.claims.application_acts import covers_of, version_for
from timvis.apps.parties.models import PowerOfAttorney, Provider, Recipient
from timvis.apps.routines import records as routines
from timvis.core.access import Action, Actor, Relation, opened
from timvis.core.identity import personal_text
from timvis.core.routine.catalogue import WHOLE_ROUTINE
from timvis.core.routine.shapes import SomeOf
from timvis.web.office.applications.forms import Choices
from timvis.web.shared.asking import Ask
from timvis.web.shared.names import provider_name, recipient_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """Whom the one who asks may apply for: the choices of the form, and what is known of her."""

    is_officer: bool
    choices: dict[str, Choices]
    initial: dict[str, Any]


def applicant_of(ask: Ask) -> Applicant:
    """Return whom somebody may apply for, an officer everybody in town."""
    actor = ask.actor
    is_officer = Action.REGISTER_APPLICATION in opened(actor, Relation.OWN_MUNICIPALITY)
    recipients, providers = _reached(actor, is_officer=is_officer)
    choices: dict[str, Choices] = {
        "recipient": _sorted((one.pk, recipient_name(one)) for one in recipients),
        "provider": _sorted((one.pk, provider_name(one)) for one in providers),
        "covers": _covers(ask, providers),
    }
    if not is_officer:
        choices |= {name: [("", _CHOOSE), *told] if len(told) > 1 else told for name, told in choices.items()}
    else:
        choices |= {name: [("", _CHOOSE), *told] for name, told in choices.items()}
    return Applicant(is_officer=is_officer, choices=choices, initial={} if is_officer else _known(actor, providers))


_CHOOSE = "–"


def _reached(actor: Actor, *, is_officer: bool) -> tuple[list[Recipient], list[Provider]]:
    recipients = Recipient.objects.filter(municipality__slug=actor.municipality).prefetch_related("versions")
    providers = Provider.objects.filter(municipality__slug=actor.municipality).prefetch_related("versions")
    if is_officer:
        return list(recipients.exclude(personal_number=actor.personal_number)), list(providers)
    own = Q(pk__in=actor.provider_ids) | Q(organisation_number=actor.personal_number)
    mine = list(providers.filter(own))
    powers = PowerOfAttorney.objects.filter(agent_number=actor.personal_number).values("recipient_id")
    near = Q(personal_number=actor.personal_number) | Q(payees__provider__in=mine) | Q(pk__in=powers)
    reached = list(recipients.filter(near).distinct())
    theirs = providers.filter(payees__recipient__in=reached).exclude(pk__in=[one.pk for one in mine]).distinct()
    is_at_provider = bool(actor.provider_ids)
    return reached, mine if is_at_provider else [*mine, *theirs]


def _sorted(found: Any) -> Choices:
    return sorted(found, key=lambda one: one[1])


def _covers(ask: Ask, providers: list[Provider]) -> Choices:
    """Return what an application may cover by the routines of the employers that can be chosen."""
    words: dict[str, str] = {}
    for kind_of in providers[:_ENOUGH]:
        version = version_for(kind_of, now=ask.now, received_at=ask.now)
        if version is not None:
            words |= covers_of(routines.routine(version))
    if words:
        return list(words.items())
    shape = next(one.shape for one in WHOLE_ROUTINE if one.code == "claim_covers")
    assert isinstance(shape, SomeOf)
    return list(shape.words.items())


_ENOUGH = 20


def _known(actor: Actor, providers: list[Provider]) -> dict[str, Any]:
    """Return who applies, as far as the login tells."""
    if actor.provider_ids and providers:
        first = providers[0]
        return {
            "applied_by": AppliedBy.AGENT,
            "applicant_name": provider_name(first),
            "applicant_number": first.organisation_number,
        }
    return {
        "applied_by": AppliedBy.RECIPIENT,
        "applicant_name": actor.name,
        "applicant_number": personal_text(actor.personal_number),
    }
