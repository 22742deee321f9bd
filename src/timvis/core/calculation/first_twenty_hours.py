"""`first_twenty_hours`: what the municipality answers for of a state allowance, the first hours of each week.

The state asks for it by invoice after performed and approved hours. Here is what that invoice should come to; how
twenty hours a week become a calendar month's number no source says, so whole weeks are what is counted.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from timvis.core.calculation.hourly import exact_text, kronor_text
from timvis.core.calculation.rates import Rate, RateRule, rate_on
from timvis.core.calendar.weeks import week_label, week_number
from timvis.core.law import LawReader
from timvis.core.quantities import MINUTES_PER_HOUR, PARTS_PER_MINUTE, Minutes, Ore, Parts, pay_for
from timvis.core.review.review import hours_text
from timvis.core.statement import Line, Statement, digest_of

KIND = "first_twenty_hours"
SHARE, STATE_RATE = "assistance.municipal_share_hours_per_week", "assistance.hourly_rate"
CITES = ("SFB 51:22",)


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekWorked:
    """Approved time in a week, or in the part of it from a day on: a week over New Year is told as two."""

    from_on: date
    minutes: Minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstHoursCase:
    """The weeks that an invoice is for; `billed_minutes` what it says, None when it is not there yet."""

    weeks: tuple[WeekWorked, ...]
    billed_minutes: Minutes | None = None


def calculate(case: FirstHoursCase, law: LawReader) -> Statement:
    """Return what the municipality owes for the weeks. Raises `LawGap` when a rate or the share has no value."""
    by_rate: dict[Rate, list[tuple[WeekWorked, Minutes]]] = {}
    for week, minutes in _shares(case.weeks, law):
        rule = RateRule(code=STATE_RATE, cites=CITES)
        by_rate.setdefault(rate_on(rule, week.from_on, law), []).append((week, minutes))
    lines = [_owed(rate, weeks) for rate, weeks in by_rate.items()]
    lines += _beyond(case, sum(minutes for weeks in by_rate.values() for _, minutes in weeks), list(by_rate))
    return Statement(
        kind=KIND,
        lines=tuple(lines),
        law_rows=law.rows_used,
        settings=(("rounding", "each_line_half_up"), ("window", "week")),
        inputs_digest=digest_of(case),
    )


def _shares(weeks: Iterable[WeekWorked], law: LawReader) -> Iterator[tuple[WeekWorked, Minutes]]:
    """Yield what of each week is the municipality's: its first hours, counted through all the week's parts."""
    counted: dict[int, int] = {}
    for week in sorted(weeks, key=lambda week: week.from_on):
        number = week_number(week.from_on)
        left = law.minutes(SHARE, week.from_on) - counted.get(number, 0)
        minutes = Minutes(max(min(week.minutes, left), 0))
        counted[number] = counted.get(number, 0) + minutes
        yield week, minutes


def _owed(rate: Rate, weeks: list[tuple[WeekWorked, Minutes]]) -> Line:
    minutes = sum(share for _, share in weeks)
    told = ", ".join(f"{week_label(week.from_on)}: {hours_text(share)}" for week, share in weeks)
    return Line(
        code="first_hours_of_each_week",
        label="De första timmarna varje vecka",
        quantity=exact_text(Fraction(minutes, MINUTES_PER_HOUR)),
        unit="hour",
        rate=str(rate.ore_per_hour),
        amount_ore=pay_for(Parts(minutes * PARTS_PER_MINUTE), rate.ore_per_hour),
        cites=rate.cites,
        because=f"{hours_text(minutes)} timmar à {kronor_text(rate.ore_per_hour)} ({told}): {rate.why}.",
        period_from=weeks[0][0].from_on,
    )


def _beyond(case: FirstHoursCase, owed: int, rates: list[Rate]) -> Iterator[Line]:
    """Yield what the state answers for itself, and what its invoice has too much."""
    beyond = sum(week.minutes for week in case.weeks) - owed
    if beyond:
        yield _told(
            "hours_of_the_states_own",
            "Timmar som staten svarar för",
            beyond,
            f"{hours_text(beyond)} timmar ligger över veckans första timmar; dem betalar staten.",
        )
    too_much = (case.billed_minutes or 0) - owed
    if too_much > 0:
        # Only one rate can be said to be the one that is billed too much.
        money = f", {kronor_text(_cost(too_much, rates[0]))}" if len(rates) == 1 else ""
        yield _told(
            "billed_beyond_the_share",
            "Fakturerat utöver kommunens del",
            too_much,
            f"Fakturan har {hours_text(too_much)} timmar för mycket{money}: be om en ny.",
        )


def _told(code: str, label: str, minutes: int, because: str) -> Line:
    return Line(
        code=code,
        label=label,
        quantity=exact_text(Fraction(minutes, MINUTES_PER_HOUR)),
        unit="hour",
        rate="0",
        amount_ore=Ore(0),
        cites=CITES,
        because=because,
    )


def _cost(minutes: int, rate: Rate) -> Ore:
    return pay_for(Parts(minutes * PARTS_PER_MINUTE), rate.ore_per_hour)
