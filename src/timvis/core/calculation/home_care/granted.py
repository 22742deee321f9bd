"""Performed time against the order: what fits, and what lies beyond it, the latest in time order.

A visit that was not performed uses up nothing of the order: it is paid, or not, by its own rule.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from timvis.core.calculation.home_care.records import Granted, HomeCareCase
from timvis.core.calculation.home_care.settings import BeyondGranted, HomeCareSettings, Window
from timvis.core.calculation.home_care.visits import Time, in_time_order
from timvis.core.calculation.home_care.wanting import Wanting
from timvis.core.calendar.months import Period, month_after, month_period, week_pieces
from timvis.core.calendar.weeks import DAYS_PER_WEEK
from timvis.core.faults import Fault
from timvis.core.records import GrantUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Performed time that the order has room for, and what lies beyond it, with what the routine does about that.

    `rule` is None where nothing was compared. `beyond_but_paid` is the part of `within` that the order did not
    cover but a ceiling did.
    """

    within: tuple[Time, ...]
    beyond: tuple[Time, ...] = ()
    rule: BeyondGranted | None = None
    beyond_but_paid: Fraction = Fraction(0)


@dataclass(slots=True)
class _Pool:
    service: str
    period: Period
    left: Fraction


def compared(times: Sequence[Time], case: HomeCareCase, wanting: Wanting) -> Compared:
    """Return performed time divided at the order's limit.

    The choices in force on the month's first day hold for the whole month: an order is a month's or a week's.
    """
    if not times or not case.needs_assessed or not case.is_compared:
        return Compared(within=tuple(times))
    settings = case.settings.on(case.month_on)
    why = "utförd tid ska jämföras med beställningen"
    rule = wanting.setting("beyond_granted", settings.beyond_granted, case.month_on, why)
    window = wanting.setting("granted_window", settings.granted_window, case.month_on, why)
    percent = _percent(rule, settings, case.month_on, wanting)
    if not case.granted:
        wanting.add(_no_order())
    if rule is None or window is None or percent is None or not case.granted:
        return Compared(within=tuple(times))
    within, beyond = _divided(times, _pools(case, window, percent))
    ordered = within if percent == 1 else _divided(times, _pools(case, window, Fraction(1)))[0]
    return Compared(within=within, beyond=beyond, rule=rule, beyond_but_paid=_sum(within) - _sum(ordered))


def _percent(rule: BeyondGranted | None, settings: HomeCareSettings, day: date, wanting: Wanting) -> Fraction | None:
    if rule is not BeyondGranted.UP_TO_CEILING:
        return Fraction(1)
    percent = wanting.setting(
        "ceiling_of_granted", settings.ceiling_of_granted, day, "utförd tid ersätts upp till ett tak"
    )
    return None if percent is None else Fraction(percent) / 100


def _pools(case: HomeCareCase, window: Window, share: Fraction) -> list[_Pool]:
    month = month_period(case.month_on)
    periods = [piece.period for piece in week_pieces(month)] if window is Window.WEEK else [month]
    pools = [
        _Pool(service=grant.service, period=period, left=granted_minutes(grant, period) * share)
        for period in periods
        for grant in case.granted
    ]
    # What is ordered of the very service is used before what may be used for any.
    return sorted(pools, key=lambda pool: (pool.service == "", pool.period))


def granted_minutes(grant: Granted, period: Period) -> Fraction:
    """Return what an order gives in a period, exactly: a week's time is spread over its days, a month's over its."""
    begins, ends = max(grant.granted_from, period.from_on), min(grant.granted_to, period.to_on)
    days = max((ends - begins).days, 0)
    match grant.per:
        case GrantUnit.DAY:
            return Fraction(grant.minutes * days)
        case GrantUnit.WEEK:
            return Fraction(grant.minutes * days, DAYS_PER_WEEK)
        case GrantUnit.MONTH:
            month = period.from_on.replace(day=1)
            return Fraction(grant.minutes * days, (month_after(month) - month).days)
        case GrantUnit.PERIOD:
            whole = max((grant.granted_to - grant.granted_from).days, 1)
            return Fraction(grant.minutes * days, whole)


def _divided(times: Sequence[Time], pools: list[_Pool]) -> tuple[tuple[Time, ...], tuple[Time, ...]]:
    within: list[Time] = []
    beyond: list[Time] = []
    for time in in_time_order(times):
        rest = time.minutes
        for pool in pools:
            fits = pool.service in (time.service, "") and pool.period.from_on <= time.on < pool.period.to_on
            used = min(rest, pool.left) if fits else Fraction(0)
            pool.left -= used
            rest -= used
        if rest < time.minutes:
            within.append(replace(time, minutes=time.minutes - rest))
        if rest:
            beyond.append(replace(time, minutes=rest))
    return tuple(within), tuple(beyond)


def _sum(times: Sequence[Time]) -> Fraction:
    return sum((time.minutes for time in times), Fraction(0))


def _no_order() -> Fault:
    return Fault(
        code="missing_order",
        message="Det finns ingen beställd tid att jämföra den utförda med.",
        remedy="Skriv [[granted]]; needs_assessed = false om insatsen ges utan behovsprövning, eller "
        "compare_with_order = false om bara priset ska räknas.",
        column="granted",
    )
