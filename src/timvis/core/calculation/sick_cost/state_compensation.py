"""What the state has paid of an employer's sick pay: that part is no extra cost for the municipality.

Four grounds: special high-risk protection, the spring of 2020 in full, the rest of the pandemic above a normal level,
and high sick-pay costs of a whole year. Only the first two can be worked out; for the others the employer says what
came in, or the month's wage sum, and a sum for several recipients or municipalities is shared by their cost.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from timvis.core.calculation.sick_cost.records import CompensationKind, StateCompensation
from timvis.core.calculation.sick_cost.rounding import Exact, money_told, percent_of, quotient
from timvis.core.calculation.sick_cost.work import Work

IN_FULL = "sick_pay.pandemic.state_paid_employer_cost_in_full"
EXCESS = "sick_pay.pandemic.state_paid_excess_cost"
HIGH_COST = "sick_pay.high_cost_protection"
NORMAL_SHARES = tuple(
    f"sick_pay.pandemic.normal_share.{bracket}" for bracket in ("first", "second", "third", "fourth", "fifth")
)
BRACKET_ENDS = tuple(f"sick_pay.pandemic.wage_sum_to.{bracket}" for bracket in ("first", "second", "third", "fourth"))
HIGH_COST_IS_THERE = "in_force"


@dataclass(frozen=True, slots=True)
class Compensated:
    """What the state has paid of a sick-pay period's cost, on which ground, and a Swedish clause."""

    ore: Exact
    cite: str
    why: str


def compensated(days: Sequence[date], cost_of: Callable[[date], Exact], work: Work) -> Iterator[Compensated]:
    """Yield what the state has paid of the cost of each day, never more than the cost. Raises `LawGap`."""
    if work.case.has_high_risk_protection:
        work.notes.find(
            "state_paid_for_high_risk",
            "Arbetsgivaren får sin sjuklönekostnad ersatt av Försäkringskassan vid särskilt högriskskydd, så den är "
            "ingen merkostnad.",
        )
        total = sum(cost_of(day) for day in days)
        yield Compensated(total, "sjuklönelagen 16 §", "särskilt högriskskydd, hela sjuklönekostnaden")
        return
    first_on, last_on = min(days), max(days)
    in_full: list[date] = []
    if work.was_in_force(IN_FULL, first_on, last_on):
        in_full = [day for day in days if work.in_force(IN_FULL, day) and work.law.flag(IN_FULL, day)]
    if in_full:
        total = sum(cost_of(day) for day in in_full)
        yield Compensated(total, "förordning (2020:244)", "staten betalade hela sjuklönekostnaden våren 2020")
    left = [day for day in days if day not in in_full]
    if work.was_in_force(EXCESS, first_on, last_on):
        above_normal = [day for day in left if work.in_force(EXCESS, day)]
        yield from _excess({day: cost_of(day) for day in above_normal}, work)
        left = [day for day in left if day not in above_normal]
    yield from _high_cost(left, cost_of, work)


# --- the pandemic above a normal level ---------------------------------------------------------------------


def _excess(cost_by_day: Mapping[date, Exact], work: Work) -> Iterator[Compensated]:
    for month in sorted({day.replace(day=1) for day in cost_by_day}):
        days = {day: cost for day, cost in cost_by_day.items() if day.replace(day=1) == month}
        cost = sum(days.values())
        told = _told(CompensationKind.PANDEMIC_EXCESS, min(days), work)
        if told is None or (told.ore is None and told.wage_sum_ore is None):
            work.notes.find(
                "state_compensation_was_not_told",
                f"I månaden som börjar {month} betalade staten sjuklön över en normal nivå. Arbetsgivaren behöver "
                "uppge vad som kom in, eller månadens lönesumma, innan något betalas.",
            )
        elif told.ore:
            yield Compensated(_share(told, cost), "förordning (2020:244)", _shared("staten ersatte hög sjuklön", told))
        elif told.ore is None and told.wage_sum_ore is not None:
            work.law.flag(EXCESS, min(days))
            normal = _normal_cost(told.wage_sum_ore, min(days), work)
            whole = told.of_cost_ore or cost
            own = quotient(normal * cost, whole) if whole else 0
            yield Compensated(
                max(cost - own, 0),
                "förordning (2020:244)",
                f"av månadens lönesumma {money_told(told.wage_sum_ore)} är {money_told(own)} den del som arbetsgivaren "
                "själv bar, och resten betalade staten",
            )


def _normal_cost(wage_sum_ore: int, day: date, work: Work) -> Exact:
    """Return the sick-pay cost of a month that the employer bore, by the bracket of the wage sum. Raises `LawGap`."""
    for share, end in zip(NORMAL_SHARES, BRACKET_ENDS, strict=False):
        percent = work.percent(share, day)
        if wage_sum_ore <= work.law.ore(end, day):
            return percent_of(wage_sum_ore, percent)
    return percent_of(wage_sum_ore, work.percent(NORMAL_SHARES[-1], day))


# --- high sick-pay costs of a year -------------------------------------------------------------------------


def _high_cost(days: Sequence[date], cost_of: Callable[[date], Exact], work: Work) -> Iterator[Compensated]:
    if days and work.is_one_row(HIGH_COST, min(days), max(days)):
        there = {work.law.word(HIGH_COST, day) for day in (min(days), max(days))}
        if HIGH_COST_IS_THERE not in there:
            return
    in_force = [
        day for day in days if work.in_force(HIGH_COST, day) and work.law.word(HIGH_COST, day) == HIGH_COST_IS_THERE
    ]
    for year in sorted({day.year for day in in_force}):
        of_year = [day for day in in_force if day.year == year]
        told = _told(CompensationKind.HIGH_COST, min(of_year), work)
        if told is None or told.ore is None:
            work.notes.find(
                "high_cost_compensation_was_not_told",
                f"År {year} kunde arbetsgivare få ersättning för höga sjuklönekostnader. Be arbetsgivaren uppge vad "
                "som kom in; inget är draget här.",
            )
        elif told.ore:
            cost = sum(cost_of(day) for day in of_year)
            yield Compensated(
                _share(told, cost), "sjuklönelagen 17 §", _shared("ersättning för höga sjuklönekostnader", told)
            )


# --- in common -------------------------------------------------------------------------------------------


def _told(kind: CompensationKind, day: date, work: Work) -> StateCompensation | None:
    own = [one for one in work.case.compensations if one.kind is kind and one.paid_from <= day < one.paid_to]
    return own[0] if own else None


def _share(told: StateCompensation, cost: Exact) -> Exact:
    """Return this cost's part of what came in, shared by cost, and never more than the cost."""
    came_in = told.ore or 0
    return min(quotient(came_in * cost, told.of_cost_ore) if told.of_cost_ore else came_in, cost)


def _shared(why: str, told: StateCompensation) -> str:
    if not told.of_cost_ore:
        return f"{why}: {money_told(told.ore or 0)}"
    return (
        f"{why}: {money_told(told.ore or 0)} för en sjuklönekostnad på {money_told(told.of_cost_ore)}, varav den här "
        "ansökans del"
    )
