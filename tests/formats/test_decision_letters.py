"""CAS-03 and CAS-13: what a decision and an appeal are told with, to the word, for every outcome."""

import re
from io import BytesIO

import pikepdf
import pytest

from tests.formats.golden_letters import FOLDER, OUTCOMES, as_text, letter_of
from timvis.core.letter import LetterTemplate, places_in
from timvis.formats.letter.read import example_values, packaged_letter, packaged_letter_codes, read_letter
from timvis.formats.letter.write import write_html, write_pdf

APPEALABLE = (
    "decision_partly_granted",
    "decision_refused",
    "appeal_rejected_as_late",
    "six_months_refused",
)
"""What goes against somebody, and can be appealed (FL 33 § andra stycket)."""

TABLED = ("decision_granted", "decision_partly_granted", "decision_refused", "proposed_decision")


@pytest.mark.parametrize("name", OUTCOMES)
def test_every_outcome_has_its_letter_to_the_word(name: str) -> None:
    assert as_text(letter_of(name)) == FOLDER.joinpath(f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("code", APPEALABLE)
def test_what_goes_against_somebody_says_how_where_and_until_when_to_appeal(code: str) -> None:
    told = as_text(letter_of(code))

    assert "inom tre veckor från den dag du fick del av beslutet" in told
    assert "du skickar det till oss: Socialförvaltningen, 123 45 Ekköping" in told
    assert "förvaltningsrätten som prövar överklagandet" in told


def test_how_to_appeal_is_said_in_the_same_words_everywhere() -> None:
    told = {
        section.paragraphs
        for code in APPEALABLE
        for section in letter_of(code).sections
        if section.heading == "Så överklagar du"
    }

    assert len(told) == 1


def test_a_dissent_is_told_where_there_is_one() -> None:
    assert "Skiljaktig mening" in as_text(letter_of("decision_partly_granted_with_dissent"))
    assert "Skiljaktig mening" not in as_text(letter_of("decision_partly_granted"))


@pytest.mark.parametrize("code", TABLED)
def test_the_calculation_is_a_table_of_claimed_granted_difference_and_why(code: str) -> None:
    (section,) = [section for section in letter_of(code).sections if section.rows]

    assert [column.label for column in section.columns] == ["Kostnad", "Begärt", "Beviljat", "Skillnad", "Varför"]


@pytest.mark.parametrize("code", TABLED)
def test_the_letter_is_tagged_for_reading_aloud_and_fit_for_the_archive(code: str) -> None:
    with pikepdf.open(BytesIO(write_pdf(letter_of(code)))) as pdf:
        told = pdf.open_metadata()
        kinds = {str(each.get("/S")) for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/S" in each}

        assert (told.pdfa_status, told.get("pdfuaid:part")) == ("2A", "1")
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.Root.Lang) == "sv-SE"
        assert {"/H1", "/H2", "/P", "/L", "/LI", "/Table", "/TR", "/TH", "/TD"} <= kinds


@pytest.mark.parametrize("name", OUTCOMES)
def test_the_screen_says_word_for_word_what_the_paper_says(name: str) -> None:
    letter = letter_of(name)
    said = re.sub(r"<[^>]+>", "\n", write_html(letter))

    for section in letter.sections:
        for text in (section.heading, *section.paragraphs, *section.items, *(c for row in section.rows for c in row)):
            assert text in said


def test_every_template_has_an_example_for_each_of_its_places() -> None:
    for code in packaged_letter_codes():
        template = packaged_letter(code)

        assert example_values(template).keys() == places_in(template)


def test_a_shared_part_that_does_not_exist_is_a_fault() -> None:
    read = read_letter('code = "a"\nlabel = "b"\ntitle = "c"\n[[part]]\nshared = "moon"', source="a.toml")

    assert not isinstance(read, LetterTemplate)
    assert [fault.code for fault in read] == ["unknown_part"]


def test_what_is_put_into_a_letter_keeps_its_own_paragraphs() -> None:
    (section,) = [one for one in letter_of("decision_refused").sections if one.heading == "Skälen för beslutet"]

    assert len(section.paragraphs) == 2
