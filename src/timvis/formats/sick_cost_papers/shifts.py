"""Rows of a schedule or of substitutes' time to shifts of the written case."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from timvis.core.calendar.local_time import ClockProblem, split_at_midnight
from timvis.core.quantities import MINUTES_PER_HOUR
from timvis.core.records import TimeKind
from timvis.formats import cell_numbers
from timvis.formats.calculation_case.sick_cost_form import WrittenShift, WrittenSubstitute
from timvis.formats.clock_faults import clock_wrong, is_about_start
from timvis.formats.handed_in import Wrong, shown
from timvis.formats.sick_cost_papers import values
from timvis.formats.sick_cost_papers.columns import PaperColumn
from timvis.formats.sick_cost_papers.opened import Opened
from timvis.formats.sick_cost_papers.records import ReadShift, ReadShifts
from timvis.formats.time_report_table import cells
from timvis.formats.time_report_table.columns import plain
from timvis.formats.time_report_table.rows import Taken

LONGEST_NIGHT_MINUTES = 16 * MINUTES_PER_HOUR
"""A shift that goes on into the next day and is longer than this has far more often its times the wrong way round."""

_ONE_DAY = timedelta(days=1)
_TOTALS = frozenset({"summa", "totalt", "total", "delsumma", "summa_timmar"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _When:
    """When a shift was: as it is written in the case, and its instants when the clock says them."""

    on: date
    table: dict[str, Any]
    start_at: int | None = None
    end_at: int | None = None


@dataclass(frozen=True, slots=True)
class _Ends:
    """The two clock times of a row, and the days where they stand with a day."""

    begins: str
    ends: str
    begins_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Placed:
    """A shift with its instants, to be held against the others."""

    shift: ReadShift
    when: _When


def schedule(paper: Opened) -> ReadShifts:
    """Return the shifts that the sick assistant missed."""
    placed = _all(paper, _scheduled)
    _one_person(paper, placed)
    return _read(paper, placed, everybody=True)


def substitutes(paper: Opened) -> ReadShifts:
    """Return the shifts that substitutes worked."""
    return _read(paper, _all(paper, _substituted), everybody=False)


def _all(paper: Opened, reader: Callable[[Opened, Taken], _Placed | None]) -> list[_Placed]:
    rows = [row for row in paper.rows() if not _is_total(paper, row)]
    if not paper.has(PaperColumn.ON) and not any(_has_day(row) for row in rows):
        # Otherwise every row would be faulty for the same reason.
        wrong = Wrong("column_is_missing", "Kolumnen datum saknas.", "Lägg till en kolumn med rubriken datum.")
        paper.faults.append(wrong.at(None, PaperColumn.ON))
        return []
    return [placed for placed in (reader(paper, row) for row in rows) if placed is not None]


def _read(paper: Opened, placed: list[_Placed], *, everybody: bool) -> ReadShifts:
    _overlaps(paper, placed, everybody=everybody)
    if not placed and not paper.faults:
        wrong = Wrong("no_shifts", "Ingen rad är ett pass som ska räknas.", "Kontrollera rubrikerna och raderna.")
        paper.faults.append(wrong.at(None, None))
    if paper.faults:
        return ReadShifts(faults=paper.told(paper.faults), remarks=paper.told(paper.remarks))
    return ReadShifts(shifts=tuple(one.shift for one in placed), remarks=paper.told(paper.remarks))


def _has_day(row: Taken) -> bool:
    found = row.peek(PaperColumn.FROM, values.midnight_or_clock)
    return found is not None and found[1] is not None


def _is_total(paper: Opened, row: Taken) -> bool:
    """Return whether a row sums up those above it; it is left out, and told."""
    if row.peek(PaperColumn.ON, cells.iso_day) is not None or _has_day(row):
        return False
    for column in PaperColumn:
        word = row.peek(column, cells.text)
        if word and plain(word) in _TOTALS:
            paper.remark(
                row.line,
                column,
                Wrong("row_is_not_used", "Raden är en summa och används inte.", "Inget behöver rättas."),
            )
            return True
    return False


# --- a row -----------------------------------------------------------------------------------------------


def _scheduled(paper: Opened, row: Taken) -> _Placed | None:
    when = _when(row)
    if paper.has(PaperColumn.ABSENCE):
        missed = row.get(PaperColumn.ABSENCE, values.is_missed) if row.has(PaperColumn.ABSENCE) else False
        if missed is False:
            why = "Raden är inte märkt som frånvaro för sjukdom och används inte."
            paper.remark(row.line, PaperColumn.ABSENCE, Wrong("row_is_not_used", why, "Skriv sjuk om passet uteblev."))
            return None
    kind = row.get(PaperColumn.KIND, cells.kind)
    more = {
        "kind": kind,
        "substitute": row.get(PaperColumn.SUBSTITUTE, cells.yes_no),
        "elsewhere": row.get(PaperColumn.ELSEWHERE, cells.yes_no),
        "supplement": _supplements(row),
    }
    if when is None:
        return None
    table = {**when.table, **{key: value for key, value in more.items() if value is not None}}
    return _placed(row, when, WrittenShift.model_validate(table), kind)


def _substituted(paper: Opened, row: Taken) -> _Placed | None:
    when = _when(row)
    kind = row.get(PaperColumn.KIND, cells.kind)
    was_ill = row.get(PaperColumn.ILL, values.was_ill)
    if when is None:
        return None
    table = when.table if was_ill is None else {**when.table, "was_ill": was_ill}
    return _placed(row, when, WrittenSubstitute.model_validate(table), kind)


def _placed(row: Taken, when: _When, written: WrittenShift | WrittenSubstitute, kind: TimeKind | None) -> _Placed:
    who = row.get(PaperColumn.WHO_NUMBER, cells.text) or row.get(PaperColumn.WHO_NAME, cells.text) or ""
    table = written.model_dump(mode="json", by_alias=True, exclude_unset=True)
    return _Placed(shift=ReadShift(line=row.line, table=table, who=who, kind=kind), when=when)


def _supplements(row: Taken) -> list[dict[str, Any]] | None:
    """Return the supplement that a row names, with its amount per hour where the row has one."""
    name = row.get(PaperColumn.SUPPLEMENT, values.name)
    ore_per_hour = row.get(PaperColumn.SUPPLEMENT_RATE, cell_numbers.ore)
    if ore_per_hour is not None and ore_per_hour <= 0:
        wrong = Wrong("amount_is_not_above_zero", "Ett tillägg är mer än noll kronor.", "Rätta beloppet.")
        row.object(PaperColumn.SUPPLEMENT_RATE, wrong)
        return None
    if name is None:
        if ore_per_hour is not None and not row.has(PaperColumn.SUPPLEMENT):
            wrong = Wrong("value_is_missing", "Tillägget har inget namn.", "Skriv vilket tillägg det är.")
            row.object(PaperColumn.SUPPLEMENT, wrong, beside=PaperColumn.SUPPLEMENT_RATE)
        return None
    return [{"name": name} if ore_per_hour is None else {"name": name, "ore_per_hour": ore_per_hour}]


# --- when ------------------------------------------------------------------------------------------------


def _when(row: Taken) -> _When | None:
    hours = row.get(PaperColumn.HOURS, values.shift_minutes)
    ends = _clock_times(row)
    on = row.get(PaperColumn.ON, cells.iso_day) if row.has(PaperColumn.ON) else None if ends is None else ends.begins_on
    if on is None and not row.has(PaperColumn.ON):
        row.object(PaperColumn.ON, _missing("Dagen"))
    if ends is None:
        if not any(map(row.has, (PaperColumn.FROM, PaperColumn.TO, PaperColumn.SPAN, PaperColumn.HOURS))):
            row.object(PaperColumn.FROM, _missing("Tiden"))
        if on is None or hours is None or row.has(PaperColumn.FROM) or row.has(PaperColumn.SPAN):
            return None
        return _When(on=on, table={"on": on, "hours": cell_numbers.hours_text(hours)})
    return None if on is None else _by_clock(row, on, ends, hours)


def _clock_times(row: Taken) -> _Ends | None:
    """Return the clock times of a row, in two cells or in one, with the days that stand beside them."""
    reader = values.clock_and_day if row.has(PaperColumn.ON) else values.midnight_or_clock
    begins, ends = row.get(PaperColumn.FROM, reader), row.get(PaperColumn.TO, reader)
    if begins is not None and ends is not None:
        return _Ends(begins[0], ends[0], begins_on=begins[1], ends_on=ends[1])
    for column, other in ((PaperColumn.FROM, PaperColumn.TO), (PaperColumn.TO, PaperColumn.FROM)):
        if row.has(column) and not row.has(other):
            row.object(other, _missing(f"Klockslaget i kolumnen {other}"), beside=column)
    if row.has(PaperColumn.FROM) or row.has(PaperColumn.TO):
        return None
    span = row.get(PaperColumn.SPAN, values.span)
    return None if span is None else _Ends(*span)


def _by_clock(row: Taken, on: date, ends: _Ends, hours: int | None) -> _When | None:
    """Return the shift between two clock times, and object where they, their days and the hours do not agree."""
    spans = split_at_midnight(on, ends.begins, ends.ends)
    if isinstance(spans, ClockProblem):
        column = PaperColumn.FROM if is_about_start(spans, on, ends.begins) else PaperColumn.TO
        column = column if row.has(column) else PaperColumn.SPAN
        row.object(column, clock_wrong(spans, on=on, from_text=ends.begins, to_text=ends.ends))
        return None
    minutes = sum(int(piece.actual_minutes) for piece in spans)
    over_midnight = spans[-1].work_on != on
    ends_on = row.get(PaperColumn.ENDS_ON, cells.iso_day) or ends.ends_on
    problems = (
        (PaperColumn.FROM, _start_wrong(on, ends)),
        (PaperColumn.TO, _end_wrong(on, ends_on, ends, over_midnight, minutes)),
        (PaperColumn.HOURS, _hours_wrong(hours, minutes)),
    )
    for column, wrong in problems:
        if wrong is not None:
            row.object(column if row.has(column) else PaperColumn.SPAN, wrong)
            return None
    table = {"on": on, "from": ends.begins, "to": ends.ends}
    return _When(on=on, table=table, start_at=int(spans[0].start_at), end_at=int(spans[-1].end_at))


def _start_wrong(on: date, ends: _Ends) -> Wrong | None:
    if ends.begins_on in (None, on):
        return None
    return Wrong(
        "start_day_does_not_agree",
        f"Passet börjar den {ends.begins_on} enligt klockslaget men den {on} enligt datumet.",
        "Rätta det som är fel.",
    )


def _end_wrong(on: date, ends_on: date | None, ends: _Ends, over_midnight: bool, minutes: int) -> Wrong | None:
    written = f"{ends.begins}–{ends.ends}"
    if ends_on is not None:
        # An end at 00.00 of the next day is the same moment as 24.00, whichever day the row gives it.
        expected = {on + _ONE_DAY} if over_midnight else {on, on + _ONE_DAY} if _at_midnight(ends.ends) else {on}
        if ends_on in expected:
            return None
        return Wrong(
            "end_day_does_not_agree",
            f"Passet {written} den {on} slutar inte den {ends_on}.",
            "Rätta slutdagen eller klockslagen; ett pass som varar längre än ett dygn skrivs på flera rader.",
        )
    if over_midnight and minutes > LONGEST_NIGHT_MINUTES:
        return Wrong(
            "end_is_before_start",
            f"Passet {written} slutar före det börjar, eller varar mer än 16 timmar in på nästa dag.",
            "Rätta klockslagen. Är passet så långt: skriv det på två rader, till 24.00 och från 00.00.",
        )
    return None


def _at_midnight(end: str) -> bool:
    return end.replace(":", ".") in ("24.00", "00.00", "0.00")


def _hours_wrong(hours: int | None, minutes: int) -> Wrong | None:
    # A report may round its hours to two decimals; that is less than half a minute, and read as the minute.
    if hours is None or hours == minutes:
        return None
    told = [cell_numbers.hours_text(one).replace(".", ",") for one in (minutes, hours)]
    return Wrong(
        "hours_differ",
        f"Klockslagen ger {told[0]} timmar, men raden säger {told[1]}.",
        "Rätta det som är fel; en rast skrivs genom att passet delas i två rader.",
    )


def _missing(what: str) -> Wrong:
    return Wrong("value_is_missing", f"{what} saknas på raden.", "Fyll i det som saknas, eller ta bort raden.")


# --- the rows together -----------------------------------------------------------------------------------


def _one_person(paper: Opened, placed: list[_Placed]) -> None:
    """Object to a schedule with the shifts of several assistants: nobody may guess who was ill."""
    people = list(dict.fromkeys(one.shift.who.casefold() for one in placed if one.shift.who))
    for one in placed:
        if len(people) > 1 and one.shift.who.casefold() == people[1]:
            wrong = Wrong(
                "several_assistants", "Schemat har pass för flera assistenter.", "Skicka ett schema för var och en."
            )
            paper.faults.append(wrong.at(one.shift.line, PaperColumn.WHO_NAME))
            return


def _overlaps(paper: Opened, placed: list[_Placed], *, everybody: bool) -> None:
    """Object to two rows of the same person at the same time."""
    by_person: dict[str, list[_Placed]] = {}
    for one in placed:
        if one.when.start_at is not None:
            by_person.setdefault("" if everybody else one.shift.who.casefold(), []).append(one)
    for who, own in by_person.items():
        own.sort(key=lambda one: (one.when.start_at, one.shift.line))
        longest = own[0]
        for later in own[1:]:
            if (later.when.start_at or 0) < (longest.when.end_at or 0):
                _overlap(paper, longest, later, is_unnamed=not who and not everybody)
            if (later.when.end_at or 0) > (longest.when.end_at or 0):
                longest = later


def _overlap(paper: Opened, one: _Placed, other: _Placed, *, is_unnamed: bool) -> None:
    first, second = sorted((one, other), key=lambda placed: placed.shift.line)
    times = [shown(f"{placed.when.table['from']}–{placed.when.table['to']}") for placed in (first, second)]
    wrong = Wrong(
        "shifts_overlap",
        f"Passet {second.when.on} {times[1]} överlappar passet {times[0]} på rad {first.shift.line}.",
        "Skriv vem som arbetade på var rad, om det var två." if is_unnamed else "Rätta tiderna, eller ta bort raden.",
    )
    paper.faults.append(wrong.at(second.shift.line, PaperColumn.FROM))
