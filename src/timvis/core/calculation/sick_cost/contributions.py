"""Employer contributions: the rate of the day the pay is paid out, for the age at the start of that year.

A reduced rate reaches only up to a month's pay from one employer, which nobody but the employer knows. So the table is
a ceiling and a check: what the employer really paid is the cost, and never more than the law's rate.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from timvis.core.calculation.sick_cost.rounding import Exact, money_told, number_text, percent_told, quotient
from timvis.core.calculation.sick_cost.settings import SocialFees
from timvis.core.calculation.sick_cost.terms import Terms
from timvis.core.calculation.sick_cost.work import Work
from timvis.core.calendar.months import month_on
from timvis.core.law import LawRow

FULL = "payroll.contribution.full"
OLD = "payroll.contribution.old"
YOUNG = "payroll.contribution.young"
BORN_1937_OR_EARLIER = "payroll.contribution.born_1937_or_earlier"
LAST_YEAR_WITHOUT = 1937
PANDEMIC_2020 = "payroll.contribution.pandemic_2020"
SMALL_PAY = "payroll.contribution.small_pay_threshold"
PRIVATE_PERSON = "payroll.contribution.private_person_threshold"

NOTHING: Exact = 0


@dataclass(frozen=True, slots=True)
class Contribution:
    """The rate of one pay-out day, in percent, exactly; `cites` and a Swedish clause say why."""

    percent: Exact
    cites: tuple[str, ...]
    why: str


def paid_on(day: date, work: Work) -> date:
    """Return the day on which the pay for a sick day is paid out."""
    for one in work.case.pay_outs:
        if one.month_on == month_on(day):
            return one.paid_on
    return work.case.paid_on


def contribution_on(day: date, terms: Terms, work: Work) -> Contribution:
    """Return the contribution on pay that is paid out on a day. Raises `LawGap` when nobody has decided it."""
    by_law = _by_law(day, work)
    stated = work.case.contributions.percent
    if stated is None:
        _doubt_the_spring_of_2020(day, by_law, work)
        _ask_for_what_was_paid(by_law, terms, work)
        return by_law
    if stated == by_law.percent or not by_law.why:
        return by_law  # no reason: nobody knows the age, which is a fault and noted
    lower = min(stated, by_law.percent)
    work.notes.find(
        "contributions_differ_from_the_rate",
        f"Arbetsgivaren uppger {percent_told(number_text(stated))} i avgifter. {by_law.why[0].upper()}{by_law.why[1:]} "
        f"är det {percent_told(number_text(by_law.percent))} vid utbetalning {day}. Den lägre av dem används: "
        "en kostnad som inte finns ersätts inte, och mer än lagens sats är ingen kostnad.",
    )
    if lower == by_law.percent:
        return by_law
    return Contribution(stated, by_law.cites, "det arbetsgivaren har uppgett")


def _by_law(day: date, work: Work) -> Contribution:
    case, stated = work.case, work.case.contributions
    if stated.pay_of_year_ore is not None:
        if stated.pay_of_year_ore < work.law.ore(SMALL_PAY, day):
            return Contribution(NOTHING, ("SAL 2:14",), "så låg lön under året är avgiftsfri")
        if case.employer.is_private_person and stated.pay_of_year_ore < work.law.ore(PRIVATE_PERSON, day):
            return Contribution(NOTHING, ("SAL 2:6",), "en privatperson betalar inga avgifter på så låg lön under året")
    born = case.assistant.born_year
    if born is None:
        work.notes.lacks(
            "assistant.born_year",
            "Assistentens födelseår saknas, och arbetsgivaravgiften följer åldern.",
            "Skriv born_year.",
        )
        return Contribution(NOTHING, (), "")
    age = day.year - born - 1
    if born <= LAST_YEAR_WITHOUT:
        percent = work.percent(BORN_1937_OR_EARLIER, day)
        return Contribution(percent, ("SAL 2:27",), f"för den som är född {LAST_YEAR_WITHOUT} eller tidigare")
    if _row(OLD, day, age, work) is not None:
        percent = Fraction(work.law.percent(OLD, day, age=age))
        return Contribution(percent, ("SAL 2:27",), f"för den som var {age} år vid årets början")
    full = work.percent(FULL, day)
    by_full = Contribution(full, ("SAL 2:26", "lag (1994:1920)"), "den fulla avgiften")
    young = _row(YOUNG, day, age, work)
    if young is None:
        _doubt_the_young(day, age, work)
        return by_full
    reduced = Fraction(work.law.percent(YOUNG, day, age=age))
    return _under_the_cap(reduced, full, young, age, work)


def _row(code: str, day: date, age: int, work: Work) -> LawRow | None:
    """Return the row for a day and an age without counting it as used; None when none is for that age.

    For somebody old enough to have been covered at some time, a day without any row is asked for, and stops.
    """
    rows = work.law.number(code).rows
    on_day = [row for row in rows if row.from_on <= day and (row.to_on is None or day <= row.to_on)]
    if not on_day and code == OLD and any(row.covers_age(age) for row in rows):
        work.law.percent(code, day, age=age)
    return next((row for row in on_day if row.covers_age(age)), None)


def _under_the_cap(reduced: Exact, full: Exact, row: LawRow, age: int, work: Work) -> Contribution:
    """Return the reduced rate, or the mean rate of a month's pay that goes over what the reduction reaches."""
    cites = ("lag (2026:100)",) if "2026:100" in row.law else ("SAL 2:28",) if row.monthly_cap_ore is None else ()
    why = f"den nedsatta avgiften för den som var {age} år vid årets början"
    pay, cap = work.case.contributions.pay_of_month_ore, row.monthly_cap_ore
    if cap is None or (pay is not None and pay <= cap):
        return Contribution(reduced, cites or ("SAL 2:29 a",), why)
    if pay is None:
        if work.case.contributions.percent is None:
            work.notes.lacks(
                "contributions.pay_of_month_ore",
                f"Den nedsatta avgiften gäller lön upp till {money_told(cap)} i månaden, och månadens hela lön saknas.",
                "Skriv pay_of_month_ore under [contributions], eller percent om arbetsgivaren har visat sin avgift.",
            )
        return Contribution(full, ("SAL 2:26", "lag (1994:1920)"), "den fulla avgiften")
    mean = quotient(reduced * cap + full * (pay - cap), pay)
    work.notes.find(
        "contributions_passed_the_cap",
        f"Månadens lön är {money_told(pay)} och den nedsatta avgiften gäller upp till {money_told(cap)}. "
        "Avgiften räknas här som ett snitt över hela månadslönen; ingen regel säger vilken del sjuklönen är.",
    )
    return Contribution(mean, cites or ("SAL 2:29 a",), f"{why}, över taket den fulla")


