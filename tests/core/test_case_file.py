"""The printed case file: every note in full, and a list of every other part, from what the page shows."""

from dataclasses import replace
from datetime import UTC, date, datetime

from tests.core.routines import FORM
from timvis.core.case_file import CaseFile, Made, Note, NoteKind, Objection, Paper, Power, printed
from timvis.core.letter import Letter
from timvis.core.routine.checklist import ChecklistRow, RowState
from timvis.formats.letter.write import write_html, write_pdf

WRITTEN = datetime(2026, 10, 14, 9, 0, tzinfo=UTC)
NOTE = Note(
    number=17,
    about="ekstad-2026-0001",
    happened_on=date(2026, 10, 13),
    kind=NoteKind.PHONE_CALL,
    text="Alma ringde.\n\nHon berättade att Björn, 19830809-2389, var sjuk.",
    written_by="Cecilia Öst",
    written_at=WRITTEN,
    corrected_by=(18,),
    objections=(
        Objection(
            whose="Alma Åkesson", text="Det var Björn som ringde.", registered_by="Greta Ström", registered_at=WRITTEN
        ),
    ),
)
FILE = CaseFile(
    title="Personakt ekstad-2026-0001: Alma Åkesson",
    reference="ekstad-2026-0001",
    municipality="Ekstads kommun",
    persons=("Alma Åkesson",),
    notes=(
        NOTE,
        replace(NOTE, number=18, kind=NoteKind.CORRECTION, text="Rätt dag är den 12.", corrects=17, corrected_by=()),
    ),
    papers_in=(Paper(on=date(2026, 10, 15), what="Läkarintyget", about="ekstad-2026-0001", detail="kopia"),),
    papers_out=(Paper(on=date(2026, 10, 16), what="Vi behöver något mer från dig"),),
    powers=(
        Power(
            agent="Elsa Ek",
            may=("ansöka", "se beslut"),
            valid_from=date(2026, 1, 1),
            valid_to=None,
            original_received_on=date(2026, 1, 8),
            revoked_on=None,
        ),
    ),
    decisions=(Made(on=date(2026, 11, 1), about="ekstad-2026-0001", what="Beslut 1", by="Cecilia", amount_ore=123456),),
    checklist=(ChecklistRow(requirement=FORM, state=RowState.IN, why="Kom in 2026-10-15."),),
)


def text(letter: Letter) -> str:
    return write_html(letter)


def test_every_note_is_printed_in_full_with_author_correction_and_opposing_view() -> None:
    told = text(printed(FILE, on=date(2026, 11, 2)))

    for expected in (
        "Anteckning 17: 2026-10-13, telefonsamtal, ärende ekstad-2026-0001",
        "<p>Alma ringde.</p>",
        "Hon berättade att Björn, ",
        "Skriven av Cecilia Öst 2026-10-14.",
        "Rättad i anteckning 18.",
        "Motsatt uppfattning, Alma Åkesson (antecknad 2026-10-14 av Greta Ström): Det var Björn som ringde.",
        "Rättar anteckning 17.",
    ):
        assert expected in told, expected
    assert "2389" not in told


def test_papers_powers_decisions_and_the_checklist_are_listed() -> None:
    told = text(printed(FILE, on=date(2026, 11, 2)))

    for expected in (
        "Läkarintyget",
        "Vi behöver något mer från dig",
        "Elsa Ek",
        "ansöka, se beslut",
        "1\xa0234,56\xa0kr",
    ):
        assert expected in told, expected
    assert FORM.text in told


def test_the_first_page_counts_every_part_so_that_a_lost_page_is_noticed() -> None:
    first = printed(FILE, on=date(2026, 11, 2)).sections[0]

    assert dict(first.rows)["Anteckningar"] == "2"  # type: ignore[arg-type]  # rows of two cells
    assert ("Underskrifter", "0") in first.rows


def test_an_empty_file_can_be_printed_too() -> None:
    empty = CaseFile(title="Personakt: Alma", reference="", municipality="Ekstads kommun", persons=("Alma Åkesson",))
    letter = printed(empty, on=date(2026, 11, 2))

    assert len(letter.sections) == 1
    assert write_pdf(letter)[:5] == b"%PDF-"
