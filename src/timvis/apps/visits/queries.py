"""What is asked about visits: which count, what they come to, what is asked about them, and what looks odd."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from hashlib import sha256

from django.db import connection
from django.db.models import Count, F, Max, Q, QuerySet, Sum

from timvis.apps.home_orders import queries as home_orders
from timvis.apps.home_orders.models import HomeOrder, OrderedService
from timvis.apps.home_orders.records import Key
from timvis.apps.parties.models import Provider, Recipient
from timvis.apps.routines import records as routine_records
from timvis.apps.visits import records
from timvis.apps.visits.models import Delivery, DeviationForm, KeyPurpose, SignalNote, SystemKey, Visit
from timvis.core.access import HomeOrderStatus
from timvis.core.calculation.home_care.settings import Cohabitants, Staffing
from timvis.core.calendar.local_time import instant, local_day
from timvis.core.calendar.months import month_period
from timvis.core.home_care.delivery import KeptVisit
from timvis.core.home_care.objections import VisitObjection, objections
from timvis.core.home_care.ordered import Pause
from timvis.core.home_care.reconciliation import Line, Month, Share, Whose, reconciled, shares
from timvis.core.home_care.visit_signals import Bounds, Signal, by_hand_percent, signals
from timvis.core.home_care.visits import RegisteredBy, RegisteredVisit, VisitState
from timvis.core.records import Instant
from timvis.core.routine.home_care import choices_of
from timvis.core.routine.records import Routine
from timvis.core.routine.settings import SettingIsUnknown
from timvis.core.routine.visits import bounds_of
from timvis.formats.home_care_visits.read import Ordered

_WHOLE = 100
_CHUNK = 500
"""Numbers of one question: within what every database takes."""


# --- which count ------------------------------------------------------------------------------------------------


def counting(provider_ids: Collection[int], from_at: Instant, to_at: Instant) -> QuerySet[Visit]:
    """Return the visits of some providers that begin in a half-open time and that nothing has replaced."""
    return Visit.objects.filter(
        provider_id__in=provider_ids, start_at__gte=from_at, start_at__lt=to_at, replaced__isnull=True
    )


def month_instants(month_on: date) -> tuple[Instant, Instant]:
    """Return when a month begins, and when the next one does: a visit belongs to the month it began in."""
    month = month_period(month_on)
    return instant(month.from_on, 0), instant(month.to_on, 0)


def visits_of_month(provider_id: int, month_on: date) -> tuple[RegisteredVisit, ...]:
    """Return a provider's visits of a month in time order."""
    rows = counting([provider_id], *month_instants(month_on)).order_by("start_at", "end_at", "id")
    return tuple(one.visit for one in kept(rows))


def kept(rows: QuerySet[Visit]) -> tuple[KeptVisit, ...]:
    """Return rows as kept visits; two queries whatever their number."""
    found = list(rows.values_list(*records.COLUMNS))
    return tuple(records.kept_visits(found, numbers_of({row[1] for row in found})))


def kept_near(provider_id: int, told: Collection[RegisteredVisit]) -> tuple[KeptVisit, ...]:
    """Return the visits that count and that what is told now may be about: the same numbers, or the same times."""
    if not told:
        return ()
    first, last = min(one.start_at for one in told), max(one.start_at for one in told)
    found = {one.id: one for one in kept(counting([provider_id], first, Instant(last + 1)))}
    here = {one.visit.key for one in found.values()}
    elsewhere = sorted({one.key for one in told} - here)
    for begin in range(0, len(elsewhere), _CHUNK):
        rows = Visit.objects.filter(
            provider_id=provider_id, key__in=elsewhere[begin : begin + _CHUNK], replaced__isnull=True
        )
        found.update((one.id, one) for one in kept(rows))
    return tuple(found.values())


