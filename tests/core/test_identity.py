"""Personal numbers, organisation numbers and places, as people write them."""

import json
import os
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from personnummer import personnummer
from stdnum import ean, luhn
from stdnum.se import orgnr, vat
from stdnum.se import personnummer as stdnum_personal

from timvis.core.identity import (
    NumberProblem,
    adult_on,
    birth_date,
    gln,
    is_coordination_number,
    luhn_digit,
    luhn_is_right,
    masked,
    number_text,
    organisation_number,
    organisation_text,
    personal_number,
    personal_numbers_in,
    personal_text,
    vat_number,
)
from timvis.formats.test_persons.read import official_numbers

TODAY = date(2026, 11, 23)
NUMBERS = official_numbers()
BJORN = next(number for number in NUMBERS.personal if number.startswith("1985"))
COORDINATED = NUMBERS.coordination[2]

digits = st.text("0123456789", min_size=1, max_size=30)
official = st.sampled_from(NUMBERS.personal + NUMBERS.coordination)


def organisation(first_nine: str) -> str:
    return f"{first_nine}{luhn_digit(first_nine)}"


# --- check digits -------------------------------------------------------------------------------------


@given(digits)
def test_the_check_digit_is_the_one_that_others_reckon(body: str) -> None:
    assert str(luhn_digit(body)) == luhn.calc_check_digit(body)
    assert luhn_is_right(body + str(luhn_digit(body)))


@given(digits, st.data())
def test_one_wrong_digit_is_always_found(body: str, data: st.DataObject) -> None:
    number = body + str(luhn_digit(body))
    place = data.draw(st.integers(0, len(number) - 1))
    other = data.draw(st.sampled_from("0123456789"))
    assume(other != number[place])

    assert not luhn_is_right(number[:place] + other + number[place + 1 :])


# --- personal numbers ---------------------------------------------------------------------------------


@given(official)
def test_a_number_is_read_in_each_of_its_forms(number: str) -> None:
    short, born_on = number[2:], birth_date(number)
    assert born_on is not None
    # The plus sign is used from the year in which somebody turns 100.
    sign = "+" if TODAY.year - born_on.year >= 100 else "-"

    for text in (number, f"{number[:8]}-{number[8:]}", f"{short[:6]}{sign}{short[6:]}", short):
        assert personal_number(f" {text} ", today=TODAY) == number


def test_a_plus_sign_means_a_hundred_years_earlier() -> None:
    short = f"{BJORN[2:8]}+{BJORN[8:]}"

    assert personal_number(short, today=TODAY) == f"18{BJORN[2:]}"


def test_ten_digits_of_a_day_that_has_not_been_belong_to_the_century_before() -> None:
    assert personal_number(BJORN[2:], today=date(2085, 1, 1)) == BJORN
    assert personal_number(BJORN[2:], today=date(2086, 1, 1)) == f"20{BJORN[2:]}"


def test_somebody_who_turns_a_hundred_later_this_year_has_the_plus_sign_already() -> None:
    born_on = birth_date(BJORN)
    assert born_on is not None
    new_year = date(born_on.year + 100, 1, 1)

    assert personal_number(f"{BJORN[2:8]}+{BJORN[8:]}", today=new_year) == BJORN


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", NumberProblem.WRONG_FORM),
        ("Björn", NumberProblem.WRONG_FORM),
        (BJORN[:-1], NumberProblem.WRONG_FORM),
        (f"{BJORN[2:8]} {BJORN[8:]}", NumberProblem.WRONG_FORM),
        (BJORN[:-1] + str((int(BJORN[-1]) + 1) % 10), NumberProblem.WRONG_CHECK_DIGIT),
        ("19850230" + BJORN[8:], NumberProblem.NO_SUCH_DAY),
        ("19851301" + BJORN[8:], NumberProblem.NO_SUCH_DAY),
        (f"20{BJORN[2:]}", NumberProblem.IN_THE_FUTURE),
        ("20150916" + "0006", NumberProblem.NO_SUCH_SERIES),
        (f"10{BJORN[2:]}", NumberProblem.WRONG_FORM),
        (f"00{COORDINATED[2:]}", NumberProblem.WRONG_FORM),
    ],
)
def test_a_number_that_cannot_be_read_says_why(text: str, problem: NumberProblem) -> None:
    assert personal_number(text, today=TODAY) is problem
    assert problem.message


