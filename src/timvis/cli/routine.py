"""`timvis routine`: a municipality's routine, proved, drawn, compared, and tried on last year's claims.

Only what asks for a kept version or for claims starts Django; to prove a file takes no database.
"""

import sys
from dataclasses import asdict
from importlib import import_module
from pathlib import Path

import typer

from timvis.cli.answer import AS_JSON, give, refuse_input, tables
from timvis.cli.checked_file import content_of, refuse_file
from timvis.cli.proof_told import document_of, show
from timvis.core.faults import Fault
from timvis.core.routine.check import prove
from timvis.core.routine.diff import Change
from timvis.core.routine.diff import diff as differences
from timvis.core.routine.records import Routine
from timvis.formats.routine.draw import draw
from timvis.formats.routine.packaged import packaged_routine
from timvis.formats.routine.read import read
from timvis.formats.routine.shelf import packaged_shelf

FILE = typer.Argument(..., metavar="FILE", help="Rutinen, som TOML.")
WHICH = "En fil, en rutin som följer med (kommun/rutin) eller en sparad version (kommun/rutin@2)."

app = typer.Typer(no_args_is_help=True)


@app.callback()
def routine() -> None:
    """Kommunens rutiner: vem som gör vad, i vilken ordning."""


@app.command()
def check(file: Path = FILE, as_json: bool = AS_JSON) -> None:
    """Bevisar en rutin: den når alltid sitt slut, och ingen för ensam ett ärende till betalning. Eller visar hur."""
    found = _routine_of(file, as_json=as_json)
    verdict = prove(found, packaged_shelf())
    give(
        document_of(verdict),
        as_json=as_json,
        show=lambda: show(file.name, found, verdict),
        objects=bool(verdict.problems),
    )


@app.command("draw")
def draw_file(file: Path = FILE) -> None:
    """Ritar en rutin som SVG på standard ut: stegen i ordning och vilka som måste vara olika personer."""
    sys.stdout.write(draw(_routine_of(file, as_json=False)))


@app.command()
def diff(
    before: str = typer.Argument(..., metavar="A", help=WHICH),
    after: str = typer.Argument(..., metavar="B", help=WHICH),
    as_json: bool = AS_JSON,
) -> None:
    """Visar vad som skiljer två rutiner, ändring för ändring."""
    changes = differences(_routine_named(before, as_json=as_json), _routine_named(after, as_json=as_json))
    give(
        {"changes": [asdict(change) for change in changes]},
        as_json=as_json,
        show=lambda: _show_changes(changes),
    )


@app.command()
def simulate(
    file: Path = FILE,
    municipality: str = typer.Option("", "--municipality", help="Vems ärenden; annars rutinens egen kommuns."),
    as_json: bool = AS_JSON,
) -> None:
    """Låter förra årets ärenden gå genom en rutin: vad hade blivit annorlunda? Ingenting sparas."""
    routine = _routine_of(file, as_json=as_json)
    import_module("timvis.cli.database")
    import_module("timvis.cli.simulating").run(routine, municipality or routine.municipality, as_json=as_json)


def _routine_of(file: Path, *, as_json: bool) -> Routine:
    """Return the routine that a file holds, or answer with its faults and end."""
    found = read(content_of(file, as_json=as_json), source=file.name)
    if isinstance(found, tuple):
        refuse_file(file, found, as_json=as_json)
    return found


def _routine_named(which: str, *, as_json: bool) -> Routine:
    """Return the routine of a file, of the package or of the database, or answer that there is none and end."""
    slug, _at, number = which.partition("@")
    if not (number.isascii() and number.isdecimal()):
        shipped = None if Path(which).exists() else packaged_routine(which)
        return shipped or _routine_of(Path(which), as_json=as_json)
    import_module("timvis.cli.database")
    kept: Routine | None = import_module("timvis.cli.simulating").kept_version(slug, int(number))
    if kept is None:
        refuse_input((_no_such_version(which),), as_json=as_json)
    return kept


def _no_such_version(which: str) -> Fault:
    return Fault(
        code="no_such_version",
        message=f"Det finns ingen sparad version {which}.",
        remedy="Skriv kommun/rutin@nummer, som versionerna heter på rutinens sida, eller en fil.",
    )


def _show_changes(changes: tuple[Change, ...]) -> None:
    for change in changes:
        tables.print(change.sentence, markup=False, soft_wrap=True)
    if not changes:
        tables.print("Rutinerna är lika.")
