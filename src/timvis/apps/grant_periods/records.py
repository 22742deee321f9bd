"""Rows → a grant period's account, as it was known at a moment: granted, performed, paid, and what is left or owed."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
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
from timvis.core.quantities import Minutes, Ore
from timvis.core.records import Regime, TimeKind

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
