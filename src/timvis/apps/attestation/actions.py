"""Signing a step of the routine: the right person, in the right order, over exactly what was shown."""

from datetime import datetime

from django.db import IntegrityError, transaction

from timvis.apps.attestation import records
from timvis.apps.attestation.models import AttestBatch, SeparationRow, SignedAct
from timvis.apps.audit.attempts import Attempt
from timvis.apps.audit.queries import roles_on
from timvis.apps.claims.models import Statement
from timvis.apps.claims.opening import move
from timvis.apps.claims.queries import attempt_on, claim_in, newest_statement, relation_to_claim
from timvis.apps.routines import records as routines
from timvis.apps.routines.records import right_text
from timvis.core.access import Action, Actor, ClaimStatus
from timvis.core.calendar.local_time import day_of
from timvis.core.faults import Refusal
from timvis.core.law import LawBook
from timvis.core.routine.interpreter import may_sign, role_of, separations_of
from timvis.core.routine.records import Act, Routine


class _SomeoneElseWasFirst(Exception):
    """The claim moved on while this person was signing; undoes what was written of the signature."""


@transaction.atomic
def sign(
    actor: Actor,
    claim_number: str,
    act: Act,
    *,
    shown_digest: str,
    law: LawBook,
    now: datetime,
    batch: AttestBatch | None = None,
) -> int | Refusal:
    """Return the id of the signature on the step of the claim's routine that this act is.

    `shown_digest` is that of the `Shown` the person had before her; if anything in it has changed since, she
    has not seen what she would be signing. A signature given together with others is over their `batch` as well.
    Nothing is booked here: a decision attest is given through
    `accounting.actions.sign_and_book`, which keeps the signature and the debt together.
    """
    claim = claim_in(actor, claim_number)
    if claim is None:
        return Attempt(actor, Action(act), "claim", claim_number, now).refuse(Refusal.NOT_FOUND)
    attempt = attempt_on(actor, Action(act), claim, now)
    if refusal := attempt.refused(relation_to_claim(actor, claim, now=now), claim.status):
        return refusal
    if claim.is_paid_by_invoice:
        # What was applied for is decided here; the money is signed for on the invoice that follows, and only there.
        return attempt.refuse(Refusal.NOT_THE_NEXT_STEP)
    routine = routines.routine(claim.routine_version)
    step, statement = routine.signed_by(act), newest_statement(claim)
    if step is None or statement is None:
        return attempt.refuse(Refusal.NOT_THE_NEXT_STEP)
    # What she holds now counts, not what she held when the page was made.
    roles = actor.roles & roles_on(actor.person_id, actor.municipality, day_of(now))
    facts = records.signing_facts(claim, statement, act, shown_digest=shown_digest, law=law, now=now)
    signed_before = records.signed(claim)
    refusal = may_sign(routine, step, person_id=actor.person_id, roles=roles, signed=signed_before, facts=facts)
    if refusal:
        return attempt.refuse(refusal)
    signed = SignedAct(
        claim=claim,
        round=claim.round,
        step=step.name,
        act=act,
        person_id=actor.person_id,
        role=role_of(routine, step, roles),
        statement_digest=statement.digest,
        shown_digest=shown_digest,
        shown=records.shown(claim, statement, now, act).content,
        right=records.right_used(claim, act, actor.person_id, facts),
        signed_at=now,
        batch=batch,
    )
    if refusal := _write(signed, routine, statement):
        return attempt.refuse(refusal)
    over = {"shown_digest": shown_digest} | ({"batch": batch.digest} if batch else {})
    if signed.right:
        over["right"] = right_text(signed.right)
    attempt.done(detail={"round": claim.round, "step": step.name, **over})
    return signed.pk


def _write(signed: SignedAct, routine: Routine, statement: Statement) -> Refusal | None:
    """Keep a signature and its part in every separation, or nothing of it and the refusal."""
    try:
        with transaction.atomic():
            if not move(signed.claim, to=_status_after(signed)):
                raise _SomeoneElseWasFirst
            signed.save(force_insert=True)
            _take_parts(signed, routine, statement)
    except _SomeoneElseWasFirst:
        return Refusal.SOMEONE_ELSE_WAS_FIRST
    except IntegrityError:
        # The database holds one part per person and separation, also against a race that both won above.
        return Refusal.SAME_PERSON_ALREADY_SIGNED
    return None


def _status_after(signed: SignedAct) -> ClaimStatus:
    return ClaimStatus.ATTESTED if signed.act == Act.DECISION_ATTEST else ClaimStatus(signed.claim.status)


def _take_parts(signed: SignedAct, routine: Routine, statement: Statement) -> None:
    """Write the signer's part in each separation, and before it the parts taken on the claim itself."""
    before = records.done_before(signed.claim, statement)
    for separation in separations_of(routine, Act(signed.act)):
        parts = SeparationRow.objects.filter(claim=signed.claim, round=signed.round, separation=separation.code)
        written = set(parts.values_list("act", "person_id"))
        for done in before:
            if done.act in separation.acts and (done.act, done.person_id) not in written:
                _part(signed, separation.code, done.act, done.person_id, None)
        _part(signed, separation.code, Act(signed.act), signed.person_id, signed)


def _part(signed: SignedAct, separation: str, act: Act, person_id: int, by: SignedAct | None) -> None:
    SeparationRow.objects.create(
        claim=signed.claim, round=signed.round, separation=separation, act=act, person_id=person_id, signed=by
    )
