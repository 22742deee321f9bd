"""The rules over columns, on DuckDB: facts by the same SQL texts, every rule one expression in one scan.

Columns find the rows that any rule objects to; those rows then pass through the very same functions as values,
and both must say the same.
"""

import os
import resource
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import duckdb

from timvis.bulk.rows import faults_in, parts_in, show
from timvis.bulk.tables import fill, number, opened
from timvis.core.calendar.weeks import day_number, day_of
from timvis.core.facts.load import first_day_of
from timvis.core.facts.records import AnyFacts, ClaimFacts, ShiftFacts, WeekFacts
from timvis.core.facts.relations import RELATIONS
from timvis.core.facts.sql import CLAIM_FACTS, SHIFT_FACTS, WEEK_FACTS
from timvis.core.faults import Fault
from timvis.core.law import LawByDay
from timvis.core.review.review import is_in_force
from timvis.core.review.rule import Grain, Rule

MEMORY_MB: Final = 256
"""What DuckDB may keep of one part at once; more is spilled to disk. As many parts as cores are under way."""

ROWS_AT_A_TIME: Final = 5_000

TEXT_OF: Final = {Grain.SHIFT: SHIFT_FACTS, Grain.WEEK: WEEK_FACTS, Grain.CLAIM: CLAIM_FACTS}
RECORD_OF: Final[Mapping[Grain, type[AnyFacts]]] = {
    Grain.SHIFT: ShiftFacts,
    Grain.WEEK: WeekFacts,
    Grain.CLAIM: ClaimFacts,
}
KEYS_OF: Final = {
    Grain.SHIFT: ("shift_id",),
    Grain.WEEK: ("assistant_id", "employer_id", "week"),
    Grain.CLAIM: ("claim_id",),
}
"""What names a record of each grain, so that what was marked can be found again."""


class ColumnsAndValuesDiffer(AssertionError):
    """A rule judged a column otherwise than it judges the same row as a value. Our mistake; nothing is kept."""


class Columns:
    """A facts record whose fields are columns of a relation."""

    def __init__(self, fields: Sequence[str]) -> None:
        for field in fields:
            setattr(self, field, duckdb.ColumnExpression(field))

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(f"the facts have no column {name}")


@dataclass(frozen=True, slots=True, order=True)
class Marked:
    """A record that a rule objects to."""

    code: str
    key: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkReview:
    """What a review of a population came to: `rows` shifts read; `by_rule` has also the rules that found nothing."""

    rows: int
    rules: int
    findings: int
    flagged_shifts: int
    by_rule: dict[str, int]
    seconds: float
    peak_mb: int


def connection(relations: Mapping[str, Sequence[Mapping[str, int]]]) -> duckdb.DuckDBPyConnection:
    """Return an in-memory DuckDB that holds the input relations of `core.facts.relations`."""
    memory = opened(MEMORY_MB)
    for name, columns in RELATIONS.items():
        fill(memory, name, columns, relations[name])
    return memory


def marked(memory: duckdb.DuckDBPyConnection, rules: Sequence[Rule], since: Callable[[Rule], int]) -> Iterator[Marked]:
    """Yield every record that a rule objects to, one scan per grain.

    `since` tells the first day number that a rule judges; before it the rule is not in force.
    """
    for grain, of_grain in _by_grain(rules):
        keys = KEYS_OF[grain]
        verdicts = [rule.code for rule in of_grain]
        for row in judged(memory, grain, of_grain, since).project(", ".join([*keys, *verdicts])).fetchall():
            for rule, objects in zip(of_grain, row[len(keys) :], strict=True):
                if objects:
                    yield Marked(rule.code, tuple(row[: len(keys)]))


def judged(
    memory: duckdb.DuckDBPyConnection, grain: Grain, rules: Sequence[Rule], since: Callable[[Rule], int]
) -> duckdb.DuckDBPyRelation:
    """Return the facts of a grain with a column per rule: whether it objects."""
    columns = Columns(RECORD_OF[grain]._fields)
    verdicts = [
        (rule.objects(columns) & (columns.work_on >= duckdb.ConstantExpression(since(rule)))).alias(rule.code)
        for rule in rules
    ]
    return memory.sql(TEXT_OF[grain]).select(duckdb.StarExpression(), *verdicts)


