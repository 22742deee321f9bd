"""The case file (personakt): everything that has been noted, come in, gone out, decided and signed, in one record.

The page and the printed file are made from the same record, so that what is printed is what was shown.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from timvis.core.calculation.hourly import kronor_text
from timvis.core.calendar.local_time import day_of
from timvis.core.identity import shown_text
from timvis.core.letter import Column, Head, Letter, Section
from timvis.core.routine.checklist import ChecklistRow, RowState


class NoteKind(StrEnum):
    """What a note in the case file tells of."""

    NOTE = "note"
    PHONE_CALL = "phone_call"
    VISIT = "visit"
    DECISION_BASIS = "decision_basis"
    CORRECTION = "correction"


NOTE_LABELS: Mapping[str, str] = {
    NoteKind.NOTE: "Anteckning",
    NoteKind.PHONE_CALL: "Telefonsamtal",
    NoteKind.VISIT: "Besök",
    NoteKind.DECISION_BASIS: "Underlag för beslut",
    NoteKind.CORRECTION: "Rättelse",
}

STATE_LABELS: Mapping[RowState, str] = {
    RowState.IN: "inne",
    RowState.MISSING: "saknas",
    RowState.OTHER_CASE: "saknas",
    RowState.WRONG_FORM: "fel form",
    RowState.NO_LONGER_HOLDS: "gäller inte längre",
    RowState.NOT_NEEDED: "behövs inte nu",
    RowState.NOT_KNOWN: "vet inte än",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """That somebody sees a note otherwise, in her own words."""

    whose: str
    text: str
    registered_by: str
    registered_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note with its author. `corrects` is the number of an earlier note, `corrected_by` those of later ones."""

    number: int
    about: str
    happened_on: date
    kind: str
    text: str
    written_by: str
    written_at: datetime
    corrects: int | None = None
    corrected_by: tuple[int, ...] = ()
    objections: tuple[Objection, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper that came in or went out. `link` is where it is read, empty for what lies only on paper."""

    on: date
    what: str
    about: str = ""
    detail: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Power:
    """A power of attorney: who may do what, from when up to but not including when."""

    agent: str
    may: tuple[str, ...]
    valid_from: date | None
    valid_to: date | None
    original_received_on: date | None
    revoked_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """Something that was decided, calculated or signed. `amount_ore` is None where no amount goes with it."""

    on: date
    about: str
    what: str
    by: str
    amount_ore: int | None = None
    detail: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """The file of one case, or of a person with all her cases; every part in the order of its days."""

    title: str
    reference: str
    municipality: str
    persons: tuple[str, ...]
    cases: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    papers_in: tuple[Paper, ...] = ()
    papers_out: tuple[Paper, ...] = ()
    powers: tuple[Power, ...] = ()
    decisions: tuple[Made, ...] = ()
    amounts: tuple[Made, ...] = ()
    signatures: tuple[Made, ...] = ()
    checklist: tuple[ChecklistRow, ...] = ()


def printed(file: CaseFile, *, on: date) -> Letter:
    """Return the whole file as one document to print: every note in full, every other part as a list.

    Personal numbers that somebody wrote in a note are masked, as they are on the page.
    """
    head = Head(sender=file.municipality, receiver=file.persons, reference=file.reference, written_on=on)
    sections = (
        _contents(file),
        *(_note(note) for note in file.notes),
        _papers("Inkomna handlingar", file.papers_in),
        _papers("Utgående handlingar", file.papers_out),
        _checklist(file.checklist),
        _powers(file.powers),
        _made("Beslut", file.decisions),
        _made("Beräkningar", file.amounts),
        _made("Underskrifter", file.signatures),
    )
    kept = tuple(section for section in sections if section is not None)
    return Letter(code="case_file", head=head, title=file.title, sections=kept)


def _contents(file: CaseFile) -> Section:
    """Return what the file holds, so that whoever has it on paper can see that it is whole."""
    counted = (
        ("Anteckningar", len(file.notes)),
        ("Inkomna handlingar", len(file.papers_in)),
        ("Utgående handlingar", len(file.papers_out)),
        ("Fullmakter", len(file.powers)),
        ("Beslut", len(file.decisions)),
        ("Beräkningar", len(file.amounts)),
        ("Underskrifter", len(file.signatures)),
    )
    return Section(
        heading="Vad akten innehåller",
        paragraphs=(f"Ärenden: {', '.join(file.cases)}.",) if file.cases else (),
        columns=(Column(label="Del"), Column(label="Antal", is_number=True)),
        rows=tuple((what, str(number)) for what, number in counted),
    )


def _note(note: Note) -> Section:
    kind = NOTE_LABELS.get(note.kind, note.kind)
    about = f", ärende {note.about}" if note.about else ""
    return Section(
        heading=f"Anteckning {note.number}: {note.happened_on}, {kind.lower()}{about}",
        paragraphs=(*_lines(shown_text(note.text)), *_told_of(note)),
    )


def _told_of(note: Note) -> Iterator[str]:
    yield f"Skriven av {note.written_by} {day_of(note.written_at)}."
    if note.corrects is not None:
        yield f"Rättar anteckning {note.corrects}."
    for number in note.corrected_by:
        yield f"Rättad i anteckning {number}."
    for one in note.objections:
        by = f"antecknad {day_of(one.registered_at)} av {one.registered_by}"
        yield f"Motsatt uppfattning, {one.whose} ({by}): {' '.join(shown_text(one.text).split())}"


def _lines(text: str) -> Iterator[str]:
    return (line.strip() for line in text.splitlines() if line.strip())


def _table(heading: str, columns: Iterable[str], rows: Iterable[tuple[str, ...]]) -> Section | None:
    found = tuple(rows)
    labels = tuple(Column(label=label, is_number=label == "Belopp") for label in columns)
    return Section(heading=heading, paragraphs=(), columns=labels, rows=found) if found else None


def _papers(heading: str, papers: tuple[Paper, ...]) -> Section | None:
    rows = ((one.on.isoformat(), one.what, one.about, shown_text(one.detail)) for one in papers)
    return _table(heading, ("Dag", "Handling", "Ärende", "Uppgifter"), rows)


def _checklist(rows: tuple[ChecklistRow, ...]) -> Section | None:
    told = ((row.requirement.text, STATE_LABELS[row.state], row.why) for row in rows)
    return _table("Checklista", ("Handling", "Läge", "Varför"), told)


def _powers(powers: tuple[Power, ...]) -> Section | None:
    rows = (
        (
            one.agent,
            ", ".join(one.may),
            _period(one),
            f"återkallad {one.revoked_on}" if one.revoked_on else f"original {one.original_received_on or 'saknas'}",
        )
        for one in powers
    )
    return _table("Fullmakter", ("Ombud", "Får", "Gäller", "Original"), rows)


def _period(power: Power) -> str:
    last = power.valid_to - timedelta(days=1) if power.valid_to else "tills vidare"
    return f"{power.valid_from or ''}–{last}"


def _made(heading: str, rows: tuple[Made, ...]) -> Section | None:
    told = (
        (
            one.on.isoformat(),
            f"{one.what}. {shown_text(one.detail)}" if one.detail else one.what,
            one.about,
            one.by,
            kronor_text(one.amount_ore) if one.amount_ore is not None else "",
        )
        for one in rows
    )
    return _table(heading, ("Dag", "Vad", "Ärende", "Vem", "Belopp"), told)
