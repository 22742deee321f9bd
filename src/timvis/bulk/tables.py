"""Tables of whole numbers in DuckDB, and how much of the machine it may take."""

from collections.abc import Mapping, Sequence

import duckdb


def opened(memory_mb: int, *, threads: int = 0) -> duckdb.DuckDBPyConnection:
    """Return an in-memory DuckDB that keeps its tables and sorts within so many megabytes, and spills beyond.

    It uses so many threads; 0 is one for each core.
    """
    memory = duckdb.connect(":memory:")
    memory.execute(f"SET memory_limit = '{memory_mb}MB'")
    memory.execute("SET preserve_insertion_order = false")
    # It would be drawn on standard output, in the middle of a command's JSON.
    memory.execute("SET enable_progress_bar = false")
    # The facts join many shifts to few rows of everything else, and are written in that order. A guess that goes by
    # the ranges of days takes the shifts for the few, and then half the time goes to hashing them.
    memory.execute("SET disabled_optimizers = 'build_side_probe_side'")
    if threads:
        memory.execute(f"SET threads = {threads}")
    return memory


def fill(
    memory: duckdb.DuckDBPyConnection, name: str, columns: Sequence[str], rows: Sequence[Mapping[str, int]]
) -> None:
    """Make a table of whole numbers, never missing, from rows that have those columns."""
    memory.execute(f"CREATE TABLE {name} ({', '.join(f'{column} BIGINT NOT NULL' for column in columns)})")
    # A column at a time: row by row takes a millisecond each.
    memory.execute(
        f"INSERT INTO {name} SELECT {', '.join('unnest(?::BIGINT[])' for _ in columns)}",
        [[row[column] for row in rows] for column in columns],
    )


def number(memory: duckdb.DuckDBPyConnection, text: str) -> int:
    """Return the one number that a query answers with."""
    return int(memory.sql(text).fetchall()[0][0])
