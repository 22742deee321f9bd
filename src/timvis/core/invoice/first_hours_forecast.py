"""What the first hours of each week will cost the municipality in a year: billed so far, and what is granted ahead.

A month that has been billed counts as billed; the others as the granted hours of their days, at most the first
hours of each week, at the year's rate or the registered higher one. A forecast promises nothing and books nothing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from timvis.core.calculation.first_twenty_hours import SHARE, STATE_RATE
from timvis.core.calendar.months import MONTHS_PER_YEAR, Period, month_after
from timvis.core.calendar.weeks import DAYS_PER_WEEK
from timvis.core.invoice.first_hours import KnownPerson
from timvis.core.law import LawByDay
from timvis.core.quantities import MINUTES_PER_HOUR, Minutes, Ore, OrePerHour, half_up
from timvis.core.records import Grant, GrantUnit

DAYS_PER_YEAR = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantedPerWeek:
    """Granted time per week in a half-open period, with the registered higher rate where there is one."""

    granted_from: date
    granted_to: date | None
    minutes_per_week: Minutes
    ore_per_hour: OrePerHour | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastPerson:
    """One recipient: what is granted, and what has been billed by month (its first day), refunds deducted.

    `is_whole` is False when something granted cannot be told per week.
    """

    person: KnownPerson
    granted: tuple[GrantedPerWeek, ...]
    billed: tuple[tuple[date, Ore], ...] = ()
    is_whole: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastRow:
    """One recipient's year: billed, expected, and the months that lie in either."""

    recipient: str
    billed_ore: Ore
    expected_ore: Ore
    billed_months: tuple[date, ...]
    expected_months: tuple[date, ...]
    is_whole: bool = True

    @property
    def total_ore(self) -> Ore:
        """What the year comes to."""
        return Ore(self.billed_ore + self.expected_ore)


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """A year's forecast."""

    year: int
    rows: tuple[ForecastRow, ...]

    @property
    def billed_ore(self) -> Ore:
        """What has been billed."""
        return Ore(sum(row.billed_ore for row in self.rows))

    @property
    def expected_ore(self) -> Ore:
        """What is expected besides."""
        return Ore(sum(row.expected_ore for row in self.rows))

    @property
    def total_ore(self) -> Ore:
        """What the year comes to."""
        return Ore(self.billed_ore + self.expected_ore)


def per_week(grant: Grant) -> Minutes | None:
    """Return what a grant comes to in a week, rounded down.

    None when hours for a whole period have no last day to be spread over.
    """
    match grant.per:
        case GrantUnit.DAY:
            return Minutes(grant.granted_minutes * DAYS_PER_WEEK)
        case GrantUnit.WEEK:
            return grant.granted_minutes
        case GrantUnit.MONTH:
            return Minutes(grant.granted_minutes * MONTHS_PER_YEAR * DAYS_PER_WEEK // DAYS_PER_YEAR)
        case GrantUnit.PERIOD:
            if grant.granted_to is None:
                return None
            return Minutes(grant.granted_minutes * DAYS_PER_WEEK // (grant.granted_to - grant.granted_from).days)


def forecast(year: int, persons: Iterable[ForecastPerson], law: LawByDay) -> Forecast:
    """Return the forecast of a year's work. Raises `LawGap` when the year's rate is not known."""
    return Forecast(year=year, rows=tuple(_row(year, person, law) for person in persons))


def _row(year: int, known: ForecastPerson, law: LawByDay) -> ForecastRow:
    months = [date(year, month, 1) for month in range(1, MONTHS_PER_YEAR + 1)]
    billed = {month: amount for month, amount in known.billed if month.year == year}
    expected = {month: _expected(month, known, law) for month in months if month not in billed}
    return ForecastRow(
        recipient=known.person.recipient,
        billed_ore=Ore(sum(billed.values())),
        expected_ore=Ore(sum(expected.values())),
        billed_months=tuple(sorted(billed)),
        expected_months=tuple(month for month, amount in expected.items() if amount),
        is_whole=known.is_whole,
    )


def _expected(month: date, known: ForecastPerson, law: LawByDay) -> Ore:
    """Return what a month's granted days come to, rounded once."""
    exact = sum(
        (
            Fraction(min(law.minutes(SHARE, days.from_on), each.minutes_per_week) * days.days, DAYS_PER_WEEK)
            * (law.ore_per_hour(STATE_RATE, days.from_on) if each.ore_per_hour is None else each.ore_per_hour)
            / MINUTES_PER_HOUR
            for each in known.granted
            for days in _days(month, each, known.person)
        ),
        Fraction(0),
    )
    return Ore(half_up(exact.numerator, exact.denominator))


def _days(month: date, granted: GrantedPerWeek, person: KnownPerson) -> Iterator[Period]:
    """Yield the days of a month that are granted, ours to pay, and before a death."""
    begins = [month, granted.granted_from, person.responsible_from]
    ends = [month_after(month), granted.granted_to, person.responsible_to, person.died_on]
    days = Period(max(day for day in begins if day), min(day for day in ends if day))
    if days.days > 0:
        yield days
