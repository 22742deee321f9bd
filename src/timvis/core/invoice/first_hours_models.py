"""How the first hours of each week may be counted for a period: every way that fits what the law says.

No published text says what becomes of a week that lies over the end of a month. So every reasonable way is counted,
and an invoice is said to agree with the ones that reproduce its hours.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from timvis.core.calculation.first_twenty_hours import SHARE
from timvis.core.calendar.months import Period, month_on, week_pieces
from timvis.core.calendar.weeks import DAYS_PER_WEEK, days_of_week, week_number
from timvis.core.law import LawByDay
from timvis.core.quantities import PARTS_PER_MINUTE, Parts


class CountingModel(StrEnum):
    """The ways to count a period's part of the first hours of each week."""

    WEEK_CUT = "week_cut"
    WEEK_PRORATA = "week_prorata"
    WEEK_MONDAY = "week_monday"
    WEEK_SUNDAY = "week_sunday"
    MONTH_FLAT = "month_flat"


MODEL_LABELS: Mapping[CountingModel, str] = {
    CountingModel.WEEK_CUT: "veckan delas, timmarna förbrukas i tur och ordning",
    CountingModel.WEEK_PRORATA: "veckan delas, timmarna fördelas per dag",
    CountingModel.WEEK_MONDAY: "hela veckor i måndagens månad",
    CountingModel.WEEK_SUNDAY: "hela veckor i söndagens månad",
    CountingModel.MONTH_FLAT: "månadens dagar, utan veckor",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DayWorked:
    """Payable assistance on a day, converted, in 28ths of a minute."""

    on: date
    parts: Parts


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """What is known of a person's performed time: every day of the months that have been accounted for."""

    days: tuple[DayWorked, ...] = ()
    months: tuple[date, ...] = ()

    def in_days(self, days: Iterable[date]) -> int | None:
        """Return the converted time of some days; None when one of them lies in a month nobody has accounted for."""
        wanted = frozenset(days)
        if any(month_on(day) not in self.months for day in wanted):
            return None
        return sum(each.parts for each in self.days if each.on in wanted)


NOTHING_WORKED = Worked()
"""When nobody has accounted for anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelHours:
    """What a period comes to by one model, in 28ths of a minute; None when the days it needs are not known."""

    model: CountingModel
    parts: Parts | None


def counted(period: Period, worked: Worked, law: LawByDay) -> tuple[ModelHours, ...]:
    """Return what a period comes to by every model, in their order. Raises `LawGap`."""
    return tuple(ModelHours(model=model, parts=_sum(count(period, worked, law))) for model, count in _COUNTS.items())


def _sum(parts: Iterable[int | None]) -> Parts | None:
    total = 0
    for each in parts:
        if each is None:
            return None
        total += each
    return Parts(total)


def _cap(day: date, law: LawByDay) -> int:
    return law.minutes(SHARE, day) * PARTS_PER_MINUTE


def _days(period: Period) -> tuple[date, ...]:
    return tuple(period.from_on + timedelta(days=passed) for passed in range(period.days))


def _cut(period: Period, worked: Worked, law: LawByDay) -> Iterator[int | None]:
    """Yield each part of a week: what its earlier days have left of the week's first hours, at most."""
    for piece in week_pieces(period):
        before = [day for day in days_of_week(piece.week) if day < piece.period.from_on]
        used, inside = worked.in_days(before), worked.in_days(_days(piece.period))
        if used is None or inside is None:
            yield None
        else:
            cap = _cap(piece.period.from_on, law)
            yield min(cap - min(used, cap), inside)


def _prorata(period: Period, worked: Worked, law: LawByDay) -> Iterator[int | None]:
    for piece in week_pieces(period):
        inside = worked.in_days(_days(piece.period))
        yield None if inside is None else min(_part(piece.period, law), inside)


def _flat(period: Period, worked: Worked, law: LawByDay) -> Iterator[int | None]:
    inside = worked.in_days(_days(period))
    yield None if inside is None else min(_part(period, law), inside)


def _part(period: Period, law: LawByDay) -> int:
    """Return the days' part of the week's first hours. Twenty hours in 28ths of a minute are whole sevens."""
    return _cap(period.from_on, law) * period.days // DAYS_PER_WEEK


def _whole_weeks(weekday: int) -> Callable[[Period, Worked, LawByDay], Iterator[int | None]]:
    """Return the model that books whole weeks where the day with this number, Monday 0, lies."""

    def weeks(period: Period, worked: Worked, law: LawByDay) -> Iterator[int | None]:
        for day in _days(period):
            if day.weekday() == weekday:
                days = days_of_week(week_number(day))
                inside = worked.in_days(days)
                yield None if inside is None else min(_cap(days[0], law), inside)

    return weeks


_COUNTS: Mapping[CountingModel, Callable[[Period, Worked, LawByDay], Iterator[int | None]]] = {
    CountingModel.WEEK_CUT: _cut,
    CountingModel.WEEK_PRORATA: _prorata,
    CountingModel.WEEK_MONDAY: _whole_weeks(0),
    CountingModel.WEEK_SUNDAY: _whole_weeks(6),
    CountingModel.MONTH_FLAT: _flat,
}
