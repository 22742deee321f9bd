"""Our own e-invoices: what is written is read back as it was, and no rule objects."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.formats.test_peppol_official import rules
from timvis.core.invoice.checks import objections
from timvis.core.invoice.of_fee import FeeInvoice, invoice_of
from timvis.core.invoice.records import DocumentKind, Invoice
from timvis.core.quantities import Ore, OrePerHour, Parts, pay_for
from timvis.core.statement import Line, Statement
from timvis.formats.peppol_invoice.document import parse
from timvis.formats.peppol_invoice.read import read
from timvis.formats.peppol_invoice.write import NotWritten, write

TOLD = FeeInvoice(
    number="osthammar-V1-1",
    booking="osthammar-V1",
    issued_on=date(2026, 3, 16),
    seller_name="Östhammars kommun",
    seller_number="2120009010",
    buyer_name="Ekot AB & Co <Norr>",
    buyer_number="5599000105",
    reference="EK-77",
    period_from=date(2026, 3, 8),
    period_to=date(2026, 3, 10),
    bankgiro="50501055",
)


def a_line(code: str, quantity: Fraction, unit: str, rate: int, amount: int) -> Line:
    return Line(
        code=code, label="Kommunens vikarie", quantity=str(quantity), unit=unit, rate=str(rate), amount_ore=Ore(amount)
    )


def a_statement(*lines: Line) -> Statement:
    return Statement(kind="substitute_fee", lines=lines, law_rows=(), settings=(), inputs_digest="x")


@st.composite
def fees(draw: st.DrawFn) -> Statement:
    lines: list[Line] = []
    for minutes, factor, rate, kept in draw(
        st.lists(
            st.tuples(st.integers(1, 10_000), st.sampled_from([28, 7, 4]), st.integers(1, 60_000), st.fractions(0, 1)),
            min_size=1,
            max_size=4,
        )
    ):
        parts = minutes * factor
        most = pay_for(Parts(parts), OrePerHour(rate))
        lines.append(a_line("substitute_hours", Fraction(parts, 28 * 60), "hour", rate, most))
        lines.append(a_line("provider_cost", Fraction(1), "cost", -int(most * kept), -int(most * kept)))
    return a_statement(*lines)


@settings(deadline=None)
@given(fees().filter(lambda fee: fee.total_ore > 0))
def test_what_is_written_is_read_back_and_sums_to_the_fee(fee: Statement) -> None:
    told = invoice_of(fee, TOLD)

    found = read(write(told))

    assert isinstance(found, Invoice), found
    assert found == told
    assert found.totals.payable_ore == fee.total_ore == sum(line.amount_ore for line in found.lines)
    assert objections(found) == ()


@settings(deadline=None, max_examples=15)
@given(fees().filter(lambda fee: fee.total_ore > 0))
def test_no_official_rule_objects_to_what_is_written(fee: Statement) -> None:
    root = parse(write(invoice_of(fee, TOLD)))

    assert isinstance(root, etree._Element)
    judged = rules().judge(root)
    assert judged.is_complete
    assert judged.failed == ()


def test_hours_stand_with_their_price_where_that_is_exact_and_else_as_one_amount() -> None:
    exact = a_line("substitute_hours", Fraction(33, 4), "hour", 34_770, 286_853)  # 8,25 × 347,70 = 2 868,525
    whole = a_line("substitute_hours", Fraction(8), "hour", 34_770, 278_160)

    lines = invoice_of(a_statement(whole, exact), TOLD).lines

    assert [(line.quantity, line.unit, line.price) for line in lines] == [
        (Decimal(8), "HUR", Decimal("347.7")),
        (Decimal(1), "C62", Decimal("2868.53")),
    ]


def test_lines_that_ask_for_nothing_stay_out_and_a_fee_of_nothing_is_no_invoice() -> None:
    nothing = a_line("no_fee", Fraction(8), "hour", 0, 0)
    whole = a_line("substitute_hours", Fraction(8), "hour", 34_770, 278_160)

    assert len(invoice_of(a_statement(nothing, whole), TOLD).lines) == 1
    with pytest.raises(ValueError, match="nothing is asked for"):
        invoice_of(a_statement(nothing), TOLD)


def test_what_our_invoices_never_hold_is_not_written_by_halves() -> None:
    whole = a_line("substitute_hours", Fraction(8), "hour", 34_770, 278_160)
    told = invoice_of(a_statement(whole), TOLD)
    credit = Invoice(**{name: getattr(told, name) for name in told.__slots__} | {"kind": DocumentKind.CREDIT_NOTE})

    with pytest.raises(NotWritten):
        write(credit)
