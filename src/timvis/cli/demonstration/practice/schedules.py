"""The schedule of an assignment for the state: weekdays of a month, and one night."""

from datetime import date, timedelta

from timvis.apps.schedules.actions import WantedShift, plan_shifts
from timvis.apps.state_registers.models import Placement
from timvis.cli.demonstration.cast import wanted
from timvis.cli.demonstration.practice.desk import Desk, Table
from timvis.core.access import Role
from timvis.core.calendar.local_time import instant
from timvis.core.quantities import MINUTES_PER_HOUR
from timvis.core.records import TimeKind
from timvis.core.schedule import Repeat, repeated


def lay_up(desk: Desk, told: Table, placement_id: int) -> None:
    """Plan the shifts of somebody's work in an assignment."""
    weekdays, night = told["weekdays"], told["night"]
    days = repeated(weekdays["from"], Repeat.WEEKDAYS, weekdays["to"])
    shifts = [_shift(placement_id, day, day, weekdays) for day in days]
    shifts.append(_shift(placement_id, night["on"], night["on"] + timedelta(days=1), night))
    planned = plan_shifts(
        desk.officer(Role.ADMINISTRATIVE_ASSISTANT),
        assignment_id=Placement.objects.get(pk=placement_id).assignment_id,
        wanted=shifts,
        now=desk.now,
    )
    wanted(int, planned, "passen")


def _shift(placement_id: int, on: date, until: date, told: Table) -> WantedShift:
    first, last = (hour * MINUTES_PER_HOUR for hour in told["hours"])
    return WantedShift(
        placement_id=placement_id,
        kind=TimeKind(told["kind"]),
        start_at=instant(on, first),
        end_at=instant(until, last),
    )
