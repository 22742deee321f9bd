"""Vouchers are handed on as SIE, each once; what is written in the ledger is never changed."""

from pathlib import Path

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from tests.apps.signed_months import LATER, PAYABLE_ORE, a_calculated_claim, an_ordered_claim, claim, sign_all
from tests.cast import NOW, TOWN, Cast
from timvis.apps.accounting.actions import book, register_paying_account, take_bank_answer
from timvis.apps.accounting.models import Entry, Export, PayingAccount
from timvis.apps.accounting.payment_run import run_payments
from timvis.apps.accounting.queries import ledger_check, ledger_checks
from timvis.core.faults import Refusal
from timvis.core.payment import AccountKind, PayeeAccount
from timvis.formats.pain001.profile import shipped
from timvis.formats.sie.read import read
from timvis.formats.sie.records import SieFile
from timvis.gateways.bank.fake import FakeBank


@pytest.fixture
def number(cast: Cast, tmp_path: Path) -> str:
    """A claim that the bank has paid."""
    number, bank = an_ordered_claim(cast), FakeBank(tmp_path, mode="test", profile=shipped())
    run_payments(cast.hasse, bank, now=LATER)
    bank.work(LATER)
    take_bank_answer(cast.hasse, bank.answers()[0].content, file_name="a.xml", now=LATER)
    return number


def test_the_vouchers_of_a_paid_claim_are_handed_on_and_the_claim_is_booked(cast: Cast, number: str) -> None:
    export = book(cast.hasse, now=LATER)

    assert isinstance(export, Export)
    assert export.file_name == "vasteras-000001-000002.si"
    file = read(bytes(export.content))
    assert isinstance(file, SieFile)
    assert [(voucher.number, voucher.text, voucher.balance_ore) for voucher in file.vouchers] == [
        ("1", f"Beslutsattest {number}", 0),
        ("2", f"Utbetalning {number}", 0),
    ]
    assert {row.account: row.amount_ore for row in file.vouchers[0].rows} == {
        "2491": -PAYABLE_ORE,
        "4631": PAYABLE_ORE,
    }
    assert file.vouchers[0].rows[0].objects == ((1, "7420"), (20, "513"))
    assert claim(number).status == "booked"


def test_what_has_been_handed_on_is_not_handed_on_again(cast: Cast, number: str) -> None:
    book(cast.hasse, now=LATER)

    assert book(cast.hasse, now=LATER) is None
    assert Export.objects.count() == 1


def test_a_debt_is_handed_on_before_it_is_paid(cast: Cast) -> None:
    number = a_calculated_claim(cast)
    sign_all(cast, number)

    assert isinstance(book(cast.hasse, now=LATER), Export)
    assert claim(number).status == "attested", "only what is paid becomes booked"


@pytest.mark.parametrize("who", ["alma", "cecilia", "david", "elsa", "fatima"])
def test_only_finance_books(cast: Cast, who: str) -> None:
    assert book(getattr(cast, who), now=LATER) is Refusal.ROLE_DOES_NOT_ALLOW


def test_a_voucher_holds_no_name_and_no_personal_number(cast: Cast, number: str) -> None:
    export = book(cast.hasse, now=LATER)

    assert isinstance(export, Export)
    text = bytes(export.content).decode("cp437")
    assert "Alma" not in text
    assert "19800215" not in text


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accounting_transfer SET amount_ore = 1",
        "DELETE FROM accounting_transfer",
        "UPDATE accounting_entry SET text = 'x'",
        "DELETE FROM accounting_entry",
        "DELETE FROM accounting_bankanswerfile",
    ],
)
def test_what_is_booked_is_never_changed(cast: Cast, number: str, statement: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(("debit", "credit", "amount"), [("1", "2", 0), ("1", "2", -5), ("1", "1", 5)])
def test_half_a_transfer_cannot_be_written_by_plain_sql(
    cast: Cast, number: str, debit: str, credit: str, amount: int
) -> None:
    entry = Entry.objects.first()
    assert entry is not None

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounting_transfer (entry_id, debit_account, credit_account, amount_ore, coding) "
            "VALUES (%s, %s, %s, %s, '[]')",
            [entry.pk, debit, credit, amount],
        )


def test_an_entry_nobody_decided_is_found(cast: Cast, number: str) -> None:
    entry = Entry.objects.create(series=TOWN, number=3, booked_on=NOW.date(), text="?", kind="decision")
    entry.transfers.create(debit_account="4631", credit_account="2491", amount_ore=100)

    found = ledger_check(TOWN)

    assert found is not None
    assert found.failures == ("Skuldkontot 2491 visar 100 öre, beslutat och obetalt är 0 öre.",)


def test_a_town_without_a_routine_has_no_ledger_to_check(cast: Cast) -> None:
    assert ledger_checks() == {}


def test_a_new_account_to_pay_from_takes_the_old_ones_place_and_a_wrong_one_does_not(cast: Cast) -> None:
    def register(number: str) -> object:
        account = PayeeAccount(kind=AccountKind.BANKGIRO, number=number)
        return register_paying_account(cast.hasse, account, now=NOW)

    register("50501055")
    register("9912346")
    wrong = register("9912345")

    assert isinstance(wrong, tuple)
    assert PayingAccount.objects.get().account_number == "9912346"
