"""Which limits of working time a month breaks, told so that somebody can mend it: which days, and how many minutes.

The rules of the review say that a limit is broken; here stands where. Four weeks have two limits that are kept one
by one: time other than waiting within the ordinary limit, and all of it within that and the waiting time's own. The
rule, where waiting time widens the limit as far as it goes, objects exactly when one of the two is broken.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from timvis.core.calendar.months import Period, date_text, month_on, month_period
from timvis.core.calendar.weeks import DAYS_PER_WEEK, monday_of, week_number
from timvis.core.facts.load import EMPLOYER_ID, WEEKS_OF_THE_AVERAGE, limits_row, working_time_law
from timvis.core.facts.settings import ReviewSettings
from timvis.core.green_month.working_time import TooMuch, Window, too_much
from timvis.core.law import LawByDay, LawGap
from timvis.core.records import Case, ClockSpan, TimeKind
from timvis.core.review.review import hours_text

AVERAGE = "worktime.atl.total_week_average"
WEEKS_OF_OVERTIME = 4

_ONE_DAY = timedelta(days=1)


class LimitKind(StrEnum):
    """The limits there are."""

    FOUR_WEEKS = "four_weeks"
    FOUR_WEEKS_WITH_WAITING = "four_weeks_with_waiting"
    MONTH = "month"
    YEAR = "year"
    AVERAGE = "average"
    REFERENCE_PERIOD = "reference_period"


LIMIT_LABELS: Mapping[LimitKind, str] = {
    LimitKind.FOUR_WEEKS: "Fyra veckor, väntetid oräknad",
    LimitKind.FOUR_WEEKS_WITH_WAITING: "Fyra veckor, väntetid medräknad fullt ut",
    LimitKind.MONTH: "Månaden",
    LimitKind.YEAR: "Året",
    LimitKind.AVERAGE: "48 timmar i genomsnitt, fyra månader",
    LimitKind.REFERENCE_PERIOD: "48 timmar i genomsnitt, beräkningsperioden",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenLimit:
    """One assistant's broken limit: where it is broken, and what mends it."""

    assistant_number: str
    assistant_name: str
    kind: LimitKind
    found: TooMuch

    @property
    def says(self) -> str:
        """Return it as a sentence: the window, the shortest run, and the fewest minutes to take away."""
        found = self.found
        latest = ", ".join(f"{date_text(day)} {hours_text(minutes)}" for day, minutes in reversed(found.latest))
        return (
            f"{LIMIT_LABELS[self.kind]}: {_days_text(found.window.days)} blev {hours_text(found.window_minutes)}, "
            f"gränsen är {hours_text(found.window.limit_minutes)}. Den bryts redan av {_days_text(found.shortest)} "
            f"({hours_text(found.shortest_minutes)}). Minst {hours_text(found.beyond_minutes)} måste bort, det sist "
            f"arbetade först: {latest}."
        )


