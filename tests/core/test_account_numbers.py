"""Giro numbers, bank accounts and payment references."""

import re

import bankkonto
import pytest
from bankkonto.exceptions import BankkontoValidationError
from hypothesis import given
from hypothesis import strategies as st

from timvis.core.account_numbers import (
    AccountCheck,
    AccountWarning,
    BankAccount,
    bank_account,
    bankgiro,
    bankgiro_text,
    ocr_number,
    ocr_of,
    plusgiro,
    plusgiro_text,
)
from timvis.core.identity import NumberProblem, luhn_digit
from timvis.formats.clearing_ranges.read import packaged_ranges
from timvis.formats.test_persons.read import official_numbers

RANGES = packaged_ranges()


def account(text: str) -> BankAccount:
    found = bank_account(text, RANGES)
    assert isinstance(found, BankAccount), found
    return found


# --- giro numbers -------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["991-2346", "5050-1055", "5402-9681"])
def test_a_bankgiro_number_is_read_with_and_without_hyphen(text: str) -> None:
    number = text.replace("-", "")

    assert bankgiro(text) == bankgiro(number) == number
    assert bankgiro_text(number) == text


@pytest.mark.parametrize("text", ["28 65 43-4", "286543-4", "2865434", "28\u00a065\u00a043-4"])
def test_a_plusgiro_number_is_read_however_it_is_grouped(text: str) -> None:
    assert plusgiro(text) == "2865434"


@pytest.mark.parametrize(("number", "text"), [("2865434", "28 65 43-4"), ("18", "1-8"), ("1230", "1 23-0")])
def test_a_plusgiro_number_is_written_in_pairs(number: str, text: str) -> None:
    assert plusgiro_text(number) == text


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("991-2347", NumberProblem.WRONG_CHECK_DIGIT),
        ("12345", NumberProblem.WRONG_LENGTH),
        ("123456789", NumberProblem.WRONG_LENGTH),
        ("BG 991-2346", NumberProblem.WRONG_FORM),
        ("99-12346", NumberProblem.WRONG_LENGTH),
        ("", NumberProblem.WRONG_FORM),
    ],
)
def test_a_wrong_bankgiro_number_says_why(text: str, problem: NumberProblem) -> None:
    assert bankgiro(text) is problem


@given(st.from_regex(r"[1-9][0-9]{0,6}", fullmatch=True))
def test_a_plusgiro_number_that_is_written_is_read_back(body: str) -> None:
    number = f"{body}{luhn_digit(body)}"

    assert plusgiro(plusgiro_text(number)) == number
    assert plusgiro(f"{body}{(luhn_digit(body) + 1) % 10}") is NumberProblem.WRONG_CHECK_DIGIT


# --- payment references -------------------------------------------------------------------------------


@given(st.from_regex(r"[0-9]{1,23}", fullmatch=True), st.booleans())
def test_a_reference_that_is_made_is_right(body: str, has_length_digit: bool) -> None:
    reference = ocr_of(body, has_length_digit=has_length_digit)

    assert ocr_number(reference, has_length_digit=has_length_digit) == reference


def test_a_reference_is_checked_as_hard_as_the_holder_of_the_giro_wants() -> None:
    # 1234 and the check digit 4: 4·2=8, 3, 2·2=4, 1 make 16, and 20 - 16 = 4. Five digits, so a length digit
    # would be 5 in the last place but one.
    assert ocr_number("12344") == "12344"
    assert ocr_number("12345") is NumberProblem.WRONG_CHECK_DIGIT
    assert ocr_number("12344", has_length_digit=True) is NumberProblem.WRONG_LENGTH_DIGIT
    assert ocr_number("12344", lengths=frozenset({8, 10})) is NumberProblem.WRONG_LENGTH
    assert ocr_number("4") is NumberProblem.WRONG_LENGTH
    assert ocr_number("1" * 26) is NumberProblem.WRONG_LENGTH
    assert ocr_number("12-344") is NumberProblem.WRONG_FORM


