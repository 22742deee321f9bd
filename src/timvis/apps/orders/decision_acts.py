"""Deciding on a substitute under LSS 9 § 2, before or after somebody has come, and telling those the routine names.

It is no decision on a claim: it gives days and hours of help and no money; the fee that follows is asked for.
What decides is the same: the delegation order, that the decider stands near nobody, that the party is heard before
it goes against her, and reasons with provisions (`core.procedure`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from timvis.apps.audit.attempts import Attempt
from timvis.apps.audit.models import Person
from timvis.apps.documents.actions import send_letter
from timvis.apps.orders import decision_letters, keeping, records
from timvis.apps.orders.models import Booking, BookingPaper, SubstituteDecision, SubstituteDecisionLetter
from timvis.apps.parties import queries as parties
from timvis.apps.parties import records as party_records
from timvis.apps.routines import queries as routines
from timvis.apps.routines.models import DelegationRow
from timvis.core.access import Action, Actor
from timvis.core.calendar.local_time import day_of
from timvis.core.disqualification import too_near
from timvis.core.faults import Fault, Refusal
from timvis.core.procedure.decision import DecisionRecord, Outcome, Participant, faults_of
from timvis.core.procedure.hearing import NoHearing, NotHeard, why_not_yet
from timvis.core.routine.records import ClaimKind
from timvis.core.substitute.request import SUBSTITUTE, Open
from timvis.formats.statutes.read import load_statutes

NO_AMOUNT = 0
"""What a decision on a substitute is about in öre, where a delegation has a limit: help is no money."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedDecision:
    """A decision as a case officer wants to make it. It holds until `decision_to`, None until further.

    `granted_minutes` is the most that it gives, None where it doesn't say. `not_heard` is the ground on which nobody
    is heard before it goes against her, with the reason.
    """

    reference: str
    outcome: Outcome
    decision_from: date
    reasons: str
    decision_to: date | None = None
    granted_minutes: int | None = None
    provisions: tuple[str, ...] = SUBSTITUTE
    not_heard: NoHearing | None = None
    not_heard_because: str = ""


@transaction.atomic
def decide_on_substitute(
    actor: Actor, booking_id: int, wanted: WantedDecision, *, now: datetime
) -> int | Refusal | tuple[Fault, ...]:
    """Return the number of the decision on a booking, sent to those the routine names; also when somebody has come.

    It takes a delegation where the board has adopted an order for such cases. The last decision counts.
    """
    booking, attempt = keeping.found(actor, booking_id, Action.DECIDE_ON_SUBSTITUTE, now)
    if isinstance(booking, Refusal):
        return booking
    if not wanted.reference.strip() or not wanted.reasons.strip():
        return attempt.refuse(Refusal.REASON_IS_MISSING)
    why, held = why_not(booking, wanted, actor, now)
    if why is not None:
        return attempt.refuse(why)
    if faults := _faults(wanted, actor, held, now):
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


# --- whether it may be made -----------------------------------------------------------------------------------


def why_not(
    booking: Booking, wanted: WantedDecision, actor: Actor, now: datetime
) -> tuple[Refusal | None, DelegationRow | None]:
    """Return the first reason why somebody may not decide so now, else None, with the delegation she decides by."""
    if actor.person_id in _standing_near(booking, now):
        return Refusal.DISQUALIFIED, None
    held = routines.delegation_of(
        booking.municipality.slug,
        person_id=actor.person_id,
        kind=ClaimKind.SUBSTITUTE_FEE,
        outcome=wanted.outcome,
        amount_ore=NO_AMOUNT,
        now=now,
    )
    if isinstance(held, Refusal):
        return held, None
    on = day_of(now)
    heard = (
        NotHeard(ground=wanted.not_heard, reason=wanted.not_heard_because, by_person_id=actor.person_id, on=on)
        if wanted.not_heard is not None
        else None
    )
    return why_not_yet(wanted.outcome, heard, digest="", on=on), held


def _standing_near(booking: Booking, now: datetime) -> frozenset[int]:
    """Return the persons who may not decide: it is theirs, their family's, their company's or the substitute's own."""
    on = day_of(now)
    numbers = {booking.recipient.personal_number, booking.provider.organisation_number}
    for _recipient_id, mandate in party_records.mandates_of([booking.recipient_id], known_at=now):
        if mandate.valid_from <= on and (mandate.valid_to is None or on < mandate.valid_to):
            numbers.add(mandate.agent_number)
    if booking.substitute is not None:
        numbers.add(booking.substitute.assistant.personal_number)
    near = too_near(numbers, party_records.interests(booking.municipality.slug, known_at=now), on)
    acting = parties.members_by_provider([booking.provider_id], on).get(booking.provider_id, frozenset())
    return frozenset(Person.objects.filter(personal_number__in=near).values_list("id", flat=True)) | acting


def _faults(wanted: WantedDecision, actor: Actor, held: DelegationRow | None, now: datetime) -> tuple[Fault, ...]:
    record = DecisionRecord(
        on=day_of(now),
        outcome=wanted.outcome,
        claimed_ore=None,
        granted_ore=None,
        period_from=wanted.decision_from,
        period_to=wanted.decision_to,
        reasons=wanted.reasons,
        provisions=wanted.provisions,
        decider=Participant(person_id=actor.person_id, name=actor.name),
        delegation=routines.text_of(held) if held else "",
    )
    return (*faults_of(record, load_statutes()), *_faults_of_hours(wanted))


def _faults_of_hours(wanted: WantedDecision) -> Iterator[Fault]:
    if wanted.outcome is Outcome.REFUSED and wanted.granted_minutes:
        yield Fault(
            code="refusal_gives_hours",
            message="Ett avslag ger inga timmar.",
            remedy="Ta bort timmarna, eller välj bifall eller delavslag.",
            column="hours",
        )


# --- what is kept ---------------------------------------------------------------------------------------------


def _written(
    attempt: Attempt, booking: Booking, wanted: WantedDecision, held: DelegationRow | None
) -> SubstituteDecision:
    """Return the decision as it is kept, with the paper that closes what the booking waited for."""
    now, actor = attempt.now, attempt.actor
    made = SubstituteDecision.objects.create(
        booking=booking,
        number=booking.decisions.count() + 1,
        reference=wanted.reference.strip(),
        outcome=wanted.outcome,
        decision_from=wanted.decision_from,
        decision_to=wanted.decision_to,
        granted_minutes=wanted.granted_minutes,
        reasons=wanted.reasons.strip(),
        provisions=list(wanted.provisions),
        evidence=list(records.evidence_list(booking, known_at=now)),
        delegation=held,
        not_heard=wanted.not_heard or "",
        not_heard_because=wanted.not_heard_because.strip(),
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
