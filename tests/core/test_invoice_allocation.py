"""Whose cost an invoice is: to the öre, by recipient and month, and matched with what was granted and performed."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.invoices import invoice, line, totals
from timvis.core.invoice.allocation import Share, faults_of, proposed
from timvis.core.invoice.matching import DecidedCost, PersonMonth, costs, hours, matches
from timvis.core.invoice.records import Period
from timvis.core.quantities import Minutes, Ore

MARCH = date(2024, 3, 1)


def share(number: int = 1, *, amount: int = 1_000, minutes: int | None = None, **says: object) -> Share:
    values: dict[str, object] = {"recipient": "R1", "month_on": MARCH, **says}
    return Share(
        number=number,
        amount_ore=Ore(amount),
        minutes=None if minutes is None else Minutes(minutes),
        **values,  # type: ignore[arg-type]  # a test names the fields it changes
    )


def month(**says: object) -> PersonMonth:
    return PersonMonth(recipient="R1", month_on=MARCH, **says)  # type: ignore[arg-type]  # as above


# --- the sum ------------------------------------------------------------------------------------------------


@given(st.lists(st.integers(min_value=1, max_value=10_000_000), min_size=1, max_size=20))
def test_shares_that_sum_to_the_ore_are_an_allocation(amounts: list[int]) -> None:
    shares = [share(number, amount=amount) for number, amount in enumerate(amounts, start=1)]

    assert faults_of(shares, sum(amounts)) == ()
    assert [fault.code for fault in faults_of(shares, sum(amounts) + 1)] == ["allocation_does_not_sum"]


def test_what_is_left_over_is_told_in_kronor() -> None:
    (fault,) = faults_of([share(amount=99_950)], 100_000)

    assert fault.message == "Fördelningen blir 999,50 kr men fakturan 1000,00 kr: 0,50 kr saknas."


def test_every_fault_is_told_at_once_with_its_row() -> None:
    wrong = share(2, amount=0, minutes=0, recipient="", month_on=date(2024, 3, 5))

    found = faults_of([share(1), wrong], 5_000)

    assert [(fault.code, fault.line) for fault in found] == [
        ("recipient_is_missing", 2),
        ("amount_is_missing", 2),
        ("month_is_wrong", 2),
        ("time_is_wrong", 2),
        ("allocation_does_not_sum", None),
    ]


def test_nothing_is_no_allocation() -> None:
    assert [fault.code for fault in faults_of([], 0)] == ["nothing_is_allocated"]


def test_a_proposal_has_a_share_per_line_in_the_month_of_its_work() -> None:
    october = Period(period_from=date(2025, 10, 1), period_to=date(2025, 11, 1))
    bill = invoice(line(), line(number="2", period=october, quantity=Decimal("1.5"), amount_ore=Ore(49_890)))

    found = proposed(bill, "R1")

    assert [(one.month_on, one.minutes, one.line) for one in found] == [
        (date(2025, 11, 1), 12_750, "1"),
        (date(2025, 10, 1), 90, "2"),
    ]
    assert faults_of(found, bill.totals.payable_ore) == ()


def test_vat_and_rounding_lie_on_the_last_line() -> None:
    bill = invoice(line(), totals=totals(7_067_750, rounding_ore=Ore(50), payable_ore=Ore(7_067_800)))

    assert sum(one.amount_ore for one in proposed(bill, "R1")) == 7_067_800


# --- hours ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("known", "codes"),
    [
        (month(granted_minutes=6_600, performed_minutes=6_600), []),
        (month(granted_minutes=6_599), ["more_hours_than_granted"]),
        (month(granted_minutes=9_000, performed_minutes=6_599), ["other_hours_than_performed"]),
        (month(granted_minutes=9_000, performed_minutes=6_601), ["other_hours_than_performed"]),
        (month(), ["hours_are_not_known"]),
        (month(granted_minutes=6_600, billed_before_minutes=1), ["more_hours_than_granted"]),
        (month(granted_minutes=6_600, is_paid_by_report=True), ["month_is_paid_by_report"]),
    ],
)
def test_a_months_hours_are_judged_by_what_is_known_of_it(known: PersonMonth, codes: list[str]) -> None:
    found = hours(matches([share(minutes=3_000), share(2, minutes=3_600)], [known]))

    assert [each.code for each in found] == codes


def test_each_recipients_month_is_judged_for_itself() -> None:
    shares = [share(minutes=60), share(2, minutes=60, month_on=date(2024, 2, 1)), share(3, minutes=60, recipient="R2")]

    found = list(hours(matches(shares, [month(granted_minutes=60)])))

    assert [(each.code, each.line) for each in found] == [
        ("hours_are_not_known", "R1 2024-02"),
        ("hours_are_not_known", "R2 2024-03"),
    ]


def test_what_is_no_time_is_not_matched() -> None:
    assert matches([share()], [month(granted_minutes=0)]) == ()


# --- decided costs ----------------------------------------------------------------------------------------------


def test_a_cost_without_a_line_in_the_decision_is_found() -> None:
    decided = (DecidedCost(code="sick_pay", label="Sjuklön", amount_ore=Ore(2_000)),)
    shares = [share(decided="sick_pay", amount=2_001), share(2, amount=500), share(3, decided="education")]

    assert [(each.code, each.line) for each in costs(shares, decided)] == [
        ("cost_is_not_decided", "del 2"),
        ("cost_is_not_decided", "del 3"),
        ("more_than_decided", "sick_pay"),
    ]
