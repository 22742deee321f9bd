"""Clock time and real time, over the two nights when the clocks change."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timvis.core.calendar.local_time import (
    ClockProblem,
    NoSuchClockTime,
    Reading,
    clock_minute,
    clock_text,
    day_minutes,
    instant,
    instants,
    is_clock_change,
    local_clock,
    local_day,
    local_iso,
    span,
    split_at_midnight,
    stated_reading,
)
from timvis.core.records import ClockSpan

ORDINARY = date(2026, 5, 18)
SPRING = date(2026, 3, 29)
AUTUMN = date(2026, 10, 25)

days = st.dates(date(1990, 1, 1), date(2037, 12, 31))
days_of_change = st.sampled_from(
    [day for year in range(2015, 2031) for day in (date(year, 3, 25), date(year, 10, 25))]
).map(lambda day: next(d for d in (day + timedelta(days=n) for n in range(7)) if d.weekday() == 6))


def piece(on: date, from_text: str, to_text: str) -> ClockSpan:
    found = span(on, from_text, to_text)
    assert isinstance(found, ClockSpan), found
    return found


# --- reading a clock ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "minute"),
    [
        ("08.30", 510),
        ("08:30", 510),
        ("0830", 510),
        ("8.30", 510),
        (" 8:30 ", 510),
        ("00.00", 0),
        ("23.59", 1439),
        ("24.00", 1440),
    ],
)
def test_a_clock_time_is_read_however_it_is_written(text: str, minute: int) -> None:
    assert clock_minute(text) == minute


@pytest.mark.parametrize("text", ["", "8", "830", "24.01", "25.00", "12.60", "12.5", "12,30", "ett", "-1.00", "٠٨.٣٠"])
def test_what_is_no_clock_time_gives_nothing(text: str) -> None:
    assert clock_minute(text) is None


@given(st.integers(0, 1440))
def test_a_clock_time_that_is_written_is_read_back(minute: int) -> None:
    assert clock_minute(clock_text(minute)) == minute


@pytest.mark.parametrize(
    ("text", "clock", "reading"),
    [
        ("02.30", "02.30", None),
        ("02.30V", "02.30", Reading.WINTER_TIME),
        ("02.30 s", "02.30", Reading.SUMMER_TIME),
        ("", "", None),
    ],
)
def test_a_trailing_letter_states_summer_or_winter_time(text: str, clock: str, reading: Reading | None) -> None:
    assert stated_reading(text) == (clock, reading)


# --- an ordinary day ----------------------------------------------------------------------------------


def test_an_ordinary_span_is_as_long_as_the_clock_says() -> None:
    found = piece(ORDINARY, "08.15", "16.00")

    # 16.00 - 08.15 = 7 h 45 min = 465 minutes
    assert found.actual_minutes == found.clock_minutes == 465
    assert (found.from_text, found.to_text, found.is_ambiguous) == ("08.15", "16.00", False)


def test_midnight_can_end_a_span_but_not_begin_it() -> None:
    assert piece(ORDINARY, "22.00", "24.00").actual_minutes == 120
    assert span(ORDINARY, "24.00", "24.00") is ClockProblem.NOT_A_TIME


@pytest.mark.parametrize(
    ("from_text", "to_text", "problem"),
    [
        ("08.00", "kl 9", ClockProblem.NOT_A_TIME),
        ("08.00", "08.00", ClockProblem.END_NOT_AFTER_START),
        ("22.00", "06.00", ClockProblem.END_NOT_AFTER_START),
        ("08.00V", "09.00", ClockProblem.READING_DOES_NOT_HOLD),
    ],
)
def test_two_clock_times_that_are_no_span_say_why(from_text: str, to_text: str, problem: ClockProblem) -> None:
    assert span(ORDINARY, from_text, to_text) is problem


# --- the short day ------------------------------------------------------------------------------------


def test_the_day_of_the_spring_change_has_23_hours() -> None:
    assert day_minutes(SPRING) == 23 * 60
    assert piece(SPRING, "00.00", "24.00").actual_minutes == 23 * 60
    assert is_clock_change(SPRING)


def test_a_night_over_the_spring_change_loses_an_hour() -> None:
    night = split_at_midnight(date(2026, 3, 28), "21.00", "07.00")

    # 21-24 is 3 h; 00-07 is 7 h by the clock, 6 h in truth
    assert not isinstance(night, ClockProblem)
    assert [each.actual_minutes for each in night] == [180, 360]


@pytest.mark.parametrize(
    ("from_text", "to_text"), [("02.00", "04.00"), ("02.59", "04.00"), ("01.00", "02.00"), ("01.00", "02.30")]
)
def test_a_clock_time_that_spring_skips_does_not_exist(from_text: str, to_text: str) -> None:
    assert span(SPRING, from_text, to_text) is ClockProblem.DOES_NOT_EXIST


def test_three_in_the_morning_is_the_moment_at_which_spring_skips() -> None:
    assert piece(SPRING, "01.00", "03.00").actual_minutes == 60
    with pytest.raises(NoSuchClockTime):
        instant(SPRING, 150)


# --- the long day -------------------------------------------------------------------------------------


def test_the_day_of_the_autumn_change_has_25_hours() -> None:
    assert day_minutes(AUTUMN) == 25 * 60
    assert piece(AUTUMN, "00.00", "24.00").actual_minutes == 25 * 60


def test_midnight_to_four_over_the_autumn_change_is_five_hours() -> None:
    found = piece(AUTUMN, "00.00", "04.00")

    assert (found.clock_minutes, found.actual_minutes, found.is_ambiguous) == (240, 300, False)


def test_a_night_with_the_autumn_change_has_ten_hours() -> None:
    night = split_at_midnight(date(2026, 10, 24), "22.00", "07.00")

    # 22-24 is 2 h; 00-07 is 7 h by the clock, 8 h in truth
    assert not isinstance(night, ClockProblem)
    assert sum(each.actual_minutes for each in night) == 10 * 60


@pytest.mark.parametrize(
    ("from_text", "to_text", "minutes"),
    [
        ("00.00", "02.30", 150),  # the end in the first pass
        ("02.30", "04.00", 90),  # the start in the second pass
        ("02.15", "02.45", 30),  # both in the same pass
        ("02.00", "03.00", 60),
    ],
)
def test_the_hour_that_comes_twice_is_read_as_the_fewest_minutes(from_text: str, to_text: str, minutes: int) -> None:
    found = piece(AUTUMN, from_text, to_text)

    assert (found.actual_minutes, found.is_ambiguous) == (minutes, True)


@pytest.mark.parametrize(
    ("from_text", "to_text", "minutes"),
    [
        ("00.00", "02.30V", 210),
        ("02.30s", "04.00", 150),
        ("02.15S", "02.45V", 90),
        ("02.30S", "02.30V", 60),
        ("02.45S", "02.15V", 30),
        ("02.30V", "02.45", 15),  # an end in the first pass would lie before the start
    ],
)
def test_a_stated_reading_is_followed(from_text: str, to_text: str, minutes: int) -> None:
    found = piece(AUTUMN, from_text, to_text)

    assert (found.actual_minutes, found.is_ambiguous) == (minutes, False)


def test_a_reading_in_a_column_of_its_own_is_followed() -> None:
    found = span(AUTUMN, "00.00", "02.30", to_reading=Reading.WINTER_TIME)

    assert isinstance(found, ClockSpan)
    assert (found.actual_minutes, found.is_ambiguous) == (210, False)


def test_a_clock_that_goes_backwards_needs_both_letters() -> None:
    assert span(AUTUMN, "02.45", "02.15") is ClockProblem.END_NOT_AFTER_START
    assert span(AUTUMN, "02.30", "02.30") is ClockProblem.END_NOT_AFTER_START


def test_the_change_has_a_first_and_a_second_pass() -> None:
    first, second = instants(AUTUMN, 150)

    assert second - first == 60
    assert (local_clock(first), local_clock(second)) == ("02.30", "02.30")
    assert (local_iso(first), local_iso(second)) == ("2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00")
    assert (instant(AUTUMN, 150), instant(AUTUMN, 150, fold=1)) == (first, second)


# --- over midnight ------------------------------------------------------------------------------------


def test_a_shift_over_midnight_becomes_one_piece_per_day() -> None:
    found = split_at_midnight(ORDINARY, "22.00", "06.00")

    assert not isinstance(found, ClockProblem)
    assert [(each.work_on, each.from_text, each.to_text) for each in found] == [
        (ORDINARY, "22.00", "24.00"),
        (ORDINARY + timedelta(days=1), "00.00", "06.00"),
    ]
    assert found[0].end_at == found[1].start_at


def test_a_shift_that_ends_at_midnight_is_one_piece() -> None:
    for end in ("00.00", "24.00"):
        found = split_at_midnight(ORDINARY, "22.00", end)

        assert not isinstance(found, ClockProblem)
        assert [(each.work_on, each.actual_minutes) for each in found] == [(ORDINARY, 120)]


def test_the_end_after_midnight_is_judged_by_the_next_day() -> None:
    assert split_at_midnight(date(2026, 3, 28), "22.00", "02.30") is ClockProblem.DOES_NOT_EXIST

    after_spring = split_at_midnight(SPRING, "22.00", "02.30")
    into_autumn = split_at_midnight(date(2026, 10, 24), "22.00", "02.30V")

    # 2 h + 2 h 30 min; 2 h + 3 h 30 min, since winter time was stated
    assert not isinstance(after_spring, ClockProblem)
    assert not isinstance(into_autumn, ClockProblem)
    assert sum(each.actual_minutes for each in after_spring) == 270
    assert sum(each.actual_minutes for each in into_autumn) == 330


def test_the_last_day_that_can_be_written_has_no_next_day() -> None:
    assert split_at_midnight(date.max, "22.00", "06.00") is ClockProblem.END_NOT_AFTER_START


# --- always true --------------------------------------------------------------------------------------


@given(st.one_of(days, days_of_change), st.lists(st.integers(0, 1440), max_size=12))
def test_the_pieces_of_a_day_sum_to_the_day(on: date, cuts: list[int]) -> None:
    edges = sorted({0, 1440, *(minute for minute in cuts if len(instants(on, minute)) == 1)})

    pieces = [piece(on, clock_text(begins), clock_text(ends)) for begins, ends in pairwise(edges)]

    assert sum(each.actual_minutes for each in pieces) == day_minutes(on)
    assert all(before.end_at == after.start_at for before, after in pairwise(pieces))


@given(st.one_of(days, days_of_change), st.integers(0, 1439))
def test_an_instant_leads_back_to_its_day_and_clock(on: date, minute: int) -> None:
    for at in instants(on, minute):
        assert (local_day(at), local_clock(at)) == (on, clock_text(minute))


@given(days)
def test_a_day_ends_where_the_next_begins(on: date) -> None:
    assert instants(on, 1440) == instants(on + timedelta(days=1), 0)
    assert instant(on, 1440) - instant(on, 0) == day_minutes(on)


@given(st.one_of(days, days_of_change), st.integers(0, 1439), st.integers(0, 1440))
def test_a_reading_never_gives_more_minutes_than_another_would(on: date, begins: int, ends: int) -> None:
    found = span(on, clock_text(begins), clock_text(ends))

    if isinstance(found, ClockSpan):
        others = [end - start for start in instants(on, begins) for end in instants(on, ends) if end > start]
        assert found.actual_minutes == min(others) > 0
        assert found.is_ambiguous == (len(others) > 1)


@given(st.dates(), st.text(max_size=8), st.text(max_size=8))
def test_no_text_and_no_day_makes_it_stumble(on: date, from_text: str, to_text: str) -> None:
    assert isinstance(span(on, from_text, to_text), ClockSpan | ClockProblem)
    assert isinstance(split_at_midnight(on, from_text, to_text), tuple | ClockProblem)
