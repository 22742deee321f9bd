"""Facts of one case: its relations in an in-memory SQLite, the three texts over them, records out."""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from timvis.core.facts.records import ClaimFacts, ShiftFacts, WeekFacts
from timvis.core.facts.relations import RELATIONS
from timvis.core.facts.sql import CLAIM_FACTS, SHIFT_FACTS, WEEK_FACTS


class FactIsMissing(ValueError):
    """A fact came out as NULL. Facts are total; this is our mistake and stops the job."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the rules may see of one case."""

    shifts: tuple[ShiftFacts, ...]
    weeks: tuple[WeekFacts, ...]
    claims: tuple[ClaimFacts, ...]


def derive(relations: Mapping[str, Sequence[Mapping[str, int]]]) -> Facts:
    """Return the facts of one case, ordered by time. Raises `FactIsMissing` when one would be NULL."""
    memory = sqlite3.connect(":memory:")
    try:
        for name, columns in RELATIONS.items():
            memory.execute(f"CREATE TABLE {name} ({', '.join(f'{column} INTEGER NOT NULL' for column in columns)})")
            memory.executemany(
                f"INSERT INTO {name} VALUES ({', '.join('?' * len(columns))})",
                [tuple(row[column] for column in columns) for row in relations[name]],
            )
        return Facts(
            tuple(
                sorted(
                    (ShiftFacts._make(_whole(row)) for row in memory.execute(SHIFT_FACTS)),
                    key=lambda shift: (shift.start_at, shift.end_at, shift.shift_id),
                )
            ),
            tuple(
                sorted(
                    (WeekFacts._make(_whole(row)) for row in memory.execute(WEEK_FACTS)),
                    key=lambda week: (week.week, week.assistant_id),
                )
            ),
            tuple(ClaimFacts._make(_whole(row)) for row in memory.execute(CLAIM_FACTS)),
        )
    finally:
        memory.close()


def _whole(row: tuple[Any, ...]) -> tuple[int, ...]:
    if None in row:
        raise FactIsMissing(f"column {row.index(None)} of a facts row is NULL: {row!r}")
    return row
