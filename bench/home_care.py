"""A city's month of home care: every visit read and kept, summed, laid beside the orders, and asked what looks odd."""

import json
import os
import resource
import subprocess
import sys
from datetime import UTC, date, datetime
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from bench.home_care_month import PROVIDERS, Helped, helped, table
from bench.told import Row, Table, spaced, timed

TODAY = date(2026, 4, 1)
NOW = datetime(2026, 4, 1, 8, 0, tzinfo=UTC)
FILE_NAME = "mars.csv"
IMPORT_GOAL, RECONCILE_GOAL = 60, 5
"""Seconds that a month may take."""


def tables(home: Path) -> tuple[Table, ...]:
    """Return what the month takes, in a process and a database of its own."""
    environment = os.environ | {"TIMVIS_HOME": str(home), "TIMVIS_MODE": "test"}
    environment.pop("DATABASE_URL", None)
    answer = subprocess.run(
        [sys.executable, "-m", "bench.home_care"], env=environment, check=True, capture_output=True, text=True
    )
    told: dict[str, Any] = json.loads(answer.stdout.splitlines()[-1])
    read, kept, reconciled = told["read"], told["kept"], told["reconciled"]
    return (
        Table(
            title=f"{spaced(told['visits'])} visits to {spaced(told['recipients'])} recipients, a month of home care",
            rows=(
                Row(what="the providers' files read", took=f"{read:.1f} s", note=f"{PROVIDERS} files"),
                Row(
                    what="read, laid beside orders and earlier visits, kept, logged",
                    took=f"{kept:.1f} s",
                    times=kept / read,
                    note=f"goal {IMPORT_GOAL} s; at most {told['peak_mb']} MB",
                ),
                Row(
                    what="ordered and performed summed, and the differences sorted",
                    took=f"{reconciled:.1f} s",
                    times=reconciled / read,
                    note=f"goal {RECONCILE_GOAL} s; {spaced(told['lines'])} lines",
                ),
                Row(
                    what="what looks odd in every provider's month",
                    took=f"{told['signals']:.1f} s",
                    times=told["signals"] / read,
                    note=f"{spaced(told['odd'])} signals",
                ),
            ),
        ),
    )


def measure() -> dict[str, Any]:
    """Return the seconds that each part took, and the peak of memory in whole MB."""
    import_module("timvis.cli.database")
    city = import_module("bench.home_care_city")
    persons = helped()
    files = [table(_with(persons, nth)) for nth in range(PROVIDERS)]
    town = city.lay_out(persons)
    read, _ = timed(lambda: [city.read(content, persons) for content in files])
    kept, counts = timed(lambda: [city.hand_in(town, nth, content) for nth, content in enumerate(files)])
    reconciled, lines = timed(partial(city.reconcile, town))
    signals, odd = timed(partial(city.odd, town))
    return {
        "recipients": len(persons),
        "visits": sum(counts),
        "read": read,
        "kept": kept,
        "reconciled": reconciled,
        "lines": lines,
        "signals": signals,
        "odd": odd,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def _with(persons: tuple[Helped, ...], provider: int) -> tuple[Helped, ...]:
    return tuple(person for person in persons if person.provider == provider)


if __name__ == "__main__":
    print(json.dumps(measure()))  # noqa: T201
