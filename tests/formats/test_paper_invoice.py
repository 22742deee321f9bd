"""An invoice typed from paper becomes what an e-invoice is, or every wrong field is told."""

from datetime import date
from decimal import Decimal

import pytest

from timvis.core.invoice.checks import objections
from timvis.core.invoice.known import seller_number
from timvis.core.invoice.records import DocumentKind, Invoice, Period
from timvis.formats.paper_invoice.read import read

FORM = {
    "supplier_number": "559900-0105",
    "supplier_name": "Ekot AB",
    "number": "P-17",
    "issued_on": "2024-04-03",
    "due_on": "2024-05-03",
    "period_from": "2024-03-01",
    "period_to": "2024-03-31",
    "buyer_reference": "SVA-4711",
    "account_kind": "bankgiro",
    "account": "5050-1055",
    "payable": "36 300,00",
    "f_tax": "ja",
    "lines": [{"text": "Assistans", "hours": "110", "price": "330", "amount": "36 300,00", "month": "2024-03"}],
}


def invoice(**says: object) -> Invoice:
    found = read({**FORM, **says})
    assert isinstance(found, Invoice), found
    return found


def faults(**says: object) -> list[tuple[str, object, object]]:
    found = read({**FORM, **says})
    assert isinstance(found, tuple)
    return [(fault.code, fault.column, fault.line) for fault in found]


def test_hours_price_and_month_are_read_as_people_write_them() -> None:
    (line,) = invoice().lines

    assert (line.quantity, line.unit, line.price, line.amount_ore) == (Decimal(110), "HUR", Decimal(330), 3_630_000)
    assert line.period == Period(period_from=date(2024, 3, 1), period_to=date(2024, 4, 1))
    assert objections(invoice()) == ()


def test_what_is_no_time_is_one_of_its_amount() -> None:
    (line,) = invoice(lines=[{"text": "Sjuklön", "amount": "36300"}]).lines

    assert (line.quantity, line.unit, line.price) == (Decimal(1), "EA", Decimal(36_300))


def test_a_credit_note_says_what_it_credits() -> None:
    bill = invoice(kind="credit_note", credits="P-16")

    assert (bill.kind, bill.credits, bill.to_pay_ore) == (DocumentKind.CREDIT_NOTE, ("P-16",), -3_630_000)


def test_vat_on_the_paper_is_asked_about() -> None:
    bill = invoice(vat="9 075,00", payable="45 375,00")

    assert {"vat_is_charged"} <= {each.code for each in objections(bill)}


def test_an_own_employer_sells_under_a_personal_number() -> None:
    assert seller_number(invoice(supplier_number="19800215-2380")) == "198002152380"


@pytest.mark.parametrize(
    ("says", "fault"),
    [
        ({"number": " "}, ("field_is_missing", "number", None)),
        ({"issued_on": "3 april"}, ("day_is_wrong", "issued_on", None)),
        ({"supplier_number": "559900-0106"}, ("organisation_number_is_wrong", "supplier_number", None)),
        ({"payable": "1,234"}, ("amount_is_wrong", "payable", None)),
        ({"account_kind": ""}, ("account_kind_is_missing", "account_kind", None)),
        ({"lines": []}, ("no_lines", "lines", None)),
        ({"lines": [{"text": "", "amount": "36300"}]}, ("field_is_missing", "text", None)),
        ({"lines": [{"text": "x", "amount": "36300", "hours": "många"}]}, ("number_is_wrong", "hours", 1)),
        ({"lines": [{"text": "x", "amount": "36300", "month": "mars"}]}, ("month_is_wrong", "month", 1)),
    ],
)
def test_each_wrong_field_is_told_where_it_stands(says: dict[str, object], fault: tuple[str, object, object]) -> None:
    assert fault in faults(**says)


def test_every_wrong_field_is_told_at_once_and_no_number_is_repeated() -> None:
    found = read({**FORM, "number": "", "due_on": "198002152380", "payable": "x"})

    assert isinstance(found, tuple)
    assert len(found) == 3
    assert all("2380" not in fault.message for fault in found)


def test_a_field_that_is_not_on_the_form_is_refused() -> None:
    assert [code for code, _column, _line in faults(bank="x")] == ["unknown_key"]
