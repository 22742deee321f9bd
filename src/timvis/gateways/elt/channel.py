"""What a way to Försäkringskassan can do, and the two ways in which it can fail."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol

SECONDS_BETWEEN_CALLS = 1.0
"""About one call a second; whoever sends faster is disconnected."""


class NotReceived(Exception):
    """The message surely did not arrive: no connection was made. It can be sent again later."""


class OutcomeUnknown(Exception):
    """The message left, and no readable answer came. Nobody but the receiver knows, and the machine never resends."""


class EltChannel(Protocol):
    """A way to send one message at a time."""

    def alone(self) -> AbstractContextManager[bool]:
        """Hold the channel for one run; False while another run has it. A crash lets go of it."""

    def send(self, message: bytes) -> bytes:
        """Return the receiver's answer. Raises `NotReceived` or `OutcomeUnknown`."""


class Pace:
    """Holds calls apart: at most one per `seconds`, also when the first calls of a run are quick."""

    def __init__(
        self,
        seconds: float = SECONDS_BETWEEN_CALLS,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._seconds, self._clock, self._sleep = seconds, clock, sleep
        self._earliest: float | None = None

    def wait(self) -> None:
        """Wait until the next call may be made."""
        if self._earliest is not None and (left := self._earliest - self._clock()) > 0:
            self._sleep(left)
        self._earliest = self._clock() + self._seconds
