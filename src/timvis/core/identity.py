"""Numbers that name persons, organisations and places: read as people write them, checked, written one way.

A reading gives the number or a `NumberProblem`; nothing here raises on bad input. A personal number is kept
as twelve digits without a sign, as the population register does. Account numbers are in `account_numbers`.
"""

import re
from datetime import date
from enum import Enum

PERSONAL_DIGITS = 12
_COORDINATION_DAYS = 60
"""What is added to the day of birth in a coordination number (samordningsnummer)."""

# Nobody in the register was born before the 19th century; another century is a slip of the pen.
_PERSONAL = re.compile(r"(18|19|2[0-9])?([0-9]{2})([0-9]{2})([0-9]{2})([-+]?)([0-9]{3})([0-9])")
_ORGANISATION = re.compile(r"(?:16)?([0-9]{6})-?([0-9]{4})")
_VAT = re.compile(r"SE([0-9]{10})([0-9]{2})")
_GLN = re.compile(r"[0-9]{13}")
_PERSONAL_IN_TEXT = re.compile(r"(?<![0-9])(?:[0-9]{2})?[0-9]{6}[-+ ]?[0-9]{4}(?![0-9])")
_GAPS = re.compile(r"[ \u00a0\u2007\u202f]+")


class NumberProblem(Enum):
    """Why a text is not the number it should be. No string, so that a result says which of the two it is."""

    WRONG_FORM = "wrong_form"
    WRONG_LENGTH = "wrong_length"
    NO_SUCH_DAY = "no_such_day"
    IN_THE_FUTURE = "in_the_future"
    COORDINATION_NUMBER = "coordination_number"
    NO_SUCH_SERIES = "no_such_series"
    WRONG_CHECK_DIGIT = "wrong_check_digit"
    WRONG_LENGTH_DIGIT = "wrong_length_digit"

    @property
    def message(self) -> str:
        """What is wrong, as a Swedish clause that follows the number."""
        return _SAYS[self]


_SAYS = {
    NumberProblem.WRONG_FORM: "är inte skrivet som ett sådant nummer",
    NumberProblem.WRONG_LENGTH: "har fel antal siffror",
    NumberProblem.NO_SUCH_DAY: "har en födelsedag som inte finns",
    NumberProblem.IN_THE_FUTURE: "har en födelsedag som inte har varit",
    NumberProblem.COORDINATION_NUMBER: "är ett samordningsnummer, inte ett personnummer",
    NumberProblem.NO_SUCH_SERIES: "tillhör ingen serie som delas ut",
    NumberProblem.WRONG_CHECK_DIGIT: "har en kontrollsiffra som inte stämmer; någon siffra är nog fel",
    NumberProblem.WRONG_LENGTH_DIGIT: "har en längdsiffra som inte stämmer; någon siffra är nog borta",
}


# --- check digits -------------------------------------------------------------------------------------


