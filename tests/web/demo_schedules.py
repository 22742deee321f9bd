"""The schedule of the demonstration: Mira with Doris on weekdays in November, and one night."""

from datetime import date, datetime, timedelta

from tests.web.demo_state_registers import ASSIGNMENT_ID, PLACEMENT_ID
from timvis.apps.schedules import actions
from timvis.apps.schedules.actions import WantedShift
from timvis.core.access import Actor
from timvis.core.calendar.local_time import instant
from timvis.core.records import TimeKind
from timvis.core.schedule import Repeat, repeated

FIRST, NIGHT = date(2026, 11, 2), date(2026, 11, 13)


def add_schedule(gunnel: Actor, now: datetime) -> None:
    """Let Gunnel plan eight to three on weekdays, and a night of waiting time."""
    days = repeated(FIRST, Repeat.WEEKDAYS, date(2026, 12, 1))
    wanted = [_shift(day, 8 * 60, day, 15 * 60, TimeKind.ACTIVE) for day in days]
    wanted.append(_shift(NIGHT, 22 * 60, NIGHT + timedelta(days=1), 7 * 60, TimeKind.WAITING))
    made = actions.plan_shifts(gunnel, assignment_id=ASSIGNMENT_ID, wanted=wanted, now=now)
    assert made == len(wanted), made


def _shift(on: date, start: int, until: date, end: int, kind: TimeKind) -> WantedShift:
    return WantedShift(placement_id=PLACEMENT_ID, kind=kind, start_at=instant(on, start), end_at=instant(until, end))
