"""The shortest run of days that breaks a limit of working time, and the fewest latest minutes that mend it."""

from datetime import date, timedelta
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from timvis.core.calendar.months import Period
from timvis.core.green_month.working_time import Window, too_much

FIRST = date(2024, 1, 1)


def a_day(number: int) -> date:
    return FIRST + timedelta(days=number)


def test_the_shortest_run_and_the_latest_minutes_are_told() -> None:
    worked = {a_day(0): 10, a_day(3): 30, a_day(4): 25, a_day(6): 5}

    found = too_much(worked, [Window(days=Period(a_day(0), a_day(7)), limit_minutes=50)])

    assert found is not None
    assert found.shortest == Period(a_day(3), a_day(5))
    assert found.shortest_minutes == 55
    assert found.window_minutes == 70
    assert found.latest == ((a_day(4), 15), (a_day(6), 5))
    assert found.beyond_minutes == 20


def test_a_limit_that_is_kept_is_nothing_to_tell() -> None:
    assert too_much({a_day(0): 50}, [Window(days=Period(a_day(0), a_day(7)), limit_minutes=50)]) is None


weeks = st.lists(st.integers(0, 3), min_size=1, max_size=6)
spans = st.lists(
    st.builds(
        lambda first, days, limit: Window(days=Period(a_day(first), a_day(first + days)), limit_minutes=limit),
        st.integers(0, 4),
        st.integers(1, 4),
        st.integers(0, 6),
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=150, deadline=None)
@given(weeks, spans)
def test_nothing_less_mends_every_window_and_no_shorter_run_breaks_a_limit(
    minutes: list[int], windows: list[Window]
) -> None:
    worked = {a_day(number): each for number, each in enumerate(minutes)}

    def total(kept: dict[date, int], days: Period) -> int:
        return sum(each for day, each in kept.items() if days.from_on <= day < days.to_on)

    def keeps(kept: dict[date, int]) -> bool:
        return all(total(kept, window.days) <= window.limit_minutes for window in windows)

    found = too_much(worked, windows)

    choices = product(*(range(each + 1) for each in minutes))
    kept = [dict(zip(worked, choice, strict=True)) for choice in choices]
    fewest = min(sum(minutes) - sum(each.values()) for each in kept if keeps(each))
    assert (found.beyond_minutes if found else 0) == fewest
    if found:
        assert keeps({day: each - dict(found.latest).get(day, 0) for day, each in worked.items()})
        assert found.shortest_minutes > found.window.limit_minutes
        runs = [Period(a_day(a), a_day(b)) for a in range(7) for b in range(a + 1, 8)]
        breaking = [
            run
            for run in runs
            for window in windows
            if window.days.from_on <= run.from_on
            and run.to_on <= window.days.to_on
            and total(worked, run) > window.limit_minutes
        ]
        assert found.shortest.days == min(run.days for run in breaking)