def luhn_digit(digits: str) -> int:
    """Return the check digit that belongs after the digits (modulus 10, weights 2 and 1 from the right)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        product = int(digit) * (2 - place % 2)
        total += product - 9 if product > 9 else product
    return -total % 10


def luhn_is_right(digits: str) -> bool:
    """Return whether the last digit is the check digit of those before it."""
    return len(digits) > 1 and luhn_digit(digits[:-1]) == int(digits[-1])


# --- persons ------------------------------------------------------------------------------------------


def personal_number(text: str, *, today: date, coordination_allowed: bool = True) -> str | NumberProblem:
    """Return twelve digits from "YYMMDD-NNNC", "YYMMDD+NNNC", "YYYYMMDD-NNNC" or the same without sign.

    `today` tells the century of ten digits: the latest that gives a day already passed, or with a plus sign
    the one before (the sign is used from the year a person turns 100).
    """
    match = _PERSONAL.fullmatch(text.strip())
    if match is None:
        return NumberProblem.WRONG_FORM
    century, year, month, day, sign, birth_number, check = match.groups()
    short = f"{year}{month}{day}{birth_number}{check}"
    if century is None:
        century = _century(int(year), f"{month}{day}", is_hundred=sign == "+", today=today)
    if not _begins_with_a_day(century + short):
        return NumberProblem.NO_SUCH_DAY
    if not luhn_is_right(short):
        return NumberProblem.WRONG_CHECK_DIGIT
    if birth_number == "000":
        return NumberProblem.NO_SUCH_SERIES
    born_on = birth_date(century + short) or date(int(century + year), 1, 1)
    if born_on > today:
        return NumberProblem.IN_THE_FUTURE
    if not coordination_allowed and is_coordination_number(century + short):
        return NumberProblem.COORDINATION_NUMBER
    return century + short


def _century(year: int, month_and_day: str, *, is_hundred: bool, today: date) -> str:
    """Return the two digits that ten-digit numbers leave out."""
    full_year = today.year - (today.year - year) % 100
    if is_hundred:
        return f"{(full_year - 100) // 100:02d}"
    month, day = int(month_and_day[:2]), int(month_and_day[2:]) % _COORDINATION_DAYS
    if full_year == today.year and (month, day) > (today.month, today.day):
        full_year -= 100
    return f"{full_year // 100:02d}"


def birth_date(number: str) -> date | None:
    """Return the day of birth of a twelve-digit personal or coordination number, None when it tells none."""
    if len(number) != PERSONAL_DIGITS or not number.isdecimal():
        return None
    day = int(number[6:8]) - _COORDINATION_DAYS * is_coordination_number(number)
    try:
        return date(int(number[:4]), int(number[4:6]), day)
    except ValueError:
        return None


def is_coordination_number(number: str) -> bool:
    """Return whether a twelve-digit number is a coordination number (samordningsnummer)."""
    return len(number) == PERSONAL_DIGITS and number.isdecimal() and int(number[6:8]) >= _COORDINATION_DAYS


def _begins_with_a_day(number: str) -> bool:
    """Return whether the first eight digits can stand in a number.

    Of somebody whose day of birth is not known, a coordination number has 00 for the month, 60 for the day, or
    a day that the month lacks: Skatteverket's own test numbers have all three.
    """
    if is_coordination_number(number):
        return int(number[4:6]) <= 12 and int(number[6:8]) <= _COORDINATION_DAYS + 31
    return birth_date(number) is not None


def adult_on(born_on: date, years: int = 18) -> date:
    """Return the day on which somebody born on a day reaches an age.

    For a birthday of 29 February in a common year the sources do not settle which day it is; 1 March is
    taken, so that nobody is counted as old enough a day too soon.
    """
    try:
        return born_on.replace(year=born_on.year + years)
    except ValueError:
        return date(born_on.year + years, 3, 1)


def personal_numbers_in(text: str) -> tuple[str, ...]:
    """Return what in a text is written as a personal or coordination number and could be one.

    For texts that travel to others: ten or twelve digits with a day of any century and a right check digit.
    """
    return tuple(found for found in _PERSONAL_IN_TEXT.findall(text) if _could_be_personal(found))


def _could_be_personal(written: str) -> bool:
    digits = re.sub(r"[-+ ]", "", written)
    centuries = ("",) if len(digits) == PERSONAL_DIGITS else ("19", "20")
    is_a_day = any(_begins_with_a_day(century + digits) for century in centuries)
    return is_a_day and luhn_is_right(digits[-10:])


def masked(number: str) -> str:
    """Return a personal number for a screen: the day of birth, and dots for what tells persons apart."""
    if len(number) in (10, PERSONAL_DIGITS) and number.isdecimal():
        return f"{number[:-4]}-••••"
    return "••••"


def shown_text(text: str) -> str:
    """Return a text somebody else has written as a screen may show it: every personal number in it masked."""
    for number in personal_numbers_in(text):
        text = text.replace(number, masked(re.sub(r"[-+ ]", "", number)))
    return text


def personal_text(number: str) -> str:
    """Return a twelve-digit number as people write it, "19850701-1234"."""
    return f"{number[:8]}-{number[8:]}"


# --- organisations and places -------------------------------------------------------------------------


def organisation_number(text: str) -> str | NumberProblem:
    """Return ten digits from "NNNNNN-NNNN", the same without hyphen, or with the prefix 16 of tax files."""
    match = _ORGANISATION.fullmatch(text.strip())
    if match is None:
        return NumberProblem.WRONG_FORM
    number = match[1] + match[2]
    # From 20 upwards the third and fourth digits cannot be a month: so no personal number is taken for one.
    if int(number[2]) < 2:
        return NumberProblem.NO_SUCH_SERIES
    return number if luhn_is_right(number) else NumberProblem.WRONG_CHECK_DIGIT


def organisation_text(number: str) -> str:
    """Return a ten-digit organisation number as people write it, "NNNNNN-NNNN"."""
    return f"{number[:6]}-{number[6:]}"


def number_text(number: str) -> str:
    """Return a provider's number as people write it: an own employer's is her personal number."""
    return personal_text(number) if len(number) == PERSONAL_DIGITS else organisation_text(number)


def vat_number(text: str) -> str | NumberProblem:
    """Return "SE", ten digits and "01"; the ten are an organisation number, or a sole trader's own number."""
    match = _VAT.fullmatch(without_gaps(text).upper())
    if match is None:
        return NumberProblem.WRONG_FORM
    if match[2] != "01":
        return NumberProblem.NO_SUCH_SERIES
    return f"SE{match[1]}01" if luhn_is_right(match[1]) else NumberProblem.WRONG_CHECK_DIGIT


def gln(text: str) -> str | NumberProblem:
    """Return a global location number: thirteen digits, the last one a check digit (weights 3 and 1)."""
    number = without_gaps(text)
    if not number.isascii() or not number.isdecimal():
        return NumberProblem.WRONG_FORM
    if _GLN.fullmatch(number) is None:
        return NumberProblem.WRONG_LENGTH
    total = sum(int(digit) * (1 + 2 * (place % 2)) for place, digit in enumerate(number))
    return number if total % 10 == 0 else NumberProblem.WRONG_CHECK_DIGIT


def without_gaps(text: str) -> str:
    """Return a text without the spaces, hard ones too, that people and spreadsheets put between digits."""
    return _GAPS.sub("", text.strip())
