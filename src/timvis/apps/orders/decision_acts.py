"""Deciding on a substitute under LSS 9 § 2, before or after somebody has come, and telling those the routine names.

It is no decision on a claim: it gives days and hours of help and no money; the fee that follows is asked for.
What decides is the same: the delegation order, that the decider stands near nobody, that the party is heard before
it goes against her, and reasons with provisions (`core.procedure`).
"""

from datetime import date, datetime

from django.db import transaction

from timvis.apps.audit.attempts import Attempt
from timvis.apps.documents.actions import send_letter
from timvis.apps.documents.hearings import answer_faults
from timvis.apps.orders import deciding, decision_letters, keeping, records
from timvis.apps.orders.deciding import WantedDecision
from timvis.apps.orders.models import (
    Booking,
    BookingPaper,
    SubstituteDecision,
    SubstituteDecisionLetter,
    SubstituteHearing,
    SubstituteHearingAnswer,
)
from timvis.apps.routines import queries as routines
from timvis.apps.routines.models import DelegationRow
from timvis.core.access import Action, Actor
from timvis.core.calendar.local_time import day_of
from timvis.core.faults import Fault, Refusal
from timvis.core.procedure.decision import NOT_WHOLLY_FAVOURABLE, Outcome
from timvis.core.procedure.hearing import Hearing, hearing_faults
from timvis.core.substitute.request import Open

# --- the party is heard ------------------------------------------------------------------------------------------


@transaction.atomic
def propose_on_substitute(
    actor: Actor, booking_id: int, wanted: WantedDecision, *, answer_by: date, now: datetime
) -> int | Refusal | tuple[Fault, ...]:
    """Return the number of the hearing: a proposal that was sent to the one who asks, with a day to answer (FL 25 §).

    Nothing is decided by it. A proposal that is wholly favourable needs no hearing and is refused.
    """
    booking, attempt = keeping.found(actor, booking_id, Action.PROPOSE_ON_SUBSTITUTE, now)
    if isinstance(booking, Refusal):
        return booking
    if wanted.outcome not in NOT_WHOLLY_FAVOURABLE:
        return attempt.refuse(Refusal.WRONG_STATE)
    if actor.person_id in deciding.disqualified_ids(booking, now):
        return attempt.refuse(Refusal.DISQUALIFIED)
    on, digest = day_of(now), deciding.material_digest(booking, known_at=now)
    heard = Hearing(digest=digest, sent_on=on, way=decision_letters.WAY, answer_by=answer_by)
    if faults := (*hearing_faults(heard), *deciding.decision_faults(wanted, actor, None, now)):
        return faults
    letter = decision_letters.of_proposal(booking, wanted, actor, answer_by=answer_by, now=now)
    sent = send_letter(
        actor,
        letter.code,
        letter.head,
        letter.values,
        now=now,
        recipient_id=letter.recipient_id,
        answer_by=answer_by,
    )
    if not isinstance(sent, int):
        return sent
    made = SubstituteHearing.objects.create(
        booking=booking,
        number=booking.hearings.count() + 1,
        outcome=wanted.outcome,
        proposed_from=wanted.decision_from,
        proposed_to=wanted.decision_to,
        proposed_minutes=wanted.granted_minutes,
        reasons=wanted.reasons.strip(),
        provisions=list(wanted.provisions),
        digest=digest,
        letter_id=sent,
        way=decision_letters.WAY,
        sent_on=on,
        answer_by=answer_by,
        sent_by_id=actor.person_id,
        known_at=now,
    )
    keeping.write_step(attempt, booking, reason=made.reasons, detail={"hearing": made.number, "by": str(answer_by)})
    return made.number


@transaction.atomic
def register_answer(
    actor: Actor,
    booking_id: int,
    *,
    received_on: date,
    now: datetime,
    text: str = "",
    original_id: int | None = None,
    more_is_coming: bool = False,
) -> int | Refusal | tuple[Fault, ...]:
    """Return the id of what was answered to the last proposal, told in words or kept as it came."""
    booking, attempt = keeping.found(actor, booking_id, Action.REGISTER_HEARING_ANSWER, now)
    if isinstance(booking, Refusal):
        return booking
    hearing = deciding.newest_hearing(booking)
    if hearing is None:
        return attempt.refuse(Refusal.WRONG_STATE)
    if faults := answer_faults(hearing, received_on=received_on, text=text, original_id=original_id, today=day_of(now)):
        return faults
    made = SubstituteHearingAnswer.objects.create(
        hearing=hearing,
        text=text.strip(),
        original_id=original_id,
        more_is_coming=more_is_coming,
        received_on=received_on,
        registered_by_id=actor.person_id,
        known_at=now,
    )
    keeping.write_step(attempt, booking, detail={"hearing": hearing.number, "answer": made.pk})
    return made.pk


