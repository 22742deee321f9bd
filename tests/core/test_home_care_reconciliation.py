"""Ordered, performed, approved and charged, side by side; what differs, dearest first."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timvis.core.calculation.home_care.records import Granted
from timvis.core.calculation.home_care.settings import Cohabitants, Staffing
from timvis.core.calendar.local_time import instant
from timvis.core.home_care.reconciliation import (
    DifferenceKind,
    Line,
    Month,
    Whose,
    ordered_minutes,
    performed_minutes,
    reconciled,
    shares,
)
from timvis.core.home_care.visits import RegisteredVisit, VisitState
from timvis.core.quantities import Minutes, Ore
from timvis.core.records import GrantUnit, Instant

MARCH = date(2026, 3, 1)
ALMA = Whose(recipient="Alma", service="omsorg", provider="Eken")
BJORN = Whose(recipient="Björn", service="omsorg", provider="Eken")
CECILIA = Whose(recipient="Cecilia", service="service", provider="Björken")
PRICE = {ALMA: Ore(40_000), BJORN: Ore(40_000), CECILIA: Ore(30_000)}


def minutes(**of: int) -> dict[Whose, Fraction]:
    who = {"alma": ALMA, "bjorn": BJORN, "cecilia": CECILIA}
    return {who[name]: Fraction(count) for name, count in of.items()}


def kinds(line: Line) -> list[tuple[DifferenceKind, int, int | None]]:
    return [(one.kind, int(one.minutes), one.amount_ore) for one in line.differences]


def test_what_agrees_has_no_difference() -> None:
    same = minutes(alma=600)
    [line] = reconciled(Month(ordered=same, performed=same, approved=same, charged=same, hour_ore=PRICE))
    assert line.differences == ()


def test_each_quantity_is_held_against_what_was_performed() -> None:
    month = Month(
        ordered=minutes(alma=600),
        performed=minutes(alma=540),
        approved=minutes(alma=600),
        charged=minutes(alma=480),
        hour_ore=PRICE,
    )
    [line] = reconciled(month)
    assert kinds(line) == [
        (DifferenceKind.BELOW_ORDER, 60, 40_000),
        (DifferenceKind.APPROVED_BUT_NOT_PERFORMED, 60, 40_000),
        (DifferenceKind.PERFORMED_BUT_NOT_CHARGED, 60, 40_000),
    ]


def test_the_dearest_comes_first_and_what_has_no_price_before_it() -> None:
    month = Month(
        ordered=minutes(alma=600, bjorn=600, cecilia=600),
        performed=minutes(alma=590, bjorn=500, cecilia=599),
        hour_ore={ALMA: Ore(40_000), BJORN: Ore(40_000)},
    )
    assert [line.whose for line in reconciled(month)] == [CECILIA, BJORN, ALMA]


def test_time_without_an_order_is_told_apart_from_time_above_it() -> None:
    month = Month(ordered=minutes(alma=600), performed=minutes(alma=660, bjorn=30), hour_ore=PRICE)
    assert [kinds(line) for line in reconciled(month)] == [
        [(DifferenceKind.ABOVE_ORDER, 60, 40_000)],
        [(DifferenceKind.WITHOUT_ORDER, 30, 20_000)],
    ]


def test_help_without_needs_assessment_has_no_hours_to_be_compared_with() -> None:
    month = Month(ordered={}, performed=minutes(cecilia=90), without_assessment=frozenset({CECILIA}), hour_ore=PRICE)
    [line] = reconciled(month)
    assert (line.ordered, line.differences) == (None, ())
    assert shares([line]) == ()


def test_what_nobody_has_approved_or_charged_yet_is_no_difference() -> None:
    [line] = reconciled(Month(ordered=minutes(alma=600), performed=minutes(alma=600)))
    assert (line.approved, line.charged, line.differences) == (None, None, ())


def test_the_share_performed_of_ordered_per_provider_and_area() -> None:
    month = Month(
        ordered=minutes(alma=600, bjorn=400, cecilia=200),
        performed=minutes(alma=480, bjorn=320, cecilia=250),
        areas={"Alma": "Norr", "Björn": "Norr", "Cecilia": "Söder"},
    )
    assert [(one.provider, one.area, one.share) for one in shares(reconciled(month))] == [
        ("Björken", "Söder", Fraction(5, 4)),
        ("Eken", "Norr", Fraction(4, 5)),
    ]


def test_where_nothing_was_ordered_there_is_no_share() -> None:
    [share] = shares(reconciled(Month(ordered={}, performed=minutes(alma=60))))
    assert share.share is None


VISIT = RegisteredVisit(
    key="1",
    system="",
    recipient="Alma",
    service="omsorg",
    state=VisitState.PERFORMED,
    start_at=instant(date(2026, 3, 2), 8 * 60),
    end_at=instant(date(2026, 3, 2), 8 * 60 + 45),
    staff="P7",
)


@pytest.mark.parametrize(
    ("staffing", "cohabitants", "expected"),
    [
        (Staffing.EACH_COUNTS, Cohabitants.WHOLE, Fraction(90)),
        (Staffing.EACH_COUNTS, Cohabitants.SPLIT, Fraction(45)),
        (Staffing.COUNTS_ONCE, Cohabitants.WHOLE, Fraction(45)),
        (Staffing.COUNTS_ONCE, Cohabitants.SPLIT, Fraction(45, 2)),
    ],
)
def test_double_staffing_and_a_shared_visit_count_as_the_routine_says(
    staffing: Staffing, cohabitants: Cohabitants, expected: Fraction
) -> None:
    shared = replace(VISIT, shared_by=2)
    visits = [shared, replace(shared, key="2", staff="P8")]
    found = performed_minutes(visits, "Eken", MARCH, staffing=staffing, cohabitants=cohabitants)
    assert found == {ALMA: expected}


def test_only_performed_visits_of_the_month_count() -> None:
    april = replace(VISIT, start_at=instant(date(2026, 4, 1), 0), end_at=instant(date(2026, 4, 1), 30))
    others = [replace(VISIT, state=VisitState.CANCELLED), replace(VISIT, state=VisitState.PLANNED), april]
    found = performed_minutes(others, "Eken", MARCH, staffing=Staffing.EACH_COUNTS, cohabitants=Cohabitants.WHOLE)
    assert found == {}


def test_what_was_ordered_is_the_months_part_of_each_order() -> None:
    weekly = Granted(
        service="omsorg",
        minutes=Minutes(420),
        per=GrantUnit.WEEK,
        granted_from=date(2026, 3, 1),
        granted_to=date(2026, 3, 15),
    )
    daily = replace(weekly, minutes=Minutes(30), per=GrantUnit.DAY, granted_from=date(2026, 3, 15), granted_to=date.max)
    assert ordered_minutes({ALMA: [weekly, daily], BJORN: []}, MARCH) == {
        ALMA: Fraction(14 * 60 + 17 * 30),
        BJORN: Fraction(0),
    }


AMOUNTS = st.dictionaries(
    st.builds(Whose, recipient=st.sampled_from("ABCD"), service=st.sampled_from("xy"), provider=st.sampled_from("PQ")),
    st.integers(0, 10_000).map(Fraction),
)


@given(ordered=AMOUNTS, performed=AMOUNTS, approved=st.none() | AMOUNTS, charged=st.none() | AMOUNTS)
def test_nobody_and_no_minute_is_lost_or_made(
    ordered: dict[Whose, Fraction],
    performed: dict[Whose, Fraction],
    approved: dict[Whose, Fraction] | None,
    charged: dict[Whose, Fraction] | None,
) -> None:
    lines = reconciled(Month(ordered=ordered, performed=performed, approved=approved, charged=charged))
    assert {line.whose for line in lines} == set(ordered) | set(performed) | set(approved or {}) | set(charged or {})
    assert len({line.whose for line in lines}) == len(lines)
    assert sum(line.performed for line in lines) == sum(performed.values())
    assert sum(line.ordered or 0 for line in lines) == sum(ordered.values())
    assert sum(share.performed for share in shares(lines)) == sum(performed.values())
    for line in lines:
        assert all(one.minutes > 0 for one in line.differences)
        assert bool(line.differences) == (len({line.ordered, line.performed, line.approved, line.charged} - {None}) > 1)


@given(ordered=AMOUNTS, performed=AMOUNTS, price=st.integers(1, 100_000))
def test_the_lines_fall_in_cost(ordered: dict[Whose, Fraction], performed: dict[Whose, Fraction], price: int) -> None:
    prices = dict.fromkeys({*ordered, *performed}, Ore(price))
    lines = reconciled(Month(ordered=ordered, performed=performed, hour_ore=prices))
    costs = [max((one.amount_ore or 0 for one in line.differences), default=0) for line in lines]
    assert costs == sorted(costs, reverse=True)


@given(st.lists(st.tuples(st.integers(0, 40_000), st.integers(1, 600)), max_size=20))
def test_the_performed_time_is_the_sum_of_the_visits_when_each_counts(times: list[tuple[int, int]]) -> None:
    first = instant(MARCH, 0)
    visits = [
        replace(VISIT, key=str(number), start_at=Instant(first + start), end_at=Instant(first + start + length))
        for number, (start, length) in enumerate(times)
    ]
    found = performed_minutes(visits, "Eken", MARCH, staffing=Staffing.EACH_COUNTS, cohabitants=Cohabitants.WHOLE)
    assert sum(found.values()) == sum(length for _start, length in times)
