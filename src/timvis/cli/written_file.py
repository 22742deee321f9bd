"""Files that a command leaves behind: whole or not at all, and for their owner only."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from timvis.core.faults import Fault


def write_files(folder: Path, contents: Mapping[str, bytes]) -> tuple[Path, ...] | Fault:
    """Return where the files lie, the folder made if it is missing, or why they cannot be written.

    Every file is flushed under a name of its own before the first one gets its real name, so that a full disk
    leaves nothing behind.
    """
    staged: list[tuple[str, Path]] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for content, target in ((content, folder / name) for name, content in contents.items()):
            staged.append((_staged(folder, content), target))
        for temporary, target in staged:
            os.replace(temporary, target)
    except OSError:
        for temporary, _ in staged:
            Path(temporary).unlink(missing_ok=True)
        return Fault(
            code="file_cannot_be_written",
            message="Det går inte att skriva i mappen.",
            remedy="Ange en mapp som du får skriva i, och se efter att disken inte är full.",
            file=str(folder),
        )
    return tuple(target for _, target in staged)


def _staged(folder: Path, content: bytes) -> str:
    """Return the name of a flushed temporary file beside where the real one will be."""
    handle, name = tempfile.mkstemp(dir=folder, prefix=".timvis-")
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    return name
