"""What a grant gives between two days, in 28ths of a minute."""

from datetime import date

from timvis.core.calendar.months import month_after
from timvis.core.calendar.weeks import DAYS_PER_WEEK
from timvis.core.quantities import PARTS_PER_MINUTE, half_up
from timvis.core.records import Grant, GrantUnit


def granted_parts(grant: Grant, period_from: date, period_to: date) -> int:
    """Return what a grant gives between two days (half-open), in 28ths of a minute.

    A week's hours are spread evenly over its seven days; 28 divides by seven, so that is exact for any number
    of days. A month's hours are spread over the days of its calendar month, which may need a rounding. What is
    granted for a whole period may be used on any of its days: what is left of it is given.
    """
    inside_from = max(grant.granted_from, period_from)
    inside_to = min(grant.granted_to or period_to, period_to)
    days = max((inside_to - inside_from).days, 0)
    parts = grant.granted_minutes * PARTS_PER_MINUTE
    match grant.per:
        case GrantUnit.DAY:
            return parts * days
        case GrantUnit.WEEK:
            return parts * days // DAYS_PER_WEEK
        case GrantUnit.MONTH:
            month_on = period_from.replace(day=1)
            return half_up(parts * days, (month_after(month_on) - month_on).days)
        case GrantUnit.PERIOD:
            return max(parts - grant.used_parts, 0) if days else 0
