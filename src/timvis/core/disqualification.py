"""Jäv: who stands too near those a claim concerns to have a hand in it (FL 16–17 §§, KL 6 kap. 28 §)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class InterestKind(StrEnum):
    """What a person is to another, or to a company."""

    SPOUSE = "spouse"
    PARTNER = "partner"
    CHILD = "child"
    PARENT = "parent"
    SIBLING = "sibling"
    OTHER_CLOSE = "other_close"
    OWNER = "owner"
    BOARD_MEMBER = "board_member"
    EMPLOYEE = "employee"
    SUBORDINATE = "subordinate"


CLOSE = frozenset(
    {
        InterestKind.SPOUSE,
        InterestKind.PARTNER,
        InterestKind.CHILD,
        InterestKind.PARENT,
        InterestKind.SIBLING,
        InterestKind.OTHER_CLOSE,
    }
)
"""Kinds that hold both ways: whose spouse is his wife, whose child has her as a parent."""

IN_CHARGE = frozenset({InterestKind.OWNER, InterestKind.BOARD_MEMBER})
"""Kinds that make a company's affairs one's own, so that those close to one stand near it too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interest:
    """That `number` (a person) has an interest in what concerns `other_number` (a person or a company).

    A subordinate's chief is the other one, whose own affairs she should not have to judge.
    """

    number: str
    other_number: str
    kind: InterestKind
    valid_from: date | None = None
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the interest is there on a day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day < self.valid_to)


def too_near(concerned: Collection[str], interests: Iterable[Interest], on: date) -> frozenset[str]:
    """Return the numbers of everybody who may not handle what concerns some persons and companies on a day.

    Those concerned themselves; who owns, sits in the board of, works for or is subordinate to one of them; and
    whoever is close to a person concerned or to somebody in charge of a company concerned.
    """
    holding = [one for one in interests if one.holds_on(on)]
    concerned = frozenset(concerned)
    in_charge = {one.number for one in holding if one.kind in IN_CHARGE and one.other_number in concerned}
    parties = concerned | in_charge
    near = {one.number for one in holding if one.kind not in CLOSE and one.other_number in concerned}
    for one in holding:
        if one.kind in CLOSE:
            near |= {one.number} if one.other_number in parties else set()
            near |= {one.other_number} if one.number in parties else set()
    return parties | near
