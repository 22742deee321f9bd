"""Time that both the municipality and the state have granted: what of it is the state's to pay.

The municipality's support is for the part of the need that the state's hours do not cover. So of a month on the
municipality's own decision, what the state's hours for the same days still have room for is not the municipality's.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from timvis.core.calendar.months import month_after, month_on
from timvis.core.facts.granted import granted_parts
from timvis.core.records import Case, Grant, GrantUnit, Regime


def states_grants(case: Case) -> tuple[Grant, ...]:
    """Return the state's grants beside a month on the municipality's own decision; none beside the state's own."""
    return tuple(grant for grant in case.grants if grant.regime is Regime.SFB) if case.regime is Regime.LSS else ()


def covers(grants: Iterable[Grant], day: date) -> bool:
    """Return whether any of some grants gives hours on a day."""
    return any(grant.granted_from <= day and (grant.granted_to is None or day < grant.granted_to) for grant in grants)


def room_in(grants: Iterable[Grant], on: date) -> int:
    """Return what grants give in the month of a day and nobody has used, in 28ths of a minute."""
    month = month_on(on)
    return sum(_left(grant, granted_parts(grant, month, month_after(month))) for grant in grants)


def states_part(parts_per_day: Mapping[date, int], case: Case) -> int:
    """Return how much of a month's time per day the state's hours have room for, all in 28ths of a minute."""
    grants = states_grants(case)
    if not grants:
        return 0
    theirs = sum(parts for day, parts in parts_per_day.items() if covers(grants, day))
    return min(theirs, room_in(grants, case.month_on))


def _left(grant: Grant, granted: int) -> int:
    # What is granted for a whole period already comes without what has been used.
    return granted if grant.per is GrantUnit.PERIOD else max(granted - grant.used_parts, 0)
