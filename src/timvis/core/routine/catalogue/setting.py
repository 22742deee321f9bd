"""What a setting of the catalogue is."""

from dataclasses import dataclass

from timvis.core.routine.records import ClaimKind
from timvis.core.routine.shapes import Shape


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One choice a routine can make: its code, Swedish label, shape, and the variation points it covers.

    `claim_kinds` are the kinds it has a meaning for; `needed_by` those that cannot be handled without it.
    """

    code: str
    label: str
    covers: tuple[str, ...]
    claim_kinds: frozenset[ClaimKind]
    shape: Shape
    needed_by: frozenset[ClaimKind] = frozenset()


EVERY_KIND = frozenset(ClaimKind)
ASSISTANCE = frozenset({ClaimKind.ASSISTANCE, ClaimKind.FIRST_TWENTY_HOURS, ClaimKind.STATE_ASSISTANCE})
HOURS = frozenset({ClaimKind.ASSISTANCE, ClaimKind.HOME_CARE})
SICKNESS = frozenset({ClaimKind.SICK_COST, ClaimKind.SUBSTITUTE_FEE})
HOME = frozenset({ClaimKind.HOME_CARE})
