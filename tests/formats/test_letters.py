"""The letters that routines send: every text is readable, and no place is left empty."""

import pytest

from timvis.core.routine.letter_texts import PLACES, LetterText, write_letter
from timvis.formats.routine.letter import packaged_letter, packaged_letters, read_letter

LETTER = 'code = "hello"\nlabel = "Hej"\nsubject = "Till {provider}"\ntext = "Ärende {case_number}."\n'


def test_every_letter_in_the_package_can_be_read_and_goes_by_its_file() -> None:
    assert packaged_letters()
    for code in packaged_letters():
        letter = packaged_letter(code)
        assert letter is not None
        assert letter.code == code
        assert letter.places <= PLACES.keys()


def test_a_letter_that_is_not_there_is_none() -> None:
    assert packaged_letter("love_letter") is None
    assert packaged_letter("../law/sick_pay.rate") is None


def test_a_refusal_tells_how_to_appeal() -> None:
    for code in ("decision_refused", "decision_partly_granted"):
        letter = packaged_letter(code)
        assert letter is not None
        assert "tre veckor" in letter.text
        assert "överklagar" in letter.text


def test_a_letter_is_written_with_the_cases_own_words() -> None:
    letter = read_letter(LETTER, source="hello.toml")
    assert isinstance(letter, LetterText)

    written = write_letter(letter, {"provider": "Ekot AB", "case_number": "2021-7"})

    assert (written.subject, written.text) == ("Till Ekot AB", "Ärende 2021-7.")


def test_words_that_look_like_places_stay_as_they_are() -> None:
    letter = read_letter(LETTER, source="hello.toml")
    assert isinstance(letter, LetterText)

    assert write_letter(letter, {"provider": "{case_number}", "case_number": "7"}).subject == "Till {case_number}"


def test_a_place_without_a_word_is_never_sent_as_a_gap() -> None:
    letter = read_letter(LETTER, source="hello.toml")
    assert isinstance(letter, LetterText)

    with pytest.raises(KeyError, match="case_number"):
        write_letter(letter, {"provider": "Ekot AB"})


def test_a_place_that_does_not_exist_is_told_with_those_that_do() -> None:
    found = read_letter(LETTER.replace("{case_number}", "{shoe_size}"), source="hello.toml")

    assert isinstance(found, tuple)
    (fault,) = found
    assert (fault.code, fault.column, fault.line) == ("unknown_place", "text", 4)
    assert "case_number" in fault.remedy
