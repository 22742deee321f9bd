"""Where too much is worked: the shortest run of days that breaks a limit, and the fewest latest minutes that mend it.

Working time counts waiting time in full. Windows are the periods in which a limit holds, such as four weeks each.
Minutes are taken from the latest days of a window: an earlier hour was worked before anything was too much.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from timvis.core.calendar.months import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class TooMuch:
    """A broken limit: the shortest run of days, half-open, that alone breaks it, and what mends every window.

    `latest` are the minutes to take from each day, in the order of days; together the fewest that do it.
    """

    shortest: Period
    shortest_minutes: int
    limit_minutes: int
    latest: tuple[tuple[date, int], ...]

    @property
    def beyond_minutes(self) -> int:
        """The fewest minutes whose removal ends it."""
        return sum(minutes for _, minutes in self.latest)


def too_much(minutes: Mapping[date, int], windows: Sequence[Period], limit_minutes: int) -> TooMuch | None:
    """Return where a limit is broken in any of the windows; None when it is kept in all of them."""
    if all(_sum(minutes, window) <= limit_minutes for window in windows):
        return None
    shortest = min(
        (run for window in windows for run in _runs(minutes, window, limit_minutes)),
        key=lambda run: (run.days, run.from_on),
    )
    return TooMuch(
        shortest=shortest,
        shortest_minutes=_sum(minutes, shortest),
        limit_minutes=limit_minutes,
        latest=_mended(minutes, windows, limit_minutes),
    )


def _sum(minutes: Mapping[date, int], days: Period) -> int:
    return sum(each for day, each in minutes.items() if days.from_on <= day < days.to_on)


def _runs(minutes: Mapping[date, int], window: Period, limit: int) -> Iterable[Period]:
    """Yield, for each last day, the shortest run inside a window that breaks the limit."""
    days = sorted(day for day, each in minutes.items() if each and window.from_on <= day < window.to_on)
    first = total = 0
    for day in days:
        total += minutes[day]
        while total - minutes[days[first]] > limit:
            total -= minutes[days[first]]
            first += 1
        if total > limit:
            yield Period(days[first], day + timedelta(days=1))


def _mended(minutes: Mapping[date, int], windows: Sequence[Period], limit: int) -> tuple[tuple[date, int], ...]:
    """Return what to take from which days. The window that ends first is mended first, from its latest day back.

    What is taken there lies as late as it can, so it helps every later window too: no other choice takes less.
    """
    left, taken = dict(minutes), dict[date, int]()
    for window in sorted(windows, key=lambda each: (each.to_on, each.from_on)):
        beyond = _sum(left, window) - limit
        for day in sorted((day for day in left if window.from_on <= day < window.to_on), reverse=True):
            if beyond <= 0:
                break
            part = min(left[day], beyond)
            left[day] -= part
            beyond -= part
            if part:
                taken[day] = taken.get(day, 0) + part
    return tuple(sorted(taken.items()))
