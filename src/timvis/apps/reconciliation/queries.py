"""What is asked of a month of home care: its lines with four quantities, what was said of them, what they come to."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction

from django.db.models import Max, Q

from timvis.apps.home_orders import queries as home_orders
from timvis.apps.home_orders.records import Key, Ordered, OrderedMonth
from timvis.apps.parties.models import Provider
from timvis.apps.reconciliation import records
from timvis.apps.reconciliation.models import (
    AboveDecision,
    ChargedTime,
    FeeHandover,
    LineWord,
    MonthSignature,
    SelfBilling,
    Summary,
)
from timvis.apps.reconciliation.records import Asked
from timvis.apps.visits.models import Visit
from timvis.core.access import Actor
from timvis.core.calendar.local_time import instant, local_day
from timvis.core.calendar.months import month_period
from timvis.core.faults import Fault
from timvis.core.home_care import reconciliation as core
from timvis.core.home_care.paid import FINAL, LineFacts, LineWordKind, MonthTerms, PaidLine, paid
from timvis.core.home_care.reconciliation import DifferenceKind, Whose
from timvis.core.home_care.visits import RegisteredVisit
from timvis.core.law import LawBook, LawReader
from timvis.core.statement import digest_of

NOTHING = Fraction(0)
ABOVE = frozenset({DifferenceKind.ABOVE_ORDER, DifferenceKind.WITHOUT_ORDER})
"""The differences by which more was performed than was ordered."""


class LineStanding(StrEnum):
    """How far the reconciliation of a line has come."""

    UNSEEN = "unseen"
    ASKED = "asked"
    ANSWERED = "answered"
    CHANGED = "changed"  # the figures are others than the word was given on
    SETTLED = "settled"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskLine:
    """A line as the desk shows it. `seen` is the digest of its figures: a word given on others is out of date."""

    key: Key
    line: core.Line
    facts: LineFacts
    seen: str
    word: LineWord | None
    newest_above: AboveDecision | None
    asked: tuple[Asked, ...]

    @property
    def standing(self) -> LineStanding:
        """How far it has come."""
        if self.word is None:
            return LineStanding.UNSEEN
        if self.word.seen != self.seen:
            return LineStanding.CHANGED
        if LineWordKind(self.word.kind) in FINAL:
            return LineStanding.SETTLED
        waits = any(one.answer is None for one in self.asked)
        return LineStanding.ASKED if waits else LineStanding.ANSWERED

    @property
    def agrees(self) -> bool:
        """Whether what was performed is what was ordered, or there is nothing to compare with."""
        kinds = {one.kind for one in self.line.differences}
        return not kinds & {DifferenceKind.BELOW_ORDER, *ABOVE}

    @property
    def is_above(self) -> bool:
        """Whether more was performed than was ordered."""
        return any(one.kind in ABOVE for one in self.line.differences)

    @property
    def above_minutes(self) -> Fraction:
        """The minutes that were performed above the order; negative where fewer were."""
        return self.line.performed - (self.line.ordered or NOTHING)

    @property
    def above(self) -> AboveDecision | None:
        """The decision on its time above the order, None while nobody has decided on just these minutes."""
        newest = self.newest_above
        return newest if newest is not None and Fraction(newest.minutes) == self.above_minutes else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderMonth:
    """A provider's month on the desk, the costliest difference first, with its newest signature and summary."""

    provider: Provider
    month_on: date
    terms: MonthTerms
    lines: tuple[DeskLine, ...]
    signature: MonthSignature | None
    summary: Summary | None

    @property
    def digest(self) -> str:
        """One digest over every line with its word: what a signature is given on."""
        return digest_of(
            [
                [one.key, one.seen, None if one.word is None else [one.word.kind, one.word.comment, one.word.seen]]
                for one in sorted(self.lines, key=lambda one: one.key)
            ]
        )

    @property
    def unsettled(self) -> tuple[DeskLine, ...]:
        """The lines that nobody has settled yet, or whose figures have changed since."""
        return tuple(one for one in self.lines if one.standing is not LineStanding.SETTLED)

    @property
    def is_signed(self) -> bool:
        """Whether what stands now is what was signed."""
        return self.signature is not None and self.signature.digest == self.digest

    def line(self, recipient_id: int, service: str) -> DeskLine | None:
        """Return one of its lines."""
        return next(
            (one for one in self.lines if (one.key.recipient_id, one.key.service) == (recipient_id, service)), None
        )


