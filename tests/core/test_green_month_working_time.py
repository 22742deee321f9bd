"""The shortest run of days that breaks a limit of working time, and the fewest latest minutes that mend it."""

from datetime import date, timedelta
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from timvis.core.calendar.months import Period
from timvis.core.green_month.working_time import too_much

FIRST = date(2024, 1, 1)


def a_day(number: int) -> date:
    return FIRST + timedelta(days=number)


def test_the_shortest_run_and_the_latest_minutes_are_told() -> None:
    worked = {a_day(0): 10, a_day(3): 30, a_day(4): 25, a_day(6): 5}

    found = too_much(worked, [Period(a_day(0), a_day(7))], 50)

    assert found is not None
    assert found.shortest == Period(a_day(3), a_day(5))
    assert found.shortest_minutes == 55
    assert found.latest == ((a_day(4), 15), (a_day(6), 5))
    assert found.beyond_minutes == 20


def test_a_limit_that_is_kept_is_nothing_to_tell() -> None:
    assert too_much({a_day(0): 50}, [Period(a_day(0), a_day(7))], 50) is None


weeks = st.lists(st.integers(0, 3), min_size=1, max_size=6)
spans = st.lists(
    st.tuples(st.integers(0, 4), st.integers(1, 4)).map(lambda each: Period(a_day(each[0]), a_day(sum(each)))),
    min_size=1,
    max_size=4,
)


@settings(max_examples=150, deadline=None)
@given(weeks, spans, st.integers(0, 6))
def test_nothing_less_mends_every_window_and_no_shorter_run_breaks_the_limit(
    minutes: list[int], windows: list[Period], limit: int
) -> None:
    worked = {a_day(number): each for number, each in enumerate(minutes)}

    def total(kept: dict[date, int], window: Period) -> int:
        return sum(each for day, each in kept.items() if window.from_on <= day < window.to_on)

    found = too_much(worked, windows, limit)

    choices = product(*(range(each + 1) for each in minutes))
    kept = [dict(zip(worked, choice, strict=True)) for choice in choices]
    fewest = min(
        sum(minutes) - sum(each.values()) for each in kept if all(total(each, window) <= limit for window in windows)
    )
    assert (found.beyond_minutes if found else 0) == fewest
    if found:
        left = {day: each - dict(found.latest).get(day, 0) for day, each in worked.items()}
        assert all(total(left, window) <= limit for window in windows)
        assert found.shortest_minutes > limit
        runs = [Period(a_day(a), a_day(b)) for a in range(7) for b in range(a + 1, 8)]
        inside = [r for r in runs if any(w.from_on <= r.from_on and r.to_on <= w.to_on for w in windows)]
        assert found.shortest.days == min(run.days for run in inside if total(worked, run) > limit)
