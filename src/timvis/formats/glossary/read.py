"""The glossary as records: one English identifier for each Swedish word."""

from dataclasses import dataclass
from functools import cache

from timvis.core.faults import Fault
from timvis.formats.packaged import PackagedDataIsFaulty, packaged_text
from timvis.formats.toml_text import read_toml

GLOSSARY = "glossary.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A word for people, its identifier, what it means here, and other words for the same thing."""

    sv: str
    en: str
    meaning: str
    also: tuple[str, ...] = ()


def read_terms(text: str, *, source: str) -> tuple[tuple[Term, ...], tuple[Fault, ...]]:
    """Return the terms of a glossary, or every fault in it; an identifier stands once."""
    root, faults = read_toml(text, source=source)
    if root is None:
        return (), faults
    terms: list[Term] = []
    for table in root.tables("term"):
        term = Term(
            sv=table.text("sv"),
            en=table.text("en"),
            meaning=table.text("meaning"),
            also=table.texts("also", ()),
        )
        if any(term.en == other.en for other in terms):
            table.object_to(
                "identifier_stands_twice", "en", f"{term.en} står två gånger.", "Slå ihop raderna med also."
            )
        terms.append(term)
        table.refuse_the_rest()
    root.refuse_the_rest()
    found = tuple(root.document.faults)
    return (() if found else tuple(terms)), found


@cache
def load_glossary() -> tuple[Term, ...]:
    """Return the package's glossary in the order it is written."""
    terms, faults = read_terms(packaged_text(GLOSSARY) or "", source=GLOSSARY)
    if faults:
        raise PackagedDataIsFaulty(faults)
    return terms
