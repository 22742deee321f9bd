"""Attest rights: what a board has adopted about who signs, and whether it reaches a signature.

A list holds for at most a year. A right is for one act, one responsibility code or all. Who holds it on which day
is `board_lists`' to say.
"""

from dataclasses import dataclass
from datetime import date

from timvis.core.faults import Refusal
from timvis.core.routine.board_lists import BoardList, ListedRight, RightHeld, RightsBook, right_among
from timvis.core.routine.records import Act


@dataclass(frozen=True, slots=True, kw_only=True)
class AttestRight(ListedRight):
    """One row of an attest list; `responsibility` None reaches every code."""

    act: Act
    responsibility: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AttestList(BoardList[AttestRight]):
    """What one board adopted about attests."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttestBook(RightsBook[AttestRight]):
    """Everything that attest rights are judged on, as it was known at one moment."""


def right_for(
    book: AttestBook, *, person_id: int, act: Act, responsibility: str, amount_ore: int, on: date
) -> RightHeld[AttestRight] | Refusal:
    """Return the right by which a person may do an act on a day, or why she may not, in the order of `Refusal`.

    `responsibility` is the code on the claim; where it has none (""), only rights for every code reach it.
    """

    def covers(right: AttestRight) -> bool:
        return right.act is act and right.responsibility in (None, responsibility or None)

    return right_among(book, covers, person_id=person_id, amount_ore=amount_ore, on=on, missing=Refusal.NO_ATTEST_RIGHT)
