"""Rows → what the state's hours beside a municipal month still have room for."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from timvis.apps.claims.performed import PerformedShift, performed
from timvis.apps.parties import records as parties
from timvis.core.calendar.months import month_after, month_on
from timvis.core.facts.granted import granted_parts
from timvis.core.facts.two_payers import covers, states_grants
from timvis.core.law import LawBook, LawReader
from timvis.core.quantities import PARTS_PER_MINUTE
from timvis.core.records import Case, Grant, GrantUnit


def with_used(case: Case, recipient_id: int, law: LawBook, *, known_at: datetime) -> Case:
    """Return a case whose state grants know what the state's own months have used of them.

    Raises `LawGap` on converted time. Nothing is looked up beside a month that no grant of the state's touches.
    """
    grants = [grant for grant in states_grants(case) if _touches(grant, case.month_on)]
    if not grants:
        return case
    months = list(_months(min(_counts_from(grant, case.month_on) for grant in grants), case.month_on))
    absences = parties.absences(recipient_id, known_at=known_at)
    shifts = performed(recipient_id, months, absences, LawReader(law)).shifts
    used = {grant.reference: _used(grant, shifts, case.month_on) for grant in grants}
    return replace(
        case,
        grants=tuple(
            replace(grant, used_parts=grant.used_parts + used[grant.reference]) if grant in grants else grant
            for grant in case.grants
        ),
    )


def _used(grant: Grant, shifts: tuple[PerformedShift, ...], month: date) -> int:
    """Return what of a grant has been used, at most what it gives: in the month, or since a whole period began."""
    since = _counts_from(grant, month)
    parts = sum(shift.parts for shift in shifts if since <= shift.on and covers([grant], shift.on))
    if grant.per is GrantUnit.PERIOD:
        return min(parts, grant.granted_minutes * PARTS_PER_MINUTE)
    return min(parts, granted_parts(grant, month, month_after(month)))


def _counts_from(grant: Grant, month: date) -> date:
    return grant.granted_from if grant.per is GrantUnit.PERIOD else month


def _touches(grant: Grant, month: date) -> bool:
    return grant.granted_from < month_after(month) and (grant.granted_to is None or month < grant.granted_to)


def _months(since: date, last: date) -> Iterator[date]:
    month = month_on(since)
    while month <= last:
        yield month
        month = month_after(month)
