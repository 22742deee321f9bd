"""When each step of a routine falls due for a month."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import dropwhile

from timvis.core.calendar.deadlines import Due, counts_from_event, due
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


def due_from(routine: Routine, step: Step, month_on: date, holidays: Holidays) -> date | None:
    """Return the day by which a step must be done: its own due day, else that of the first step after it that has one.

    A step without a day of its own has to be done in time for what follows. None when no day can be known.
    Raises `CalendarGap` where the holidays do not reach.
    """
    return next(_days(dropwhile(lambda one: one != step, routine.steps), month_on, holidays), None)


def _days(steps: Iterator[Step], month_on: date, holidays: Holidays) -> Iterator[date]:
    for step in steps:
        if step.due is not None and not counts_from_event(step.due):
            yield due(step.due, month_on, holidays).on