def test_a_coordination_number_is_a_number_of_its_own_kind() -> None:
    assert is_coordination_number(COORDINATED)
    assert not is_coordination_number(BJORN)
    assert personal_number(COORDINATED, today=TODAY) == COORDINATED
    found = personal_number(COORDINATED, today=TODAY, coordination_allowed=False)
    assert found is NumberProblem.COORDINATION_NUMBER
    born_on = birth_date(COORDINATED)
    assert born_on is not None
    assert f"{born_on:%Y%m}{born_on.day + 60}" == COORDINATED[:8]


@pytest.mark.parametrize("month_and_day", ["0072", "0860", "0290"])
def test_a_coordination_number_may_tell_no_day_of_birth(month_and_day: str) -> None:
    body = f"85{month_and_day}238"
    number = f"19{body}{luhn_digit(body)}"

    assert personal_number(number, today=TODAY) == number
    assert birth_date(number) is None


@given(st.dates(date(1900, 1, 1), date(2026, 11, 22)), st.integers(1, 999), st.integers(0, 9))
def test_two_other_readers_say_the_same(born_on: date, birth_number: int, check: int) -> None:
    number = f"{born_on:%Y%m%d}{birth_number:03d}{check}"

    is_right = personal_number(number, today=TODAY) == number

    assert is_right == personnummer.valid(number)
    # That one asks the clock of the machine for births in the future, which none of these is.
    assert is_right == stdnum_personal.is_valid(number)


@given(st.text(max_size=14))
def test_no_text_makes_the_readers_stumble(text: str) -> None:
    for found in (
        personal_number(text, today=TODAY),
        organisation_number(text),
        vat_number(text),
        gln(text),
        masked(text),
    ):
        assert isinstance(found, str | NumberProblem)
    assert birth_date(text) is None or len(text) == 12


def official_cases(name: str) -> list[dict[str, object]]:
    folder = os.environ.get("TIMVIS_STANDARDS")
    path = Path(folder or "", "ids", name)
    if not folder or not path.is_file():
        pytest.skip(f"ids/{name} is read where TIMVIS_STANDARDS has it")
    cases: list[dict[str, object]] = json.loads(path.read_text(encoding="utf-8"))
    return cases


def test_the_published_cases_are_read_as_they_say() -> None:
    for case in official_cases("personnummer-cases.json"):
        for form in ("long_format", "short_format", "separated_format", "separated_long"):
            found = personal_number(str(case[form]), today=TODAY)
            # Ten digits without a sign cannot tell a hundred-year-old from a newborn.
            if case["valid"] and form == "short_format":
                assert isinstance(found, str), case
                assert found[2:] == case["short_format"]
            else:
                assert (found == case["long_format"]) == case["valid"], case


def test_published_organisation_numbers_are_no_personal_numbers() -> None:
    for case in official_cases("orgnumber-cases.json"):
        for form in ("short_format", "separated_format"):
            assert organisation_number(str(case[form])) == case["short_format"], case
            assert isinstance(personal_number(str(case[form]), today=TODAY), NumberProblem), case


def test_every_published_test_number_is_right() -> None:
    folder = os.environ.get("TIMVIS_STANDARDS")
    if not folder:
        pytest.skip("the whole list of test numbers is read where TIMVIS_STANDARDS has it")
    for path in sorted(Path(folder, "ids").glob("skatteverket-test-*.txt")):
        numbers = path.read_text(encoding="utf-8").split()

        assert [number for number in numbers if personal_number(number, today=TODAY) != number] == []


