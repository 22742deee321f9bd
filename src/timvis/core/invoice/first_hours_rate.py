"""What an hour of assistance allowance may cost: the year's rate, or a higher one up to the law's ceiling (SFB 51:11).

The ceiling's rounding has changed: whole kronor before October 2018, and since then no öre above the percentage.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from timvis.core.calculation.first_twenty_hours import STATE_RATE
from timvis.core.invoice.objection import kronor
from timvis.core.law import LawByDay
from timvis.core.quantities import OrePerHour, half_up

CAP, ROUNDING = "assistance.higher_rate.cap", "assistance.higher_rate.rounding"
NEAREST_KRONA, TRUNCATE = "nearest_krona_half_up", "truncate_to_ore"
_ORE_PER_KRONA = 100


class RoundingIsUnknown(ValueError):
    """The law data names a rounding that nobody has written. Our mistake."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RateVerdict:
    """What is to be said of a billed rate: nothing when `code` is empty."""

    code: str = ""
    says: str = ""


def highest_rate(day: date, law: LawByDay) -> OrePerHour:
    """Return the highest rate an hour performed on a day can have. Raises `LawGap`.

    >>> # 2023: 324,50 × 1,12 = 363,44; 2017: 291 × 1,12 = 325,92, in whole kronor 326
    """
    exact = law.ore_per_hour(STATE_RATE, day) * (1 + Fraction(law.percent(CAP, day)) / 100)
    rounding = law.word(ROUNDING, day)
    if rounding == NEAREST_KRONA:
        kronor_exact = exact / _ORE_PER_KRONA
        return OrePerHour(half_up(kronor_exact.numerator, kronor_exact.denominator) * _ORE_PER_KRONA)
    if rounding == TRUNCATE:
        return OrePerHour(exact.numerator // exact.denominator)
    raise RoundingIsUnknown(rounding)


def judged_rate(billed: Fraction, day: date, registered: OrePerHour | None, law: LawByDay) -> RateVerdict:
    """Return what a billed rate (in öre) has against it on a day of work. Raises `LawGap`.

    `registered` is the higher rate that Försäkringskassan has decided for the person, None when none is known.
    """
    ordinary, highest = law.ore_per_hour(STATE_RATE, day), highest_rate(day, law)
    if billed > highest:
        says = f"timbeloppet {_rate(billed)} är över det högsta möjliga, {_rate(highest)}"
        return RateVerdict(code="rate_is_above_the_highest", says=says)
    if billed == (ordinary if registered is None else registered):
        return RateVerdict()
    if registered is not None:
        says = f"timbeloppet {_rate(billed)} är inte det registrerade högre beloppet, {_rate(registered)}"
        return RateVerdict(code="rate_is_not_the_registered", says=says)
    if billed > ordinary:
        says = f"timbeloppet {_rate(billed)} är högre än årets {_rate(ordinary)}, och inget högre är registrerat"
        return RateVerdict(code="higher_rate_is_not_registered", says=says)
    return RateVerdict(
        code="rate_is_not_the_years", says=f"timbeloppet {_rate(billed)} är inte årets, {_rate(ordinary)}"
    )


def _rate(ore: Fraction | int) -> str:
    return f"{kronor(half_up(Fraction(ore).numerator, Fraction(ore).denominator))} kr"
