"""Where money goes: bankgiro, plusgiro, bank accounts and payment references.

A wrong check digit of a giro number or a reference stops it. A bank account that fails its bank's check only
gives a warning, since some old accounts that work do; which check a bank uses is data
(`data/accounts/clearing.toml`), handed in as `ClearingRange`s.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from timvis.core.identity import NumberProblem, luhn_digit, luhn_is_right, without_gaps

_BANKGIRO = re.compile(r"([0-9]{3,4})-?([0-9]{4})")
_PLUSGIRO = re.compile(r"([0-9]{1,7})-?([0-9])")
_DIGITS = re.compile(r"[0-9]+")
_REFERENCE_DIGITS = range(2, 26)

_HARD_GAPS = re.compile(r"[\u00a0\u2007\u202f]")
_ALL_DIGITS = re.compile(r"([0-9]{4})([0-9]+)")
_CLEARING_THEN_ACCOUNT = re.compile(r"([0-9]{4})(?:-?([0-9]))?[ ,.-]+([0-9][0-9 -]*)")
"""A clearing number, maybe with a fifth digit, then something between, then the account."""


# --- giro numbers -------------------------------------------------------------------------------------


def bankgiro(text: str) -> str | NumberProblem:
    """Return the seven or eight digits of a bankgiro number, from "991-2346", "5050-1055" or plain digits."""
    return _giro(_BANKGIRO, text)


def plusgiro(text: str) -> str | NumberProblem:
    """Return the two to eight digits of a plusgiro number, from "28 65 43-4" or plain digits."""
    return _giro(_PLUSGIRO, text)


def _giro(form: re.Pattern[str], text: str) -> str | NumberProblem:
    tight = without_gaps(text)
    match = form.fullmatch(tight)
    if match is None:
        is_digits = _DIGITS.fullmatch(tight.replace("-", "", 1)) is not None
        return NumberProblem.WRONG_LENGTH if is_digits else NumberProblem.WRONG_FORM
    number = match[1] + match[2]
    return number if luhn_is_right(number) else NumberProblem.WRONG_CHECK_DIGIT


def bankgiro_text(number: str) -> str:
    """Return bankgiro digits as people write them, "991-2346"."""
    return f"{number[:-4]}-{number[-4:]}"


def plusgiro_text(number: str) -> str:
    """Return plusgiro digits as people write them, in pairs from the right: "28 65 43-4"."""
    body = number[:-1]
    first = len(body) % 2
    pairs = [body[:first], *(body[place : place + 2] for place in range(first, len(body), 2))]
    return f"{' '.join(pair for pair in pairs if pair)}-{number[-1]}"


# --- payment references -------------------------------------------------------------------------------


def ocr_number(
    text: str, *, has_length_digit: bool = False, lengths: frozenset[int] | None = None
) -> str | NumberProblem:
    """Return the 2–25 digits of a payment reference (OCR) whose last digit is right.

    `has_length_digit` when the last digit but one must be the last digit of the length; `lengths` when the
    holder of the giro has agreed on certain lengths.
    """
    number = without_gaps(text)
    if _DIGITS.fullmatch(number) is None:
        return NumberProblem.WRONG_FORM
    if len(number) not in _REFERENCE_DIGITS or (lengths is not None and len(number) not in lengths):
        return NumberProblem.WRONG_LENGTH
    if not luhn_is_right(number):
        return NumberProblem.WRONG_CHECK_DIGIT
    if has_length_digit and int(number[-2]) != len(number) % 10:
        return NumberProblem.WRONG_LENGTH_DIGIT
    return number


def ocr_of(digits: str, *, has_length_digit: bool = False) -> str:
    """Return a payment reference made of the digits, a length digit if wanted, and the check digit."""
    body = f"{digits}{(len(digits) + 2) % 10}" if has_length_digit else digits
    return f"{body}{luhn_digit(body)}"


# --- bank accounts ------------------------------------------------------------------------------------


class AccountCheck(StrEnum):
    """Over which digits a bank's check digit is counted, and how."""

    NONE = "none"
    MOD11_CLEARING_TAIL = "mod11_clearing_tail"
    """Modulus 11 over the clearing number without its first digit, and the account."""
    MOD11_CLEARING = "mod11_clearing"
    """Modulus 11 over the clearing number and the account."""
    MOD11 = "mod11"
    """Modulus 11 over the account alone."""
    MOD10 = "mod10"
    """Modulus 10 over the account alone."""