def broken_limits(case: Case, law: LawByDay, settings: ReviewSettings) -> tuple[BrokenLimit, ...]:
    """Return every limit that an assistant's time breaks, in the order of the reports.

    Raises `LawGap` when a limit has no value on a day of work.
    """
    names = {report.assistant_number or "": report.assistant_name or "" for report in case.reports}
    return tuple(
        BrokenLimit(assistant_number=number, assistant_name=name, kind=kind, found=found)
        for number, name in names.items()
        for kind, found in _of_assistant(number, case, law, settings)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Worked:
    """An assistant's minutes per day with the employer: all working time, and the waiting time in it."""

    all: Mapping[date, int]
    waiting: Mapping[date, int]
    judged: tuple[date, ...]

    @property
    def but_waiting(self) -> Mapping[date, int]:
        return {day: minutes - self.waiting.get(day, 0) for day, minutes in self.all.items()}


def _of_assistant(
    number: str, case: Case, law: LawByDay, settings: ReviewSettings
) -> Iterator[tuple[LimitKind, TooMuch]]:
    worked = _worked(number, case)
    if not worked.judged:
        return
    for kind, windows in _windows(worked, case, law, settings).items():
        found = too_much(worked.but_waiting if kind is LimitKind.FOUR_WEEKS else worked.all, windows)
        if found is not None:
            yield kind, found
    found = too_much(worked.all, list(_reference_windows(number, case, law)))
    if found is not None:
        yield LimitKind.REFERENCE_PERIOD, found


def _windows(worked: _Worked, case: Case, law: LawByDay, settings: ReviewSettings) -> Mapping[LimitKind, list[Window]]:
    found: dict[LimitKind, list[Window]] = {kind: [] for kind in LimitKind}
    act, last = working_time_law(case.provider), worked.judged[-1] + _ONE_DAY
    for week, work_on in _judged_weeks(worked):
        limits = limits_row(EMPLOYER_ID, act, month_on(work_on), work_on, law, settings)
        if not limits["limits_are_known"]:
            continue
        overtime, waiting = limits["four_weeks_limit_minutes"], limits["waiting_four_weeks_limit_minutes"]
        if not limits["counts_by_month"]:
            four_weeks = _weeks_until(week, WEEKS_OF_OVERTIME)
            found[LimitKind.FOUR_WEEKS_WITH_WAITING].append(Window(days=four_weeks, limit_minutes=overtime + waiting))
            if waiting:
                found[LimitKind.FOUR_WEEKS].append(Window(days=four_weeks, limit_minutes=overtime))
        if limits["average_is_limited"]:
            average = _weeks_until(week, WEEKS_OF_THE_AVERAGE)
            window = Window(days=average, limit_minutes=limits["average_limit_minutes"])
            found[LimitKind.AVERAGE].append(window)
    limits = limits_row(EMPLOYER_ID, act, case.month_on, worked.judged[0], law, settings)
    if limits["limits_are_known"]:
        year = Period(date(case.month_on.year, 1, 1), last)
        found[LimitKind.YEAR].append(Window(days=year, limit_minutes=limits["year_limit_minutes"]))
        if limits["counts_by_month"]:
            month = Period(case.month_on, last)
            found[LimitKind.MONTH].append(Window(days=month, limit_minutes=limits["month_limit_minutes"]))
    return found


def _reference_windows(number: str, case: Case, law: LawByDay) -> Iterator[Window]:
    """Yield the reference periods that an assistant's reports give for the month, with what they may hold."""
    month = month_period(case.month_on)
    periods = {
        Period(*period)
        for report in case.reports
        if report.assistant_number == number and not report.is_own_employer
        for period in report.reference_periods
    }
    for period in sorted(periods):
        if period.from_on < month.to_on and month.from_on < period.to_on:
            try:
                week = law.minutes(AVERAGE, case.month_on)
            except LawGap:
                return  # before the limit there was none
            yield Window(days=period, limit_minutes=week * period.days // DAYS_PER_WEEK)


def _worked(number: str, case: Case) -> _Worked:
    own = [(row.kind, row.span) for report in case.reports if report.assistant_number == number for row in report.rows]
    beside = [
        (other.kind, other.span) for other in case.others if other.assistant_number == number and other.is_same_employer
    ]
    time = [*own, *beside]
    return _Worked(
        all=_per_day(span for kind, span in time if kind is not TimeKind.STANDBY),
        waiting=_per_day(span for kind, span in time if kind is TimeKind.WAITING),
        judged=tuple(sorted({span.work_on for _, span in own})),
    )


def _per_day(spans: Iterable[ClockSpan]) -> dict[date, int]:
    minutes: dict[date, int] = {}
    for span in spans:
        minutes[span.work_on] = minutes.get(span.work_on, 0) + span.actual_minutes
    return minutes


def _judged_weeks(worked: _Worked) -> list[tuple[int, date]]:
    """Return the weeks that hold time of the month, each with its first day of work."""
    first: dict[int, date] = {}
    for day in sorted({*worked.judged, *worked.all}):
        first.setdefault(week_number(day), day)
    judged = {week_number(day) for day in worked.judged}
    return [(week, day) for week, day in first.items() if week in judged]


def _weeks_until(week: int, weeks: int) -> Period:
    monday = monday_of(week)
    return Period(monday - timedelta(weeks=weeks - 1), monday + timedelta(weeks=1))


def _days_text(days: Period) -> str:
    last = days.to_on - _ONE_DAY
    return date_text(days.from_on) if last == days.from_on else f"{date_text(days.from_on)}–{date_text(last)}"
