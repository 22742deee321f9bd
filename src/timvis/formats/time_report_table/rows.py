"""One line under the headings to what it says of the report it belongs to, and its pieces of time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import TypeVar

from timvis.core.calendar.local_time import ClockProblem, span, split_at_midnight
from timvis.core.faults import Fault
from timvis.core.records import ClockSpan, ReportRow, TimeKind
from timvis.formats import numbers
from timvis.formats.clock_faults import INTO_NEXT_MONTH, ORDINARY_DAY, is_about_start, month_wrong
from timvis.formats.handed_in import Wrong
from timvis.formats.time_report_table import cells
from timvis.formats.time_report_table.cells import Cell
from timvis.formats.time_report_table.columns import PERIOD_COLUMNS, Column

T = TypeVar("T")

_TICKED = {
    Column.ACTIVE: TimeKind.ACTIVE,
    Column.WAITING: TimeKind.WAITING,
    Column.STANDBY: TimeKind.STANDBY,
}
_EXAMPLE = "exempel"


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a line says of the whole report. None: this line does not say."""

    month_on: date | None = None
    recipient_number: str | None = None
    recipient_name: str | None = None
    assistant_number: str | None = None
    assistant_name: str | None = None
    is_own_employer: bool | None = None
    employer_number: str | None = None
    has_agreement: bool | None = None
    reference_periods: tuple[tuple[date, date], ...] | None = None
    assistant_signed_on: date | None = None
    manager_signed_on: date | None = None
    manager_number: str | None = None
    manager_name: str | None = None
    stated_active: int | None = None
    stated_waiting: int | None = None
    stated_standby: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line as read: `pieces` are two when it crossed midnight, none when something was wrong with it."""

    line: int
    about: About
    pieces: tuple[ReportRow, ...]


class Taken:
    """The cells of one line by column; what cannot be read is put among the faults, and None comes back."""

    def __init__(
        self,
        line: int,
        values: Mapping[str, Cell],
        given_above: Mapping[str, tuple[int, Cell]],
        faults: list[Fault],
    ) -> None:
        self.line = line
        self._values = values
        self._given_above = given_above
        self._faults = faults

    def get(self, column: str, reader: Callable[[Cell], T | Wrong]) -> T | None:
        """Return the value in a column, else the one given above the headings, else None."""
        line, cell = self._found(column)
        if cells.is_blank(cell):
            return None
        value = reader(cell)
        if isinstance(value, Wrong):
            self._faults.append(value.at(line, column))
            return None
        return value

    def peek(self, column: str, reader: Callable[[Cell], T | Wrong]) -> T | None:
        """Return the value in a column of the line, or None; nothing is noted as wrong."""
        value = reader(self._values.get(column, ""))
        return None if isinstance(value, Wrong) else value

    def has(self, column: str) -> bool:
        """Return whether something stands in a column, or is given for it above the headings."""
        return not cells.is_blank(self._found(column)[1])

    def object(self, column: str, wrong: Wrong, *, beside: str | None = None) -> None:
        """Note that something is wrong with a column, on the line where it or `beside` stands."""
        line, _ = self._found(beside or column)
        self._faults.append(wrong.at(line, column))

    def _found(self, column: str) -> tuple[int, Cell]:
        """Return a column's cell and the number of the line it stands on."""
        cell = self._values.get(column, "")
        return self._given_above.get(column, (self.line, "")) if cells.is_blank(cell) else (self.line, cell)


def is_example(taken: Taken) -> bool:
    """Return whether the line is the template's own example, which says so in its note."""
    note = taken.get(Column.NOTE, cells.text)
    return note is not None and note.casefold().startswith(_EXAMPLE)


def read_row(taken: Taken, *, month_on: date | None, today: date, crosses_midnight: bool) -> Row:
    """Return what the line says; every fault of it lies in the list that `taken` was given."""
    about = _about(taken, month_on=month_on, today=today)
    kind = _kind(taken)
    day = taken.get(Column.DAY, partial(cells.day_of_month, month_on=month_on))
    from_text = taken.get(Column.FROM, cells.clock)
    to_text = taken.get(Column.TO, cells.clock)
    for column in (Column.DAY, Column.FROM, Column.TO):
        if not taken.has(column):
            taken.object(column, _is_missing(column))
    if from_text is None or to_text is None:
        return Row(line=taken.line, about=about, pieces=())
    spans = _spans(taken, day or ORDINARY_DAY, from_text, to_text, crosses_midnight=crosses_midnight)
    if day is None or kind is None:
        return Row(line=taken.line, about=about, pieces=())
    pieces = tuple(ReportRow(line=taken.line, kind=kind, span=piece) for piece in spans)
    return Row(line=taken.line, about=about, pieces=pieces)


