"""Single keys of a routine's file: names, words of closed lists, days, and open questions in their place."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from timvis.core.calendar.deadlines import DueRule
from timvis.core.calendar.due_tables import read_due_rule
from timvis.core.routine.terms import HANDS
from timvis.formats.toml_text import TomlTable

NAME = re.compile(r"[a-z][a-z0-9_]*")
CODE = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+")
ORGANISATION_NUMBER = re.compile(r"\d{10}")
MOST_ORE = 1_000_000_000_00
"""More money than any routine speaks of: one milliard kronor."""

_COUNTS_WORKING_DAYS = ("working_day", "last_working_day", "working_days")

Word = TypeVar("Word", bound=StrEnum)


def some(top: TomlTable, key: str) -> list[TomlTable]:
    """Return the tables of a list that may not be empty."""
    tables = top.tables(key)
    if not tables:
        top.object_to("missing_table", key, f"Det finns inget [[{key}]].", f"Skriv minst ett [[{key}]].")
    return tables


def name(table: TomlTable, key: str) -> str:
    """Return a name in small letters; a faulty one is noted and given back as it stands."""
    written = table.text(key)
    if written and not NAME.fullmatch(written):
        table.object_to(
            "wrong_name",
            key,
            f"{key} = {written!r} har fel form.",
            "Skriv små bokstäver a–z, siffror och _, med en bokstav först.",
        )
    return written


def text_or_none(table: TomlTable, key: str) -> str | None:
    """Return a text, or None where the key is left out."""
    return table.text(key) if table.has(key) else None


def word(table: TomlTable, key: str, words: type[Word]) -> Word:
    """Return one word of a closed list; a faulty one is noted and gives the first."""
    written = table.one_of(key, {known.value: known for known in words})
    return words(written) if written in {known.value for known in words} else next(iter(words))


def word_or_none(table: TomlTable, key: str, words: type[Word]) -> Word | None:
    """Return one word of a closed list, None where the key is left out."""
    return word(table, key, words) if table.has(key) else None


def words(table: TomlTable, key: str, known: type[Word]) -> tuple[Word, ...]:
    """Return some words of a closed list, at least one; the faulty ones are noted and left out."""
    by_value = {one.value: one for one in known}
    written = table.texts(key)
    if not written and table.has(key):
        table.object_to("empty", key, f"{key} är tom.", f"Skriv minst något av: {', '.join(by_value)}.")
    for one in written:
        if one not in by_value:
            table.object_to(
                f"unknown_{key.removesuffix('s')}",
                key,
                f"{one!r} är okänt i {key}.",
                f"Välj bland: {', '.join(by_value)}.",
            )
    return tuple(by_value[one] for one in written if one in by_value)


def words_or_none(table: TomlTable, key: str, known: type[Word]) -> tuple[Word, ...]:
    """Return some words of a closed list, none where the key is left out."""
    return words(table, key, known) if table.has(key) else ()


def word_or_question(table: TomlTable, key: str, known: type[Word]) -> Word | None:
    """Return the word, or None where an open question stands in its place."""
    if table.has(key) or not table.has("open_question"):
        return word(table, key, known)
    return None


def hand(table: TomlTable, key: str) -> str:
    """Return who does something: a role, or an authority outside; a faulty one is noted."""
    return table.one_of(key, dict.fromkeys(HANDS))


def hand_or_none(table: TomlTable, key: str) -> str | None:
    """Return who does something, None where the key is left out."""
    return hand(table, key) if table.has(key) else None


def hand_or_question(table: TomlTable, key: str) -> str | None:
    """Return who does something, or None where an open question stands in its place."""
    if table.has(key) or not table.has("open_question"):
        return hand(table, key)
    return None


def hands(table: TomlTable, key: str) -> tuple[str, ...]:
    """Return who somebodies are, at least one; the faulty ones are noted and left out."""
    written = table.texts(key)
    for one in written:
        if one not in HANDS:
            table.object_to("unknown_word", key, f"{one!r} är okänt i {key}.", f"Välj bland: {', '.join(HANDS)}.")
    if not written and table.has(key):
        table.object_to("empty", key, f"{key} är tom.", f"Skriv minst något av: {', '.join(HANDS)}.")
    return tuple(one for one in written if one in HANDS)


def question(table: TomlTable) -> str | None:
    """Return the open question of a table, None where there is none."""
    return text_or_none(table, "open_question")


def whole_or_none(table: TomlTable, key: str, least: int, most: int) -> int | None:
    """Return a whole number within bounds, None where the key is left out or the number is noted as a fault."""
    number = table.count_or_none(key)
    if number is not None and not least <= number <= most:
        table.object_to("out_of_bounds", key, f"{key} = {number} är orimligt.", f"Skriv {least} till {most}.")
        return None
    return number


def due_or_none(table: TomlTable, key: str, saturdays_count: bool | None) -> DueRule | None:
    """Return a due rule, None where it is left out or noted as a fault.

    `saturdays_count` is what the routine says that a working day is; a rule that says it by itself is left alone.
    """
    if not table.has(key):
        return None
    written = table.raw(key)
    values = dict(written) if isinstance(written, dict) else {}
    if saturdays_count is not None and _asks_for_working_days(values):
        values.setdefault("saturdays_count", saturdays_count)
    rule = read_due_rule(values)
    if isinstance(rule, tuple):
        for fault in rule:
            table.object_to(fault.code, key, fault.message, fault.remedy)
        return None
    return rule


def _asks_for_working_days(values: Mapping[str, object]) -> bool:
    return any(kind in values for kind in _COUNTS_WORKING_DAYS) or "move" in values
