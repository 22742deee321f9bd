"""The ledger balances because it cannot be written otherwise."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timvis.core.ledger import (
    Account,
    AccountUse,
    Chart,
    Cost,
    Entry,
    EntryKind,
    Posting,
    Transfer,
    balance,
    check,
    entry_at_decision,
    entry_at_settlement,
    standing_debt,
)
from timvis.core.quantities import Ore
from timvis.core.records import ProviderKind

COST, OWN_COST, DEBT, BANK = "4631", "4599", "2491", "1941"
CHART = Chart(
    slug="test",
    name="Prov",
    accounts=(
        Account(number=BANK, label="Bank", use=AccountUse.BANK),
        Account(number=DEBT, label="Skuld", use=AccountUse.DEBT),
        Account(number=COST, label="Köp", use=AccountUse.COST, provider_kinds=frozenset({ProviderKind.COMPANY})),
        Account(
            number=OWN_COST,
            label="Stöd",
            use=AccountUse.COST,
            provider_kinds=frozenset({ProviderKind.OWN_EMPLOYER}),
        ),
    ),
)


def a_posting(*amounts: int, account: str = COST) -> Posting:
    return Posting(
        chart=CHART,
        costs=tuple(Cost(amount_ore=Ore(each), account=account, coding=(("ansvar", "3100"),)) for each in amounts),
        booked_on=date(2021, 3, 12),
        claim_number="ekstad-2021-0001",
    )


def decided(amount: int, *before: Entry) -> Entry:
    entry = entry_at_decision(a_posting(amount), standing=standing_debt(before))
    assert entry is not None
    return entry


def decided_all(*amounts: int) -> Entry:
    entry = entry_at_decision(a_posting(*amounts))
    assert entry is not None
    return entry


def settled(amount: int) -> Entry:
    return entry_at_settlement(Ore(amount), a_posting(amount))


def sums(*entries: Entry) -> dict[str, int]:
    return balance(transfer for entry in entries for transfer in entry.transfers)


def test_a_decision_is_a_cost_and_a_debt() -> None:
    assert sums(decided(29_900)) == {COST: 29_900, DEBT: -29_900}


def test_support_to_an_own_employer_is_booked_on_its_own_account() -> None:
    entry = entry_at_decision(a_posting(29_900, account=OWN_COST))

    assert entry is not None
    assert entry.transfers[0].debit_account == OWN_COST


def test_each_share_of_an_invoice_is_a_transfer_of_its_own_and_a_credit_runs_backwards() -> None:
    # 200 kr for one recipient, 150 kr for another, 50 kr taken back: 300 kr is owed.
    entry = decided_all(20_000, 15_000, -5_000)

    assert [transfer.amount_ore for transfer in entry.transfers] == [20_000, 15_000, 5_000]
    assert sums(entry) == {COST: 30_000, DEBT: -30_000}


def test_the_banks_payment_settles_the_debt() -> None:
    assert sums(decided(29_900), settled(29_900)) == {COST: 29_900, DEBT: 0, BANK: -29_900}


def test_a_new_decision_runs_the_old_debt_backwards_in_the_same_entry() -> None:
    first = decided(29_900)

    second = decided(20_000, first)

    assert len(second.transfers) == 2
    assert sums(first, second) == {COST: 20_000, DEBT: -20_000}


def test_a_decision_on_nothing_takes_the_old_debt_away_and_a_first_one_books_nothing() -> None:
    first = decided(29_900)
    nothing = decided(0, first)

    assert sums(first, nothing) == {COST: 0, DEBT: 0}
    assert entry_at_decision(a_posting(0)) is None


@pytest.mark.parametrize(("amount", "credit"), [(0, DEBT), (-1, DEBT), (100, COST)])
def test_a_transfer_that_moves_nothing_or_goes_nowhere_cannot_be_written(amount: int, credit: str) -> None:
    with pytest.raises(ValueError, match="more than zero"):
        Transfer(debit_account=COST, credit_account=credit, amount_ore=Ore(amount))


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=8))
def test_whatever_is_decided_the_accounts_sum_to_zero_and_the_debt_is_the_last_decision(
    amounts: list[int],
) -> None:
    entries: list[Entry] = []
    for amount in amounts:
        entry = entry_at_decision(a_posting(amount), standing=standing_debt(entries))
        entries += [entry] if entry else []

    found = sums(*entries)

    assert sum(found.values()) == 0
    assert -found.get(DEBT, 0) == amounts[-1]


# --- looking through the whole ------------------------------------------------------------------------


def numbered(entry: Entry, number: int) -> Entry:
    return Entry(
        kind=entry.kind,
        booked_on=entry.booked_on,
        text=entry.text,
        transfers=entry.transfers,
        series="ekstad",
        number=number,
    )


def test_a_ledger_that_says_what_was_decided_and_paid_is_well() -> None:
    entries = [numbered(decided(29_900), 1), numbered(settled(29_900), 2), numbered(decided(10_000), 3)]

    found = check(entries, owed_ore=10_000, paid_ore=29_900, chart=CHART)

    assert found.is_ok
    assert (found.entries, found.transfers) == (3, 3)


def test_a_missing_voucher_is_found() -> None:
    entries = [numbered(decided(29_900), 1), numbered(decided(10_000), 3)]

    found = check(entries, owed_ore=39_900, paid_ore=0, chart=CHART)

    assert found.failures == ("I serien ekstad väntades verifikation 2, där står 3.",)


def test_a_decision_that_was_never_booked_and_a_payment_that_was_never_made_are_found() -> None:
    found = check([numbered(decided(100), 1)], owed_ore=0, paid_ore=100, chart=CHART)

    assert [failure.split()[0] for failure in found.failures] == ["Skuldkontot", "Bankkontot"]


def test_a_settlement_keeps_its_kind() -> None:
    assert (settled(1).kind, decided(1).kind) == (EntryKind.SETTLEMENT, EntryKind.DECISION)
