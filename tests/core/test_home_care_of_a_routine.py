"""The routines that come with Timvis can be calculated by as they stand."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.formats.written_routines import routine_of, written
from timvis.core.calculation.calculated import Calculated
from timvis.core.calculation.home_care.records import (
    Absence,
    Granted,
    HomeCareCase,
    Outcome,
    Price,
    PriceUnit,
    Stretch,
    Visit,
)
from timvis.core.calculation.home_care.settings import (
    Addition,
    AdditionKind,
    Cause,
    Cohabitants,
    Form,
    HomeCareSettings,
    MinuteRounding,
    PartMonth,
    PriceRounding,
    RoundingHow,
    Staffing,
    settings_by_day,
)
from timvis.core.calculation.home_care.statement import calculate
from timvis.core.calculation.home_care.time_bands import Days, TimeBand
from timvis.core.law import LawReader
from timvis.core.quantities import Minutes, Ore
from timvis.core.records import GrantUnit
from timvis.core.routine.home_care import choices_of, prices_of, time_bands_of
from timvis.core.routine.records import Routine
from timvis.formats.holiday_calendar.read import holidays_around
from timvis.formats.law.packaged import load_law
from timvis.formats.routine.packaged import packaged_routine

MARCH = date(2025, 3, 1)


def routine(slug: str) -> Routine:
    found = packaged_routine(slug)
    assert found is not None, slug
    return found


def month_by(found: Routine, *visits: Visit, absences: tuple[Absence, ...] = ()) -> HomeCareCase:
    return HomeCareCase(
        month_on=MARCH,
        form=Form.PRIVATE,
        cites=("SoL (2001:453) 4 kap. 1 §",),
        needs_assessed=True,
        is_compared=True,
        settings=settings_by_day([choices_of(found)]),
        prices=prices_of(found),
        granted=(
            Granted(
                service="",
                minutes=Minutes(600),
                per=GrantUnit.MONTH,
                granted_from=MARCH,
                granted_to=date(2025, 4, 1),
            ),
        ),
        visits=visits,
        absences=absences,
    )


def visit(day: int, service: str, minutes: int = 0, outcome: Outcome = Outcome.NOT_PERFORMED) -> Visit:
    return Visit(
        number=day,
        on=date(2025, 3, day),
        service=service,
        stretches=(Stretch(time_band="", minutes=Fraction(minutes)),),
        outcome=outcome,
    )


def told(case: HomeCareCase) -> list[tuple[str, str, int]]:
    outcome = calculate(case, LawReader(load_law()), holidays_around(MARCH))
    assert isinstance(outcome, Calculated), outcome
    return [(line.code, line.quantity, line.amount_ore) for line in outcome.statement.lines]


def test_a_month_is_paid_by_the_published_routine_and_the_price_somebody_sets() -> None:
    found = routine("leksand/home_care")
    case = month_by(
        found,
        visit(3, "home_care", 540, Outcome.PERFORMED),
        visit(14, "home_care", 45),
        visit(15, "home_care", 90),
        visit(16, "home_care", 90),
        absences=(Absence(cause=Cause.DEATH, from_on=date(2025, 3, 14), to_on=None),),
    )
    example = Price(service="home_care", unit=PriceUnit.HOUR, amount_ore=Ore(40000))

    assert told(replace(case, prices=(example,))) == [
        ("performed_time", "9", 360000),
        ("wasted_visit", "0.75", 30000),
        ("absence_death", "1.5", 60000),
        ("absence_death_not_paid", "1.5", 0),
    ]


def test_what_a_routine_leaves_open_stops_and_is_asked_for_by_name() -> None:
    found = routine("solna/home_care")

    outcome = calculate(month_by(found, visit(3, "care", 30)), LawReader(load_law()), holidays_around(MARCH))

    assert isinstance(outcome, tuple)
    assert {fault.column for fault in outcome} == {"setting.notice", "setting.pay_basis"}


def test_published_prices_fixed_times_and_percentages_are_the_routines_own() -> None:
    choices, prices = choices_of(routine("solna/home_care")).settings, prices_of(routine("solna/home_care"))

    [cleaning] = [row for row in choices.absence or () if row.service == "cleaning"]
    assert (cleaning.cause, cleaning.percent) == (Cause.DECLINED_VISIT, Decimal(75))
    assert [row.minutes for row in choices.service or () if row.name == "cleaning"] == [96]
    assert [price.amount_ore for price in prices if price.service == "cleaning"] == [38200]


@pytest.mark.parametrize(("word", "kept"), [("week", "week"), ("period", None)])
def test_a_word_the_calculation_does_not_have_is_a_choice_not_made(word: str, kept: str | None) -> None:
    found = routine_of(written("home_care", setting=f'granted_window = "{word}"'))

    assert choices_of(found).settings.granted_window == kept
    assert prices_of(found) == () == time_bands_of(found)


def test_time_bands_come_with_their_minutes() -> None:
    band = '[[setting.time_band]]\nname = "weekend"\ndays = "friday_to_monday"\nfrom = "19.00"\nto = "07.00"\n'

    assert time_bands_of(routine_of(written("home_care", setting=band))) == (
        TimeBand(name="weekend", days=Days.FRIDAY_TO_MONDAY, from_minute=1140, to_minute=420),
    )


def test_every_kind_of_choice_comes_as_the_calculation_has_it() -> None:
    setting = """price_rounding = "kronor"
double_staffing = "each_counts"
cohabitants = "split"
part_month = "by_day"
vat_compensation = 2.5
[[setting.minute_rounding]]
minutes = 5
how = "nearest"
[[setting.addition]]
kind = "quality_1"
ore_per_hour = 1000
criteria = 2
required = ["1"]
"""

    assert choices_of(routine_of(written("home_care", setting=setting))).settings == HomeCareSettings(
        price_rounding=PriceRounding.KRONOR,
        double_staffing=Staffing.EACH_COUNTS,
        cohabitants=Cohabitants.SPLIT,
        part_month=PartMonth.BY_DAY,
        vat_compensation=Decimal("2.5"),
        minute_rounding=MinuteRounding(minutes=5, how=RoundingHow.NEAREST),
        addition=(Addition(kind=AdditionKind.QUALITY_1, ore_per_hour=1000, criteria=2, required=(1,)),),
    )
