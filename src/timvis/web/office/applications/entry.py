"""An application as it stands in the form: read from what was sent, turned to the written case and back again."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import QueryDict

from timvis.core.faults import Fault
from timvis.web.office.applications.fields import SCALARS, TABLES, Field, Kind, Rows
from timvis.web.office.invoices.forms import ore_of

Cells = dict[str, str]
Json = dict[str, Any]

MOST_PARTS, MOST_ROWS, LONGEST = 20, 400, 300
"""More than any application has; what is beyond is not read."""

EXTRA = "extra"
_NOTHING = ("inga", "inget", "ingen")
_PLACE = re.compile(r"part\[(\d+)\]\.?(.*)")
_ROW = re.compile(r"(\w+)\[(\d+)\](?:\.(.*))?")


@dataclass(slots=True, kw_only=True)
class Part:
    """One assistant's part: what stands in its fields, and in the rows of each table."""

    cells: Cells = field(default_factory=dict)
    rows: dict[str, list[Cells]] = field(default_factory=dict)
    extra: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What the fields come to: the part in the keys of the written case, and what could not be read in a field."""

    form: Json
    faults: tuple[Fault, ...]


def empty_part() -> Part:
    """Return a part with the rows that everybody fills in."""
    return Part(rows={table.key: [{} for _ in range(table.at_least)] for table in TABLES})


# --- as sent ------------------------------------------------------------------------------------------------


def parts_sent(posted: QueryDict) -> list[Part]:
    """Return the parts that were sent, without their empty rows."""
    count = posted.get("parts", "1")
    number = min(int(count) if count.isdecimal() and len(count) < 4 else 1, MOST_PARTS)
    return [_part_sent(posted, each) for each in range(1, max(number, 1) + 1)]


def _part_sent(posted: QueryDict, number: int) -> Part:
    prefix = f"p{number}."
    return Part(
        cells={one.key: posted.get(prefix + one.key, "").strip()[:LONGEST] for one in SCALARS},
        rows={table.key: list(_rows_sent(posted, f"{prefix}{table.key}.", table)) for table in TABLES},
        extra=posted.get(f"{prefix}{EXTRA}", ""),
    )


def _rows_sent(posted: QueryDict, prefix: str, table: Rows) -> Iterator[Cells]:
    keys = [*(one.key for one in table.fields), EXTRA]
    columns = {key: posted.getlist(prefix + key) for key in keys}
    longest = max(len(column) for column in columns.values())
    for n in range(min(longest, MOST_ROWS)):
        row = {key: column[n].strip() if n < len(column) else "" for key, column in columns.items()}
        if not is_empty(table, row):
            yield row


def is_empty(table: Rows, row: Cells) -> bool:
    """Whether nobody has written anything in a row: a choice that stands there from the start is nothing."""
    written = (row.get(one.key) for one in table.fields if one.kind not in (Kind.CHOICE, Kind.YES_NO))
    return not any(written) and not row.get(EXTRA)


# --- as the written case has it ------------------------------------------------------------------------------


def typed(part: Part, number: int) -> Typed:
    """Return a part as the written case has it, and every field that cannot be read."""
    faults: list[Fault] = []
    form = beside(part.extra)
    for one in SCALARS:
        text = part.cells.get(one.key, "")
        if text:
            _put(form, one.key, _value(one, text, f"part[{number}].{one.key}", faults))
    for table in TABLES:
        rows = []
        for row_number, row in enumerate(part.rows.get(table.key, []), start=1):
            said = beside(row.get(EXTRA, ""))
            for one in table.fields:
                if text := row.get(one.key, ""):
                    column = f"part[{number}].{table.key}[{row_number}].{one.key}"
                    _put(said, one.key, _value(one, text, column, faults))
            rows.append(said)
        if rows:
            form[table.key] = rows
    return Typed(form=form, faults=tuple(faults))


def beside(text: str) -> Json:
    """Return what a row says that the form has no field for."""
    try:
        told = json.loads(text) if text else {}
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _put(form: Json, key: str, value: object) -> None:
    """Put a value at a path of the written case: "assistant.number", "pay[1].hourly_ore"."""
    place: Any = form
    *above, last = key.split(".")
    for step in above:
        name, _bracket, is_row = step.partition("[")
        if is_row:
            rows = place.setdefault(name, [{}])
            place = rows[0]
        else:
            place = place.setdefault(step, {})
    place[last] = value


def _value(one: Field, text: str, column: str, faults: list[Fault]) -> object:
    """Return what a field's text is in the written case; what cannot be read is a fault, and stays as it is."""
    match one.kind:
        case Kind.KRONOR:
            if (ore := ore_of(text)) is None:
                faults.append(_unread(one, column, "Skriv kronor och ören, som 7 125,50."))
                return text
            return ore
        case Kind.WHOLE:
            if not text.isdecimal() or len(text) > 6:
                faults.append(_unread(one, column, "Skriv ett helt tal."))
                return text
            return int(text)
        case Kind.HOURS | Kind.NUMBER:
            return text.replace(",", ".")
        case Kind.CLOCK:
            return text.replace(":", ".")
        case Kind.YES_NO:
            return text == "ja"
        case Kind.DAYS:
            return [] if text.lower().rstrip(".") in _NOTHING else [day for day in re.split(r"[,;\s]+", text) if day]
        case _:
            return text


