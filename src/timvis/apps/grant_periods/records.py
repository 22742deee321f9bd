"""Rows → a grant period's account, as it was known at a moment: granted, performed, paid, and what is left or owed."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from timvis.apps.audit.versions import current
from timvis.apps.claims.performed import PerformedShift, performed
from timvis.apps.decisions import records as decisions
from timvis.apps.decisions.records import StateGrant
from timvis.apps.grant_periods.models import GrantPeriod, StatePayment
from timvis.apps.parties import records as parties
from timvis.apps.state_registers.records import settled_on
from timvis.core.calculation.calculated import Calculated
from timvis.core.calculation.first_twenty_hours import STATE_RATE
from timvis.core.calculation.grant_period import GrantPeriodCase, Month, Paid, Used, calculate, granted_in, months_of
from timvis.core.calculation.rates import RateRule
from timvis.core.calendar.months import Period, month_after, month_on
from timvis.core.law import LawBook, LawReader
from timvis.core.quantities import PARTS_PER_MINUTE, Minutes, Ore
from timvis.core.records import Case, Grant, GrantUnit, Regime, TimeKind

CITES = ("SFB 51:11",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A period with everything that is known of it.

    `outcome` is None when the state has registered several hourly rates in the period: then it cannot be told as one.
    """

    row: GrantPeriod
    version: int
    case: GrantPeriodCase
    granted_28ths: int
    months: tuple[Month, ...]
    outcome: Calculated | None
    payments: tuple[StatePayment, ...]

    @property
    def used_28ths(self) -> int:
        """What was performed in its days, in 28ths of a minute."""
        return sum(used.parts for used in self.case.used)

    @property
    def left_28ths(self) -> int:
        """What is granted and not used, in 28ths of a minute."""
        return self.granted_28ths - sum(month.within for month in self.months)

    @property
    def balance_ore(self) -> Ore:
        """What the state still owes, or is owed, without its sign."""
        return Ore(max(self.due_ore, self.owed_ore))

    @property
    def due_ore(self) -> Ore:
        """What the state has not paid yet; 0 when it has paid all or more."""
        return Ore(0 if self.outcome is None else max(self.outcome.statement.total_ore, 0))

    @property
    def owed_ore(self) -> Ore:
        """What is to be paid back to the state; 0 when it has not paid too much."""
        return Ore(0 if self.outcome is None else max(-self.outcome.statement.total_ore, 0))


def period_of(row: GrantPeriod, *, known_at: datetime) -> Period | None:
    """Return the days of a period, None before anybody had told them."""
    told = current(row.versions.all(), known_at=known_at)
    return None if told is None or told.valid_to is None else Period(row.begins_on, told.valid_to)


def account(row: GrantPeriod, law: LawBook, *, known_at: datetime) -> Account | None:
    """Return a period's account, None before it was known. Raises `LawGap` when a number it needs has no value."""
    period = period_of(row, known_at=known_at)
    if period is None:
        return None
    grants = _grants(row.recipient_id, period, known_at)
    payments = tuple(row.payments.filter(known_at__lte=known_at).order_by("paid_on", "id"))
    rates = {each.ore_per_hour for each in grants}
    rate = next(iter(rates)) if len(rates) == 1 else None
    case = GrantPeriodCase(
        period=period,
        grants=tuple(each.grant for each in grants),
        used=tuple(_used(row.recipient_id, period, law, known_at)),
        paid=tuple(Paid(on=one.paid_on, ore=Ore(one.amount_ore)) for one in payments),
        rate=RateRule(code=STATE_RATE, cites=CITES) if rate is None else RateRule(ore_per_hour=rate, cites=CITES),
        settled_on=settled_on(row.recipient_id, period.from_on, known_at=known_at),
    )
    granted = granted_in(case)
    return Account(
        row=row,
        version=max(version.number for version in row.versions.all()),
        case=case,
        granted_28ths=granted,
        months=months_of(case, granted),
        outcome=calculate(case, LawReader(law)) if len(rates) <= 1 else None,
        payments=payments,
    )


