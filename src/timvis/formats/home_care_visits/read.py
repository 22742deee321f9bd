"""A table of visits, as text or workbook, to registered visits; or every fault of it, and no visit."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial

from timvis.core.calendar.local_time import local_day
from timvis.core.faults import Fault
from timvis.core.home_care.visits import Place, RegisteredVisit, VisitState
from timvis.core.records import Instant
from timvis.formats import numbers
from timvis.formats.handed_in import Wrong, shown
from timvis.formats.home_care_visits import values
from timvis.formats.home_care_visits.columns import VISITS, VisitColumn
from timvis.formats.home_care_visits.values import Moment
from timvis.formats.sick_cost_papers.opened import opened
from timvis.formats.time_report_table import cells
from timvis.formats.time_report_table.cells import Cell
from timvis.formats.time_report_table.rows import Taken

_ReadPerson = Callable[[Cell], str | Wrong]

_LONGEST_MINUTES = 24 * 60
_ZONE_MISTAKES = (60, 120)
_NEEDED = (
    VisitColumn.KEY,
    VisitColumn.RECIPIENT,
    VisitColumn.SERVICE,
    VisitColumn.STATE,
    VisitColumn.START,
    VisitColumn.END,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadVisits:
    """The visits of a file, or its faults: never some of each. `remarks` are the columns that were not used."""

    visits: tuple[RegisteredVisit, ...] = ()
    faults: tuple[Fault, ...] = ()
    remarks: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordered:
    """Whom a file may be about, and what: twelve-digit personal numbers, and the services of the routine."""

    recipients: Collection[str]
    services: Collection[str]


def read_visits(content: bytes, file_name: str, ordered: Ordered, *, today: date) -> ReadVisits:
    """Return the visits of a file, each with its row, or every fault of the file."""
    paper = opened(content, file_name, VISITS)
    if isinstance(paper, tuple):
        return ReadVisits(faults=paper)
    visits = judged(paper.rows(), paper.faults, ordered, today=today)
    if paper.faults:
        return ReadVisits(faults=paper.told(paper.faults))
    return ReadVisits(visits=visits, remarks=paper.told(paper.remarks))


def judged(rows: Sequence[Taken], faults: list[Fault], ordered: Ordered, *, today: date) -> tuple[RegisteredVisit, ...]:
    """Return the visits of some rows; what is wrong with them is put among the faults that the rows gather in."""
    # A month names everybody many times.
    person: _ReadPerson = cache(partial(_person, known=ordered.recipients, today=today))
    found = [_visit(row, ordered, person, today) for row in rows]
    visits = tuple(visit for visit, _has_offset in found if visit is not None)
    faults += _twice(visits)
    faults += _mixed([(row.line, has_offset) for row, (_visit_, has_offset) in zip(rows, found, strict=True)])
    return visits


def _person(cell: Cell, *, known: Collection[str], today: date) -> str | Wrong:
    """Return the twelve digits of a person; digits that are somebody's here need no check of their last."""
    return cell if isinstance(cell, str) and cell in known else numbers.person(cell, today=today)


def _visit(
    row: Taken, ordered: Ordered, person: _ReadPerson, today: date
) -> tuple[RegisteredVisit | None, bool | None]:
    """Return the visit of a row, None when anything in it is wrong, and whether its start had an offset."""
    for column in _NEEDED:
        if not row.has(column):
            row.object(column, _missing(column))
    key, system = row.get(VisitColumn.KEY, cells.text), row.get(VisitColumn.SYSTEM, cells.text)
    recipient, service = _recipient(row, ordered, person), _service(row, ordered)
    state = row.get(VisitColumn.STATE, values.state)
    start, end = row.get(VisitColumn.START, values.moment), row.get(VisitColumn.END, values.moment)
    staff = row.get(VisitColumn.STAFF, cells.text)
    registered = row.get(VisitColumn.REGISTERED, values.registered)
    reason, noticed = row.get(VisitColumn.REASON, cells.text), row.get(VisitColumn.NOTICED, values.moment)
    planned = _planned(row)
    shared_by = row.get(VisitColumn.SHARED_BY, values.whole)
    place = _place(row)
    _length(row, start, end)
    if state is not None:
        _state(row, state, start, today)
    if shared_by == 0:
        row.object(VisitColumn.SHARED_BY, Wrong("shared_by_nobody", "Ingen delar besöket.", "Skriv 1 eller fler."))
    has_offset = None if start is None else start.has_offset
    if key is None or recipient is None or service is None or state is None or start is None or end is None:
        return None, has_offset
    visit = RegisteredVisit(
        key=key,
        system=system or "",
        recipient=recipient,
        service=service,
        state=state,
        start_at=start.at,
        end_at=end.at,
        staff=staff or "",
        planned_minutes=planned,
        registered=registered,
        reason=reason or "",
        noticed_at=None if noticed is None else noticed.at,
        shared_by=shared_by or 1,
        place=place,
        line=row.line,
    )
    return visit, has_offset


def _recipient(row: Taken, ordered: Ordered, person: _ReadPerson) -> str | None:
    number = row.get(VisitColumn.RECIPIENT, person)
    if number is not None and number not in ordered.recipients:
        wrong = Wrong(
            "unknown_recipient",
            "Personen har ingen beställning hos utföraren.",
            "Rätta personnumret, eller fråga handläggaren om beställningen.",
        )
        row.object(VisitColumn.RECIPIENT, wrong)
        return None
    return number


def _service(row: Taken, ordered: Ordered) -> str | None:
    service = row.get(VisitColumn.SERVICE, cells.text)
    if service is not None and service not in ordered.services:
        known = ", ".join(sorted(ordered.services))
        row.object(
            VisitColumn.SERVICE,
            Wrong("unknown_service", f"”{shown(service)}” är ingen insats här.", f"Skriv någon av: {known}."),
        )
        return None
    return service