def numbers_of(recipient_ids: Collection[int]) -> dict[int, str]:
    """Return some recipients' personal numbers by id."""
    ids, found = sorted(recipient_ids), dict[int, str]()
    for begin in range(0, len(ids), _CHUNK):
        rows = Recipient.objects.filter(id__in=ids[begin : begin + _CHUNK])
        found.update(rows.values_list("id", "personal_number"))
    return found


# --- what was ordered -------------------------------------------------------------------------------------------


def orderers(provider_id: int) -> dict[str, int]:
    """Return those who have, or have had, an order at a provider: ids by personal number."""
    orders = HomeOrder.objects.filter(provider_id=provider_id).exclude(status=HomeOrderStatus.DECLINED)
    return dict(orders.values_list("recipient__personal_number", "recipient_id"))


def services_in(municipality: str, *, on: date) -> frozenset[str]:
    """Return the services of a municipality's routine on a day, and those that were ever ordered there."""
    version = home_orders.routine_for_order(municipality, on)
    chosen = choices_of(routine_records.routine(version)).settings.service if version else ()
    once = OrderedService.objects.filter(order__municipality__slug=municipality)
    return frozenset({*(one.name for one in chosen or ()), *once.values_list("service", flat=True).distinct()})


def ordered_of(provider: Provider, *, on: date) -> Ordered:
    """Return whom a provider's visits may be about, and what."""
    return Ordered(recipients=frozenset(orderers(provider.pk)), services=services_in(provider.municipality.slug, on=on))


def objections_to(provider: Provider, visits: Collection[RegisteredVisit]) -> tuple[VisitObjection, ...]:
    """Return what is asked about some of a provider's visits beside its orders."""
    if not visits:
        return ()
    first = local_day(min(one.start_at for one in visits))
    # An order that ended earlier tells that a visit came after its end, not that there never was an order.
    orders = home_orders.orders_between(
        provider.municipality.slug, date(first.year - 1, 1, 1), date.max, provider_ids=[provider.pk]
    )
    numbers = numbers_of({one.recipient_id for one in orders})
    return objections(tuple(visits), records.ordered_time(orders, numbers))


def objections_of_month(provider: Provider, month_on: date) -> tuple[VisitObjection, ...]:
    """Return what is asked about a provider's visits of a month, in time order."""
    return objections_to(provider, visits_of_month(provider.pk, month_on))


# --- what they come to ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Counting:
    """How a routine counts visits; None: it does not say, and a month that needs it stops."""

    routine: Routine
    staffing: Staffing | None
    cohabitants: Cohabitants | None


def counting_of(municipality: str, month_on: date) -> Counting | None:
    """Return how the routine of a month counts visits, None when no routine of home care was in force."""
    version = home_orders.routine_for_order(municipality, month_on)
    if version is None:
        return None
    routine = routine_records.routine(version)
    chosen = choices_of(routine).settings
    return Counting(routine=routine, staffing=chosen.double_staffing, cohabitants=chosen.cohabitants)


def performed_month(provider_ids: Collection[int], month_on: date, chosen: Counting) -> dict[Key, Fraction]:
    """Return the performed minutes of a month by recipient, service and provider, summed by the database.

    Raises `SettingIsUnknown` when somebody shared a visit, or two came at once, and the routine does not say how
    that counts.
    """
    rows = counting(provider_ids, *month_instants(month_on)).filter(state=VisitState.PERFORMED).order_by()
    at_once = rows.values("recipient_id", "service", "provider_id", "start_at", "end_at").annotate(
        staff_count=Count("id"), most=Max("shared_by")
    )
    inner, values = at_once.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_SUMS.format(inner=inner), values)
        sums = cursor.fetchall()
    found: dict[Key, Fraction] = {}
    for recipient_id, service, provider_id, most, staff_count, once, each in sums:
        if staff_count > 1 and chosen.staffing is None:
            raise SettingIsUnknown(chosen.routine, "double_staffing")
        if most > 1 and chosen.cohabitants is None:
            raise SettingIsUnknown(chosen.routine, "cohabitants")
        key = Key(recipient_id=recipient_id, service=service, provider_id=provider_id)
        minutes = int(once if chosen.staffing is Staffing.COUNTS_ONCE else each)
        share = most if chosen.cohabitants is Cohabitants.SPLIT else 1
        found[key] = found.get(key, Fraction(0)) + Fraction(minutes, share)
    return found


