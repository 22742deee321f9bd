"""What holds for one sick-pay period: the percentage, the qualifying day or deduction, and how much of it is left.

The first day of the period picks the law, the agreement and the routine's choices. Where the agreement says how, it
holds before the routine, because the cost to be paid is the one the employer has under it (RÅ 2009 ref 104); that the
two differ is a finding.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar

from timvis.core.calculation.agreements import AgreementTerms
from timvis.core.calculation.sick_cost.pay import hourly_on, sick_rate
from timvis.core.calculation.sick_cost.rounding import (
    PERCENT,
    Exact,
    hourly_sick_pay,
    number_text,
    percent_of,
    percent_told,
    quotient,
)
from timvis.core.calculation.sick_cost.settings import (
    CATALOGUE,
    AverageWeek,
    DeductionMethod,
    HourlySickPay,
    ShortFirstDay,
    SickCostSettings,
    WeekPay,
)
from timvis.core.calculation.sick_cost.spells import Occasion
from timvis.core.calculation.sick_cost.work import Work
from timvis.core.calendar.months import same_day_after
from timvis.core.calendar.weeks import DAYS_PER_WEEK
from timvis.core.quantities import MINUTES_PER_HOUR, OrePerHour

QUALIFYING_DAY = "sick_pay.qualifying_day"
QUALIFYING_DEDUCTION = "sick_pay.qualifying_deduction"
SICK_PAY_RATE = "sick_pay.rate"
MAX_DEDUCTIONS = "sick_pay.max_deductions"
SPECIAL_HIGH_RISK = "sick_pay.special_high_risk"
ONE_YEAR_BACK = -12

Choice = TypeVar("Choice", bound=StrEnum)


class Qualifying(StrEnum):
    """What a sick-pay period begins with."""

    DAY = "day"  # karensdag: no sick pay for the first day
    DEDUCTION = "deduction"  # karensavdrag: a part of an average week's sick pay is deducted
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What holds for one sick-pay period.

    The whole of a deduction is `full_minutes` when it is counted in hours and `full_ore` (exact) in every other way;
    `left_…` is what remains of it when the claim begins, and it may be taken up to `taken_until`, None without end.
    `day_minutes` is the most a qualifying day takes, None without a limit. `why` is a Swedish clause.
    """

    start_on: date
    settings: SickCostSettings
    agreement: AgreementTerms | None
    sick_pay_percent: Exact
    qualifying: Qualifying
    day_minutes: Exact | None = None
    method: DeductionMethod | None = None
    full_ore: Exact = 0
    left_ore: Exact = 0
    full_minutes: Exact = 0
    left_minutes: Exact = 0
    taken_until: date | None = None
    why: str = ""

    @property
    def has_been_deducted(self) -> bool:
        """Whether earlier spells have taken all of the deduction already."""
        return bool(self.full_ore or self.full_minutes) and not (self.left_ore or self.left_minutes)

    def sick_rate(self, ordinary: Exact) -> Exact:
        """Return the sick pay, in öre, of an hour that pays `ordinary`."""
        return sick_rate(ordinary, self.sick_pay_percent, self.settings.hourly_sick_pay)

    @property
    def parts_per_ore(self) -> int:
        """How many parts an öre has, so that an hour's sick pay is a whole number of them."""
        if self.settings.hourly_sick_pay is HourlySickPay.ROUNDED_TO_ORE:
            return 1
        return PERCENT * self.sick_pay_percent.denominator

    def sick_parts_of(self, ordinary: OrePerHour) -> int:
        """Return the sick pay of an hour that pays `ordinary`, in whole parts of an öre."""
        if self.settings.hourly_sick_pay is HourlySickPay.ROUNDED_TO_ORE:
            return hourly_sick_pay(percent_of(ordinary, self.sick_pay_percent))
        return ordinary * self.sick_pay_percent.numerator


