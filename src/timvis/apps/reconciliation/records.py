"""Rows of a month → what the core reconciles and pays: terms, the facts of each line, and what was said of it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from timvis.apps.home_orders import queries as home_orders
from timvis.apps.home_orders import records as home_order_records
from timvis.apps.home_orders.records import Away, Key, Ordered, OrderedMonth
from timvis.apps.parties import records as parties
from timvis.apps.parties.models import Provider
from timvis.apps.reconciliation.models import AboveDecision, LineAnswer, LineQuestion, LineWord, Summary
from timvis.apps.routines import records as routines
from timvis.apps.routines.models import RoutineVersion
from timvis.apps.visits import queries as visit_queries
from timvis.apps.visits import records as visit_records
from timvis.core.calculation.home_care.records import Absence, Granted, PriceUnit
from timvis.core.calculation.home_care.settings import Cause, Form, settings_by_day
from timvis.core.calculation.home_care.time_bands import BandDays
from timvis.core.calendar.local_time import local_day
from timvis.core.calendar.months import month_period
from timvis.core.home_care.month_summary import MonthSummary
from timvis.core.home_care.paid import LineFacts, LineSaid, LineWordKind, MonthTerms
from timvis.core.home_care.reconciliation import Whose
from timvis.core.home_care.visits import RegisteredVisit
from timvis.core.quantities import Ore
from timvis.core.records import Instant, ProviderKind
from timvis.core.routine.home_care import choices_of, prices_of, time_bands_of
from timvis.core.routine.records import Routine
from timvis.formats.frozen import thaw
from timvis.formats.holiday_calendar.read import holidays_around

IN_DOCUMENTS = "LOV 4 kap. 1 §"
"""Where the price of home care under a choice system is public."""


def whose(key: Key) -> Whose:
    """Return whose a line is as the core names it: by ids, which name nobody."""
    return Whose(recipient=str(key.recipient_id), service=key.service, provider=str(key.provider_id))


def key_of(line: Whose) -> Key:
    """Return whose a line is as the rows have it."""
    return Key(recipient_id=int(line.recipient), service=line.service, provider_id=int(line.provider))


def routine_of(municipality: str, month_on: date) -> tuple[RoutineVersion, Routine] | None:
    """Return the routine that a month of home care goes under, None when none is published."""
    version = home_orders.routine_for_order(municipality, month_on)
    return None if version is None else (version, routines.routine(version))


def terms(provider: Provider, month_on: date, routine: Routine, *, known_at: datetime) -> MonthTerms:
    """Return what holds for everybody at a provider in a month by its routine."""
    kind = parties.provider(provider.pk, known_at=known_at).kind
    return MonthTerms(
        month_on=month_on,
        form=Form.OWN if kind is ProviderKind.MUNICIPALITY else Form.PRIVATE,
        settings=settings_by_day([choices_of(routine)]),
        prices=prices_of(routine),
        bands=time_bands_of(routine),
        days=BandDays(holidays=holidays_around(month_on)),
    )


def hour_ore(held: MonthTerms, service: str, zone: str) -> Ore | None:
    """Return the dearest hour of a service, which a difference is weighed by; None where no price is set."""
    fitting = [
        price.amount_ore
        for price in held.prices
        if price.service == service
        and price.unit is PriceUnit.HOUR
        and price.zone in (zone, "")
        and price.form in (held.form, Form.ALL)
        and price.from_on <= held.month_on <= price.to_on
    ]
    return max(fitting, default=None)


# --- the facts of a line -------------------------------------------------------------------------------------


def ordered_month(provider: Provider, month_on: date, *, recipient_ids: Collection[int] | None = None) -> OrderedMonth:
    """Return what was ordered of a provider in a month, by everybody or by some recipients."""
    month = month_period(month_on)
    orders = home_orders.orders_between(
        provider.municipality.slug,
        month.from_on,
        month.to_on,
        provider_ids=[provider.pk],
        recipient_ids=recipient_ids,
    )
    return home_order_records.summed(orders, month_on)


def visits_of_month(
    provider_ids: Collection[int], month_on: date, *, recipient_ids: Collection[int] | None = None
) -> dict[Key, list[RegisteredVisit]]:
    """Return the visits that count and began in a month, by whose they are; a recipient is named by her id."""
    rows = visit_queries.counting(provider_ids, *visit_queries.month_instants(month_on))
    if recipient_ids is not None:
        rows = rows.filter(recipient_id__in=recipient_ids)
    found: defaultdict[Key, list[RegisteredVisit]] = defaultdict(list)
    for provider_id, recipient_id, *columns in rows.order_by("start_at", "id").values_list(
        "provider_id", "recipient_id", *visit_records.COLUMNS
    ):
        names = {recipient_id: str(recipient_id)}
        for kept in visit_records.kept_visits([tuple(columns)], names):
            key = Key(recipient_id=recipient_id, service=kept.visit.service, provider_id=provider_id)
            found[key].append(kept.visit)
    return dict(found)


def facts(
    key: Key, orders: Iterable[Ordered], visits: Iterable[RegisteredVisit], away: Away | None, month_on: date
) -> LineFacts:
    """Return what a line rests on; `orders` are the recipient's at the provider, in the order they were placed."""
    mine = [order for order in orders if key.service in order.services]
    return LineFacts(
        service=key.service,
        granted=tuple(_granted(mine, key.service)),
        visits=tuple(visits),
        absences=absences(away, month_on),
        needs_assessed=all(order.needs_assessed for order in mine) if mine else True,
        cites=tuple(dict.fromkeys((*_bases(mine, month_on), IN_DOCUMENTS))),
        zone=mine[-1].zone if mine else "",
    )


