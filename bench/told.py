"""How a measurement is taken and told."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One measurement: what it took, and how many times what it is compared with. No `times`: it is the measure."""

    what: str
    took: str
    times: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Measurements that are compared with one another."""

    title: str
    rows: tuple[Row, ...]


def best(work: Callable[[], object], *, times: int) -> float:
    """Return the seconds of the quickest of several runs: what disturbs a run only ever makes it slower."""
    return min(timed(work)[0] for _ in range(times))


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Return the seconds that some work took, and what came of it."""
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result


def ms(seconds: float) -> str:
    """Return seconds as milliseconds."""
    return f"{seconds * 1000:.1f} ms"


def spaced(count: int) -> str:
    """Return a whole number with its thousands apart."""
    return f"{count:,}".replace(",", "\N{NO-BREAK SPACE}")


def markdown(tables: Iterable[Table]) -> str:
    """Return the measurements as the Markdown of `figures/`."""
    lines: list[str] = []
    for table in tables:
        lines += [f"## {table.title}", "", "| | took | ratio | |", "|---|---:|---:|---|"]
        lines += [f"| {row.what} | {row.took} | {ratio(row)} | {row.note} |" for row in table.rows]
        lines.append("")
    return "\n".join(lines)


def ratio(row: Row) -> str:
    """Return how many times the measure a row took."""
    return "1" if row.times is None else f"{row.times:.2f}"