def terms_of(occasion: Occasion, work: Work, deductions_on: Sequence[date], *, is_owed: bool) -> Terms:
    """Return what holds for a sick-pay period; `deductions_on` are the first days of those with a deduction before it.

    Where none of it is owed (`is_owed` False) there is nothing to deduct from, and no choice is asked for.
    Raises `LawGap` when a number it needs has no value that day.
    """
    start_on = occasion.start_on
    said = _said(start_on, work)
    terms = Terms(
        start_on=start_on,
        settings=work.settings_on(start_on),
        agreement=said,
        sick_pay_percent=work.percent((said.sick_pay_percent_code if said else None) or SICK_PAY_RATE, start_on),
        qualifying=Qualifying.NOTHING,
        why=_lifted(work, start_on, deductions_on) if is_owed else "",
    )
    if terms.why or not is_owed:
        return terms
    if work.in_force(QUALIFYING_DAY, start_on):
        work.law.count(QUALIFYING_DAY, start_on)
        code = said.qualifying_day_hours_code if said else None
        return replace(terms, qualifying=Qualifying.DAY, day_minutes=work.law.minutes(code, start_on) if code else None)
    return _with_deduction(occasion, work, terms)


def _said(day: date, work: Work) -> AgreementTerms | None:
    """Return what the agreement says for a sick-pay period that begins on a day."""
    said = work.pack.terms_on(day) if work.pack else None
    if work.pack and said is None:
        work.notes.find(
            "agreement_is_silent_that_day",
            f"Timvis känner inga villkor i {work.pack.name} för en sjuklöneperiod som börjar {day}. Det som lagen och "
            "rutinen säger används i stället.",
        )
    return said


# --- ten in twelve months, and the protection for those often ill ------------------------------------------


def _lifted(work: Work, start_on: date, deductions_on: Sequence[date]) -> str:
    """Return why there is no qualifying day or deduction, "" when there is one."""
    if work.case.has_high_risk_protection:
        work.law.word(SPECIAL_HIGH_RISK, start_on)
        return "Försäkringskassan har beslutat om särskilt högriskskydd"
    most = work.law.count(MAX_DEDUCTIONS, start_on)
    edge = same_day_after(start_on, ONE_YEAR_BACK)
    counted = {day for day in deductions_on if edge <= day < start_on}
    if work.case.deductions_on is None:
        work.notes.find(
            "deductions_of_the_year_were_not_told",
            f"Arbetsgivaren har inte uppgett vilka karensavdrag som gjorts från {edge} till {start_on}. Är de minst "
            f"{most} ska inget nytt göras, och då blir sjuklönen högre.",
        )
    if len(counted) < most:
        return ""
    if edge in counted and len(counted) == most:
        work.notes.find(
            "deduction_stands_on_the_edge_of_the_year",
            f"Ett av de {most} karensavdragen gjordes {edge}, precis ett år före {start_on}. Det räknas med.",
        )
    return f"{len(counted)} karensavdrag är gjorda från {edge}, och högst {most} får göras på tolv månader"


# --- the whole deduction ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Whole:
    """A whole deduction."""

    method: DeductionMethod
    ore: Exact
    minutes: Exact
    why: str


def _with_deduction(occasion: Occasion, work: Work, terms: Terms) -> Terms:
    """Return the terms with a deduction, in öre or in minutes as the method counts, and what is left of it."""
    share = work.percent(QUALIFYING_DEDUCTION, terms.start_on)
    by_agreement = terms.agreement.deduction_method if terms.agreement else None
    method = _of_both(
        DeductionMethod(by_agreement) if by_agreement else None,
        terms.settings.deduction_method,
        "deduction_method",
        DeductionMethod.AMOUNT,
        work,
    )
    ore: Exact = 0
    minutes: Exact = 0
    match method:
        case DeductionMethod.HOURS:
            minutes = percent_of(_week_minutes(work, terms, method), share)
            why = f"{percent_told(number_text(share))} av en genomsnittlig veckas arbetstid"
        case DeductionMethod.AMOUNT | DeductionMethod.REPRESENTATIVE_PERIOD:
            ore = percent_of(_week_sick_pay(work, terms, method), share)
            why = f"{percent_told(number_text(share))} av en genomsnittlig veckas sjuklön"
        case DeductionMethod.DAILY_FACTOR:
            ore, why = _by_factor(occasion, work, terms), "en dags sjuklön gånger en faktor"
        case DeductionMethod.FIXED_AMOUNT:
            ore, why = _fixed(work, terms), "det fasta belopp som rutinen säger"
        case DeductionMethod.AS_ON_PAYSLIP:
            ore, why = _on_payslip(occasion, work), "det som lönebeskedet visar"
    return _left(occasion, work, terms, _Whole(method, ore, minutes, why))


