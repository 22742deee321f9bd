"""Where too much is worked: the shortest run of days that breaks a limit, and the fewest latest minutes that mend it.

Working time counts waiting time in full. Windows are the periods in which a limit holds, such as four weeks each.
Minutes are taken from the latest days of a window: an earlier hour was worked before anything was too much.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from timvis.core.calendar.months import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Days, half-open, in which no more than so many minutes may be worked."""

    days: Period
    limit_minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TooMuch:
    """A broken limit: the shortest run of days, half-open, that alone breaks it, and what mends every window.

    `window` is the one the run lies in, `window_minutes` what was worked in all of it. `latest` are the minutes to
    take from each day, in the order of days; together the fewest that do it.
    """

    window: Window
    window_minutes: int
    shortest: Period
    shortest_minutes: int
    latest: tuple[tuple[date, int], ...]

    @property
    def beyond_minutes(self) -> int:
        """The fewest minutes whose removal ends it."""
        return sum(minutes for _, minutes in self.latest)


def too_much(minutes: Mapping[date, int], windows: Sequence[Window]) -> TooMuch | None:
    """Return where a limit is broken in any of the windows; None when it is kept in all of them."""
    broken = [window for window in windows if _sum(minutes, window.days) > window.limit_minutes]
    if not broken:
        return None
    window, shortest = min(
        ((window, run) for window in broken for run in _runs(minutes, window)),
        key=lambda found: (found[1].days, found[1].from_on, found[0].days),
    )
    return TooMuch(
        window=window,
        window_minutes=_sum(minutes, window.days),
        shortest=shortest,
        shortest_minutes=_sum(minutes, shortest),
        latest=_mended(minutes, windows),
    )


def _sum(minutes: Mapping[date, int], days: Period) -> int:
    return sum(each for day, each in minutes.items() if days.from_on <= day < days.to_on)


def _runs(minutes: Mapping[date, int], window: Window) -> Iterable[Period]:
    """Yield, for each last day, the shortest run inside a window that breaks the limit."""
    days = sorted(day for day, each in minutes.items() if each and window.days.from_on <= day < window.days.to_on)
    first = total = 0
    for day in days:
        total += minutes[day]
        while total - minutes[days[first]] > window.limit_minutes:
            total -= minutes[days[first]]
            first += 1
        if total > window.limit_minutes:
            yield Period(days[first], day + timedelta(days=1))


def _mended(minutes: Mapping[date, int], windows: Sequence[Window]) -> tuple[tuple[date, int], ...]:
    """Return what to take from which days. The window that ends first is mended first, from its latest day back.

    What is taken there lies as late as it can, so it helps every later window too: no other choice takes less.
    """
    left, taken = dict(minutes), dict[date, int]()
    for window in sorted(windows, key=lambda each: (each.days.to_on, each.days.from_on)):
        beyond = _sum(left, window.days) - window.limit_minutes
        for day in sorted((day for day in left if window.days.from_on <= day < window.days.to_on), reverse=True):
            if beyond <= 0:
                break
            part = min(left[day], beyond)
            left[day] -= part
            beyond -= part
            if part:
                taken[day] = taken.get(day, 0) + part
    return tuple(sorted(taken.items()))
