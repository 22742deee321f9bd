"""What a payment batch may not hold, whatever the bank."""

from datetime import datetime
from typing import Any

import pytest

from tests.formats.payments import ALMA, EKOT, batch, transfer
from timvis.core.payment import AccountKind, PayeeAccount, account_faults, bank_text, faults_of, iban_is_right
from timvis.formats.test_persons.read import official_numbers

SOMEBODY = official_numbers().personal[0]


def codes(*transfers: Any, **changes: Any) -> list[str]:
    return [fault.code for fault in faults_of(batch(*transfers, **changes))]


def test_a_batch_with_a_giro_payment_and_an_ocr_payment_may_be_sent() -> None:
    assert codes() == []


def test_the_sum_of_a_batch_is_that_of_its_payments() -> None:
    # 48 239,50 kr + 0,05 kr
    assert batch().sum_ore == 4_823_955


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"amount_ore": 0}, "amount_is_out_of_range"),
        ({"amount_ore": -100}, "amount_is_out_of_range"),
        ({"message": ""}, "reference_or_message"),
        ({"reference": "123456782"}, "reference_or_message"),
        ({"message": "", "reference": "123456783"}, "ocr_is_wrong"),
        ({"message": "a" * 141}, "text_does_not_fit"),
        ({"message": " TV-1"}, "text_does_not_fit"),
        ({"message": "Ersättning 名"}, "letter_is_not_allowed"),
        ({"payee_name": ""}, "name_is_wrong"),
        ({"payee_name": "Ekot\nAB"}, "letter_is_not_allowed"),
        ({"end_to_end_id": "A" * 36}, "id_is_wrong"),
        ({"end_to_end_id": "Å-1"}, "id_is_wrong"),
        ({"account": PayeeAccount(kind=AccountKind.BANKGIRO, number="50501056")}, "account_number_is_wrong"),
        ({"account": PayeeAccount(kind=AccountKind.BANKGIRO, number="5050-1055")}, "account_number_is_wrong"),
    ],
)
def test_one_wrong_thing_in_a_payment_is_one_fault(changes: dict[str, Any], code: str) -> None:
    assert codes(transfer(**changes)) == [code]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"message_id": ""}, "id_is_wrong"),
        ({"debtor_organisation_number": "2120009990"}, "organisation_number_is_wrong"),
        ({"debtor_account": PayeeAccount(kind=AccountKind.PLUSGIRO, number="2865434")}, "debtor_account_kind_is_wrong"),
        ({"debtor_bic": "bank"}, "bic_is_wrong"),
        ({"created_at": datetime(2021, 4, 20, 8, 0)}, "instant_is_not_in_utc"),  # noqa: DTZ001 - the fault itself
        ({"transfers": ()}, "batch_is_empty"),
    ],
)
def test_one_wrong_thing_in_a_batch_is_one_fault(changes: dict[str, Any], code: str) -> None:
    assert codes(**changes) == [code]


def test_the_same_payment_is_never_sent_twice_in_a_file() -> None:
    assert codes(EKOT, ALMA, EKOT) == ["payment_id_is_repeated"]


@pytest.mark.parametrize("written", [SOMEBODY, f"{SOMEBODY[:8]}-{SOMEBODY[8:]}", f"avser {SOMEBODY[2:]}"])
def test_a_personal_number_never_reaches_the_bank_in_a_text(written: str) -> None:
    faults = faults_of(batch(transfer(message=written)))

    assert [fault.code for fault in faults] == ["personal_number_in_text"]
    assert SOMEBODY[2:] not in faults[0].message


def test_every_fault_of_a_batch_is_told_at_once() -> None:
    wrong = transfer(amount_ore=0, message="", payee_name="")

    assert codes(wrong, debtor_bic="x") == [
        "bic_is_wrong",
        "name_is_wrong",
        "amount_is_out_of_range",
        "reference_or_message",
    ]


def test_letters_with_a_near_one_are_written_so_that_banks_carry_them() -> None:
    assert bank_text("Renée & Søn – “Åsa”") == "Renee + Sön - 'Åsa'"
    assert codes(transfer(payee_name="Renée & Søn")) == []


def test_a_swedish_iban_has_its_check_digits() -> None:
    assert iban_is_right("SE4256065723789397612318")
    assert not iban_is_right("SE4356065723789397612318")
    assert not iban_is_right("DE89370400440532013000")


def test_a_bank_account_with_an_old_check_digit_is_not_stopped() -> None:
    account = PayeeAccount(kind=AccountKind.BANK_ACCOUNT, number="50001234567")

    assert account_faults(account, where="Kontot") == ()
