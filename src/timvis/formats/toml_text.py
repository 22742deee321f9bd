"""A TOML text read table by table, with every fault gathered and told by its line.

Used by every format of ours that is TOML. A reader asks each table for the keys it knows; a key that nobody
asked for is a fault, because a misspelt key would otherwise be silence.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TypeAlias

from timvis.core.faults import Fault

Place: TypeAlias = tuple[str | int, ...]
"""Where something stands: keys, and positions from 0 in lists of tables."""

_HEADER = re.compile(r"\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"\s*([A-Za-z0-9_-]+)\s*=")
_SYNTAX_PLACE = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")


@dataclass(slots=True)
class TomlDocument:
    """A text being read: its name, the lines things stand on, and the faults found so far."""

    source: str
    lines: Mapping[Place, int]
    faults: list[Fault] = field(default_factory=list)

    def object_to(self, code: str, place: Place, message: str, remedy: str) -> None:
        """Note a fault at the nearest line that is known."""
        column = place[-1] if place and isinstance(place[-1], str) else None
        while place and place not in self.lines:
            place = place[:-1]
        line = self.lines.get(place, 1)
        fault = Fault(code=code, message=message, remedy=remedy, line=line, column=column, file=self.source)
        self.faults.append(fault)


@dataclass(slots=True)
class TomlTable:
    """One table of a document, asked key by key."""

    document: TomlDocument
    place: Place
    values: Mapping[str, object]
    asked: set[str] = field(default_factory=set)

    def has(self, key: str) -> bool:
        """Whether the key is written."""
        self.asked.add(key)
        return key in self.values

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text that is not empty, or the default where the key is left out."""
        value = self._value(key, default)
        if isinstance(value, str) and (value.strip() or default == ""):
            return value.strip()
        self._wrong(key, value, "en text inom citattecken")
        return ""

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """Return a list of texts."""
        value = self._value(key, default)
        if isinstance(value, list | tuple) and all(isinstance(item, str) and item for item in value):
            return tuple(value)
        self._wrong(key, value, "en lista av texter")
        return ()

    def one_of(self, key: str, allowed: Mapping[str, object], default: str | None = None) -> str:
        """Return a text out of a closed set."""
        value = self.text(key, default)
        if value and value not in allowed:
            self.object_to(
                "unknown_word", key, f"{key} = {value!r} finns inte.", f"Välj något av: {', '.join(allowed)}."
            )
        return value

    def day(self, key: str, default: date | None = None) -> date:
        """Return a day, or the default where the key is left out; a fault gives 0001-01-01."""
        value = self._value(key, default)
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        self._wrong(key, value, "en dag som 2026-01-01, utan citattecken")
        return date.min

    def day_or_none(self, key: str) -> date | None:
        """Return a day, or None where the key is left out."""
        return self.day(key) if self.has(key) else None

    def count_or_none(self, key: str) -> int | None:
        """Return a whole number, or None where the key is left out."""
        if not self.has(key):
            return None
        value = self.values[key]
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        self._wrong(key, value, "ett heltal utan citattecken")
        return None

    def flag(self, key: str, default: bool | None = None) -> bool:
        """Return a truth value, or the default where the key is left out."""
        value = self._value(key, default)
        if isinstance(value, bool):
            return value
        self._wrong(key, value, "true eller false, utan citattecken")
        return False

    def raw(self, key: str) -> object:
        """Return a value as TOML has it (numbers with a point are Decimal); None and a fault when missing."""
        return self._value(key, None)

    def table(self, key: str) -> "TomlTable":
        """Return one table, `[key]` in the text; an empty one and a fault where there is none."""
        value = self._value(key, None)
        if not isinstance(value, dict):
            self._wrong(key, value, f"en tabell med rubriken [{key}]")
            value = {}
        return TomlTable(self.document, (*self.place, key), value)

    def tables(self, key: str) -> list["TomlTable"]:
        """Return a list of tables, `[[key]]` in the text; empty where there is none."""
        self.asked.add(key)
        value = self.values.get(key, [])
        if isinstance(value, list) and all(isinstance(item, dict) for item in value):
            return [TomlTable(self.document, (*self.place, key, nth), item) for nth, item in enumerate(value)]
        self._wrong(key, value, f"tabeller med rubriken [[{key}]]")
        return []

    def object_to(self, code: str, key: str, message: str, remedy: str) -> None:
        """Note a fault at a key of this table."""
        self.document.object_to(code, (*self.place, key), message, remedy)

    def refuse_the_rest(self) -> None:
        """Note a fault for every key that nobody has asked for."""
        for key in self.values:
            if key not in self.asked:
                known = ", ".join(sorted(self.asked))
                self.object_to(
                    "unknown_key",
                    key,
                    f"Nyckeln {key} är okänd här.",
                    f"Ta bort den eller rätta stavningen. Kända nycklar: {known}.",
                )

    def _value(self, key: str, default: object) -> object:
        self.asked.add(key)
        if key in self.values:
            return self.values[key]
        if default is None:
            self.object_to("missing_key", key, f"{key} saknas.", f"Skriv {key} = … i den här tabellen.")
        return default

    def _wrong(self, key: str, value: object, wanted: str) -> None:
        """Note that a value is of the wrong kind; a missing one has been noted already."""
        if key in self.values:
            self.object_to("wrong_kind", key, f"{key} = {value!r} går inte att läsa.", f"Skriv {wanted}.")


