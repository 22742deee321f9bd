"""What it costs to pay an invoice late: from which day, and how much a day, as far as the law's data tells."""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from timvis.core.invoice.records import Invoice
from timvis.core.invoice.terms import TERM
from timvis.core.law import LawByDay, LawGap
from timvis.core.quantities import Ore

MARGIN, REFERENCE_RATE = "interest.late_payment_margin", "interest.reference_rate"
DAYS_OF_YEAR = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestRisk:
    """From which day interest runs, how many days of it have passed, and what each costs.

    `day_ore` is None where the reference rate of the day has not been read in: then only the day is known.
    """

    runs_from: date
    days_late: int
    day_ore: Fraction | None

    @property
    def so_far_ore(self) -> Ore | None:
        """What it has cost so far, to the nearest öre; None where nobody knows."""
        return None if self.day_ore is None else Ore(round(self.day_ore * self.days_late))


def pay_by(invoice: Invoice, received_on: date) -> date:
    """Return the last day to pay: the invoice's own, else thirty days after it came (räntelagen 2 a and 4 §§)."""
    return invoice.due_on or received_on + TERM


def risk(invoice: Invoice, received_on: date, today: date, law: LawByDay) -> InterestRisk | None:
    """Return what waiting costs; None when nothing is to be paid. The reference rate of `today` is used."""
    if invoice.to_pay_ore <= 0:
        return None
    last = pay_by(invoice, received_on)
    return InterestRisk(
        runs_from=last + timedelta(days=1),
        days_late=max((today - last).days, 0),
        day_ore=_a_day(invoice.to_pay_ore, today, law),
    )


def _a_day(amount_ore: Ore, today: date, law: LawByDay) -> Fraction | None:
    try:
        percent = law.percent(REFERENCE_RATE, today) + law.percent(MARGIN, today)
    except LawGap:
        return None
    return Fraction(percent) * amount_ore / 100 / DAYS_OF_YEAR
