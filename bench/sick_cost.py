"""Sick costs in a second and core with every line explained, and decided ones made again from what was kept of them."""

import json
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

from bench.told import Row, Table, best, spaced, timed
from timvis.core.calculation.sick_cost import records as core
from timvis.core.calculation.sick_cost.calculate import SickCost, calculate
from timvis.core.calculation.sick_cost.settings import (
    AverageWeek,
    CertificateDays,
    DeductionMethod,
    HolidayBase,
    PartlyCovered,
    PensionTax,
    RelapseCount,
    SickCostSettings,
    WithoutCertificate,
)
from timvis.core.calendar.local_time import instant
from timvis.core.law import LawReader
from timvis.core.quantities import Minutes, OrePerHour, half_up
from timvis.core.records import Instant, ProviderKind
from timvis.formats.agreement_packs.read import load_agreements
from timvis.formats.frozen import freeze, thaw
from timvis.formats.law.packaged import load_law

DECISIONS, RUNS = 100_000, 200
SHIFTS, HOURS, FROM_HOUR = 8, 8, 14
FIRST_ON, PAID_AFTER = date(2025, 3, 3), timedelta(days=50)
SUPPLEMENT = OrePerHour(2_500)
LAW, AGREEMENTS = load_law(), load_agreements()


def tables(folder: Path, decisions: int = DECISIONS) -> tuple[Table, ...]:
    """Return what a sick cost takes, and what it takes to make decided ones again."""
    return (_speed(), _made_again(folder / "decisions.jsonl", decisions))


def _speed() -> Table:
    """Measure a whole sick cost beside its bare arithmetic: nothing looked up, checked or explained."""
    case = application(0)
    assert bare(case) == worked_out(case).statement.total_ore
    measure = best(lambda: [bare(case) for _ in range(RUNS)], times=20) / RUNS
    whole = best(lambda: [worked_out(case) for _ in range(RUNS)], times=20) / RUNS
    lines = len(worked_out(case).statement.lines)
    return Table(
        title=f"A sick cost of {SHIFTS} shifts, {lines} lines",
        rows=(
            Row(what="its bare arithmetic: nothing looked up, checked or explained", took=us(measure)),
            Row(
                what="checked, every number looked up, every line explained, with its digest",
                took=us(whole),
                times=whole / measure,
                note=f"{spaced(round(1 / whole))} a second and core",
            ),
        ),
    )


def _made_again(path: Path, decisions: int) -> Table:
    """Measure decisions kept as JSON and made again from it, beside making them once."""
    took, _ = timed(lambda: keep(path, decisions))
    again, differences = timed(lambda: differing(path))
    return Table(
        title=f"{spaced(decisions)} decided sick costs",
        rows=(
            Row(what="worked out and kept", took=f"{took:.0f} s"),
            Row(
                what="read back and worked out again",
                took=f"{again:.0f} s",
                times=again / took,
                note=f"{spaced(differences)} differences; {spaced(round(decisions / again))} a second and core",
            ),
        ),
    )


def us(seconds: float) -> str:
    """Return seconds as microseconds."""
    return f"{seconds * 1_000_000:.0f} µs"


# --- kept, and made again ------------------------------------------------------------------------------------


def keep(path: Path, decisions: int) -> None:
    """Work out some decisions and write down what each was made from, and what came of it."""
    with path.open("w", encoding="utf-8") as kept:
        for number in range(decisions):
            case = application(number)
            statement = worked_out(case).statement
            row = {"case": freeze(core.SickCase, case), "digest": statement.digest, "total_ore": statement.total_ore}
            kept.write(json.dumps(row) + "\n")


def differing(path: Path) -> int:
    """Return how many of the kept decisions do not come out as they were kept."""
    with path.open(encoding="utf-8") as kept:
        return sum(1 for line in kept if _differs(json.loads(line)))


def _differs(row: dict[str, object]) -> bool:
    again = worked_out(thaw(core.SickCase, row["case"])).statement
    return (again.digest, again.total_ore) != (row["digest"], row["total_ore"])


def worked_out(case: core.SickCase) -> SickCost:
    """Return what a case comes to."""
    cost = calculate(case, AGREEMENTS, LawReader(LAW))
    assert isinstance(cost, SickCost), cost
    return cost


