"""Whole öre, whole minutes and the few divisions the law asks for.

Money is öre and time is minutes, both `int`. Converted time counts in 28ths of a minute: 28 is the smallest
number that both a quarter (waiting time) and a seventh (standby) divide, so a converted hour is exact until
the last line of a statement. Every division with a remainder goes through one function of this module.
"""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import NewType

Ore = NewType("Ore", int)
"""Money, in whole öre (hundredths of a krona)."""

Minutes = NewType("Minutes", int)
"""Time, in whole minutes."""

Parts = NewType("Parts", int)
"""Converted time, in whole 28ths of a minute."""

OrePerHour = NewType("OrePerHour", int)
"""A rate, in whole öre per hour."""

PARTS_PER_MINUTE = 28
MINUTES_PER_HOUR = 60


class DoesNotDivide(ValueError):
    """A conversion factor of the law gives no whole number of 28ths; the shape of the law has changed."""


def half_up(numerator: int, denominator: int) -> int:
    """Return the quotient rounded to the nearest whole number, halves away from zero."""
    quotient, rest = divmod(abs(numerator), denominator)
    rounded = quotient + (2 * rest >= denominator)
    return rounded if numerator >= 0 else -rounded


def parts_per_minute(factor: Fraction) -> int:
    """Return how many 28ths of a minute one minute counts for: 28 for 1, 7 for 1/4, 4 for 1/7.

    Raises `DoesNotDivide` when the factor gives no whole number.
    """
    parts = PARTS_PER_MINUTE * factor
    if parts.denominator != 1:
        raise DoesNotDivide(f"the factor {factor} gives no whole number of 28ths of a minute")
    return int(parts)


def pay_for(time: Parts, rate: OrePerHour) -> Ore:
    """Return what converted time costs at a rate, rounded to the öre, half up.

    One rounding per line of a statement: no source says how the authority rounds, and this is what the
    published examples come out at.
    """
    return Ore(half_up(time * rate, PARTS_PER_MINUTE * MINUTES_PER_HOUR))


def share_of(amount: int, percent: Decimal) -> int:
    """Return a percentage of a whole amount, rounded half up to a whole amount."""
    return int((Decimal(amount) * percent / 100).quantize(Decimal(1), ROUND_HALF_UP))
