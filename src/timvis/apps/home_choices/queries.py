"""What is asked about who performs home care: the routine, the providers with their room, and the turn order."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from timvis.apps.home_choices import records
from timvis.apps.home_choices.models import HomeAgreement, HomeAgreementVersion, TurnEntry
from timvis.apps.home_orders import queries as home_orders
from timvis.apps.home_orders.models import HomeOrder
from timvis.apps.parties import records as parties
from timvis.apps.parties.models import Provider
from timvis.apps.routines import queries as routines
from timvis.apps.routines import records as routine_records
from timvis.core.access import HomeOrderStatus
from timvis.core.calculation.home_care.records import Granted, Price
from timvis.core.calculation.home_care.settings import Form
from timvis.core.calendar.local_time import instant
from timvis.core.home_care.capacity import Capacity, Room, peak_minutes, room
from timvis.core.home_care.providers import Terms
from timvis.core.home_care.turn_order import Entry
from timvis.core.quantities import Minutes
from timvis.core.records import ProviderKind
from timvis.core.routine.home_care import price_list
from timvis.core.routine.home_orders import capacity_warning_of
from timvis.core.routine.records import ClaimKind, Routine
from timvis.core.routine.settings import states
from timvis.core.sort_key import sort_key


def routine_on(municipality: str, day: date) -> Routine | None:
    """Return the routine of a municipality's home care on a day; of several, the one for most kinds of provider."""
    version = routines.for_claim(municipality, ClaimKind.HOME_CARE, None, day)
    return None if version is None else routine_records.routine(version)


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeProvider:
    """A provider of home care as it stands on a day: its agreement, and how much it has of what it can take.

    `room` is None where the routine does not say when a ceiling is near.
    """

    id: int
    name: str
    kind: ProviderKind
    version: HomeAgreementVersion
    terms: Terms
    capacity: Capacity
    room: Room | None

    @property
    def key(self) -> str:
        """What the core calls it."""
        return self.terms.provider

    @property
    def form(self) -> Form:
        """Whose it is: the municipality's own, or private."""
        return Form.OWN if self.kind is ProviderKind.MUNICIPALITY else Form.PRIVATE


def providers(
    municipality: str, *, known_at: datetime, on: date, routine: Routine | None, only: Collection[int] | None = None
) -> tuple[HomeProvider, ...]:
    """Return the providers with an agreement, by name; also those whose agreement has not begun or has ended."""
    things = HomeAgreement.objects.filter(provider__municipality__slug=municipality).prefetch_related("versions")
    if only is not None:
        things = things.filter(provider_id__in=only)
    spoken = {
        thing.provider_id: version
        for thing in things
        if (version := records.speaking(thing.versions.all(), known_at=known_at, on=on)) is not None
    }
    told = parties.providers(spoken, known_at=known_at)
    minutes = _ordered_minutes(municipality, spoken, on)
    found = [
        _home_provider(provider_id, told[provider_id].name, told[provider_id].kind, version, minutes, routine)
        for provider_id, version in spoken.items()
        if provider_id in told
    ]
    return tuple(sorted(found, key=lambda one: (sort_key(one.name), one.id)))


def prices(provider: HomeProvider, routine: Routine, *, on: date) -> tuple[Price, ...]:
    """Return the rows of the municipality's price list that hold for a provider's services on a day."""
    services = {offered.name for offered in provider.terms.services}
    return price_list(routine, form=provider.form, services=services, on=on)


def ordered_after(provider: HomeProvider) -> tuple[HomeOrder, ...]:
    """Return the orders that go on when a provider's agreement has ended: somebody else must be chosen for them."""
    if provider.terms.ends_on is None:
        return ()
    rows = HomeOrder.objects.filter(
        Q(ended_at__isnull=True) | Q(ended_at__gt=instant(provider.terms.ends_on, 0)), provider_id=provider.id
    ).exclude(status=HomeOrderStatus.DECLINED)
    return tuple(
        rows.select_related("municipality", "recipient").prefetch_related("recipient__versions").order_by("pk")
    )


def agreement_of(provider: Provider) -> HomeAgreement | None:
    """Return a provider's agreement with its versions, None while it has none."""
    return HomeAgreement.objects.filter(provider=provider).prefetch_related("versions").first()


def names(provider_ids: Collection[int]) -> dict[int, str]:
    """Return what some providers are called now, by id; also those whose agreement has ended."""
    found = Provider.objects.filter(pk__in=provider_ids).prefetch_related("versions")
    return {one.pk: max(one.versions.all(), key=lambda version: version.number).name for one in found}


def areas_with_turns(municipality: str) -> tuple[str, ...]:
    """Return the areas that have a turn order of their own, the empty name for the whole municipality."""
    rows = TurnEntry.objects.filter(municipality__slug=municipality)
    return tuple(rows.order_by("area").values_list("area", flat=True).distinct())


def turn_log(municipality: str, area: str) -> tuple[Entry, ...]:
    """Return a turn order's log, whole, from the first row."""
    return tuple(records.entry(row) for row in turn_rows(municipality, area))


def turn_rows(municipality: str, area: str) -> tuple[TurnEntry, ...]:
    """Return the rows of a turn order's log with who wrote them, from the first."""
    rows = TurnEntry.objects.filter(municipality__slug=municipality, area=area)
    return tuple(rows.select_related("made_by", "choice").order_by("number"))


def _ordered_minutes(municipality: str, provider_ids: Collection[int], from_on: date) -> dict[int, Minutes]:
    """Return the most that each provider has ordered a month from a day on; who has nothing is left out."""
    orders: defaultdict[int, list[tuple[Granted, ...]]] = defaultdict(list)
    for one in home_orders.orders_between(municipality, from_on, date.max, provider_ids=provider_ids):
        orders[one.provider_id].append(one.granted)
    return {provider_id: peak_minutes(pieces, from_on) for provider_id, pieces in orders.items()}


def _home_provider(
    provider_id: int,
    name: str,
    kind: ProviderKind,
    version: HomeAgreementVersion,
    minutes: Mapping[int, Minutes],
    routine: Routine | None,
) -> HomeProvider:
    terms = records.terms(str(provider_id), records.particulars(version))
    capacity = Capacity(
        provider=terms.provider,
        ordered_minutes=minutes.get(provider_id, Minutes(0)),
        ceiling_minutes=terms.ceiling_minutes,
    )
    warns = routine is not None and states(routine, "capacity_warning")
    return HomeProvider(
        id=provider_id,
        name=name,
        kind=kind,
        version=version,
        terms=terms,
        capacity=capacity,
        room=room(capacity, capacity_warning_of(routine)) if routine is not None and warns else None,
    )
