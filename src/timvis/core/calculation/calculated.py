"""What a kind of calculation answers: the statement, and what is said beside it."""

from dataclasses import dataclass

from timvis.core.calculation.sick_cost.calculate import PeriodTold
from timvis.core.review.finding import Finding
from timvis.core.review.rule import Grain, Severity
from timvis.core.statement import Line, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Calculated:
    """A statement with what somebody must look at, its sums, and lines that others decide on.

    `sums` are named with their unit, as in the command's document (`…_minutes`, `…_28ths`, `…_ore`).
    `handed_over` are lines that this calculation pays nothing for, such as the basis of the recipient's fee: they
    are no part of the total. `total_label` says in Swedish what the total is. `sick_pay_periods` is what the next
    claim in the same period of sickness has to carry over.
    """

    statement: Statement
    findings: tuple[Finding, ...] = ()
    sums: tuple[tuple[str, int], ...] = ()
    handed_over: tuple[Line, ...] = ()
    total_label: str = "Att betala"
    sick_pay_periods: tuple[PeriodTold, ...] = ()


def doubt(code: str, severity: Severity, *, label: str, message: str, cites: tuple[str, ...]) -> Finding:
    """Return a doubt about a whole calculation, as a finding."""
    return Finding(code=code, severity=severity, grain=Grain.CLAIM, label=label, message=message, cites=cites)