_SUMS = """
SELECT recipient_id, service, provider_id, most, MAX(staff_count),
  SUM(end_at - start_at), SUM((end_at - start_at) * staff_count)
FROM ({inner}) AS at_once
GROUP BY recipient_id, service, provider_id, most
"""
"""The text of `core.home_care.reconciliation.performed_minutes`, for a whole municipality at once."""


def lines_of_month(municipality: str, month_on: date, chosen: Counting) -> tuple[Line, ...]:
    """Return ordered beside performed for everybody in a month, without amounts. Raises `SettingIsUnknown`.

    Whose it is stands there as ids in text. What was approved and charged is known downstream.
    """
    providers = list(Provider.objects.filter(municipality__slug=municipality).values_list("id", flat=True))
    ordered = home_orders.ordered_month(municipality, month_on)
    performed = performed_month(providers, month_on, chosen)
    return reconciled(
        Month(
            ordered={_whose(key): minutes for key, minutes in ordered.minutes.items()},
            performed={_whose(key): minutes for key, minutes in performed.items()},
            without_assessment=frozenset(map(_whose, ordered.without_assessment)),
            areas={str(recipient_id): area for recipient_id, area in ordered.areas.items()},
        )
    )


def shares_of_month(municipality: str, month_on: date, chosen: Counting) -> tuple[Share, ...]:
    """Return performed of ordered time per provider (its id, as text) and area. Raises `SettingIsUnknown`."""
    return shares(lines_of_month(municipality, month_on, chosen))


def _whose(key: Key) -> Whose:
    return Whose(recipient=str(key.recipient_id), service=key.service, provider=str(key.provider_id))


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """How many rows of a provider's month are of each state, the minutes of the performed, and those by hand."""

    performed: int = 0
    performed_minutes: int = 0
    by_hand: int = 0
    cancelled: int = 0
    planned: int = 0

    @property
    def by_hand_percent(self) -> int | None:
        """The share of the performed that somebody registered by hand, cut; None when nothing was performed."""
        return self.by_hand * _WHOLE // self.performed if self.performed else None


def counts_of_month(provider_ids: Collection[int], month_on: date) -> dict[int, Came]:
    """Return what came in of each provider's month, by the provider's id; who has nothing is left out."""
    rows = counting(provider_ids, *month_instants(month_on)).order_by().values("provider_id")
    found = rows.annotate(
        performed=Count("id", filter=Q(state=VisitState.PERFORMED)),
        minutes=Sum(F("end_at") - F("start_at"), filter=Q(state=VisitState.PERFORMED)),
        by_hand=Count("id", filter=Q(state=VisitState.PERFORMED, registered=RegisteredBy.BY_HAND)),
        cancelled=Count("id", filter=Q(state=VisitState.CANCELLED)),
        planned=Count("id", filter=Q(state=VisitState.PLANNED)),
    )
    return {
        provider_id: Came(
            performed=performed, performed_minutes=minutes or 0, by_hand=by_hand, cancelled=cancelled, planned=planned
        )
        for provider_id, performed, minutes, by_hand, cancelled, planned in found.values_list(
            "provider_id", "performed", "minutes", "by_hand", "cancelled", "planned"
        )
    }


# --- what looks odd ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalsOfMonth:
    """What looks odd in a provider's month; `bounds` None when the routine says nothing about when things do."""

    found: tuple[Signal, ...]
    bounds: Bounds | None
    by_hand_percent: int | None


