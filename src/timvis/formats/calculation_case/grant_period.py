"""The written form of a `grant_period` case: what was granted, used month by month, and paid."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

from pydantic import Field, model_validator

from timvis.core.calculation.calculated import Calculated
from timvis.core.calculation.grant_period import GrantPeriodCase, Paid, Used, calculate
from timvis.core.calendar.months import Period, month_after, month_on
from timvis.core.facts.load import parts_of
from timvis.core.faults import Fault
from timvis.core.law import LawReader
from timvis.core.quantities import Ore
from timvis.core.records import Grant, GrantUnit, Regime, TimeKind
from timvis.formats.calculation_case.hourly import Day, Hours, Written, WrittenRate, minutes_of, rate_rule, unknown_code

_ONE_DAY = timedelta(days=1)
STATE_RATE = WrittenRate(code="assistance.hourly_rate", cites=("SFB 51:11",))


class WrittenPeriodGrant(Written):
    """What was granted, per what, and on which days of the period (both included; default: all of them)."""

    hours: Hours
    per: GrantUnit
    from_: date | None = Field(default=None, alias="from")
    to: date | None = None


class WrittenUsed(Written):
    """What was used in a month, and when it was reported, if that is to be looked at."""

    month: Day
    time: TimeKind = TimeKind.ACTIVE
    hours: Hours
    reported_on: date | None = None


class WrittenPaid(Written):
    """A payment already made."""

    on: date
    ore: int = Field(gt=0)


class WrittenGrantPeriod(Written):
    """A grant period, both days included; with `settled_on` when it has been settled."""

    kind: Literal["grant_period"]
    title: str = ""
    from_: Day = Field(alias="from")
    to: Day
    settled_on: date | None = None
    rate: WrittenRate = STATE_RATE
    granted: tuple[WrittenPeriodGrant, ...] = Field(min_length=1)
    used: tuple[WrittenUsed, ...] = ()
    paid: tuple[WrittenPaid, ...] = ()
    expected: dict[str, object] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _begins_first(self) -> "WrittenGrantPeriod":
        if self.to < self.from_:
            raise ValueError("to kommer före from")
        return self


def calculated(written: WrittenGrantPeriod, law: LawReader) -> Calculated | tuple[Fault, ...]:
    """Return the period's account, or every row that lies outside it. Raises `LawGap`."""
    faults = (*unknown_code(written.rate.code, law), *_outside(written))
    if faults:
        return faults
    period = Period(written.from_, written.to + _ONE_DAY)
    case = GrantPeriodCase(
        period=period,
        grants=tuple(_grant(number, one, period) for number, one in enumerate(written.granted, start=1)),
        used=tuple(_used(one, period, law) for one in written.used),
        paid=tuple(Paid(on=one.on, ore=Ore(one.ore)) for one in written.paid),
        rate=rate_rule(written.rate),
        settled_on=written.settled_on,
    )
    return calculate(case, law)


def _outside(written: WrittenGrantPeriod) -> Iterator[Fault]:
    for number, used in enumerate(written.used, start=1):
        month = month_on(used.month)
        if month_after(month) <= written.from_ or month > written.to:
            yield Fault(
                code="outside_the_period",
                message=f"Månaden {used.month:%Y-%m} ligger utanför perioden {written.from_}–{written.to}.",
                remedy="Skriv månaden i den period som timmarna beviljades för; de kan inte flyttas över dess slut.",
                column=f"used[{number}].month",
            )
    for number, grant in enumerate(written.granted, start=1):
        if (grant.to or written.to) < (grant.from_ or written.from_):
            yield Fault(
                code="wrong_value",
                message="Beviljad tid slutar innan den börjar.",
                remedy="Rätta from eller to.",
                column=f"granted[{number}]",
            )


def _grant(number: int, written: WrittenPeriodGrant, period: Period) -> Grant:
    granted_from = max(written.from_ or period.from_on, period.from_on)
    return Grant(
        reference=f"beslut {number}",
        regime=Regime.SFB,
        decided_on=granted_from,
        granted_from=granted_from,
        granted_to=period.to_on if written.to is None else min(written.to + _ONE_DAY, period.to_on),
        granted_minutes=minutes_of(written.hours),
        per=written.per,
    )


def _used(written: WrittenUsed, period: Period, law: LawReader) -> Used:
    month = month_on(written.month)
    return Used(
        month_on=month,
        kind=written.time,
        minutes=minutes_of(written.hours),
        parts_per_minute=parts_of(written.time, max(month, period.from_on), law),
        reported_on=written.reported_on,
    )
