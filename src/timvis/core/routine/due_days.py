"""When each step and each other deadline of a routine falls due for a month."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from timvis.core.calendar.deadlines import Due, DueRule, counts_from_event, due
from timvis.core.calendar.working_days import Holidays
from timvis.core.routine.records import Deadline, Routine, Step
from timvis.core.routine.settings import states, words_of

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


def easter_day(year: int) -> date:
    """Return Easter Day of a year of the Gregorian calendar, by Gauss's rule as Butcher wrote it."""
    century, in_century = divmod(year, 100)
    golden = year % 19
    leaps, rest = divmod(century, 4)
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leaps - moon + 15) % 30
    weekday = (32 + 2 * rest + 2 * (in_century // 4) - epact - in_century % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


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
    years = range(holidays.first_year, holidays.last_year + 1)
    away = [_FREE_EVES[word] for word in words_of(routine, "free_eves")]
    free = {easter_day(year) + timedelta(days=days) for year in years for days in away}
    return replace(holidays, public=holidays.public | free)
