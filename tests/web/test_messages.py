"""English stands beside every Swedish text of the pages, and says what the Swedish says."""

import re

from babel.messages.catalog import Message
from tools import messages

TEXTS = [message for message in messages.english() if message.id and all(messages.parts(message.string))]
NEEDED = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w+\}|<[^>]+>")


def swedish(message: Message) -> tuple[str, ...]:
    """Return a text, or its singular and plural."""
    return messages.parts(message.id)


def english(message: Message) -> tuple[str, ...]:
    """Return the English of a text, or of its singular and plural."""
    return messages.parts(message.string)


def test_every_text_of_the_pages_has_an_english_one() -> None:
    known = {swedish(message) for message in TEXTS if all(english(message))}

    lacking = [swedish(message) for message in messages.gathered() if message.id and swedish(message) not in known]

    assert lacking == [], "run `make messages` and write what it asks for"


def test_there_is_no_english_of_a_text_that_is_gone() -> None:
    used = {swedish(message) for message in messages.gathered()}

    assert [swedish(message) for message in TEXTS if swedish(message) not in used] == []


def test_what_is_compiled_is_what_is_written() -> None:
    assert messages.MO.read_bytes() == messages.compiled(messages.english())


def test_the_english_has_the_same_blanks_to_fill_in() -> None:
    pairs = [pair for message in TEXTS for pair in zip(swedish(message), english(message), strict=True)]

    assert pairs
    assert [
        (ours, theirs) for ours, theirs in pairs if sorted(NEEDED.findall(theirs)) != sorted(NEEDED.findall(ours))
    ] == []


def test_gathering_finds_texts_in_templates_and_in_python() -> None:
    found = {swedish(message)[0] for message in messages.gathered() if message.id}

    assert {"Till innehållet", "Byt till %(name)s", "Att göra", "Du är inte inloggad."} <= found
