"""Random absences: a story in plain numbers, the case it makes, and a second computation of it, minute by minute.

`total_by_minute` shares nothing with `core/calculation`: it walks every minute of every shift with the clock of the
standard library, and holds the law's numbers as the law file tells them.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from timvis.core.calculation.sick_cost import records as core
from timvis.core.calculation.sick_cost.calculate import SickCost, calculate
from timvis.core.calculation.sick_cost.settings import (
    AverageWeek,
    DeductionMethod,
    HolidayBase,
    PartlyCovered,
    RelapseCount,
    SickCostSettings,
)
from timvis.core.law import LawReader
from timvis.core.quantities import Minutes, Ore, OrePerHour
from timvis.core.records import Instant, ProviderKind
from timvis.formats.agreement_packs.read import load_agreements
from timvis.formats.law.packaged import load_law

SWEDEN = ZoneInfo("Europe/Stockholm")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
NIGHT_FROM, NIGHT_TO = 22, 6


@dataclass(frozen=True, kw_only=True)
class Story:
    """One assistant's absences. Shifts and substitutes are (first minute, minutes) in UTC minutes since 1970."""

    spells: tuple[tuple[date, date], ...]
    shifts: tuple[tuple[int, int], ...]
    substitutes: tuple[tuple[int, int], ...]
    hourly_ore: int
    night_ore: int
    week_minutes: int
    method: DeductionMethod
    base: HolidayBase
    partly: PartlyCovered
    claim_from: date
    claim_to: date


# --- the story as a case -----------------------------------------------------------------------------------


def local(minute: int) -> datetime:
    """Return the Swedish clock at a minute."""
    return (EPOCH + timedelta(minutes=minute)).astimezone(SWEDEN)


def minute_of(day: date, hour: int, minute: int = 0) -> int:
    """Return the minute at which a Swedish clock shows a time."""
    moment = datetime(day.year, day.month, day.day, hour, minute, tzinfo=SWEDEN)
    return int((moment - EPOCH).total_seconds()) // 60


def pieces(shift: tuple[int, int]) -> Iterator[tuple[date, int, int]]:
    """Yield a shift as (day, first minute, minutes), one per day it touches."""
    start, minutes = shift
    end = start + minutes
    while start < end:
        day = local(start).date()
        midnight = minute_of(day + timedelta(days=1), 0)
        yield day, start, min(end, midnight) - start
        start = min(end, midnight)


def nights(day: date, night_ore: int) -> tuple[core.Supplement, ...]:
    """Return the supplement of a day's early morning and late evening."""
    if not night_ore:
        return ()
    edges = (
        (minute_of(day, 0), minute_of(day, NIGHT_TO)),
        (minute_of(day, NIGHT_FROM), minute_of(day + timedelta(1), 0)),
    )
    return tuple(
        core.Supplement(name="natt", ore_per_hour=OrePerHour(night_ore), start_at=Instant(start), end_at=Instant(end))
        for start, end in edges
    )


def settings_of(story: Story) -> SickCostSettings:
    """Return the choices of a story's routine."""
    return SickCostSettings(
        deduction_method=story.method,
        average_week=AverageWeek.AGREED,
        holiday_compensation_base=story.base,
        partly_covered=story.partly,
        relapse_counts_from=RelapseCount.DAY_AFTER_LAST_SICK_DAY,
    )


