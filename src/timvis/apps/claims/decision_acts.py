"""The acts of deciding a claim: proposed, answered, decided, and decided anew. Each is one transaction, and logged."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from timvis.apps.audit.attempts import Attempt
from timvis.apps.claims import deciding, decision_letters
from timvis.apps.claims.actions import found
from timvis.apps.claims.deciding import DECIDABLE, Ground, Wanted
from timvis.apps.claims.models import ChangeKind, Claim, ClaimDecision, DecisionLetter, Hearing, HearingAnswer
from timvis.apps.claims.opening import move, move_past_signatures
from timvis.apps.claims.queries import newest_decision
from timvis.apps.documents.actions import send_letter
from timvis.apps.documents.hearings import answer_faults
from timvis.apps.routines import queries as routines
from timvis.apps.routines.models import DelegationRow
from timvis.core.access import Action, Actor, ClaimStatus
from timvis.core.calendar.local_time import day_of
from timvis.core.faults import Fault, Refusal
from timvis.core.procedure.decision import Outcome
from timvis.core.procedure.hearing import Hearing as Heard
from timvis.core.procedure.hearing import hearing_faults

# --- the party is heard ------------------------------------------------------------------------------------------


@transaction.atomic
def propose(
    actor: Actor, claim_number: str, wanted: Wanted, *, answer_by: date, seen: str, now: datetime
) -> int | Refusal | tuple[Fault, ...]:
    """Return the number of the hearing: a proposed decision that was sent to the party with a day to answer (FL 25 §).

    Nothing is decided by it. A proposal that is wholly favourable needs no hearing and is refused.
    """
    claim, attempt = found(actor, claim_number, Action.PROPOSE_DECISION, now, seen)
    if isinstance(claim, Refusal):
        return claim
    ground = deciding.ground_of(claim)
    if ground is None or claim.status not in DECIDABLE or not deciding.goes_against(ground.outcome_of(wanted.outcome)):
        return attempt.refuse(Refusal.WRONG_STATE)
    on = day_of(now)
    heard = Heard(digest=ground.digest, sent_on=on, way=decision_letters.WAY, answer_by=answer_by)
    if faults := (*hearing_faults(heard), *deciding.faults_of(ground, wanted, actor, None, now)):
        return faults
    letter = decision_letters.proposal(ground, wanted, actor, answer_by=answer_by, now=now)
    sent = send_letter(
        actor,
        letter.code,
        letter.head,
        letter.values,
        now=now,
        recipient_id=claim.recipient_id,
        provider_id=None if claim.recipient_id else claim.provider_id,
        answer_by=answer_by,
    )
    if not isinstance(sent, int):
        return sent
    made = Hearing.objects.create(
        claim=claim,
        number=ground.hearing.number + 1 if ground.hearing else 1,
        statement=ground.statement,
        outcome=ground.outcome_of(wanted.outcome),
        amount_ore=wanted.amount_ore,
        reasons=wanted.reasons,
        provisions=list(wanted.provisions),
        digest=ground.digest,
        letter_id=sent,
        way=decision_letters.WAY,
        sent_on=on,
        answer_by=answer_by,
        sent_by_id=actor.person_id,
        known_at=now,
    )
    attempt.done(detail={"hearing": made.number, "answer_by": str(answer_by), "letter": sent})
    return made.number


@transaction.atomic
def register_answer(
    actor: Actor,
    claim_number: str,
    *,
    received_on: date,
    now: datetime,
    text: str = "",
    original_id: int | None = None,
    more_is_coming: bool = False,
) -> int | Refusal | tuple[Fault, ...]:
    """Return the id of what the party answered to the last proposal, told in words or kept as it came."""
    claim, attempt = found(actor, claim_number, Action.REGISTER_HEARING_ANSWER, now)
    if isinstance(claim, Refusal):
        return claim
    hearing = claim.hearings.order_by("-number").first()
    if hearing is None:
        return attempt.refuse(Refusal.WRONG_STATE)
    if faults := answer_faults(hearing, received_on=received_on, text=text, original_id=original_id, today=day_of(now)):
        return faults
    made = HearingAnswer.objects.create(
        hearing=hearing,
        text=text.strip(),
        original_id=original_id,
        more_is_coming=more_is_coming,
        received_on=received_on,
        registered_by_id=actor.person_id,
        known_at=now,
    )
    attempt.done(detail={"hearing": hearing.number, "answer": made.pk, "received_on": str(received_on)})
    return made.pk


# --- the decision ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """Why there is a decision after a decision, and by which rule."""

    kind: ChangeKind
    because: str


@transaction.atomic
def decide(
    actor: Actor, claim_number: str, wanted: Wanted, *, seen: str, now: datetime
) -> int | Refusal | tuple[Fault, ...]:
    """Return the number of the decision on a claim: outcome, period (half-open) and amount, with its reasons.

    The amount is the statement's. It takes a delegation for the kind, the outcome, the amount and the day; that the
    decider stands near nobody in it; and where it goes against somebody that she has been heard. A refusal ends the
    claim. Who signs after the decision signs it too: one that changes another of this round begins a new round.
    """
    claim, attempt = found(actor, claim_number, Action.DECIDE, now, seen)
    if isinstance(claim, Refusal):
        return claim
    if not wanted.reasons.strip():
        return attempt.refuse(Refusal.REASON_IS_MISSING)
    ground = deciding.ground_of(claim)
    if ground is None or claim.status not in DECIDABLE:
        return attempt.refuse(Refusal.WRONG_STATE)
    return _decide(attempt, ground, wanted, _of_this_case(ground))


@transaction.atomic
def correct_decision(
    actor: Actor, claim_number: str, wanted: Wanted, changed: Changed, *, seen: str, now: datetime
) -> int | Refusal | tuple[Fault, ...]:
    """Return the number of the decision that now stands instead of the last one; that one stays as it was.

    With the same amount it may be done in any state, as where a slip of the pen is put right (FL 36 §). For another
    amount the claim is reviewed and calculated anew first (`reopen`).
    """
    claim, attempt = found(actor, claim_number, Action.CHANGE_CASE_DECISION, now, seen)
    if isinstance(claim, Refusal):
        return claim
    if not wanted.reasons.strip() or not changed.because.strip():
        return attempt.refuse(Refusal.REASON_IS_MISSING)
    ground = deciding.ground_of(claim)
    if ground is None or ground.earlier is None:
        return attempt.refuse(Refusal.WRONG_STATE)
    if wanted.amount_ore != ground.earlier.amount_ore and claim.status not in DECIDABLE:
        return attempt.refuse(Refusal.WRONG_STATE)
    return _decide(attempt, ground, wanted, changed)


def _of_this_case(ground: Ground) -> Changed | None:
    """Return why a decision replaces an earlier one when nobody said: it was made on another calculation."""
    if ground.earlier is None:
        return None
    return Changed(kind=ChangeKind.CHANGE, because="Ärendet har prövats på nytt.")


def _decide(
    attempt: Attempt, ground: Ground, wanted: Wanted, changed: Changed | None
) -> int | Refusal | tuple[Fault, ...]:
    why, held = deciding.why_not(ground, wanted, attempt.actor, attempt.now)
    if why is not None:
        return attempt.refuse(why)
    if faults := deciding.faults_of(ground, wanted, attempt.actor, held, attempt.now):
        return faults
    if not _moved(ground, ground.outcome_of(wanted.outcome)):
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    made = _written(attempt, ground, wanted, changed, held)
    attempt.done(
        reason=changed.because if changed else wanted.reasons,
        detail={
            "decision": made.number,
            "outcome": made.outcome,
            "from": str(wanted.period_from),
            "to": str(wanted.period_to),
            "amount_ore": wanted.amount_ore,
            "delegated_by": routines.text_of(held) if held else "",
        },
    )
    return made.number


def _moved(ground: Ground, outcome: Outcome) -> bool:
    """Move the claim as a decision of an outcome moves it; return whether nobody else was first."""
    claim, before = ground.claim, ground.earlier
    if claim.status not in DECIDABLE:
        return move(claim, to=ClaimStatus(claim.status))
    if outcome is Outcome.REFUSED:
        return move(claim, to=ClaimStatus.REJECTED)
    is_changed = before is not None and before.round == claim.round
    return move_past_signatures(claim) if is_changed else move(claim, to=ClaimStatus(claim.status))


def _written(
    attempt: Attempt, ground: Ground, wanted: Wanted, changed: Changed | None, held: DelegationRow | None
) -> ClaimDecision:
    outcome, before = ground.outcome_of(wanted.outcome), ground.earlier
    against = deciding.goes_against(outcome)
    return ClaimDecision.objects.create(
        claim=ground.claim,
        number=before.number + 1 if before else 1,
        round=ground.claim.round,
        outcome=outcome,
        statement=ground.statement,
        period_from=wanted.period_from,
        period_to=wanted.period_to,
        claimed_ore=ground.claimed_ore,
        amount_ore=wanted.amount_ore,
        reasons=wanted.reasons.strip(),
        provisions=list(wanted.provisions),
        presented_by_id=wanted.presented_by_id,
        took_part=list(wanted.took_part),
        dissent=wanted.dissent.strip(),
        delegation=held,
        hearing=ground.hearing if against and wanted.not_heard is None else None,
        not_heard=wanted.not_heard.value if against and wanted.not_heard else "",
        not_heard_because=wanted.not_heard_because.strip() if against and wanted.not_heard else "",
        corrects=before,
        change=changed.kind if changed and before else "",
        changed_because=changed.because.strip() if changed and before else "",
        made_at=attempt.now,
        made_by_id=attempt.actor.person_id,
    )


@transaction.atomic
def reopen(actor: Actor, claim_number: str, *, because: str, seen: str, now: datetime) -> ClaimStatus | Refusal:
    """Return the status of a refused claim that is tried anew, so that its decision can be changed.

    What was decided and sent stays; the claim is reviewed, calculated and decided once more.
    """
    claim, attempt = found(actor, claim_number, Action.CHANGE_CASE_DECISION, now, seen)
    if isinstance(claim, Refusal):
        return claim
    if not because.strip():
        return attempt.refuse(Refusal.REASON_IS_MISSING)
    if claim.status != ClaimStatus.REJECTED or newest_decision(claim) is None:
        return attempt.refuse(Refusal.WRONG_STATE)
    if (
        Claim.objects.filter(application=claim.application_id, application__isnull=False)
        .exclude(pk=claim.pk)
        .exclude(status__in=(ClaimStatus.REJECTED, ClaimStatus.RETURNED))
        .exists()
    ):
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    if not move(claim, to=ClaimStatus.RECEIVED, new_round=True):
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    attempt.done(reason=because)
    return ClaimStatus(claim.status)


# --- and is told -----------------------------------------------------------------------------------------------


@transaction.atomic
def send_decision(
    actor: Actor, claim_number: str, *, seen: str, now: datetime
) -> tuple[int, ...] | Refusal | tuple[Fault, ...]:
    """Return the ids of the letters by which the decision that counts was told to those whom the routine names.

    Each is kept as it was sent. A decision is sent once; what replaces it is sent in its turn.
    """
    claim, attempt = found(actor, claim_number, Action.SEND_DECISION, now, seen)
    if isinstance(claim, Refusal):
        return claim
    decision = newest_decision(claim)
    if decision is None or decision.letters.exists():
        return attempt.refuse(Refusal.WRONG_STATE)
    letters = decision_letters.of_decision(decision, now)
    faults = tuple(dict.fromkeys(fault for one in letters for fault in one.faults))
    if faults:
        return faults
    sent: list[int] = []
    for one in letters:
        letter_id = send_letter(
            actor,
            one.code,
            one.head,
            one.values,
            now=now,
            recipient_id=one.to.recipient_id,
            provider_id=one.to.provider_id,
        )
        if not isinstance(letter_id, int):
            if sent:
                raise RuntimeError(f"{claim.number}: one letter of a decision went and another did not: {letter_id}")
            return letter_id
        DecisionLetter.objects.create(decision=decision, letter_id=letter_id, role=one.role)
        sent.append(letter_id)
    attempt.done(detail={"decision": decision.number, "letters": sent})
    return tuple(sent)
