"""Reads letter templates: TOML text into a record, or every fault with its line."""

from collections.abc import Mapping
from functools import cache

from timvis.core.faults import Fault
from timvis.core.letter import PLACES, Column, LetterTemplate, Part, Value, places_in
from timvis.formats.packaged import PackagedDataIsFaulty, packaged_text, packaged_texts
from timvis.formats.toml_text import TomlTable, read_toml


def read_letter(text: str, *, source: str) -> LetterTemplate | tuple[Fault, ...]:
    """Return the template that a TOML text holds, or all its faults."""
    top, faults = read_toml(text, source=source)
    if top is None:
        return faults
    short = (Part(text=top.text("text")),) if top.has("text") else ()
    template = LetterTemplate(
        code=top.text("code"),
        label=top.text("label"),
        title=top.text("title"),
        parts=(*short, *(_part(table) for table in top.tables("part"))),
    )
    if not template.parts:
        top.object_to("empty", "text", "Brevet säger ingenting.", "Skriv text, eller minst en [[part]].")
    for place in sorted(places_in(template) - PLACES.keys()):
        top.object_to(
            "unknown_place", "code", f"{{{place}}} är ingen plats i ett brev.", f"Välj bland: {', '.join(PLACES)}."
        )
    top.refuse_the_rest()
    return tuple(top.document.faults) or template


@cache
def packaged_letter(code: str) -> LetterTemplate:
    """Return a letter that is part of the package; raises `LookupError` when there is none of that code."""
    text = packaged_text("letters", f"{code}.toml")
    if text is None:
        raise LookupError(f"there is no letter {code!r} in data/letters")
    template = read_letter(text, source=f"letters/{code}.toml")
    if isinstance(template, tuple):
        raise PackagedDataIsFaulty(template)
    return template


def packaged_letter_codes() -> frozenset[str]:
    """Return the codes of every letter that is part of the package."""
    return frozenset(name.rpartition("/")[2].removesuffix(".toml") for name, _text in packaged_texts("letters"))


@cache
def _examples() -> Mapping[str, Value]:
    """Return what each place is filled with in an example."""
    text = packaged_text("letters", "_examples.toml") or ""
    top, faults = read_toml(text, source="letters/_examples.toml")
    if top is None:
        raise PackagedDataIsFaulty(faults)
    return {name: _value(value) for name, value in top.values.items()}


def _value(value: object) -> Value:
    if not isinstance(value, list):
        return str(value)
    if all(isinstance(row, list) for row in value):
        return tuple(tuple(str(cell) for cell in row) for row in value)
    return tuple(str(item) for item in value)


def example_values(template: LetterTemplate) -> dict[str, Value]:
    """Return a value for every place of a template, so that it can be looked at before it is about anybody."""
    examples, lists = _examples(), {name for part in template.parts for name in (part.items, part.rows) if name}
    values = {name: examples[name] for name in places_in(template)}
    return {
        name: value if isinstance(value, str) or name in lists else ", ".join(map(str, value))
        for name, value in values.items()
    }


def _part(table: TomlTable) -> Part:
    return _shared(table) if table.has("shared") else _written(table)


def _shared(table: TomlTable) -> Part:
    """Return a part that several letters have word for word, and that is therefore written once."""
    name = table.text("shared")
    table.refuse_the_rest()
    text = packaged_text("letters", "parts", f"{name}.toml")
    if text is None:
        table.object_to("unknown_part", "shared", f"Delen {name} finns inte.", "Välj en som finns i letters/parts.")
        return Part()
    top, faults = read_toml(text, source=f"letters/parts/{name}.toml")
    if top is None:
        table.document.faults.extend(faults)
        return Part()
    part = _written(top)
    table.document.faults.extend(top.document.faults)
    return part


def _written(table: TomlTable) -> Part:
    part = Part(
        heading=table.text("heading", ""),
        text=table.text("text", ""),
        items=table.text("items") if table.has("items") else None,
        rows=table.text("rows") if table.has("rows") else None,
        columns=tuple(_column(column) for column in table.tables("column")),
    )
    if not (part.text or part.items or part.rows):
        table.object_to("empty", "text", "En del av brevet säger ingenting.", "Skriv text, items eller rows.")
    if bool(part.rows) != bool(part.columns):
        table.object_to("empty", "rows", "En tabell har rader och kolumner.", "Skriv både rows och [[part.column]].")
    table.refuse_the_rest()
    return part


def _column(table: TomlTable) -> Column:
    column = Column(
        label=table.text("label"),
        is_number=table.flag("number", False),
        width=table.count_or_none("width") or 1,
    )
    table.refuse_the_rest()
    return column