def case_of(story: Story) -> core.SickCase:
    """Return the case that a story makes."""
    return core.SickCase(
        assistant=core.Assistant(born_year=1985),
        employer=core.Employer(kind=ProviderKind.COMPANY),
        agreement="",
        pay=(core.Pay(paid_from=date.min, hourly_ore=OrePerHour(story.hourly_ore)),),
        week=core.Week(agreed_minutes=Minutes(story.week_minutes)),
        spells=tuple(
            core.Spell(row=row, first_on=first_on, last_on=last_on, certificate_from=first_on)
            for row, (first_on, last_on) in enumerate(story.spells, start=1)
        ),
        shifts=tuple(
            core.SickShift(
                row=row, work_on=day, start_at=Instant(start), minutes=minutes, supplements=nights(day, story.night_ore)
            )
            for row, shift in enumerate(story.shifts, start=1)
            for day, start, minutes in pieces(shift)
        ),
        substitutes=tuple(
            core.SubstituteShift(row=row, start_at=Instant(start), end_at=Instant(start + minutes))
            for row, (start, minutes) in enumerate(story.substitutes, start=1)
        ),
        earlier=(),
        deductions_on=(),
        has_high_risk_protection=False,
        claim_from=story.claim_from,
        claim_to=story.claim_to,
        paid_on=story.spells[-1][1] + timedelta(days=30),
        pay_outs=(),
        contributions=core.StatedContributions(),
        agreement_costs=(),
        compensations=(
            core.StateCompensation(
                row=1,
                kind=core.CompensationKind.HIGH_COST,
                paid_from=date(2015, 1, 1),
                paid_to=date(2024, 7, 1),
                ore=Ore(0),
            ),
        ),
        claimed=(),
        payslips=(),
        settings=(settings_of(story),),
    )


def cost_of(case: core.SickCase) -> SickCost:
    """Return what a case comes to; its faults fail the test."""
    cost = calculate(case, load_agreements(), LawReader(load_law()))
    assert isinstance(cost, SickCost), cost
    return cost


# --- the same, minute by minute ----------------------------------------------------------------------------

SICK_PAY, DEDUCTION, HOLIDAY, CONTRIBUTIONS = (
    Fraction(80, 100),
    Fraction(20, 100),
    Fraction(12, 100),
    Fraction(3142, 10000),
)
PERIOD_DAYS, RELAPSE_DAYS = 14, 5
DEDUCTION_SINCE = date(2019, 1, 1)


