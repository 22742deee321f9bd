"""Acts on a booking, from the call to somebody who comes: one act is one transaction, logged however it ends."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from timvis.apps.audit.attempts import Attempt
from timvis.apps.audit.persons import machine
from timvis.apps.decisions import queries as decisions
from timvis.apps.documents.actions import send_letter
from timvis.apps.orders import decision_letters, keeping, queries, records
from timvis.apps.orders.models import Booking, Offer, OfferAnswer, PoolMember
from timvis.apps.parties import queries as parties
from timvis.apps.parties import records as party_records
from timvis.core.access import Action, Actor, BookingStatus
from timvis.core.calendar.local_time import day_of, spans_between
from timvis.core.faults import Fault, Refusal
from timvis.core.law import LawByDay
from timvis.core.letter import Head, Value
from timvis.core.quantities import MINUTES_PER_HOUR
from timvis.core.records import Instant, Regime
from timvis.core.review.finding import Finding
from timvis.core.review.rule import Severity
from timvis.core.substitute.booking import BookingAct, Cancelled, after, cancelled
from timvis.core.substitute.request import AskedBy, Open, objections
from timvis.core.substitute.staffing import Judged, Verdict

LONGEST_SHIFT = 24 * MINUTES_PER_HOUR
BOOKING_CONFIRMED, BOOKING_CANCELLED = "booking_confirmed", "booking_cancelled"
DESK = ("Handläggare", "Ekonomiassistent")
"""Who is told that somebody comes, where the routine names nobody."""
PAPERS = frozenset({Open.POWER_OF_ATTORNEY, Open.OWN_ROUTINE})
"""The papers that anybody at the desk can receive; a decision is made, and the rest have acts of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A need as somebody tells it, in the telephone or on a form. `tried` is what the provider has tried itself."""

    recipient_id: int
    provider_id: int
    asked_by: AskedBy
    asked_by_name: str
    start_at: Instant
    end_at: Instant
    sick_from: date
    is_acute: bool
    telephone: str = ""
    skills: tuple[str, ...] = ()
    tried: str = ""
    note: str = ""


# --- the need ---------------------------------------------------------------------------------------------


@transaction.atomic
def request_substitute(actor: Actor, told: Told, *, now: datetime) -> int | Refusal | tuple[Fault, ...]:
    """Return the id of the booking that a need became, or every fault of it. What is told is never turned away."""
    attempt = Attempt(actor, Action.REQUEST_SUBSTITUTE, "booking", "", now, told.recipient_id)
    recipient, provider = parties.recipient_in(actor, told.recipient_id), parties.provider_in(actor, told.provider_id)
    if recipient is None or provider is None:
        return replace(attempt, recipient_id=None).refuse(Refusal.NOT_FOUND)
    if refusal := attempt.refused(parties.relation_to_hours(actor, recipient, provider, now=now)):
        return refusal
    if faults := _faults(told):
        return faults
    first_on = spans_between(told.start_at, told.end_at)[0].work_on
    version = queries.routine_for_booking(actor.municipality, first_on)
    if version is None:
        return attempt.refuse(Refusal.ROUTINE_IS_NOT_PUBLISHED)
    booking = Booking.objects.create(
        municipality=recipient.municipality,
        recipient=recipient,
        provider=provider,
        routine_version=version,
        regime=_regime(recipient.pk, first_on, now),
        asked_by=told.asked_by,
        asked_by_name=told.asked_by_name.strip(),
        telephone=told.telephone.strip(),
        came_at=now,
        start_at=told.start_at,
        end_at=told.end_at,
        sick_from=told.sick_from,
        is_acute=told.is_acute,
        skills=sorted(told.skills),
        note=told.note.strip(),
        registered_by_id=actor.person_id,
    )
    if told.tried.strip():
        keeping.write_paper(
            booking, Open.OWN_ROUTINE, received_on=day_of(now), actor=actor, now=now, note=told.tried.strip()
        )
    keeping.write_step(
        replace(attempt, object_id=booking.number), booking, reason=told.note, detail={"is_acute": told.is_acute}
    )
    return booking.pk


def _faults(told: Told) -> tuple[Fault, ...]:
    faults = []
    if not told.asked_by_name.strip():
        faults.append(
            Fault(
                code="name_is_missing",
                message="Det står inte vem som ber om vikarien.",
                remedy="Skriv namnet på den som ringer.",
                column="asked_by_name",
            )
        )
    if told.end_at <= told.start_at or told.end_at - told.start_at > LONGEST_SHIFT:
        faults.append(
            Fault(
                code="shift_has_no_time",
                message="Passet har ingen längd, eller är längre än ett dygn.",
                remedy="Skriv när passet börjar och slutar; flera dygn är flera bokningar.",
                column="end",
            )
        )
    elif told.sick_from > spans_between(told.start_at, told.end_at)[-1].work_on:
        faults.append(
            Fault(
                code="sick_after_the_shift",
                message=f"Den ordinarie assistenten är sjuk från {told.sick_from}, efter passet.",
                remedy="Rätta den första sjukdagen, eller passets dag.",
                column="sick_from",
            )
        )
    return tuple(faults)


def _regime(recipient_id: int, on: date, now: datetime) -> Regime:
    """Return whose decision the recipient's hours rest on; the state's when nothing of the municipality's is known."""
    grants = decisions.grants_between(recipient_id, on, date.fromordinal(on.toordinal() + 1), known_at=now)
    return Regime.LSS if any(grant.regime is Regime.LSS for grant in grants) else Regime.SFB


