"""`timvis bulk generate` and `timvis bulk review`: the same rules over a population, on columns."""

import time
from collections.abc import Callable
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress
from rich.table import Table

from timvis.bulk import duckdb_engine
from timvis.bulk.population import MOST_PARTS, MOST_SHIFTS, PARTS, generate
from timvis.cli.answer import AS_JSON, give, messages, refuse_input, stop_at_gap, tables
from timvis.core.faults import Fault
from timvis.core.law import LawGap, LawReader
from timvis.core.review.rules import RULES
from timvis.formats.law.packaged import load_law

app = typer.Typer(add_completion=False, no_args_is_help=True)


class Engine(StrEnum):
    """What a population can be reviewed on."""

    DUCKDB = "duckdb"


REVIEW_ON = {Engine.DUCKDB: duckdb_engine.review}


@app.command("generate")
def generate_population(
    shifts: Annotated[int, typer.Option("--shifts", metavar="N", help="Hur många pass.")],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="En ny mapp.")],
    seed: Annotated[int, typer.Option("--seed", metavar="S", help="Samma tal ger samma befolkning.")] = 1,
    parts: Annotated[int, typer.Option("--parts", metavar="P", help="Hur många delar.")] = PARTS,
    as_json: bool = AS_JSON,
) -> None:
    """Skapa ett år av pass för påhittade personer, med fel utlagda i dem."""
    faults = [*_outside("shifts", shifts, MOST_SHIFTS), *_outside("parts", parts, MOST_PARTS), *_not_new(out)]
    if faults:
        refuse_input(faults, as_json=as_json)
    began = time.perf_counter()
    try:
        with _progress(as_json) as shown:
            made = generate(
                out, shifts=shifts, seed=seed, parts=parts, law=LawReader(load_law()), on_part=_told(shown, "Skapar")
            )
    except LawGap as gap:
        stop_at_gap(gap, as_json=as_json)
    document = {
        "rows": made.shifts,
        **asdict(made),
        "seconds": round(time.perf_counter() - began, 2),
        "peak_mb": duckdb_engine.peak_mb(),
    }
    give(
        document,
        as_json=as_json,
        show=lambda: tables.print(
            f"{made.shifts} pass · {made.recipients} brukare · {made.assistants} assistenter · {made.claims} anspråk"
        ),
    )


@app.command("review")
def review_population(
    rows: Annotated[Path, typer.Option("--rows", metavar="DIR", help="Mappen med delar.")],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="En ny mapp för iakttagelserna.")],
    engine: Annotated[Engine, typer.Option("--engine", help="Vad granskningen körs på.")] = Engine.DUCKDB,
    as_json: bool = AS_JSON,
) -> None:
    """Granska en befolkning med samma regler som en enda tidrapport."""
    in_the_way = _not_new(out)
    if in_the_way:
        refuse_input(in_the_way, as_json=as_json)
    try:
        with _progress(as_json) as shown:
            outcome = REVIEW_ON[engine](
                rows, out, rules=list(RULES.values()), law=load_law(), on_part=_told(shown, "Granskar")
            )
    except LawGap as gap:
        stop_at_gap(gap, as_json=as_json)
    if isinstance(outcome, tuple):
        refuse_input(outcome, as_json=as_json)
    give(asdict(outcome), as_json=as_json, show=lambda: _show(outcome), objects=outcome.findings > 0)


def _progress(as_json: bool) -> Progress:
    return Progress(console=messages, transient=True, disable=as_json or not messages.is_terminal)


def _told(shown: Progress, what: str) -> Callable[[int, int], None]:
    task = shown.add_task(what, total=None)
    return lambda part, of: shown.update(task, completed=part, total=of)


def _show(outcome: duckdb_engine.BulkReview) -> None:
    tables.print(
        f"{outcome.rows} pass · {outcome.rules} regler · {outcome.findings} iakttagelser · "
        f"{outcome.seconds} s · {outcome.peak_mb} MB"
    )
    table = Table(box=None, pad_edge=False)
    table.add_column("Iakttagelse")
    table.add_column("Antal", justify="right")
    for code, count in sorted(outcome.by_rule.items(), key=lambda found: -found[1]):
        if count:
            table.add_row(RULES[code].label, str(count))
    tables.print(table)


def _outside(option: str, value: int, most: int) -> tuple[Fault, ...]:
    if 1 <= value <= most:
        return ()
    return (
        Fault(
            code="number_not_readable",
            message=f"--{option} är {value}; det ska vara ett tal från 1 till {most}.",
            remedy="Skriv ett tal däremellan.",
            column=f"--{option}",
        ),
    )


def _not_new(out: Path) -> tuple[Fault, ...]:
    if not out.exists() or (out.is_dir() and not any(out.iterdir())):
        return ()
    return (
        Fault(
            code="folder_not_empty",
            message=f"{out.name} finns redan och är inte en tom mapp.",
            remedy="Ange en ny mapp; annars blandas det nya med det gamla.",
            column="--out",
        ),
    )
