"""Letters: filled whole or not at all, the same text as PDF for the archive and as HTML for the screen."""

from datetime import date
from io import BytesIO

import pikepdf
import pytest

from timvis.core.faults import Fault
from timvis.core.letter import Head, Letter, LetterTemplate, Value, fill, places_in
from timvis.formats.letter.read import packaged_letter, packaged_letter_codes, read_letter
from timvis.formats.letter.write import write_html, write_pdf

HEAD = Head(
    sender="Ekköpings kommun",
    receiver=("Ekots omsorg AB", "Storgatan 1"),
    reference="ekkoping-2026-0001",
    written_on=date(2026, 11, 10),
)
WRITTEN = """
code = "question"
label = "Fråga"
title = "Fråga om {period}"
[[part]]
text = "Vi undrar över {period}."
[[part]]
heading = "Varför"
items = "reasons"
[[part]]
heading = "Timmar"
rows = "hours"
[[part.column]]
label = "Månad"
[[part.column]]
label = "Timmar"
number = true
"""
VALUES: dict[str, Value] = {
    "period": "oktober 2026",
    "reasons": ("Timmarna är fler än de beviljade.",),
    "hours": (("oktober", "110"),),
}


def template(text: str = WRITTEN) -> LetterTemplate:
    read = read_letter(text, source="question.toml")
    assert isinstance(read, LetterTemplate), read
    return read


def letter(**values: Value) -> Letter:
    made = fill(template(), HEAD, {**VALUES, **values})
    assert isinstance(made, Letter), made
    return made


def faults(text: str) -> list[str]:
    read = read_letter(text, source="question.toml")
    assert isinstance(read, tuple)
    return [fault.code for fault in read]


def test_every_place_without_a_value_is_told_at_once_and_no_letter_is_made() -> None:
    made = fill(template(), HEAD, {"period": " "})

    assert isinstance(made, tuple)
    assert [fault.column for fault in made] == ["hours", "period", "reasons"]
    assert made[1].message == "Brevet Fråga saknar den tid det gäller."


def test_a_row_of_the_wrong_width_is_a_fault() -> None:
    made = fill(template(), HEAD, {**VALUES, "hours": (("oktober", "110", "för många"),)})

    assert isinstance(made, tuple)
    assert isinstance(made[0], Fault)


def test_a_list_that_is_empty_leaves_its_part_out() -> None:
    assert [section.heading for section in letter(reasons=()).sections] == ["", "Timmar"]


def test_the_pdf_is_for_the_archive_and_can_be_read_aloud() -> None:
    with pikepdf.open(BytesIO(write_pdf(letter()))) as pdf:
        told = pdf.open_metadata()
        kinds = {str(each.get("/S")) for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/S" in each}

        assert (told.pdfa_status, told.get("pdfuaid:part")) == ("2A", "1")
        assert str(pdf.Root.Lang) == "sv-SE"
        assert told["dc:title"] == "Fråga om oktober 2026"
        assert {"/H1", "/H2", "/TH", "/TD", "/L", "/LI"} <= kinds


@pytest.mark.parametrize("name", ["#let x = 1", "*fet* _kursiv_ @ref", "<script>alert(1)</script>", "å ä ö é ß ł"])
def test_what_stands_in_a_name_is_only_ever_text(name: str) -> None:
    made = letter(period=name)

    assert write_pdf(made)
    assert "<script>" not in write_html(made)


def test_the_same_letter_says_the_same_on_screen() -> None:
    html = write_html(letter())

    assert "<h2>Fråga om oktober 2026</h2>" in html
    assert "<li>Timmarna är fler än de beviljade.</li>" in html
    assert '<td class="number">110</td>' in html


def test_a_place_that_no_letter_can_have_is_a_fault() -> None:
    assert faults(WRITTEN.replace("{period}", "{moon}")) == ["unknown_place"]


def test_a_part_that_says_nothing_and_a_table_without_columns_are_faults() -> None:
    assert faults('code = "a"\nlabel = "b"\ntitle = "c"\n[[part]]\nheading = "d"') == ["empty"]
    assert faults('code = "a"\nlabel = "b"\ntitle = "c"\n[[part]]\nrows = "hours"') == ["empty"]


def test_every_letter_of_the_package_can_be_read_filled_and_printed() -> None:
    codes = packaged_letter_codes()

    assert codes
    for code in codes:
        one = packaged_letter(code)
        lists = {part.items for part in one.parts if part.items}
        widths = {part.rows: len(part.columns) for part in one.parts if part.rows}
        values: dict[str, Value] = {
            name: (("x",) * widths[name],) if name in widths else ("x",) if name in lists else "x"
            for name in places_in(one)
        }
        made = fill(one, HEAD, values)
        assert isinstance(made, Letter), made
        assert (one.code, write_pdf(made)[:5]) == (code, b"%PDF-")