def read_toml(text: str, *, source: str) -> tuple[TomlTable | None, tuple[Fault, ...]]:
    """Return the outermost table of a TOML text, or the fault that keeps it from being read at all."""
    try:
        values = tomllib.loads(text.removeprefix("\ufeff"), parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        return None, (_syntax_fault(text, str(error), source),)
    except RecursionError:
        return None, (_nested_fault(source),)
    document = TomlDocument(source=source, lines=_lines(text))
    return TomlTable(document, (), values), ()


def _nested_fault(source: str) -> Fault:
    return Fault(
        code="not_toml",
        message="Texten har parenteser inuti parenteser i hundratals led och går inte att läsa.",
        remedy="Skriv tabellerna med rubriker i stället, som [tabell].",
        line=1,
        file=source,
    )


def _syntax_fault(text: str, message: str, source: str) -> Fault:
    found = _SYNTAX_PLACE.search(message)
    line, column = len(text.splitlines()) or 1, None
    if found and found.group(1):
        line, column = int(found.group(1)), int(found.group(2))
    return Fault(
        code="not_toml",
        message=f"Texten är inte TOML: {_SYNTAX_PLACE.sub('', message)}.",
        remedy="Rätta raden; vanligast är ett glömt citattecken eller en nyckel som står två gånger.",
        line=line,
        column=column,
        file=source,
    )


def _lines(text: str) -> dict[Place, int]:
    """Return the line of every table header and key; a place that is missing has the line of its table."""
    lines: dict[Place, int] = {}
    counts: dict[Place, int] = {}
    place: Place = ()
    inside: str | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        if inside:
            inside = None if inside in line else inside
            continue
        if (header := _HEADER.match(line)) and not _KEY.match(line):
            place = _place_of(header.group(2), header.group(1) == "[[", counts)
            lines[place] = number
        elif key := _KEY.match(line):
            lines.setdefault((*place, key.group(1)), number)
            inside = next((quotes for quotes in ('"""', "'''") if line.count(quotes) == 1), None)
    return lines


def _place_of(header: str, is_list: bool, counts: dict[Place, int]) -> Place:
    """Return where a header leads, counting the tables of every list on the way."""
    place: Place = ()
    keys = [key.strip().strip("\"'") for key in header.split(".")]
    for nth, key in enumerate(keys, start=1):
        place = (*place, key)
        if is_list and nth == len(keys):
            counts[place] = counts.get(place, -1) + 1
        if place in counts:
            place = (*place, counts[place])
    return place
