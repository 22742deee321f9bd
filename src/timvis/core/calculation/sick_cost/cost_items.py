"""Holiday pay and the costs that an agreement brings: percentages of what the sick-pay period came to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from timvis.core.calculation.sick_cost.contributions import mean_percent
from timvis.core.calculation.sick_cost.records import AgreementCost
from timvis.core.calculation.sick_cost.rounding import Exact, percent_of, quotient
from timvis.core.calculation.sick_cost.settings import HolidayBase, PensionTax
from timvis.core.calculation.sick_cost.sick_pay import Sums
from timvis.core.calculation.sick_cost.terms import Terms
from timvis.core.calculation.sick_cost.work import Work
from timvis.core.quantities import Ore

HOLIDAY_COMPENSATION_RATE = "lss.sick_cost.vacation_pay_rate"
SICK_DAYS_THAT_COUNT = "vacation.sick_absence_counts_days"
PENSION_TAX_RATE = "payroll.pension_premium_tax"

SAID_OF_BASE = {
    HolidayBase.PAID_SICK_PAY: "den sjuklön som betalas ut",
    HolidayBase.ORDINARY_PAY_ALL_HOURS: "ordinarie lön för alla ersatta sjuktimmar, också karensen",
    HolidayBase.ORDINARY_PAY_AFTER_DEDUCTION: "ordinarie lön för timmarna efter karensen",
}


@dataclass(frozen=True, slots=True)
class Share:
    """A percentage of an amount: both exact, and a Swedish clause about the amount."""

    base: Exact
    percent: Exact
    why: str


Weights = Mapping[date, Exact]
"""What each day bears of an amount, in any unit: days of different rates are weighed by it."""


def weights(sums: Sums, base: HolidayBase) -> Weights:
    """Return what each paid day bears of the amount that holiday pay is a percentage of."""
    match base:
        case HolidayBase.PAID_SICK_PAY:
            return {day: one.sick_pay_left for day, one in sums.by_day.items()}
        case HolidayBase.ORDINARY_PAY_ALL_HOURS:
            return {day: one.ordinary for day, one in sums.by_day.items()}
        case HolidayBase.ORDINARY_PAY_AFTER_DEDUCTION:
            return {day: one.ordinary_left for day, one in sums.by_day.items()}


def percent_by_day(code: str, sums: Sums, base: HolidayBase, work: Work) -> Exact:
    """Return a percentage of the law over several days, weighed by what each bears. Raises `LawGap`."""
    first_on, last_on = sums.days[0], sums.days[-1]
    if work.is_one_row(code, first_on, last_on):
        work.percent(code, last_on)  # a day that nobody has checked the law for stops here, as every other
        return work.percent(code, first_on)
    borne = weights(sums, base)
    return mean_percent([(borne[day], work.percent(code, day)) for day in sums.days])


def spread_over(amount: Exact, borne: Weights) -> dict[date, Exact]:
    """Return an amount shared over its days by what each of them bears."""
    total = sum(borne.values())
    if not total:
        return {day: quotient(amount, len(borne)) for day in borne}
    return {day: quotient(amount * weight, total) for day, weight in borne.items()}


# --- holiday pay -----------------------------------------------------------------------------------------


def holiday_base(terms: Terms, work: Work) -> HolidayBase:
    """Return what the routine takes holiday pay of."""
    return work.notes.choice(
        terms.settings.holiday_compensation_base, "holiday_compensation_base", HolidayBase.PAID_SICK_PAY
    )


def holiday_compensation(sums: Sums, paid_sick_pay: Ore, terms: Terms, work: Work) -> Share:
    """Return the base of holiday pay that the routine has chosen, and its percentage. Raises `LawGap`."""
    base = holiday_base(terms, work)
    code = (terms.agreement.holiday_compensation_percent_code if terms.agreement else None) or HOLIDAY_COMPENSATION_RATE

    # Of paid sick pay it is the amount paid that counts, which a claim may have made smaller than the computed one.
    amount = {
        HolidayBase.PAID_SICK_PAY: paid_sick_pay,
        HolidayBase.ORDINARY_PAY_ALL_HOURS: sums.paid.ordinary,
        HolidayBase.ORDINARY_PAY_AFTER_DEDUCTION: sums.paid.ordinary_left,
    }[base]
    rate = percent_by_day(code, sums, base, work)
    work.notes.find(
        "holiday_compensation_base_is_open_in_law",
        f"Semesterersättningen räknas på {SAID_OF_BASE[base]}, som rutinen väljer. Semesterlagen räknar på lönen som "
        "den hade varit, och domstolen har godtagit tolv procent utan att säga av vad.",
    )
    told, counts = work.case.assistant.sick_days_of_year, work.law.count(SICK_DAYS_THAT_COUNT, sums.days[0])
    if told is not None and told > counts:
        work.notes.find(
            "sick_absence_passed_the_days_that_count",
            f"Assistenten har {told} sjukdagar under intjänandeåret, och högst {counts} ger semesterlön. Fråga om "
            "arbetsgivaren har någon semesterkostnad för de här dagarna.",
        )
    if any(pay.monthly_ore is not None for pay in work.case.pay):
        work.notes.find(
            "holiday_compensation_of_monthly_staff",
            "Assistenten har månadslön. Följer hennes semesterlön sammalöneregeln är kostnaden en annan än den "
            "räknade; be om arbetsgivarens beräkning om den skiljer sig.",
        )
    return Share(amount, rate, SAID_OF_BASE[base])


# --- costs by agreement ----------------------------------------------------------------------------------


def agreement_costs(base: Exact, sums: Sums, work: Work) -> tuple[tuple[AgreementCost, Share], ...]:
    """Return each cost the agreement brings, as a percentage of sick pay and holiday pay. Raises `LawGap`."""
    return tuple((cost, Share(base, _percent(cost, sums, work), cost.name)) for cost in work.case.agreement_costs)


def pension_premium(base: Exact, sums: Sums, work: Work) -> Exact:
    """Return the part of the costs that is pension premium, in öre, exactly."""
    return sum(percent_of(base, _pension_percent(cost, sums, work)) for cost in work.case.agreement_costs)


def pension_tax(premium: Exact, day: date, terms: Terms, work: Work) -> Share | None:
    """Return the special payroll tax on the premium, None when the routine leaves it out. Raises `LawGap`."""
    chosen = work.notes.choice(terms.settings.pension_tax, "pension_tax", PensionTax.LEFT_OUT)
    if chosen is PensionTax.LEFT_OUT:
        return None
    return Share(premium, work.percent(PENSION_TAX_RATE, day), "pensionspremien")


def _percent(cost: AgreementCost, sums: Sums, work: Work) -> Exact:
    if cost.percent is not None:
        return cost.percent
    own = [one.code for one in work.pack.costs if one.name == cost.name] if work.pack else []
    code = cost.code or next(iter(own), None)
    if code is None:
        work.notes.lacks(
            f"agreement_cost.{cost.name}",
            f"Kostnaden {cost.name} har ingen procentsats, och avtalet känner ingen kostnad med det namnet.",
            'Skriv percent = "…", eller code för ett daterat tal (timvis law list visar alla).',
        )
        return 0
    return _by_code(code, sums, work)


def _pension_percent(cost: AgreementCost, sums: Sums, work: Work) -> Exact:
    if cost.percent is not None or cost.code is not None:
        return cost.pension_percent
    own = [one.pension_code for one in work.pack.costs if one.name == cost.name] if work.pack else []
    code = next(iter(own), None)
    return _by_code(code, sums, work) if code else cost.pension_percent


def _by_code(code: str, sums: Sums, work: Work) -> Exact:
    return percent_by_day(code, sums, HolidayBase.PAID_SICK_PAY, work)