def _unread(one: Field, column: str, remedy: str) -> Fault:
    return Fault(code="not_readable", message=f"{one.label} kan inte läsas.", remedy=remedy, column=column)


# --- back again ----------------------------------------------------------------------------------------------


def part_of(form: Mapping[str, Any]) -> Part:
    """Return a part of the form that says what a written part says."""
    left: Json = json.loads(json.dumps(dict(form)))
    cells = {one.key: _cell(one, _taken(left, one.key)) for one in SCALARS}
    rows = {table.key: [row_of(table, row) for row in left.pop(table.key, ())] for table in TABLES}
    left.pop("kind", None)
    beside = {key: value for key, value in left.items() if value not in ({}, [{}], [])}
    return Part(cells=cells, rows=rows, extra=json.dumps(beside, ensure_ascii=False) if beside else "")


def row_of(table: Rows, row: Mapping[str, Any]) -> Cells:
    """Return a row of the form that says what a row of the written case says."""
    left: Json = json.loads(json.dumps(dict(row)))
    cells = {one.key: _cell(one, _taken(left, one.key)) for one in table.fields}
    beside = {key: value for key, value in left.items() if not (isinstance(value, list) and not any(value))}
    return cells | {EXTRA: json.dumps(beside, ensure_ascii=False) if beside else ""}


def _taken(form: Json, key: str) -> object:
    place: Any = form
    *above, last = key.split(".")
    for step in above:
        name, _bracket, is_row = step.partition("[")
        place = place.get(name) or ([{}] if is_row else {})
        if is_row:
            place = place[0]
    return place.pop(last, None)


def _cell(one: Field, value: object) -> str:
    if value is None:
        return ""
    if one.kind is Kind.KRONOR and isinstance(value, int):
        sign = "-" if value < 0 else ""
        return f"{sign}{abs(value) // 100},{abs(value) % 100:02d}"
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, list):
        return ", ".join(map(str, value)) or _NOTHING[0]
    return str(value)


# --- the buttons ---------------------------------------------------------------------------------------------


def changed(parts: Sequence[Part], wish: str) -> list[Part]:
    """Return the parts after a button that adds or removes a row or a part; another button changes nothing."""
    found = list(parts)
    what, _dot, rest = wish.partition(".")
    if what == "add-part" and len(found) < MOST_PARTS:
        return [*found, empty_part()]
    if what == "remove-part" and rest.isdecimal() and len(found) > 1:
        return [part for number, part in enumerate(found, start=1) if number != int(rest)]
    steps = rest.split(".")
    if what in ("add", "remove") and len(steps) >= 2 and steps[0].isdecimal() and 0 < int(steps[0]) <= len(found):
        part = found[int(steps[0]) - 1]
        rows = part.rows.setdefault(steps[1], []) if steps[1] in {table.key for table in TABLES} else []
        if what == "add":
            rows.append(_next_row(steps[1], rows))
        elif len(steps) == 3 and steps[2].isdecimal() and 0 < int(steps[2]) <= len(rows):
            del rows[int(steps[2]) - 1]
    return found


def _next_row(key: str, rows: Sequence[Cells]) -> Cells:
    """Return a new row: a shift begins and ends as the one before it, which it most often does."""
    if key not in ("shift", "substitute") or not rows:
        return {}
    return {each: rows[-1].get(each, "") for each in ("from", "to", "kind")}


# --- where a fault belongs ------------------------------------------------------------------------------------


def field_of(column: str) -> str:
    """Return the id of the field that a fault's column is about, the column itself where there is no such field."""
    found = _PLACE.fullmatch(column)
    if found is None:
        return column
    number, rest = found[1], found[2]
    if any(one.key == rest for one in SCALARS):
        return f"p{number}.{rest}"
    row = _ROW.fullmatch(rest)
    if row is None:
        return f"p{number}"
    table = next((one for one in TABLES if one.key == row[1]), None)
    if table is None:
        return f"p{number}"
    key = row[3] if any(one.key == row[3] for one in table.fields) else table.fields[0].key
    return f"p{number}.{row[1]}.{row[2]}.{key}"


def told_in_words(fault: Fault) -> Fault:
    """Return a fault whose sentence names the field by its label, not by the key of the written case."""
    found = _PLACE.fullmatch(str(fault.column or ""))
    if found is None or not found[2] or found[2] not in fault.message:
        return fault
    return replace(fault, message=fault.message.replace(found[2], label_of(found[2])))


def label_of(key: str) -> str:
    """Return what a key of a part is called in the form, with the row it stands in."""
    scalar = next((one for one in SCALARS if one.key == key), None)
    if scalar is not None:
        return str(scalar.label)
    row = _ROW.fullmatch(key)
    table = next((one for one in TABLES if row and one.key == row[1]), None)
    if row is None or table is None:
        return key
    label = next((str(one.label) for one in table.fields if one.key == row[3]), "")
    return f"{table.label}, rad {row[2]}{': ' if label else ''}{label}"
