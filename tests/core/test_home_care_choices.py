"""The choices of home care have the names, numbers and words that a routine states them with."""

from collections.abc import Iterable
from dataclasses import fields

import pytest

from timvis.core.calculation.home_care.fees import EXEMPT_TEXT
from timvis.core.calculation.home_care.records import PriceUnit
from timvis.core.calculation.home_care.settings import (
    SETTINGS,
    AbsenceShare,
    Addition,
    AdditionKind,
    Basis,
    Before,
    BeyondGranted,
    Cause,
    ClientFee,
    Cohabitants,
    Concerns,
    CountedFrom,
    Form,
    HomeCareSettings,
    MinuteRounding,
    Notice,
    PartMonth,
    PayBasis,
    PriceRounding,
    RoundingHow,
    Service,
    Staffing,
    Window,
    WrongReport,
)
from timvis.core.calculation.home_care.time_bands import Days
from timvis.core.calendar.working_days import Definition
from timvis.core.routine.settings import CATALOGUE
from timvis.core.routine.shapes import OneOf, Rows, SomeOf
from timvis.formats.calculation_case.home_care_form import WrittenSettings


def test_the_core_and_the_file_name_the_same_choices() -> None:
    names = [setting.name for setting in SETTINGS]

    assert names == [field.name for field in fields(HomeCareSettings)]
    assert names == [name for name in WrittenSettings.model_fields if name != "from_"]
    assert len(names) == len(set(names))
    assert all(setting.says.endswith(".") for setting in SETTINGS)


def test_a_choice_has_the_name_and_the_number_it_has_in_a_routine() -> None:
    for setting in SETTINGS:
        assert setting.variation in CATALOGUE[setting.name].covers, setting.name


@pytest.mark.parametrize(
    ("code", "column", "words"),
    [
        ("granted_window", None, Window),
        ("beyond_granted", None, BeyondGranted),
        ("wrong_report", None, WrongReport),
        ("working_day", None, Definition),
        ("client_fee", None, ClientFee),
        ("price_rounding", None, PriceRounding),
        ("double_staffing", None, Staffing),
        ("cohabitants", None, Cohabitants),
        ("part_month", None, PartMonth),
        ("minute_rounding", "how", RoundingHow),
        ("client_fee_exempt", None, EXEMPT_TEXT),
        ("pay_basis", "basis", Basis),
        ("pay_basis", "form", Form),
        ("absence", "cause", Cause),
        ("absence", "counted_from", CountedFrom),
        ("notice", "concerns", Concerns),
        ("notice", "before", Before),
        ("addition", "kind", AdditionKind),
        ("price", "unit", PriceUnit),
        ("time_band", "days", Days),
    ],
)
def test_a_choice_takes_the_words_it_takes_in_a_routine(code: str, column: str | None, words: Iterable[str]) -> None:
    shape = CATALOGUE[code].shape
    if column is not None:
        assert isinstance(shape, Rows)
        shape = shape.columns[column].shape
    assert isinstance(shape, OneOf | SomeOf)

    # A month or a week at a time is worked out here; hours over a whole granted period have a kind of their own.
    assert {str(word) for word in words} == set(shape.words) - ({"period"} if code == "granted_window" else set())


@pytest.mark.parametrize(
    ("code", "record"),
    [
        ("pay_basis", PayBasis),
        ("absence", AbsenceShare),
        ("notice", Notice),
        ("service", Service),
        ("addition", Addition),
        ("minute_rounding", MinuteRounding),
    ],
)
def test_a_table_has_the_columns_it_has_in_a_routine(code: str, record: type) -> None:
    shape = CATALOGUE[code].shape
    assert isinstance(shape, Rows)

    # What people call a service is for pages and letters; nothing is counted by it.
    assert {field.name for field in fields(record)} == set(shape.columns) - {"label"}
