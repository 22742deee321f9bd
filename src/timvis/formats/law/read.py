"""TOML texts to dated numbers of the law. The format is told in README.md beside this file."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

from timvis.core.faults import Fault
from timvis.core.law import ORE_PER_SEK, Confidence, LawRow, LawValue, NotFound, Value
from timvis.core.law_terms import KINDS, SELECT_BY, UNITS, Shape
from timvis.core.quantities import Ore
from timvis.formats.toml_text import TomlTable, read_toml

CONFIDENCES = {confidence.value: confidence for confidence in Confidence}

_CODE = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)+")
_FRACTION = re.compile(r"\d+(/[1-9]\d*)?")
_COUNTS = re.compile(r"\d+(,\d+)+")
_HOW_TO_WRITE = {
    Shape.DECIMAL: "ett tal med decimalpunkt, utan citattecken, som 347.70",
    Shape.COUNT: "ett heltal utan citattecken",
    Shape.COUNTS: 'ett heltal, eller flera inom citattecken som "5,15,25"',
    Shape.FRACTION: 'ett bråk inom citattecken, som "1/4"',
    Shape.FLAG: "true eller false",
    Shape.TEXT: "en text inom citattecken",
}


def read_value(text: str, *, source: str) -> tuple[tuple[LawValue, ...], tuple[Fault, ...]]:
    """Return the numbers of one file, or every fault in it and no number.

    A file holds one number, or several as `[[number]]` tables.
    """
    root, faults = read_toml(text, source=source)
    if root is None:
        return (), faults
    if root.has("number"):
        numbers = [_number(table) for table in root.tables("number")]
        root.refuse_the_rest()
    else:
        numbers = [_number(root)]
    found = tuple(root.document.faults)
    return (() if found else tuple(numbers)), found


def read_reach(text: str, *, source: str) -> tuple[tuple[date, str, tuple[NotFound, ...]], tuple[Fault, ...]]:
    """Return how far the data reaches, what is doubtful about it as a whole, and what was not found."""
    root, faults = read_toml(text, source=source)
    if root is None:
        return (date.min, "", ()), faults
    reaches_to, doubt = root.day("reaches_to"), root.text("doubt")
    missing = []
    for table in root.tables("not_found"):
        found = NotFound(
            code=table.text("code"),
            what=table.text("what"),
            look_in=table.text("look_in"),
            from_on=table.day("from", date.min),
            to_on=table.day("to", date.max),
        )
        missing.append(found)
        table.refuse_the_rest()
    root.refuse_the_rest()
    return (reaches_to, doubt, tuple(missing)), tuple(root.document.faults)


def read_confirmed(text: str, *, source: str) -> tuple[frozenset[tuple[str, date]], tuple[Fault, ...]]:
    """Return the from-memory rows an operator has confirmed, as (code, first day of the row), or faults.

    Who confirmed, when and in what text are required: a confirmation without them convinces nobody later.
    """
    root, faults = read_toml(text, source=source)
    if root is None:
        return frozenset(), faults
    rows = set()
    for table in root.tables("confirmed"):
        rows.add((table.text("code"), table.day("from")))
        table.text("by")
        table.day("on")
        table.text("source")
        table.refuse_the_rest()
    root.refuse_the_rest()
    found = tuple(root.document.faults)
    return (frozenset() if found else frozenset(rows)), found


def _number(table: TomlTable) -> LawValue:
    """Read one number; its faults are in the document afterwards."""
    code = table.text("code")
    if code and not _CODE.fullmatch(code):
        table.object_to(
            "wrong_code",
            "code",
            f"Koden {code!r} har fel form.",
            "Skriv små bokstäver, siffror och _ med punkt mellan delarna.",
        )
    unit = table.one_of("unit", UNITS)
    checked_on, known_on = table.day("checked_on"), table.day("known_on")
    tables = table.tables("value")
    if not tables:
        table.object_to("no_rows", "value", f"{code} har inga värden.", "Skriv minst en [[value]]-rad.")
    rows = [_row(row, unit, checked_on, known_on) for row in tables]
    number = LawValue(
        code=code,
        label=table.text("label"),
        label_en=table.text("label_en"),
        unit=unit,
        kind=table.one_of("kind", KINDS),
        select_by=table.one_of("select_by", SELECT_BY),
        rows=tuple(rows),
        note=table.text("note", ""),
    )
    table.refuse_the_rest()
    _refuse_overlaps(tables, rows)
    return number


def _row(table: TomlTable, unit: str, checked_on: date, known_on: date) -> LawRow:
    own_unit = table.one_of("unit", UNITS) if table.has("unit") else ""
    confidence = table.one_of("confidence", CONFIDENCES)
    cap_sek = table.count_or_none("monthly_cap_sek")
    row = LawRow(
        from_on=table.day("from"),
        to_on=table.day_or_none("to"),
        value=_value(table, own_unit or unit),
        unit=own_unit,
        law=table.text("law"),
        source=table.texts("source"),
        confidence=CONFIDENCES.get(confidence, Confidence.FROM_MEMORY),
        checked_on=table.day("checked_on", checked_on),
        known_on=table.day("known_on", known_on),
        note=table.text("note", ""),
        min_age=table.count_or_none("min_age"),
        max_age=table.count_or_none("max_age"),
        monthly_cap_ore=None if cap_sek is None else Ore(cap_sek * ORE_PER_SEK),
        max_employees=table.count_or_none("max_employees"),
    )
    table.refuse_the_rest()
    _refuse_nonsense(table, row)
    return row


def _refuse_nonsense(table: TomlTable, row: LawRow) -> None:
    """A row ends after it begins, and says where it comes from unless it owns up to having no source."""
    if row.to_on is not None and row.to_on < row.from_on:
        table.object_to(
            "ends_before_it_begins",
            "to",
            f"Raden slutar {row.to_on}, före sin första dag {row.from_on}.",
            "Skriv den sista dagen då värdet gäller; den räknas med.",
        )
    if not row.source and row.confidence is not Confidence.FROM_MEMORY:
        table.object_to(
            "no_source",
            "source",
            f"Raden från {row.from_on} saknar källa.",
            'Ange källan, eller skriv confidence = "from-memory".',
        )


def _value(table: TomlTable, unit: str) -> Value:
    """Read a value in the shape its unit demands; a fault gives an empty text."""
    written = table.raw("value")
    if written is None or unit not in UNITS:
        return ""
    shape = UNITS[unit].shape
    value = _in_shape(written, shape)
    if value is None:
        table.object_to(
            "wrong_value",
            "value",
            f"Värdet {written!s} passar inte enheten {unit}.",
            f"Skriv {_HOW_TO_WRITE[shape]}.",
        )
        return ""
    return value


def _in_shape(written: object, shape: Shape) -> Value | None:
    """Return what is written as the unit's shape has it, None when it does not fit."""
    if isinstance(written, bool):
        return written if shape is Shape.FLAG else None
    if isinstance(written, int) and written >= 0:
        if shape is Shape.DECIMAL:
            return Decimal(written)
        return written if shape in (Shape.COUNT, Shape.COUNTS) else None
    if isinstance(written, Decimal) and written.is_finite() and written >= 0:
        return written if shape is Shape.DECIMAL else None
    if not isinstance(written, str) or not written.strip():
        return None
    if shape is Shape.FRACTION and _FRACTION.fullmatch(written):
        return Fraction(written)
    is_text = shape is Shape.TEXT or (shape is Shape.COUNTS and _COUNTS.fullmatch(written) is not None)
    return written if is_text else None


def _refuse_overlaps(tables: list[TomlTable], rows: list[LawRow]) -> None:
    """Two rows known from the same day may not answer for the same day and age."""
    for table, early, late in _overlapping(tables, rows):
        table.object_to(
            "overlapping_rows",
            "from",
            f"Raderna från {early.from_on} och {late.from_on} gäller samma dagar.",
            "Avsluta den ena med to, eller ge den som rättar den andra ett senare known_on.",
        )


def _overlapping(tables: list[TomlTable], rows: list[LawRow]) -> Iterator[tuple[TomlTable, LawRow, LawRow]]:
    ordered = sorted(zip(rows, tables, strict=True), key=lambda pair: pair[0].from_on)
    for (early, _), (late, table) in combinations(ordered, 2):
        meet = early.to_on is None or late.from_on <= early.to_on
        if meet and early.known_on == late.known_on and early.shares_ages_with(late):
            yield table, early, late
