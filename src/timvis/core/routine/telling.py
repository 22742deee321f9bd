"""Anything a routine holds, as a person reads it."""

from dataclasses import fields, is_dataclass
from enum import StrEnum
from typing import cast

from timvis.core.calculation.hourly import kronor_text
from timvis.core.routine.settings import CATALOGUE
from timvis.core.routine.shapes import Value
from timvis.core.routine.told import value_text
from timvis.core.routine.words import FIELDS, PROVIDER_KINDS, ROLES, said

NAMES = ("name", "code")
"""The fields that records of a list go by; a record without one goes by its first field."""


_WORDS_OF = {"role": ROLES, "when_disqualified": ROLES, "to": ROLES, "provider": PROVIDER_KINDS}
"""The fields that hold a word of a closed list, or something else, as plain text."""


def in_words(value: object, field: str = "") -> str:
    """Return a value as a person reads it; the field's name says when a number is öre, or which setting it is."""
    if field in CATALOGUE:
        return value_text(CATALOGUE[field], cast(Value, value))
    match value:
        case bool():
            return "ja" if value else "nej"
        case StrEnum():
            return said(value)
        case str() if field in _WORDS_OF:
            return _WORDS_OF[field].get(value, value)
        case int() if field.endswith("_ore"):
            return kronor_text(value)
        case frozenset():
            return ", ".join(sorted(in_words(one, field) for one in value)) or "inget"
        case tuple() if is_pair(value):
            return f"{value[0]} {in_words(value[1], value[0])}"
        case tuple():
            return ", ".join(in_words(one, field) for one in value) or "inget"
        case _ if is_dataclass(value):
            return _record_in_words(value)
        case None:
            return "inget"
        case _:
            return str(value)


def titled(record: object) -> str:
    """Return a record by its title, with everything else it says after it."""
    title = getattr(record, "label", "") or ("" if says_itself(record) else getattr(record, "text", ""))
    rest = in_words(record)
    return f"{title.rstrip('.')} ({rest})" if title and rest else title or rest


def called(field: str) -> str:
    """Return what a field or a setting is called; its own name where nobody has given it another."""
    if field in CATALOGUE:
        label = CATALOGUE[field].label
        return label[:1].lower() + label[1:]
    return FIELDS.get(field, field)


def says_itself(record: object) -> bool:
    """Whether a record has a sentence of its own, as a due rule has: then its fields say less than it does."""
    return isinstance(getattr(type(record), "text", None), property)


def is_pair(value: object) -> bool:
    """Whether a value is a name and what stands under it; two words of a closed list are no pair."""
    return isinstance(value, tuple) and len(value) == 2 and type(value[0]) is str


def first_sentence(text: str) -> tuple[str, str]:
    """Return the first sentence of a rule, without its full stop, and the rest; the point of "kl." ends nothing."""
    first, _stop, rest = text.replace("kl. ", "kl.\0").partition(". ")
    return first.replace("\0", " ").rstrip("."), rest.replace("\0", " ")


def _record_in_words(record: object) -> str:
    """Return what a record says besides what it is called."""
    if says_itself(record):
        return str(record.text).rstrip(".")  # type: ignore[attr-defined]  # asked just above
    told = ((field.name, getattr(record, field.name)) for field in fields(record))  # type: ignore[arg-type]
    titles = ("label", "text", *NAMES)
    return "; ".join(
        f"{called(name)}: {in_words(value, name)}"
        for name, value in told
        if name not in titles and value is not None and value != () and value != frozenset()
    )
