"""Reads the settings of a routine: `[calculation]` and `[setting]`, key by key against the catalogue."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import combinations
from typing import Any

from timvis.core.calendar.local_time import clock_minute
from timvis.core.routine.catalogue import CALCULATION
from timvis.core.routine.records import ClaimKind
from timvis.core.routine.settings import CATALOGUE
from timvis.core.routine.shapes import (
    Amount,
    Cell,
    CellShape,
    ClockTime,
    Day,
    DayRule,
    Factor,
    Label,
    Name,
    NumberCode,
    OneOf,
    Percent,
    RowOfCells,
    Rows,
    SomeOf,
    Value,
    Whole,
    YesNo,
)
from timvis.formats.law.packaged import load_law
from timvis.formats.routine import keys
from timvis.formats.toml_text import TomlTable

IN_CALCULATION = frozenset(setting.code for setting in CALCULATION)
"""Settings that may stand in `[calculation]` as well, where they stood first."""

_LOCAL = "local."
_MOST_TIMES = 100


def settings(top: TomlTable, kinds: frozenset[ClaimKind]) -> tuple[tuple[str, Value], ...]:
    """Return what a routine states, in the order of the catalogue; every mistake is noted."""
    found: dict[str, Value] = {}
    places: dict[str, TomlTable] = {}
    for key, codes in (("calculation", IN_CALCULATION), ("setting", frozenset(CATALOGUE))):
        if not top.has(key):
            continue
        table = top.table(key)
        for code in CATALOGUE:
            if code in codes and table.has(code):
                _refuse_a_second(table, code, places)
                places[code] = table
                _refuse_without_meaning(table, code, kinds)
                value = _value(table, code)
                if value is not None:
                    found[code] = value
        _refuse_unknown(table, codes)
    _refuse_unknown_names(found, places)
    return tuple((code, found[code]) for code in CATALOGUE if code in found)


def _refuse_a_second(table: TomlTable, code: str, places: dict[str, TomlTable]) -> None:
    if code in places:
        table.object_to(
            "setting_twice",
            code,
            f"{code} står både i [calculation] och i [setting].",
            "Behåll den ena.",
        )


def _refuse_without_meaning(table: TomlTable, code: str, kinds: frozenset[ClaimKind]) -> None:
    setting = CATALOGUE[code]
    if kinds and not kinds & setting.claim_kinds:
        table.object_to(
            "setting_without_meaning",
            code,
            f"{code} har ingen betydelse för {', '.join(sorted(kinds))}.",
            f"Ta bort den; den hör till {', '.join(sorted(setting.claim_kinds))}.",
        )


def _refuse_unknown(table: TomlTable, codes: frozenset[str]) -> None:
    for key in table.values:
        if key not in codes:
            table.object_to(
                "unknown_key",
                key,
                f"Inställningen {key} är okänd här.",
                "Rätta stavningen; docs/routines/settings.md räknar upp alla inställningar.",
            )


def _value(table: TomlTable, code: str) -> Value | None:
    shape = CATALOGUE[code].shape
    if isinstance(shape, Rows):
        return _rows(table, code, shape)
    return _READERS[type(shape)](table, code, shape)


def _rows(table: TomlTable, code: str, shape: Rows) -> Value:
    read = [(row, _row(row, shape)) for row in table.tables(code)]
    if not read and isinstance(table.values[code], list):
        table.object_to("empty", code, f"{code} har inga rader.", "Skriv minst en rad, eller ta bort den.")
    for (_, first), (place, second) in combinations(read, 2):
        if shape.key and _are_alike(dict(first), dict(second), shape):
            place.object_to(
                "row_twice",
                shape.key[0],
                f"Två rader i {code} gäller samma sak samma dag.",
                f"Behåll en av dem, eller skilj dem åt i {', '.join(shape.key)} eller i sina dagar.",
            )
    return tuple(cells for _, cells in read)


def _row(table: TomlTable, shape: Rows) -> RowOfCells:
    cells: list[tuple[str, Cell]] = []
    for key, column in shape.columns.items():
        if column.is_optional and not table.has(key):
            continue
        cell = _READERS[type(column.shape)](table, key, column.shape)
        if cell is not None:
            cells.append((key, cell))
    stated = [key for key in shape.one_of if table.has(key)]
    if shape.one_of and len(stated) != 1:
        table.object_to(
            "not_exactly_one",
            (stated or [next(iter(shape.columns))])[-1],
            f"En rad har exakt ett av {', '.join(shape.one_of)}.",
            "Behåll ett av dem." if stated else "Skriv ett av dem.",
        )
    table.refuse_the_rest()
    return tuple(cells)


def _are_alike(first: dict[str, Cell], second: dict[str, Cell], shape: Rows) -> bool:
    """Whether two rows say something about the same thing on the same day."""
    if any(first.get(key) != second.get(key) for key in shape.key if key != "from"):
        return False
    if not isinstance(shape.columns.get("from", None) and shape.columns["from"].shape, Day):
        return "from" not in shape.key or first.get("from") == second.get("from")
    return _first_day(first) <= _last_day(second) and _first_day(second) <= _last_day(first)


def _first_day(row: dict[str, Cell]) -> date:
    day = row.get("from")
    return day if isinstance(day, date) else date.min


def _last_day(row: dict[str, Cell]) -> date:
    day = row.get("to")
    return day if isinstance(day, date) else date.max


def _refuse_unknown_names(found: dict[str, Value], places: dict[str, TomlTable]) -> None:
    """Note a name in one table that the table it comes from does not have."""
    for code, value in found.items():
        shape = CATALOGUE[code].shape
        if not isinstance(shape, Rows):
            continue
        rows = places[code].tables(code)
        for key, column in shape.columns.items():
            if not isinstance(column.shape, Name) or column.shape.among is None:
                continue
            setting, wanted = column.shape.among
            known = {cell for cells in _row_values(found.get(setting, ())) for at, cell in cells if at == wanted}
            for place, cells in zip(rows, _row_values(value), strict=True):
                cell = dict(cells).get(key)
                if cell is not None and cell not in known:
                    place.object_to(
                        "unknown_name",
                        key,
                        f"{cell!r} finns inte bland [[setting.{setting}]].",
                        f"Rätta stavningen, eller lägg till {cell!r} där.",
                    )


def _row_values(value: Value) -> Iterator[RowOfCells]:
    if isinstance(value, tuple):
        for row in value:
            if isinstance(row, tuple):
                yield row


# --- one cell of each shape -------------------------------------------------------------------------------


def _one_of(table: TomlTable, key: str, shape: OneOf) -> Cell | None:
    written = table.one_of(key, shape.words)
    return written if written in shape.words else None


def _some_of(table: TomlTable, key: str, shape: SomeOf) -> Cell | None:
    written = table.texts(key)
    for one in written:
        if one not in shape.words:
            table.object_to("unknown_word", key, f"{one!r} är okänt i {key}.", f"Välj bland: {', '.join(shape.words)}.")
    if len(set(written)) < len(written):
        table.object_to("word_twice", key, f"{key} nämner samma ord två gånger.", "Ta bort det ena.")
    return written


def _whole(table: TomlTable, key: str, shape: Whole) -> Cell | None:
    return keys.whole_or_none(table, key, shape.least, shape.most)


def _percent(table: TomlTable, key: str, shape: Percent) -> Cell | None:
    written = table.raw(key)
    if isinstance(written, bool) or not isinstance(written, int | Decimal):
        table.object_to(
            "wrong_kind", key, f"{key} = {written!r} går inte att läsa.", "Skriv ett tal utan procenttecken."
        )
        return None
    percent = Decimal(written)
    if not shape.least <= percent <= shape.most:
        table.object_to(
            "out_of_bounds",
            key,
            f"{key} = {written} är orimligt.",
            f"Skriv en procentsats från {shape.least} till {shape.most}.",
        )
        return None
    return percent


def _factor(table: TomlTable, key: str, _shape: Factor) -> Cell | None:
    written = table.raw(key)
    if isinstance(written, bool) or not isinstance(written, int | Decimal) or not 0 < written < _MOST_TIMES:
        table.object_to("wrong_factor", key, f"{key} = {written!r} är ingen faktor.", "Skriv ett tal, som 1.4.")
        return None
    return Decimal(written)


def _amount(table: TomlTable, key: str, _shape: Amount) -> Cell | None:
    return keys.whole_or_none(table, key, 0, keys.MOST_ORE)


def _yes_no(table: TomlTable, key: str, _shape: YesNo) -> Cell | None:
    return table.flag(key)


def _day_rule(table: TomlTable, key: str, _shape: DayRule) -> Cell | None:
    return keys.due_or_none(table, key, None)


def _day(table: TomlTable, key: str, _shape: Day) -> Cell | None:
    return table.day(key)


def _clock_time(table: TomlTable, key: str, _shape: ClockTime) -> Cell | None:
    written = table.text(key)
    minute = clock_minute(written)
    if written and minute is None:
        table.object_to("wrong_clock", key, f"{key} = {written!r} är inget klockslag.", 'Skriv till exempel "16.30".')
    return minute


def _name(table: TomlTable, key: str, _shape: Name) -> Cell | None:
    return keys.name(table, key) or None


def _label(table: TomlTable, key: str, _shape: Label) -> Cell | None:
    return table.text(key) or None


def _number(table: TomlTable, key: str, _shape: NumberCode) -> Cell | None:
    written = table.text(key)
    if not written:
        return None
    if not keys.CODE.fullmatch(written):
        table.object_to(
            "wrong_code", key, f"Talets kod {written!r} har fel form.", "Skriv koden som `timvis law list` visar den."
        )
    elif not written.startswith(_LOCAL) and written not in load_law().values:
        table.object_to(
            "unknown_number",
            key,
            f"Det finns inget tal som heter {written!r}.",
            "`timvis law list` visar alla; ett eget tal börjar med local.",
        )
    return written


_READERS: dict[type[CellShape], Callable[[TomlTable, str, Any], Cell | None]] = {
    OneOf: _one_of,
    SomeOf: _some_of,
    Whole: _whole,
    Percent: _percent,
    Factor: _factor,
    Amount: _amount,
    YesNo: _yes_no,
    DayRule: _day_rule,
    Day: _day,
    ClockTime: _clock_time,
    Name: _name,
    Label: _label,
    NumberCode: _number,
}
"""How a cell of each shape is read; None where a fault has been noted."""


def saturdays_count(stated: Sequence[tuple[str, Value]]) -> bool | None:
    """Return what the routine says about Saturdays, None when it says nothing."""
    word = dict(stated).get("working_day")
    return None if word is None else word == "saturdays_count"
