"""From what the substitute worked and what the sick assistant cost the provider, to a proposed fee or why none.

The provider states its cost for each day and part of it, so nothing has to be shared out by us: the qualifying time
and the time after it cost differently.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from timvis.core.calculation import substitute_fee
from timvis.core.calculation.calculated import Calculated, doubt
from timvis.core.calculation.rates import RateRule
from timvis.core.calculation.substitute_fee import SubstituteCase, SubstituteWork, cost_before
from timvis.core.facts.load import parts_of
from timvis.core.law import LawByDay, LawReader
from timvis.core.quantities import Minutes, Ore
from timvis.core.review.finding import Finding
from timvis.core.review.rule import Severity
from timvis.core.substitute.settings import Sheet
from timvis.core.substitute.time_sheets import QualifyingTerms, SheetRow

HOURLY_AMOUNT = "assistance.hourly_rate"

NO_FEE = "no_fee_"
"""How the codes of lines begin that say that nothing is proposed for a part."""


class Payer(StrEnum):
    """Who is asked for the fee (LSS 18 §): the provider whose assistant is sick, or the one who has the assistance."""

    PROVIDER = "provider"
    RECIPIENT = "recipient"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderCost:
    """What the sick assistant cost the provider in the hours of one day on one report; 0 is a statement too."""

    on: date
    sheet: Sheet
    cost_ore: Ore


def proposed(
    rows: Sequence[SheetRow],
    costs: Sequence[ProviderCost],
    terms: QualifyingTerms,
    law: LawReader,
    *,
    rate: RateRule | None = None,
) -> Calculated | tuple[Finding, ...]:
    """Return the fee with its reasons, or what is missing to propose any. Raises `LawGap`.

    A part whose cost is higher than the hourly amount comes back as a line of 0 with a question beside it.
    """
    case = case_of(rows, costs, terms, law, rate=rate)
    return case if isinstance(case, tuple) else substitute_fee.calculate(case, law)


def case_of(
    rows: Sequence[SheetRow],
    costs: Sequence[ProviderCost],
    terms: QualifyingTerms,
    law: LawByDay,
    *,
    rate: RateRule | None = None,
) -> SubstituteCase | tuple[Finding, ...]:
    """Return what a fee is calculated on, or what is missing. Raises `LawGap`."""
    if missing := tuple(_missing(rows, costs, terms)):
        return missing
    told = {(cost.on, cost.sheet): cost.cost_ore for cost in costs}
    return SubstituteCase(
        sick_from=terms.sick_from,
        work=tuple(_work(rows, told, law)),
        rate=rate or RateRule(code=HOURLY_AMOUNT, cites=("LSS 18 §",)),
        qualifying_time=None if terms.by_day else terms.qualifying_time,
        deduction_minutes=None if terms.by_day else terms.deduction_minutes,
    )


def asked_costs(rows: Sequence[SheetRow]) -> tuple[tuple[date, Sheet, Minutes], ...]:
    """Return the days and reports that the provider is asked to state a cost for, with their minutes, in order."""
    minutes: dict[tuple[date, Sheet], int] = defaultdict(int)
    for row in sorted(rows, key=lambda row: row.span.start_at):
        minutes[row.span.work_on, row.sheet] += row.span.actual_minutes
    return tuple((on, sheet, Minutes(each)) for (on, sheet), each in minutes.items())


def _missing(rows: Sequence[SheetRow], costs: Sequence[ProviderCost], terms: QualifyingTerms) -> Iterator[Finding]:
    if not rows:
        yield doubt(
            "no_time_was_reported",
            Severity.STOPS,
            label="Ingen tid är redovisad",
            message="Vikariens tidrapport har inte kommit in. Avgiften räknas på tid som är utförd.",
            cites=substitute_fee.FEE,
        )
    if any(row.span.work_on < terms.sick_from for row in rows):
        yield doubt(
            "work_was_before_the_sick_period",
            Severity.STOPS,
            label="Tiden ligger före sjukperioden",
            message=f"Den ordinarie assistenten var sjuk från {terms.sick_from}. Rätta dagen, eller sjukperioden.",
            cites=substitute_fee.FEE,
        )
    told = {(cost.on, cost.sheet) for cost in costs}
    for on, sheet, _ in asked_costs(rows):
        if (on, sheet) not in told:
            part = "i karensen" if sheet is Sheet.STATE else "efter karensen"
            yield doubt(
                "providers_cost_was_not_stated",
                Severity.ASKS,
                label="Anordnarens kostnad saknas",
                message=f"Ingen avgift kan föreslås utan anordnarens kostnad för den sjuka assistenten {on} "
                f"({part}). Be anordnaren om beloppet för samma tid; är det noll skriver du 0.",
                cites=substitute_fee.FEE,
            )


def _work(rows: Sequence[SheetRow], told: dict[tuple[date, Sheet], Ore], law: LawByDay) -> Iterator[SubstituteWork]:
    """Yield each row with its share of the day's cost by its minutes; the shares of a day sum to what was told."""
    total = {(on, sheet): minutes for on, sheet, minutes in asked_costs(rows)}
    passed: dict[tuple[date, Sheet], int] = defaultdict(int)
    for row in sorted(rows, key=lambda row: row.span.start_at):
        key = (row.span.work_on, row.sheet)
        minutes = row.span.actual_minutes
        before = cost_before(told[key], passed[key], total[key])
        passed[key] += minutes
        yield SubstituteWork(
            on=row.span.work_on,
            start_minute=row.span.start_minute,
            minutes=minutes,
            parts_per_minute=parts_of(row.kind, row.span.work_on, law),
            cost_ore=Ore(cost_before(told[key], passed[key], total[key]) - before),
        )