# --- what a screen and a letter may show --------------------------------------------------------------


def test_a_masked_number_shows_the_day_of_birth_alone() -> None:
    assert masked(BJORN) == f"{BJORN[:8]}-••••"
    assert masked(BJORN[2:]) == f"{BJORN[2:8]}-••••"
    assert masked("Björn") == "••••"
    assert personal_text(BJORN) == f"{BJORN[:8]}-{BJORN[8:]}"


@given(official, st.sampled_from(["", "-", " ", "+"]))
def test_a_personal_number_in_a_text_is_found(number: str, sign: str) -> None:
    for body in (number, number[2:]):
        written = f"{body[:-4]}{sign}{body[-4:]}"

        assert personal_numbers_in(f"Assistans mars, {written}.") == (written,)


def test_other_numbers_in_a_text_are_let_be() -> None:
    assert personal_numbers_in("Ärende 2025-000123, 5050-1055, 120 timmar, 2025-03-01 kl. 13.00") == ()
    assert personal_numbers_in(f"1{BJORN}1") == ()


# --- ages ---------------------------------------------------------------------------------------------


def test_an_age_is_reached_on_the_birthday() -> None:
    assert adult_on(date(2007, 5, 15)) == date(2025, 5, 15)
    assert adult_on(date(2008, 2, 29), years=20) == date(2028, 2, 29)


def test_a_leap_day_birthday_in_a_common_year_is_taken_as_the_first_of_march() -> None:
    assert adult_on(date(2008, 2, 29)) == date(2026, 3, 1)


@given(st.dates(date(1900, 1, 1), date(2030, 12, 31)), st.integers(1, 100))
def test_the_day_before_an_age_is_a_year_too_young(born_on: date, years: int) -> None:
    reached = adult_on(born_on, years)
    day_before = reached - timedelta(days=1)

    assert (reached.year, (reached.month, reached.day) >= (born_on.month, born_on.day)) == (
        born_on.year + years,
        True,
    )
    assert (day_before.year, day_before.month, day_before.day) < (
        born_on.year + years,
        born_on.month,
        born_on.day,
    )


# --- organisations and places -------------------------------------------------------------------------


def test_an_organisation_number_is_read_with_hyphen_and_with_prefix() -> None:
    ekot = organisation("559900123")

    for text in (ekot, organisation_text(ekot), f"16{ekot}", f" {ekot} "):
        assert organisation_number(text) == ekot


def test_a_providers_number_is_written_as_what_it_is() -> None:
    assert number_text("5599000105") == "559900-0105"
    assert number_text("198002152380") == "19800215-2380"


def test_a_personal_number_is_not_taken_for_an_organisation_number() -> None:
    assert organisation_number(BJORN[2:]) is NumberProblem.NO_SUCH_SERIES


@given(st.from_regex(r"[1-9][0-9][2-9][0-9]{7}", fullmatch=True))
def test_another_reader_agrees_on_organisations_and_their_vat_numbers(number: str) -> None:
    assert (organisation_number(number) == number) == orgnr.is_valid(number)
    assert (vat_number(f"SE{number}01") == f"SE{number}01") == vat.is_valid(f"SE{number}01")


def test_a_vat_number_can_be_a_sole_traders_and_ends_with_01() -> None:
    assert vat_number(f"se {BJORN[2:]} 01") == f"SE{BJORN[2:]}01"
    assert vat_number(f"SE{BJORN[2:]}02") is NumberProblem.NO_SUCH_SERIES
    assert vat_number(BJORN[2:]) is NumberProblem.WRONG_FORM


@given(st.from_regex(r"[0-9]{13}", fullmatch=True))
def test_another_reader_agrees_on_location_numbers(number: str) -> None:
    right = number[:-1] + ean.calc_check_digit(number[:-1])

    assert gln(right) == right
    assert (gln(number) == number) == ean.is_valid(number)
    assert gln(right[1:]) is NumberProblem.WRONG_LENGTH
