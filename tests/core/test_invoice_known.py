"""What our registers say of an invoice."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.core.invoices import EKOT_NUMBER, NOVEMBER, invoice, line, supplier, way
from timvis.core.invoice.checks import objections
from timvis.core.invoice.known import (
    AgreedPrice,
    EarlierInvoice,
    Known,
    KnownMonth,
    KnownSupplier,
    not_asked,
)
from timvis.core.invoice.records import Invoice, Period
from timvis.core.payment import AccountKind, PayeeAccount
from timvis.core.quantities import Minutes, Ore
from timvis.core.review.rule import Severity

EKOTS_BANKGIRO = PayeeAccount(kind=AccountKind.BANKGIRO, number="50501055")
EKOT = KnownSupplier(organisation_number=EKOT_NUMBER, accounts=(EKOTS_BANKGIRO,))
PRICE = AgreedPrice(supplier_number=EKOT_NUMBER, ore_per_hour=Decimal(33_260), valid_from=date(2025, 1, 1))


def codes(bill: Invoice, **registers: Any) -> list[str]:
    return [each.code for each in objections(bill, Known(**registers))]


def earlier(**changes: Any) -> EarlierInvoice:
    fields: dict[str, Any] = {
        "supplier_number": EKOT_NUMBER,
        "number": "2025-0900",
        "payable_ore": Ore(1),
        "due_on": date(2025, 12, 4),
        "content_digest": "",
    }
    return EarlierInvoice(**(fields | changes))


def month(**changes: Any) -> KnownMonth:
    return KnownMonth(supplier_number=EKOT_NUMBER, month_on=date(2025, 11, 1), **changes)


# --- the seller and its account -----------------------------------------------------------------------


def test_a_known_seller_with_its_registered_giro_is_let_through() -> None:
    assert codes(invoice(), suppliers=(EKOT,)) == []
    assert codes(invoice(supplier=supplier(organisation_number="559900-0105")), suppliers=(EKOT,)) == []


def test_an_unknown_seller_stops() -> None:
    assert codes(invoice(), suppliers=()) == ["seller_is_unknown"]


def test_a_changed_account_stops_and_is_named() -> None:
    found = objections(invoice(ways_to_pay=(way(account="991-2346"),)), Known(suppliers=(EKOT,)))

    assert [(each.code, each.severity) for each in found] == [("account_is_not_registered", Severity.STOPS)]
    assert "bankgiro 991-2346" in found[0].message


def test_another_account_beside_the_registered_one_is_told() -> None:
    bill = invoice(ways_to_pay=(way(), way(account="991-2346")))

    assert "another_account_is_offered" in codes(bill, suppliers=(EKOT,))


def test_a_bank_account_is_not_written_out() -> None:
    bill = invoice(ways_to_pay=(way(kind=AccountKind.BANK_ACCOUNT, account="3300 800215-2380"),))

    (found,) = [each for each in objections(bill, Known(suppliers=(EKOT,))) if each.severity is Severity.STOPS]

    assert "3300-…" in found.message
    assert "2380" not in found.message


def test_a_reference_that_is_not_ours_is_asked_about() -> None:
    assert codes(invoice(), references=frozenset({"ANS4712"})) == ["buyer_reference_is_unknown"]
    assert codes(invoice(), references=frozenset({"ANS4711"})) == []


# --- duplicates ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", ["2025-1001", "20251001", "02025 1001"])
def test_the_same_number_once_more_stops(number: str) -> None:
    assert codes(invoice(), earlier=(earlier(number=number),)) == ["invoice_number_has_come_before"]


def test_the_same_content_under_a_new_number_stops() -> None:
    digest = invoice(number="2025-0900", due_on=date(2025, 12, 24)).content_digest

    assert codes(invoice(), earlier=(earlier(content_digest=digest),)) == ["content_has_come_before"]


def test_the_same_amount_and_due_day_is_asked_about() -> None:
    like = earlier(payable_ore=Ore(7_067_750), due_on=date(2026, 1, 4))

    assert codes(invoice(), earlier=(like,)) == ["amount_and_due_day_have_come_before"]


def test_another_sellers_invoice_with_the_same_number_is_no_duplicate() -> None:
    assert codes(invoice(), earlier=(earlier(number="2025-1001", supplier_number="5599000204"),)) == []


def test_the_next_months_hours_are_other_content() -> None:
    december = Period(period_from=date(2025, 12, 1), period_to=date(2026, 1, 1))

    assert invoice().content_digest != invoice(period=december).content_digest
    assert invoice().content_digest == invoice(line(quantity=Decimal("212.5"))).content_digest


# --- prices -------------------------------------------------------------------------------------------


def test_the_agreed_price_is_let_through_by_the_hour_and_by_the_minute() -> None:
    # 332,40 kr an hour = 5,54 kr a minute
    minutes = line(quantity=Decimal(100), unit="MIN", price=Decimal("5.54"), amount_ore=Ore(55_400))
    by_the_minute = AgreedPrice(supplier_number=EKOT_NUMBER, ore_per_hour=Decimal(33_240), valid_from=date(2025, 1, 1))

    assert codes(invoice(), prices=(PRICE,)) == []
    assert codes(invoice(minutes), prices=(by_the_minute,)) == []


def test_another_price_than_the_agreements_stops() -> None:
    dearer = AgreedPrice(supplier_number=EKOT_NUMBER, ore_per_hour=Decimal(33_200), valid_from=date(2025, 1, 1))

    found = objections(invoice(), Known(prices=(dearer,)))

    assert [each.code for each in found] == ["price_is_not_agreed"]
    assert "332,60" in found[0].message
    assert "332,00" in found[0].message


def test_the_price_is_that_of_the_day_of_the_work() -> None:
    # The agreement's price is raised on 1 December; the invoice of 5 December is about November.
    old = AgreedPrice(
        supplier_number=EKOT_NUMBER,
        ore_per_hour=Decimal(33_260),
        valid_from=date(2025, 1, 1),
        valid_to=date(2025, 12, 1),
    )
    new = AgreedPrice(supplier_number=EKOT_NUMBER, ore_per_hour=Decimal(34_000), valid_from=date(2025, 12, 1))

    assert codes(invoice(), prices=(old, new)) == []
    assert codes(invoice(period=Period()), prices=(old, new)) == ["price_is_not_agreed", "period_is_missing"]


def test_a_price_that_changes_inside_the_period_asks_for_two_lines() -> None:
    old = AgreedPrice(
        supplier_number=EKOT_NUMBER,
        ore_per_hour=Decimal(33_260),
        valid_from=date(2025, 1, 1),
        valid_to=date(2025, 11, 15),
    )
    new = AgreedPrice(supplier_number=EKOT_NUMBER, ore_per_hour=Decimal(34_000), valid_from=date(2025, 11, 15))

    assert codes(invoice(), prices=(old, new)) == ["price_changed_in_period"]


def test_a_day_without_agreed_price_is_asked_about() -> None:
    late = AgreedPrice(supplier_number=EKOT_NUMBER, ore_per_hour=Decimal(33_260), valid_from=date(2025, 12, 1))

    assert codes(invoice(), prices=(late,)) == ["price_is_not_known"]


# --- hours --------------------------------------------------------------------------------------------


def test_hours_that_were_granted_and_performed_are_let_through() -> None:
    # 212,5 h = 12 750 min
    right = month(granted_minutes=Minutes(12_750), performed_minutes=Minutes(12_750))

    assert codes(invoice(), months=(right,)) == []


def test_a_hundred_and_twenty_hours_billed_of_a_hundred_and_ten_granted_asks_for_a_new_invoice() -> None:
    # 120 h × 332,60 kr = 39 912,00 kr; 110 h = 6 600 min
    billed = invoice(line(quantity=Decimal(120), amount_ore=Ore(3_991_200)))

    found = objections(billed, Known(months=(month(granted_minutes=Minutes(6_600)),)))

    assert [(each.code, each.severity) for each in found] == [("more_hours_than_granted", Severity.STOPS)]
    assert "120,00 timmar" in found[0].message
    assert "110,00" in found[0].message
    assert "ny faktura" in found[0].message


@pytest.mark.parametrize("performed", [12_749, 12_751])
def test_other_hours_than_the_time_report_stop(performed: int) -> None:
    assert codes(invoice(), months=(month(performed_minutes=Minutes(performed)),)) == ["other_hours_than_performed"]


def test_two_lines_of_a_month_are_compared_together() -> None:
    # 100 h + 12,5 h = 112,5 h = 6 750 min
    lines = (
        line(quantity=Decimal(100), amount_ore=Ore(3_326_000)),
        line(number="2", quantity=Decimal("12.5"), amount_ore=Ore(415_750)),
    )

    assert codes(invoice(*lines), months=(month(performed_minutes=Minutes(6_750)),)) == []


def test_each_month_is_judged_by_the_day_of_the_work() -> None:
    october = Period(period_from=date(2025, 10, 1), period_to=date(2025, 11, 1))
    lines = (
        line(quantity=Decimal(100), amount_ore=Ore(3_326_000), period=october),
        line(number="2", quantity=Decimal(10), amount_ore=Ore(332_600), period=NOVEMBER),
    )
    months = (
        month(granted_minutes=Minutes(600)),
        KnownMonth(supplier_number=EKOT_NUMBER, month_on=date(2025, 10, 1), granted_minutes=Minutes(5_999)),
    )

    found = objections(invoice(*lines), Known(months=months))

    assert [each.code for each in found] == ["more_hours_than_granted"]
    assert found[0].message.startswith("2025-10")


def test_a_line_over_two_months_cannot_be_compared() -> None:
    both = Period(period_from=date(2025, 10, 1), period_to=date(2025, 12, 1))

    assert codes(invoice(period=both), months=(month(granted_minutes=Minutes(1)),)) == ["line_spans_months"]


def test_a_month_we_know_nothing_of_is_asked_about() -> None:
    assert codes(invoice(), months=()) == ["hours_are_not_known"]


# --- registers that were not asked --------------------------------------------------------------------


def test_a_register_that_was_not_asked_says_nothing_and_is_named() -> None:
    assert codes(invoice()) == []
    assert len(not_asked(Known())) == 5
    assert not_asked(Known(suppliers=(), references=frozenset(), earlier=(), prices=(), months=())) == ()