def _of_both(by_agreement: Choice | None, by_routine: Choice | None, code: str, stand_in: Choice, work: Work) -> Choice:
    """Return the agreement's word, or the routine's where it is silent; a finding when they differ."""
    if by_agreement is None:
        return work.notes.choice(by_routine, code, stand_in)
    if by_routine is not None and by_routine is not by_agreement:
        setting = CATALOGUE[code]
        work.notes.find(
            "agreement_and_routine_differ",
            f"Kollektivavtalet och rutinen säger olika om {setting.decides}. Avtalet: "
            f"{setting.values[by_agreement.value]}. Rutinen: {setting.values[by_routine.value]}. Avtalet gäller, för "
            "det är den kostnaden arbetsgivaren har.",
        )
    return by_agreement


def _week_minutes(work: Work, terms: Terms, method: DeductionMethod) -> Exact:
    """Return the minutes of an average week, as agreed or as worked over a time back."""
    week = work.case.week
    if _average_week(work, terms, method) is AverageWeek.AGREED:
        if week.agreed_minutes is None:
            work.notes.lacks(
                "week.agreed_hours",
                "Den avtalade veckoarbetstiden saknas, och karensavdraget räknas på den.",
                "Skriv timmarna i anställningsavtalet som agreed_hours under [week].",
            )
        return week.agreed_minutes or 0
    if week.worked_minutes is None or week.worked_from is None or week.worked_to is None:
        work.notes.lacks(
            "week.worked_hours",
            "Arbetade timmar saknas, och karensavdraget räknas på veckosnittet av dem.",
            "Skriv worked_hours, worked_from och worked_to (den första dagen efter) under [week].",
        )
        return 0
    months = terms.settings.average_week_months
    if months is not None and same_day_after(week.worked_from, months) != week.worked_to:
        work.notes.find(
            "average_week_is_of_another_time",
            f"Rutinen räknar en genomsnittlig vecka av {months} månader, och de arbetade timmarna gäller "
            f"{week.worked_from} till {week.worked_to - timedelta(days=1)}. De är räknade som de är uppgivna; fråga om "
            "timmarna för rutinens tid.",
        )
    return quotient(week.worked_minutes * DAYS_PER_WEEK, (week.worked_to - week.worked_from).days)


def _average_week(work: Work, terms: Terms, method: DeductionMethod) -> AverageWeek:
    """Return where the hours of the average week come from; a representative period is hours worked back in time."""
    by_agreement = terms.agreement.average_week if terms.agreement else None
    if by_agreement is None and method is DeductionMethod.REPRESENTATIVE_PERIOD:
        return AverageWeek.WORKED
    return _of_both(
        AverageWeek(by_agreement) if by_agreement else None,
        terms.settings.average_week,
        "average_week",
        AverageWeek.AGREED,
        work,
    )


def _week_sick_pay(work: Work, terms: Terms, method: DeductionMethod) -> Exact:
    """Return an average week's sick pay in öre, exactly."""
    minutes = _week_minutes(work, terms, method)
    base = quotient(minutes * terms.sick_rate(hourly_on(work, terms.start_on)), MINUTES_PER_HOUR)
    supplements, chosen = work.case.week.supplements_ore, terms.settings.deduction_week_pay
    if supplements is None and chosen is not WeekPay.BASE_PAY_AND_SUPPLEMENTS:
        return base
    if work.notes.choice(chosen, "deduction_week_pay", WeekPay.BASE_PAY) is WeekPay.BASE_PAY:
        return base
    if supplements is None:
        work.notes.lacks(
            "week.supplements_ore",
            "En genomsnittlig veckas tillägg saknas, och rutinen räknar in dem i karensavdraget.",
            "Skriv supplements_ore under [week].",
        )
    return base + percent_of(supplements or 0, terms.sick_pay_percent)