# --- doubts ----------------------------------------------------------------------------------------------


def _doubt_the_young(day: date, age: int, work: Work) -> None:
    rows: Sequence[LawRow] = work.law.number(YOUNG).rows
    checked = any(row.from_on <= day and (row.to_on is None or day <= row.to_on) for row in rows)
    if not checked and any(row.covers_age(age) and row.max_age is not None for row in rows):
        work.notes.find(
            "reduction_for_the_young_was_not_checked",
            f"Assistenten var {age} år vid årets början. Timvis känner ingen nedsättning för unga vid "
            f"utbetalning {day}, men ingen har heller kontrollerat att det inte fanns någon. Full avgift är räknad.",
        )


def _ask_for_what_was_paid(by_law: Contribution, terms: Terms, work: Work) -> None:
    if terms.settings.social_fees is SocialFees.AS_SHOWN and by_law.percent:
        work.notes.find(
            "contributions_were_not_shown",
            "Rutinen tar avgifterna som arbetsgivaren visar dem, och de är inte visade. Lagens sats är räknad, och den "
            "är det mesta; be om vad som betalades.",
        )


def _doubt_the_spring_of_2020(day: date, by_law: Contribution, work: Work) -> None:
    if work.in_force(PANDEMIC_2020, day) and by_law.percent > work.percent(PANDEMIC_2020, day):
        work.notes.find(
            "contributions_may_have_been_lowered_in_the_pandemic",
            "Arbetsgivaren kunde välja lägre avgifter för de första anställda under våren 2020. Fråga vad som "
            "betalades; lagens vanliga sats är räknad.",
        )


def mean_percent(shares: Sequence[tuple[Exact, Exact]]) -> Exact:
    """Return the rate of several amounts together, weighed by them, in percent."""
    if len({percent for _, percent in shares}) == 1:
        return shares[0][1]
    total = sum(amount for amount, _ in shares)
    if not total:
        return shares[0][1] if shares else NOTHING
    return quotient(sum(amount * percent for amount, percent in shares), total)
