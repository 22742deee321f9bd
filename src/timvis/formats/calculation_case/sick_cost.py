"""A written `sick_cost` case as the core's record of it."""

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, TypeVar

from timvis.core.calculation.calculated import Calculated
from timvis.core.calculation.sick_cost import records as core
from timvis.core.calculation.sick_cost.calculate import calculate
from timvis.core.calculation.sick_cost.settings import SickCostSettings
from timvis.core.calendar.local_time import ClockProblem, instant, span, split_at_midnight
from timvis.core.faults import Fault
from timvis.core.law import LawReader
from timvis.core.quantities import MINUTES_PER_HOUR, Minutes, Ore, OrePerHour
from timvis.core.records import ClockSpan
from timvis.formats.agreement_packs.read import load_agreements
from timvis.formats.calculation_case.hourly import minutes_of
from timvis.formats.calculation_case.sick_cost_form import (
    WrittenAbsence,
    WrittenAgreementCost,
    WrittenCompensation,
    WrittenContributions,
    WrittenEarlier,
    WrittenPay,
    WrittenPayslip,
    WrittenSettings,
    WrittenShift,
    WrittenSickCost,
    WrittenSubstitute,
    WrittenSupplement,
    WrittenWeek,
    number_of,
)
from timvis.formats.clock_faults import clock_wrong

Thing = TypeVar("Thing")


def calculated(written: WrittenSickCost, law: LawReader) -> Calculated | tuple[Fault, ...]:
    """Return what a sick cost comes to, or the faults that only the whole case shows. Raises `LawGap`."""
    case = case_of(written)
    cost = case if isinstance(case, tuple) else calculate(case, load_agreements(), law)
    if isinstance(cost, tuple):
        return cost
    return Calculated(statement=cost.statement, findings=cost.findings, sick_pay_periods=cost.periods)


def case_of(written: WrittenSickCost) -> core.SickCase | tuple[Fault, ...]:
    """Return the core's record, or every row whose clock times do not make a shift."""
    return absence_of(written, tuple(_settings(one) for one in written.settings))


def absence_of(written: WrittenAbsence, settings: tuple[SickCostSettings, ...]) -> core.SickCase | tuple[Fault, ...]:
    """Return the core's record of what was applied for, with somebody's choices; or the same faults."""
    faults: list[Fault] = []
    shifts = tuple(_kept(faults, (one for row, shift in _rows(written.shift) for one in _shifts(row, shift))))
    substitutes = tuple(
        _kept(faults, (one for row, sub in _rows(written.substitute) for one in _substitutes(row, sub)))
    )
    if faults:
        return tuple(faults)
    last_on = max(spell.last_on for spell in written.spell)
    return core.SickCase(
        assistant=core.Assistant(
            born_year=written.assistant.born_year,
            is_regular=written.assistant.is_regular,
            sick_days_of_year=written.assistant.sick_days_of_year,
            employments=tuple(
                core.Employment(agreed_from=one.from_, agreed_to=one.to) for one in written.assistant.employment
            ),
        ),
        employer=core.Employer(
            kind=written.employer.kind,
            was_paid_by_agency=written.employer.was_paid_by_agency,
            is_private_person=written.employer.is_private_person,
        ),
        agreement=written.agreement,
        pay=tuple(_pay(one) for one in written.pay),
        week=_week(written.week),
        spells=tuple(core.Spell(row=row, **one.model_dump()) for row, one in _rows(written.spell)),
        earlier=tuple(_earlier(row, one) for row, one in _rows(written.earlier)),
        shifts=shifts,
        substitutes=substitutes,
        deductions_on=written.deductions_on,
        has_high_risk_protection=written.special_high_risk,
        claim_from=written.claim_from or min(spell.first_on for spell in written.spell),
        claim_to=written.claim_to or last_on + timedelta(days=1),
        paid_on=written.paid_on,
        pay_outs=tuple(core.PayOut(month_on=one.month.replace(day=1), paid_on=one.on) for one in written.pay_out),
        contributions=_contributions(written.contributions),
        agreement_costs=tuple(_agreement_cost(one) for one in written.agreement_cost),
        compensations=tuple(_compensation(row, one) for row, one in _rows(written.state_compensation)),
        claimed=tuple(
            core.Claimed(row=row, item=one.item, ore=Ore(one.ore), occasion=one.occasion, spell=one.spell)
            for row, one in _rows(written.claimed)
        ),
        shown=tuple(
            core.Shown(row=row, item=one.item, ore=Ore(one.ore), evidence=one.evidence, spell=one.spell)
            for row, one in _rows(written.shown)
        ),
        payslips=tuple(_payslip(one) for one in written.payslip),
        settings=settings,
        data_came_before=written.data_came_before,
        is_paid_already=written.is_paid_already,
    )


