"""Due rules as a routine writes them: one small table each, or every fault of it.

    { working_day = 1, months_after = 1, at = "13.00", saturdays_count = false }
    { last_working_day = true, months_after = 1 }
    { day = 5, months_after = 2, move = "before" }
    { day = 6, months_after = 1, at = "18.00", at_on_holiday = "10.00" }
    { working_days = 10, event = "starten" }      also days (0 is the day itself), weeks, months

One key says the kind; the others are optional. `months_after` is 1 when it is left out, and `saturdays_count`
is false: due days usually fall in the month after, and the law on deadlines counts no Saturdays.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from timvis.core.calendar.deadlines import (
    DayOfMonth,
    DueRule,
    LastWorkingDay,
    MonthlyRun,
    Move,
    TimeAfterEvent,
    TimeUnit,
    WorkingDayOfMonth,
)
from timvis.core.calendar.local_time import clock_minute
from timvis.core.calendar.working_days import Definition
from timvis.core.faults import Fault

EVERY_MONTH_HAS = 17
"""Working days that every month of 1990–2100 has, by either definition; a rule may ask for no later one."""

_SKIPPED_IN_SPRING = range(120, 180)
_MONTHS_AWAY = 24
_COUNT_AT_MOST = 3660

_MONTH_OPTIONS = frozenset({"months_after", "at", "saturdays_count"})
_EVENT_OPTIONS = frozenset({"event", "at", "saturdays_count"})
_OPTIONS = {
    "working_day": _MONTH_OPTIONS,
    "last_working_day": _MONTH_OPTIONS,
    "day": _MONTH_OPTIONS | {"move", "at_on_holiday"},
    "days": _EVENT_OPTIONS | {"move"},
    "weeks": _EVENT_OPTIONS | {"move"},
    "months": _EVENT_OPTIONS | {"move"},
    "working_days": _EVENT_OPTIONS,
}
_KINDS = ", ".join(_OPTIONS)


def read_due_rule(table: Mapping[str, object]) -> DueRule | tuple[Fault, ...]:
    """Return the rule that a table writes, or every fault in it; a fault's column is the key."""
    kinds = [key for key in table if key in _OPTIONS]
    if len(kinds) != 1:
        return (
            Fault(
                code="due_kind",
                message=f"En förfalloregel har ett av {_KINDS}; här finns {', '.join(kinds) or 'inget'}.",
                remedy="Behåll det som regeln räknar med.",
            ),
        )
    kind = kinds[0]
    values = _Values(table)
    values.refuse_unknown(kind)
    rule = _rule(kind, values)
    return tuple(values.faults) if values.faults else rule


def _rule(kind: str, values: "_Values") -> DueRule:
    """Return the rule; only worth anything when `values` has gathered no fault."""
    at_minute = values.clock("at")
    definition = values.definition()
    match kind:
        case "working_day":
            return WorkingDayOfMonth(
                n=values.whole("working_day", 1, EVERY_MONTH_HAS),
                months_after=values.months_after(),
                definition=definition,
                at_minute=at_minute,
            )
        case "last_working_day":
            values.require_true("last_working_day")
            return LastWorkingDay(months_after=values.months_after(), definition=definition, at_minute=at_minute)
        case "day":
            return _day_rule(values, at_minute, definition)
        case _:
            return TimeAfterEvent(
                count=values.whole(kind, 0 if kind == "days" else 1, _COUNT_AT_MOST),
                unit=TimeUnit(kind),
                event=values.words("event", "händelsen"),
                move=values.move(),
                definition=definition,
                at_minute=at_minute,
            )


