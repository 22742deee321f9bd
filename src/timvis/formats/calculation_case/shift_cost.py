"""The written form of a `shift_cost` case, and the core's record of it."""

from datetime import date
from typing import Literal

from pydantic import Field

from timvis.core.calculation.calculated import Calculated
from timvis.core.calculation.shift_cost import HolidayRounding, ShiftCase, calculate
from timvis.core.law import LawReader
from timvis.core.quantities import Ore, OrePerHour
from timvis.formats.calculation_case.hourly import Hours, Written, minutes_of
from timvis.formats.calculation_case.sick_cost_form import Number, number_of


class WrittenShiftCost(Written):
    """A shift as its payslip has it. A percentage is written as text, "31.42"."""

    kind: Literal["shift_cost"]
    title: str = ""
    paid_on: date
    hours: Hours
    hourly_ore: int = Field(gt=0)
    supplements_ore: int = Field(default=0, ge=0)
    benefit_ore: int = Field(default=0, ge=0)
    agreement_percent: Number = "0"
    agreement_is_pension: bool = False
    contributions_percent: Number | None = None
    holiday_rounding: HolidayRounding = HolidayRounding.ORE
    expected: dict[str, object] = Field(default_factory=dict)


def calculated(written: WrittenShiftCost, law: LawReader) -> Calculated:
    """Return what the shift costs. Raises `LawGap`."""
    return Calculated(statement=calculate(case_of(written), law), total_label="Arbetsgivarens kostnad")


def case_of(written: WrittenShiftCost) -> ShiftCase:
    """Return the core's record."""
    stated = written.contributions_percent
    return ShiftCase(
        paid_on=written.paid_on,
        minutes=minutes_of(written.hours),
        ore_per_hour=OrePerHour(written.hourly_ore),
        supplements_ore=Ore(written.supplements_ore),
        benefit_ore=Ore(written.benefit_ore),
        agreement_percent=number_of(written.agreement_percent),
        is_pension=written.agreement_is_pension,
        contributions_percent=None if stated is None else number_of(stated),
        holiday_rounding=written.holiday_rounding,
    )
