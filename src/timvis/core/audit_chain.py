"""The chain over the log: how a seal is made, and how anyone can prove later that nothing was touched.

A seal takes up the rows since the seal before it, in id order. Its digest begins with that seal's digest,
folds in one row after the other, and ends with the seal's own number, bounds and count. Changing, removing,
adding or moving a sealed row, or a seal, changes every later digest; cutting off the end is seen against a
checkpoint kept elsewhere. Ids may have gaps (PostgreSQL never gives back the number of a transaction that
failed), so completeness rests on each seal's count, never on the ids.

Everything here works on records alone: an exported log can be verified without the database it came from.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from itertools import chain
from typing import Any

BEFORE_THE_FIRST = "0" * 64
"""The digest that the first seal builds on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogRow:
    """One row of the log: who saw or did what, to whom, why, and how it ended. `at` is in UTC."""

    id: int
    at: datetime
    person_id: int | None
    role: str
    action: str
    object_kind: str
    object_id: str
    recipient_id: int | None
    municipality: str
    reason: str
    outcome: str
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class SealRow:
    """One seal over `entries` rows, the first and last of which are named. Numbers have no gaps."""

    number: int
    first_entry_id: int
    last_entry_id: int
    entries: int
    digest: str
    previous_digest: str
    sealed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """What is kept outside the installation: which seal stood last, and with which digest."""

    number: int
    digest: str


class Break(StrEnum):
    """In which way a log is not whole."""

    SEAL_IS_MISSING = "seal_is_missing"
    SEAL_DOES_NOT_FOLLOW = "seal_does_not_follow"
    ROW_IS_MISSING_OR_ADDED = "row_is_missing_or_added"
    ROW_OR_SEAL_IS_CHANGED = "row_or_seal_is_changed"
    LOG_ENDS_BEFORE_CHECKPOINT = "log_ends_before_checkpoint"
    LOG_DIFFERS_FROM_CHECKPOINT = "log_differs_from_checkpoint"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a verification came to: counts, and the first break if there is one."""

    entries: int
    seals: int
    unsealed: int
    broken: Break | None = None
    at_seal: int | None = None

    @property
    def ok(self) -> bool:
        """Whether the log is whole."""
        return self.broken is None


def canonical(row: LogRow) -> str:
    """Return a row in its one writing: sorted keys, no spaces, the moment in UTC with microseconds."""
    fields = {name: getattr(row, name) for name in LogRow.__slots__} | {"at": _moment(row.at)}
    return json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of_row(row: LogRow) -> str:
    """Return the SHA-256 of a row in its one writing, lower-case hex."""
    return hashlib.sha256(canonical(row).encode()).hexdigest()


def seal(rows: Iterable[LogRow], previous: SealRow | None, sealed_at: datetime) -> SealRow | None:
    """Return the seal over rows in id order that follows `previous`, None when there are no rows."""
    before = previous.digest if previous else BEFORE_THE_FIRST
    digest, first, last, count = before, 0, 0, 0
    for row in rows:
        digest = _fold(digest, canonical(row))
        first, last, count = first or row.id, row.id, count + 1
    if not count:
        return None
    number = previous.number + 1 if previous else 1
    end = f"{number}:{first}:{last}:{count}:{_moment(sealed_at)}"
    return SealRow(
        number=number,
        first_entry_id=first,
        last_entry_id=last,
        entries=count,
        digest=_fold(digest, end),
        previous_digest=before,
        sealed_at=sealed_at,
    )


def verify(
    rows: Iterable[LogRow],
    seals: Sequence[SealRow],
    checkpoint: Checkpoint | None = None,
) -> Verdict:
    """Return whether rows (in id order) and seals (in number order) are whole, and up to the checkpoint."""
    waiting = iter(rows)
    previous: SealRow | None = None
    seen = 0
    for given in seals:
        mine: list[LogRow] = []
        for row in waiting:
            if row.id > given.last_entry_id:
                waiting = chain((row,), waiting)
                break
            mine.append(row)
        seen += len(mine)
        broken = _break_at(given, previous, mine)
        if broken:
            return Verdict(entries=seen, seals=len(seals), unsealed=0, broken=broken, at_seal=given.number)
        previous = given
    unsealed = sum(1 for _ in waiting)
    broken = _break_against(checkpoint, seals)
    return Verdict(
        entries=seen + unsealed,
        seals=len(seals),
        unsealed=unsealed,
        broken=broken,
        at_seal=checkpoint.number if checkpoint and broken else None,
    )


def _break_at(given: SealRow, previous: SealRow | None, rows: Sequence[LogRow]) -> Break | None:
    expected = seal(rows, previous, given.sealed_at)
    if given.number != (previous.number + 1 if previous else 1):
        return Break.SEAL_IS_MISSING
    if given.previous_digest != (previous.digest if previous else BEFORE_THE_FIRST):
        return Break.SEAL_DOES_NOT_FOLLOW
    if expected is None or (expected.entries, expected.first_entry_id) != (
        given.entries,
        given.first_entry_id,
    ):
        return Break.ROW_IS_MISSING_OR_ADDED
    return None if expected == given else Break.ROW_OR_SEAL_IS_CHANGED


def _break_against(checkpoint: Checkpoint | None, seals: Sequence[SealRow]) -> Break | None:
    if checkpoint is None:
        return None
    kept = {given.number: given.digest for given in seals}
    if checkpoint.number not in kept:
        return Break.LOG_ENDS_BEFORE_CHECKPOINT
    return None if kept[checkpoint.number] == checkpoint.digest else Break.LOG_DIFFERS_FROM_CHECKPOINT


def _fold(digest: str, text: str) -> str:
    return hashlib.sha256(f"{digest}\n{text}".encode()).hexdigest()


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
