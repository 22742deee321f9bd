"""A routine's choices about home-care providers and orders, as the desk takes them.

Nothing is added: what the routine does not state raises `SettingIsUnknown`, with the setting's name.
"""

from decimal import Decimal

from timvis.core.access import Role
from timvis.core.calendar.deadlines import DueRule
from timvis.core.home_care.change_of_provider import ChangeRule, DaysAfterNotice, FirstOfMonth
from timvis.core.home_care.events import EventKind, TellRule
from timvis.core.home_care.order import ClockKind, Nudging, OrderTerms
from timvis.core.home_care.papers import PaperTerms
from timvis.core.quantities import MINUTES_PER_HOUR, Minutes
from timvis.core.routine.records import Routine
from timvis.core.routine.settings import SettingIsUnknown, decimal_of, rows_of, states

_CHANGE = "change_of_provider"
_TOLD = "told_at_once"
_REMINDERS = "order_reminder"
_CONFIRM, _START, _ACUTE = "confirm_order", "start_service", "acute_start"
_PLAN, _DOCUMENTATION, _FOLLOW_UP = "write_plan", "return_documents", "follow_up"


def change_rule_of(routine: Routine) -> ChangeRule:
    """Return when a change of provider takes effect. Raises `SettingIsUnknown`."""
    rows = rows_of(routine, _CHANGE)
    if not rows:
        raise SettingIsUnknown(routine, _CHANGE)
    row = rows[0]
    if row["rule"] == "days_after_notice" and "days" in row:
        return DaysAfterNotice(days=_whole(row["days"]))
    if row["rule"] == "first_of_month_after_cutoff" and "cutoff_day" in row and "months_after" in row:
        return FirstOfMonth(cutoff_day=_whole(row["cutoff_day"]), months_after=_whole(row["months_after"]))
    raise SettingIsUnknown(routine, _CHANGE)


def capacity_warning_of(routine: Routine) -> Decimal:
    """Return the percentage left at which a provider must say that its ceiling is near. Raises `SettingIsUnknown`."""
    return decimal_of(routine, "capacity_warning")


def order_terms_of(routine: Routine) -> OrderTerms:
    """Return within which time orders are confirmed and begun; None for what the routine does not set."""
    return OrderTerms(
        confirm=_step_due(routine, _CONFIRM),
        start=_step_due(routine, _START),
        acute_start=_deadline_of(routine, _ACUTE),
    )


def paper_terms_of(routine: Routine) -> PaperTerms:
    """Return within which time plan, documentation and follow-up come; None for what the routine does not set."""
    return PaperTerms(
        plan=_step_due(routine, _PLAN),
        documentation=_deadline_of(routine, _DOCUMENTATION),
        follow_up=_deadline_of(routine, _FOLLOW_UP),
    )


def nudging_of(routine: Routine, clock: ClockKind) -> Nudging:
    """Return when a clock is reminded of and handed on; never, where the routine does not say when."""
    rows = rows_of(routine, _REMINDERS) if states(routine, _REMINDERS) else ()
    said = next((row for row in rows if row["clock"] == clock), {})
    return Nudging(soon=_minutes(said.get("hours_before")), still_late=_minutes(said.get("hours_after")))


def tell_rules_of(routine: Routine) -> tuple[TellRule, ...]:
    """Return who tells whom at once of what; none when the routine does not say."""
    if not states(routine, _TOLD):
        return ()
    return tuple(
        TellRule(event=EventKind(str(row["event"])), by=Role(str(row["by"])), to=Role(str(row["to"])))
        for row in rows_of(routine, _TOLD)
    )


def _step_due(routine: Routine, name: str) -> DueRule | None:
    return next((step.due for step in routine.steps if step.name == name), None)


def _deadline_of(routine: Routine, name: str) -> DueRule | None:
    return next((deadline.due for deadline in routine.deadlines if deadline.name == name), None)


def _minutes(hours: object) -> Minutes | None:
    return None if hours is None else Minutes(_whole(hours) * MINUTES_PER_HOUR)


def _whole(value: object) -> int:
    assert isinstance(value, int), value
    return value