# --- asking somebody --------------------------------------------------------------------------------------


@transaction.atomic
def offer_shift(
    actor: Actor,
    booking_id: int,
    member_id: int,
    *,
    law: LawByDay,
    now: datetime,
    reason: str = "",
    seen: str | None = None,
) -> int | Refusal | tuple[Finding, ...]:
    """Return the id of the offer, or what forbids it: nobody is asked who may not take the shift. Raises `LawGap`.

    What only asks for a thought, as a short rest, takes a reason.
    """
    booking, attempt = keeping.found(actor, booking_id, Action.OFFER_SHIFT, now, seen)
    if isinstance(booking, Refusal):
        return booking
    settings = records.settings(booking)
    to = after(BookingAct.OFFER, BookingStatus(booking.status))
    if isinstance(to, Refusal) or not settings.is_booked_here:
        return attempt.refuse(Refusal.WRONG_STATE)
    if against := _stopping(objections(records.request(booking, known_at=now), settings)):
        attempt.refuse(Refusal.FINDING_STOPS)
        return against
    judged = queries.judged_for(booking, member_id, law, now=now)
    if judged is None:
        return attempt.refuse(Refusal.NOT_FOUND)
    if not_lawful := _forbids(judged, reason):
        attempt.refuse(Refusal.FINDING_STOPS if judged.verdict is Verdict.MAY_NOT else Refusal.REASON_IS_MISSING)
        return not_lawful
    member = PoolMember.objects.get(pk=member_id)
    # Of two who ask on the same standing only one moves it, so nobody is asked twice.
    if booking.offers.filter(member=member).exists() or not keeping.move(booking, to=to):
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    offer = Offer.objects.create(booking=booking, member=member, made_at=now, made_by_id=actor.person_id)
    keeping.write_step(attempt, booking, member=member, reason=reason, detail=_codes(judged))
    return offer.pk


