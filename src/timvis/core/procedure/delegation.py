"""Delegation: who decides for the board, by kind of case, outcome, amount and day (KL 6:37–38, 7:5–6).

A delegation order is a list that a board adopts, like an attest list: rows for persons and positions, deputies who
wait for their turn, dates, and the newest that holds speaks for its board. To judge somebody's need is a person's
work: a machine decides only where a row says so, and never against anybody (FL 28 §).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from timvis.core.faults import Fault, Refusal
from timvis.core.procedure.decision import NOT_WHOLLY_FAVOURABLE, Outcome
from timvis.core.routine.board_list_faults import faults_of_list, faults_of_right
from timvis.core.routine.board_lists import BoardList, ListedRight, RightHeld, RightsBook, right_among, who_could
from timvis.core.routine.records import ClaimKind

CITES = ("KL 6:37", "KL 6:38", "KL 7:5")


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegationRow(ListedRight):
    """One row of a delegation order: some outcomes for one kind of case, up to an amount or any.

    `may_be_passed_on` is whether a head of administration may delegate it on (KL 7:6); the one it is passed on to
    is a row of her own. `may_be_automated` is off unless the board has said otherwise.
    """

    kind: ClaimKind
    outcomes: frozenset[Outcome]
    may_be_passed_on: bool = False
    may_be_automated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegationOrder(BoardList[DelegationRow]):
    """What one board has adopted about who decides in its place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegationBook(RightsBook[DelegationRow]):
    """Everything that delegation is judged on, as it was known at one moment."""


Delegation = RightHeld[DelegationRow]
"""A row of an order in somebody's hands on a day."""


def may_decide(
    book: DelegationBook, *, person_id: int, kind: ClaimKind, outcome: Outcome, amount_ore: int, on: date
) -> Delegation | Refusal:
    """Return the delegation by which a person may decide so on a day, or why she may not, in the order of `Refusal`.

    `amount_ore` is what the decision is about (`decision.amount_at_stake`).
    """

    def covers(row: DelegationRow) -> bool:
        return row.kind is kind and outcome in row.outcomes

    return right_among(book, covers, person_id=person_id, amount_ore=amount_ore, on=on, missing=Refusal.NOT_DELEGATED)


def who_could_decide(
    book: DelegationBook, *, kind: ClaimKind, outcome: Outcome, amount_ore: int, on: date
) -> tuple[Delegation, ...]:
    """Return everybody who may decide so on a day, by order, row and person."""
    return tuple(
        held
        for held in who_could(book, on)
        if held.right.kind is kind
        and outcome in held.right.outcomes
        and (held.right.up_to_ore is None or amount_ore <= held.right.up_to_ore)
    )


def may_decide_by_itself(
    book: DelegationBook, *, kind: ClaimKind, outcome: Outcome, amount_ore: int, on: date
) -> Delegation | Refusal:
    """Return the delegation by which the system may decide so without a person, or why a person has to (FL 28 §).

    Only what is wholly favourable, and only by a row that the board has marked; the one who holds the row answers
    for it.
    """
    if outcome in NOT_WHOLLY_FAVOURABLE:
        return Refusal.NEEDS_A_HUMAN
    could = who_could_decide(book, kind=kind, outcome=outcome, amount_ore=amount_ore, on=on)
    return next((held for held in could if held.right.may_be_automated), Refusal.NEEDS_A_HUMAN)


def order_faults(drafted: DelegationOrder) -> tuple[Fault, ...]:
    """Return everything that keeps an order from being drafted; `line` counts the rows from 1."""
    return (*faults_of_list(drafted), *(fault for row in drafted.rights for fault in _faults_of(drafted, row)))


def _faults_of(drafted: DelegationOrder, row: DelegationRow) -> Iterator[Fault]:
    yield from faults_of_right(drafted, row, _is_wider)
    if not row.outcomes:
        yield Fault(
            code="outcome_is_missing",
            message=f"Rad {row.number} säger inte vilka beslut den gäller.",
            remedy="Välj minst en utgång: bifall, delavslag eller avslag.",
            line=row.number,
            column="outcomes",
        )
    if row.may_be_automated and row.outcomes & NOT_WHOLLY_FAVOURABLE:
        yield Fault(
            code="automated_row_goes_against_somebody",
            message=f"Rad {row.number} låter systemet fatta beslut som går någon emot.",
            remedy="Låt raden gälla bara bifall, eller ta bort automatiken.",
            line=row.number,
            column="may_be_automated",
        )


def _is_wider(row: DelegationRow, ordinary: DelegationRow) -> bool:
    return (
        row.kind is not ordinary.kind
        or not row.outcomes <= ordinary.outcomes
        or (row.may_be_automated and not ordinary.may_be_automated)
    )
