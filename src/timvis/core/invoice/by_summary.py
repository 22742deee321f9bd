"""An invoice against the summary that its supplier was told to bill by: the same öre, the same hours, once.

The amount must be the summary's to the öre. Hours are compared per price, since an invoice that names nobody has
nothing else in common with a summary; it writes hours with two decimals, so a hundredth more or less is the same.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from timvis.core.invoice.known import MINUTES_OF
from timvis.core.invoice.objection import Objection, kronor, stops
from timvis.core.invoice.records import Invoice
from timvis.core.quantities import MINUTES_PER_HOUR, Ore, half_up

_HUNDREDTH = Fraction(1, 100)
NOTHING = Ore(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceHours:
    """How many hours a summary holds at a price, both exact texts as on a statement's line (öre per hour)."""

    rate: str
    hours: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SentSummary:
    """A month's summary as it was sent to the supplier, and what other invoices have billed of it already."""

    month_on: date
    total_ore: Ore
    prices: tuple[PriceHours, ...]
    billed_before_ore: Ore = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class BySummary:
    """That a supplier bills by summaries: the months that the invoice is laid out on, and the summaries there are."""

    months: tuple[date, ...]
    sent: tuple[SentSummary, ...]


def objections(invoice: Invoice, by: BySummary) -> Iterator[Objection]:
    """Yield what an invoice has against it when it is held against the summaries of its months."""
    sent = {one.month_on: one for one in by.sent}
    lacking = [month_on for month_on in by.months if month_on not in sent]
    for month_on in lacking:
        yield stops(
            "summary_is_not_sent",
            f"Ingen sammanställning för {month_on:%Y-%m} har skickats till säljaren. Den ska komma före fakturan.",
        )
    if lacking or not by.sent:
        return
    billed = [one for one in by.sent if one.billed_before_ore]
    for one in billed:
        yield stops(
            "summary_is_billed_already",
            f"Sammanställningen för {one.month_on:%Y-%m} är redan fakturerad med {kronor(one.billed_before_ore)} kr.",
        )
    yield from _amount(invoice, by.sent)
    yield from _hours(invoice, by.sent)


def _amount(invoice: Invoice, sent: Iterable[SentSummary]) -> Iterator[Objection]:
    told = sum(one.total_ore for one in sent)
    more = invoice.to_pay_ore - told
    if more:
        how = "mer" if more > 0 else "mindre"
        yield stops(
            "other_amount_than_summary",
            f"Fakturan är på {kronor(invoice.to_pay_ore)} kr men sammanställningen på {kronor(told)} kr: "
            f"{kronor(abs(more))} kr {how}. Be säljaren om en ny faktura efter sammanställningen.",
        )


def _hours(invoice: Invoice, sent: Iterable[SentSummary]) -> Iterator[Objection]:
    told: defaultdict[Fraction, Fraction] = defaultdict(Fraction)
    for one in sent:
        for price in one.prices:
            told[Fraction(price.rate)] += Fraction(price.hours)
    billed = hours_by_price(invoice)
    if not billed:
        return  # one sum for everybody is billed by its amount alone
    as_a_piece = {line.amount_ore for line in invoice.lines if line.unit not in MINUTES_OF}
    for rate in sorted(set(billed) | set(told)):
        exact = told[rate] * rate
        if rate not in billed and half_up(exact.numerator, exact.denominator) in as_a_piece:
            continue  # hours that end in no decimal are billed as one piece at their amount
        if abs(billed.get(rate, Fraction(0)) - told[rate]) >= _HUNDREDTH:
            yield stops(
                "other_hours_than_summary",
                f"{_hours_text(billed.get(rate, Fraction(0)))} timmar à {kronor(round(rate))} kr är fakturerade, men "
                f"sammanställningen säger {_hours_text(told[rate])}.",
            )


def hours_by_price(invoice: Invoice) -> dict[Fraction, Fraction]:
    """Return the hours that an invoice's lines of time bill, by öre per hour."""
    found: defaultdict[Fraction, Fraction] = defaultdict(Fraction)
    for line in invoice.lines:
        minutes = MINUTES_OF.get(line.unit)
        if minutes is not None and line.base_quantity > 0:
            per_unit = 100 * Fraction(line.price) / Fraction(line.base_quantity)
            found[per_unit * MINUTES_PER_HOUR / minutes] += Fraction(line.quantity) * minutes / MINUTES_PER_HOUR
    return dict(found)


def _hours_text(hours: Fraction) -> str:
    """Return hours with two decimals and a comma."""
    return kronor(round(hours * 100))
