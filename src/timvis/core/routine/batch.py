"""A batch of what waits for one person's signature: frozen, deviations first, no line hidden, the sum on top.

"Attest all green" signs the green lines of a batch and no other. A line is green when nothing about it asks for a
look of its own; that it is late asks for a signature, not for a look, so it only comes first among its equals.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from statistics import median_low

from timvis.core.routine.records import Act
from timvis.core.statement import digest_of


class Deviation(StrEnum):
    """What is worth knowing of a line before it is signed, the weightiest first."""

    PAYEE_HAS_CHANGED = "payee_has_changed"
    NEVER_PAID_BEFORE = "never_paid_before"
    PAYEE_IS_MISSING = "payee_is_missing"
    LAW_IS_UNCONFIRMED = "law_is_unconfirmed"
    FINDINGS_WITHOUT_WORD = "findings_without_word"
    FINDINGS_SET_ASIDE = "findings_set_aside"
    AMOUNT_IS_FAR = "amount_is_far"
    NO_EARLIER_MONTH = "no_earlier_month"
    IS_LATE = "is_late"
    IS_DUE_SOON = "is_due_soon"


URGENT = frozenset({Deviation.IS_LATE, Deviation.IS_DUE_SOON})
"""Deviations that ask for haste and not for a look: a line with nothing else is green."""

_ORDER = {deviation: place for place, deviation in enumerate(Deviation)}
_PERCENT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """Where a deviation begins, told on the page and kept in the batch.

    An amount is far from the usual when it differs from the median of the last `months` decided months by more
    than `far_percent` and by more than `far_ore`. A day is close when it is at most `close_days` away. Of what
    waits, a batch takes the `most_lines` that are due first: what a person can look through at one sitting.
    """

    far_percent: int = 20
    far_ore: int = 100_000
    months: int = 6
    close_days: int = 3
    most_lines: int = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A claim that a person may sign now, with what it is compared to.

    `payee` and `paid_to` are name, kind of account and number: where the money will go, and where the last payment
    for the same recipient and provider went (None when there is none). `previous_ore` is what the month before came
    to, `earlier_ore` the decided months before this one, the newest first.
    """

    claim_number: str
    month_on: date
    due_on: date | None
    amount_ore: int
    shown_digest: str
    payee: tuple[str, ...]
    paid_to: tuple[str, ...] | None = None
    previous_ore: int | None = None
    earlier_ore: tuple[int, ...] = ()
    findings_set_aside: int = 0
    findings_without_word: int = 0
    unconfirmed_numbers: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One claim of a batch. `change_ore` is None when there is no decided month before to compare with."""

    claim_number: str
    month_on: date
    due_on: date | None
    amount_ore: int
    shown_digest: str
    payee: tuple[str, ...]
    change_ore: int | None
    usual_ore: int | None
    deviations: tuple[Deviation, ...]

    @property
    def is_green(self) -> bool:
        """Whether nothing about the line asks for a look of its own."""
        return URGENT.issuperset(self.deviations)


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What one person is shown to sign at one sitting, in the order it is shown.

    `beyond` tells how many more wait for the same signature and had no room.
    """

    municipality: str
    act: Act
    person_id: int
    made_on: date
    bounds: Bounds
    lines: tuple[Line, ...]
    beyond: int = 0

    @property
    def sum_ore(self) -> int:
        """The sum of every line."""
        return sum(line.amount_ore for line in self.lines)

    @property
    def green(self) -> tuple[Line, ...]:
        """The lines that "attest all green" signs."""
        return tuple(line for line in self.lines if line.is_green)

    @property
    def green_sum_ore(self) -> int:
        """The sum of the green lines."""
        return sum(line.amount_ore for line in self.green)

    @property
    def digest(self) -> str:
        """SHA-256 over everything in the batch, line by line in its order."""
        return digest_of(self)


def biggest_changes(found: Iterable[Line], most: int = 5) -> tuple[Line, ...]:
    """Return the lines that differ most from their month before, up or down, the biggest first."""
    changed = [line for line in found if line.change_ore]
    return tuple(sorted(changed, key=lambda line: (-abs(line.change_ore or 0), line.claim_number))[:most])


def lines(candidates: Iterable[Candidate], today: date, bounds: Bounds) -> tuple[Line, ...]:
    """Return one line for every candidate: those that ask for a look first, by weight, and then by due day."""
    return tuple(sorted((_line(one, today, bounds) for one in candidates), key=_place))


def batch(
    candidates: Iterable[Candidate],
    *,
    municipality: str,
    act: Act,
    person_id: int,
    today: date,
    bounds: Bounds | None = None,
) -> Batch:
    """Return the batch of what a person may sign of one act today; what is due first has room first."""
    chosen = bounds or Bounds()
    waiting = sorted(candidates, key=lambda one: (one.due_on or date.max, one.month_on, one.claim_number))
    with_room = waiting[: chosen.most_lines]
    return Batch(
        municipality=municipality,
        act=act,
        person_id=person_id,
        made_on=today,
        bounds=chosen,
        lines=lines(with_room, today, chosen),
        beyond=len(waiting) - len(with_room),
    )


def _line(one: Candidate, today: date, bounds: Bounds) -> Line:
    usual = median_low(one.earlier_ore[: bounds.months]) if one.earlier_ore else None
    found = _deviations(one, usual, today, bounds)
    return Line(
        claim_number=one.claim_number,
        month_on=one.month_on,
        due_on=one.due_on,
        amount_ore=one.amount_ore,
        shown_digest=one.shown_digest,
        payee=one.payee,
        change_ore=None if one.previous_ore is None else one.amount_ore - one.previous_ore,
        usual_ore=usual,
        deviations=tuple(deviation for deviation in Deviation if deviation in found),
    )


def _deviations(one: Candidate, usual_ore: int | None, today: date, bounds: Bounds) -> set[Deviation]:
    told = {
        Deviation.PAYEE_HAS_CHANGED: one.paid_to is not None and one.paid_to != one.payee,
        Deviation.NEVER_PAID_BEFORE: one.paid_to is None,
        Deviation.PAYEE_IS_MISSING: not one.payee,
        Deviation.LAW_IS_UNCONFIRMED: one.unconfirmed_numbers > 0,
        Deviation.FINDINGS_WITHOUT_WORD: one.findings_without_word > 0,
        Deviation.FINDINGS_SET_ASIDE: one.findings_set_aside > 0,
        Deviation.AMOUNT_IS_FAR: usual_ore is not None and _is_far(one.amount_ore, usual_ore, bounds),
        Deviation.NO_EARLIER_MONTH: usual_ore is None,
        Deviation.IS_LATE: one.due_on is not None and one.due_on < today,
        Deviation.IS_DUE_SOON: one.due_on is not None
        and today <= one.due_on <= today + timedelta(days=bounds.close_days),
    }
    return {deviation for deviation, holds in told.items() if holds}


def _is_far(amount_ore: int, usual_ore: int, bounds: Bounds) -> bool:
    apart = abs(amount_ore - usual_ore)
    return apart > bounds.far_ore and apart * _PERCENT > abs(usual_ore) * bounds.far_percent


def _place(line: Line) -> tuple[bool, int, date, str]:
    weight = _ORDER[line.deviations[0]] if line.deviations else len(_ORDER)
    return line.is_green, weight, line.due_on or date.max, line.claim_number
