"""A population reviewed on columns: the same findings as one value at a time, within its memory."""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from timvis.bulk.duckdb_engine import (
    MEMORY_MB,
    BulkReview,
    ColumnsAndValuesDiffer,
    confirmed,
    connection,
    flag,
    review,
)
from timvis.bulk.population import Population, generate
from timvis.bulk.rows import file_of, parts_in
from timvis.bulk.tables import opened
from timvis.core.calendar.weeks import day_of
from timvis.core.facts.derive import derive
from timvis.core.facts.records import AnyFacts
from timvis.core.facts.relations import RELATIONS
from timvis.core.law import LawReader
from timvis.core.review.review import is_in_force
from timvis.core.review.rule import Grain
from timvis.core.review.rules import RULES
from timvis.formats.law.packaged import load_law

LAW = load_law()
BOOK = list(RULES.values())
PYTHON_AND_ENGINE_MB = 150
RUN = "from timvis.cli.main import run; run()"


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("rows")


@pytest.fixture(scope="module")
def made(rows: Path) -> Population:
    return generate(rows, shifts=12_000, seed=3, law=LawReader(LAW), parts=2)


@pytest.fixture(scope="module")
def found(rows: Path, made: Population, tmp_path_factory: pytest.TempPathFactory) -> tuple[BulkReview, Path]:
    out = tmp_path_factory.mktemp("findings")
    outcome = review(rows, out, rules=BOOK, law=LAW)
    assert isinstance(outcome, BulkReview)
    return outcome, out


def read(part: Path) -> Mapping[str, Sequence[Mapping[str, int]]]:
    """A part's relations as the value path takes them: rows of whole numbers."""
    with duckdb.connect(":memory:") as memory:
        return {
            name: [
                dict(zip(columns, row, strict=True))
                for row in memory.read_parquet(str(file_of(part, name))).project(", ".join(columns)).fetchall()
            ]
            for name, columns in RELATIONS.items()
        }


def test_columns_find_what_values_find_in_every_row(rows: Path, found: tuple[BulkReview, Path]) -> None:
    outcome, _ = found

    by_value: Counter[str] = Counter()
    for part in parts_in(rows):
        facts = derive(read(part))
        records: Mapping[Grain, Sequence[AnyFacts]] = {
            Grain.SHIFT: facts.shifts,
            Grain.WEEK: facts.weeks,
            Grain.CLAIM: facts.claims,
        }
        for rule in BOOK:
            for record in records[rule.grain]:
                by_value[rule.code] += rule.objects(record) and is_in_force(rule, day_of(record.work_on), LAW)

    assert outcome.by_rule == {rule.code: by_value[rule.code] for rule in BOOK}
    assert sum(count > 0 for count in outcome.by_rule.values()) > 10
    assert (outcome.rows, outcome.rules) == (12_000, len(BOOK))


def test_every_fault_that_was_sown_is_found(made: Population, found: tuple[BulkReview, Path]) -> None:
    outcome, _ = found

    assert made.sown["shift_was_reported_twice"] > 0
    assert made.sown == {code: outcome.by_rule[code] for code in made.sown}


def test_what_is_written_is_what_was_counted(found: tuple[BulkReview, Path]) -> None:
    outcome, out = found

    with duckdb.connect(":memory:") as memory:
        written = memory.read_parquet(str(out / "*" / "findings.parquet"))
        counts = dict(written.aggregate("code, count(*)").fetchall())
        flagged = memory.read_parquet(str(out / "*" / "shift.parquet")).aggregate("count(*)").fetchall()
        outside = written.filter("grain = 'shift' AND part_from_at > part_to_at").fetchall()

    assert counts == {code: count for code, count in outcome.by_rule.items() if count}
    assert flagged == [(outcome.flagged_shifts,)]
    assert outside == []


def test_a_rule_that_judges_columns_otherwise_stops_the_review(rows: Path, made: Population) -> None:
    twice = RULES["shift_was_reported_twice"]
    forged = replace(twice, objects=lambda shift: shift.copy_number > 1_000)
    memory = connection(read(parts_in(rows)[0]))

    flag(memory, [twice], LAW)

    with pytest.raises(ColumnsAndValuesDiffer, match="shift_was_reported_twice"):
        confirmed(memory, [forged], LAW)


