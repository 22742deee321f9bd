"""Rows of a population as they are handed over: a folder per part, a Parquet file per input relation.

`DIR/part=000/shift.parquet` and so on, with the columns of `core.facts.relations`, whole numbers without gaps. Each
part is judged by itself, so an assistant, a recipient and a claim have all their rows in one part.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import duckdb

from timvis.bulk.tables import number
from timvis.core.facts.relations import RELATIONS
from timvis.core.faults import Fault

WHOLE: Final = frozenset({"BIGINT", "INTEGER", "SMALLINT", "TINYINT"})

KEYS: Final = {"claim": "claim_id", "report": "report_id", "assistant": "assistant_id"}
"""What a shift is joined to, each exactly once."""

OF_ONE_PART: Final = {"assistant": "assistant_id", "claim": "recipient_id"}
"""What may not be in two parts: windows over assistants and over recipients would miss half of it."""

UNMATCHED: Final = """
SELECT count(*) FROM shift s WHERE is_judged = 1 AND NOT (
  claim_id IN (SELECT claim_id FROM claim) AND report_id IN (SELECT report_id FROM report)
  AND assistant_id IN (SELECT assistant_id FROM assistant)
  AND (SELECT count(*) FROM law l
       WHERE l.employer_id = s.employer_id AND s.work_on >= l.law_from AND s.work_on < l.law_to) = 1)
"""
"""Judged shifts that would fall out of the facts, or come twice, without a word."""


def parts_in(folder: Path) -> tuple[Path, ...]:
    """Return the folders of a population's parts, in order; none when there are none."""
    return tuple(sorted(path for path in folder.glob("part=*") if path.is_dir()))


def file_of(part: Path, relation: str) -> Path:
    """Return where a part keeps one of the input relations."""
    return part / f"{relation}.parquet"


def show(memory: duckdb.DuckDBPyConnection, part: Path) -> None:
    """Let a connection see a part's relations under their names, whole numbers all."""
    for name, columns in RELATIONS.items():
        whole = ", ".join(f"{column}::BIGINT AS {column}" for column in columns)
        memory.read_parquet(str(file_of(part, name))).project(whole).create_view(name, replace=True)


def faults_in(memory: duckdb.DuckDBPyConnection, folder: Path) -> tuple[Fault, ...]:
    """Return everything about the rows that keeps them from being judged; empty when they can be."""
    parts = parts_in(folder)
    if not parts:
        return (_no_parts(folder),)
    found = [fault for part in parts for name in RELATIONS for fault in _faults_of_file(memory, part, name)]
    if not found:
        found = [fault for part in parts for fault in _faults_of_part(memory, part)]
        found += _faults_between(memory, parts)
    return tuple(found)


def _faults_of_file(memory: duckdb.DuckDBPyConnection, part: Path, name: str) -> Iterator[Fault]:
    path = file_of(part, name)
    where = f"{part.name}/{path.name}"
    try:
        rows = memory.read_parquet(str(path))
    except duckdb.Error:
        yield _fault(
            "relation_not_readable",
            "Filen finns inte eller är inte Parquet.",
            "Varje del ska ha en fil per relation; timvis bulk generate visar hur de ser ut.",
            where,
        )
        return
    types = dict(zip(rows.columns, map(str, rows.types), strict=True))
    unfit = [column for column in RELATIONS[name] if types.get(column) not in WHOLE]
    for column in unfit:
        yield _fault(
            "column_not_whole_numbers",
            f"Kolumnen {column} saknas eller är inte heltal.",
            "Dagar, tider och minuter är heltal; okänt sägs i en kolumn som slutar på _is_known.",
            where,
            column,
        )
    if unfit:
        return
    missing = rows.aggregate(", ".join(f"count(*) - count({column}) AS {column}" for column in RELATIONS[name]))
    for column, count in zip(RELATIONS[name], missing.fetchall()[0], strict=True):
        if count:
            yield _fault(
                "values_are_missing",
                f"Kolumnen {column} saknar värde på {count} rader.",
                "Inget värde får saknas; okänt sägs i en kolumn som slutar på _is_known.",
                where,
                column,
            )


def _faults_of_part(memory: duckdb.DuckDBPyConnection, part: Path) -> Iterator[Fault]:
    show(memory, part)
    for name, key in KEYS.items():
        twice = number(memory, f"SELECT count(*) - count(DISTINCT {key}) FROM {name}")
        if twice:
            yield _fault(
                "key_stands_twice",
                f"{twice} rader har samma {key} som en annan.",
                "Behåll en rad för varje nummer.",
                f"{part.name}/{name}.parquet",
                key,
            )
    unmatched = number(memory, UNMATCHED)
    if unmatched:
        yield _fault(
            "shift_without_its_rows",
            f"{unmatched} pass saknar anspråk, tidrapport eller assistent, eller har inte en enda rad i law för dagen.",
            "Lägg till raderna; annars skulle passen inte bli granskade.",
            f"{part.name}/shift.parquet",
        )


def _faults_between(memory: duckdb.DuckDBPyConnection, parts: tuple[Path, ...]) -> Iterator[Fault]:
    for name, key in OF_ONE_PART.items():
        files = memory.read_parquet([str(file_of(part, name)) for part in parts], filename=True)
        of_parts = files.project(f"{key}, filename").distinct().aggregate(f"{key}, count(*) AS parts")
        split = len(of_parts.filter("parts > 1").fetchall())
        if split:
            yield _fault(
                "part_is_not_whole",
                f"{split} {key} finns i mer än en del.",
                "Lägg alla rader om samma assistent och samma brukare i samma del.",
                f"{name}.parquet",
                key,
            )


def _fault(code: str, message: str, remedy: str, file: str, column: str | None = None) -> Fault:
    return Fault(code=code, message=message, remedy=remedy, file=file, column=column)


def _no_parts(folder: Path) -> Fault:
    return Fault(
        code="rows_not_found",
        message=f"Mappen {folder.name} finns inte eller har inga delar.",
        remedy="Ange en mapp med undermappar som heter part=000, part=001 …; timvis bulk generate skapar en sådan.",
        file=folder.name,
    )