def _bases(orders: Iterable[Ordered], month_on: date) -> Iterable[str]:
    """Yield the paragraphs that some orders rested on in a month, in order."""
    month = month_period(month_on)
    for order in orders:
        yield order.legal_basis_on(month.from_on)
        yield from (basis for from_on, basis in order.bases if month.from_on < from_on < month.to_on)


def _granted(orders: Iterable[Ordered], service: str) -> Iterable[Granted]:
    return (one for order in orders if order.needs_assessed for one in order.granted if one.service == service)


def absences(away: Away | None, month_on: date) -> tuple[Absence, ...]:
    """Return a recipient's stays in hospital and her death as the calculation takes them, those that touch a month.

    A stay counts as unplanned: nobody has said that it was planned, and a routine that tells them apart asks.
    """
    if away is None:
        return ()
    month = month_period(month_on)
    found = [
        Absence(cause=Cause.HOSPITAL_UNPLANNED, from_on=local_day(stay.from_at), to_on=_day_or_none(stay.to_at))
        for stay in away.hospital
    ]
    if away.died_at is not None:
        # The instant may be the midnight after the day: the minute before it is still hers.
        found.append(Absence(cause=Cause.DEATH, from_on=local_day(Instant(away.died_at - 1)), to_on=None))
    return tuple(one for one in found if one.from_on < month.to_on and (one.to_on is None or one.to_on > month.from_on))


def _day_or_none(at: Instant | None) -> date | None:
    return None if at is None else local_day(at)


# --- what was said ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question about a line, with its answer when there is one."""

    question: LineQuestion
    answer: LineAnswer | None


def words(provider_ids: Iterable[int], month_on: date) -> dict[Key, LineWord]:
    """Return the word that counts on each line of a month."""
    rows = LineWord.objects.filter(provider_id__in=list(provider_ids), month_on=month_on).select_related("said_by")
    return {_key(row): row for row in rows.order_by("number")}


def decisions_above(provider_ids: Iterable[int], month_on: date) -> dict[Key, AboveDecision]:
    """Return the decision that counts on the time above the order of each line of a month."""
    rows = AboveDecision.objects.filter(provider_id__in=list(provider_ids), month_on=month_on)
    return {_key(row): row for row in rows.select_related("decided_by").order_by("number")}


def questions(provider_ids: Iterable[int], month_on: date) -> dict[Key, tuple[Asked, ...]]:
    """Return what was asked about each line of a month, in order."""
    rows = LineQuestion.objects.filter(provider_id__in=list(provider_ids), month_on=month_on)
    found: defaultdict[Key, list[Asked]] = defaultdict(list)
    for row in rows.select_related("answer__answered_by", "asked_by").order_by("id"):
        found[_key(row)].append(Asked(question=row, answer=getattr(row, "answer", None)))
    return {key: tuple(asked) for key, asked in found.items()}


def said(word: LineWord | None, above: AboveDecision | None) -> LineSaid:
    """Return what was said of a line; without a word it is counted as it was reported."""
    return LineSaid(
        kind=LineWordKind.APPROVED if word is None else LineWordKind(word.kind),
        comment="" if word is None else word.comment,
        above_is_paid=None if above is None else above.is_paid,
    )


def _key(row: LineWord | AboveDecision | LineQuestion) -> Key:
    return Key(recipient_id=row.recipient_id, service=row.service, provider_id=row.provider_id)


# --- the summary -----------------------------------------------------------------------------------------------


def summary(row: Summary) -> MonthSummary:
    """Return a summary as it was sent."""
    return thaw(MonthSummary, row.body)


def approved_minutes(row: Summary) -> Mapping[Key, Fraction]:
    """Return the minutes that a summary pays for, by whose they are."""
    return {key_of(part.whose): part.minutes for part in summary(row).parts}