def provider_month(
    provider: Provider, month_on: date, *, now: datetime, recipient_id: int | None = None
) -> ProviderMonth | None:
    """Return a provider's month of home care, None when no routine for home care holds in it.

    With a `recipient_id` only her lines are read: an act on one line does not read everybody's visits.
    """
    found = records.routine_of(provider.municipality.slug, month_on)
    if found is None:
        return None
    terms = records.terms(provider, month_on, found[1], known_at=now)
    only = None if recipient_id is None else [recipient_id]
    ordered = records.ordered_month(provider, month_on, recipient_ids=only)
    visits = records.visits_of_month([provider.pk], month_on, recipient_ids=only)
    return ProviderMonth(
        provider=provider,
        month_on=month_on,
        terms=terms,
        lines=_lines(provider, month_on, terms, ordered, visits, now),
        signature=newest_signature(provider.pk, month_on),
        summary=newest_summary(provider.pk, month_on),
    )


def _lines(
    provider: Provider,
    month_on: date,
    terms: MonthTerms,
    ordered: OrderedMonth,
    visits: Mapping[Key, list[RegisteredVisit]],
    now: datetime,
) -> tuple[DeskLine, ...]:
    facts = _facts(ordered, visits, month_on, now)
    summary = newest_summary(provider.pk, month_on)
    charged = charged_minutes([provider.pk], month_on)
    month = core.Month(
        ordered={records.whose(key): minutes for key, minutes in ordered.minutes.items()},
        performed={records.whose(key): performed_minutes(one, terms) for key, one in visits.items()},
        approved=None if summary is None else _by_whose(records.approved_minutes(summary)),
        charged=_by_whose(charged) if charged else None,
        without_assessment=frozenset(map(records.whose, ordered.without_assessment)),
        hour_ore={
            records.whose(key): ore
            for key, one in facts.items()
            if (ore := records.hour_ore(terms, key.service, one.zone)) is not None
        },
        areas={str(recipient_id): area for recipient_id, area in ordered.areas.items()},
    )
    words = records.words([provider.pk], month_on)
    above = records.decisions_above([provider.pk], month_on)
    asked = records.questions([provider.pk], month_on)
    lines = []
    for line in core.reconciled(month):
        key = records.key_of(line.whose)
        mine = facts.get(key) or records.facts(key, (), (), None, month_on)
        lines.append(
            DeskLine(
                key=key,
                line=line,
                facts=mine,
                seen=digest_of([line.ordered, line.performed, mine]),
                word=words.get(key),
                newest_above=above.get(key),
                asked=asked.get(key, ()),
            )
        )
    return tuple(lines)


def _facts(
    ordered: OrderedMonth, visits: Mapping[Key, list[RegisteredVisit]], month_on: date, now: datetime
) -> dict[Key, LineFacts]:
    keys = {*ordered.minutes, *ordered.without_assessment, *visits}
    away = home_orders.away({key.recipient_id for key in keys}, known_at=now)
    by_recipient: dict[int, list[Ordered]] = {}
    for order in ordered.orders:
        by_recipient.setdefault(order.recipient_id, []).append(order)
    return {
        key: records.facts(
            key,
            by_recipient.get(key.recipient_id, ()),
            visits.get(key, ()),
            away.get(key.recipient_id),
            month_on,
        )
        for key in keys
    }


def performed_minutes(visits: Collection[RegisteredVisit], terms: MonthTerms) -> Fraction:
    """Return the performed minutes of a line as the routine counts them in the month."""
    chosen = terms.settings.on(terms.month_on)
    return core.performed_of(visits, staffing=chosen.double_staffing, cohabitants=chosen.cohabitants)


def _by_whose(minutes: Mapping[Key, Fraction]) -> dict[Whose, Fraction]:
    return {records.whose(key): each for key, each in minutes.items()}


def come_to(month: ProviderMonth, one: DeskLine, law: LawBook) -> PaidLine | tuple[Fault, ...]:
    """Return what a line comes to by what has been said of it, or everything that is missing. Raises `LawGap`."""
    return paid(one.facts, month.terms, records.said(one.word, one.above), LawReader(law))