def _day_rule(values: "_Values", at_minute: int | None, definition: Definition) -> DayOfMonth | MonthlyRun:
    """Return a numbered day, or a run when the table gives holidays a time of their own."""
    day, months_after = values.whole("day", 1, 31), values.months_after()
    holiday_at_minute = values.clock("at_on_holiday")
    if holiday_at_minute is None:
        return DayOfMonth(
            day=day, months_after=months_after, move=values.move(), definition=definition, at_minute=at_minute
        )
    if at_minute is None:
        values.fault("at", "Klockslaget för vanliga dagar saknas.", 'Skriv till exempel at = "18.00".')
    for key in ("move", "saturdays_count"):
        values.refuse(key, "En körning som har ett eget klockslag på helgdagar flyttas inte.")
    return MonthlyRun(day=day, months_after=months_after, at_minute=at_minute or 0, holiday_at_minute=holiday_at_minute)


@dataclass(slots=True)
class _Values:
    """A table's values by type; what does not fit becomes a fault, and a stand-in that is never used."""

    table: Mapping[str, object]
    faults: list[Fault] = field(default_factory=list)

    def fault(self, key: str, message: str, remedy: str) -> None:
        """Gather a fault at a key."""
        self.faults.append(Fault(code="due_value", message=message, remedy=remedy, column=key))

    def refuse(self, key: str, why: str) -> None:
        """Gather a fault when a key stands where it has no meaning."""
        if key in self.table:
            self.fault(key, f"{key} kan inte stå här. {why}", f"Ta bort {key}.")

    def refuse_unknown(self, kind: str) -> None:
        """Gather a fault for every key that this kind of rule does not have."""
        for key in sorted(self.table.keys() - _OPTIONS[kind] - {kind}):
            self.refuse(key, f"En regel med {kind} har bara {', '.join(sorted(_OPTIONS[kind]))}.")
        if kind in ("day", "days", "weeks", "months") and "move" not in self.table:
            self.refuse("saturdays_count", "En dag som inte flyttas frågar inte efter vardagar.")

    def whole(self, key: str, low: int, high: int, default: int = 1) -> int:
        """Return a whole number within bounds."""
        value = self.table.get(key, default)
        if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
            return value
        self.fault(key, f"{key} är {value!r}.", f"Skriv ett heltal från {low} till {high}.")
        return default

    def months_after(self) -> int:
        """Return how many months after (before, when negative) the rule falls."""
        return self.whole("months_after", -_MONTHS_AWAY, _MONTHS_AWAY)

    def require_true(self, key: str) -> None:
        """Gather a fault unless the value is true."""
        if self.table[key] is not True:
            self.fault(key, f"{key} är {self.table[key]!r}.", "Skriv true.")

    def definition(self) -> Definition:
        """Return the definition of a working day."""
        value = self.table.get("saturdays_count", False)
        if not isinstance(value, bool):
            self.fault("saturdays_count", f"saturdays_count är {value!r}.", "Skriv true eller false.")
        return Definition.SATURDAYS_COUNT if value is True else Definition.MONDAY_TO_FRIDAY

    def move(self) -> Move:
        """Return where a day that is no working day goes."""
        value = self.table.get("move", Move.STAYS)
        if isinstance(value, str) and value in frozenset(Move):
            return Move(value)
        self.fault("move", f"move är {value!r}.", "Skriv before, after eller stays.")
        return Move.STAYS

    def words(self, key: str, default: str) -> str:
        """Return a text that is not empty."""
        value = self.table.get(key, default)
        if isinstance(value, str) and value.strip():
            return value.strip()
        self.fault(key, f"{key} är {value!r}.", 'Skriv vilken dag tiden räknas från, till exempel "starten".')
        return default

    def clock(self, key: str) -> int | None:
        """Return a clock time in minutes, or None when the table gives none."""
        value = self.table.get(key)
        if value is None:
            return None
        minute = clock_minute(value) if isinstance(value, str) else None
        if minute is None:
            self.fault(key, f"{key} är {value!r}, som inte är ett klockslag.", 'Skriv till exempel "13.00".')
        elif minute in _SKIPPED_IN_SPRING:
            self.fault(
                key,
                f"{key} är {value!r}, men 02.00–02.59 finns inte den natt då klockan ställs fram.",
                "Välj ett annat klockslag.",
            )
        return minute
