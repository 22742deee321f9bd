"""The attest slip: what somebody signed, to the letter, with its row in the log, to be proved far from Timvis.

Three things hold a slip together. Its content has the digest that was signed, and the statement the digest that
the content names. Who, what, when and over which digest stand in the row of the log, whose own digest is told.
And the log, where an export of it is at hand, has that very row at that very place behind an unbroken seal. The
first two are asked of the slip alone; a forger who writes everything anew is caught by the third.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from timvis.core.audit_chain import Checkpoint, LogRow, SealRow, digest_of_row, verify
from timvis.core.statement import Statement, digest_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who signed which step of which claim, as what, when (UTC) and by which right of a list, if any."""

    claim_number: str
    round: int
    step: str
    act: str
    person_id: int
    person_name: str
    role: str
    right: str
    signed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceInLog:
    """Behind which seal a row lies: the seal's number and digest, and the row's place in it, from 1."""

    seal: int
    seal_digest: str
    row: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """A signature with everything it was over; `place` is None while the row is not sealed yet."""

    shown: Mapping[str, Any]
    shown_digest: str
    statement: Statement
    signature: Signature
    log_row: LogRow
    log_row_digest: str
    place: PlaceInLog | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipProblem:
    """What does not hold: the field that was changed or the bond that is broken, and a Swedish sentence."""

    field: str
    message: str


def problems_of(slip: Slip) -> tuple[SlipProblem, ...]:
    """Return everything about a slip that contradicts itself; nothing means that it is of one piece."""
    return tuple(SlipProblem(field=field, message=_SAYS[why]) for field, why in _broken(slip))


def problems_in_log(
    slip: Slip, rows: Sequence[LogRow], seals: Sequence[SealRow], checkpoint: Checkpoint | None = None
) -> tuple[SlipProblem, ...]:
    """Return what keeps an exported log from bearing a slip out: it is not whole, or has another row or none."""
    verdict = verify(rows, seals, checkpoint)
    if not verdict.ok:
        return (SlipProblem(field=f"log.seal[{verdict.at_seal}]", message=_SAYS["log_is_broken"]),)
    same = next((row for row in rows if row.id == slip.log_row.id), None)
    if same is None or digest_of_row(same) != slip.log_row_digest:
        return (SlipProblem(field="log_row", message=_SAYS["row_is_not_in_log"]),)
    if slip.place is not None and slip.place != _place(same, rows, seals):
        return (SlipProblem(field="place", message=_SAYS["place_is_another"]),)
    return ()


def _broken(slip: Slip) -> Iterator[tuple[str, str]]:
    shown, signature, row = slip.shown, slip.signature, slip.log_row
    if digest_of(shown) != slip.shown_digest:
        yield "shown", "shown_is_changed"
    if slip.statement.digest != shown.get("statement"):
        yield "statement", "statement_is_changed"
    if slip.statement.total_ore != shown.get("total_ore"):
        yield "shown.total_ore", "total_is_another"
    if digest_of_row(row) != slip.log_row_digest:
        yield "log_row", "row_is_changed"
    told = {
        "signature.claim_number": (signature.claim_number, shown.get("claim")),
        "signature.round": (signature.round, shown.get("round")),
        "signature.act": (signature.act, row.action),
        "signature.person_id": (signature.person_id, row.person_id),
        "signature.step": (signature.step, row.detail.get("step")),
        "signature.right": (signature.right, row.detail.get("right", "")),
        "signature.signed_at": (signature.signed_at, row.at),
        "shown_digest": (slip.shown_digest, row.detail.get("shown_digest")),
        "log_row.round": (signature.round, row.detail.get("round")),
        "log_row.outcome": (row.outcome, "done"),
    }
    yield from ((field, "differs_from_log") for field, (one, other) in told.items() if one != other)


def _place(row: LogRow, rows: Sequence[LogRow], seals: Sequence[SealRow]) -> PlaceInLog | None:
    seal = next((one for one in seals if one.first_entry_id <= row.id <= one.last_entry_id), None)
    if seal is None:
        return None
    before = [one for one in rows if seal.first_entry_id <= one.id <= row.id]
    return PlaceInLog(seal=seal.number, seal_digest=seal.digest, row=len(before))


_SAYS = {
    "shown_is_changed": "Det visade stämmer inte med den kontrollsumma som signerades.",
    "statement_is_changed": "Beräkningens rader stämmer inte med den kontrollsumma som visades.",
    "total_is_another": "Summan är en annan än summan av beräkningens rader.",
    "row_is_changed": "Loggraden stämmer inte med sin kontrollsumma.",
    "differs_from_log": "Uppgiften är en annan än den som loggen och det visade har.",
    "log_is_broken": "Loggen är inte hel, så den bevisar ingenting.",
    "row_is_not_in_log": "Loggen har ingen sådan rad.",
    "place_is_another": "Raden står på en annan plats i loggen än intyget säger.",
}
