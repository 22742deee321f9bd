"""The published rules of four municipalities, written as routines, pay what they publish; and W-31 to W-40 and W-46.

What a source publishes is a price or a rule; the hours are our examples. Each routine is written in the format that
municipalities write theirs in, so what is tried here is the whole way from the file to the öre.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from tests.formats.written_routines import routine_of, written
from timvis.core.calculation.calculated import Calculated
from timvis.core.calculation.home_care.records import Granted, HomeCareCase, Item, Outcome, Stretch, Visit
from timvis.core.calculation.home_care.settings import Form, settings_by_day
from timvis.core.calculation.home_care.statement import calculate
from timvis.core.calendar.deadlines import TimeAfterEvent, TimeUnit, due
from timvis.core.law import LawReader
from timvis.core.quantities import Minutes
from timvis.core.records import GrantUnit
from timvis.core.routine.home_care import choices_of, prices_of
from timvis.core.routine.records import Routine
from timvis.formats.holiday_calendar.read import holidays_around
from timvis.formats.law.packaged import load_law
from timvis.formats.routine.packaged import packaged_routine

CASES = Path(__file__).parents[1] / "cases" / "home_care"

MEASURED = '[[setting.pay_basis]]\nform = "all"\nbasis = "performed_measured"\n'


def price(service: str, amount_ore: int, *more: str, unit: str = "hour") -> str:
    """Return a row of a price list as a routine writes it."""
    said = (f'service = "{service}"', f'unit = "{unit}"', f"amount_ore = {amount_ore}", "from = 2015-01-01", *more)
    return "[[setting.price]]\n" + "\n".join(said) + "\n"


def services(*names: str) -> str:
    """Return the services that a routine has, none with a fixed time."""
    return "".join(f'[[setting.service]]\nname = "{name}"\n' for name in names)


def routine(setting: str) -> Routine:
    """Return a routine that holds since before the first published price."""
    return routine_of(written("home_care", setting=setting).replace("valid_from = 2020", "valid_from = 2015"))


def visit(day: date, service: str, hours: Fraction | int, *, zone: str = "", band: str = "") -> Visit:
    return Visit(
        number=1,
        on=day,
        service=service,
        zone=zone,
        stretches=(Stretch(time_band=band, minutes=Fraction(hours) * 60),),
    )


def case(
    found: Routine, month_on: date, *visits: Visit, form: Form = Form.PRIVATE, items: tuple[Item, ...] = ()
) -> HomeCareCase:
    return HomeCareCase(
        month_on=month_on,
        form=form,
        cites=("SoL (2001:453) 4 kap. 1 §",),
        needs_assessed=True,
        is_compared=False,
        settings=settings_by_day([choices_of(found)]),
        prices=prices_of(found),
        visits=tuple(replace(one, number=number) for number, one in enumerate(visits, start=1)),
        items=items,
    )


def amounts(of: HomeCareCase) -> list[int]:
    outcome = calculate(of, LawReader(load_law()), holidays_around(of.month_on))
    assert isinstance(outcome, Calculated), outcome
    return [line.amount_ore for line in outcome.statement.lines if line.amount_ore]


# --- Solna, March 2024: a price per service, a share of it for each kind of declined visit ----------------------


def test_solnas_shipped_routine_pays_its_declined_visits_once_the_notice_rule_is_answered() -> None:
    found = packaged_routine("solna/home_care")
    assert found is not None
    answered = '[[setting.notice]]\nconcerns = "provider_pay"\nbefore = "ongoing_day_plan"\n'
    month_on, day = date(2024, 3, 1), date(2024, 3, 5)
    of = case(
        found,
        month_on,
        *(
            replace(visit(day, service, hours), outcome=Outcome.NOT_PERFORMED)
            for service, hours in (("care", Fraction(1, 2)), ("cleaning", 1), ("laundry", 1))
        ),
    )
    chosen = settings_by_day([choices_of(found), replace(choices_of(routine(MEASURED + answered)), from_on=month_on)])

    # Cleaning and laundry count by their fixed 96 and 86 minutes, however long they would have taken (W-33).
    assert amounts(replace(of, settings=chosen)) == [11600, 45840, 30114]


# --- Jönköping, 2016: three zones, and meals per occasion -------------------------------------------------------


def test_jonkopings_three_zones_pay_three_prices_and_its_meals_two() -> None:
    zones = "".join(f'[[setting.zone]]\nname = "{name}"\n' for name in ("town", "villas", "country"))
    found = routine(
        MEASURED
        + services("care", "meal")
        + zones
        + price("care", 41480, 'zone = "town"')
        + price("care", 43005, 'zone = "villas"')
        + price("care", 50670, 'zone = "country"')
        + price("meal", 5025, unit="occasion")
        + price("meal", 8050, 'zone = "country"', unit="occasion")
    )
    month_on = date(2016, 5, 1)
    meals = tuple(
        Item(number=number, on=month_on, service="meal", count=20, zone=zone)
        for number, zone in enumerate(("town", "country"), start=1)
    )
    visits = (visit(date(2016, 5, 2), "care", 10, zone=zone) for zone in ("town", "villas", "country"))

    found_ore = amounts(case(found, month_on, *visits, items=meals))

    assert sorted(found_ore) == sorted([414800, 430050, 506700, 100500, 161000])


# --- Tyresö: own and private, and granted hours that are used within the week ------------------------------------


@pytest.mark.parametrize(("form", "expected_ore"), [(Form.PRIVATE, 388000), (Form.OWN, 377000)])
def test_tyresos_own_and_private_prices_come_from_one_base_and_two_percentages(form: Form, expected_ore: int) -> None:
    chosen = 'price_rounding = "kronor"\nvat_compensation = 1.5\noverhead = 1.5\n'
    found = routine(chosen + MEASURED + services("care") + price("care", 38250))

    assert amounts(case(found, date(2021, 3, 1), visit(date(2021, 3, 1), "care", 10), form=form)) == [expected_ore]


def test_tyresos_unused_hours_are_not_carried_over_the_week() -> None:
    chosen = 'granted_window = "week"\nbeyond_granted = "not_paid"\n'
    found = routine(chosen + MEASURED + services("support") + price("support", 39100))
    month_on = date(2020, 6, 1)  # a Monday: four whole weeks
    weeks = ((date(2020, 6, 2), 3), (date(2020, 6, 9), 5), (date(2020, 6, 16), 4), (date(2020, 6, 23), 2))
    grant = Granted(
        service="support",
        minutes=Minutes(240),
        per=GrantUnit.WEEK,
        granted_from=month_on,
        granted_to=date(2020, 7, 1),
    )
    of = replace(
        case(found, month_on, *(visit(day, "support", hours) for day, hours in weeks)),
        granted=(grant,),
        is_compared=True,
    )

    # 3 + 4 + 4 + 2 = 13 h × 391,00; by the month it would have been 14 h (W-34).
    assert sum(amounts(of)) == 508300


# --- Stockholm, 2022: four times of the day and week; private is own and 2,5 per cent -----------------------------


@pytest.mark.parametrize(
    ("form", "expected_ore"),
    [(Form.OWN, [40300, 42900, 46500, 52900]), (Form.PRIVATE, [41300, 44000, 47700, 54200])],
)
def test_stockholms_private_prices_are_its_own_and_two_and_a_half_per_cent(form: Form, expected_ore: list[int]) -> None:
    bands = (("day", 40300), ("evening", 42900), ("night", 46500), ("major", 52900))
    times = "".join(
        f'[[setting.time_band]]\nname = "{name}"\ndays = "{days}"\nfrom = "{start}"\nto = "{end}"\n'
        for name, days, start, end in (
            ("major", "major_holidays", "00.00", "24.00"),
            ("day", "every_day", "07.00", "19.00"),
            ("evening", "every_day", "19.00", "22.00"),
            ("night", "every_day", "22.00", "07.00"),
        )
    )
    found = routine(
        'price_rounding = "kronor"\nvat_compensation = 2.5\n'
        + MEASURED
        + services("escort")
        + times
        + "".join(price("escort", ore, f'time_band = "{band}"') for band, ore in bands)
    )
    visits = (visit(date(2022, 12, 1), "escort", 1, band=band) for band, _ore in bands)

    assert sorted(amounts(case(found, date(2022, 12, 1), *visits, form=form))) == expected_ore


# --- the worked examples ------------------------------------------------------------------------------------------


def worked(numbers: Iterable[int]) -> list[str]:
    return [f"W-{number}" for number in numbers]


@pytest.mark.parametrize("example", worked([31, 32, 33, 34, 35, 36, 37, 39, 40]))
def test_every_worked_example_of_home_care_that_is_money_is_a_case_anybody_can_calculate(example: str) -> None:
    assert list(CASES.glob(f"{example}-*.toml"))


@pytest.mark.parametrize(
    ("rule", "expected_on"),
    [
        (TimeAfterEvent(count=10, unit=TimeUnit.WORKING_DAYS, event="start"), date(2025, 3, 17)),
        (TimeAfterEvent(count=3, unit=TimeUnit.WEEKS, event="start"), date(2025, 3, 24)),
    ],
)
def test_w_46_a_plan_is_due_ten_working_days_or_three_weeks_after_the_start(
    rule: TimeAfterEvent, expected_on: date
) -> None:
    start_on = date(2025, 3, 3)

    assert due(rule, start_on, holidays_around(start_on)).on == expected_on


def test_w_46_leksands_shipped_routine_has_the_ten_working_days() -> None:
    found = packaged_routine("leksand/home_care")
    assert found is not None
    [plan] = [step.due for step in found.steps if step.name == "write_plan"]

    assert isinstance(plan, TimeAfterEvent)
    assert due(plan, date(2025, 3, 3), holidays_around(date(2025, 3, 3))).on == date(2025, 3, 17)
