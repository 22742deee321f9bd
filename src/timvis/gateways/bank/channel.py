"""What a bank channel can do, whichever bank it leads to."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerFile:
    """A file the bank has left for us."""

    name: str
    content: bytes


class BankChannel(Protocol):
    """A way to the bank in two steps, so that a crash never leaves it unknown whether a file has left.

    `stage` keeps a file safely where the bank does not look; `deliver` moves it, whole and at once, to where
    the bank does. Each can be done again: a staged file is written anew, a delivered one stays delivered.
    """

    def alone(self) -> AbstractContextManager[bool]:
        """Hold the channel for one run; False while another run has it. A crash lets go of it."""

    def stage(self, name: str, content: bytes) -> None:
        """Keep a file on disk, flushed, where the bank does not see it."""

    def deliver(self, name: str) -> None:
        """Move a staged file to the bank; when it is no longer staged it has been delivered already."""

    def answers(self) -> tuple[AnswerFile, ...]:
        """Return the answers that nobody has settled yet, in the order of their names."""

    def settle(self, name: str) -> None:
        """Put an answer aside: everything in it is taken care of. Doing it again changes nothing."""
