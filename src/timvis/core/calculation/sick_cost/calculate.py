"""The whole of a sick cost: checks first, then one sick-pay period at a time, then what is refused by name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from timvis.core.calculation.agreements import Agreements
from timvis.core.calculation.sick_cost.application import compare_with_payslip, look_at_the_application
from timvis.core.calculation.sick_cost.checks import check
from timvis.core.calculation.sick_cost.excluded import excluded_lines
from timvis.core.calculation.sick_cost.lines import lines_of
from timvis.core.calculation.sick_cost.other_absence import other_absence_lines, other_absences
from timvis.core.calculation.sick_cost.records import SickCase
from timvis.core.calculation.sick_cost.rounding import Exact, line_amount
from timvis.core.calculation.sick_cost.segments import OUTSIDE_THE_CLAIM, segments_of
from timvis.core.calculation.sick_cost.settings import SickCostSettings
from timvis.core.calculation.sick_cost.sick_pay import sums_of
from timvis.core.calculation.sick_cost.spells import Occasion, occasions
from timvis.core.calculation.sick_cost.terms import Terms, terms_of
from timvis.core.calculation.sick_cost.timeline import Timeline
from timvis.core.calculation.sick_cost.work import Work
from timvis.core.faults import Fault
from timvis.core.law import LawReader
from timvis.core.quantities import Ore
from timvis.core.review.finding import Finding
from timvis.core.statement import LawRowUsed, Line, Statement, digest_of

KIND = "sick_cost"


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodTold:
    """What the next claim in the same sick-pay period has to know, and an officer wants to see.

    `days`: how many of its days are used. `deducted_ore` and `deducted_minutes`: what is taken of the deduction so far.
    """

    number: int
    start_on: date
    last_on: date
    days: int
    qualifying: str
    deducted_ore: Ore
    deducted_minutes: Exact


@dataclass(frozen=True, slots=True, kw_only=True)
class SickCost:
    """A sick cost worked out: its statement, what is objected to, and its sick-pay periods."""

    statement: Statement
    findings: tuple[Finding, ...]
    periods: tuple[PeriodTold, ...]


def calculate(case: SickCase, agreements: Agreements, law: LawReader) -> SickCost | tuple[Fault, ...]:
    """Return what a sick cost comes to, or every fault in what was written down.

    Raises `LawGap` when a number of the law has no value on a day it is needed.
    """
    faults = check(case, agreements, law)
    if faults:
        return faults
    work = Work(
        case=case,
        law=law,
        pack=agreements.get(case.agreement),
        shifts=Timeline(case.shifts),
        substitutes=Timeline(case.substitutes),
    )
    lines: list[Line] = []
    periods: list[PeriodTold] = []
    choices: list[SickCostSettings] = []
    rows: list[LawRowUsed] = []
    deductions_on = list(case.deductions_on or ())
    found = occasions(work)
    for occasion in found if case.asks_for_real_costs else ():
        work.notes.place = str(occasion.start_on)
        segments = segments_of(occasion, work)
        is_owed = any(segment.not_owed is None for segment in segments)
        terms = terms_of(occasion, work, deductions_on, is_owed=is_owed)
        sums = sums_of(segments, terms, work)
        claimed_minutes = sum(one.minutes for one in segments if one.not_paid != OUTSIDE_THE_CLAIM)
        compare_with_payslip(occasion, terms, sums.of_period, claimed_minutes, work)
        lines += lines_of(occasion, terms, sums, work)
        told = _told(occasion, terms, sums.of_period.sick_pay_taken, sums.of_period.minutes_taken)
        periods.append(told)
        if told.deducted_ore or told.deducted_minutes:
            deductions_on.append(occasion.start_on)
        if terms.settings not in choices:
            choices.append(terms.settings)
        if terms.agreement is not None and work.pack is not None:
            rows.append(work.pack.used(terms.agreement))
    work.notes.place = ""
    lines += other_absence_lines(work) if case.asks_for_real_costs else ()
    lines += excluded_lines(work)
    look_at_the_application(work, found, len(found) + len(other_absences(work)))
    if work.notes.faults:
        return tuple(work.notes.faults.values())
    return SickCost(
        statement=Statement(
            kind=KIND,
            lines=tuple(lines),
            law_rows=(*law.rows_used, *dict.fromkeys(rows)),
            settings=tuple(_chosen(choices)),
            inputs_digest=digest_of(case),
        ),
        findings=work.notes.told(),
        periods=tuple(periods),
    )


def _told(occasion: Occasion, terms: Terms, taken_ore: Exact, taken_minutes: Exact) -> PeriodTold:
    last = occasion.parts[-1]
    return PeriodTold(
        number=occasion.number,
        start_on=occasion.start_on,
        last_on=occasion.last_on,
        days=last.day(occasion.last_on),
        qualifying=terms.qualifying.value,
        deducted_ore=line_amount(terms.full_ore - terms.left_ore + taken_ore),
        deducted_minutes=terms.full_minutes - terms.left_minutes + taken_minutes,
    )


def _chosen(choices: Sequence[SickCostSettings]) -> Iterator[tuple[str, str]]:
    """Yield every choice made; with several in force over the time, each with its first day."""
    yield "rounding", "each_line_half_up"
    for settings in choices:
        since = f"@{settings.valid_from}" if len(choices) > 1 else ""
        for code, value in settings.told():
            yield f"{code}{since}", value