def _kind(taken: Taken) -> TimeKind | None:
    """Return the one kind of time that the line names or ticks."""
    ticked = [kind for column, kind in _TICKED.items() if taken.get(column, cells.yes_no)]
    named = taken.get(Column.KIND, cells.kind)
    kinds = ticked if named is None else [*ticked, named]
    if len(kinds) == 1:
        return kinds[0]
    if kinds:
        taken.object(
            Column.KIND,
            Wrong("several_kinds_of_time", "Raden har flera slag av tid.", "Välj ett, eller dela raden i flera."),
        )
    elif not taken.has(Column.KIND):
        taken.object(Column.KIND, _is_missing(Column.KIND))
    return None


def _spans(taken: Taken, day: date, from_text: str, to_text: str, *, crosses_midnight: bool) -> tuple[ClockSpan, ...]:
    """Return the pieces of time of a line, one per day; none, and a fault, when there is no such time."""
    if crosses_midnight:
        found = split_at_midnight(day, from_text, to_text)
    else:
        one = span(day, from_text, to_text)
        found = one if isinstance(one, ClockProblem) else (one,)
    if isinstance(found, ClockProblem):
        column = Column.FROM if is_about_start(found, day, from_text) else Column.TO
        taken.object(column, month_wrong(found, on=day, from_text=from_text, to_text=to_text))
        return ()
    if found[-1].work_on.replace(day=1) != day.replace(day=1):
        taken.object(
            Column.TO,
            INTO_NEXT_MONTH,
        )
        return ()
    return found


def _about(taken: Taken, *, month_on: date | None, today: date) -> About:
    """Return what the line says of its report."""
    person = partial(numbers.person, today=today)
    return About(
        month_on=month_on,
        recipient_number=taken.get(Column.RECIPIENT_NUMBER, person),
        recipient_name=taken.get(Column.RECIPIENT_NAME, cells.text),
        assistant_number=taken.get(Column.ASSISTANT_NUMBER, person),
        assistant_name=taken.get(Column.ASSISTANT_NAME, cells.text),
        is_own_employer=taken.get(Column.EMPLOYER_KIND, cells.own_employer),
        employer_number=taken.get(Column.EMPLOYER_NUMBER, partial(numbers.employer, today=today)),
        has_agreement=taken.get(Column.AGREEMENT, cells.yes_no),
        reference_periods=_periods(taken),
        assistant_signed_on=taken.get(Column.ASSISTANT_SIGNED_ON, cells.iso_day),
        manager_signed_on=taken.get(Column.MANAGER_SIGNED_ON, cells.iso_day),
        manager_number=taken.get(Column.MANAGER_NUMBER, person),
        manager_name=taken.get(Column.MANAGER_NAME, cells.text),
        stated_active=_stated(taken, Column.SUM_ACTIVE_HOURS, Column.SUM_ACTIVE_MINUTES),
        stated_waiting=_stated(taken, Column.SUM_WAITING_HOURS, Column.SUM_WAITING_MINUTES),
        stated_standby=_stated(taken, Column.SUM_STANDBY_HOURS, Column.SUM_STANDBY_MINUTES),
    )


def _periods(taken: Taken) -> tuple[tuple[date, date], ...] | None:
    """Return the reference periods, half-open; people write the last day of a period, not the day after."""
    found: list[tuple[date, date]] = []
    for from_column, to_column in PERIOD_COLUMNS:
        first = taken.get(from_column, cells.iso_day)
        last = taken.get(to_column, cells.iso_day)
        if first is not None and last is not None:
            period = (first, last + timedelta(days=1))
            wrong = _period_wrong(period, found)
            if wrong is not None:
                taken.object(to_column, wrong)
            found.append(period)
        elif taken.has(from_column) != taken.has(to_column):
            missing, there = (to_column, from_column) if taken.has(from_column) else (from_column, to_column)
            taken.object(missing, _is_missing(missing), beside=there)
    return tuple(found) or None


def _period_wrong(period: tuple[date, date], earlier: list[tuple[date, date]]) -> Wrong | None:
    if period[1] <= period[0]:
        return Wrong("period_ends_before_it_begins", "Beräkningsperioden slutar före den börjar.", "Rätta dagarna.")
    if period in earlier:
        return Wrong("period_twice", "Samma beräkningsperiod står två gånger.", "Ta bort den ena.")
    return None


def _stated(taken: Taken, hours_column: Column, minutes_column: Column) -> int | None:
    """Return a control total in minutes, None when neither of its columns is filled in."""
    hours = taken.get(hours_column, cells.whole_minutes_of_hours)
    minutes = taken.get(minutes_column, cells.whole_minutes)
    return None if hours is None and minutes is None else (hours or 0) + (minutes or 0)


def _is_missing(what: str) -> Wrong:
    return Wrong("value_is_missing", f"{what} saknas på raden.", "Fyll i det som saknas, eller ta bort raden.")