@transaction.atomic
def answer_offer(
    actor: Actor, booking_id: int, member_id: int, *, accepts: bool, now: datetime, seen: str | None = None
) -> BookingStatus | Refusal:
    """Return the status of a booking after one who was asked has answered; the first yes counts."""
    booking, attempt = keeping.found(actor, booking_id, Action.ANSWER_OFFER, now, seen)
    if isinstance(booking, Refusal):
        return booking
    offer = booking.offers.filter(member_id=member_id).select_related("member").first()
    if offer is None:
        return attempt.refuse(Refusal.NOT_FOUND)
    act = BookingAct.ACCEPT if accepts else BookingAct.DECLINE
    to = after(act, BookingStatus(booking.status))
    if isinstance(to, Refusal):
        return attempt.refuse(to)
    was = OfferAnswer(offer.answer)
    # Somebody else's no leaves the one who has said yes where she is.
    if booking.status == BookingStatus.ACCEPTED and was is not OfferAnswer.ACCEPTED:
        to = BookingStatus.ACCEPTED
    others_wait = booking.offers.filter(answer=OfferAnswer.WAITING).exclude(pk=offer.pk).exists()
    if not accepts and to is not BookingStatus.ACCEPTED:
        to = BookingStatus.OFFERED if others_wait else BookingStatus.REQUESTED
    answered = OfferAnswer.ACCEPTED if accepts else OfferAnswer.DECLINED
    if not keeping.move(booking, to=to):
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    Offer.objects.filter(pk=offer.pk).update(answer=answered)
    keeping.write_step(attempt, booking, member=offer.member, detail={"answer": answered.value})
    return to


# --- somebody comes ---------------------------------------------------------------------------------------


@transaction.atomic
def confirm_booking(
    actor: Actor, booking_id: int, *, law: LawByDay, now: datetime, reason: str = "", seen: str | None = None
) -> int | Refusal | tuple[Finding, ...]:
    """Return the id of the letter that confirms who comes, or what has come to forbid it since she was asked.

    Of two who confirm at once one is first. Raises `LawGap`.
    """
    booking, attempt = keeping.found(actor, booking_id, Action.CONFIRM_BOOKING, now, seen)
    if isinstance(booking, Refusal):
        return booking
    to = after(BookingAct.CONFIRM, BookingStatus(booking.status))
    if isinstance(to, Refusal):
        return attempt.refuse(to)
    member = booking.offers.get(answer=OfferAnswer.ACCEPTED).member
    judged = queries.judged_for(booking, member.pk, law, now=now)
    if judged is None:
        return attempt.refuse(Refusal.NOT_FOUND)
    if not_lawful := _forbids(judged, reason or _reason_given(booking, member)):
        attempt.refuse(Refusal.FINDING_STOPS)
        return not_lawful
    if not keeping.move(booking, to=to, substitute=member):
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    keeping.write_step(attempt, booking, member=member, reason=reason, detail=_codes(judged))
    comes = f"Vikarie: {queries.substitute_name(booking, now=now)}. Bokat av {actor.name}."
    told = _told(actor, booking, BOOKING_CONFIRMED, now, {"contact": comes})
    if isinstance(told, Refusal):
        transaction.set_rollback(True)
    return told


@transaction.atomic
def confirm_by_company(
    actor: Actor, booking_id: int, *, substitute: str, now: datetime, seen: str | None = None
) -> BookingStatus | Refusal:
    """Return the status of a booking that the contracted company has answered: it sends somebody and bills itself."""
    booking, attempt = keeping.found(actor, booking_id, Action.CONFIRM_BOOKING, now, seen)
    if isinstance(booking, Refusal):
        return booking
    to = after(BookingAct.CONFIRM, BookingStatus(booking.status), by_company=True)
    if isinstance(to, Refusal) or records.settings(booking).is_booked_here:
        return attempt.refuse(Refusal.WRONG_STATE)
    if not substitute.strip():
        return attempt.refuse(Refusal.REASON_IS_MISSING)
    if not keeping.move(booking, to=to, company_substitute=substitute.strip()):
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    keeping.write_step(attempt, booking, detail={"company_substitute": substitute.strip()})
    return to


