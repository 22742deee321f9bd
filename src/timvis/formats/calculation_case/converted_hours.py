"""The written form of a `converted_hours` case: clock hours of each kind, and the factors where they are chosen."""

from datetime import date
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from timvis.core.calculation.calculated import Calculated
from timvis.core.calculation.converted_hours import ClockTime, ConvertedCase, calculate
from timvis.core.faults import Fault
from timvis.core.law import LawReader
from timvis.core.quantities import DoesNotDivide, parts_per_minute
from timvis.core.records import TimeKind
from timvis.formats.calculation_case.hourly import Hours, Written, WrittenRate, minutes_of, rate_rule, unknown_code


def _factor(text: str) -> str:
    try:
        factor = Fraction(text)
        parts_per_minute(factor)
    except DoesNotDivide as error:
        raise ValueError(f"{text} går inte jämnt upp i 28-delar av en minut") from error
    except (ValueError, ZeroDivisionError) as error:
        raise ValueError(f"”{text}” är ingen andel av en timme") from error
    if not 0 < factor <= 1:
        raise ValueError(f"{text} är ingen andel mellan 0 och 1")
    return text


Factor = Annotated[str, AfterValidator(_factor), Field(description='Andel som text: "1/4".')]


class WrittenClockTime(Written):
    """Clock hours of one kind on a day; `times` for several alike, such as seven nights."""

    on: date
    time: TimeKind
    hours: Hours
    times: int = Field(default=1, gt=0)


class WrittenConverted(Written):
    """Clock hours to convert, with money only where a rate is given."""

    kind: Literal["converted_hours"]
    title: str = ""
    waiting_factor: Factor | None = None
    standby_factor: Factor | None = None
    rate: WrittenRate | None = None
    worked: tuple[WrittenClockTime, ...] = Field(min_length=1)
    expected: dict[str, object] = Field(default_factory=dict)


def calculated(written: WrittenConverted, law: LawReader) -> Calculated | tuple[Fault, ...]:
    """Return the converted time, or the fault of a rate no number has. Raises `LawGap`."""
    faults = () if written.rate is None else unknown_code(written.rate.code, law)
    if faults:
        return faults
    case = ConvertedCase(
        times=tuple(
            ClockTime(on=one.on, kind=one.time, minutes=minutes_of(one.hours), times=one.times)
            for one in written.worked
        ),
        waiting_factor=None if written.waiting_factor is None else Fraction(written.waiting_factor),
        standby_factor=None if written.standby_factor is None else Fraction(written.standby_factor),
        rate=None if written.rate is None else rate_rule(written.rate),
    )
    return calculate(case, law)
