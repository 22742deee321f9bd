"""Whether an invoice adds up, to the öre."""

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.invoices import exempt, invoice, line, totals
from timvis.core.invoice import arithmetic
from timvis.core.invoice.records import Adjustment, Invoice, Line, VatTotal
from timvis.core.quantities import Ore

STANDARD = {"vat_code": "S", "vat_percent": Decimal(25)}


def codes(bill: Invoice) -> list[str]:
    return [each.code for each in arithmetic.objections(bill)]


def with_vat(amount: int, vat: int) -> dict[str, Any]:
    """Return the sums of an invoice with 25 % VAT on an amount."""
    return {
        "vat_totals": (VatTotal(code="S", percent=Decimal(25), taxable_ore=Ore(amount), vat_ore=Ore(vat)),),
        "totals": totals(amount, vat_ore=vat, with_vat_ore=amount + vat, payable_ore=amount + vat),
    }


def test_a_right_invoice_adds_up() -> None:
    assert codes(invoice()) == []


@pytest.mark.parametrize("amount", [7_067_749, 7_067_751, 0, -7_067_750])
def test_a_line_an_ore_off_its_hours_times_its_price_is_objected_to(amount: int) -> None:
    assert "line_amount_is_wrong" in codes(invoice(line(amount_ore=Ore(amount))))


@pytest.mark.parametrize("amount", [33, 34])
def test_at_half_an_ore_both_neighbours_are_right(amount: int) -> None:
    # 0,5 × 0,67 kr = 33,5 öre
    half = line(quantity=Decimal("0.5"), price=Decimal("0.67"), amount_ore=Ore(amount))

    assert codes(invoice(half)) == []


def test_a_price_for_sixty_minutes_is_a_price_for_an_hour() -> None:
    # 90 min × 332,60 kr / 60 = 498,90 kr
    minutes = line(quantity=Decimal(90), unit="MIN", base_quantity=Decimal(60), amount_ore=Ore(49_890))

    assert codes(invoice(minutes)) == []


def test_a_price_for_nothing_is_objected_to() -> None:
    assert codes(invoice(line(base_quantity=Decimal(0)))) == ["base_quantity_is_wrong"]


def test_a_line_counts_its_own_deductions_and_additions() -> None:
    # 70 677,50 − 100,00 + 20,00
    changed = line(deducted_ore=Ore(10_000), added_ore=Ore(2_000), amount_ore=Ore(7_059_750))

    assert codes(invoice(changed)) == []


@pytest.mark.parametrize(
    ("field", "code"),
    [
        ("lines_ore", "line_sum_is_wrong"),
        ("deducted_ore", "deduction_sum_is_wrong"),
        ("added_ore", "addition_sum_is_wrong"),
        ("without_vat_ore", "sum_without_vat_is_wrong"),
        ("vat_ore", "vat_sum_is_wrong"),
        ("with_vat_ore", "sum_with_vat_is_wrong"),
        ("payable_ore", "payable_is_wrong"),
        ("prepaid_ore", "payable_is_wrong"),
        ("rounding_ore", "payable_is_wrong"),
    ],
)
def test_a_sum_an_ore_off_is_objected_to(field: str, code: str) -> None:
    right = invoice()
    wrong = replace(right, totals=replace(right.totals, **{field: Ore(getattr(right.totals, field) + 1)}))

    assert code in codes(wrong)


def test_deductions_and_additions_on_the_whole_invoice_are_counted() -> None:
    # 70 677,50 − 500,00 + 30,00 = 70 207,50
    bill = invoice(
        adjustments=(
            Adjustment(is_deduction=True, amount_ore=Ore(50_000), vat_code="E", vat_percent=Decimal(0)),
            Adjustment(is_deduction=False, amount_ore=Ore(3_000), vat_code="E", vat_percent=Decimal(0)),
        ),
        vat_totals=(exempt(7_020_750),),
        totals=totals(7_020_750, lines_ore=Ore(7_067_750), deducted_ore=Ore(50_000), added_ore=Ore(3_000)),
    )

    assert codes(bill) == []


def test_vat_is_counted_to_the_ore_though_the_official_rules_let_it_be_a_krona_off() -> None:
    # 25 % of 11 920,00 kr = 2 980,00 kr
    hired = line(**STANDARD, quantity=Decimal(40), price=Decimal(298), amount_ore=Ore(1_192_000))

    assert codes(invoice(hired, **with_vat(1_192_000, 298_000))) == []
    assert codes(invoice(hired, **with_vat(1_192_000, 298_001))) == ["vat_amount_is_wrong"]


def test_vat_on_another_amount_than_the_lines_hold_is_objected_to() -> None:
    assert codes(invoice(vat_totals=(exempt(7_067_751),))) == ["taxable_sum_is_wrong"]


def test_lines_whose_vat_is_not_summed_are_objected_to() -> None:
    assert codes(invoice(vat_totals=())) == ["vat_total_is_missing"]


quantities = st.decimals(min_value=0, max_value=10_000, places=2)
prices = st.decimals(min_value=0, max_value=10_000, places=4)


@given(st.lists(st.tuples(quantities, prices), min_size=1, max_size=8))
def test_whatever_is_billed_adds_up_when_each_line_is_rounded(rows: list[tuple[Decimal, Decimal]]) -> None:
    lines = [_rounded(quantity, price) for quantity, price in rows]

    assert codes(invoice(*lines)) == []


@given(quantities, prices, st.integers(min_value=-1_000_000, max_value=1_000_000))
def test_no_line_two_ore_off_is_let_through(quantity: Decimal, price: Decimal, off: int) -> None:
    right = _rounded(quantity, price)
    moved = replace(right, amount_ore=Ore(right.amount_ore + off))

    assert ("line_amount_is_wrong" in codes(invoice(moved))) or abs(off) <= 1


def _rounded(quantity: Decimal, price: Decimal) -> Line:
    exact = 100 * quantity * price
    return line(quantity=quantity, price=price, amount_ore=Ore(int(exact.quantize(Decimal(1), ROUND_HALF_UP))))
