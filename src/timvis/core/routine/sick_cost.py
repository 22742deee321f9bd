"""A routine's sick cost as the calculation takes it: its choices. Nothing is added to what the routine states."""

from fractions import Fraction

from timvis.core.calculation.sick_cost.settings import (
    AverageWeek,
    CertificateDays,
    DeductionMethod,
    HolidayBase,
    PartlyCovered,
    PensionTax,
    RelapseCount,
    ShortFirstDay,
    SickCostSettings,
    WeekPay,
)
from timvis.core.routine.records import Routine
from timvis.core.routine.settings import decimal_of, states, word_of

_WORDS = {
    "holiday_pay_base": ("holiday_compensation_base", HolidayBase),
    "pension_tax": ("pension_tax", PensionTax),
    "deduction_method": ("deduction_method", DeductionMethod),
    "deduction_week_pay": ("deduction_week_pay", WeekPay),
    "average_week": ("average_week", AverageWeek),
    "short_first_day": ("short_first_day", ShortFirstDay),
    "partly_covered": ("partly_covered", PartlyCovered),
    "relapse_counts_from": ("relapse_counts_from", RelapseCount),
    "certificate_days": ("certificate_days", CertificateDays),
}


def settings_of(*versions: Routine) -> tuple[SickCostSettings, ...]:
    """Return what a routine chooses for sick costs, from the day it holds."""
    return tuple(_choices(one) for one in sorted(versions, key=lambda one: one.valid_from)[-1:])


def _choices(routine: Routine) -> SickCostSettings:
    made = {field: word(word_of(routine, code)) for code, (field, word) in _WORDS.items() if states(routine, code)}
    factor = "deduction_daily_factor"
    if states(routine, factor):
        made[factor] = Fraction(decimal_of(routine, factor))  # type: ignore[assignment]
    return SickCostSettings(valid_from=routine.valid_from, **made)  # type: ignore[arg-type]
