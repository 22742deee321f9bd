"""The working time of a month for the state: which limit is broken, by which days, and what mends it."""

import random
from dataclasses import replace
from datetime import date

import pytest
from bench.ordinary_month import MORNING, built, days_of, ordinary, piece_of, with_case

from timvis.core.facts.settings import ReviewSettings
from timvis.core.green_month.light import judge
from timvis.core.green_month.limits import BrokenLimit, LimitKind, broken_limits
from timvis.core.green_month.records import StateMonth
from timvis.core.law import LawReader
from timvis.core.quantities import OrePerHour
from timvis.core.records import OtherShift, ReportRow, TimeKind
from timvis.core.review.review import review
from timvis.formats.law.packaged import load_law

LAW = load_law()
MARCH = date(2024, 3, 1)  # a Friday; its last week ends on Sunday the 31st
SETTINGS = ReviewSettings(rate=OrePerHour(33_260))
RULES = {
    "four_weeks_were_longer_than_the_limit": {LimitKind.FOUR_WEEKS, LimitKind.FOUR_WEEKS_WITH_WAITING},
    "year_was_longer_than_the_limit": {LimitKind.YEAR},
    "month_was_longer_than_the_limit": {LimitKind.MONTH},
    "total_working_time_was_beyond_the_average": {LimitKind.AVERAGE},
}


def a_month(rows: list[tuple[int, int, int, TimeKind]], *, own_employer: bool = False) -> StateMonth:
    """Return March with one assistant's rows (day, from, to, kind) in minutes of the clock."""
    draft = ordinary(MARCH, random.Random(1))
    draft.rows = {number: [] for number in draft.rows} | {MORNING: [row[:3] for row in rows]}
    draft.own_employer = own_employer
    month = built(draft)
    kinds = [kind for *_, kind in rows]
    (report,) = month.case.reports
    told = tuple(replace(row, kind=kind) for row, kind in zip(report.rows, kinds, strict=True))
    return with_case(month, reports=(replace(report, rows=told, reference_periods=()),))


def broken(month: StateMonth, settings: ReviewSettings = SETTINGS) -> dict[LimitKind, BrokenLimit]:
    return {each.kind: each for each in broken_limits(month.case, LawReader(LAW), settings)}


def active(days: range, hours: int) -> list[tuple[int, int, int, TimeKind]]:
    return [(day, 420, 420 + 60 * hours, TimeKind.ACTIVE) for day in days]


def test_a_household_of_its_own_has_forty_hours_a_week_and_forty_eight_of_overtime() -> None:
    # 4–31 March are four weeks: 28 days à 8 h = 224 h, 16 h above 4 × 40 + 48 = 208 h.
    found = broken(a_month(active(range(4, 32), 8), own_employer=True))[LimitKind.FOUR_WEEKS_WITH_WAITING].found

    assert (found.window.days.from_on, found.window.days.to_on) == (date(2024, 3, 4), date(2024, 4, 1))
    assert (found.window_minutes, found.window.limit_minutes) == (224 * 60, 208 * 60)
    # 26 days à 8 h are 208 h, so the 27th is the first that is too much.
    assert found.shortest.days == 27
    assert found.latest == ((date(2024, 3, 30), 480), (date(2024, 3, 31), 480))
    assert found.beyond_minutes == 16 * 60


def test_waiting_time_counts_in_full_and_not_a_quarter() -> None:
    # The limit is 208 h and waiting time's own 48 h. 28 nights à 8 h, the last of 7 h, and 40 h active are 263 h.
    nights = [(day, 0, 480, TimeKind.WAITING) for day in range(4, 32)]
    days = [(day, 540, 780, TimeKind.ACTIVE) for day in range(4, 14)]

    found = broken(a_month(sorted([*nights, *days])))

    assert LimitKind.FOUR_WEEKS not in found
    assert found[LimitKind.FOUR_WEEKS_WITH_WAITING].found.beyond_minutes == 7 * 60


def test_standby_is_no_working_time() -> None:
    nights = [(day, 0, 600, TimeKind.STANDBY) for day in range(1, 32)]

    assert broken(a_month(nights)) == {}


def test_a_reference_period_holds_forty_eight_hours_a_week() -> None:
    month = a_month(active(range(4, 30), 8))  # 26 days à 8 h = 208 h; 28 days hold 192 h
    (report,) = month.case.reports
    period = (date(2024, 3, 4), date(2024, 4, 1))
    told = with_case(month, reports=(replace(report, reference_periods=(period,)),))

    verdict = judge(told, LawReader(LAW), SETTINGS)

    (found,) = [each for each in verdict.limits if each.kind is LimitKind.REFERENCE_PERIOD]
    assert found.found.beyond_minutes == 16 * 60
    assert "29 mars 2024 8:00" in found.says
    (finding,) = [each for each in verdict.findings if each.code == "reference_period_was_longer_than_the_average"]
    assert finding.minutes == 16 * 60
    assert "K09" in verdict.controls


@pytest.mark.parametrize("seed", range(40))
def test_a_limit_is_told_exactly_when_the_rule_objects(seed: int) -> None:
    dice = random.Random(seed)
    hours = dice.randrange(5, 12)
    rows = [
        (day, dice.randrange(300, 500), 480 + 60 * hours + dice.randrange(60), kind)
        for day in range(1, days_of(MARCH) + 1)
        for kind in [dice.choice([TimeKind.ACTIVE, TimeKind.ACTIVE, TimeKind.WAITING, TimeKind.STANDBY])]
        if dice.random() < 0.9
    ]
    month = a_month(rows, own_employer=dice.random() < 0.3)
    earlier = tuple(
        OtherShift(
            reference=f"rad-{back}",
            assistant_number=MORNING,
            is_same_recipient=True,
            is_same_employer=dice.random() < 0.9,
            kind=dice.choice([TimeKind.ACTIVE, TimeKind.WAITING]),
            span=piece_of(date(2024, number, 1), back, 480, 480 + 60 * hours),
        )
        for number in (1, 2)
        for back in range(1, 29)
        if dice.random() < 0.8
    )
    month = with_case(month, others=earlier)
    settings = replace(SETTINGS, counts_by_month=dice.random() < 0.3)

    codes = {each.code for each in review(month.case, LawReader(LAW), settings).findings}
    told = broken(month, settings)

    for code, kinds in RULES.items():
        assert (code in codes) == bool(kinds & set(told)), code
    assert broken(_without(month, told), settings) == {}


def _without(month: StateMonth, told: dict[LimitKind, BrokenLimit]) -> StateMonth:
    """Return a month without the days of which anything is to be taken away."""
    days = {day for each in told.values() for day, _ in each.found.latest}

    def kept(rows: tuple[ReportRow, ...]) -> tuple[ReportRow, ...]:
        return tuple(row for row in rows if row.span.work_on not in days)

    reports = tuple(replace(report, rows=kept(report.rows)) for report in month.case.reports)
    return with_case(
        month,
        reports=tuple(report for report in reports if report.rows),
        others=tuple(other for other in month.case.others if other.span.work_on not in days),
    )
