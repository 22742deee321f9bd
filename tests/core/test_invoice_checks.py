"""What is wrong with an invoice by itself, apart from its figures."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.core.invoices import exempt, invoice, line, supplier, totals, way
from timvis.core import invoice as invoice_package
from timvis.core.invoice.checks import may_be_paid, objections
from timvis.core.invoice.headings import HEADINGS
from timvis.core.invoice.records import DocumentKind, Invoice, Period
from timvis.core.payment import AccountKind
from timvis.core.review.rule import Severity

ALMA_NUMBER = "198002152380"
INVOICE = Path(invoice_package.__path__[0])


def codes(bill: Invoice) -> set[str]:
    return {each.code for each in objections(bill)}


def test_nothing_is_held_against_a_right_invoice() -> None:
    assert objections(invoice()) == ()


# --- numbers ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seller", "code"),
    [
        ({"organisation_number": "5599000106"}, "organisation_number_is_wrong"),
        ({"organisation_number": "55990001"}, "organisation_number_is_wrong"),
        ({"organisation_number": ""}, "organisation_number_is_missing"),
        ({"vat_number": "SE559900010601"}, "vat_number_is_wrong"),
        ({"vat_number": "SE559900020401"}, "vat_number_is_another"),
        ({"tax_registration": ""}, "f_tax_is_not_told"),
        ({"tax_registration": "F-skatt"}, "f_tax_text_is_wrong"),
        ({"organisation_number": ALMA_NUMBER, "vat_number": ""}, "seller_is_a_person"),
    ],
)
def test_a_swedish_sellers_numbers_are_checked(seller: dict[str, str], code: str) -> None:
    assert codes(invoice(supplier=supplier(**seller))) == {code}


def test_f_tax_may_be_told_in_any_case() -> None:
    assert codes(invoice(supplier=supplier(tax_registration="GODKÄND FÖR  F-SKATT"))) == set()


def test_a_municipality_pays_no_income_tax_and_is_not_asked_for_f_tax() -> None:
    town = supplier(organisation_number="2120009010", vat_number="SE212000901001", tax_registration="")

    assert codes(invoice(supplier=town)) == set()


def test_a_foreign_sellers_numbers_are_its_own_countrys() -> None:
    assert codes(invoice(supplier=supplier(country="DK", organisation_number="x", tax_registration=""))) == set()


@pytest.mark.parametrize(
    ("kind", "account"),
    [
        (AccountKind.BANKGIRO, "50501055"),
        (AccountKind.BANKGIRO, "5050-1055"),
        (AccountKind.BANKGIRO, "991-2346"),
        (AccountKind.PLUSGIRO, "28 65 43-4"),
        (AccountKind.PLUSGIRO, "2865434"),
    ],
)
def test_a_giro_is_right_with_hyphens_and_without(kind: AccountKind, account: str) -> None:
    assert codes(invoice(ways_to_pay=(way(kind=kind, account=account),))) == set()


@pytest.mark.parametrize(
    ("kind", "account", "code"),
    [
        (AccountKind.BANKGIRO, "5050-1056", "bankgiro_is_wrong"),
        (AccountKind.BANKGIRO, "5050-105", "bankgiro_is_wrong"),
        (AccountKind.BANKGIRO, "SE5050", "bankgiro_is_wrong"),
        (AccountKind.PLUSGIRO, "28 65 43-5", "plusgiro_is_wrong"),
        (AccountKind.IBAN, "SE35 5000 0000 0549 1000 0004", "iban_is_wrong"),
    ],
)
def test_an_account_with_a_wrong_check_digit_stops(kind: AccountKind, account: str, code: str) -> None:
    found = objections(invoice(ways_to_pay=(way(kind=kind, account=account),)))

    assert [each.code for each in found] == [code]
    assert not may_be_paid(found)


def test_an_ocr_number_with_a_wrong_check_digit_stops() -> None:
    found = objections(invoice(ways_to_pay=(way(reference="20241106"),)))

    assert [(each.code, each.severity) for each in found] == [("ocr_is_wrong", Severity.STOPS)]


@pytest.mark.parametrize("reference", ["20251001", "2025-1001", "Faktura 17", ""])
def test_the_invoices_own_number_and_words_are_no_ocr_numbers(reference: str) -> None:
    assert codes(invoice(ways_to_pay=(way(reference=reference),))) == set()


def test_an_invoice_without_account_and_one_with_several_are_told() -> None:
    other = way(kind=AccountKind.PLUSGIRO, account="286543-4")

    assert codes(invoice(ways_to_pay=())) == {"account_is_missing"}
    assert codes(invoice(ways_to_pay=(way(), other))) == {"several_accounts"}
    assert codes(invoice(ways_to_pay=(way(), way(account="50501055")))) == set()


# --- days and references ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("due_on", "expected"),
    [
        (date(2026, 1, 4), set()),  # thirty days after 5 December
        (date(2026, 1, 3), {"term_is_short"}),
        (date(2025, 12, 5), {"term_is_short"}),
        (date(2025, 12, 4), {"due_before_invoice"}),
        (None, {"due_day_is_missing"}),
    ],
)
def test_thirty_days_is_what_an_authority_has(due_on: date | None, expected: set[str]) -> None:
    assert codes(invoice(due_on=due_on)) == expected


def test_without_due_day_interest_is_told_from_the_thirtieth_day() -> None:
    (found,) = objections(invoice(due_on=None))

    assert "2026-01-04" in found.message
    assert found.severity is Severity.INFORMS


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        (Period(), {"period_is_missing"}),
        (Period(period_from=date(2025, 11, 1), period_to=date(2026, 1, 1)), {"billed_ahead"}),
        (Period(period_from=date(2025, 11, 1), period_to=date(2025, 12, 6)), set()),
        (Period(period_from=date(2025, 11, 2), period_to=date(2025, 11, 1)), {"period_is_backwards"}),
    ],
)
def test_what_is_billed_has_been(period: Period, expected: set[str]) -> None:
    assert codes(invoice(period=period)) == expected


def test_a_line_may_tell_the_period_alone() -> None:
    billed = Period(period_from=date(2025, 10, 1), period_to=date(2025, 11, 1))

    assert codes(invoice(line(period=billed), period=Period())) == set()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"buyer_reference": ""}, "buyer_reference_is_missing"),
        ({"currency": "EUR"}, "currency_is_not_kronor"),
        ({"kind": DocumentKind.CREDIT_NOTE}, "credited_invoice_is_missing"),
    ],
)
def test_what_leads_an_invoice_right_is_asked_for(changes: dict[str, Any], code: str) -> None:
    assert codes(invoice(**changes)) == {code}


def test_a_credit_that_names_its_invoice_is_money_back() -> None:
    credit = invoice(kind=DocumentKind.CREDIT_NOTE, credits=("2025-1000",), due_on=None, ways_to_pay=())

    assert codes(credit) == set()
    assert credit.to_pay_ore == -7_067_750


def test_an_invoice_below_zero_is_a_credit_as_well() -> None:
    back = line(quantity=Decimal("-1"), price=Decimal(100), amount_ore=-10_000)

    assert codes(invoice(back)) == {"credited_invoice_is_missing"}


# --- VAT of care --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"reason_code": ""}, "exemption_has_no_reason"),
        ({"code": "O", "reason_code": ""}, "exemption_has_no_reason"),
        ({"vat_ore": 100}, "exempt_but_charged"),
        ({"percent": Decimal(25)}, "exempt_but_charged"),
        ({"code": "S", "percent": Decimal(25)}, "vat_is_charged"),
        ({"code": "AE"}, "vat_category_is_unusual"),
    ],
)
def test_care_is_exempt_from_vat_and_says_why(change: dict[str, Any], code: str) -> None:
    assert code in codes(invoice(vat_totals=(exempt(7_067_750, **change),)))


def test_care_outside_vat_says_so_with_a_reason() -> None:
    outside = exempt(7_067_750, code="O", percent=None, reason="Utanför moms", reason_code="")

    assert codes(invoice(line(vat_code="O", vat_percent=None), vat_totals=(outside,))) == set()


# --- personal numbers ---------------------------------------------------------------------------------


@pytest.mark.parametrize("written", [ALMA_NUMBER, "19800215-2380", "800215-2380", "8002152380", f"Alma {ALMA_NUMBER}."])
@pytest.mark.parametrize("field", ["notes", "buyer_reference", "line", "reference"])
def test_a_personal_number_in_any_text_is_found_and_never_repeated(written: str, field: str) -> None:
    bill = {
        "notes": lambda: invoice(notes=(f"Avser {written}",)),
        "buyer_reference": lambda: invoice(buyer_reference=written),
        "line": lambda: invoice(line(text=written)),
        "reference": lambda: invoice(ways_to_pay=(way(reference=f"Kund {written}"),)),
    }[field]()

    found = objections(bill)

    assert [each.code for each in found] == ["personal_number_in_text"]
    assert "2380" not in found[0].message


def test_a_personal_number_for_a_line_number_is_not_shown_by_another_objection() -> None:
    found = objections(invoice(line(number=ALMA_NUMBER, amount_ore=7_067_751)))

    assert found
    assert all(ALMA_NUMBER not in each.message + each.line for each in found)


# --- together -----------------------------------------------------------------------------------------


def test_the_heaviest_comes_first() -> None:
    bill = invoice(due_on=None, buyer_reference="", totals=totals(7_067_750, payable_ore=1))

    assert [each.severity for each in objections(bill)] == [Severity.STOPS, Severity.ASKS, Severity.INFORMS]


def test_every_objection_has_a_heading() -> None:
    texts = [path.read_text(encoding="utf-8") for path in INVOICE.glob("*.py")]
    raised = {code for text in texts for code in re.findall(r'(?:stops|asks|informs)\(\s*"(\w+)"', text)}
    counted = {code for text in texts for code in re.findall(r'^\s+\(?"(\w+_is_wrong)"', text, re.MULTILINE)}

    assert raised | counted <= set(HEADINGS)