# --- what there is ----------------------------------------------------------------------------------------------


def newest_signature(provider_id: int, month_on: date) -> MonthSignature | None:
    """Return the signature that counts under a provider's month."""
    rows = MonthSignature.objects.filter(provider_id=provider_id, month_on=month_on).select_related("signed_by")
    return rows.order_by("-number").first()


def newest_summary(provider_id: int, month_on: date) -> Summary | None:
    """Return the summary that counts of a provider's month."""
    rows = Summary.objects.filter(provider_id=provider_id, month_on=month_on).select_related("sent_by", "letter")
    return rows.order_by("-number").first()


def summaries_of(provider_ids: Collection[int], *, since: date | None = None) -> tuple[Summary, ...]:
    """Return the summaries that count of some providers, the newest month first."""
    rows = Summary.objects.filter(provider_id__in=provider_ids)
    if since is not None:
        rows = rows.filter(month_on__gte=since)
    newest: dict[tuple[int, date], Summary] = {}
    for row in rows.select_related("letter", "sent_by").order_by("month_on", "number"):
        newest[row.provider_id, row.month_on] = row
    return tuple(reversed(newest.values()))


def charged_minutes(provider_ids: Collection[int], month_on: date) -> dict[Key, Fraction]:
    """Return the minutes that the fee system has charged for, by whose they are; nothing before it has told."""
    rows = ChargedTime.objects.filter(provider_id__in=provider_ids, month_on=month_on).order_by("number")
    return {
        Key(recipient_id=row.recipient_id, service=row.service, provider_id=row.provider_id): Fraction(row.minutes)
        for row in rows
    }


def charged_numbers(provider_ids: Collection[int], month_on: date) -> dict[tuple[int, int, str], int]:
    """Return how many times the fee system has told of each provider's, recipient's and service's month."""
    rows = ChargedTime.objects.filter(provider_id__in=provider_ids, month_on=month_on)
    told = rows.values_list("provider_id", "recipient_id", "service").annotate(number=Max("number"))
    return {(provider_id, recipient_id, service): number for provider_id, recipient_id, service, number in told}


def newest_handover(municipality: str, month_on: date) -> FeeHandover | None:
    """Return the month's performed time as the fee officer was last handed it."""
    rows = FeeHandover.objects.filter(municipality__slug=municipality, month_on=month_on)
    return rows.select_related("handed_by").order_by("-number").first()


def self_billing_on(provider_id: int, day: date) -> SelfBilling | None:
    """Return the agreement by which we write a provider's invoices on a day, None where it writes them itself."""
    newest = SelfBilling.objects.filter(provider_id=provider_id).order_by("-number").first()
    if newest is None or day < newest.agreed_from or (newest.agreed_to is not None and day >= newest.agreed_to):
        return None
    return newest


# --- whose month it is ------------------------------------------------------------------------------------------


def providers_of_month(municipality: str, month_on: date) -> tuple[Provider, ...]:
    """Return the providers that have orders or visits in a month, by id."""
    month = month_period(month_on)
    begins, ends = instant(month.from_on, 0), instant(month.to_on, 0)
    rows = Provider.objects.filter(municipality__slug=municipality).filter(
        Q(home_orders__from_on__lt=month.to_on)
        & (Q(home_orders__ended_at__isnull=True) | Q(home_orders__ended_at__gt=begins))
        | Q(pk__in=Visit.objects.filter(start_at__gte=begins, start_at__lt=ends).values("provider_id"))
    )
    return tuple(rows.select_related("municipality").distinct().order_by("pk"))


def provider_of(actor: Actor, provider_id: int) -> Provider | None:
    """Return a provider of the actor's own municipality; another's is as if it did not exist."""
    rows = Provider.objects.filter(pk=provider_id, municipality__slug=actor.municipality)
    return rows.select_related("municipality").first()


def latest_month(municipality: str) -> date | None:
    """Return the latest month with any visit, None before the first."""
    last = Visit.objects.filter(provider__municipality__slug=municipality).aggregate(last=Max("start_at"))["last"]
    return None if last is None else local_day(last).replace(day=1)
