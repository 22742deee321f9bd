"""The municipality's own invoice for a fee: its lines are the statement's, and nobody is named on it.

The lines that ask for nothing stay in the statement. What is left sums to the fee to the öre, because each line
carries the amount that was calculated and reviewed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from timvis.core.invoice.records import (
    DocumentKind,
    Invoice,
    Line,
    Party,
    PaymentWay,
    Period,
    Totals,
    VatCategory,
    VatTotal,
)
from timvis.core.payment import AccountKind
from timvis.core.quantities import Ore
from timvis.core.statement import Statement

TERM = timedelta(days=30)
"""A month to pay, as the municipality itself has to businesses (räntelagen 2 a §)."""

EXEMPT_CODE = "VATEX-EU-132-1G"
EXEMPT_REASON = "Undantag från moms, social omsorg, 10 kap. mervärdesskattelagen (2023:200)"
HOURS, ONE = "HUR", "C62"
CREDIT_TRANSFER = "30"
_ORE = Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeInvoice:
    """What an invoice says besides its lines. `reference` is the buyer's own, `booking` ours; no person is named.

    Both numbers are organisation numbers of ten digits. `bankgiro` is where the fee is paid, empty when the
    municipality's own system says it.
    """

    number: str
    booking: str
    issued_on: date
    seller_name: str
    seller_number: str
    buyer_name: str
    buyer_number: str
    reference: str
    period_from: date
    period_to: date
    bankgiro: str = ""


def invoice_of(statement: Statement, told: FeeInvoice) -> Invoice:
    """Return the invoice for a fee; a statement that asks for nothing raises `ValueError`."""
    if statement.total_ore <= 0:
        raise ValueError(f"{told.booking}: nothing is asked for")
    total = statement.total_ore
    way = PaymentWay(code=CREDIT_TRANSFER, kind=AccountKind.BANKGIRO, account=told.bankgiro, reference=told.number)
    return Invoice(
        kind=DocumentKind.INVOICE,
        number=told.number,
        issued_on=told.issued_on,
        due_on=told.issued_on + TERM,
        currency="SEK",
        supplier=_party(told.seller_name, told.seller_number),
        buyer=_party(told.buyer_name, told.buyer_number),
        totals=Totals(
            lines_ore=total,
            deducted_ore=Ore(0),
            added_ore=Ore(0),
            without_vat_ore=total,
            vat_ore=Ore(0),
            with_vat_ore=total,
            prepaid_ore=Ore(0),
            rounding_ore=Ore(0),
            payable_ore=total,
        ),
        lines=tuple(_lines(statement)),
        vat_totals=(
            VatTotal(
                code=VatCategory.EXEMPT,
                percent=Decimal(0),
                taxable_ore=total,
                vat_ore=Ore(0),
                reason=EXEMPT_REASON,
                reason_code=EXEMPT_CODE,
            ),
        ),
        ways_to_pay=(way,) if told.bankgiro else (),
        period=Period(period_from=told.period_from, period_to=told.period_to),
        buyer_reference=told.reference,
        contract_reference=told.booking,
    )


def _party(name: str, number: str) -> Party:
    return Party(
        name=name,
        organisation_number=number,
        vat_number=f"SE{number}01",
        endpoint_scheme="0007",
        endpoint=number,
        country="SE",
    )


def _lines(statement: Statement) -> Iterator[Line]:
    asked = [line for line in statement.lines if line.amount_ore]
    for number, line in enumerate(asked, start=1):
        quantity, unit, price = _price(line.quantity, line.unit, line.rate, line.amount_ore)
        yield Line(
            number=str(number),
            text=line.label,
            quantity=quantity,
            unit=unit,
            price=price,
            amount_ore=line.amount_ore,
            vat_code=VatCategory.EXEMPT,
            vat_percent=Decimal(0),
        )


def _price(quantity: str, unit: str, rate: str, amount_ore: int) -> tuple[Decimal, str, Decimal]:
    """Return hours and price where they give exactly the amount, else one of the amount; no price is below 0."""
    hours = Fraction(quantity)
    exact = hours * int(rate) == amount_ore and _ends(hours.denominator)
    if unit == "hour" and exact and amount_ore > 0:
        return Decimal(hours.numerator) / hours.denominator, HOURS, Decimal(int(rate)) / _ORE
    sign = -1 if amount_ore < 0 else 1
    return Decimal(sign), ONE, Decimal(abs(amount_ore)) / _ORE


def _ends(denominator: int) -> bool:
    """Return whether a fraction with a denominator is a decimal with few digits."""
    return 10_000 % denominator == 0
