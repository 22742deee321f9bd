"""What the first hours of each week will cost in a year: what is billed, and what is granted ahead."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from timvis.core.invoice.first_hours import KnownPerson
from timvis.core.invoice.first_hours_forecast import ForecastPerson, GrantedPerWeek, forecast, per_week
from timvis.core.law import LawGap, LawReader
from timvis.core.quantities import Minutes, Ore, OrePerHour
from timvis.core.records import Grant, GrantUnit, Regime
from timvis.formats.law.packaged import load_law

LAW = load_law()
YEAR = date(2024, 1, 1)


def granted(hours: int, **says: Any) -> GrantedPerWeek:
    told: dict[str, Any] = {"granted_from": YEAR, "granted_to": None, "minutes_per_week": Minutes(hours * 60)}
    return GrantedPerWeek(**told | says)


def known(*grants: GrantedPerWeek, billed: tuple[tuple[date, Ore], ...] = (), **says: Any) -> ForecastPerson:
    return ForecastPerson(person=KnownPerson(recipient="SFB-1", **says), granted=grants, billed=billed)


def test_a_year_without_invoices_is_the_first_twenty_hours_of_every_day_at_the_years_rate() -> None:
    year = forecast(2024, [known(granted(45)), known(granted(7))], LawReader(LAW))

    # 20 h × 366/7 × 332,60 and 7 h × 366/7 × 332,60, rounded month by month
    assert abs(year.rows[0].expected_ore - 34_780_457) <= 6
    assert abs(year.rows[1].expected_ore - 12_173_160) <= 6
    assert year.total_ore == sum(row.total_ore for row in year.rows)


def test_a_billed_month_counts_as_it_was_billed() -> None:
    january, february = (date(2024, 1, 1), Ore(1_000_000)), (date(2024, 2, 1), Ore(900_000))

    row = forecast(2024, [known(granted(45), billed=(january, february))], LawReader(LAW)).rows[0]

    assert row.billed_ore == 1_900_000
    assert row.billed_months == (january[0], february[0])
    assert row.expected_months[0] == date(2024, 3, 1)
    assert len(row.expected_months) == 10


def test_a_person_who_moves_or_dies_costs_nothing_more_and_a_registered_rate_is_used() -> None:
    moved = forecast(2024, [known(granted(45), responsible_to=date(2024, 1, 8))], LawReader(LAW)).rows[0]
    dead = forecast(2024, [known(granted(45), died_on=date(2024, 1, 8))], LawReader(LAW)).rows[0]
    higher = granted(45, ore_per_hour=OrePerHour(35_000), granted_to=date(2024, 1, 8))

    assert moved.expected_ore == dead.expected_ore == 665_200
    assert forecast(2024, [known(higher)], LawReader(LAW)).total_ore == 700_000


def test_a_year_whose_rate_nobody_knows_has_no_forecast() -> None:
    with pytest.raises(LawGap):
        forecast(2030, [known(granted(45))], LawReader(LAW))


@pytest.mark.parametrize(
    ("hours", "per", "ends_on", "expected"),
    [
        (3, GrantUnit.DAY, None, 21 * 60),
        (40, GrantUnit.WEEK, None, 40 * 60),
        (100, GrantUnit.MONTH, None, 1_380),  # 100 h × 12 × 7 / 365 = 23 h 0 min 49 s
        (1_040, GrantUnit.PERIOD, date(2024, 7, 1), 40 * 60),  # 26 weeks
        (1_040, GrantUnit.PERIOD, None, None),
    ],
)
def test_whatever_hours_are_granted_per_they_are_told_per_week_and_what_cannot_be_is_nothing(
    hours: int, per: GrantUnit, ends_on: date | None, expected: int | None
) -> None:
    grant = Grant(
        reference="SFB-1",
        regime=Regime.SFB,
        decided_on=YEAR,
        granted_from=YEAR,
        granted_to=ends_on,
        granted_minutes=Minutes(hours * 60),
        per=per,
    )

    assert per_week(grant) == expected


def test_a_person_whose_hours_cannot_be_told_per_week_is_said_to_be_unfinished() -> None:
    (row,) = forecast(2024, [replace(known(), is_whole=False)], LawReader(LAW)).rows

    assert not row.is_whole
