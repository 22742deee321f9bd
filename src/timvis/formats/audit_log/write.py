"""A log → lines of JSON, and a checkpoint → its text."""

import json
from collections.abc import Iterable, Iterator

from timvis.core.audit_chain import Checkpoint, LogRow, SealRow


def lines(seals: Iterable[SealRow], rows: Iterable[LogRow]) -> Iterator[str]:
    """Return the lines of an exported log: every seal, then every row, each ending in a line break."""
    for seal in seals:
        yield _line("seal", {name: getattr(seal, name) for name in SealRow.__slots__})
    for row in rows:
        yield _line("row", {name: getattr(row, name) for name in LogRow.__slots__})


def checkpoint_text(checkpoint: Checkpoint) -> str:
    """Return a checkpoint as it is kept outside the installation."""
    return json.dumps({"number": checkpoint.number, "digest": checkpoint.digest}) + "\n"


def _line(kind: str, fields: dict[str, object]) -> str:
    return json.dumps({"kind": kind, **fields}, ensure_ascii=False, default=_moment) + "\n"


def _moment(value: object) -> str:
    isoformat = getattr(value, "isoformat", None)
    if isoformat is None:
        raise TypeError(f"{type(value).__name__} has no place in a log")
    return str(isoformat())