def _rows(tables: tuple[Thing, ...]) -> Iterator[tuple[int, Thing]]:
    return enumerate(tables, start=1)


def _kept(faults: list[Fault], things: Iterator[Thing | Fault]) -> Iterator[Thing]:
    for thing in things:
        if isinstance(thing, Fault):
            faults.append(thing)
        else:
            yield thing


# --- time ------------------------------------------------------------------------------------------------


def _shifts(row: int, written: WrittenShift) -> Iterator[core.SickShift | Fault]:
    """Yield a shift as one piece per day it touches."""
    if written.hours is not None:
        yield core.SickShift(
            row=row,
            work_on=written.on,
            start_at=instant(written.on, 0),
            minutes=int(minutes_of(written.hours)),
            kind=written.kind,
            supplements=tuple(_supplement(one, None) for one in written.supplement),
            is_by_clock=False,
            is_covered=written.substitute,
            is_elsewhere=written.elsewhere,
        )
        return
    for piece in _spans(written.on, written.from_ or "", written.to or "", f"shift[{row}]"):
        if isinstance(piece, Fault):
            yield piece
            continue
        supplements: list[core.Supplement] = []
        for one in written.supplement:
            for window in _windows(one, piece.work_on, f"shift[{row}].supplement"):
                if isinstance(window, Fault):
                    yield window
                else:
                    supplements.append(_supplement(one, window))
        yield core.SickShift(
            row=row,
            work_on=piece.work_on,
            start_at=piece.start_at,
            minutes=int(piece.actual_minutes),
            kind=written.kind,
            supplements=tuple(supplements),
            is_covered=written.substitute,
            is_elsewhere=written.elsewhere,
        )


def _substitutes(row: int, written: WrittenSubstitute) -> Iterator[core.SubstituteShift | Fault]:
    for piece in _spans(written.on, written.from_, written.to, f"substitute[{row}]"):
        if isinstance(piece, Fault):
            yield piece
        else:
            yield core.SubstituteShift(row=row, start_at=piece.start_at, end_at=piece.end_at, was_ill=written.was_ill)


def _windows(written: WrittenSupplement, on: date, key: str) -> Iterator[ClockSpan | Fault | None]:
    """Yield the pieces of a day in which a supplement is paid; None for the whole shift."""
    if written.from_ is None or written.to is None:
        yield None
        return
    within = span(on, written.from_, written.to)
    if isinstance(within, ClockSpan):
        yield within
        return
    # "22.00–06.00" is the evening and the early morning of every day it is said of.
    yield from _clock(span(on, written.from_, "24.00"), on, written.from_, written.to, key)
    if written.to not in ("00.00", "0.00", "00:00"):
        yield from _clock(span(on, "00.00", written.to), on, written.from_, written.to, key)


def _spans(on: date, from_text: str, to_text: str, key: str) -> Iterator[ClockSpan | Fault]:
    spans = split_at_midnight(on, from_text, to_text)
    if isinstance(spans, ClockProblem):
        yield from _clock(spans, on, from_text, to_text, key)
    else:
        yield from spans


