"""The written form of a `substitute_fee` case: the sick period, the substitute's hours, the provider's cost."""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from timvis.core.calculation.calculated import Calculated
from timvis.core.calculation.substitute_fee import (
    QUALIFYING_DEDUCTION,
    QualifyingTime,
    SubstituteCase,
    SubstituteWork,
    calculate,
    deduction_minutes,
    has_qualifying_day,
)
from timvis.core.facts.load import parts_of
from timvis.core.faults import Fault
from timvis.core.law import LawReader
from timvis.core.quantities import PARTS_PER_MINUTE, Minutes, Ore, OrePerHour, Parts, pay_for
from timvis.core.records import TimeKind
from timvis.formats.calculation_case.hourly import Hours, Written, WrittenRate, minutes_of, rate_rule, unknown_code


class WrittenSubstituteWork(Written):
    """The substitute's hours on one day, and what the sick assistant cost the provider in that time."""

    on: date
    hours: Hours
    time: TimeKind = TimeKind.ACTIVE
    provider_cost_ore: int | None = Field(default=None, ge=0)
    provider_cost_ore_per_hour: int | None = Field(default=None, ge=0)

    @model_validator(mode="after")
    def _states_one_cost(self) -> "WrittenSubstituteWork":
        if self.provider_cost_ore is not None and self.provider_cost_ore_per_hour is not None:
            raise ValueError("ange antingen provider_cost_ore eller provider_cost_ore_per_hour")
        return self


class WrittenSubstituteFee(Written):
    """A substitute's fee. `average_week_hours` or `deduction_hours` is needed when a deduction is consumed."""

    kind: Literal["substitute_fee"]
    title: str = ""
    sick_from: date
    rate: WrittenRate = WrittenRate(code="assistance.hourly_rate", cites=("LSS 18 §",))
    qualifying_time: QualifyingTime | None = None
    average_week_hours: Hours | None = None
    deduction_hours: Hours | None = None
    work: tuple[WrittenSubstituteWork, ...] = Field(min_length=1)
    expected: dict[str, object] = Field(default_factory=dict)


def calculated(written: WrittenSubstituteFee, law: LawReader) -> Calculated | tuple[Fault, ...]:
    """Return the fee, or every fault of the case. Raises `LawGap`."""
    case = case_of(written, law)
    return case if isinstance(case, tuple) else calculate(case, law)


def case_of(written: WrittenSubstituteFee, law: LawReader) -> SubstituteCase | tuple[Fault, ...]:
    """Return the core's record, or every row without the provider's cost and what the deduction lacks."""
    by_day = has_qualifying_day(written.sick_from, law)
    faults = (*unknown_code(written.rate.code, law), *_faults(written, by_day=by_day))
    if faults:
        return faults
    consumed = None
    if not by_day and written.qualifying_time is QualifyingTime.UNTIL_CONSUMED:
        consumed = _consumed(written, law)
    return SubstituteCase(
        sick_from=written.sick_from,
        work=tuple(_work(work, law) for work in written.work),
        rate=rate_rule(written.rate),
        qualifying_time=None if by_day else written.qualifying_time,
        deduction_minutes=consumed,
    )


def _faults(written: WrittenSubstituteFee, *, by_day: bool) -> Iterator[Fault]:
    for number, work in enumerate(written.work, start=1):
        if work.provider_cost_ore is None and work.provider_cost_ore_per_hour is None:
            yield Fault(
                code="missing_provider_cost",
                message=f"Anordnarens kostnad för den sjuka assistenten saknas för {work.on}.",
                remedy="Be anordnaren om kostnaden för samma tid och skriv provider_cost_ore, 0 om den är noll.",
                column=f"work[{number}].provider_cost_ore",
            )
        if work.on < written.sick_from:
            yield Fault(
                code="before_the_sick_period",
                message=f"Vikarien arbetade {work.on}, innan sjukperioden började {written.sick_from}.",
                remedy="Rätta dagen, eller sick_from.",
                column=f"work[{number}].on",
            )
    if by_day:
        return
    if written.qualifying_time is None:
        yield Fault(
            code="missing_setting",
            message="Sjukperioden har karensavdrag, och rutinen säger inte vilken tid som då räknas som karens.",
            remedy='Skriv qualifying_time = "until_consumed" eller "first_day".',
            column="qualifying_time",
        )
    needs_hours = written.qualifying_time is QualifyingTime.UNTIL_CONSUMED
    if needs_hours and (written.average_week_hours is None) == (written.deduction_hours is None):
        yield Fault(
            code="missing_deduction",
            message="Det går inte att se hur många timmar karensavdraget räcker.",
            remedy="Skriv average_week_hours, eller deduction_hours om timmarna är kända; inte båda.",
            column="deduction_hours",
        )


def _consumed(written: WrittenSubstituteFee, law: LawReader) -> Minutes:
    if written.deduction_hours is not None:
        return minutes_of(written.deduction_hours)
    percent = law.percent(QUALIFYING_DEDUCTION, written.sick_from)
    return deduction_minutes(minutes_of(written.average_week_hours or "0"), percent)


def _work(work: WrittenSubstituteWork, law: LawReader) -> SubstituteWork:
    minutes = minutes_of(work.hours)
    per_hour = work.provider_cost_ore_per_hour
    cost = (
        Ore(work.provider_cost_ore or 0)
        if per_hour is None
        else pay_for(Parts(minutes * PARTS_PER_MINUTE), OrePerHour(per_hour))
    )
    return SubstituteWork(
        on=work.on,
        minutes=minutes,
        parts_per_minute=parts_of(work.time, work.on, law),
        cost_ore=cost,
    )
