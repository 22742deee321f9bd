"""TOML texts to paragraphs. One file per act: the act's own keys first, then its `[[paragraph]]` tables.

A paragraph has the act's `in_force_from`, `in_force_to`, `source` and `confidence` where it is silent.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from types import MappingProxyType

from timvis.core.faults import Fault
from timvis.core.law import Confidence
from timvis.core.statutes import Paragraph
from timvis.formats.packaged import PackagedDataIsFaulty, packaged_texts
from timvis.formats.toml_text import TomlTable, read_toml

CONFIDENCES = {confidence.value: confidence for confidence in Confidence}


def read_paragraphs(text: str, *, source: str) -> tuple[tuple[Paragraph, ...], tuple[Fault, ...]]:
    """Return the paragraphs of one act's file, or every fault in it and no paragraph."""
    root, faults = read_toml(text, source=source)
    if root is None:
        return (), faults
    root.text("act")
    act = _act(root)
    paragraphs = []
    for table in root.tables("paragraph"):
        paragraphs.append(_of_act(table, act))
        table.refuse_the_rest()
    root.refuse_the_rest()
    found = tuple(root.document.faults)
    return (() if found else tuple(paragraphs)), found


@cache
def load_statutes() -> Mapping[str, Paragraph]:
    """Return every paragraph of the package by its code; `PackagedDataIsFaulty` tells every fault."""
    found: dict[str, Paragraph] = {}
    faults: list[Fault] = []
    for name, text in packaged_texts("statutes"):
        paragraphs, wrong = read_paragraphs(text, source=name)
        faults.extend(wrong)
        for paragraph in paragraphs:
            if paragraph.code in found:
                faults.append(_twice(paragraph.code, name))
            found[paragraph.code] = paragraph
    if faults:
        raise PackagedDataIsFaulty(faults)
    return MappingProxyType(found)


def provision_texts(codes: Sequence[str]) -> tuple[str, ...]:
    """Return provisions as they are written in a letter: the paragraph, and the act with its number."""
    told = ((code, load_statutes().get(code)) for code in codes)
    return tuple(_provision(code, paragraph) for code, paragraph in told if paragraph is not None)


def _provision(code: str, paragraph: Paragraph) -> str:
    return f"{code}: {paragraph.title} ({paragraph.sfs})" if paragraph.sfs else f"{code}: {paragraph.title}"


def _act(table: TomlTable) -> Paragraph:
    """Read what an act says about all its paragraphs, as a paragraph without code or sentence."""
    return Paragraph(
        code="",
        title=table.text("title"),
        sfs=table.text("sfs", ""),
        in_force_from=table.day("in_force_from"),
        in_force_to=table.day_or_none("in_force_to"),
        says="",
        source=table.texts("source"),
        confidence=_confidence(table, None),
    )


def _of_act(table: TomlTable, act: Paragraph) -> Paragraph:
    to_on = table.day_or_none("in_force_to") or act.in_force_to
    paragraph = replace(
        act,
        code=table.text("code"),
        says=table.text("says"),
        in_force_from=table.day("in_force_from", act.in_force_from),
        in_force_to=to_on,
        source=table.texts("source", act.source),
        confidence=_confidence(table, act.confidence),
    )
    if to_on is not None and to_on < paragraph.in_force_from:
        table.object_to(
            "ends_before_it_begins",
            "in_force_to",
            f"{paragraph.code} slutar {to_on}, före sin första dag {paragraph.in_force_from}.",
            "Skriv den sista dagen då bestämmelsen gällde.",
        )
    return paragraph


def _confidence(table: TomlTable, default: Confidence | None) -> Confidence:
    word = table.one_of("confidence", CONFIDENCES, default.value if default else None)
    return CONFIDENCES.get(word, Confidence.FROM_MEMORY)


def _twice(code: str, name: str) -> Fault:
    return Fault(
        code="paragraph_stands_twice",
        message=f"{code} finns redan.",
        remedy="Behåll en av dem.",
        line=1,
        file=name,
    )
