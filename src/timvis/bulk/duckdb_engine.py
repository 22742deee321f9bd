"""The rules over columns, on DuckDB: facts by the same SQL texts, every rule one expression in one scan."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import duckdb

from timvis.core.facts.records import ClaimFacts, ShiftFacts, WeekFacts
from timvis.core.facts.relations import RELATIONS
from timvis.core.facts.sql import CLAIM_FACTS, SHIFT_FACTS, WEEK_FACTS
from timvis.core.review.rule import Grain, Rule

TEXT_OF: Final = {Grain.SHIFT: SHIFT_FACTS, Grain.WEEK: WEEK_FACTS, Grain.CLAIM: CLAIM_FACTS}
FIELDS_OF: Final = {
    Grain.SHIFT: ShiftFacts._fields,
    Grain.WEEK: WeekFacts._fields,
    Grain.CLAIM: ClaimFacts._fields,
}
KEYS_OF: Final = {
    Grain.SHIFT: ("shift_id",),
    Grain.WEEK: ("assistant_id", "employer_id", "week"),
    Grain.CLAIM: ("claim_id",),
}
"""What names a record of each grain, so that what was marked can be found again."""


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


def connection(relations: Mapping[str, Sequence[Mapping[str, int]]]) -> duckdb.DuckDBPyConnection:
    """Return an in-memory DuckDB that holds the input relations of `core.facts.relations`."""
    memory = duckdb.connect(":memory:")
    for name, columns in RELATIONS.items():
        memory.execute(f"CREATE TABLE {name} ({', '.join(f'{column} BIGINT NOT NULL' for column in columns)})")
        rows = [[row[column] for column in columns] for row in relations[name]]
        if rows:
            memory.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(columns))})", rows)
    return memory


def marked(memory: duckdb.DuckDBPyConnection, rules: Sequence[Rule], since: Callable[[Rule], int]) -> Iterator[Marked]:
    """Yield every record that a rule objects to, one scan per grain.

    `since` tells the first day number that a rule judges; before it the rule is not in force.
    """
    for grain in Grain:
        of_grain = [rule for rule in rules if rule.grain is grain]
        columns = Columns(FIELDS_OF[grain])
        facts = memory.sql(TEXT_OF[grain])
        verdicts = [
            (rule.objects(columns) & (columns.work_on >= duckdb.ConstantExpression(since(rule)))).alias(rule.code)
            for rule in of_grain
        ]
        keys = [duckdb.ColumnExpression(key) for key in KEYS_OF[grain]]
        for row in facts.select(*keys, *verdicts).fetchall():
            key, says = row[: len(keys)], row[len(keys) :]
            for rule, objects in zip(of_grain, says, strict=True):
                if objects:
                    yield Marked(rule.code, tuple(key))
