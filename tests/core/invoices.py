"""An invoice from Ekot AB to start from, right in everything, and what a test needs to change in it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from timvis.core.invoice.records import (
    DocumentKind,
    Invoice,
    Line,
    Party,
    PaymentWay,
    Period,
    Totals,
    VatTotal,
)
from timvis.core.payment import AccountKind
from timvis.core.quantities import Ore

EKOT_NUMBER = "5599000105"
NOVEMBER = Period(period_from=date(2025, 11, 1), period_to=date(2025, 12, 1))

EKOT = Party(
    name="Ekot AB",
    organisation_number=EKOT_NUMBER,
    vat_number=f"SE{EKOT_NUMBER}01",
    tax_registration="Godkänd för F-skatt",
    country="SE",
)
BANKGIRO = PaymentWay(code="30", kind=AccountKind.BANKGIRO, account="5050-1055", reference="20241105")

# 212,5 h × 332,60 kr = 70 677,50 kr
HOURS = Line(
    number="1",
    text="Personlig assistans",
    quantity=Decimal("212.50"),
    unit="HUR",
    price=Decimal("332.60"),
    amount_ore=Ore(7_067_750),
    vat_code="E",
    vat_percent=Decimal(0),
)


def line(**changes: Any) -> Line:
    """Return the line of hours with something changed."""
    return replace(HOURS, **changes)


def totals(amount: int, **changes: Any) -> Totals:
    """Return sums that follow from lines of an amount, without VAT, with something changed."""
    sums = Totals(
        lines_ore=Ore(amount),
        deducted_ore=Ore(0),
        added_ore=Ore(0),
        without_vat_ore=Ore(amount),
        vat_ore=Ore(0),
        with_vat_ore=Ore(amount),
        prepaid_ore=Ore(0),
        rounding_ore=Ore(0),
        payable_ore=Ore(amount),
    )
    return replace(sums, **changes)


def exempt(amount: int, **changes: Any) -> VatTotal:
    """Return the exempt total of an amount, with something changed."""
    total = VatTotal(
        code="E", percent=Decimal(0), taxable_ore=Ore(amount), vat_ore=Ore(0), reason_code="VATEX-EU-132-1G"
    )
    return replace(total, **changes)


def invoice(*lines: Line, **changes: Any) -> Invoice:
    """Return an invoice that adds up with its lines, the hours when none is given, with something changed."""
    billed = lines or (HOURS,)
    amount = sum(each.amount_ore for each in billed)
    whole = Invoice(
        kind=DocumentKind.INVOICE,
        number="2025-1001",
        issued_on=date(2025, 12, 5),
        due_on=date(2026, 1, 4),
        currency="SEK",
        supplier=EKOT,
        buyer=Party(name="Ekköpings kommun", organisation_number="2120009010", country="SE"),
        totals=totals(amount),
        lines=billed,
        vat_totals=(exempt(amount),),
        ways_to_pay=(BANKGIRO,),
        period=NOVEMBER,
        buyer_reference="ANS4711",
    )
    return replace(whole, **changes)


def supplier(**changes: Any) -> Party:
    """Return Ekot AB with something changed."""
    return replace(EKOT, **changes)


def way(**changes: Any) -> PaymentWay:
    """Return Ekot's bankgiro with something changed."""
    return replace(BANKGIRO, **changes)