def _by_factor(occasion: Occasion, work: Work, terms: Terms) -> Exact:
    factor, daily = terms.settings.deduction_daily_factor, work.payslip(occasion.number).daily_pay_ore
    if factor is None:
        work.notes.lacks(
            "settings.deduction_daily_factor",
            "Karensavdraget är en dags sjuklön gånger en faktor (V17), och faktorn saknas.",
            'Skriv den som text, deduction_daily_factor = "1.4".',
            code="missing_setting",
        )
    if daily is None:
        work.notes.lacks(
            "payslip.daily_pay_ore",
            "Karensavdraget är en dags sjuklön gånger en faktor, och dagslönen saknas.",
            "Skriv daily_pay_ore under [payslip].",
        )
    work.notes.find(
        "daily_factor_is_taken_of_sick_pay",
        "Karensavdraget räknas som faktorn gånger en dags sjuklön. Menar avtalet en dags lön blir avdraget större.",
    )
    return (factor or 0) * terms.sick_rate(daily or 0)


def _fixed(work: Work, terms: Terms) -> Exact:
    fixed = terms.settings.deduction_fixed_ore
    if fixed is None:
        work.notes.lacks(
            "settings.deduction_fixed_ore",
            "Karensavdraget är ett fast belopp (V17), och beloppet saknas.",
            "Skriv deduction_fixed_ore.",
            code="missing_setting",
        )
    return fixed or 0


def _on_payslip(occasion: Occasion, work: Work) -> Exact:
    deduction = work.payslip(occasion.number).deduction_ore
    if deduction is None:
        work.notes.lacks(
            "payslip.deduction_ore",
            "Rutinen tar det karensavdrag som lönebeskedet visar, och det är inte uppgivet.",
            "Skriv deduction_ore under [payslip].",
        )
    return deduction or 0


# --- what is left of it ----------------------------------------------------------------------------------


def _left(occasion: Occasion, work: Work, terms: Terms, whole: _Whole) -> Terms:
    """Return the terms with what earlier spells of the same sick-pay period have left of a whole deduction."""
    in_hours = whole.method is DeductionMethod.HOURS
    gone: Exact = 0
    for spell in occasion.carried:
        told = spell.deducted_minutes if in_hours else spell.deducted_ore
        if spell.deducted_in_full:
            gone += max(whole.minutes, whole.ore)
        elif told is not None:
            gone += told
        else:
            key = "deducted_hours" if in_hours else "deducted_ore"
            work.notes.lacks(
                f"earlier[{spell.row}].{key}",
                f"Frånvaron {spell.first_on}–{spell.last_on} hör till samma sjuklöneperiod, men det står inte hur "
                "mycket av karensavdraget den tog.",
                f"Skriv {key}, eller deducted_in_full = true.",
            )
    left = replace(
        terms,
        qualifying=Qualifying.DEDUCTION,
        method=whole.method,
        full_ore=whole.ore,
        full_minutes=whole.minutes,
        why=whole.why,
        left_ore=0 if in_hours else max(whole.ore - gone, 0),
        left_minutes=max(whole.minutes - gone, 0) if in_hours else 0,
    )
    over_on = occasion.first_absence_is_over_on
    if over_on != terms.start_on or not (left.left_ore or left.left_minutes):
        return left
    by_agreement = terms.agreement.short_first_day if terms.agreement else None
    if by_agreement is None and terms.settings.short_first_day is None:
        return left  # the law's own answer: what remains is carried (sjuklönelagen 7 §)
    rest = _of_both(
        ShortFirstDay(by_agreement) if by_agreement else None,
        terms.settings.short_first_day,
        "short_first_day",
        ShortFirstDay.REST_IS_CARRIED,
        work,
    )
    return replace(left, taken_until=over_on) if rest is ShortFirstDay.DAY_IS_ENOUGH else left
