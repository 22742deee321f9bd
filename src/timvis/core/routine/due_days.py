"""When each step of a routine falls due for a month, and the routine itself for being looked over."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import dropwhile

from timvis.core.calendar.deadlines import Due, DueRule, TimeAfterEvent, counts_from_event, due
from timvis.core.calendar.months import same_day_after
from timvis.core.calendar.working_days import Holidays
from timvis.core.routine.records import Deadline, Routine, Step
from timvis.core.routine.settings import rule_of, states, words_of

PROMISE = "payment_promise"
_DECISION = "beslut"
_LAST, _FIRST = "Senast", "Tidigast"
_FREE_EVES = {"easter_eve": -1, "whitsun_eve": 48}
"""How many days after Easter Day each eve lies that a municipality may count as free."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepDue:
    """A step, or a deadline beside the steps, with its rule in words and the place in the source.

    `due` is None when the rule counts from an event that is not known yet.
    """

    step: Step | Deadline
    rule: str
    source: str
    due: Due | None


def due_days(routine: Routine, month_on: date, holidays: Holidays) -> tuple[StepDue, ...]:
    """Return everything that has a due rule, in the order of the steps, for the month the care was given.

    A deadline stands after the step it belongs to, the others last. Raises `CalendarGap` where the holidays do
    not reach.
    """
    free = _with_free_eves(routine, holidays)
    return tuple(
        StepDue(
            step=one,
            rule=_told(rule.text, one),
            source=one.source or routine.source,
            due=None if counts_from_event(rule) else _due(rule, one, month_on, free),
        )
        for one, rule in _with_rules(routine)
    )


def review_due_on(routine: Routine, adopted_on: date | None) -> date | None:
    """Return the day by which an adopted routine is to be looked over, None where nobody has said how often."""
    if adopted_on is None or routine.review_every_months is None:
        return None
    return same_day_after(adopted_on, routine.review_every_months)


def promise_on(
    routine: Routine, received_on: date, holidays: Holidays, *, decided_on: date | None = None
) -> date | None:
    """Return the day by which a routine has promised the money, None where it promises none that can be known yet.

    A promise that counts from the decision is not known before there is one; every other counts from the day the
    application came. Raises `CalendarGap` where the holidays do not reach.
    """
    if not states(routine, PROMISE):
        return None
    rule = rule_of(routine, PROMISE)
    if isinstance(rule, TimeAfterEvent) and _DECISION in rule.event:
        return None if decided_on is None else due(rule, decided_on, holidays).on
    return due(rule, received_on, holidays).on


def _with_rules(routine: Routine) -> Iterator[tuple[Step | Deadline, DueRule]]:
    for step in routine.steps:
        if step.due is not None:
            yield step, step.due
        yield from ((one, one.due) for one in routine.deadlines if one.step == step.name)
    yield from ((one, one.due) for one in routine.deadlines if one.step is None)


def _due(rule: DueRule, one: Step | Deadline, month_on: date, holidays: Holidays) -> Due:
    found = due(rule, month_on, holidays)
    return replace(found, text=_told(found.text, one))


def _told(text: str, one: Step | Deadline) -> str:
    """Return a rule's sentence, turned around when it says the first day instead of the last."""
    if isinstance(one, Deadline) and one.is_earliest:
        return _FIRST + text.removeprefix(_LAST) if text.startswith(_LAST) else f"{_FIRST}: {text}"
    return text


def _with_free_eves(routine: Routine, holidays: Holidays) -> Holidays:
    """Return the holidays with the eves that this routine counts as free, for those who work on Saturdays."""
    if not states(routine, "free_eves"):
        return holidays
    away = [_FREE_EVES[word] for word in words_of(routine, "free_eves")]
    free = {easter + timedelta(days=days) for easter in _easter_days(holidays) for days in away}
    return replace(holidays, public=holidays.public | free)


def _easter_days(holidays: Holidays) -> Iterator[date]:
    """Yield Easter Day of each year: the spring Sunday with Good Friday before it and Easter Monday after."""
    monday_after_friday = {day - timedelta(days=1) for day in holidays.public} & {
        day + timedelta(days=2) for day in holidays.public
    }
    yield from (day for day in monday_after_friday if day.weekday() == 6 and day.month in (3, 4))


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