# --- the decision ----------------------------------------------------------------------------------------------


@transaction.atomic
def decide_on_substitute(
    actor: Actor, booking_id: int, wanted: WantedDecision, *, now: datetime
) -> int | Refusal | tuple[Fault, ...]:
    """Return the number of the decision on a booking, sent to those the routine names; also when somebody has come.

    It takes a delegation where the board has adopted an order for such cases. The last decision counts; one that
    replaces another says why. Whether it still may while somebody appeals is asked by `apps.appeals`.
    """
    booking, attempt = keeping.found(actor, booking_id, Action.DECIDE_ON_SUBSTITUTE, now)
    if isinstance(booking, Refusal):
        return booking
    if not wanted.reference.strip() or not wanted.reasons.strip():
        return attempt.refuse(Refusal.REASON_IS_MISSING)
    if booking.decisions.exists() and not wanted.changed_because.strip():
        return attempt.refuse(Refusal.REASON_IS_MISSING)
    why, held = deciding.why_not(booking, wanted, actor, now)
    if why is not None:
        return attempt.refuse(why)
    if faults := deciding.decision_faults(wanted, actor, held, now):
        return faults
    made = _written(attempt, booking, wanted, held)
    for envelope in decision_letters.of_decision(made, now):
        sent = send_letter(
            actor,
            envelope.code,
            envelope.head,
            envelope.values,
            now=now,
            recipient_id=envelope.recipient_id,
            provider_id=envelope.provider_id,
        )
        if not isinstance(sent, int):
            transaction.set_rollback(True)
            return sent
        SubstituteDecisionLetter.objects.create(decision=made, letter_id=sent, role=envelope.role)
    keeping.write_step(
        attempt,
        booking,
        reason=made.reasons,
        detail={
            "decision": made.number,
            "reference": made.reference,
            "outcome": made.outcome,
            "delegated_by": routines.text_of(held) if held else "",
        },
    )
    return made.number


@transaction.atomic
def lay_under_decision(actor: Actor, booking_id: int, reference: str, *, now: datetime) -> int | Refusal:
    """Return the id of the row that lays a booking under a decision the recipient already has, by its reference.

    Nothing is decided anew: the days and the hours that were granted are shared by all bookings under it.
    """
    booking, attempt = keeping.found(actor, booking_id, Action.REGISTER_BOOKING_PAPER, now)
    if isinstance(booking, Refusal):
        return booking
    others = BookingPaper.objects.filter(
        kind=Open.DECISION, reference=reference.strip(), booking__recipient_id=booking.recipient_id
    )
    earlier = others.order_by("-id").first()
    if earlier is None:
        return attempt.refuse(Refusal.NOT_FOUND)
    paper = keeping.write_paper(
        booking,
        Open.DECISION,
        received_on=earlier.received_on,
        actor=actor,
        now=now,
        reference=earlier.reference,
        detail=earlier.detail,
    )
    keeping.write_step(attempt, booking, detail={"paper": Open.DECISION.value, "reference": earlier.reference})
    return paper.pk


# --- what is kept ---------------------------------------------------------------------------------------------


def _written(
    attempt: Attempt, booking: Booking, wanted: WantedDecision, held: DelegationRow | None
) -> SubstituteDecision:
    """Return the decision as it is kept, with the paper that closes what the booking waited for."""
    now, actor = attempt.now, attempt.actor
    number = booking.decisions.count() + 1
    against = wanted.outcome in NOT_WHOLLY_FAVOURABLE
    made = SubstituteDecision.objects.create(
        booking=booking,
        number=number,
        reference=wanted.reference.strip(),
        outcome=wanted.outcome,
        decision_from=wanted.decision_from,
        decision_to=wanted.decision_to,
        granted_minutes=wanted.granted_minutes,
        reasons=wanted.reasons.strip(),
        provisions=list(wanted.provisions),
        evidence=list(records.evidence_list(booking, known_at=now)),
        delegation=held,
        hearing=deciding.newest_hearing(booking) if against and wanted.not_heard is None else None,
        not_heard=wanted.not_heard.value if against and wanted.not_heard else "",
        not_heard_because=wanted.not_heard_because.strip() if against and wanted.not_heard else "",
        changed_because=wanted.changed_because.strip() if number > 1 else "",
        made_at=now,
        made_by_id=actor.person_id,
    )
    keeping.write_paper(
        booking,
        Open.DECISION,
        received_on=day_of(now),
        actor=actor,
        now=now,
        reference=made.reference,
        detail={
            "is_granted": wanted.outcome is not Outcome.REFUSED,
            "decision_from": wanted.decision_from.isoformat(),
            "decision_to": wanted.decision_to.isoformat() if wanted.decision_to else None,
            "granted_minutes": wanted.granted_minutes,
        },
    )
    return made
