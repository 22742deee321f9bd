"""A routine's choices about who performs home care: what can be offered where, and how a turn is kept.

Nothing is added: what the routine does not state raises `SettingIsUnknown`, with the setting's name.
"""

from datetime import date
from enum import StrEnum

from timvis.core.calendar.deadlines import TimeAfterEvent, TimeUnit, due
from timvis.core.calendar.working_days import Holidays
from timvis.core.routine.records import Routine
from timvis.core.routine.settings import rows_of, rule_of, states, word_of

_TELL = "tell_of_change"
_JOINS = "new_provider_joins"


class TurnList(StrEnum):
    """How those who choose nobody get a provider; the words of the routine's `no_choice`."""

    DATED = "dated_turn_list"
    BY_AREA = "turn_list_by_area"
    DRAWN = "lottery_list"
    PLAIN = "turn_list"


def turn_list_of(routine: Routine) -> TurnList:
    """Return how those who choose nobody get a provider. Raises `SettingIsUnknown`."""
    return TurnList(word_of(routine, "no_choice"))


def services_of(routine: Routine) -> tuple[str, ...]:
    """Return the names of a routine's services, in its order; none when it states none."""
    return _names(routine, "service")


def choice_areas_of(routine: Routine) -> tuple[str, ...]:
    """Return the areas that providers choose to work in; none is one: the whole municipality."""
    return _names(routine, "choice_area")


def joins_on(routine: Routine, begins_on: date, holidays: Holidays) -> date:
    """Return the day on which a provider comes into the turn order: that of its agreement unless the routine says."""
    if not states(routine, _JOINS):
        return begins_on
    return max(begins_on, due(rule_of(routine, _JOINS), begins_on, holidays).on)


def tell_within_days_of(routine: Routine) -> int | None:
    """Return within how many days the providers are told of a change, None where the routine sets no such time."""
    rules = (deadline.due for deadline in routine.deadlines if deadline.name == _TELL)
    return next((rule.count for rule in rules if isinstance(rule, TimeAfterEvent) and rule.unit is TimeUnit.DAYS), None)


def _names(routine: Routine, code: str) -> tuple[str, ...]:
    return tuple(str(row["name"]) for row in rows_of(routine, code)) if states(routine, code) else ()
