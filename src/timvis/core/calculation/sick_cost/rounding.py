"""Where an amount stops being exact. One function per rounding that a rule or a payslip makes; nothing else divides."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import TypeAlias

from timvis.core.calculation.hourly import exact_text, kronor_text
from timvis.core.calendar.months import MONTHS_PER_YEAR
from timvis.core.quantities import MINUTES_PER_HOUR, Ore, OrePerHour, half_up

Exact: TypeAlias = int | Fraction
"""A number without rounding. Whole numbers stay `int`, because most of them are, and whole numbers are fast."""

WEEKS_PER_YEAR = 52
PERCENT = 100


@cache
def exactly(number: Decimal) -> Exact:
    """Return a percentage of the law as an exact number; the law has few, and each is asked for all the time."""
    return whole_if_so(Fraction(number))


def whole_if_so(exact: Exact) -> Exact:
    """Return the same number, as an `int` where it is whole: nearly every number is, and an `int` is fast."""
    return exact.numerator if exact.denominator == 1 else exact


def quotient(numerator: Exact, denominator: Exact) -> Exact:
    """Return one number divided by another, exactly; whole where it comes out whole, as it nearly always does."""
    return _ratio(numerator.numerator * denominator.denominator, numerator.denominator * denominator.numerator)


def percent_of(amount: Exact, percent: Exact) -> Exact:
    """Return a percentage of an amount, exactly."""
    return _ratio(amount.numerator * percent.numerator, amount.denominator * percent.denominator * PERCENT)


def _ratio(numerator: int, denominator: int) -> Exact:
    whole, rest = divmod(numerator, denominator)
    return Fraction(numerator, denominator) if rest else whole


def line_amount(exact: Exact) -> Ore:
    """Return an exact amount as the whole öre of a line, half up: the one rounding every line has."""
    return Ore(half_up(exact.numerator, exact.denominator))


def line_amounts(exact: Iterable[Exact]) -> Iterator[Ore]:
    """Yield amounts that belong together as whole öre: each line is what it adds to their rounded sum so far.

    One alone is rounded as every line. Of several each is at most one öre from that, and their sum is the rounded sum:
    so an hour more can never cost an öre in one line that it does not bring in another.
    """
    so_far: Exact = 0
    written = Ore(0)
    for one in exact:
        so_far += one
        yield Ore(line_amount(so_far) - written)
        written = line_amount(so_far)


def hourly_of_month(monthly_ore: int, week_minutes: int) -> OrePerHour:
    """Return the hourly pay of a monthly pay, to the öre: month × 12 ÷ (52 × hours a week)."""
    return OrePerHour(half_up(monthly_ore * MONTHS_PER_YEAR * MINUTES_PER_HOUR, WEEKS_PER_YEAR * week_minutes))


def hourly_by_divisor(monthly_ore: int, hours_per_month: Fraction) -> OrePerHour:
    """Return the hourly pay of a monthly pay where an agreement says how many hours a month has."""
    exact = monthly_ore / hours_per_month
    return OrePerHour(half_up(exact.numerator, exact.denominator))


def hourly_sick_pay(exact: Exact) -> int:
    """Return an hour's sick pay to the öre, as many payslips have it before they multiply by the hours."""
    return half_up(exact.numerator, exact.denominator)


def number_text(exact: Exact) -> str:
    """Return a number exactly, "-7.25" or "1/28"."""
    if isinstance(exact, int):
        return str(exact)
    return f"-{exact_text(-exact)}" if exact < 0 else exact_text(exact)


def hours_told(minutes: Exact) -> str:
    """Return minutes as hours for a sentence: "7,55 timmar", and "ungefär" where the decimals do not end."""
    hours = quotient(minutes, MINUTES_PER_HOUR)
    text = str(hours) if isinstance(hours, int) else exact_text(hours)
    if "/" in text:
        hundredths = half_up(hours.numerator * PERCENT, hours.denominator)
        text = "ungefär " + exact_text(Fraction(hundredths, PERCENT))
    return f"{text.replace('.', ',')} {'timme' if hours == 1 else 'timmar'}"


def money_told(exact: Exact) -> str:
    """Return an amount in öre as people write money, rounded to the öre."""
    return kronor_text(line_amount(exact))


def percent_told(percent: object) -> str:
    """Return a percentage as people write it: "31,42 procent"."""
    return f"{str(percent).replace('.', ',')} procent"
