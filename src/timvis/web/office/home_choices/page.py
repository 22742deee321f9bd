"""What the pages about providers of home care have in common: words, and who sees which figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from timvis.apps.home_choices import queries
from timvis.apps.home_choices.queries import HomeProvider
from timvis.core.access import Action, Relation, opened
from timvis.core.calculation.home_care.prices import UNIT_TEXT
from timvis.core.calculation.home_care.records import Price
from timvis.core.calculation.hourly import kronor_text
from timvis.core.home_care.capacity import Capacity, Room
from timvis.core.home_care.providers import CannotTake
from timvis.core.review.review import hours_text
from timvis.core.routine.home_care import labels_of
from timvis.core.routine.home_choices import information_rows
from timvis.core.routine.records import Routine
from timvis.web.shared.asking import Ask

ROOM_WORDS: Final[dict[Room, tuple[str, str | Promise]]] = {
    Room.OPEN: ("clear", gettext_lazy("har plats")),
    Room.NEAR: ("ask", gettext_lazy("nära taket")),
    Room.FULL: ("stop", gettext_lazy("full")),
}
CANNOT_WORDS: Final[dict[CannotTake, str | Promise]] = {
    CannotTake.AGREEMENT_DOES_NOT_HOLD: gettext_lazy("har inget avtal som gäller då"),
    CannotTake.RECIPIENT_LEAVES_IT: gettext_lazy("är den som lämnas"),
    CannotTake.SERVICE_IS_NOT_OFFERED: gettext_lazy("utför inte alla insatserna"),
    CannotTake.AREA_IS_NOT_SERVED: gettext_lazy("arbetar inte i området"),
    CannotTake.FULL: gettext_lazy("full"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A provider as a page shows it; `room` is the mark and words of how full it is, None where nobody is to see it."""

    provider: HomeProvider
    services: str
    areas: str
    load: str
    room: tuple[str, str | Promise] | None
    holds: str


def shown(ask: Ask, provider: HomeProvider, routine: Routine | None) -> Shown:
    """Return a provider as it is shown to somebody; its figures are for itself and the municipality."""
    services, areas = information_rows(provider.terms, labels(routine, "service"), labels(routine, "choice_area"))
    sees = sees_figures(ask, provider.id)
    return Shown(
        provider=provider,
        services=services,
        areas=areas,
        load=load_text(provider.capacity) if sees else "",
        room=ROOM_WORDS[provider.room] if sees and provider.room is not None and _has_ceiling(provider) else None,
        holds=_holds(ask, provider),
    )


def load_text(capacity: Capacity) -> str:
    """Return how much of its ceiling a provider has ordered."""
    ordered, ceiling = hours_text(capacity.ordered_minutes), capacity.ceiling_minutes
    if ceiling is None:
        return _("%(ordered)s h") % {"ordered": ordered}
    return _("%(ordered)s av %(ceiling)s h") % {"ordered": ordered, "ceiling": hours_text(ceiling)}


def labels(routine: Routine | None, code: str) -> Mapping[str, str]:
    """Return what people call the names of a setting, none without a routine."""
    return {} if routine is None else labels_of(routine, code)


def price_rows(provider: HomeProvider, routine: Routine, ask: Ask) -> list[tuple[str, str]]:
    """Return the municipality's prices for a provider's services: what for, and how much."""
    return [
        (_price_text(price, routine), f"{kronor_text(price.amount_ore)} per {UNIT_TEXT[price.unit]}")
        for price in queries.prices(provider, routine, on=ask.today)
    ]


def providers_shown(ask: Ask) -> tuple[tuple[HomeProvider, ...], Routine | None]:
    """Return the municipality's providers of home care today, and its routine."""
    routine = queries.routine_on(ask.actor.municipality, ask.today)
    found = queries.providers(ask.actor.municipality, known_at=ask.now, on=ask.today, routine=routine)
    return found, routine


def sees_figures(ask: Ask, provider_id: int) -> bool:
    """Return whether somebody sees how full a provider is: the municipality, and the provider itself."""
    in_town = Action.LOOK_AT_HOME_PROVIDERS in opened(ask.actor, Relation.OWN_MUNICIPALITY)
    return in_town or provider_id in ask.actor.provider_ids


def _price_text(price: Price, routine: Routine) -> str:
    parts = (
        labels_of(routine, "service").get(price.service, price.service),
        labels_of(routine, "zone").get(price.zone, price.zone),
        labels_of(routine, "time_band").get(price.time_band, price.time_band),
    )
    return ", ".join(part for part in parts if part)


def _has_ceiling(provider: HomeProvider) -> bool:
    return provider.capacity.ceiling_minutes is not None


def _holds(ask: Ask, provider: HomeProvider) -> str:
    """Return from or until when an agreement holds, where that is not simply now."""
    terms = provider.terms
    if ask.today < terms.begins_on:
        return _("från %(day)s") % {"day": terms.begins_on.isoformat()}
    if terms.ends_on is None:
        return ""
    last = terms.ends_on.fromordinal(terms.ends_on.toordinal() - 1).isoformat()
    return (_("slutade %(day)s") if terms.ends_on <= ask.today else _("slutar %(day)s")) % {"day": last}
