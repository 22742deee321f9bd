"""An invoice is its summary's to the öre, or it stops and says by how much."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from tests.core.invoices import invoice, line
from timvis.core.invoice.by_summary import BySummary, PriceHours, SentSummary, objections
from timvis.core.invoice.records import Invoice
from timvis.core.quantities import Ore

OCTOBER, NOVEMBER = date(2025, 10, 1), date(2025, 11, 1)

# 212,5 h × 332,60 kr = 70 677,50 kr
SENT = SentSummary(month_on=NOVEMBER, total_ore=Ore(7_067_750), prices=(PriceHours(rate="33260", hours="212.5"),))
BY = BySummary(months=(NOVEMBER,), sent=(SENT,))


def codes(bill: Invoice, by: BySummary = BY) -> list[str]:
    return [one.code for one in objections(bill, by)]


def test_an_invoice_that_is_the_summarys_has_nothing_against_it() -> None:
    assert codes(invoice()) == []


def test_one_ore_more_or_less_stops_and_is_told() -> None:
    more, less = (invoice(line(amount_ore=Ore(7_067_750 + ore))) for ore in (1, -1))

    assert codes(more) == codes(less) == ["other_amount_than_summary"]
    assert "0,01 kr mer" in next(objections(more, BY)).message
    assert "0,01 kr mindre" in next(objections(less, BY)).message


def test_hours_are_held_against_the_summarys_price_by_price() -> None:
    # The amount is right, but ten hours have moved to a dearer price that the summary has no hours at.
    by = replace(BY, sent=(replace(SENT, prices=(PriceHours(rate="33260", hours="202.5"),)),))

    [found] = objections(invoice(), by)

    assert found.code == "other_hours_than_summary"
    assert "212,50 timmar à 332,60 kr" in found.message
    assert "202,50" in found.message


def test_hours_with_two_decimals_are_those_of_the_summary_that_ends_between_them() -> None:
    # 212 h 32 min 30 s is 212,54 h on an invoice.
    by = replace(BY, sent=(replace(SENT, prices=(PriceHours(rate="33260", hours="5101/24"),)),))

    assert codes(invoice(line(quantity=Decimal("212.54"))), by) == []


def test_one_sum_for_everybody_is_held_against_the_amount_alone() -> None:
    bill = invoice(line(unit="C62", quantity=Decimal(1), price=Decimal("70677.50")))

    assert codes(bill) == []


def test_hours_that_end_in_no_decimal_may_be_billed_as_one_piece_beside_the_others() -> None:
    # A third of an hour à 332,60 is 110,8666… kr: one piece à 110,87.
    piece = line(number="2", unit="C62", quantity=Decimal(1), price=Decimal("110.87"), amount_ore=Ore(11_087))
    prices = (*SENT.prices, PriceHours(rate="33261", hours="1/3"))
    by = replace(BY, sent=(replace(SENT, total_ore=Ore(7_078_837), prices=prices),))

    assert codes(invoice(line(), piece), by) == []


def test_minutes_and_prices_per_several_units_are_the_same_hours() -> None:
    bill = invoice(line(unit="MIN", quantity=Decimal(12_750), price=Decimal("332.60"), base_quantity=Decimal(60)))

    assert codes(bill) == []


def test_no_invoice_before_the_summary_and_none_after_another() -> None:
    assert codes(invoice(), BySummary(months=(NOVEMBER,), sent=())) == ["summary_is_not_sent"]
    billed = replace(SENT, billed_before_ore=Ore(7_067_750))
    assert codes(invoice(), replace(BY, sent=(billed,))) == ["summary_is_billed_already"]


def test_an_invoice_for_two_months_is_held_against_both_summaries() -> None:
    october = SentSummary(month_on=OCTOBER, total_ore=Ore(100), prices=())

    found = codes(invoice(), BySummary(months=(OCTOBER, NOVEMBER), sent=(october, SENT)))

    assert found == ["other_amount_than_summary"]
    assert codes(invoice(), BySummary(months=(OCTOBER, NOVEMBER), sent=(SENT,))) == ["summary_is_not_sent"]
