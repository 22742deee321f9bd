"""Lines of a table to time reports: one per month, recipient and assistant."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from timvis.core.faults import Fault
from timvis.core.records import KindSums, ReportRow, Signature, TimeKind, TimeReport
from timvis.formats.handed_in import MAX_ROWS, Read, Wrong, report_key
from timvis.formats.time_report_table import cells, heading
from timvis.formats.time_report_table.cells import Cell
from timvis.formats.time_report_table.columns import Column
from timvis.formats.time_report_table.heading import Heading, Line
from timvis.formats.time_report_table.rows import About, Row, Taken, is_example, read_row

_COLUMN_OF: Mapping[str, Column] = {
    "month_on": Column.MONTH,
    "recipient_number": Column.RECIPIENT_NUMBER,
    "recipient_name": Column.RECIPIENT_NAME,
    "assistant_number": Column.ASSISTANT_NUMBER,
    "assistant_name": Column.ASSISTANT_NAME,
    "is_own_employer": Column.EMPLOYER_KIND,
    "employer_number": Column.EMPLOYER_NUMBER,
    "has_agreement": Column.AGREEMENT,
    "reference_periods": Column.PERIOD_1_FROM,
    "assistant_signed_on": Column.ASSISTANT_SIGNED_ON,
    "manager_signed_on": Column.MANAGER_SIGNED_ON,
    "manager_number": Column.MANAGER_NUMBER,
    "manager_name": Column.MANAGER_NAME,
    "stated_active": Column.SUM_ACTIVE_HOURS,
    "stated_waiting": Column.SUM_WAITING_HOURS,
    "stated_standby": Column.SUM_STANDBY_HOURS,
}
_NO_MONTH = "month_is_missing"
_SAME_FOR_THE_REPORT = tuple(field.name for field in fields(About))


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two fields that are said together, and the Swedish word for whose they are."""

    first: str
    second: str
    what: str


_RECIPIENT = _Pair("recipient_number", "recipient_name", "vilken brukare")
_ASSISTANT = _Pair("assistant_number", "assistant_name", "vilken assistent")
_EMPLOYER = _Pair("employer_number", "is_own_employer", "vilken arbetsgivare")


@dataclass(frozen=True, slots=True)
class _Whose:
    """What makes rows belong to one report. A name counts only where the number is missing."""

    month_on: date
    recipient: str
    assistant: str


def read_lines(lines: Sequence[Line], *, digest: str, today: date, crosses_midnight: bool = False) -> Read:
    """Return the reports of a table, or every fault of it.

    `digest` is the original's, from which the reports get their keys. With `crosses_midnight` an end that is
    not after the start is the next day's, and the row becomes two pieces.
    """
    found = heading.find(lines)
    if found is None:
        return Read(faults=(heading.not_found(),))
    below = lines[found.position + 1 :]
    return read_below(found, below, digest=digest, today=today, crosses_midnight=crosses_midnight)


def read_below(
    found: Heading, lines: Sequence[Line], *, digest: str, today: date, crosses_midnight: bool = False
) -> Read:
    """Return what `read_lines` does, for lines whose headings are known."""
    below = [line for line in lines if not all(map(cells.is_blank, line.cells))]
    if len(below) > MAX_ROWS:
        return Read(faults=(_too_many(below[MAX_ROWS].number),))
    faults = heading.faults_of(found, below)
    if any(fault.code == "column_is_missing" for fault in faults):
        # Without such a column every row would be faulty for the same reason.
        return Read(faults=tuple(faults))
    rows = _rows(found, below, faults, today=today, crosses_midnight=crosses_midnight)
    if not rows and not faults:
        faults.append(_no_rows(found.line.number))
    reports = _reports(rows, faults, digest=digest)
    return Read(faults=_once(faults)) if faults else Read(reports=reports)


def _rows(
    found: Heading, below: Sequence[Line], faults: list[Fault], *, today: date, crosses_midnight: bool
) -> list[Row]:
    """Return every line but the template's example, with what belongs to the whole file filled in."""
    taken = [_taken(found, line, faults) for line in below]
    taken = [line for line in taken if not is_example(line)]
    months = [_month(line) for line in taken]
    known = {month_on for month_on in months if month_on is not None}
    the_only_one = next(iter(known)) if len(known) == 1 else None
    rows = [
        read_row(line, month_on=month_on or the_only_one, today=today, crosses_midnight=crosses_midnight)
        for line, month_on in zip(taken, months, strict=True)
    ]
    return _with_what_the_file_says(rows, faults)


def _taken(found: Heading, line: Line, faults: list[Fault]) -> Taken:
    values: dict[str, Cell] = {}
    for column, cell in zip(found.columns, line.cells, strict=False):
        if column is not None:
            values.setdefault(column, cell)
    return Taken(line.number, values, found.given_above, faults)


def _month(line: Taken) -> date | None:
    """Return the month a line belongs to: as said, else the one its whole date lies in."""
    said = line.get(Column.MONTH, cells.month)
    if said is not None:
        return said
    day = line.peek(Column.DAY, cells.iso_day)
    return None if day is None else day.replace(day=1)


def _with_what_the_file_says(rows: Sequence[Row], faults: list[Fault]) -> list[Row]:
    """Return the rows where what some of them say, and only in one way, holds for those that say nothing.

    A row without recipient or assistant in a file that has several is a fault: nobody may guess whose it is.
    """
    for person in (_RECIPIENT, _ASSISTANT):
        _unnamed(rows, person, faults)
    for pair in (_RECIPIENT, _ASSISTANT, _EMPLOYER):
        rows = _filled(rows, pair)
    return list(rows)


