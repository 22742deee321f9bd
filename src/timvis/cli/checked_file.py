"""What the commands that check one file have in common: opening it, and answering with a verdict."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, NoReturn

from timvis.cli.answer import give, messages, refuse_input, say
from timvis.core.faults import Fault


def content_of(path: Path, *, as_json: bool) -> bytes:
    """Return a file's bytes, or answer that it cannot be opened and end."""
    try:
        return path.read_bytes()
    except OSError as error:
        refuse_input([_cannot_be_opened(path, error)], as_json=as_json)


def refuse_file(path: Path, faults: Sequence[Fault], *, as_json: bool) -> NoReturn:
    """Answer with the faults of a file that cannot be read, and end."""
    refuse_input([replace(fault, file=path.name) for fault in faults], as_json=as_json)


def give_verdict(
    path: Path, verdict: dict[str, Any], faults: Sequence[Fault], *, summary: str, as_json: bool
) -> NoReturn:
    """Answer with a verdict and what objects to the file, and end: 0 when nothing does, else 1."""
    placed = [replace(fault, file=path.name) for fault in faults]
    say(placed)
    messages.print(summary, markup=False)
    give(
        {"valid": not placed, **verdict, "faults": [asdict(fault) for fault in placed]},
        as_json=as_json,
        objects=bool(placed),
    )


_WHY_NOT = {
    FileNotFoundError: "Filen finns inte.",
    IsADirectoryError: "Det är en mapp, inte en fil.",
    PermissionError: "Filen får inte läsas av dig.",
}


def _cannot_be_opened(path: Path, error: OSError) -> Fault:
    """Return the fault of a file that is not there, or is not ours to read."""
    return Fault(
        code="file_cannot_be_opened",
        message=_WHY_NOT.get(type(error), "Filen kan inte öppnas."),
        remedy="Ange sökvägen till en fil som du får läsa.",
        file=str(path),
    )
