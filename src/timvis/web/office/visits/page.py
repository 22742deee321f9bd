"""What the pages about visits share: whose they are, the month they are about, and what they say in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Final

from django.db.models import Q
from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from timvis.apps.parties.models import Provider, Recipient
from timvis.apps.parties.queries import provider_in, relation_to_provider
from timvis.apps.visits.models import Way
from timvis.core.access import POLICY, Action, Actor, Relation, opened
from timvis.core.calendar.local_time import local_clock, local_day
from timvis.core.calendar.months import month_after
from timvis.core.home_care.decided import service_label
from timvis.core.home_care.deviation import DeviationKind
from timvis.core.home_care.objections import ObjectionKind
from timvis.core.home_care.visit_signals import Answer, SignalKind
from timvis.core.home_care.visits import RegisteredVisit
from timvis.core.records import Instant
from timvis.web.shared.asking import Ask
from timvis.web.shared.ids import number_in
from timvis.web.shared.month_shown import Months, months_of
from timvis.web.shared.names import newest, provider_name, recipient_name

SHOWN = 100
"""Rows that a page shows before it says how many more there are."""

OBJECTION_WORDS: Final[dict[str, str | Promise]] = {
    ObjectionKind.NO_ORDER: _("Personen har ingen beställning hos utföraren."),
    ObjectionKind.BEFORE_THE_ORDER: _("Besöket ligger före beställningens första dag."),
    ObjectionKind.AFTER_THE_END: _("Besöket ligger efter att beställningen har avslutats."),
    ObjectionKind.DURING_A_PAUSE: _("Besöket ligger i ett uppehåll i beställningen."),
    ObjectionKind.SERVICE_IS_NOT_ORDERED: _("Insatsen ingår inte i beställningen den dagen."),
    ObjectionKind.ALSO_FROM_ANOTHER_SYSTEM: _(
        "Ett annat system har lämnat ett besök med samma person, insats och tider."
    ),
}
SIGNAL_WORDS: Final[dict[str, str | Promise]] = {
    SignalKind.AFTER_DEATH: _("Efter att personen avlidit"),
    SignalKind.IN_HOSPITAL: _("Medan personen låg på sjukhus"),
    SignalKind.OVERLAP: _("Två besök samtidigt"),
    SignalKind.IMPOSSIBLE_TRAVEL: _("För långt mellan besöken"),
    SignalKind.ALWAYS_AS_PLANNED: _("Alltid som planerat"),
    SignalKind.REGULAR_AS_A_MACHINE: _("Jämna fem minuter"),
    SignalKind.REGISTERED_BY_HAND: _("Registrerat för hand"),
}
ANSWER_WORDS: Final[dict[str, str | Promise]] = {
    Answer.ASKED: _("Frågat utföraren"),
    Answer.EXPLAINED: _("Förklarat, inget mer behövs"),
    Answer.FOLLOWED_UP: _("Följs upp vidare"),
}
WAY_WORDS: Final[dict[str, str | Promise]] = {
    Way.FILE: _("Fil"),
    Way.API: _("Från utförarens system"),
    Way.FORM: _("Avskriven blankett"),
}
DEVIATION_WORDS: Final[dict[str, str | Promise]] = {
    DeviationKind.MORE_TIME: _("Tog längre tid"),
    DeviationKind.LESS_TIME: _("Tog kortare tid"),
    DeviationKind.DECLINED: _("Kunden tackade nej"),
    DeviationKind.NOT_AT_HOME: _("Kunden var inte hemma"),
    DeviationKind.CANCELLED_BY_PROVIDER: _("Utföraren ställde in"),
    DeviationKind.WAY_OF_REGISTERING: _("Tiden är registrerad i efterhand"),
    DeviationKind.OTHER: _("Annat"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownVisit:
    """A visit as a row: when, whose, by whom."""

    recipient: str
    on: date
    clock: str
    service: str
    staff: str
    minutes: int


def last_months(ask: Ask) -> Months:
    """Return the month that was asked for, else the last that is over."""
    return months_of(ask, otherwise=month_after(ask.today, -1))


def sees_all(actor: Actor, action: Action) -> bool:
    """Return whether the table opens an action to somebody for the whole municipality."""
    return action in opened(actor, Relation.OWN_MUNICIPALITY)


def providers_of(actor: Actor, action: Action) -> list[Provider]:
    """Return the providers of home care that somebody sees, by name: her own, or all in the municipality."""
    rows = Provider.objects.filter(municipality__slug=actor.municipality)
    if sees_all(actor, action):
        rows = rows.filter(Q(home_orders__isnull=False) | Q(deliveries__isnull=False)).distinct()
    else:
        rows = rows.filter(pk__in=actor.provider_ids)
    found = rows.select_related("municipality").prefetch_related("versions")
    return sorted(found, key=lambda one: newest(one).sort_key if newest(one) else "")


def provider_or_404(ask: Ask, provider_id: str) -> Provider:
    """Return a provider of the actor's municipality that she stands near enough to. Raises `Http404`."""
    provider = provider_in(ask.actor, number_in(provider_id))
    if provider is None or not any(
        row.role in ask.actor.roles and row.relation is relation_to_provider(ask.actor, provider) for row in POLICY
    ):
        raise Http404
    return provider


def choices(providers: Iterable[Provider]) -> list[tuple[int, str]]:
    """Return providers to choose among."""
    return [(one.pk, provider_name(one)) for one in providers]


def names_of(municipality: str, numbers: Iterable[str]) -> dict[str, Recipient]:
    """Return recipients with their names, by personal number."""
    rows = Recipient.objects.filter(municipality__slug=municipality, personal_number__in=set(numbers))
    return {one.personal_number: one for one in rows.prefetch_related("versions")}


def shown(visit: RegisteredVisit, people: dict[str, Recipient]) -> ShownVisit:
    """Return a visit as a row."""
    return ShownVisit(
        recipient=recipient_name(people[visit.recipient]),
        on=local_day(visit.start_at),
        clock=clock_text(visit.start_at, visit.end_at),
        service=visit.service,
        staff=visit.staff,
        minutes=visit.minutes,
    )


def service_choices(services: Iterable[str]) -> list[tuple[str, str]]:
    """Return services to choose among."""
    return sorted(((name, service_label(name)) for name in services), key=itemgetter(1))


def clock_text(start_at: Instant, end_at: Instant) -> str:
    """Return from when to when, as 08.05–08.50."""
    return f"{local_clock(start_at)}–{local_clock(end_at)}"
