"""What is asked about attests: who has signed what, what comes next, and what there is to sign."""

from dataclasses import dataclass
from datetime import date, datetime

from timvis.apps.attestation import records
from timvis.apps.attestation.batches import altered_batches
from timvis.apps.attestation.models import AttestBatchLine, SignedAct
from timvis.apps.audit.actions import DONE
from timvis.apps.audit.models import LogEntry
from timvis.apps.claims.models import Claim, Statement
from timvis.apps.claims.queries import newest_statement
from timvis.apps.routines import records as routines
from timvis.core.access import Action, Actor, Relation, opened
from timvis.core.calendar.local_time import last_moment_of
from timvis.core.faults import Refusal
from timvis.core.law import LawBook
from timvis.core.routine.board_lists import who_could
from timvis.core.routine.interpreter import may_sign, next_steps, roles_for
from timvis.core.routine.records import Act, Routine, Step
from timvis.core.routine.shown import Shown
from timvis.core.routine.terms import AttestBy
from timvis.core.statement import digest_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ToSign:
    """What is put before a person who may sign, and the steps that wait for a signature.

    When `signatures_hold` is False somebody has signed what is no longer so, and the round has to begin anew.
    """

    shown: Shown
    signatures_hold: bool
    steps: tuple[Step, ...]


def to_sign(claim: Claim, *, now: datetime) -> ToSign | None:
    """Return what there is to sign on a claim now, None before anything is calculated."""
    statement = newest_statement(claim)
    if statement is None:
        return None
    signed = [done.act for done in records.signed(claim)]
    steps = next_steps(routines.routine(claim.routine_version), signed)
    return ToSign(
        shown=records.shown(claim, statement, now, steps[0].signature if steps else None),
        signatures_hold=records.still_hold(claim, statement, now),
        steps=steps,
    )


def refusal_to_sign(claim: Claim, actor: Actor, step: Step, *, law: LawBook, now: datetime) -> Refusal | None:
    """Return why somebody who has the claim before her as it stands may not sign a step, None when she may.

    The act asks again when she signs, with the access table first.
    """
    statement = newest_statement(claim)
    if statement is None:
        return Refusal.NOT_THE_NEXT_STEP
    act = step.signature
    if act is None:
        return Refusal.NOT_THE_NEXT_STEP
    digest = records.shown(claim, statement, now, act).digest
    return may_sign(
        routines.routine(claim.routine_version),
        step,
        person_id=actor.person_id,
        roles=actor.roles,
        signed=records.signed(claim),
        facts=records.signing_facts(claim, statement, act, shown_digest=digest, law=law, now=now),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Turns:
    """Whose turn a waiting signature is, seen from one person: enough to sort a queue by.

    Amounts and who stands too near are asked when she opens the claim, and when she signs.
    """

    roles: frozenset[str]
    actions: frozenset[Action]
    rights: frozenset[tuple[Act, str | None]]

    def are_hers(self, routine: Routine, step: Step) -> bool:
        """Whether the signature of a step is hers to give."""
        if step.signature is None or Action(step.signature) not in self.actions:
            return False
        if routine.attest_by is not AttestBy.ATTEST_LIST:
            return any(role in self.roles for role in roles_for(routine, step))
        codes = (None, records.responsibility_of(routine) or None)
        return any((step.signature, code) in self.rights for code in codes)


def turns_of(actor: Actor, on: date) -> Turns:
    """Return which signatures are a person's on a day, by her roles and by the board's lists."""
    book = routines.attest_book(actor.municipality, known_at=last_moment_of(on))
    hers = (held.right for held in who_could(book, on) if held.person_id == actor.person_id)
    return Turns(
        roles=actor.roles,
        actions=opened(actor, Relation.OWN_MUNICIPALITY),
        rights=frozenset((right.act, right.responsibility) for right in hers),
    )


def signatures(claim: Claim) -> tuple[SignedAct, ...]:
    """Return every signature ever given on a claim, round by round."""
    return tuple(
        SignedAct.objects.filter(claim=claim).select_related("person", "claim", "right__list").order_by("round", "id")
    )


def decision_attest(claim: Claim) -> SignedAct | None:
    """Return the decision attest of the present round."""
    return SignedAct.objects.filter(claim=claim, round=claim.round, act=Act.DECISION_ATTEST).first()


def unproven_signatures() -> tuple[str, ...]:
    """Return `claim: step` of every signature that the log never saw, or whose statement or content is another.

    Who signed, which step and over what stand in the log as well, and the log is sealed: a row that somebody
    has changed past Timvis no longer agrees with it. A signature given in a batch is over a green line of it too.
    """
    seen = {
        (object_id, person_id, action, detail.get("step"), detail.get("shown_digest"), detail.get("batch"))
        for object_id, person_id, action, detail in LogEntry.objects.filter(
            object_kind="claim", action__in=[act.value for act in Act], outcome=DONE
        ).values_list("object_id", "person_id", "action", "detail")
    }
    stated = set(Statement.objects.values_list("claim_id", "digest"))
    green = set(AttestBatchLine.objects.filter(is_green=True).values_list("batch_id", "claim_id", "shown_digest"))
    altered = altered_batches()
    return tuple(
        f"{row.claim.number}: {row.step}"
        for row in SignedAct.objects.select_related("claim", "batch").order_by("id")
        if (str(row.claim_id), row.person_id, row.act, row.step, row.shown_digest, row.batch and row.batch.digest)
        not in seen
        or (row.claim_id, row.statement_digest) not in stated
        or (row.batch_id in altered)
        or (row.batch_id and (row.batch_id, row.claim_id, row.shown_digest) not in green)
        or (row.shown and digest_of(row.shown) != row.shown_digest)
    )
