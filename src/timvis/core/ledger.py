"""The ledger: transfers from one account to another, gathered in entries, never changed.

A transfer takes the same amount from one account as it gives another, so an entry that doesn't balance can't
be written down. A correction is a new entry that runs the old transfers backwards.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from timvis.core.quantities import Ore
from timvis.core.records import ProviderKind


class AccountUse(StrEnum):
    """What an account of the chart is for."""

    COST = "cost"
    DEBT = "debt"
    BANK = "bank"
    INCOME = "income"
    RECEIVABLE = "receivable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One account; a cost account tells for which kinds of provider it is used."""

    number: str
    label: str
    use: AccountUse
    provider_kinds: frozenset[ProviderKind] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class CodePart:
    """A part of the account string besides the account, and its dimension in a SIE file.

    `positions` is how many characters its values have, when the chart says so.
    """

    code: str
    label: str
    dimension: int
    positions: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart of accounts with exactly one debt account, one bank account and one cost account per kind."""

    slug: str
    name: str
    accounts: tuple[Account, ...]
    parts: tuple[CodePart, ...] = ()

    def account(self, use: AccountUse) -> Account:
        """The first account for a use, as the debt or the bank account."""
        return next(account for account in self.accounts if account.use is use)

    def cost_of(self, kind: ProviderKind) -> Account:
        """The account that assistance by that kind of provider is booked on."""
        return next(account for account in self.accounts if kind in account.provider_kinds)


class EntryKind(StrEnum):
    """What an entry tells of."""

    DECISION = "decision"
    SETTLEMENT = "settlement"
    FEE = "fee"
    FEE_PAYMENT = "fee_payment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """An amount from the credited to the debited account, with its code parts (ansvar, verksamhet …)."""

    debit_account: str
    credit_account: str
    amount_ore: Ore
    coding: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if self.amount_ore <= 0 or self.debit_account == self.credit_account:
            raise ValueError("a transfer moves more than zero öre between two accounts")

    @property
    def reversed(self) -> "Transfer":
        """The transfer that undoes this one."""
        return replace(self, debit_account=self.credit_account, credit_account=self.debit_account)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What is booked at once: a day, a text without personal data, transfers. `number` 0 until it is kept."""

    kind: EntryKind
    booked_on: date
    text: str
    transfers: tuple[Transfer, ...]
    series: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """An amount with its account string; one below zero takes back what was booked before."""

    amount_ore: Ore
    account: str
    coding: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if not self.account:
            raise ValueError("a cost has an account to be booked on")


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """What an entry is made of: which costs, where, when and in which words.

    `costs` are a claim's, each with its own account string: one of them when the month is one recipient's, one per
    share when an invoice is allocated on several. No text tells whose a cost is.
    """

    chart: Chart
    costs: tuple[Cost, ...]
    booked_on: date
    claim_number: str

    @property
    def coding(self) -> tuple[tuple[str, str], ...]:
        """The code parts that all the costs have in common: what the payment itself carries."""
        common = [set(cost.coding) for cost in self.costs]
        return tuple(sorted(set.intersection(*common))) if common else ()


def entry_at_decision(posting: Posting, *, standing: Sequence[Transfer] = ()) -> Entry | None:
    """Return the debt that a decision makes, or None when it changes nothing.

    `standing` is the debt an earlier decision on the same claim left, whose payment never came about: it is
    run backwards in the same entry, so that what is owed is always what was decided last.
    """
    debt = posting.chart.account(AccountUse.DEBT).number
    transfers = [transfer.reversed for transfer in standing]
    transfers += [_owed(cost, debt) for cost in posting.costs if cost.amount_ore]
    if not transfers:
        return None
    return Entry(
        kind=EntryKind.DECISION,
        booked_on=posting.booked_on,
        text=f"Beslutsattest {posting.claim_number}",
        transfers=tuple(transfers),
    )


def _owed(cost: Cost, debt: str) -> Transfer:
    owed = Transfer(
        debit_account=cost.account, credit_account=debt, amount_ore=Ore(abs(cost.amount_ore)), coding=cost.coding
    )
    return owed if cost.amount_ore > 0 else owed.reversed


def entry_at_settlement(amount_ore: Ore, posting: Posting) -> Entry:
    """Return the settlement of a debt that the bank has paid."""
    return Entry(
        kind=EntryKind.SETTLEMENT,
        booked_on=posting.booked_on,
        text=f"Utbetalning {posting.claim_number}",
        transfers=(
            Transfer(
                debit_account=posting.chart.account(AccountUse.DEBT).number,
                credit_account=posting.chart.account(AccountUse.BANK).number,
                amount_ore=amount_ore,
                coding=posting.coding,
            ),
        ),
    )