@transaction.atomic
def cancel_booking(
    actor: Actor, booking_id: int, *, reason: str, now: datetime, seen: str | None = None
) -> Cancelled | Refusal:
    """Return what it means that a booking is called off: who asks whom for money, and that nothing is booked."""
    booking, attempt = keeping.found(actor, booking_id, Action.CANCEL_BOOKING, now, seen)
    if isinstance(booking, Refusal):
        return booking
    if not reason.strip():
        return attempt.refuse(Refusal.REASON_IS_MISSING)
    was_confirmed = booking.status == BookingStatus.CONFIRMED
    to = after(BookingAct.CANCEL, BookingStatus(booking.status))
    if isinstance(to, Refusal):
        return attempt.refuse(to)
    means = cancelled(
        booking.end_at - booking.start_at, was_confirmed=was_confirmed, settings=records.settings(booking)
    )
    if not keeping.move(booking, to=to):
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    detail = {"billed_minutes": means.billed_minutes, "because": means.because}
    keeping.write_step(attempt, booking, reason=reason.strip(), detail=detail)
    if was_confirmed and records.settings(booking).is_booked_here:
        # Also the one who has the assistance may call it off, and she sends no letters: the house tells.
        _told(machine(actor.municipality, now), booking, BOOKING_CANCELLED, now, {"reason": reason.strip()})
    return means


# --- what may come afterwards -----------------------------------------------------------------------------


@transaction.atomic
def register_paper(
    actor: Actor, booking_id: int, kind: Open, *, received_on: date, note: str = "", now: datetime
) -> int | Refusal:
    """Return the id of the row that says a paper is in: a power of attorney, or what the provider has tried."""
    booking, attempt = keeping.found(actor, booking_id, Action.REGISTER_BOOKING_PAPER, now)
    if isinstance(booking, Refusal):
        return booking
    if kind not in PAPERS:
        return attempt.refuse(Refusal.WRONG_STATE)
    if kind is Open.OWN_ROUTINE and not note.strip():
        return attempt.refuse(Refusal.REASON_IS_MISSING)
    paper = keeping.write_paper(booking, kind, received_on=received_on, actor=actor, now=now, note=note.strip())
    keeping.write_step(attempt, booking, detail={"paper": kind.value})
    return paper.pk


# --- the hands of the acts ----------------------------------------------------------------------------------


def _stopping(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(finding for finding in findings if finding.severity in (Severity.STOPS, Severity.REFUSES))


def _forbids(judged: Judged, reason: str) -> tuple[Finding, ...]:
    """Return what keeps somebody from a shift; a reason outweighs what only asks."""
    if judged.verdict is Verdict.MAY or (judged.verdict is Verdict.ASKS and reason.strip()):
        return ()
    asks = judged.verdict is Verdict.ASKS
    return tuple(
        finding
        for finding in (*judged.findings, *judged.lacks)
        if finding.severity in (Severity.STOPS, Severity.REFUSES) or (asks and finding.severity is Severity.ASKS)
    )


def _codes(judged: Judged) -> dict[str, object]:
    return {"findings": sorted({finding.code for finding in judged.findings})}


def _reason_given(booking: Booking, member: PoolMember) -> str:
    """Return the reason that was given when she was asked."""
    step = booking.steps.filter(member=member, act=Action.OFFER_SHIFT).order_by("-number").first()
    return step.reason if step else ""


def _told(actor: Actor, booking: Booking, code: str, now: datetime, says: dict[str, Value]) -> int | Refusal:
    """Return the id of the letter to those whom the routine tells that somebody comes, or does not come after all."""
    name = party_records.recipient(booking.recipient_id, known_at=now).name
    sent = send_letter(
        actor,
        code,
        Head(
            sender=booking.municipality.name,
            receiver=decision_letters.receivers_named(records.routine(booking), BOOKING_CONFIRMED) or DESK,
            reference=booking.number,
            written_on=day_of(now),
        ),
        {"case_number": booking.number, "recipient": name, "period": period_text(booking), **says},
        now=now,
        recipient_id=booking.recipient_id,
    )
    if isinstance(sent, tuple):
        raise TypeError(f"the letter of {booking.number} lacks {[fault.column for fault in sent]}")
    return sent


def period_text(booking: Booking) -> str:
    """Return when a shift is, day by day, as people read it."""
    pieces = spans_between(Instant(booking.start_at), Instant(booking.end_at))
    return ", ".join(f"{piece.work_on} kl. {piece.from_text}–{piece.to_text}" for piece in pieces)
