"""`shift_cost`: what a worked shift costs its employer, to lay beside what an application says of a substitute's pay.

It is no extra cost and nothing is paid on it: the extra cost rests on the sick assistant's employment (RÅ 2009
ref 104). Each line is rounded to the öre, and the next one builds on it, as a payslip does.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from timvis.core.calculation.hourly import exact_text, kronor_text
from timvis.core.calculation.setting import Setting
from timvis.core.law import LawReader
from timvis.core.quantities import MINUTES_PER_HOUR, PARTS_PER_MINUTE, Minutes, Ore, OrePerHour, Parts, half_up, pay_for
from timvis.core.statement import Line, Statement, digest_of

KIND = "shift_cost"
HOLIDAY_RATE = "lss.sick_cost.vacation_pay_rate"
CONTRIBUTIONS = "payroll.contribution.full"
PENSION_TAX = "payroll.pension_premium_tax"
ORE_PER_KRONA, PERCENT = 100, 100

HOLIDAY_CITES = ("semesterlagen 16 b §",)
CONTRIBUTION_CITES = ("SAL 2:26", "lag (1994:1920)")
AGREEMENT_CITES = ("SKL cirkulär 2006:39",)
PENSION_TAX_CITES = ("lag (1991:687)",)
PAY_CITES = ("RÅ 2009 ref 104",)


class HolidayRounding(StrEnum):
    """To what holiday pay is rounded."""

    ORE = "ore"
    KRONOR = "kronor"


SETTINGS = (
    Setting(
        name="holiday_rounding",
        variation="",
        says="Om semesterersättningen avrundas till ören eller hela kronor.",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftCase:
    """A shift as its payslip has it.

    `agreement_percent` of pay and holiday pay goes to agreed pensions and insurances, all of it pension premium where
    `is_pension`. `benefit_ore` is a taxed benefit, which costs contributions and no pay. `contributions_percent` is
    what the employer really pays, None for the law's full rate on the day of pay-out.
    """

    paid_on: date
    minutes: Minutes
    ore_per_hour: OrePerHour
    supplements_ore: Ore
    benefit_ore: Ore
    agreement_percent: Fraction
    is_pension: bool
    contributions_percent: Fraction | None
    holiday_rounding: HolidayRounding


def calculate(case: ShiftCase, law: LawReader) -> Statement:
    """Return what the shift costs the employer, line by line. Raises `LawGap`."""
    return Statement(
        kind=KIND,
        lines=tuple(_lines(case, law)),
        law_rows=law.rows_used,
        settings=(("holiday_rounding", case.holiday_rounding.value), ("rounding", "each_line_half_up")),
        inputs_digest=digest_of(case),
    )


def _lines(case: ShiftCase, law: LawReader) -> Iterator[Line]:
    day = case.paid_on
    worked = pay_for(Parts(case.minutes * PARTS_PER_MINUTE), case.ore_per_hour)
    hours = Fraction(case.minutes, MINUTES_PER_HOUR)
    yield Line(
        code="pay",
        label="Lön",
        quantity=exact_text(hours),
        unit="hour",
        rate=str(case.ore_per_hour),
        amount_ore=worked,
        cites=PAY_CITES,
        because=f"{_text(hours)} timmar à {kronor_text(case.ore_per_hour)}.",
    )
    if case.supplements_ore:
        yield Line(
            code="supplements",
            label="Tillägg",
            quantity="1",
            unit="shown",
            rate=str(case.supplements_ore),
            amount_ore=case.supplements_ore,
            cites=PAY_CITES,
            because=f"Tilläggen på lönebeskedet, {kronor_text(case.supplements_ore)}.",
        )
    pay = worked + case.supplements_ore
    percent = Fraction(law.percent(HOLIDAY_RATE, day))
    holiday = holiday_amount(pay, percent, case.holiday_rounding)
    yield _share("holiday_compensation", "Semesterersättning", pay, percent, holiday, "lönen", HOLIDAY_CITES)
    rate = case.contributions_percent
    rate = Fraction(law.percent(CONTRIBUTIONS, day)) if rate is None else rate
    for code, base, what in (
        ("contributions_on_pay", pay, "lönen"),
        ("contributions_on_holiday_pay", holiday, "semesterersättningen"),
        ("contributions_on_benefit", case.benefit_ore, "förmånen"),
    ):
        if base:
            amount = percentage(base, rate)
            yield _share(code, f"Arbetsgivaravgifter på {what}", base, rate, amount, what, CONTRIBUTION_CITES)
    if case.agreement_percent:
        base, rate = pay + holiday, case.agreement_percent
        costs, what = percentage(base, rate), "lönen och semesterersättningen"
        yield _share("agreement_costs", "Kostnader enligt avtal", base, rate, costs, what, AGREEMENT_CITES)
        if case.is_pension:
            tax = Fraction(law.percent(PENSION_TAX, day))
            label, what = "Särskild löneskatt på pensionspremien", "premien"
            yield _share("pension_tax", label, costs, tax, percentage(costs, tax), what, PENSION_TAX_CITES)


def percentage(base_ore: int, percent: Fraction) -> Ore:
    """Return a percentage of an amount to the öre, half up."""
    exact = base_ore * percent / PERCENT
    return Ore(half_up(exact.numerator, exact.denominator))


def holiday_amount(pay_ore: int, percent: Fraction, rounding: HolidayRounding) -> Ore:
    """Return holiday pay, to the öre or to whole kronor as the payslip has it, half up."""
    if rounding is HolidayRounding.ORE:
        return percentage(pay_ore, percent)
    exact = pay_ore * percent / PERCENT / ORE_PER_KRONA
    return Ore(half_up(exact.numerator, exact.denominator) * ORE_PER_KRONA)


def _share(code: str, label: str, base: int, percent: Fraction, amount: Ore, what: str, cites: tuple[str, ...]) -> Line:
    return Line(
        code=code,
        label=label,
        quantity=exact_text(Fraction(base, ORE_PER_KRONA)),
        unit="krona",
        rate=exact_text(percent),
        amount_ore=amount,
        cites=cites,
        because=f"{_text(percent)} procent av {what}, {kronor_text(base)}.",
    )


def _text(number: Fraction) -> str:
    return exact_text(number).replace(".", ",")