def to_ore(exact: Fraction) -> int:
    """Return whole öre, half up."""
    return int((Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(Decimal(1), ROUND_HALF_UP))


def days_of(story: Story) -> dict[date, tuple[date, int]]:
    """Return for every sick day the first day of its sick-pay period, and which day of it that is."""
    days: dict[date, tuple[date, int]] = {}
    start, count, last = date.min, 0, None
    for first_on, last_on in story.spells:
        if last is None or (first_on - last).days > RELAPSE_DAYS:
            start, count = first_on, 0
        for at in range((last_on - first_on).days + 1):
            count += 1
            days[first_on + timedelta(days=at)] = (start, count)
        last = last_on
    return days


def minutes_of(story: Story) -> dict[date, list[tuple[date, int, Fraction, Fraction, bool]]]:
    """Return every owed minute by sick-pay period: (day, day number, base pay, supplement, whether one stood in)."""
    days = days_of(story)
    stood_in = {minute for start, length in story.substitutes for minute in range(start, start + length)}
    found: dict[date, list[tuple[date, int, Fraction, Fraction, bool]]] = defaultdict(list)
    for start, length in sorted(story.shifts):
        for minute in range(start, start + length):
            clock = local(minute)
            period, number = days[clock.date()]
            if number > PERIOD_DAYS:
                continue
            is_night = clock.hour >= NIGHT_FROM or clock.hour < NIGHT_TO
            supplement = Fraction(story.night_ore if is_night else 0, 60)
            found[period].append((clock.date(), number, Fraction(story.hourly_ore, 60), supplement, minute in stood_in))
    return found


def total_by_minute(story: Story) -> int:
    """Return what a story comes to in öre, one minute at a time, each line rounded as a statement rounds it."""
    total = 0
    for period, minutes in minutes_of(story).items():
        base = supplements = taken = lost = lost_after = Fraction(0)
        for (day, _, pay, extra, stood_in), share in zip(minutes, shares_taken(story, period, minutes), strict=True):
            if not stood_in or not story.claim_from <= day < story.claim_to:
                continue
            lost += pay + extra
            lost_after += (pay + extra) * (1 - share)
            if period < DEDUCTION_SINCE:
                base += pay * SICK_PAY * (1 - share)
                supplements += extra * SICK_PAY * (1 - share)
            else:
                base += pay * SICK_PAY
                supplements += extra * SICK_PAY
                taken += (pay + extra) * SICK_PAY * share
        sick_pay = to_ore(base + supplements - taken)
        of = {
            HolidayBase.PAID_SICK_PAY: Fraction(sick_pay),
            HolidayBase.ORDINARY_PAY_ALL_HOURS: lost,
            HolidayBase.ORDINARY_PAY_AFTER_DEDUCTION: lost_after,
        }[story.base]
        holiday = to_ore(of * HOLIDAY)
        total += sick_pay + holiday + to_ore((sick_pay + holiday) * CONTRIBUTIONS)
    return total


def shares_taken(
    story: Story, period: date, minutes: list[tuple[date, int, Fraction, Fraction, bool]]
) -> list[Fraction]:
    """Return for every minute the share of it that the qualifying day or deduction takes."""
    if period < DEDUCTION_SINCE:
        return [Fraction(number == 1) for _, number, _, _, _ in minutes]
    if story.method is DeductionMethod.HOURS:
        bears = [Fraction(1) for _ in minutes]
        left = DEDUCTION * story.week_minutes
    else:
        bears = [(pay + extra) * SICK_PAY for _, _, pay, extra, _ in minutes]
        left = DEDUCTION * SICK_PAY * story.hourly_ore * story.week_minutes / 60
    claimed = [stood_in for day, _, _, _, stood_in in minutes if story.claim_from <= day < story.claim_to]
    if story.partly is PartlyCovered.SPREAD_OVER_ALL_HOURS and any(claimed) and not all(claimed):
        pay_of = [pay + extra for _, _, pay, extra, _ in minutes]
        gone = sum(pay * share for pay, share in zip(pay_of, in_time_order(bears, left), strict=True))
        return [Fraction(gone, sum(pay_of))] * len(bears)
    return in_time_order(bears, left)


def in_time_order(bears: list[Fraction], left: Fraction) -> list[Fraction]:
    """Return the share of each minute that is taken when the first of them bear it."""
    shares = []
    for one in bears:
        gone = min(one, left)
        left -= gone
        shares.append(gone / one)
    return shares


# --- random stories ----------------------------------------------------------------------------------------


@st.composite
def stories(draw: st.DrawFn, *, years: tuple[int, ...] = (2016, 2018, 2019, 2023, 2024)) -> Story:
    """Draw one to three absences with shifts of any length in them, and substitutes for some of the time."""
    day = date(draw(st.sampled_from(years)), 1, 1) + timedelta(days=draw(st.integers(0, 330)))
    spells: list[tuple[date, date]] = []
    shifts: list[tuple[int, int]] = []
    for _ in range(draw(st.integers(1, 3))):
        first_on, last_on = day, day + timedelta(days=draw(st.integers(0, 16)))
        spells.append((first_on, last_on))
        end = minute_of(last_on + timedelta(days=1), 0)
        at = minute_of(first_on, 0)
        while at < end and len(shifts) < 9:
            at += draw(st.integers(0, 40)) * 45
            length = min(draw(st.integers(1, 28)) * 30, end - at)
            if length > 0:
                shifts.append((at, length))
            at += max(length, 1)
        day = last_on + timedelta(days=draw(st.integers(2, 12)))
    substitutes = []
    for start, length in shifts:
        if draw(st.integers(0, 3)):
            skipped = draw(st.integers(0, 3)) * 60
            substitutes.append((start + skipped, max(length - skipped, 1)))
    return Story(
        spells=tuple(spells),
        shifts=tuple(shifts) or ((minute_of(spells[0][0], 8), 480),),
        substitutes=tuple(substitutes),
        hourly_ore=draw(st.integers(9_000, 30_000)),
        night_ore=draw(st.sampled_from((0, 5984, 2055))),
        week_minutes=draw(st.integers(5, 48 * 60)),
        method=draw(st.sampled_from((DeductionMethod.AMOUNT, DeductionMethod.HOURS))),
        base=draw(st.sampled_from(tuple(HolidayBase))),
        partly=draw(st.sampled_from(tuple(PartlyCovered))),
        claim_from=spells[0][0],
        claim_to=spells[-1][1] + timedelta(days=1),
    )