def _planned(row: Taken) -> int | None:
    start = row.get(VisitColumn.PLANNED_START, values.moment)
    end = row.get(VisitColumn.PLANNED_END, values.moment)
    if row.has(VisitColumn.PLANNED_START) != row.has(VisitColumn.PLANNED_END):
        there = row.has(VisitColumn.PLANNED_START)
        column = VisitColumn.PLANNED_END if there else VisitColumn.PLANNED_START
        row.object(column, _missing(column))
    if start is None or end is None:
        return None
    wrong = _length_wrong(start.at, end.at)
    if wrong is not None:
        row.object(VisitColumn.PLANNED_END, wrong)
    return end.at - start.at


def _place(row: Taken) -> Place | None:
    northing, easting = row.get(VisitColumn.NORTHING, values.whole), row.get(VisitColumn.EASTING, values.whole)
    if row.has(VisitColumn.NORTHING) != row.has(VisitColumn.EASTING):
        column = VisitColumn.EASTING if row.has(VisitColumn.NORTHING) else VisitColumn.NORTHING
        row.object(column, _missing(column))
    return None if northing is None or easting is None else Place(northing=northing, easting=easting)


def _length(row: Taken, start: Moment | None, end: Moment | None) -> None:
    """Object to a visit whose ends, or whose stated minutes, cannot be right."""
    stated = row.get(VisitColumn.MINUTES, values.whole_minutes)
    if start is None or end is None:
        return
    wrong = _length_wrong(start.at, end.at)
    if wrong is not None:
        row.object(VisitColumn.END, wrong)
    elif start.has_offset is not end.has_offset:
        row.object(VisitColumn.END, _MIXED)
    elif stated is not None and stated != end.at - start.at:
        row.object(VisitColumn.MINUTES, _minutes_differ(stated, end.at - start.at))


def _length_wrong(start_at: Instant, end_at: Instant) -> Wrong | None:
    if end_at <= start_at:
        return Wrong("end_is_not_after_start", "Besöket slutar inte efter att det börjar.", "Rätta start eller slut.")
    if end_at - start_at > _LONGEST_MINUTES:
        return Wrong("visit_is_too_long", "Besöket är längre än ett dygn.", "Rätta start eller slut.")
    return None


def _minutes_differ(stated: int, by_the_clock: int) -> Wrong:
    message = f"Raden säger {stated} minuter, men från start till slut är det {by_the_clock}."
    if abs(stated - by_the_clock) in _ZONE_MISTAKES:
        remedy = "Se om start och slut är i olika tidszon: skriv svensk tid, eller UTC med Z."
        return Wrong("time_zone_mistake", message, remedy)
    return Wrong("minutes_differ", message, "Rätta det som är fel; minuterna får också lämnas tomma.")


def _state(row: Taken, state: VisitState, start: Moment | None, today: date) -> None:
    """Object to what does not belong together with the state of a visit."""
    if state is VisitState.PERFORMED:
        if not row.has(VisitColumn.STAFF):
            row.object(VisitColumn.STAFF, _missing(VisitColumn.STAFF))
        if start is not None and local_day(start.at) > today:
            wrong = "Ett utfört besök kan inte ligga framåt i tiden."
            row.object(VisitColumn.START, Wrong("is_in_the_future", wrong, "Rätta dagen eller status."))
    if state is VisitState.CANCELLED:
        if not row.has(VisitColumn.REASON):
            row.object(VisitColumn.REASON, _missing(VisitColumn.REASON))
    elif row.has(VisitColumn.NOTICED):
        row.object(
            VisitColumn.NOTICED,
            Wrong("is_not_cancelled", "Besked om avbokning hör till ett avbokat besök.", "Rätta status eller besked."),
        )


def _twice(visits: Sequence[RegisteredVisit]) -> Iterator[Fault]:
    """Yield a fault for every visit that stands twice: by its number, or as two systems' account of one visit."""
    by_key: dict[object, int | None] = {}
    by_time: dict[object, RegisteredVisit] = {}
    for visit in visits:
        key = (visit.system, visit.key, visit.recipient, visit.service, visit.staff)
        if key in by_key:
            wrong = Wrong("visit_twice", f"Samma besök står också på rad {by_key[key]}.", "Ta bort den ena raden.")
            yield wrong.at(visit.line, VisitColumn.KEY)
            continue
        by_key[key] = visit.line
        if not visit.staff:
            continue
        time = (visit.recipient, visit.service, visit.staff, visit.state, visit.start_at, visit.end_at)
        other = by_time.setdefault(time, visit)
        if other is not visit:
            yield _same_time(other).at(visit.line, VisitColumn.KEY)


def _same_time(other: RegisteredVisit) -> Wrong:
    return Wrong(
        "visit_from_two_systems",
        f"Besöket på rad {other.line} har samma person, insats, personal och tider men ett annat nummer.",
        "Lämna in besöket från ett av systemen.",
    )


def _mixed(rows: Sequence[tuple[int, bool | None]]) -> Iterator[Fault]:
    """Yield a fault at the first row that is written with an offset where those before it were not, or without."""
    told = [(line, has_offset) for line, has_offset in rows if has_offset is not None]
    for line, has_offset in told:
        if has_offset is not told[0][1]:
            yield _MIXED.at(line, VisitColumn.START)
            return


_MIXED = Wrong(
    "time_zones_are_mixed",
    "Vissa tider har avstånd till UTC och andra inte.",
    "Låt alla tider i filen skrivas på samma sätt.",
)


def _missing(column: str) -> Wrong:
    return Wrong("value_is_missing", f"{column} saknas på raden.", "Fyll i det som saknas, eller ta bort raden.")
