"""A population through every rule on columns, beside the rows alone and beside the same rules row by row."""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import duckdb

from bench.told import Row, Table, spaced, timed
from timvis.bulk.duckdb_engine import MEMORY_MB, RECORD_OF, ROWS_AT_A_TIME, TEXT_OF, flag, judged
from timvis.bulk.rows import file_of, parts_in, show
from timvis.bulk.tables import number, opened
from timvis.core.calendar.weeks import day_number
from timvis.core.facts.load import first_day_of
from timvis.core.review.rule import Grain, Rule
from timvis.core.review.rules import RULES
from timvis.formats.law.packaged import load_law

LAW = load_law()
BOOK = tuple(RULES.values())
SEED = 1
COMMAND = "from timvis.cli.main import run; run()"


class FindingsDiffer(AssertionError):
    """Columns and values do not find the same: nothing about speed is worth telling."""


def tables(folder: Path, shifts: int) -> tuple[Table, ...]:
    """Return what a population of so many shifts takes, whole and part by part. Raises `FindingsDiffer`."""
    rows = folder / f"rows-{shifts}"
    made = _timvis("generate", "--shifts", str(shifts), "--seed", str(SEED), "--out", str(rows))
    alone, _ = timed(lambda: _all_parts_sorted(rows, folder / f"sorted-{shifts}"))
    found = _timvis("review", "--rows", str(rows), "--out", str(folder / f"out-{shifts}"))
    whole = Table(
        title=f"{spaced(shifts)} shifts, {found['rules']} rules, {made['parts']} parts, all cores",
        rows=(
            Row(what="the shifts read, sorted and written", took=f"{alone:.1f} s", note="nothing asked of them"),
            Row(
                what="reviewed: rows checked, facts, rules, findings confirmed and written",
                took=f"{found['seconds']:.1f} s",
                times=found["seconds"] / alone,
                note=f"{spaced(found['findings'])} findings; at most {found['peak_mb']} MB",
            ),
            Row(
                what="the population made",
                took=f"{made['seconds']:.1f} s",
                times=made["seconds"] / alone,
                note=f"at most {made['peak_mb']} MB",
            ),
        ),
    )
    return whole, _one_part(parts_in(rows)[0], folder / f"part-{shifts}")


def _one_part(part: Path, out: Path) -> Table:
    """Compare rules on columns with rules row by row: the same shifts, the same facts, one core, every finding."""
    with opened(2 * MEMORY_MB, threads=1) as memory:
        show(memory, part)
        shifts = number(memory, "SELECT count(*) FROM shift")
        alone, _ = timed(lambda: _part_sorted(part, out))
        facts, _ = timed(lambda: _facts_alone(memory))
        flagged, _ = timed(lambda: flag(memory, BOOK, LAW))
        on_columns = _counted_on_columns(memory)
        row_by_row, by_row = timed(lambda: _row_by_row(memory))
    if by_row.counts != on_columns:
        raise FindingsDiffer(f"{by_row.counts - on_columns} and {on_columns - by_row.counts}")

    def row(what: str, seconds: float, note: str = "") -> Row:
        return Row(what=what, took=f"{seconds:.2f} s", times=seconds / alone, note=note)

    return Table(
        title=f"One part of them, {spaced(shifts)} shifts, one core",
        rows=(
            Row(what="the shifts read, sorted and written", took=f"{alone:.2f} s"),
            row("facts derived, no rule asked", facts),
            row("facts, and every rule on columns", flagged),
            row(
                "facts, and every rule row by row in Python",
                row_by_row,
                f"{by_row.seconds:.2f} s of it rules; all {spaced(by_row.counts.total())} findings are equal",
            ),
        ),
    )


class ByRow:
    """What the rules find row by row, and how long the rules alone took."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.seconds = 0.0

    def judge(self, rules: Sequence[tuple[Rule, int]], records: Sequence[Any]) -> None:
        """Judge some records by every rule, from the day each rule is in force."""
        seconds, found = timed(
            lambda: [
                rule.code
                for record in records
                for rule, since in rules
                if rule.objects(record) and record.work_on >= since
            ]
        )
        self.seconds += seconds
        self.counts.update(found)


def _row_by_row(memory: duckdb.DuckDBPyConnection) -> ByRow:
    by_row = ByRow()
    for grain in Grain:
        rules = [(rule, _since(rule)) for rule in BOOK if rule.grain is grain]
        facts = memory.execute(f"SELECT {', '.join(RECORD_OF[grain]._fields)} FROM ({TEXT_OF[grain]})")
        while rows := facts.fetchmany(ROWS_AT_A_TIME):
            by_row.judge(rules, [RECORD_OF[grain]._make(row) for row in rows])
    return by_row


def _facts_alone(memory: duckdb.DuckDBPyConnection) -> None:
    """Derive every fact of every row, and keep only the largest of each."""
    for text in TEXT_OF.values():
        memory.execute(f"SELECT max(COLUMNS(*)) FROM ({text})").fetchall()


def _counted_on_columns(memory: duckdb.DuckDBPyConnection) -> Counter[str]:
    counts: Counter[str] = Counter()
    for grain in Grain:
        rules = [rule for rule in BOOK if rule.grain is grain]
        counted = ", ".join(f"count(*) FILTER ({rule.code})" for rule in rules)
        (found,) = judged(memory, grain, rules, _since).aggregate(counted).fetchall()
        counts.update({rule.code: count for rule, count in zip(rules, found, strict=True) if count})
    return counts


def _since(rule: Rule) -> int:
    return max((day_number(first_day_of(code, LAW)) for code in rule.law), default=0)


def _all_parts_sorted(rows: Path, out: Path) -> None:
    """Sort the parts as the review takes them, one on each core within the same memory."""
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as cores:
        list(cores.map(lambda part: _part_sorted(part, out / part.name), parts_in(rows)))


def _part_sorted(part: Path, out: Path) -> None:
    """Read a part's shifts, sort them by assistant and time, write them: the least that anybody could do."""
    out.mkdir(parents=True)
    with opened(MEMORY_MB, threads=1) as memory:
        shifts = memory.read_parquet(str(file_of(part, "shift"))).order("assistant_id, start_at, end_at, shift_id")
        shifts.write_parquet(str(file_of(out, "shift")))


def _timvis(*words: str) -> dict[str, Any]:
    """Run `timvis bulk` as a process of its own, so that its peak of memory is its own too."""
    told = subprocess.run(
        [sys.executable, "-c", COMMAND, "bulk", *words, "--json"], capture_output=True, check=False, text=True
    )
    document: dict[str, Any] = json.loads(told.stdout)
    if document["faults"]:
        raise RuntimeError(told.stderr)
    return document
