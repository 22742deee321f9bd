"""A routine's sick cost as the calculation takes it: its choices, and what its papers say of a doctor's certificate.

Nothing is added: what the routine does not state stays unmade, and the calculation asks for it by name.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from timvis.core.calculation.sick_cost.settings import (
    AverageWeek,
    Cause,
    CertificateDays,
    ClaimCovers,
    CompensationCovers,
    DeductionLine,
    DeductionMethod,
    HolidayBase,
    HourlySickPay,
    PaidCost,
    PartlyCovered,
    PensionTax,
    RefusedCost,
    RelapseCount,
    ShortFirstDay,
    SickCostSettings,
    SocialFees,
    WeekPay,
    WithoutCertificate,
)
from timvis.core.routine.records import ClaimKind, Needed, Requirement, Routine
from timvis.core.routine.settings import decimal_of, setting_of, states, word_of, words_of

CERTIFICATE = "doctors_certificate"
"""What the checklist of every routine calls the certificate; its day and what follows without it stand on that row."""

WORD: Mapping[str, type[StrEnum]] = MappingProxyType(
    {
        "holiday_pay_base": HolidayBase,
        "pension_tax": PensionTax,
        "deduction_method": DeductionMethod,
        "deduction_week_pay": WeekPay,
        "deduction_line": DeductionLine,
        "hourly_sick_pay": HourlySickPay,
        "average_week": AverageWeek,
        "short_first_day": ShortFirstDay,
        "partly_covered": PartlyCovered,
        "relapse_counts_from": RelapseCount,
        "certificate_days": CertificateDays,
        "state_compensation_covers": CompensationCovers,
        "social_fees": SocialFees,
    }
)
WORDS: Mapping[str, type[StrEnum]] = MappingProxyType(
    {
        "claim_covers": ClaimCovers,
        "absence_causes": Cause,
        "cost_items": PaidCost,
        "refused_items": RefusedCost,
    }
)
NUMBERS = ("claim_most_assistants", "deduction_fixed_ore", "average_week_months", "tolerance_ore")
FACTOR = "deduction_daily_factor"
CALLED: Mapping[str, str] = MappingProxyType({"holiday_pay_base": "holiday_compensation_base"})
"""What the calculation calls a choice when it is not what the routine calls it."""

READ = frozenset({*WORD, *WORDS, *NUMBERS, FACTOR})
"""Every setting of the catalogue that the calculation is given."""

NOT_OF_THE_CALCULATION: Mapping[str, str] = MappingProxyType(
    {
        "substitute_cost_is_shown": "What a substitute costs is evidence, and no part of the amount (RÅ 2009 ref 104).",
        "qualifying_regime": "The first sick day picks the law, and an agreement's own words go before the routine's; "
        "both answers are what the calculation does for whoever has such an agreement.",
        "qualifying_input": "Papers that the application must hold: the checklist asks for them.",
        "state_share": "Which days the state paid a part of, and how, is dated law (sick_pay.pandemic).",
        "wage_sum_share": "The shares of the wage sum are dated law (sick_pay.pandemic.normal_share).",
    }
)
"""Settings about a sick cost that change no line of a calculation, each with why."""


def settings_of(*versions: Routine) -> tuple[SickCostSettings, ...]:
    """Return what a routine chooses for sick costs, from the day it holds.

    With several versions of a routine each holds until the next one begins, so that a period of sickness that began
    under an older one is worked out by that one.
    """
    in_order = sorted(versions, key=lambda one: one.valid_from)
    chosen = [_choices(routine) for routine in in_order]
    until = [replace(early, valid_to=late.valid_from) for early, late in pairwise(chosen)]
    return (*until, *chosen[-1:])


def _choices(routine: Routine) -> SickCostSettings:
    made: dict[str, Any] = {CALLED.get(code, code): value for code, value in _stated(routine)}
    return SickCostSettings(valid_from=routine.valid_from, **made, **_of_certificate(routine))


def _stated(routine: Routine) -> Iterator[tuple[str, object]]:
    for code in READ:
        if not states(routine, code):
            continue
        if code in WORD:
            yield code, WORD[code](word_of(routine, code))
        elif code in WORDS:
            yield code, tuple(WORDS[code](word) for word in words_of(routine, code))
        elif code == FACTOR:
            yield code, Fraction(decimal_of(routine, code))
        else:
            yield code, setting_of(routine, code)


def _of_certificate(routine: Routine) -> dict[str, Any]:
    """Return what the checklist says of the certificate.

    The words differ in shape, so they are carried over here: to the routine it is one paper among others that comes
    from a sick day on, to the calculation a choice about the days that lack it.
    """
    row = next((one for one in routine.evidence if _is_certificate(one)), None)
    if row is None:
        return {}
    return {
        "certificate_from_day": row.day,
        "without_certificate": WithoutCertificate(row.if_missing.value) if row.if_missing else None,
    }


def _is_certificate(row: Requirement) -> bool:
    is_for_sick_costs = not row.claim_kinds or ClaimKind.SICK_COST in row.claim_kinds
    return row.code == CERTIFICATE and row.needed is Needed.FROM_SICK_DAY and is_for_sick_costs