def review(
    rows: Path,
    out: Path,
    *,
    rules: Sequence[Rule],
    law: LawByDay,
    on_part: Callable[[int, int], None] = lambda _part, _of: None,
) -> BulkReview | tuple[Fault, ...]:
    """Return what the rules say of a population, or every fault of its rows; only a review writes anything.

    `out/part=000/` gets the facts of every row that a rule objects to, with a column per rule, a file per grain; and
    `findings.parquet`, a row per finding. `on_part` hears how many parts are done, and of how many. Raises `LawGap`,
    and `ColumnsAndValuesDiffer`.
    """
    began = time.perf_counter()
    with opened(MEMORY_MB) as memory:
        faults = faults_in(memory, rows)
    if faults:
        return faults
    parts = parts_in(rows)
    done: list[_Part] = []
    # A part on each core: one part at a time on all of them takes half as long again.
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as cores:
        for part in cores.map(lambda part: _review_part(part, out / part.name, rules, law), parts):
            done.append(part)
            on_part(len(done), len(parts))
    by_rule = {rule.code: sum(part.by_rule[rule.code] for part in done) for rule in rules}
    return BulkReview(
        rows=sum(part.shifts for part in done),
        rules=len(rules),
        findings=sum(by_rule.values()),
        flagged_shifts=sum(part.flagged_shifts for part in done),
        by_rule=by_rule,
        seconds=round(time.perf_counter() - began, 2),
        peak_mb=peak_mb(),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """What the review of one part came to."""

    shifts: int
    flagged_shifts: int
    by_rule: Counter[str]


def _review_part(part: Path, out: Path, rules: Sequence[Rule], law: LawByDay) -> _Part:
    with opened(MEMORY_MB, threads=1) as memory:
        show(memory, part)
        flag(memory, rules, law)
        by_rule = confirmed(memory, rules, law)
        _write(memory, rules, out)
        return _Part(
            shifts=number(memory, "SELECT count(*) FROM shift"),
            flagged_shifts=number(memory, "SELECT count(*) FROM flagged_shift"),
            by_rule=by_rule,
        )


def flag(memory: duckdb.DuckDBPyConnection, rules: Sequence[Rule], law: LawByDay) -> None:
    """Keep the rows that any rule objects to in `flagged_shift`, `flagged_week` and `flagged_claim`: columns judge."""

    def first_judged_day(rule: Rule) -> int:
        return max((day_number(first_day_of(code, law)) for code in rule.law), default=0)

    for grain, of_grain in _by_grain(rules):
        memory.execute(f"DROP TABLE IF EXISTS flagged_{grain}")
        any_objects = " OR ".join(rule.code for rule in of_grain)
        judged(memory, grain, of_grain, first_judged_day).filter(any_objects).create(f"flagged_{grain}")


def confirmed(memory: duckdb.DuckDBPyConnection, rules: Sequence[Rule], law: LawByDay) -> Counter[str]:
    """Return the findings per rule after judging every flagged row again, as values.

    Raises `ColumnsAndValuesDiffer` at the first row that the two ways judge differently.
    """
    counts: Counter[str] = Counter()
    for grain, of_grain in _by_grain(rules):
        fields = RECORD_OF[grain]._fields
        in_force = cache(lambda rule, on, of_grain=of_grain: is_in_force(of_grain[rule], day_of(on), law))
        columns = ", ".join([*fields, *(rule.code for rule in of_grain)])
        flagged = memory.execute(f"SELECT {columns} FROM flagged_{grain}")
        while rows := flagged.fetchmany(ROWS_AT_A_TIME):
            for row in rows:
                record = RECORD_OF[grain]._make(row[: len(fields)])
                for n, (rule, said) in enumerate(zip(of_grain, row[len(fields) :], strict=True)):
                    objects = rule.objects(record) and in_force(n, record.work_on)
                    if objects is not said:
                        raise ColumnsAndValuesDiffer(f"{rule.code} on {record}: column {said}, value {objects}")
                    counts[rule.code] += objects
    return counts


def peak_mb() -> int:
    """Return the most memory this process has held, in MB.

    Asked of the process's own status: `ru_maxrss` begins at what the program that started this one held.
    """
    status = Path("/proc/self/status")
    if status.exists():
        said = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM:"))
        return int(said.split()[1]) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _by_grain(rules: Sequence[Rule]) -> Iterator[tuple[Grain, list[Rule]]]:
    for grain in Grain:
        of_grain = [rule for rule in rules if rule.grain is grain]
        if of_grain:
            yield grain, of_grain


def _write(memory: duckdb.DuckDBPyConnection, rules: Sequence[Rule], folder: Path) -> None:
    """Write what was flagged, in the order of its keys, so that the same rows always give the same files."""
    folder.mkdir(parents=True, exist_ok=True)
    for grain, _ in _by_grain(rules):
        flagged = memory.table(f"flagged_{grain}").order(", ".join(KEYS_OF[grain]))
        flagged.write_parquet(str(folder / f"{grain}.parquet"))
    findings = " UNION ALL BY NAME ".join(_findings_text(grain, of_grain) for grain, of_grain in _by_grain(rules))
    order = "claim_id, assistant_id, week, shift_id, code"
    memory.sql(f"{findings} ORDER BY {order}").write_parquet(str(folder / "findings.parquet"))


def _findings_text(grain: Grain, rules: Sequence[Rule]) -> str:
    """Return the SQL that turns flagged rows with a column per rule into a row per finding."""
    codes = ", ".join(rule.code for rule in rules)
    place = {
        Grain.SHIFT: f"claim_id, assistant_id, shift_id, week, work_on, {_part_text(rules)}",
        Grain.WEEK: "claim_id, assistant_id, week, work_on",
        Grain.CLAIM: "claim_id, work_on",
    }
    return (
        f"(SELECT code, '{grain}' AS grain, {place[grain]} "
        f"FROM (UNPIVOT flagged_{grain} ON {codes} INTO NAME code VALUE objects) WHERE objects)"
    )


def _part_text(rules: Sequence[Rule]) -> str:
    starts = " ".join(f"WHEN '{rule.code}' THEN {rule.part[0]}" for rule in rules)
    ends = " ".join(f"WHEN '{rule.code}' THEN {rule.part[1]}" for rule in rules)
    return f"CASE code {starts} END AS part_from_at, CASE code {ends} END AS part_to_at"
