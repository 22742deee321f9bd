"""Due rules: how a routine writes them, what they say of themselves, and what is wrong with a broken one."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timvis.core.calendar.deadlines import DueRule, counts_from_event, due
from timvis.core.calendar.due_tables import EVERY_MONTH_HAS, read_due_rule
from timvis.core.calendar.local_time import instant
from timvis.core.faults import Fault
from timvis.formats.holiday_calendar.read import holidays_of

YEARS = holidays_of(2018, 2042)


def rule_of(**table: object) -> DueRule:
    rule = read_due_rule(table)
    assert not isinstance(rule, tuple), rule
    return rule


def faults_of(table: dict[str, Any]) -> tuple[Fault, ...]:
    found = read_due_rule(table)
    assert isinstance(found, tuple), found
    return found


@pytest.mark.parametrize(
    ("table", "text"),
    [
        (
            {"working_day": 1, "months_after": 1, "at": "13.00", "saturdays_count": True},
            "Senast den 1:a vardagen i månaden efter, kl. 13.00. Lördagar räknas som vardagar.",
        ),
        (
            {"working_day": 10},
            "Senast den 10:e vardagen i månaden efter. Lördagar och aftnar (midsommar, jul, nyår) är inte vardagar.",
        ),
        (
            {"last_working_day": True, "months_after": 0, "saturdays_count": True},
            "Senast sista vardagen i samma månad. Lördagar räknas som vardagar.",
        ),
        ({"day": 5, "months_after": 2}, "Senast den 5:e i den 2:a månaden efter."),
        (
            {"day": 5, "months_after": 2, "move": "before", "saturdays_count": True},
            "Senast den 5:e i den 2:a månaden efter, eller närmaste vardag före. Lördagar räknas som vardagar.",
        ),
        (
            {"day": 6, "at": "18.00", "at_on_holiday": "10.00"},
            "Den 6:e i månaden efter: kl. 18.00, men kl. 10.00 när dagen är en söndag eller annan helgdag.",
        ),
        ({"weeks": 2, "event": "underrättelsen"}, "Senast 2 veckor efter underrättelsen."),
        ({"months": 1}, "Senast 1 månad efter händelsen."),
        ({"day": 15, "months_after": -1}, "Senast den 15:e i månaden före."),
    ],
)
def test_a_rule_explains_itself(table: dict[str, object], text: str) -> None:
    assert rule_of(**table).text == text


def test_no_days_after_an_event_is_the_day_of_the_event_itself() -> None:
    rule = rule_of(days=0, event="beställningen")

    assert rule.text == "Senast samma dag som beställningen."
    assert due(rule, date(2025, 3, 3), YEARS).on == date(2025, 3, 3)


def test_a_due_day_is_told_with_weekday_and_time() -> None:
    rule = rule_of(working_day=1, at="13.00")

    found = due(rule, date(2025, 1, 1), YEARS)

    assert found.text == "Senast måndag 3 februari 2025 kl. 13.00."


def test_a_numbered_day_is_moved_to_a_working_day_when_the_rule_says_so() -> None:
    # 5 April 2025 is a Saturday
    assert due(rule_of(day=5), date(2025, 3, 1), YEARS).on == date(2025, 4, 5)
    assert due(rule_of(day=5, move="before"), date(2025, 3, 1), YEARS).on == date(2025, 4, 4)
    assert due(rule_of(day=5, move="after"), date(2025, 3, 1), YEARS).on == date(2025, 4, 7)
    assert due(rule_of(day=5, move="after", saturdays_count=True), date(2025, 3, 1), YEARS).on == date(2025, 4, 5)


def test_a_day_that_a_month_lacks_is_its_last() -> None:
    assert due(rule_of(day=31), date(2025, 1, 31), YEARS).on == date(2025, 2, 28)


def test_the_last_working_day_of_a_month() -> None:
    # 31 May 2025 is a Saturday
    assert due(rule_of(last_working_day=True), date(2025, 4, 1), YEARS).on == date(2025, 5, 30)


def test_two_weeks_after_an_event_do_not_count_the_day_of_it() -> None:
    rule = rule_of(weeks=2)

    assert counts_from_event(rule)
    assert due(rule, date(2025, 3, 3), YEARS).on == date(2025, 3, 17)
    assert due(rule_of(days=14), date(2025, 3, 3), YEARS).on == date(2025, 3, 17)


def test_what_comes_on_the_minute_is_in_time_and_a_whole_day_lasts_to_midnight() -> None:
    at_one = due(rule_of(working_day=1, at="13.00"), date(2025, 1, 1), YEARS)
    all_day = due(rule_of(working_day=1), date(2025, 1, 1), YEARS)

    assert not at_one.is_late(instant(date(2025, 2, 3), 780))
    assert at_one.is_late(instant(date(2025, 2, 3), 781))
    assert not all_day.is_late(instant(date(2025, 2, 3), 1439))
    assert all_day.is_late(instant(date(2025, 2, 4), 0))


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ({}, [None]),
        ({"day": 5, "working_day": 1}, [None]),
        ({"working_day": EVERY_MONTH_HAS + 1}, ["working_day"]),
        ({"working_day": True}, ["working_day"]),
        ({"working_day": "1", "at": 13, "saturdays_count": "ja"}, ["at", "saturdays_count", "working_day"]),
        ({"working_day": 1, "at": "25.00"}, ["at"]),
        ({"working_day": 1, "at": "02.30"}, ["at"]),
        ({"working_day": 1, "dag": 3}, ["dag"]),
        ({"last_working_day": False}, ["last_working_day"]),
        ({"day": 5, "saturdays_count": True}, ["saturdays_count"]),
        ({"day": 5, "move": "sideways"}, ["move"]),
        ({"day": 6, "at_on_holiday": "10.00"}, ["at"]),
        ({"day": 6, "at": "18.00", "at_on_holiday": "10.00", "move": "after"}, ["move"]),
        ({"working_days": 10, "move": "after"}, ["move"]),
        ({"weeks": 0, "event": " "}, ["event", "weeks"]),
        ({"day": 5, "months_after": 100}, ["months_after"]),
    ],
)
def test_a_broken_rule_gives_every_fault_with_its_key(table: dict[str, object], columns: list[str | None]) -> None:
    faults = faults_of(table)

    assert sorted((fault.column for fault in faults), key=str) == columns
    assert all(fault.message and fault.remedy for fault in faults)


months_after = st.integers(-12, 24)
clocks = st.sampled_from(["00.00", "13.00", "24.00"])
tables = st.one_of(
    st.fixed_dictionaries(
        {"working_day": st.integers(1, EVERY_MONTH_HAS), "months_after": months_after},
        optional={"at": clocks, "saturdays_count": st.booleans()},
    ),
    st.fixed_dictionaries(
        {
            "day": st.integers(1, 31),
            "months_after": months_after,
            "move": st.sampled_from(["before", "after"]),
        },
        optional={"at": clocks, "saturdays_count": st.booleans()},
    ),
    st.fixed_dictionaries({"working_days": st.integers(1, 300)}, optional={"at": clocks}),
    st.fixed_dictionaries({"months": st.integers(1, 60)}, optional={"move": st.just("after")}),
)


@given(tables, st.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_every_rule_that_is_read_can_be_reckoned_and_told(table: dict[str, object], from_on: date) -> None:
    rule = rule_of(**table)

    found = due(rule, from_on, YEARS)

    assert rule.text.endswith(".")
    assert found.text.startswith("Senast ")
    assert not found.is_late(instant(found.on, 0))


keys = st.sampled_from(["working_day", "last_working_day", "day", "days", "months", "at", "move", "event", "x"])
values = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5), st.lists(st.integers()))


@given(st.dictionaries(keys, values))
def test_no_table_makes_the_reader_stumble(table: dict[str, object]) -> None:
    found = read_due_rule(table)

    assert not isinstance(found, tuple) or (found and all(isinstance(fault, Fault) for fault in found))