def _said(row: Row, pair: _Pair) -> tuple[Any, Any]:
    return getattr(row.about, pair.first), getattr(row.about, pair.second)


def _who(row: Row, pair: _Pair) -> str:
    """Return who a row is about: the number, else the name; empty when it does not say."""
    number, name = _said(row, pair)
    return str(number or name or "").casefold()


def _unnamed(rows: Sequence[Row], pair: _Pair, faults: list[Fault]) -> None:
    if len({_who(row, pair) for row in rows} - {""}) < 2:
        return
    for row in rows:
        if not _who(row, pair):
            wrong = Wrong("person_is_missing", f"Raden säger inte {pair.what} den gäller.", "Fyll i personnumret.")
            faults.append(wrong.at(row.line, _COLUMN_OF[pair.first]))


def _filled(rows: Sequence[Row], pair: _Pair) -> list[Row]:
    saying = [row for row in rows if _said(row, pair) != (None, None)]
    if len({_who(row, pair) for row in saying}) != 1:
        return list(rows)
    first, second = _said(saying[0], pair)
    return [
        row
        if _said(row, pair) != (None, None)
        else replace(row, about=replace(row.about, **{pair.first: first, pair.second: second}))
        for row in rows
    ]


def _reports(rows: Sequence[Row], faults: list[Fault], *, digest: str) -> tuple[TimeReport, ...]:
    """Return one report per month, recipient and assistant, in the order of their first rows."""
    groups: dict[_Whose, list[Row]] = {}
    for row in rows:
        if row.pieces:
            about = row.about
            whose = _Whose(
                row.pieces[0].span.work_on.replace(day=1),
                about.recipient_number or (about.recipient_name or "").casefold(),
                about.assistant_number or (about.assistant_name or "").casefold(),
            )
            groups.setdefault(whose, []).append(row)
    return tuple(
        _report(whose.month_on, _agreed(group, faults), group, key=report_key(digest, str(number)))
        for number, (whose, group) in enumerate(groups.items(), start=1)
    )


def _agreed(group: Sequence[Row], faults: list[Fault]) -> About:
    """Return what the rows of a report say together; where two say different things, a fault at the later."""
    agreed: dict[str, Any] = {}
    for name in _SAME_FOR_THE_REPORT:
        for row in group:
            value = getattr(row.about, name)
            if value is not None and agreed.setdefault(name, value) != value:
                wrong = Wrong(
                    "rows_say_different_things",
                    f"Här står något annat i {_COLUMN_OF[name]} än på tidigare rader i samma rapport.",
                    "Skriv samma sak på alla rader för assistenten, eller bara på den första.",
                )
                faults.append(wrong.at(row.line, _COLUMN_OF[name]))
                break
    return replace(About(), **agreed)


def _report(month_on: date, about: About, group: Sequence[Row], *, key: str) -> TimeReport:
    rows = tuple(piece for row in group for piece in row.pieces)
    return TimeReport(
        key=key,
        month_on=month_on,
        recipient_number=about.recipient_number,
        recipient_name=about.recipient_name,
        assistant_number=about.assistant_number,
        assistant_name=about.assistant_name,
        rows=rows,
        employer_number=about.employer_number,
        is_own_employer=about.is_own_employer,
        has_agreement=about.has_agreement,
        reference_periods=about.reference_periods or (),
        assistant_signature=_signature(about.assistant_signed_on),
        manager_signature=_signature(about.manager_signed_on, about.manager_name or "", about.manager_number),
        stated_sums=_stated_sums(about, rows),
    )


def _signature(signed_on: date | None, name: str = "", number: str | None = None) -> Signature | None:
    """Return a signature; without its day it is none, and review says that it is missing."""
    return None if signed_on is None else Signature(signed_on=signed_on, name=name, number=number)


def _stated_sums(about: About, rows: Sequence[ReportRow]) -> KindSums | None:
    """Return the control totals as stated; a kind without a stated total has nothing to differ from."""
    stated = (about.stated_active, about.stated_waiting, about.stated_standby)
    if stated == (None, None, None):
        return None
    active, waiting, standby = (
        _summed(kind, rows) if minutes is None else minutes
        for kind, minutes in zip((TimeKind.ACTIVE, TimeKind.WAITING, TimeKind.STANDBY), stated, strict=True)
    )
    return KindSums(active_minutes=active, waiting_minutes=waiting, standby_minutes=standby)


def _summed(kind: TimeKind, rows: Iterable[ReportRow]) -> int:
    return sum(row.span.clock_minutes for row in rows if row.kind is kind)


def _once(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Return the faults by line, each once; that the month is missing for the first row only.

    A month that could not be read is not also missing.
    """
    kept: dict[object, Fault] = {}
    for fault in faults:
        kept.setdefault(fault.code if fault.code == _NO_MONTH else fault, fault)
    if any(fault.column == Column.MONTH for fault in kept.values()):
        kept.pop(_NO_MONTH, None)
    return tuple(sorted(kept.values(), key=lambda fault: fault.line or 0))


def _too_many(line: int) -> Fault:
    return Wrong(
        "too_many_rows", f"Filen har fler än {MAX_ROWS} rader.", "Dela upp filen, till exempel en per månad."
    ).at(line, None)


def _no_rows(line: int) -> Fault:
    return Wrong("no_rows", "Tidrapporten har inga rader med tid.", "Fyll i minst ett pass under rubrikerna.").at(
        line, None
    )
