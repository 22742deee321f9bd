"""What reading a paper gives: tables for the written case, or everything that is wrong, and what was left out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from timvis.core.faults import Fault
from timvis.core.records import TimeKind

Table = Mapping[str, Any]
"""A table of the case format as JSON has it: its keys, days as "2025-03-03", hours as text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadShift:
    """A shift of a paper: the table it becomes, its row, and what the table has no key for."""

    line: int
    table: Table
    who: str = ""
    kind: TimeKind | None = None
    """None: the paper does not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadShifts:
    """The shifts of a schedule (`shift`) or of the substitutes (`substitute`), or every fault and no shift.

    `remarks` says what was left out and why: rows, and columns that the calculation has no use for.
    """

    shifts: tuple[ReadShift, ...] = ()
    faults: tuple[Fault, ...] = ()
    remarks: tuple[Fault, ...] = ()

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables for the written case, in the order of the rows."""
        return tuple(shift.table for shift in self.shifts)


class PayKind(StrEnum):
    """What a row of a payslip is about."""

    HOURLY_PAY = "hourly_pay"
    DAILY_PAY = "daily_pay"
    SICK_PAY = "sick_pay"
    SICK_ABSENCE = "sick_absence"
    QUALIFYING_DEDUCTION = "qualifying_deduction"
    SUPPLEMENT = "supplement"
    SICK_PAY_SUPPLEMENT = "sick_pay_supplement"
    SICK_PAY_WAITING = "sick_pay_waiting"
    SICK_PAY_STANDBY = "sick_pay_standby"
    HOLIDAY_COMPENSATION = "holiday_compensation"
    EMPLOYER_CONTRIBUTIONS = "employer_contributions"
    AGREEMENT_COSTS = "agreement_costs"
    NOT_A_COST = "not_a_cost"
    """Known, and nothing that the calculation needs: tax, net pay, totals."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PayLine:
    """A row of a payslip whose kind is known, as it stands there. `last_on` is the last day; None: not said."""

    line: int
    kind: PayKind
    label: str
    minutes: int | None = None
    rate_kronor: Decimal | None = None
    amount_ore: int | None = None
    first_on: date | None = None
    last_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPayslip:
    """A payslip as the `payslip` table, its rows and its supplements; or every fault and nothing else.

    `payslip` is empty when no row says anything that the table has a key for. `supplements` are tables of
    `shift.supplement` with the name and the amount per hour of each supplement paid.
    """

    payslip: Table
    lines: tuple[PayLine, ...] = ()
    supplements: tuple[Table, ...] = ()
    faults: tuple[Fault, ...] = ()
    remarks: tuple[Fault, ...] = ()

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables for the written case: the payslip, or none."""
        return (self.payslip,) if self.payslip else ()
