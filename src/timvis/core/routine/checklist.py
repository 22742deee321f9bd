"""The checklist of documents in one case: which the routine wants now, which are in, and which are missing and why.

The routine's `[[evidence]]` rows are the data; here is how they are read. A document that is wanted each time must
have come in about this very case. One that stands (`holds`) serves every case until it is changed or revoked.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from timvis.core.records import ProviderKind
from timvis.core.routine.records import ClaimKind, Needed, Requirement, Routine
from timvis.core.routine.terms import DocumentForm, Holds, IfMissing
from timvis.core.routine.words import DOCUMENT_FORMS

MEETS: Mapping[DocumentForm, frozenset[DocumentForm]] = {
    **{form: frozenset({form}) for form in DocumentForm},
    DocumentForm.ORIGINAL_ON_PAPER: frozenset({DocumentForm.ORIGINAL_ON_PAPER, DocumentForm.COPY}),
    DocumentForm.PDF: frozenset({DocumentForm.PDF, DocumentForm.COPY}),
    DocumentForm.WHOLE: frozenset({DocumentForm.WHOLE, DocumentForm.WHOLE_MASKED, DocumentForm.PAGE_TWO}),
    DocumentForm.WHOLE_MASKED: frozenset({DocumentForm.WHOLE_MASKED, DocumentForm.PAGE_TWO}),
}
"""Which wanted forms a document meets that came in a form: who sends more than was asked for has met what was."""

EACH_TIME = frozenset({Needed.EACH_MONTH, Needed.EACH_CLAIM, Needed.FROM_SICK_DAY, Needed.ON_REQUEST})
"""What is wanted anew in every case, unless the row itself says that it stands."""

ALWAYS = frozenset(
    {
        Needed.BEFORE_START,
        Needed.BEFORE_FIRST_CLAIM,
        Needed.BEFORE_FIRST_PAYMENT,
        Needed.EACH_MONTH,
        Needed.EACH_CLAIM,
    }
)
"""What needs no fact to be wanted: a document due before the first time is still due the second."""


class RowState(StrEnum):
    """How a row of the checklist stands."""

    IN = "in"
    MISSING = "missing"
    OTHER_CASE = "other_case"
    WRONG_FORM = "wrong_form"
    NO_LONGER_HOLDS = "no_longer_holds"
    NOT_NEEDED = "not_needed"
    NOT_KNOWN = "not_known"


MISSING = frozenset({RowState.MISSING, RowState.OTHER_CASE, RowState.WRONG_FORM, RowState.NO_LONGER_HOLDS})
"""The states of a row whose document is still to come."""


class HoldsBack(StrEnum):
    """What waits for a document."""

    DECISION = "decision"
    PAYMENT = "payment"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A document that is in. `about_case`: it came about this case; otherwise it stands, or came about another.

    `forms` is empty when nobody noted in which form it came, None when a register answers and form is no question.
    `holds_to` is the first day on which it no longer counts, None while it does.
    """

    requirement: str
    received_on: date
    about_case: bool
    is_standing: bool = False
    forms: frozenset[DocumentForm] | None = frozenset()
    holds_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """What the checklist is read against, on a day.

    `sick_days` is the last calendar day of the sick period that has been reached, None while it is not known.
    `asked_for` are the documents on request that somebody has asked for in this case, or that the case itself
    calls for, such as a power of attorney when an agent applies.
    """

    on: date
    provider_kind: ProviderKind
    claim_kind: ClaimKind
    sick_days: int | None = None
    is_first_claim: bool = True
    is_decided: bool = False
    asked_for: frozenset[str] = frozenset()
    received: tuple[Received, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistRow:
    """One row: what is wanted, how it stands, when and in which form it came, and a sentence that says why."""

    requirement: Requirement
    state: RowState
    why: str
    received_on: date | None = None
    forms: frozenset[DocumentForm] | None = frozenset()

    @property
    def is_needed(self) -> bool:
        """Whether the document is wanted now."""
        return self.state not in (RowState.NOT_NEEDED, RowState.NOT_KNOWN)

    @property
    def is_missing(self) -> bool:
        """Whether the document is wanted now and has not come as it must."""
        return self.state in MISSING

    @property
    def holds_back(self) -> HoldsBack:
        """What waits for the document while it is missing."""
        if not self.is_missing:
            return HoldsBack.NOTHING
        waits_with_payment = (
            self.requirement.needed is Needed.BEFORE_FIRST_PAYMENT
            or self.requirement.if_missing is IfMissing.PAYMENT_WAITS
        )
        return HoldsBack.PAYMENT if waits_with_payment else HoldsBack.DECISION


def checklist(routine: Routine, facts: CaseFacts) -> tuple[ChecklistRow, ...]:
    """Return every row of the routine's checklist that concerns the case, in the routine's order."""
    return tuple(_row(wanted, facts) for wanted in concerning(routine, facts.provider_kind, facts.claim_kind))


def concerning(routine: Routine, provider_kind: ProviderKind, claim_kind: ClaimKind) -> tuple[Requirement, ...]:
    """Return the rows that a kind of provider can be asked for in a kind of claim, in the routine's order."""
    return tuple(
        row
        for row in routine.evidence
        if provider_kind in row.provider_kinds and (not row.claim_kinds or claim_kind in row.claim_kinds)
    )


def missing(rows: Collection[ChecklistRow]) -> tuple[ChecklistRow, ...]:
    """Return the rows whose documents are still to come."""
    return tuple(row for row in rows if row.is_missing)


def stands(requirement: Requirement) -> bool:
    """Return whether a document serves every case once it is in; what the row does not say follows from `needed`."""
    if requirement.holds is None:
        return requirement.needed not in EACH_TIME
    return requirement.holds is not Holds.EACH_TIME


def _row(wanted: Requirement, facts: CaseFacts) -> ChecklistRow:
    came = [one for one in facts.received if one.requirement == wanted.code and one.received_on <= facts.on]
    best = max(((_state(wanted, one, facts.on), one) for one in came), key=_worth, default=None)
    if best is not None and best[0] is RowState.IN:
        return _told(wanted, *best, f"Kom in {best[1].received_on}.")
    if idle := _why_not_needed(wanted, facts):
        state, why = idle
        return ChecklistRow(requirement=wanted, state=state, why=why)
    if best is None:
        return ChecklistRow(requirement=wanted, state=RowState.MISSING, why=_why_needed(wanted, facts))
    return _told(wanted, *best, _what_is_wrong(wanted, *best))


def _told(wanted: Requirement, state: RowState, one: Received, why: str) -> ChecklistRow:
    return ChecklistRow(requirement=wanted, state=state, why=why, received_on=one.received_on, forms=one.forms)


_NEARNESS = (RowState.OTHER_CASE, RowState.NO_LONGER_HOLDS, RowState.WRONG_FORM, RowState.IN)


def _worth(pair: tuple[RowState, Received]) -> tuple[int, int]:
    """Order what came by how near it is to what is wanted; of two as near, of those that count the first to come."""
    state, one = pair
    day = one.received_on.toordinal()
    return _NEARNESS.index(state), -day if state is RowState.IN else day


def _state(wanted: Requirement, one: Received, on: date) -> RowState:
    if not one.about_case and not (one.is_standing and stands(wanted)):
        return RowState.OTHER_CASE
    if one.holds_to is not None and one.holds_to <= on:
        return RowState.NO_LONGER_HOLDS
    came = one.forms
    if came is not None and not all(any(form in MEETS[each] for each in came) for form in wanted.forms):
        return RowState.WRONG_FORM
    return RowState.IN


def _why_not_needed(wanted: Requirement, facts: CaseFacts) -> tuple[RowState, str] | None:
    """Return the state and the reason when a document that is not in is not wanted now, else None."""
    if wanted.needed is Needed.FROM_SICK_DAY:
        day = wanted.day or 1
        if facts.sick_days is None:
            return RowState.NOT_KNOWN, f"Behövs från sjukdag {day}. Hur länge sjukdomen varade är inte känt än."
        if facts.sick_days < day:
            return (
                RowState.NOT_NEEDED,
                f"Behövs från sjukdag {day}. Sjukdomen varade till och med dag {facts.sick_days}.",
            )
    if wanted.needed is Needed.ON_REQUEST and wanted.code not in facts.asked_for:
        return RowState.NOT_NEEDED, "Behövs bara om handläggaren begär den."
    if wanted.needed is Needed.AFTERWARDS and not facts.is_decided:
        return RowState.NOT_NEEDED, "Lämnas i efterhand, när beslutet är fattat."
    return None


def _why_needed(wanted: Requirement, facts: CaseFacts) -> str:
    if wanted.needed is Needed.FROM_SICK_DAY:
        return f"Sjukdomen varade till och med dag {facts.sick_days}, och handlingen behövs från dag {wanted.day}."
    if wanted.needed is Needed.BEFORE_FIRST_CLAIM and not facts.is_first_claim:
        return "Den skulle ha kommit in före det första anspråket."
    return {
        Needed.BEFORE_START: "Den ska vara inne innan insatsen börjar.",
        Needed.BEFORE_FIRST_CLAIM: "Den ska vara inne före det första anspråket.",
        Needed.BEFORE_FIRST_PAYMENT: "Den ska vara inne före den första utbetalningen.",
        Needed.EACH_MONTH: "Den behövs varje månad.",
        Needed.EACH_CLAIM: "Den behövs i varje ärende.",
        Needed.ON_REQUEST: "Den är begärd i ärendet.",
        Needed.AFTERWARDS: "Den skulle lämnas i efterhand.",
    }[wanted.needed]


def _what_is_wrong(wanted: Requirement, state: RowState, one: Received) -> str:
    if state is RowState.NO_LONGER_HOLDS:
        return f"Den som kom in {one.received_on} gäller inte längre från {one.holds_to}."
    if state is RowState.OTHER_CASE:
        return f"Den som kom in {one.received_on} gällde ett annat ärende."
    came = ", ".join(_words(one.forms or ())) or "utan att formen antecknades"
    return f"Den kom in {one.received_on} ({came}), men ska vara: {', '.join(_words(wanted.forms))}."


def _words(forms: Collection[DocumentForm]) -> Iterator[str]:
    """Yield the forms in words, in the order of the list they are chosen from."""
    return (DOCUMENT_FORMS[form] for form in DocumentForm if form in forms)
