"""A routine's choices about who performs home care: what can be offered where, and how a turn is kept.

Nothing is added: what the routine does not state raises `SettingIsUnknown`, with the setting's name.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from timvis.core.calendar.deadlines import TimeAfterEvent, TimeUnit, due
from timvis.core.calendar.local_time import clock_text
from timvis.core.calendar.working_days import Holidays
from timvis.core.home_care.providers import OfferedService, Terms
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


def has_turn_list(routine: Routine) -> bool:
    """Return whether a routine says how those who choose nobody get a provider."""
    return states(routine, "no_choice")


def turn_list_of(routine: Routine) -> TurnList:
    """Return how those who choose nobody get a provider. Raises `SettingIsUnknown`."""
    return TurnList(word_of(routine, "no_choice"))


_NO_CHOICE = {
    TurnList.DATED: "Då får du den utförare som står på tur i kommunens turordning, där alla utförare finns med.",
    TurnList.BY_AREA: "Då får du den utförare som står på tur i turordningen för ditt område.",
    TurnList.DRAWN: "Då får du den utförare som står på tur i en turordning som har lottats.",
    TurnList.PLAIN: "Då får du den utförare som står på tur i kommunens turordning.",
}


def no_choice_text(turn_list: TurnList) -> str:
    """Return what happens to whoever chooses nobody, as she is told it."""
    return f"{_NO_CHOICE[turn_list]} Den som är full hoppas över. Du kan välja själv senare."


def information_rows(terms: Terms, services: Mapping[str, str], areas: Mapping[str, str]) -> tuple[str, str]:
    """Return what a provider does and when, and where, as a recipient reads it; by what services and areas are called.

    A name that the routine no longer has is told as it stands.
    """
    told = (f"{services.get(one.name, one.name)} {hours_text(one)}" for one in terms.services)
    where = ", ".join(areas.get(name, name) for name in sorted(terms.areas))
    return "; ".join(told), where or "hela kommunen"


def hours_text(offered: OfferedService) -> str:
    """Return between which clock times a service is performed, as "kl. 07.00–22.00"."""
    if (offered.from_minute, offered.to_minute) == (0, 24 * 60):
        return "dygnet runt"
    return f"kl. {clock_text(offered.from_minute)}–{clock_text(offered.to_minute)}"


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
