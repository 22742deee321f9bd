"""What an officer typed from a paper form to a time report, or faults beside the fields and rows."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from timvis.core.faults import Fault
from timvis.core.state_form import ROWS_PER_SHEET
from timvis.formats.handed_in import MAX_ROWS, Read, Wrong, shown
from timvis.formats.time_report_table.cells import Cell
from timvis.formats.time_report_table.columns import PERIOD_COLUMNS, PERIODS, Column
from timvis.formats.time_report_table.heading import Heading, Line
from timvis.formats.time_report_table.read import read_below

_COLUMNS = (Column.DAY, Column.FROM, Column.TO, Column.KIND)
_AS_TYPED = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, str_max_length=1_000)


class PaperRow(BaseModel):
    """One row of section 7 of the form: the day, the clock times and the ticked kind of time."""

    model_config = _AS_TYPED

    dag: str = ""
    fran: str = ""
    till: str = ""
    typ: str = ""


class PaperPeriod(BaseModel):
    """One reference period of section 4: its first and last day."""

    model_config = _AS_TYPED

    fran: str = ""
    till: str = ""


class PaperReport(BaseModel):
    """The form as typed: every field is text, because what stands on paper may be anything.

    The names are the headings of the table format, so that the faults of both say the same.
    """

    model_config = _AS_TYPED

    redovisningsmanad: str = ""
    brukare_personnummer: str = ""
    brukare_namn: str = ""
    assistent_personnummer: str = ""
    assistent_namn: str = ""
    kollektivavtal: str = ""
    arbetsgivare_typ: str = ""
    organisationsnummer: str = ""
    berakningsperioder: tuple[PaperPeriod, ...] = Field(default=(), max_length=PERIODS)
    rader: tuple[PaperRow, ...] = Field(default=(), max_length=MAX_ROWS)
    summa_aktiv_tim: str = ""
    summa_aktiv_min: str = ""
    summa_vantetid_tim: str = ""
    summa_vantetid_min: str = ""
    summa_beredskap_tim: str = ""
    summa_beredskap_min: str = ""
    assistent_underskrift_datum: str = ""
    chef_underskrift_datum: str = ""
    chef_personnummer: str = ""
    chef_namn: str = ""


def read(entry: Mapping[str, object], *, today: date, crosses_midnight: bool = False) -> Read:
    """Return the report, or its faults: `line` is the row's number on the form, `column` the field's name.

    A fault of the form's other fields has no line.
    """
    try:
        paper = PaperReport.model_validate(entry)
    except ValidationError as error:
        return Read(faults=tuple(_misshapen(each["loc"]) for each in error.errors(include_input=False)))
    if not paper.rader:
        wrong = Wrong("no_rows", "Tidrapporten har inga rader med tid.", "Skriv in minst ett pass från blanketten.")
        return Read(faults=(wrong.at(None, "rader"),))
    if len(paper.rader) > ROWS_PER_SHEET:
        return Read(faults=(_too_many(len(paper.rader)),))
    digest = hashlib.sha256(paper.model_dump_json().encode()).hexdigest()
    result = read_below(_headings(paper), _rows(paper), digest=digest, today=today, crosses_midnight=crosses_midnight)
    return Read(faults=tuple(map(_beside_its_field, result.faults))) if result.faults else result


def _too_many(rows: int) -> Fault:
    """Return that a form has no more rows: what is beyond them stands on another form, with signatures of its own."""
    return Wrong(
        "more_rows_than_the_form_has",
        f"Blanketten har {ROWS_PER_SHEET} rader, men {rows} är inskrivna.",
        f"Skriv in rad {ROWS_PER_SHEET + 1} och framåt som en blankett till, för samma assistent och månad.",
    ).at(ROWS_PER_SHEET + 1, "rader")


def _headings(paper: PaperReport) -> Heading:
    """Return the form as a table: its single fields given once, above the rows."""
    given: dict[str, tuple[int, Cell]] = {column: (0, text) for column, text in _fields_of(paper).items() if text}
    return Heading(position=0, line=Line(number=0, cells=_COLUMNS), columns=_COLUMNS, given_above=given)


def _rows(paper: PaperReport) -> tuple[Line, ...]:
    return tuple(
        Line(number=number, cells=(row.dag, row.fran, row.till, row.typ))
        for number, row in enumerate(paper.rader, start=1)
    )


def _fields_of(paper: PaperReport) -> dict[Column, str]:
    typed = paper.model_dump(exclude={"rader", "berakningsperioder"})
    fields = {Column(name): text for name, text in typed.items()}
    for (from_column, to_column), period in zip(PERIOD_COLUMNS, paper.berakningsperioder, strict=False):
        fields[from_column], fields[to_column] = period.fran, period.till
    return fields


def _beside_its_field(fault: Fault) -> Fault:
    return fault if fault.line else Wrong(fault.code, fault.message, fault.remedy).at(None, _text(fault.column))


def _text(column: str | int | None) -> str | None:
    return None if column is None else str(column)


def _misshapen(location: Sequence[str | int]) -> Fault:
    """Return the fault of a field that the form does not have, or that is no text."""
    names = [part for part in location if isinstance(part, str)]
    rows = [part for part in location if isinstance(part, int)]
    name = shown(names[-1]) if names else "rader"
    return Wrong(
        "not_a_field_of_the_form",
        f"{name} är inget fält på blanketten, eller har fel form.",
        "Ladda om sidan och skriv in uppgiften igen.",
    ).at(rows[0] + 1 if rows else None, name)
