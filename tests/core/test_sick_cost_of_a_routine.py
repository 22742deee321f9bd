"""What a routine states about a sick cost reaches the calculation, and nothing it has not stated does."""

from dataclasses import fields, replace
from datetime import date
from fractions import Fraction

import pytest

from tests.formats.written_routines import routine_of, written
from timvis.core.calculation.sick_cost.settings import (
    CATALOGUE as CHOICES,
)
from timvis.core.calculation.sick_cost.settings import (
    AverageWeek,
    Cause,
    ClaimCovers,
    DeductionMethod,
    HolidayBase,
    SickCostSettings,
    WithoutCertificate,
)
from timvis.core.routine.catalogue import SICK_COST
from timvis.core.routine.records import ClaimKind
from timvis.core.routine.settings import CATALOGUE
from timvis.core.routine.shapes import OneOf, SomeOf
from timvis.core.routine.sick_cost import CALLED, NOT_OF_THE_CALCULATION, READ, WORD, WORDS, settings_of
from timvis.core.routine.terms import IfMissing
from timvis.formats.routine.packaged import packaged_routine

OF_ITS_PAPERS = {"certificate_from_day", "without_certificate"}


def chosen(setting: str = "", tables: str = "") -> SickCostSettings:
    [settings] = settings_of(routine_of(written("sick_cost", setting=setting, tables=tables)))
    return settings


def certificate(more: str) -> str:
    return (
        '[[evidence]]\nrequirement = "doctors_certificate"\nprovider_kinds = ["company"]\ntext = "Läkarintyg"\n'
        'needed = "from_sick_day"\nday = 8\n' + more
    )


WITH_STEP = """
[[channel]]
provider_kinds = ["company"]
way = "e_service"
text = "E-tjänst"

[[step]]
name = "hand_in"
label = "Redovisning"
role = "provider_admin"
acts = ["hand_in"]

"""


def test_every_setting_about_a_sick_cost_is_read_or_said_why_not() -> None:
    of_sick_cost = {setting.code for setting in SICK_COST}

    assert of_sick_cost == (READ & of_sick_cost) | set(NOT_OF_THE_CALCULATION)
    assert not READ & set(NOT_OF_THE_CALCULATION)
    assert set(CATALOGUE) >= READ
    assert all(reason.endswith(".") for reason in NOT_OF_THE_CALCULATION.values())


def test_every_choice_of_the_calculation_comes_from_a_routine() -> None:
    dates = {"valid_from", "valid_to"}

    assert {field.name for field in fields(SickCostSettings)} - dates == (
        {CALLED.get(code, code) for code in READ} | OF_ITS_PAPERS
    )


@pytest.mark.parametrize("code", sorted({*WORD, *WORDS}))
def test_a_routine_and_the_calculation_have_the_same_words(code: str) -> None:
    shape = CATALOGUE[code].shape
    assert isinstance(shape, OneOf | SomeOf)

    assert set(shape.words) == {word.value for word in WORD.get(code) or WORDS[code]}
    assert set(shape.words) == set(CHOICES[CALLED.get(code, code)].values)


def test_a_missing_certificate_has_the_words_of_a_missing_paper() -> None:
    assert {word.value for word in IfMissing} == {word.value for word in WithoutCertificate}


def test_what_a_routine_does_not_state_is_no_choice() -> None:
    assert chosen() == SickCostSettings(valid_from=date(2020, 1, 1))


def test_what_a_routine_states_comes_as_the_calculation_has_it() -> None:
    settings = chosen(
        """claim_covers = ["occasion", "half_year"]
absence_causes = ["sickness", "care_of_child"]
holiday_pay_base = "paid_sick_pay"
deduction_method = "daily_factor"
deduction_daily_factor = 1.4
average_week = "worked"
average_week_months = 3
tolerance_ore = 50
"""
    )

    assert settings == SickCostSettings(
        valid_from=date(2020, 1, 1),
        claim_covers=(ClaimCovers.OCCASION, ClaimCovers.HALF_YEAR),
        absence_causes=(Cause.SICKNESS, Cause.CARE_OF_CHILD),
        holiday_compensation_base=HolidayBase.PAID_SICK_PAY,
        deduction_method=DeductionMethod.DAILY_FACTOR,
        deduction_daily_factor=Fraction(7, 5),
        average_week=AverageWeek.WORKED,
        average_week_months=3,
        tolerance_ore=50,
    )


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("", None),
        ('if_missing = "ask"\n', WithoutCertificate.ASK),
        ('if_missing = "refuse"\n', WithoutCertificate.REFUSE),
        ('if_missing = "payment_waits"\n', WithoutCertificate.PAYMENT_WAITS),
        ('if_missing = "nothing_from_that_day"\n', WithoutCertificate.NOTHING_FROM_THAT_DAY),
    ],
)
def test_the_certificate_comes_from_the_checklist(row: str, expected: WithoutCertificate | None) -> None:
    settings = chosen(tables=WITH_STEP + certificate(row))

    assert (settings.certificate_from_day, settings.without_certificate) == (8, expected)


def test_a_certificate_for_another_kind_of_claim_is_not_the_sick_costs() -> None:
    routine = routine_of(written("sick_cost", tables=WITH_STEP + certificate('if_missing = "ask"\n')))
    [row] = routine.evidence
    for_another = replace(routine, evidence=(replace(row, claim_kinds=frozenset({ClaimKind.ASSISTANCE})),))

    [settings] = settings_of(for_another)

    assert (settings.certificate_from_day, settings.without_certificate) == (None, None)


def test_each_version_of_a_routine_holds_until_the_next() -> None:
    old = routine_of(written("sick_cost", setting='deduction_method = "amount"'))
    new = replace(routine_of(written("sick_cost", setting='deduction_method = "hours"')), valid_from=date(2026, 1, 1))

    early, late = settings_of(new, old)

    assert (early.valid_from, early.valid_to, early.deduction_method) == (
        date(2020, 1, 1),
        date(2026, 1, 1),
        DeductionMethod.AMOUNT,
    )
    assert (late.valid_from, late.valid_to, late.deduction_method) == (date(2026, 1, 1), None, DeductionMethod.HOURS)


@pytest.mark.parametrize("slug", ["osthammar", "vasteras", "astorp", "hoganas", "almhult"])
def test_a_shipped_routine_pays_for_sickness_only(slug: str) -> None:
    routine = packaged_routine(f"{slug}/sick_cost")
    assert routine is not None

    [settings] = settings_of(routine)

    assert settings.absence_causes == (Cause.SICKNESS,)
