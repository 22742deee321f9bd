"""What a provider is told that it may bill for a month (sammanställning): sums that name nobody, and whose they are.

The provider writes one invoice for everybody, from the sums. So each sum is rounded once, as a line of an invoice
is, and what of it is whose is laid out so that it sums to the same öre: the largest remainders get the öre over.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from timvis.core.calculation.hourly import exact_text
from timvis.core.calendar.months import month_after
from timvis.core.home_care.decided import named_label
from timvis.core.home_care.reconciliation import Whose
from timvis.core.quantities import MINUTES_PER_HOUR, Ore, half_up
from timvis.core.review.review import hours_text
from timvis.core.statement import Line, Statement, digest_of

KIND = "home_care_summary"
_HOUR = "hour"
_Price = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What of a summary is one recipient's for one service: minutes that are paid, exactly, and öre."""

    whose: Whose
    minutes: Fraction
    amount_ore: Ore


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthSummary:
    """A provider's month: the sums that it may bill, naming nobody, and whose they are, in order."""

    month_on: date
    statement: Statement
    parts: tuple[Part, ...]


def summarised(month_on: date, statements: Mapping[Whose, Statement]) -> MonthSummary:
    """Return the summary of a month of its lines' own statements; what is not paid has no line in it."""
    grouped: defaultdict[_Price, list[tuple[Whose, Line]]] = defaultdict(list)
    for whose in sorted(statements):
        for line in _paid(statements[whose]):
            grouped[_price(line)].append((whose, line))
    amounts: defaultdict[Whose, int] = defaultdict(int)
    minutes: defaultdict[Whose, Fraction] = defaultdict(Fraction)
    lines = []
    for price in sorted(grouped):
        mine: defaultdict[Whose, Fraction] = defaultdict(Fraction)
        for whose, line in grouped[price]:
            mine[whose] += Fraction(line.quantity)
        made = _sum_line(month_on, [line for _whose, line in grouped[price]])
        lines.append(made)
        for whose, ore in laid_out(made.amount_ore, mine).items():
            amounts[whose] += ore
            minutes[whose] += mine[whose] * MINUTES_PER_HOUR if made.unit == _HOUR else 0
    return MonthSummary(
        month_on=month_on,
        statement=Statement(
            kind=KIND,
            lines=tuple(lines),
            law_rows=tuple(dict.fromkeys(row for one in statements.values() for row in one.law_rows)),
            settings=(("rounding", "each_sum_half_up"), ("parts", "largest_remainder")),
            inputs_digest=digest_of([[whose, statements[whose].digest] for whose in sorted(statements)]),
        ),
        parts=tuple(
            Part(whose=whose, minutes=minutes[whose], amount_ore=Ore(amounts[whose])) for whose in sorted(amounts)
        ),
    )


def laid_out(amount_ore: int, quantities: Mapping[Whose, Fraction]) -> dict[Whose, Ore]:
    """Return an amount laid out by quantities, to the öre: nobody is more than one öre from the exact part.

    Of equal remainders the one who comes first gets the öre. Quantities are not below nought.
    """
    whole = sum(quantities.values())
    if not whole:
        return {whose: Ore(0) for whose in quantities}
    exact = {whose: amount_ore * quantity / whole for whose, quantity in quantities.items()}
    laid = {whose: part.numerator // part.denominator for whose, part in exact.items()}
    over = amount_ore - sum(laid.values())
    for whose in sorted(exact, key=lambda whose: (laid[whose] - exact[whose], whose))[:over]:
        laid[whose] += 1
    return {whose: Ore(ore) for whose, ore in laid.items()}


def _paid(statement: Statement) -> Iterable[Line]:
    return (line for line in statement.lines if Fraction(line.rate))


def _price(line: Line) -> _Price:
    """Return what lines are summed by: code, label, unit and rate."""
    return line.code, line.label, line.unit, line.rate


def _sum_line(month_on: date, lines: list[Line]) -> Line:
    quantity, first = sum((Fraction(line.quantity) for line in lines), Fraction(0)), lines[0]
    exact = quantity * Fraction(first.rate)
    told = hours_text(half_up(*(quantity * MINUTES_PER_HOUR).as_integer_ratio())) + " timmar"
    return replace(
        first,
        label=named_label(first.label),
        quantity=exact_text(quantity),
        amount_ore=Ore(half_up(exact.numerator, exact.denominator)),
        cites=tuple(dict.fromkeys(cite for line in lines for cite in line.cites)),
        because=f"{told if first.unit == _HOUR else exact_text(quantity)}, summan för alla brukare.",
        period_from=month_on,
        period_to=month_after(month_on),
    )
