"""A schedule: what is planned beside what became of it, how often it comes back, and as the reports it would be."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import ALMA_NUMBER, BJORN_NUMBER, GRETA_NUMBER
from timvis.core.calendar.local_time import instant
from timvis.core.quantities import Ore
from timvis.core.records import Recipient, TimeKind
from timvis.core.review.finding import Finding
from timvis.core.review.rule import Grain, Severity
from timvis.core.review.rules import RULES
from timvis.core.schedule import (
    OF_PAPERS,
    Repeat,
    Shift,
    Standing,
    as_reports,
    beside,
    objections,
    repeated,
)

MONDAY = date(2026, 11, 2)
ALMA = Recipient(number=ALMA_NUMBER, name="Alma Åkesson")
NAMES = {BJORN_NUMBER: "Björn Berg", GRETA_NUMBER: "Greta Ström"}
LATE = instant(date(2026, 12, 31), 0)


def shift(
    key: str,
    start: int = 8,
    end: int = 16,
    *,
    on: date = MONDAY,
    number: str = BJORN_NUMBER,
    kind: TimeKind = TimeKind.ACTIVE,
) -> Shift:
    """Return a shift between two whole hours; an end of 31 is seven the next morning."""
    return Shift(
        key=key,
        assistant_number=number,
        assistant_name=NAMES[number],
        kind=kind,
        start_at=instant(on, start * 60),
        end_at=instant(on + timedelta(days=end // 24), end % 24 * 60),
    )


# --- planned beside reported -----------------------------------------------------------------------------------------


def test_a_shift_reported_as_it_was_planned_is_one_line() -> None:
    (line,) = beside([shift("p1")], [shift("r1")], now=LATE)

    assert line.standing is Standing.AS_PLANNED
    assert (line.planned[0].key, line.reported[0].key) == ("p1", "r1")


def test_a_night_is_one_planned_shift_and_two_reported_rows() -> None:
    tuesday = MONDAY + timedelta(days=1)
    night, evening, morning = shift("p1", 22, 31), shift("r1", 22, 24), shift("r2", 0, 7, on=tuesday)

    (line,) = beside([night], [evening, morning], now=LATE)

    assert line.standing is Standing.AS_PLANNED


@pytest.mark.parametrize(
    "reported",
    [shift("r1", 8, 17), shift("r1", 9, 16), shift("r1", kind=TimeKind.WAITING)],
    ids=["longer", "later", "of another kind"],
)
def test_other_time_than_planned_is_told(reported: Shift) -> None:
    (line,) = beside([shift("p1")], [reported], now=LATE)

    assert line.standing is Standing.OTHERWISE


def test_what_is_not_reported_lies_ahead_until_it_is_over() -> None:
    before, after = instant(MONDAY, 15 * 60), instant(MONDAY, 16 * 60)

    assert [line.standing for line in beside([shift("p1")], [], now=before)] == [Standing.AHEAD]
    assert [line.standing for line in beside([shift("p1")], [], now=after)] == [Standing.NOT_REPORTED]


def test_another_assistants_shift_at_the_same_time_is_not_the_planned_one() -> None:
    found = beside([shift("p1")], [shift("r1", number=GRETA_NUMBER)], now=LATE)

    assert {(line.first.assistant_name, line.standing) for line in found} == {
        ("Björn Berg", Standing.NOT_REPORTED),
        ("Greta Ström", Standing.NOT_PLANNED),
    }


hours = st.tuples(st.integers(0, 20), st.integers(1, 11), st.integers(0, 27), st.sampled_from(sorted(NAMES)))
plans = st.lists(hours, max_size=12).map(
    lambda told: [
        shift(f"{place}", start, start + length, on=MONDAY + timedelta(days=day), number=number)
        for place, (start, length, day, number) in enumerate(told)
    ]
)


@given(planned=plans, reported=plans)
def test_every_shift_stands_in_one_line_and_in_order(planned: list[Shift], reported: list[Shift]) -> None:
    others = [replace(each, key=f"r{each.key}") for each in reported]

    found = beside(planned, others, now=LATE)

    assert sorted(each.key for line in found for each in line.planned) == sorted(each.key for each in planned)
    assert sorted(each.key for line in found for each in line.reported) == sorted(each.key for each in others)
    assert [line.first.start_at for line in found] == sorted(line.first.start_at for line in found)


# --- how often -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("repeat", "days"),
    [
        (Repeat.ONCE, [2]),
        (Repeat.DAILY, list(range(2, 17))),
        (Repeat.WEEKDAYS, [2, 3, 4, 5, 6, 9, 10, 11, 12, 13, 16]),
        (Repeat.WEEKLY, [2, 9, 16]),
        (Repeat.FORTNIGHTLY, [2, 16]),
    ],
)
def test_a_shift_comes_back_as_it_was_asked(repeat: Repeat, days: list[int]) -> None:
    assert [day.day for day in repeated(MONDAY, repeat, date(2026, 11, 17))] == days


# --- as the reports it would be --------------------------------------------------------------------------------------


def test_a_night_over_the_end_of_the_month_is_split_between_the_months() -> None:
    last = date(2026, 11, 30)
    night = shift("p1", 22, 31, on=last)

    (november,) = as_reports([night], date(2026, 11, 1), ALMA)
    (december,) = as_reports([night], date(2026, 12, 1), ALMA)

    assert [(row.span.from_text, row.span.to_text) for row in november.rows] == [("22.00", "24.00")]
    assert [(row.span.from_text, row.span.to_text) for row in december.rows] == [("00.00", "07.00")]
    assert as_reports([night], date(2026, 10, 1), ALMA) == ()


@given(planned=plans)
def test_no_minute_is_lost_or_won_on_the_way_to_the_reports(planned: list[Shift]) -> None:
    found = [
        row
        for month in (date(2026, 11, 1), date(2026, 12, 1))
        for report in as_reports(planned, month, ALMA)
        for row in report.rows
    ]

    assert sum(row.span.actual_minutes for row in found) == sum(each.minutes for each in planned)
    assert all(row.span.end_minute <= 24 * 60 for row in found)


def test_the_night_with_a_clock_change_has_an_hour_more() -> None:
    night = shift("p1", 22, 31, on=date(2026, 10, 24))

    (report,) = as_reports([night], date(2026, 10, 1), ALMA)

    assert night.minutes == sum(row.span.actual_minutes for row in report.rows) == 10 * 60


# --- what would be said of it ----------------------------------------------------------------------------------------


def test_every_rule_that_is_not_asked_of_a_plan_exists() -> None:
    assert RULES.keys() >= OF_PAPERS


def finding(code: str, severity: Severity, minutes: int, ore: int | None) -> Finding:
    """Return what a rule says of one of Björn's shifts."""
    return Finding(
        code=code,
        severity=severity,
        grain=Grain.SHIFT,
        label=code.capitalize(),
        message=f"{minutes} minuter",
        cites=("SFB 51:16",),
        assistant_number=BJORN_NUMBER,
        minutes=minutes,
        money_at_risk_ore=None if ore is None else Ore(ore),
    )


def test_findings_are_gathered_by_rule_the_heaviest_first() -> None:
    asked, refused, again = (
        finding("asked", Severity.ASKS, 600, None),
        finding("refused", Severity.REFUSES, 60, 31_500),
        finding("refused", Severity.REFUSES, 120, 63_000),
    )

    first, second = objections([asked, refused, again], NAMES)

    assert (first.label, first.times, first.minutes, first.ore) == ("Refused", 2, 180, 94_500)
    assert (second.label, second.ore, second.assistants) == ("Asked", None, ("Björn Berg",))
