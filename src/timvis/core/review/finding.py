"""A finding: what a rule objects to, with its minutes, its money and its evidence. It proposes; a person disposes."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from timvis.core.quantities import Ore
from timvis.core.records import Instant
from timvis.core.review.rule import Grain, Quantity, Severity
from timvis.core.statement import digest_of


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class ShiftRef:
    """Which row of which report: enough to find it again in the file it came from."""

    report_key: str
    line: int
    work_on: date
    start_minute: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One objection.

    Of grain shift it names the shift and the half-open minutes inside it; of grain week the assistant and the
    running week number; of grain claim neither. `place` tells objections to one invoice apart: its line, or whose
    month. `minutes` is the time it concerns: of a quantity it is what lies beyond the limit as reported, announced
    here and judged again in calculation. `money_at_risk_ore` is None when nobody has decided a rate.
    """

    code: str
    severity: Severity
    grain: Grain
    label: str
    message: str
    cites: tuple[str, ...]
    quantity: Quantity = Quantity.NONE
    shift: ShiftRef | None = None
    assistant_number: str | None = None
    week: int | None = None
    part_from: Instant | None = None
    part_to: Instant | None = None
    minutes: int = 0
    money_at_risk_ore: Ore | None = None
    evidence: tuple[tuple[str, str], ...] = ()
    place: str = ""

    @property
    def key(self) -> str:
        """The finding's own name: the same objection to the same minutes has the same key in the next review."""
        named = [self.code, str(self.shift), self.assistant_number, self.week, self.part_from, self.part_to]
        return digest_of([*named, self.place] if self.place else named)[:24]


class WordKind(StrEnum):
    """The officer's three words on a finding."""

    ACCEPT = "accept"
    SET_ASIDE = "set_aside"
    ASK = "ask"


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What an officer said of a finding; setting one aside takes a reason."""

    kind: WordKind
    reason: str = ""


NEEDS_WORD = frozenset({Severity.REFUSES, Severity.STOPS, Severity.ASKS})
"""The severities that somebody must answer before anything is calculated."""
