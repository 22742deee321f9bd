"""The written form of a `recovery` case: hours paid by the municipality and later granted by the state."""

from typing import Literal

from pydantic import Field

from timvis.core.calculation.calculated import Calculated
from timvis.core.calculation.rates import rate_on
from timvis.core.calculation.recovery import Ground, PaidTime, RecoveryCase, calculate
from timvis.core.calendar.months import month_on
from timvis.core.faults import Fault
from timvis.core.law import LawReader
from timvis.core.quantities import PARTS_PER_MINUTE
from timvis.formats.calculation_case.hourly import Day, Hours, Written, WrittenRate, minutes_of, rate_rule, unknown_code


class WrittenPaidTime(Written):
    """A month's hours that were paid, and how many of them the state granted later."""

    month: Day
    hours: Hours
    granted_later: Hours
    rate: WrittenRate


class WrittenRecovery(Written):
    """A claim for repayment of what two have paid."""

    kind: Literal["recovery"]
    title: str = ""
    ground: Ground
    paid: tuple[WrittenPaidTime, ...] = Field(min_length=1)
    expected: dict[str, object] = Field(default_factory=dict)


def calculated(written: WrittenRecovery, law: LawReader) -> Calculated | tuple[Fault, ...]:
    """Return what may be asked back, or the fault of a rate no number has. Raises `LawGap`."""
    faults = tuple(fault for paid in written.paid for fault in unknown_code(paid.rate.code, law))
    if faults:
        return faults
    paid = tuple(
        PaidTime(
            month_on=month_on(one.month),
            parts=minutes_of(one.hours) * PARTS_PER_MINUTE,
            ore_per_hour=rate_on(rate_rule(one.rate), month_on(one.month), law).ore_per_hour,
            granted_later_parts=minutes_of(one.granted_later) * PARTS_PER_MINUTE,
        )
        for one in written.paid
    )
    return calculate(RecoveryCase(ground=written.ground, paid=paid), law.rows_used)
