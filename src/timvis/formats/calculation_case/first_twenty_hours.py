"""The written form of a `first_twenty_hours` case, and the core's record of it."""

from datetime import date
from typing import Literal

from pydantic import Field

from timvis.core.calculation.calculated import Calculated
from timvis.core.calculation.first_twenty_hours import FirstHoursCase, WeekWorked, calculate
from timvis.core.law import LawReader
from timvis.formats.calculation_case.hourly import Hours, Written, minutes_of


class WrittenWeek(Written):
    """Approved hours in a week, from its Monday or from a later day of it."""

    from_: date = Field(alias="from")
    hours: Hours


class WrittenFirstHours(Written):
    """The weeks, and what the state's invoice says when there is one."""

    kind: Literal["first_twenty_hours"]
    title: str = ""
    billed_hours: Hours | None = None
    week: tuple[WrittenWeek, ...] = Field(min_length=1)
    expected: dict[str, object] = Field(default_factory=dict)


def calculated(written: WrittenFirstHours, law: LawReader) -> Calculated:
    """Return what the municipality owes for the weeks. Raises `LawGap`."""
    return Calculated(statement=calculate(case_of(written), law))


def case_of(written: WrittenFirstHours) -> FirstHoursCase:
    """Return the core's record."""
    return FirstHoursCase(
        weeks=tuple(WeekWorked(from_on=week.from_, minutes=minutes_of(week.hours)) for week in written.week),
        billed_minutes=None if written.billed_hours is None else minutes_of(written.billed_hours),
    )