def signals_of_month(provider: Provider, month_on: date, *, now: datetime) -> SignalsOfMonth:
    """Return what looks odd in a provider's month, as it is known now."""
    version = home_orders.routine_for_order(provider.municipality.slug, month_on)
    bounds = bounds_of(routine_records.routine(version)) if version else None
    visits = visits_of_month(provider.pk, month_on)
    ids = orderers(provider.pk)
    away = home_orders.away(set(ids.values()), known_at=now)
    hospital: dict[str, tuple[Pause, ...]] = {}
    died_at: dict[str, Instant] = {}
    for number, pk in ids.items():
        if pk in away:
            hospital[number] = away[pk].hospital
            died = away[pk].died_at
            if died is not None:
                died_at[number] = died
    return SignalsOfMonth(
        found=signals(visits, bounds, hospital=hospital, died_at=died_at),
        bounds=bounds,
        by_hand_percent=by_hand_percent(visits),
    )


def digest_of_signal(signal: Signal) -> str:
    """Return what a note of a signal is about: the visits it shows, whatever else comes in."""
    told = sorted(
        f"{one.system};{one.key};{one.recipient};{one.service};{one.staff};{one.start_at};{one.end_at}"
        for one in signal.visits
    )
    return sha256("\n".join((signal.kind, *told)).encode()).hexdigest()


def notes_of_month(provider_id: int, month_on: date) -> dict[str, list[SignalNote]]:
    """Return what was written of a provider's signals in a month, by what it is about, the oldest first."""
    rows = SignalNote.objects.filter(provider_id=provider_id, month_on=month_on).select_related("written_by")
    found: dict[str, list[SignalNote]] = {}
    for row in rows.order_by("id"):
        found.setdefault(row.about, []).append(row)
    return found


def note_counts(provider_ids: Collection[int], month_on: date) -> dict[int, int]:
    """Return how many notes there are of each provider's signals in a month; who has none is left out."""
    rows = SignalNote.objects.filter(provider_id__in=provider_ids, month_on=month_on).order_by()
    return dict(rows.values_list("provider_id").annotate(Count("id")))


# --- what came in -----------------------------------------------------------------------------------------------


def deliveries_of(provider_ids: Iterable[int], month_on: date) -> QuerySet[Delivery]:
    """Return the deliveries of some providers with visits in a month, the newest first."""
    from_at, to_at = month_instants(month_on)
    rows = Delivery.objects.filter(provider_id__in=list(provider_ids), from_at__lt=to_at, to_at__gte=from_at)
    return rows.select_related("handed_in_by", "original").order_by("-id")


def deviation_form(provider_id: int, month_on: date) -> DeviationForm | None:
    """Return the deviation form that counts of a provider's month, None before any is in."""
    rows = DeviationForm.objects.filter(provider_id=provider_id, month_on=month_on)
    return rows.prefetch_related("rows__recipient__versions").order_by("-number").first()


def deviation_forms(provider_ids: Collection[int], month_on: date) -> dict[int, DeviationForm]:
    """Return the deviation form that counts of each provider's month, by the provider's id; without its rows."""
    rows = DeviationForm.objects.filter(provider_id__in=provider_ids, month_on=month_on).order_by("number")
    return {row.provider_id: row for row in rows}


def key_of(secret: str, purpose: KeyPurpose = KeyPurpose.VISITS) -> SystemKey | None:
    """Return the key that a secret is, None when there is none, it was withdrawn, or it is for something else."""
    rows = SystemKey.objects.filter(digest=digest_of_secret(secret), purpose=purpose, withdrawn__isnull=True)
    return rows.select_related("provider__municipality", "municipality").first()


def fee_keys(municipality: str) -> QuerySet[SystemKey]:
    """Return the keys of a municipality's fee system, the newest first, also those that were withdrawn."""
    rows = SystemKey.objects.filter(purpose=KeyPurpose.FEES, municipality__slug=municipality)
    return rows.select_related("given_by", "withdrawn__withdrawn_by").order_by("-id")


def digest_of_secret(secret: str) -> str:
    """Return what is kept of a secret: it is long and random, so that its digest needs no salt."""
    return sha256(secret.encode()).hexdigest()
