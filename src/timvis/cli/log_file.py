"""An exported log and a checkpoint as files on the command line: read whole, or every fault and the end."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from timvis.cli.answer import refuse_input
from timvis.core.audit_chain import Checkpoint, LogRow, SealRow
from timvis.core.faults import Fault
from timvis.formats.audit_log import read


def log_in(file: Path, *, as_json: bool) -> tuple[Sequence[SealRow], Sequence[LogRow]]:
    """Return the seals and the rows of an exported log."""
    # Not splitlines(): it would also break at characters that may stand inside a reason.
    text = _text(file, as_json=as_json).removesuffix("\n")
    seals, rows, faults = read.log(text.split("\n") if text else ())
    if faults:
        refuse_input([_in(fault, file) for fault in faults], as_json=as_json)
    return seals, rows


def checkpoint_in(file: Path, *, as_json: bool) -> Checkpoint:
    """Return the checkpoint that a file holds."""
    point = read.checkpoint(_text(file, as_json=as_json))
    if isinstance(point, Fault):
        refuse_input([_in(point, file)], as_json=as_json)
    return point


def _text(file: Path, *, as_json: bool) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        fault = Fault(
            code="file_is_unreadable",
            message=f"Filen går inte att läsa ({type(error).__name__}).",
            remedy="Kontrollera sökvägen och att filen är text i UTF-8.",
            file=str(file),
        )
        refuse_input([fault], as_json=as_json)


def _in(fault: Fault, file: Path) -> Fault:
    return replace(fault, file=str(file))
