"""The persons that do not exist."""

from datetime import date

from timvis.core.identity import adult_on, birth_date, is_coordination_number, personal_number
from timvis.formats.test_persons.read import official_numbers

NUMBERS = official_numbers()
BIRTHS = [born_on for number in NUMBERS.personal if (born_on := birth_date(number))]


def test_every_number_is_right_and_there_once() -> None:
    numbers = NUMBERS.personal + NUMBERS.coordination

    assert all(personal_number(number, today=date(2026, 1, 1)) == number for number in numbers)
    assert len(set(numbers)) == len(numbers)
    assert {is_coordination_number(number) for number in NUMBERS.personal} == {False}
    assert {is_coordination_number(number) for number in NUMBERS.coordination} == {True}


def test_there_is_somebody_for_every_case() -> None:
    assert len(BIRTHS) >= 200
    assert len(NUMBERS.coordination) == 5
    assert {born_on.year for born_on in BIRTHS} == set(range(1930, 2013))
    assert {5, 15, 25} <= {born_on.day for born_on in BIRTHS}
    assert any((born_on.month, born_on.day) == (2, 29) for born_on in BIRTHS)
    assert all(any(adult_on(born_on).year == year for born_on in BIRTHS) for year in range(2019, 2027))
