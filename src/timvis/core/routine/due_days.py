"""When each step of a routine falls due for a month, and the routine itself for being looked over."""

from dataclasses import dataclass
from datetime import date

from timvis.core.calendar.deadlines import Due, counts_from_event, due
from timvis.core.calendar.months import same_day_after
from timvis.core.calendar.working_days import Holidays
from timvis.core.routine.records import Routine, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class StepDue:
    """A step with its rule in words; `due` None when the rule counts from an event that is not known yet."""

    step: Step
    rule: str
    due: Due | None


def due_days(routine: Routine, month_on: date, holidays: Holidays) -> tuple[StepDue, ...]:
    """Return the steps that have a due rule, in their order, for the month the care was given.

    Raises `CalendarGap` where the holidays do not reach.
    """
    return tuple(
        StepDue(
            step=step,
            rule=step.due.text,
            due=None if counts_from_event(step.due) else due(step.due, month_on, holidays),
        )
        for step in routine.steps
        if step.due is not None
    )


def review_due_on(routine: Routine, adopted_on: date | None) -> date | None:
    """Return the day by which an adopted routine is to be looked over, None where nobody has said how often."""
    if adopted_on is None or routine.review_every_months is None:
        return None
    return same_day_after(adopted_on, routine.review_every_months)
