"""What reading a handed-in time report gives, whatever the format, and the limits that hold for all."""

import hashlib
import re
import unicodedata
import uuid
from dataclasses import dataclass

from timvis.core.faults import Fault
from timvis.core.records import TimeReport

MAX_BYTES = 20 * 1024 * 1024
"""A year of a large provider's months in a sheet is below 2 MB."""

MAX_ROWS = 50_000
"""A month has 44 640 minutes, so no honest report has more rows than that."""

_KEYS = uuid.UUID("5d4a1f7e-2b0c-5c53-9a52-6f1c1e3f8b21")
_SHOWN_LENGTH = 24
_HIDDEN = frozenset({"Cf", "Cc", "Cn", "Co", "Cs"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """The reports of one original, or everything that is wrong with it: never some of each."""

    reports: tuple[TimeReport, ...] = ()
    faults: tuple[Fault, ...] = ()

    def __post_init__(self) -> None:
        if bool(self.reports) == bool(self.faults):
            raise ValueError("a reading gives reports or faults, never both and never neither")


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why one value cannot be read; a `Fault` once somebody knows where it stood."""

    code: str
    message: str
    remedy: str

    def at(self, line: int | None, column: str | None) -> Fault:
        """Return the fault with its place."""
        return Fault(
            code=self.code,
            message=self.message,
            remedy=self.remedy,
            line=line,
            # A heading may be a member of an enumeration; what leaves here is its plain text.
            column=None if column is None else str(column),
        )


def digest_of(content: bytes) -> str:
    """Return the identity of an original: SHA-256 of its bytes, 64 lower-case hex digits."""
    return hashlib.sha256(content).hexdigest()


def report_key(digest: str, block: str) -> str:
    """Return a key for a report that has none of its own: the same original always gives the same keys.

    It has the form of a UUID, so that a report which came as a table can leave as ELT under the same name.
    """
    return str(uuid.uuid5(_KEYS, f"{digest}/{block}"))


def shown(text: str) -> str:
    """Return a value as it may stand in a message: cut short, and without anything like a personal number."""
    plain = " ".join("".join(" " if hidden_mark(letter) else letter for letter in text).split())
    masked = re.sub(r"\d(?:[\s+-]?\d){5,}", "•••", plain)
    return masked if len(masked) <= _SHOWN_LENGTH else masked[: _SHOWN_LENGTH - 1] + "…"


def hidden_mark(text: str) -> str | None:
    """Return the name of the first character that no eye sees (zero-width, direction, control), or None."""
    if text.isprintable():
        # Python's word for text with nothing of these categories: almost every text, at once.
        return None
    for letter in text:
        if unicodedata.category(letter) in _HIDDEN:
            return f"U+{ord(letter):04X}"
    return None