def entry_at_fee(fee: Cost, *, chart: Chart, booked_on: date, invoice_number: str) -> Entry:
    """Return what is asked of somebody for a substitute: a receivable, against the account the costs stand on."""
    return Entry(
        kind=EntryKind.FEE,
        booked_on=booked_on,
        text=f"Vikarieavgift {invoice_number}",
        transfers=(
            Transfer(
                debit_account=chart.account(AccountUse.RECEIVABLE).number,
                credit_account=fee.account,
                amount_ore=fee.amount_ore,
                coding=fee.coding,
            ),
        ),
    )


def entry_at_fee_payment(paid: Cost, *, chart: Chart, booked_on: date, invoice_number: str) -> Entry:
    """Return that somebody has paid a fee, or a part of it: the receivable becomes money in the bank."""
    return Entry(
        kind=EntryKind.FEE_PAYMENT,
        booked_on=booked_on,
        text=f"Betald vikarieavgift {invoice_number}",
        transfers=(
            Transfer(
                debit_account=chart.account(AccountUse.BANK).number,
                credit_account=chart.account(AccountUse.RECEIVABLE).number,
                amount_ore=paid.amount_ore,
                coding=paid.coding,
            ),
        ),
    )


def standing_debt(entries: Iterable[Entry]) -> tuple[Transfer, ...]:
    """Return what of a claim's decided debt still stands: nothing when it is settled or run backwards.

    Every decision entry begins by running backwards what stood before it; what it adds after that stands.
    """
    standing: tuple[Transfer, ...] = ()
    for entry in entries:
        if entry.kind is EntryKind.SETTLEMENT:
            standing = ()
        else:
            reversals = len(standing)
            standing = entry.transfers[reversals:]
    return standing


def balance(transfers: Iterable[Transfer]) -> dict[str, int]:
    """Return öre per account, debit as plus: the sum over all accounts is always zero."""
    sums: dict[str, int] = {}
    for transfer in transfers:
        sums[transfer.debit_account] = sums.get(transfer.debit_account, 0) + transfer.amount_ore
        sums[transfer.credit_account] = sums.get(transfer.credit_account, 0) - transfer.amount_ore
    return dict(sorted(sums.items()))


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerCheck:
    """What a look through the whole ledger found; `failures` are Swedish sentences, none when all is well."""

    entries: int
    transfers: int
    sums: dict[str, int]
    failures: tuple[str, ...]

    @property
    def is_ok(self) -> bool:
        """Whether nothing was found."""
        return not self.failures


def check(
    entries: Sequence[Entry], *, owed_ore: int, paid_ore: int, chart: Chart, asked_ore: int = 0, received_ore: int = 0
) -> LedgerCheck:
    """Return whether numbers run without a gap and the accounts say what was decided and what was paid.

    `owed_ore` is what is decided and not yet posted by the bank, `paid_ore` what the bank has posted; `asked_ore` is
    what others have been asked for in fees, `received_ore` what they have paid of it.
    """
    transfers = [transfer for entry in entries for transfer in entry.transfers]
    sums = balance(transfers)
    debt, bank = chart.account(AccountUse.DEBT).number, chart.account(AccountUse.BANK).number
    out_ore, unpaid_ore = paid_ore - received_ore, asked_ore - received_ore
    failures = [*_number_gaps(entries)]
    if sum(sums.values()) != 0:
        failures.append(f"Kontona summerar till {sum(sums.values())} öre i stället för 0.")
    if -sums.get(debt, 0) != owed_ore:
        failures.append(f"Skuldkontot {debt} visar {-sums.get(debt, 0)} öre, beslutat och obetalt är {owed_ore} öre.")
    if -sums.get(bank, 0) != out_ore:
        failures.append(f"Bankkontot {bank} visar {-sums.get(bank, 0)} öre ut, banken har bokfört {out_ore} öre.")
    for account in (one.number for one in chart.accounts if one.use is AccountUse.RECEIVABLE):
        if sums.get(account, 0) != unpaid_ore:
            failures.append(
                f"Fordringskontot {account} visar {sums.get(account, 0)} öre, begärt och obetalt är {unpaid_ore} öre."
            )
    return LedgerCheck(entries=len(entries), transfers=len(transfers), sums=sums, failures=tuple(failures))


def _number_gaps(entries: Iterable[Entry]) -> list[str]:
    last: dict[str, int] = {}
    failures = []
    for entry in sorted(entries, key=lambda entry: (entry.series, entry.number)):
        expected = last.get(entry.series, 0) + 1
        if entry.number != expected:
            failures.append(f"I serien {entry.series} väntades verifikation {expected}, där står {entry.number}.")
        last[entry.series] = entry.number
    return failures
