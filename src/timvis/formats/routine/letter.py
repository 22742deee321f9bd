"""Reads the text of a letter: a TOML text into a record, or every fault with its line."""

from functools import cache

from timvis.core.faults import Fault
from timvis.core.routine.letter_texts import PLACES, LetterText
from timvis.formats.packaged import PackagedDataIsFaulty, packaged_text, packaged_texts
from timvis.formats.routine import keys
from timvis.formats.toml_text import TomlTable, read_toml

LETTERS = "letters"


def read_letter(text: str, *, source: str) -> LetterText | tuple[Fault, ...]:
    """Return the letter that a TOML text holds, or all its faults."""
    top, faults = read_toml(text, source=source)
    if top is None:
        return faults
    letter = LetterText(
        code=keys.name(top, "code"),
        label=top.text("label"),
        subject=top.text("subject"),
        text=top.text("text"),
    )
    for key in ("subject", "text"):
        _refuse_unknown_places(top, key)
    top.refuse_the_rest()
    return tuple(top.document.faults) or letter


@cache
def packaged_letters() -> frozenset[str]:
    """Return the codes of all letters that have a text in the package."""
    return frozenset(name.rpartition("/")[2].removesuffix(".toml") for name, _text in packaged_texts(LETTERS))


@cache
def packaged_letter(code: str) -> LetterText | None:
    """Return the text of a letter in the package, None when it has none of that code."""
    if not keys.NAME.fullmatch(code):
        return None
    text = packaged_text(LETTERS, f"{code}.toml")
    if text is None:
        return None
    letter = read_letter(text, source=f"{LETTERS}/{code}.toml")
    if isinstance(letter, tuple):
        raise PackagedDataIsFaulty(letter)
    return letter


def _refuse_unknown_places(top: TomlTable, key: str) -> None:
    written = top.values.get(key)
    letter = LetterText(code="", label="", subject="", text=written if isinstance(written, str) else "")
    for place in sorted(letter.places - PLACES.keys()):
        top.object_to(
            "unknown_place",
            key,
            f"{{{place}}} är ingen plats i ett brev.",
            f"Välj bland: {', '.join(PLACES)}.",
        )
