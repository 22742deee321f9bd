"""How far a need of a substitute has come, and what can be done with it from there."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from timvis.core.access import BookingStatus
from timvis.core.faults import Refusal
from timvis.core.substitute.settings import ArrangedBy, SubstituteSettings


class BookingAct(StrEnum):
    """What is done with it."""

    OFFER = "offer"
    DECLINE = "decline"
    ACCEPT = "accept"
    CONFIRM = "confirm"
    REPORT = "report"
    CHARGE = "charge"
    PAY = "pay"
    CLOSE = "close"
    CANCEL = "cancel"


_B, _A = BookingStatus, BookingAct

MOVES: Mapping[tuple[BookingAct, BookingStatus], BookingStatus] = {
    (_A.OFFER, _B.REQUESTED): _B.OFFERED,
    (_A.OFFER, _B.OFFERED): _B.OFFERED,
    (_A.DECLINE, _B.OFFERED): _B.OFFERED,
    (_A.DECLINE, _B.ACCEPTED): _B.REQUESTED,
    (_A.ACCEPT, _B.OFFERED): _B.ACCEPTED,
    (_A.CONFIRM, _B.ACCEPTED): _B.CONFIRMED,
    (_A.REPORT, _B.CONFIRMED): _B.WORKED,
    # A report may be corrected until it has been charged for.
    (_A.REPORT, _B.WORKED): _B.WORKED,
    (_A.CHARGE, _B.WORKED): _B.CHARGED,
    # The last of what is owed; a part of it leaves the booking as it is.
    (_A.PAY, _B.CHARGED): _B.PAID,
    # The sick assistant cost as much as the hours are worth: there is nothing to ask for.
    (_A.CLOSE, _B.WORKED): _B.CLOSED,
    **{(_A.CANCEL, status): _B.CANCELLED for status in (_B.REQUESTED, _B.OFFERED, _B.ACCEPTED, _B.CONFIRMED)},
}
"""Every move there is; what stands nowhere here is refused."""

OPEN = frozenset({_B.REQUESTED, _B.OFFERED, _B.ACCEPTED})
"""Nobody has been confirmed yet: the need climbs the ladder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancelled:
    """What a cancellation means: the time that was booked and agreed, and who asks whom for money, if anybody."""

    billed_minutes: int
    because: str


def after(act: BookingAct, status: BookingStatus, *, by_company: bool = False) -> BookingStatus | Refusal:
    """Return the status an act leads to. A contracted company's substitute is confirmed as soon as it answers."""
    if by_company and act is _A.CONFIRM and status is _B.REQUESTED:
        return _B.CONFIRMED
    return MOVES.get((act, status), Refusal.WRONG_STATE)


def cancelled(minutes: int, *, was_confirmed: bool, settings: SubstituteSettings) -> Cancelled:
    """Return what it means that a booking is cancelled; nothing is ever booked in the ledger by it."""
    if not was_confirmed:
        return Cancelled(billed_minutes=0, because="Ingen var bekräftad, så ingen tid var överenskommen.")
    if settings.arranged_by is ArrangedBy.CONTRACTED_COMPANY:
        billed = minutes if settings.cancelled_is_billed else 0
        what = "debiterar utföraren för bokad och överenskommen tid" if billed else "debiterar ingenting"
        return Cancelled(
            billed_minutes=billed,
            because=f"Företaget med basansvar {what}; det regleras mellan dem, och kommunen bokför ingenting.",
        )
    return Cancelled(
        billed_minutes=0, because="Vikarien har inte arbetat, så det finns ingen tid att ta avgift för (LSS 18 §)."
    )
