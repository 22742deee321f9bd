"""`timvis standards`: which official rule sets and schemas are installed in `TIMVIS_STANDARDS`."""

import os
from pathlib import Path

import typer
from rich.table import Table

from timvis.cli.answer import AS_JSON, give, messages, refuse_input, tables
from timvis.core.faults import Fault
from timvis.formats.standards.read import InstalledSet, installed, wanted_files

VARIABLE = "TIMVIS_STANDARDS"

app = typer.Typer(no_args_is_help=True)


@app.callback()
def standards() -> None:
    """Officiella regelverk och scheman: vilka är installerade?"""


@app.command()
def check(as_json: bool = AS_JSON) -> None:
    """Visar vilka officiella regelverk och scheman som är installerade, i vilken version."""
    folder = standards_folder()
    if folder is not None and not folder.is_dir():
        refuse_input([_no_such_folder(folder)], as_json=as_json)
    sets = installed({} if folder is None else contents_in(folder))
    is_complete = all(each.is_complete for each in sets)
    if folder is None:
        messages.print(
            f"{VARIABLE} är inte satt: inga officiella regelverk används, bara våra egna kontroller. "
            "Sätt den till mappen där de ligger.",
            markup=False,
        )
    elif not is_complete:
        messages.print(f"Alla regelverk är inte hela. Lägg det som saknas i {folder}.", markup=False)
    give(
        {"folder": None if folder is None else str(folder), "sets": [_row(each) for each in sets]},
        as_json=as_json,
        show=lambda: _show(sets),
        objects=not is_complete,
    )


def standards_folder() -> Path | None:
    """Return the folder that `TIMVIS_STANDARDS` names, None when it names none."""
    name = os.environ.get(VARIABLE, "")
    return Path(name) if name else None


def contents_in(folder: Path) -> dict[str, bytes]:
    """Return the files of the sets that exist in a standards folder, by path relative to it."""
    return {path: (folder / path).read_bytes() for path in wanted_files() if (folder / path).is_file()}


def standard_file(path: str) -> bytes | None:
    """Return one official file by its path in the standards folder, None where it is not installed."""
    folder = standards_folder()
    if folder is None or not (folder / path).is_file():
        return None
    return (folder / path).read_bytes()


def _row(each: InstalledSet) -> dict[str, object]:
    """Return a set as it stands in the JSON answer."""
    return {
        "name": each.name,
        "version": each.version,
        "digest": each.digest,
        "complete": each.is_complete,
        "missing": list(each.missing),
    }


def _show(sets: tuple[InstalledSet, ...]) -> None:
    """Print the sets as a table."""
    table = Table("Regelverk", "Vad", "Version", "Hel", "Kontrollsumma")
    for each in sets:
        complete = "ja" if each.is_complete else f"nej, {len(each.missing)} filer saknas"
        table.add_row(each.name, each.label, each.version or "–", complete, (each.digest or "–")[:12])
    tables.print(table)


def _no_such_folder(folder: Path) -> Fault:
    """Return the fault of a variable that names no folder."""
    return Fault(
        code="folder_is_missing",
        message=f"{VARIABLE} är {folder}, men någon sådan mapp finns inte.",
        remedy=f"Rätta {VARIABLE}, eller ta bort den för att köra utan officiella regelverk.",
        file=str(folder),
    )