class AccountWarning(StrEnum):
    """What a person should look at before money is sent."""

    BANK_IS_UNKNOWN = "bank_is_unknown"
    CLEARING_CHECK_DIGIT = "clearing_check_digit"
    ACCOUNT_CHECK_DIGIT = "account_check_digit"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearingRange:
    """What holds for the accounts behind a run of clearing numbers; both ends belong."""

    first: int
    last: int
    bank: str
    min_digits: int = 7
    max_digits: int = 7
    check: AccountCheck = AccountCheck.NONE
    has_fifth_digit: bool = False
    fills_with_zeros: bool = False
    holds_personal_number: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BankAccount:
    """A bank account as it is sent: `clearing` four digits, five where the bank has a fifth that was given.

    `holds_personal_number` when the account number is somebody's personal number, and is masked like one.
    """

    clearing: str
    account: str
    bank: str
    warnings: tuple[AccountWarning, ...]
    holds_personal_number: bool = False

    @property
    def text(self) -> str:
        """The account on one line, as people write it."""
        return f"{self.clearing}, {self.account}"

    @property
    def digits(self) -> str:
        """The account as a payment file has it: the clearing number and the account in one."""
        return self.clearing + self.account


def bank_account(text: str, ranges: Sequence[ClearingRange]) -> BankAccount | NumberProblem:
    """Return the account from "5000, 1234567", "8105-9, 744 202 466" or digits only, or why it is none.

    A clearing number of no known bank is let through with a warning, because banks are newer than tables.
    """
    written = _split(text, ranges)
    if written is None:
        return NumberProblem.WRONG_FORM
    clearing, fifth, account = written
    bank = _bank_of(clearing, ranges)
    if bank is None:
        return BankAccount(
            clearing=clearing + fifth, account=account, bank="", warnings=(AccountWarning.BANK_IS_UNKNOWN,)
        )
    if fifth and not bank.has_fifth_digit:
        return NumberProblem.WRONG_FORM
    if bank.fills_with_zeros:
        account = account.zfill(bank.max_digits)
    if not bank.min_digits <= len(account) <= bank.max_digits:
        return NumberProblem.WRONG_LENGTH
    return BankAccount(
        clearing=clearing + fifth,
        account=account,
        bank=bank.bank,
        warnings=_warnings(bank, clearing, fifth, account),
        holds_personal_number=bank.holds_personal_number,
    )


def _split(text: str, ranges: Sequence[ClearingRange]) -> tuple[str, str, str] | None:
    """Return clearing number, its fifth digit or "", and account; None when nobody can tell them apart.

    Digits only are told apart by the bank. Where a fifth digit may have been left out they are refused unless
    the account is full: a guess would send money to somebody else.
    """
    spaced = _HARD_GAPS.sub(" ", text.strip())
    if match := _CLEARING_THEN_ACCOUNT.fullmatch(spaced):
        return match[1], match[2] or "", re.sub(r"[ -]", "", match[3])
    match = _ALL_DIGITS.fullmatch(spaced)
    if match is None:
        return None
    clearing, rest = match[1], match[2]
    bank = _bank_of(clearing, ranges)
    if bank is None or not bank.has_fifth_digit:
        return clearing, "", rest
    return (clearing, rest[0], rest[1:]) if len(rest) == 1 + bank.max_digits else None


def _bank_of(clearing: str, ranges: Sequence[ClearingRange]) -> ClearingRange | None:
    return next((each for each in ranges if each.first <= int(clearing) <= each.last), None)


def _warnings(bank: ClearingRange, clearing: str, fifth: str, account: str) -> tuple[AccountWarning, ...]:
    found = []
    if fifth and not luhn_is_right(clearing + fifth):
        found.append(AccountWarning.CLEARING_CHECK_DIGIT)
    if not _check_holds(bank.check, clearing, account):
        found.append(AccountWarning.ACCOUNT_CHECK_DIGIT)
    return tuple(found)


def _check_holds(check: AccountCheck, clearing: str, account: str) -> bool:
    match check:
        case AccountCheck.NONE:
            return True
        case AccountCheck.MOD11_CLEARING_TAIL:
            return _mod11_holds(clearing[1:] + account)
        case AccountCheck.MOD11_CLEARING:
            return _mod11_holds(clearing + account)
        case AccountCheck.MOD11:
            return _mod11_holds(account)
        case AccountCheck.MOD10:
            return luhn_is_right(account)


def _mod11_holds(digits: str) -> bool:
    """Return whether the weights 1–10, again and again from the right, give a multiple of 11."""
    return sum(int(digit) * (place % 10 + 1) for place, digit in enumerate(reversed(digits))) % 11 == 0