# --- the cases ---------------------------------------------------------------------------------------------


def application(number: int) -> core.SickCase:
    """Return one of many applications: evenings on eight days in a row, a substitute for all or nearly all of them.

    The numbers differ in pay, week, days, how the deduction is counted and what holiday pay is taken of.
    """
    first_on = FIRST_ON + timedelta(days=number % 90)
    days = [first_on + timedelta(days=at) for at in range(SHIFTS)]
    vacant = SHIFTS - 1 if number % 3 else SHIFTS
    shifts = tuple(_shift(row, day) for row, day in enumerate(days, start=1))
    return core.SickCase(
        assistant=core.Assistant(born_year=1980 + number % 17),
        employer=core.Employer(kind=ProviderKind.COMPANY),
        agreement="",
        pay=(core.Pay(paid_from=date.min, hourly_ore=OrePerHour(14_000 + number % 4_001)),),
        week=core.Week(agreed_minutes=Minutes(1_200 + number % 1_201)),
        spells=(core.Spell(row=1, first_on=first_on, last_on=days[-1], certificate_from=days[-1]),),
        shifts=shifts,
        substitutes=tuple(
            core.SubstituteShift(row=one.row, start_at=one.start_at, end_at=one.end_at) for one in shifts[:vacant]
        ),
        earlier=(),
        deductions_on=(),
        has_high_risk_protection=False,
        claim_from=first_on,
        claim_to=days[-1] + timedelta(days=1),
        paid_on=first_on + PAID_AFTER,
        pay_outs=(),
        contributions=core.StatedContributions(),
        agreement_costs=(core.AgreementCost(name="pension", percent=Fraction("4.3"), pension_percent=Fraction("4.3")),),
        compensations=(),
        claimed=(),
        payslips=(),
        settings=(SETTINGS if number % 2 else replace(SETTINGS, deduction_method=DeductionMethod.AMOUNT),),
    )


SETTINGS = SickCostSettings(
    without_certificate=WithoutCertificate.ASK,
    certificate_days=CertificateDays.EACH_SPELL,
    pension_tax=PensionTax.INCLUDED,
    holiday_compensation_base=HolidayBase.PAID_SICK_PAY,
    deduction_method=DeductionMethod.HOURS,
    average_week=AverageWeek.AGREED,
    partly_covered=PartlyCovered.FIRST_HOURS_IN_TIME_ORDER,
    relapse_counts_from=RelapseCount.DAY_AFTER_LAST_SICK_DAY,
)


def _shift(row: int, day: date) -> core.SickShift:
    start = instant(day, FROM_HOUR * 60)
    evening = core.Supplement(
        name="ob", ore_per_hour=SUPPLEMENT, start_at=Instant(start + 300), end_at=Instant(start + HOURS * 60)
    )
    return core.SickShift(row=row, work_on=day, start_at=start, minutes=HOURS * 60, supplements=(evening,))


# --- the same with nothing around it -------------------------------------------------------------------------


def bare(case: core.SickCase) -> int:
    """Return what the first application comes to in öre, by its bare arithmetic: one pay, one rate, no questions."""
    [pay] = case.pay
    hourly = pay.hourly_ore or 0
    base = supplements = minutes = 0
    for shift, stood_in in zip(case.shifts, case.substitutes, strict=True):
        minutes += stood_in.end_at - stood_in.start_at
        base += shift.minutes * hourly * 80
        supplements += sum(
            ((one.end_at or 0) - (one.start_at or 0)) * (one.ore_per_hour or 0) * 80 for one in shift.supplements
        )
    deduction = half_up(hourly * 80 * 20 * (case.week.agreed_minutes or 0), 60 * 100 * 100)
    sick_pay = half_up(base, 60 * 100) + half_up(supplements, 60 * 100) - deduction
    holiday = half_up(sick_pay * 12, 100)
    contributions = half_up((sick_pay + holiday) * 3142, 10_000)
    premium = (sick_pay + holiday) * 43
    return sick_pay + holiday + contributions + half_up(premium, 1000) + half_up(premium * 2426, 1000 * 10_000)
