"""`make bench`: every comparison in one run, printed as ratios; `--figures FILE` keeps them as Markdown."""

import argparse
import os
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table as Shown

from bench import elt_reports, green_months, invoices, near_duplicates, one_claim, population, sick_cost
from bench.told import Table, markdown, ratio

SIZES = (1_000_000, 5_000_000)
INHABITANTS, MONTHS = 600_000, 12
"""A municipality whose own decisions make a little over 100 000 shifts in a year."""


def main() -> None:
    """Measure, and print each table as soon as it is there."""
    words = argparse.ArgumentParser(description="Measures Timvis beside something to compare it with.")
    words.add_argument("--shifts", type=int, nargs="*", default=SIZES, help="sizes of the populations")
    words.add_argument("--decisions", type=int, default=sick_cost.DECISIONS, help="sick costs made again")
    words.add_argument("--figures", type=Path, help="where to keep the figures as Markdown")
    chosen = words.parse_args()
    told: list[Table] = []
    with tempfile.TemporaryDirectory(prefix="timvis-bench-") as folder:
        whole = (one_claim, invoices, green_months, elt_reports, near_duplicates)
        for table in (table for each in whole for table in each.tables()):
            told.append(shown(table))
        told.extend(shown(table) for table in sick_cost.tables(Path(folder), chosen.decisions))
        for shifts in chosen.shifts:
            told.extend(shown(table) for table in population.tables(Path(folder), shifts))
        told.extend(shown(table) for table in _at_size(Path(folder) / "home"))
    if chosen.figures:
        chosen.figures.write_text(_heading() + markdown(told), encoding="utf-8")


def shown(table: Table) -> Table:
    """Print a table, and return it."""
    printed = Shown(title=table.title, title_justify="left", box=box.SIMPLE)
    for heading in ("", "took", "ratio", ""):
        printed.add_column(heading, justify="right" if heading else "left")
    for row in table.rows:
        printed.add_row(row.what, row.took, ratio(row), row.note)
    Console().print(printed)
    return table


def _at_size(home: Path) -> tuple[Table, ...]:
    """Measure the database at size: an installation of its own, seeded by the ordinary command."""
    # Settings are read once, when Django starts: so the place is chosen before the module that needs it.
    os.environ |= {"TIMVIS_HOME": str(home), "TIMVIS_MODE": "test"}
    os.environ.pop("DATABASE_URL", None)
    seed = ["seed", "--inhabitants", str(INHABITANTS), "--months", str(MONTHS), "--json"]
    subprocess.run([sys.executable, "-c", population.COMMAND, *seed], check=True, stdout=subprocess.DEVNULL)
    import_module("timvis.cli.database")
    told = (import_module(name).tables() for name in ("bench.at_size", "bench.sent_month"))
    return tuple(table for tables in told for table in tables)


def _heading() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**30
    return (
        "# Figures\n\n"
        f"Measured in one run on a machine with {os.cpu_count()} cores and {memory} GB of memory. A ratio is how many "
        "times the first row of its table something took: it says more than the time, which is this machine's.\n\n"
    )


if __name__ == "__main__":
    main()
