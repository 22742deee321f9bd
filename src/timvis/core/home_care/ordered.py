"""What an order has asked for day by day: its contents as they were restated, its pauses and its end."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from timvis.core.calculation.home_care.granted import granted_minutes
from timvis.core.calculation.home_care.records import Granted
from timvis.core.calendar.local_time import local_day
from timvis.core.calendar.months import Period, month_period
from timvis.core.home_care.decided import DecidedService
from timvis.core.home_care.order import OrderAct, OrderStep
from timvis.core.records import Instant

UNTIL_FURTHER = date.max


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What was placed or changed to, from a day on; it restates the order whole.

    `to_on` is the first day that the decision behind it no longer covers, None until further.
    """

    from_on: date
    services: tuple[DecidedService, ...]
    to_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """A time in which no help was to be given; half-open, `to_at` None while nobody knows when it goes on."""

    from_at: Instant
    to_at: Instant | None = None

    def covers(self, at: Instant) -> bool:
        """Whether an instant lies in it."""
        return self.from_at <= at and (self.to_at is None or at < self.to_at)


def granted_of(contents: Sequence[Contents], *, ends_on: date | None = None, zone: str = "") -> tuple[Granted, ...]:
    """Return what was ordered, piece by piece, as the calculation takes it; `contents` in the order they were said.

    What was said last holds from its own first day on, also over what had been said of later days.
    """
    end = ends_on or UNTIL_FURTHER
    found: list[Granted] = []
    for number, said in enumerate(contents):
        to_on = min((later.from_on for later in contents[number + 1 :]), default=UNTIL_FURTHER)
        piece = Period(said.from_on, min(to_on, end, said.to_on or UNTIL_FURTHER))
        if piece.from_on < piece.to_on:
            found += [
                Granted(
                    service=row.service,
                    minutes=row.minutes,
                    per=row.per,
                    granted_from=piece.from_on,
                    granted_to=piece.to_on,
                    zone=zone,
                    time_band=row.time_band,
                )
                for row in said.services
            ]
    return tuple(found)


def ends_on(ended_at: Instant | None) -> date | None:
    """Return the first day without help. A day that help ended during still had some of it."""
    return None if ended_at is None else local_day(Instant(ended_at - 1)) + timedelta(days=1)


def pauses_of(steps: Iterable[OrderStep]) -> tuple[Pause, ...]:
    """Return the pauses of an order in the order they came; coming home that is told anew replaces what was told."""
    found: list[Pause] = []
    for step in steps:
        if step.act is OrderAct.PAUSE:
            found.append(Pause(from_at=step.at))
        elif step.act is OrderAct.RESUME and found:
            found[-1] = Pause(from_at=found[-1].from_at, to_at=step.at)
        elif step.act is OrderAct.END and found and found[-1].to_at is None:
            found[-1] = Pause(from_at=found[-1].from_at, to_at=max(step.at, found[-1].from_at))
    return tuple(pause for pause in found if pause.to_at is None or pause.from_at < pause.to_at)


def minutes_by_service(granted: Iterable[Granted], month_on: date) -> dict[str, Fraction]:
    """Return what was ordered of each service in a month, exactly."""
    month = month_period(month_on)
    minutes: defaultdict[str, Fraction] = defaultdict(Fraction)
    for one in granted:
        if one.granted_from < month.to_on and month.from_on < one.granted_to:
            minutes[one.service] += granted_minutes(one, month)
    return dict(minutes)


def month_load(granted: Iterable[Granted], day: date) -> Fraction:
    """Return the minutes a month that what is ordered on a day takes, as if it lasted the whole of that month."""
    month = month_period(day)
    return sum(
        (
            granted_minutes(_whole_month(one, month), month)
            for one in granted
            if one.granted_from <= day < one.granted_to
        ),
        Fraction(0),
    )


def _whole_month(one: Granted, month: Period) -> Granted:
    return Granted(
        service=one.service, minutes=one.minutes, per=one.per, granted_from=month.from_on, granted_to=month.to_on
    )
