"""The account of costs on a bill: six kinds, per hour and for the period, and the money that is left."""

from dataclasses import replace
from datetime import date

from timvis.core.quantities import Ore
from timvis.core.state_bill import Activity, Cost, CostAccount, CostKind, RepaymentWay, SignerRole, account_faults
from timvis.core.state_form import BillPaper, bill_paper
from timvis.formats.letter.write import write_html, write_pdf

# 412 hours 30 minutes at 210,50 an hour are 86 831,25.
PAY = Cost(kind=CostKind.PAY, per_hour_ore=Ore(21_050), period_ore=Ore(8_683_125))
TRAINING = Cost(kind=CostKind.TRAINING, per_hour_ore=Ore(0), period_ore=Ore(120_000))
ACCOUNT = CostAccount(costs=(PAY, TRAINING), minutes=24_750)
BILL = BillPaper(
    month_on=date(2026, 10, 1),
    recipient_name="Alma Åkesson",
    recipient_number="198002152380",
    active_minutes=24_750,
    waiting_minutes=0,
    standby_minutes=0,
    in_activity=True,
    activities=(Activity.DAILY_ACTIVITY, Activity.SCHOOL),
    outside_eea=False,
    reports=3,
    left_ore=Ore(150_000),
    account=replace(
        ACCOUNT,
        advance_from=date(2026, 5, 1),
        advance_to=date(2026, 10, 1),
        left_ore=Ore(90_000),
        repayment=RepaymentWay.DEDUCTED,
    ),
    signed_on=date(2026, 11, 2),
    signer_number="197809082386",
    signer_name="Elsa Ek",
    signer_role=SignerRole.ADMINISTRATOR,
)


def codes(account: CostAccount) -> list[str]:
    return [fault.code for fault in account_faults(account)]


def test_an_account_adds_up_per_hour_and_for_the_period() -> None:
    assert (ACCOUNT.per_hour_ore, ACCOUNT.period_ore) == (21_050, 8_803_125)
    assert codes(ACCOUNT) == []


def test_a_cost_per_hour_that_was_rounded_to_the_ore_is_let_through_and_more_is_not() -> None:
    # 100 000,00 over 412,5 hours is 242,4242… an hour: written 242,42 it gives 99 998,25.
    rounded = Cost(kind=CostKind.PAY, per_hour_ore=Ore(24_242), period_ore=Ore(10_000_000))

    assert codes(replace(ACCOUNT, costs=(rounded,))) == []
    assert codes(replace(ACCOUNT, costs=(replace(rounded, period_ore=Ore(10_001_000)),))) == [
        "cost_per_hour_differs_from_the_period"
    ]


def test_everything_that_does_not_hold_together_is_told_at_once() -> None:
    wrong = CostAccount(costs=(PAY,), minutes=0, advance_from=date(2026, 5, 1), left_ore=Ore(1))

    assert codes(wrong) == [
        "hours_of_the_account_are_missing",
        "advance_has_half_a_period",
        "repayment_is_not_told",
    ]
    assert codes(replace(ACCOUNT, advance_from=date(2026, 5, 1), advance_to=date(2026, 4, 1))) == [
        "advance_ends_before_it_begins"
    ]


def test_the_paper_tells_where_what_it_cost_and_as_what_somebody_signed() -> None:
    letter = bill_paper(BILL, sender="Ekköping", code="TV-R1-ABC", written_on=date(2026, 11, 2))
    paper = write_html(letter)

    for told in (
        "daglig verksamhet: ja, skola, daglig verksamhet.",
        "1500,00 kronor är kvar.",
        'Lön utom OB-tillägg, och lönebikostnader</td><td class="number">210,50</td><td class="number">86831,25',
        'Summa</td><td class="number">210,50</td><td class="number">88031,25',
        "Beräknad på 412 timmar 30 minuter",
        "Maj 2026 – oktober 2026: 900,00 kronor är kvar; dras av från kommande utbetalningar.",
        "2026-11-02, Elsa Ek, 19780908-2386, förvaltare.",
        "Med räkningen följer 3 tidsredovisningar.",
    ):
        assert told in paper, told
    assert letter.bars
    assert write_pdf(letter).startswith(b"%PDF")
