"""A bank reached by folders that a transfer program empties and fills."""

import os
from contextlib import AbstractContextManager
from pathlib import Path

from timvis.gateways.bank.channel import AnswerFile
from timvis.gateways.lock import alone_in

STAGED, OUT, ANSWERS, SETTLED = "staged", "out", "answers", "settled"


class FolderBank:
    """Folders under one root, on one disk: `staged`, `out` (the bank fetches), `answers`, `settled`.

    A rename inside a disk happens whole or not at all; the folders are flushed too, since a name that is only
    in memory is lost with the power.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        for folder in (STAGED, OUT, ANSWERS, SETTLED):
            (root / folder).mkdir(mode=0o700, parents=True, exist_ok=True)

    def alone(self) -> AbstractContextManager[bool]:
        """Hold the channel for one run; False while another run has it. A crash lets go of it."""
        return alone_in(self._root)

    def stage(self, name: str, content: bytes) -> None:
        """Keep a file on disk, flushed, where the bank does not see it."""
        with open(self._path(STAGED, name), "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        self._flush(STAGED)

    def deliver(self, name: str) -> None:
        """Move a staged file to the bank; when it is no longer staged it has been delivered already."""
        self._move(name, STAGED, OUT)

    def answers(self) -> tuple[AnswerFile, ...]:
        """Return the answers that nobody has settled yet, in the order of their names."""
        return tuple(
            AnswerFile(name=path.name, content=path.read_bytes())
            for path in sorted((self._root / ANSWERS).iterdir())
            if path.is_file()
        )

    def settle(self, name: str) -> None:
        """Put an answer aside: everything in it is taken care of. Doing it again changes nothing."""
        self._move(name, ANSWERS, SETTLED)

    def _move(self, name: str, from_folder: str, to_folder: str) -> None:
        source = self._path(from_folder, name)
        if source.exists():
            os.replace(source, self._path(to_folder, name))
            self._flush(to_folder)
            self._flush(from_folder)

    def _path(self, folder: str, name: str) -> Path:
        if Path(name).name != name:
            raise ValueError(f"{name!r} is not a bare file name")
        return self._root / folder / name

    def _flush(self, folder: str) -> None:
        handle = os.open(self._root / folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