def test_the_memory_stays_under_its_limit(tmp_path: Path) -> None:
    population, out = tmp_path / "population", tmp_path / "out"
    generate(population, shifts=300_000, seed=1, law=LawReader(LAW), parts=2)

    told = subprocess.run(
        [sys.executable, "-c", RUN, "bulk", "review", "--rows", str(population), "--out", str(out), "--json"],
        capture_output=True,
        check=False,
        text=True,
    )

    assert told.returncode == 1, told.stderr
    # Two parts are under way at once, each within its own limit.
    assert json.loads(told.stdout)["peak_mb"] < min(os.cpu_count() or 1, 2) * MEMORY_MB + PYTHON_AND_ENGINE_MB


def test_the_engine_draws_nothing_on_standard_output() -> None:
    # DuckDB would, after two seconds: in the middle of a command's JSON.
    with opened(MEMORY_MB) as memory:
        drawn = memory.sql("SELECT value FROM duckdb_settings() WHERE name = 'enable_progress_bar'").fetchall()

    assert drawn == [("false",)]


# --- rows that cannot be reviewed -------------------------------------------------------------------------


def damaged(rows: Path, to: Path, relation: str, text: str) -> Path:
    """A copy of a population in which one relation of its first part is another."""
    for part in parts_in(rows):
        (to / part.name).mkdir(parents=True)
        for name in RELATIONS:
            file_of(to / part.name, name).write_bytes(file_of(part, name).read_bytes())
    first = parts_in(to)[0]
    with duckdb.connect(":memory:") as memory:
        memory.execute(f"CREATE TABLE t AS SELECT * FROM read_parquet('{file_of(first, relation)}')")
        memory.sql(text).write_parquet(str(file_of(first, relation)))
    return to


@pytest.mark.parametrize(
    ("relation", "text", "code", "column"),
    [
        ("shift", "SELECT * EXCLUDE (minutes) FROM t", "column_not_whole_numbers", "minutes"),
        ("shift", "SELECT * REPLACE (minutes / 60 AS minutes) FROM t", "column_not_whole_numbers", "minutes"),
        ("shift", "SELECT * REPLACE (nullif(kind, 0) AS kind) FROM t", "values_are_missing", "kind"),
        ("claim", "SELECT * FROM t UNION ALL SELECT * FROM t", "key_stands_twice", "claim_id"),
        ("law", "SELECT * FROM t WHERE false", "shift_without_its_rows", None),
        ("law", "SELECT * FROM t UNION ALL SELECT * FROM t", "shift_without_its_rows", None),
        ("assistant", "SELECT * FROM t UNION ALL SELECT * FROM t", "key_stands_twice", "assistant_id"),
    ],
)
def test_rows_that_would_be_judged_wrongly_are_refused(
    rows: Path, made: Population, tmp_path: Path, relation: str, text: str, code: str, column: str | None
) -> None:
    population = damaged(rows, tmp_path / "damaged", relation, text)

    faults = review(population, tmp_path / "out", rules=BOOK, law=LAW)

    assert isinstance(faults, tuple)
    assert (code, column) in {(fault.code, fault.column) for fault in faults}
    assert all(fault.message and fault.remedy and fault.file for fault in faults)
    assert not (tmp_path / "out").exists()


def test_an_assistant_in_two_parts_is_refused(rows: Path, made: Population, tmp_path: Path) -> None:
    population = damaged(rows, tmp_path / "damaged", "absence", "SELECT * FROM t")
    first, second = parts_in(population)
    for name in RELATIONS:
        file_of(second, name).write_bytes(file_of(first, name).read_bytes())

    faults = review(population, tmp_path / "out", rules=BOOK, law=LAW)

    assert isinstance(faults, tuple)
    assert {(fault.code, fault.column) for fault in faults} == {
        ("part_is_not_whole", "assistant_id"),
        ("part_is_not_whole", "recipient_id"),
    }


def test_a_relation_that_is_no_parquet_is_refused(rows: Path, made: Population, tmp_path: Path) -> None:
    population = damaged(rows, tmp_path / "damaged", "absence", "SELECT * FROM t")
    file_of(parts_in(population)[0], "law").write_bytes(b"employer_id;law_from")
    file_of(parts_in(population)[1], "claim").unlink()

    faults = review(population, tmp_path / "out", rules=BOOK, law=LAW)

    assert isinstance(faults, tuple)
    assert [(fault.code, fault.file) for fault in faults] == [
        ("relation_not_readable", "part=000/law.parquet"),
        ("relation_not_readable", "part=001/claim.parquet"),
    ]
