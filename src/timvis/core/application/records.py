"""Everything an application is judged on, as immutable records."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from timvis.core.calculation.sick_cost.records import SickCase
from timvis.core.quantities import Ore
from timvis.core.records import Instant
from timvis.core.routine.terms import IfMissing


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One assistant's absence, as it was applied for and with the routine's choices; `number` counts from 1."""

    number: int
    assistant_number: str
    assistant_name: str
    case: SickCase

    @property
    def label(self) -> str:
        """What the part is called among the others."""
        return self.assistant_name or f"Assistent {self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingPaper:
    """A document the routine asks for that has not come in."""

    code: str
    text: str
    if_missing: IfMissing | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimedBefore:
    """A shift of one part's that somebody has already been asked to pay for.

    `case_number` is "" where it is another recipient's: who that is is nobody's business here. `is_by_clock`
    False: only the day is known to be the same.
    """

    part: int
    work_on: date
    start_at: Instant
    end_at: Instant
    case_number: str
    is_by_clock: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownSpell:
    """An absence of the same assistant's with the same employer, known from an application that is worked out.

    `deducted_ore` and `deducted_minutes` are what was taken of its qualifying deduction.
    """

    part: int
    case_number: str
    first_on: date
    last_on: date
    deducted_ore: Ore
    deducted_minutes: int | Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationCase:
    """Everything an application is judged on, besides the law and the agreements.

    `latest_on` is the last day to apply by the routine's own word, None where it sets none. `invoiced` are the
    invoices that somebody has asked to be paid on for the same recipient and months. `agent_lacks`: what the
    power of attorney of whoever applied does not say, "" when nothing is missing; `receiver_lacks` the same of
    somebody else's account.
    """

    parts: tuple[Part, ...]
    received_on: date
    latest_on: date | None = None
    missing: tuple[MissingPaper, ...] = ()
    claimed_before: tuple[ClaimedBefore, ...] = ()
    known_spells: tuple[KnownSpell, ...] = ()
    invoiced: tuple[str, ...] = ()
    agent_lacks: str = ""
    receiver_lacks: str = ""
