"""What an hour is worth: ordinary pay, and sick pay for it."""

from datetime import date

from timvis.core.calculation.sick_cost.records import Pay
from timvis.core.calculation.sick_cost.rounding import (
    Exact,
    hourly_by_divisor,
    hourly_of_month,
    hourly_sick_pay,
    percent_of,
)
from timvis.core.calculation.sick_cost.settings import HourlySickPay
from timvis.core.calculation.sick_cost.work import Work
from timvis.core.quantities import OrePerHour
from timvis.core.records import TimeKind

_KEY_OF = {TimeKind.WAITING: "waiting_ore_per_hour", TimeKind.STANDBY: "standby_ore_per_hour"}


def pay_on(work: Work, day: date) -> Pay | None:
    """Return the pay that holds on a day, None and a fault when none does."""
    holding = [pay for pay in work.case.pay if pay.paid_from <= day]
    if not holding:
        work.notes.lacks(
            "pay", f"Ingen lön gäller {day}.", "Skriv en [[pay]] som gäller från den dagen eller tidigare."
        )
        return None
    return max(holding, key=lambda pay: pay.paid_from)


def hourly_on(work: Work, day: date) -> OrePerHour:
    """Return the ordinary pay of an hour on a day; 0 and a fault when it cannot be told."""
    found = work.hourly.get(day)
    if found is None:
        found = work.hourly[day] = _hourly_on(work, day)
    return found


def _hourly_on(work: Work, day: date) -> OrePerHour:
    pay = pay_on(work, day)
    if pay is None:
        return OrePerHour(0)
    if pay.hourly_ore is not None:
        return pay.hourly_ore
    if pay.monthly_ore is not None and pay.hours_per_month is not None:
        return hourly_by_divisor(pay.monthly_ore, pay.hours_per_month)
    if pay.monthly_ore is not None and work.case.week.agreed_minutes:
        return hourly_of_month(pay.monthly_ore, work.case.week.agreed_minutes)
    work.notes.lacks(
        "week.agreed_hours",
        "En månadslön blir timlön genom den avtalade veckoarbetstiden, och den saknas.",
        "Skriv agreed_hours under [week], eller avtalets hours_per_month under [pay].",
    )
    return OrePerHour(0)


def ordinary_rate(work: Work, kind: TimeKind, day: date) -> OrePerHour:
    """Return what an hour of active, waiting or standby time pays on a day; 0 and a fault when it is not told."""
    if kind is TimeKind.ACTIVE:
        return hourly_on(work, day)
    pay = pay_on(work, day)
    rate = None if pay is None else pay.waiting_ore_per_hour if kind is TimeKind.WAITING else pay.standby_ore_per_hour
    if rate is None:
        work.notes.lacks(
            f"pay.{_KEY_OF[kind]}",
            f"Ersättningen per timme för {'väntetid (jour)' if kind is TimeKind.WAITING else 'beredskap'} saknas.",
            f"Skriv {_KEY_OF[kind]} under [pay].",
        )
    return OrePerHour(0) if rate is None else rate


def sick_rate(ordinary: Exact, percent: Exact, rounding: HourlySickPay) -> Exact:
    """Return an hour's sick pay in öre: a percentage of the hour's pay, rounded only where the routine says so."""
    exact = percent_of(ordinary, percent)
    return hourly_sick_pay(exact) if rounding is HourlySickPay.ROUNDED_TO_ORE else exact