def grants_left(recipient_id: int, month: date, law: LawBook, *, known_at: datetime) -> tuple[Grant, ...]:
    """Return the state's grants in the period that a month lies in, each with what its earlier months have used.

    Empty when no period is registered. Hours may be moved inside the period, so each is granted for its days as a
    whole. Raises `LawGap` on converted time.
    """
    period = _period_with(recipient_id, month, known_at)
    if period is None:
        return ()
    absences = parties.absences(recipient_id, known_at=known_at)
    before = [one for one in _months(period) if one < month]
    shifts = performed(recipient_id, before, absences, LawReader(law), regime=Regime.SFB).shifts
    used = Counter({shift.on: 0 for shift in shifts})
    for shift in _inside(shifts, period):
        used[shift.on] += shift.parts
    grants = sorted(
        (each.grant for each in _grants(recipient_id, period, known_at)), key=lambda one: one.granted_to or period.to_on
    )
    return tuple(_of_period(grant, period, used) for grant in grants)


def with_grants_left(case: Case, recipient_id: int, law: LawBook, *, known_at: datetime) -> Case:
    """Return a case with the state's hours counted over its grant period, where one is registered.

    Raises `LawGap` on converted time.
    """
    granted = grants_left(recipient_id, case.month_on, law, known_at=known_at)
    if not granted:
        return case
    others = (grant for grant in case.grants if grant.regime is not Regime.SFB)
    return replace(case, grants=(*others, *granted))


def _of_period(grant: Grant, period: Period, used: Counter[date]) -> Grant:
    """Return a grant as one quantity for its days in a period; what it has used is taken off `used`."""
    days = Period(max(grant.granted_from, period.from_on), min(grant.granted_to or period.to_on, period.to_on))
    granted = granted_in(
        GrantPeriodCase(period=days, grants=(grant,), used=(), paid=(), rate=RateRule(code=STATE_RATE))
    )
    left = granted
    for day in sorted(used):
        if days.from_on <= day < days.to_on:
            taken = min(used[day], left)
            used[day] -= taken
            left -= taken
    minutes = -(-granted // PARTS_PER_MINUTE)
    return replace(
        grant,
        granted_from=days.from_on,
        granted_to=days.to_on,
        granted_minutes=Minutes(minutes),
        per=GrantUnit.PERIOD,
        used_parts=minutes * PARTS_PER_MINUTE - left,
    )


def _period_with(recipient_id: int, month: date, known_at: datetime) -> Period | None:
    """Return the period that the whole of a month lies in."""
    rows = GrantPeriod.objects.filter(recipient_id=recipient_id, begins_on__lte=month).prefetch_related("versions")
    periods = (period_of(row, known_at=known_at) for row in rows)
    return next((one for one in periods if one is not None and month_after(month) <= one.to_on), None)


def _grants(recipient_id: int, period: Period, known_at: datetime) -> list[StateGrant]:
    """Return the state's grants that give anything in a period."""
    return [
        each
        for each in decisions.state_grants(recipient_id, known_at=known_at)
        if each.grant.granted_from < period.to_on
        and (each.grant.granted_to is None or period.from_on < each.grant.granted_to)
    ]


def _used(recipient_id: int, period: Period, law: LawBook, known_at: datetime) -> Iterator[Used]:
    """Yield the performed time of the period's days, per month, kind, worth and day it came."""
    absences = parties.absences(recipient_id, known_at=known_at)
    found = performed(recipient_id, list(_months(period)), absences, LawReader(law), regime=Regime.SFB)
    minutes: Counter[tuple[date, TimeKind, int, date]] = Counter()
    for shift in _inside(found.shifts, period):
        minutes[shift.month_on, shift.kind, shift.parts_each, shift.received_on] += shift.minutes
    for (month, kind, parts, received_on), total in sorted(minutes.items()):
        yield Used(month_on=month, kind=kind, minutes=Minutes(total), parts_per_minute=parts, reported_on=received_on)


def _inside(shifts: Iterable[PerformedShift], period: Period) -> Iterator[PerformedShift]:
    return (shift for shift in shifts if period.from_on <= shift.on < period.to_on)


def _months(period: Period) -> Iterator[date]:
    month = month_on(period.from_on)
    while month < period.to_on:
        yield month
        month = month_after(month)