def _clock(
    found: ClockSpan | ClockProblem, on: date, from_text: str, to_text: str, key: str
) -> Iterator[ClockSpan | Fault]:
    if isinstance(found, ClockSpan):
        yield found
        return
    wrong = clock_wrong(found, on=on, from_text=from_text, to_text=to_text)
    yield Fault(code=wrong.code, message=wrong.message, remedy=wrong.remedy, column=key)


def _supplement(written: WrittenSupplement, window: ClockSpan | None) -> core.Supplement:
    return core.Supplement(
        name=written.name,
        code=written.code,
        ore_per_hour=_rate(written.ore_per_hour),
        start_at=window.start_at if window else None,
        end_at=window.end_at if window else None,
    )


# --- money and terms -------------------------------------------------------------------------------------


def _rate(ore: int | None) -> OrePerHour | None:
    return None if ore is None else OrePerHour(ore)


def _ore(ore: int | None) -> Ore | None:
    return None if ore is None else Ore(ore)


def _fraction(text: str | None) -> Fraction | None:
    return None if text is None else number_of(text)


def _minutes(hours: str | None) -> Minutes | None:
    return None if hours is None else minutes_of(hours)


def _pay(written: WrittenPay) -> core.Pay:
    return core.Pay(
        paid_from=written.from_,
        hourly_ore=_rate(written.hourly_ore),
        monthly_ore=_ore(written.monthly_ore),
        hours_per_month=_fraction(written.hours_per_month),
        waiting_ore_per_hour=_rate(written.waiting_ore_per_hour),
        standby_ore_per_hour=_rate(written.standby_ore_per_hour),
    )


def _week(written: WrittenWeek) -> core.Week:
    return core.Week(
        agreed_minutes=_minutes(written.agreed_hours),
        worked_minutes=_minutes(written.worked_hours),
        worked_from=written.worked_from,
        worked_to=written.worked_to,
        supplements_ore=_ore(written.supplements_ore),
    )


def _earlier(row: int, written: WrittenEarlier) -> core.EarlierSpell:
    hours = _fraction(written.deducted_hours)
    return core.EarlierSpell(
        row=row,
        first_on=written.first_on,
        last_on=written.last_on,
        deducted_ore=_ore(written.deducted_ore),
        deducted_minutes=None if hours is None else hours * MINUTES_PER_HOUR,
        deducted_in_full=written.deducted_in_full,
        first_day_back_on=written.first_day_back_on,
    )


def _contributions(written: WrittenContributions) -> core.StatedContributions:
    return core.StatedContributions(
        percent=_fraction(written.percent),
        pay_of_month_ore=_ore(written.pay_of_month_ore),
        pay_of_year_ore=_ore(written.pay_of_year_ore),
    )


def _agreement_cost(written: WrittenAgreementCost) -> core.AgreementCost:
    return core.AgreementCost(
        name=written.name,
        code=written.code,
        percent=_fraction(written.percent),
        pension_percent=number_of(written.pension_percent),
    )


def _compensation(row: int, written: WrittenCompensation) -> core.StateCompensation:
    return core.StateCompensation(
        row=row,
        kind=written.kind,
        paid_from=written.from_,
        paid_to=written.to,
        ore=_ore(written.ore),
        of_cost_ore=_ore(written.of_cost_ore),
        wage_sum_ore=_ore(written.wage_sum_ore),
    )


def _payslip(written: WrittenPayslip) -> core.Payslip:
    return core.Payslip(
        occasion=written.occasion,
        sick_minutes=_minutes(written.sick_hours),
        hourly_ore=_rate(written.hourly_ore),
        deduction_ore=_ore(written.deduction_ore),
        daily_pay_ore=_ore(written.daily_pay_ore),
    )


def _settings(written: WrittenSettings) -> SickCostSettings:
    chosen: dict[str, Any] = {name: getattr(written, name) for name in WrittenSettings.model_fields}
    chosen["deduction_daily_factor"] = _fraction(written.deduction_daily_factor)
    return SickCostSettings(**chosen)
