"""What is asked about attests: who has signed what, what comes next, and what there is to sign."""

from dataclasses import dataclass
from datetime import datetime

from timvis.apps.attestation import records
from timvis.apps.attestation.models import SignedAct
from timvis.apps.audit.actions import DONE
from timvis.apps.audit.models import LogEntry
from timvis.apps.claims.models import Claim, Statement
from timvis.apps.claims.queries import newest_statement
from timvis.apps.routines import records as routines
from timvis.core.routine.interpreter import next_steps
from timvis.core.routine.records import Act, Step
from timvis.core.routine.shown import Shown


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


def signatures(claim: Claim) -> tuple[SignedAct, ...]:
    """Return every signature ever given on a claim, round by round."""
    return tuple(SignedAct.objects.filter(claim=claim).select_related("person").order_by("round", "id"))


def decision_attest(claim: Claim) -> SignedAct | None:
    """Return the decision attest of the present round."""
    return SignedAct.objects.filter(claim=claim, round=claim.round, act=Act.DECISION_ATTEST).first()


def unproven_signatures() -> tuple[str, ...]:
    """Return `claim: step` of every signature that the log never saw, or whose statement is not the claim's.

    Who signed, which step and over what stand in the log as well, and the log is sealed: a row that somebody
    has changed past Timvis no longer agrees with it.
    """
    seen = {
        (object_id, person_id, action, detail.get("step"), detail.get("shown_digest"))
        for object_id, person_id, action, detail in LogEntry.objects.filter(
            object_kind="claim", action__in=[act.value for act in Act], outcome=DONE
        ).values_list("object_id", "person_id", "action", "detail")
    }
    stated = set(Statement.objects.values_list("claim_id", "digest"))
    return tuple(
        f"{row.claim.number}: {row.step}"
        for row in SignedAct.objects.select_related("claim").order_by("id")
        if (str(row.claim_id), row.person_id, row.act, row.step, row.shown_digest) not in seen
        or (row.claim_id, row.statement_digest) not in stated
    )
