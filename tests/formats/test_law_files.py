"""The files with numbers of the law: what is read, and every fault told at once with its line."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from timvis.core.faults import Fault
from timvis.core.law import Confidence, Value
from timvis.formats.law.read import read_confirmed, read_reach, read_value

HEAD = """\
code = "municipal.hourly_rate"
unit = "SEK/hour"
label = "timbelopp"
label_en = "hourly rate"
kind = "law"
select_by = "performed_on"
checked_on = 2026-11-21
known_on = 2026-11-21
"""
ROW = """
[[value]]
from = 2020-01-01
to = 2020-12-31
value = 289.00
law = "påhittad lag 1 §"
source = ["https://example.org"]
confidence = "verified"
"""
FILE = HEAD + ROW


def faults_of(text: str) -> tuple[Fault, ...]:
    numbers, faults = read_value(text, source="rate.toml")
    assert not (numbers and faults)
    return faults


def codes_and_lines(text: str) -> list[tuple[str, int | None]]:
    return [(fault.code, fault.line) for fault in faults_of(text)]


def test_a_file_becomes_a_number_with_its_rows() -> None:
    (number,), faults = read_value(FILE, source="rate.toml")

    (row,) = number.rows
    assert faults == ()
    assert (number.code, number.unit, number.select_by) == ("municipal.hourly_rate", "SEK/hour", "performed_on")
    assert (row.from_on, row.to_on) == (date(2020, 1, 1), date(2020, 12, 31))
    assert str(row.value) == "289.00"
    assert row.confidence is Confidence.VERIFIED
    assert (row.checked_on, row.known_on) == (date(2026, 11, 21), date(2026, 11, 21))


@pytest.mark.parametrize(
    ("unit", "written", "value"),
    [
        ("SEK/hour", "347.70", Decimal("347.70")),
        ("SEK", "1_500_000", Decimal(1_500_000)),
        ("percent", "0.10", Decimal("0.10")),
        ("calendar_days", "14", 14),
        ("day_of_month", "15", 15),
        ("day_of_month", '"5,15,25"', "5,15,25"),
        ("assistance_hours_per_hour", '"1/7"', Fraction(1, 7)),
        ("working_hours_per_hour", '"1"', Fraction(1)),
        ("bool", "false", False),
        ("code", '"never_a_cost"', "never_a_cost"),
    ],
)
def test_the_unit_decides_how_a_value_is_read(unit: str, written: str, value: Value) -> None:
    text = FILE.replace("SEK/hour", unit).replace("value = 289.00", f"value = {written}")

    ((number,), faults) = read_value(text, source="rate.toml")

    read = number.rows[0].value
    assert faults == ()
    assert (read, str(read)) == (value, str(value))


@pytest.mark.parametrize(
    ("unit", "written"),
    [
        ("SEK/hour", '"289,00"'),
        ("SEK/hour", "true"),
        ("SEK/hour", "-1.00"),
        ("SEK/hour", "nan"),
        ("SEK/hour", "inf"),
        ("calendar_days", "14.5"),
        ("calendar_days", '"14"'),
        ("day_of_month", '"5;15"'),
        ("assistance_hours_per_hour", "0.25"),
        ("assistance_hours_per_hour", '"1/0"'),
        ("bool", "1"),
        ("code", '" "'),
        ("code", "1"),
    ],
)
def test_a_value_that_does_not_fit_its_unit_is_a_fault(unit: str, written: str) -> None:
    text = FILE.replace("SEK/hour", unit).replace("value = 289.00", f"value = {written}")

    # the head is 8 lines, an empty one, [[value]], from, to, and then the value
    assert codes_and_lines(text) == [("wrong_value", 13)]


def test_every_fault_of_a_file_is_told_at_once() -> None:
    text = (
        FILE.replace('unit = "SEK/hour"', 'unit = "kr/timme"')
        .replace('label = "timbelopp"', "label = 7")
        .replace("from = 2020-01-01", 'from = "2020"')
        .replace('law = "påhittad lag 1 §"\n', "")
        .replace('confidence = "verified"', 'confidence = "säker"\nsorce = "x"')
    )

    faults = {(fault.code, fault.column): fault.line for fault in faults_of(text)}

    assert faults == {
        ("unknown_word", "unit"): 2,
        ("wrong_kind", "from"): 11,
        ("missing_key", "law"): 10,
        ("unknown_word", "confidence"): 15,
        ("unknown_key", "sorce"): 16,
        ("wrong_kind", "label"): 3,
    }


def test_a_fault_says_where_why_and_what_to_do() -> None:
    (fault,) = faults_of(FILE.replace("to = 2020-12-31", "to = 2019-12-31"))

    assert (fault.file, fault.line, fault.column) == ("rate.toml", 12, "to")
    assert fault.message == "Raden slutar 2019-12-31, före sin första dag 2020-01-01."
    assert fault.remedy == "Skriv den sista dagen då värdet gäller; den räknas med."


def test_two_rows_for_the_same_day_are_a_fault_unless_one_corrects_the_other() -> None:
    later = ROW.replace("from = 2020-01-01", "from = 2020-12-31").replace("to = 2020-12-31", "to = 2021-12-31")
    correction = later + "known_on = 2026-12-05\n"

    assert codes_and_lines(FILE + later) == [("overlapping_rows", 19)]
    assert faults_of(FILE + correction) == ()


def test_an_open_row_overlaps_everything_after_it() -> None:
    later = ROW.replace("2020-", "2023-")

    assert [fault.code for fault in faults_of(FILE.replace("to = 2020-12-31\n", "") + later)] == ["overlapping_rows"]


def test_rows_for_different_ages_may_share_days() -> None:
    young, older = ROW + "max_age = 17\n", ROW + "min_age = 18\nmax_age = 22\n"

    assert faults_of(HEAD + young + older) == ()
    assert [fault.code for fault in faults_of(HEAD + young + ROW)] == ["overlapping_rows"]


def test_only_a_row_from_memory_may_be_without_source() -> None:
    without = FILE.replace('["https://example.org"]', "[]")

    assert [fault.code for fault in faults_of(without)] == ["no_source"]
    assert faults_of(without.replace('"verified"', '"from-memory"')) == ()


def test_a_number_without_rows_is_a_fault() -> None:
    assert [fault.code for fault in faults_of(HEAD)] == ["no_rows"]


def test_what_is_no_toml_is_one_fault_with_line_and_column() -> None:
    (fault,) = faults_of(FILE.replace('law = "påhittad lag 1 §"', 'law = "påhittad'))

    assert (fault.code, fault.line) == ("not_toml", 14)
    assert fault.column is not None


def test_a_file_may_hold_several_numbers() -> None:
    one = "[[number]]\n" + HEAD + ROW.replace("[[value]]", "[[number.value]]")
    two = one.replace("municipal.hourly_rate", "municipal.other_rate")

    numbers, faults = read_value(one + "\n" + two, source="numbers.toml")

    assert faults == ()
    assert [number.code for number in numbers] == ["municipal.hourly_rate", "municipal.other_rate"]
    # the second number begins after the 17 lines of the first and an empty one; its value is 13 lines further on
    broken = one + "\n" + two.replace("value = 289.00", 'value = "x"')
    assert codes_and_lines(broken) == [("wrong_value", 32)]


def test_the_operators_confirmations_need_a_name_a_day_and_a_text() -> None:
    text = '[[confirmed]]\ncode = "assistance.hourly_rate"\nfrom = 1999-01-01\n'
    whole = text + 'by = "Cecilia Ceder"\non = 2026-11-30\nsource = "SFS 1998:1393"\n'

    assert read_confirmed(whole, source="confirmed.toml") == (
        frozenset({("assistance.hourly_rate", date(1999, 1, 1))}),
        (),
    )
    rows, faults = read_confirmed(text, source="confirmed.toml")
    assert rows == frozenset()
    assert [fault.column for fault in faults] == ["by", "on", "source"]


def test_how_far_the_data_reaches_is_required() -> None:
    _, faults = read_reach('doubt = "x"\n', source="_reach.toml")

    assert [(fault.code, fault.column) for fault in faults] == [("missing_key", "reaches_to")]