# --- bank accounts ------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["8105-9, 744 202 466", "81059 744202466", "8105-9 0744202466", "810590744202466"])
def test_a_short_account_is_filled_with_zeros_where_the_bank_does_so(text: str) -> None:
    found = account(text)

    assert (found.clearing, found.account, found.bank) == ("81059", "0744202466", "Swedbank")
    assert found.warnings == ()
    assert found.text == "81059, 0744202466"
    assert found.digits == "810590744202466"


def test_a_wrong_fifth_digit_of_the_clearing_number_gives_a_warning() -> None:
    assert account("8105-8, 744 202 466").warnings == (AccountWarning.CLEARING_CHECK_DIGIT,)


def test_an_account_without_its_fifth_digit_needs_something_between() -> None:
    assert account("8105, 744202466").clearing == "8105"
    assert bank_account("8105744202466", RANGES) is NumberProblem.WRONG_FORM


def test_an_account_that_fails_its_check_is_let_through_with_a_warning() -> None:
    right, wrong = account("6000, 123456789"), account("6000, 123456780")

    # 9·1 + 8·2 + 7·3 + 6·4 + 5·5 + 4·6 + 3·7 + 2·8 + 1·9 = 165 = 15·11; a last digit 0 gives 156
    assert right.warnings == ()
    assert wrong.warnings == (AccountWarning.ACCOUNT_CHECK_DIGIT,)


def test_a_bank_newer_than_the_table_is_let_through_with_a_warning() -> None:
    found = account("9990, 1234567")

    assert (found.bank, found.warnings) == ("", (AccountWarning.BANK_IS_UNKNOWN,))


def test_an_account_that_is_a_personal_number_is_known_as_one() -> None:
    number = official_numbers().personal[100][2:]

    for text in (f"3300 {number[:6]}-{number[6:]}", f"3300{number}"):
        found = account(text)

        assert (found.account, found.holds_personal_number, found.warnings) == (number, True, ())


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("5000, 123456", NumberProblem.WRONG_LENGTH),
        ("5000-1, 1234567", NumberProblem.WRONG_FORM),
        ("5000", NumberProblem.WRONG_FORM),
        ("SE45 5000 0000 0583 9825 7466", NumberProblem.WRONG_FORM),
        ("", NumberProblem.WRONG_FORM),
    ],
)
def test_what_is_no_account_says_why(text: str, problem: NumberProblem) -> None:
    assert bank_account(text, RANGES) is problem


def test_no_two_banks_share_a_clearing_number() -> None:
    ends = [end for each in RANGES for end in (each.first, each.last)]

    assert ends == sorted(ends)
    assert all(1000 <= end <= 9999 for end in ends)


@given(st.sampled_from([each for each in RANGES if each.check is not AccountCheck.NONE]), st.data())
def test_another_reader_warns_for_the_same_accounts(each: object, data: st.DataObject) -> None:
    bank = next(found for found in RANGES if found is each)
    clearing = str(data.draw(st.integers(bank.first, bank.last)))
    fifth = str(luhn_digit(clearing)) if bank.has_fifth_digit else ""
    # The other reader takes only full-length accounts.
    number = data.draw(st.from_regex(rf"[0-9]{{{bank.max_digits}}}", fullmatch=True))

    found = account(f"{clearing}{fifth}, {number}")

    try:
        is_right = bankkonto.validate(clearing + fifth, number)
    except BankkontoValidationError:
        is_right = False
    assert (found.warnings == ()) == is_right


@given(st.text(max_size=20))
def test_no_text_makes_the_readers_stumble(text: str) -> None:
    for found in (bankgiro(text), plusgiro(text), ocr_number(text)):
        assert isinstance(found, NumberProblem) or re.fullmatch("[0-9]+", found)
    assert isinstance(bank_account(text, RANGES), BankAccount | NumberProblem)
