"""What can be appealed: a decision on a claim, and one on a substitute. What follows is the same for both."""

from datetime import datetime
from typing import TypeAlias

from django.db.models import Q

from timvis.apps.appeals.models import Appeal, Service
from timvis.apps.audit.attempts import Attempt
from timvis.apps.claims import actions as claims
from timvis.apps.claims import standing_near
from timvis.apps.claims.models import Claim, ClaimDecision
from timvis.apps.claims.queries import attempt_on, relation_to_claim
from timvis.apps.orders import deciding, keeping
from timvis.apps.orders import queries as orders
from timvis.apps.orders.models import Booking, SubstituteDecision
from timvis.core.access import Action, Actor, Relation
from timvis.core.faults import Refusal

Case: TypeAlias = Claim | Booking
Decided: TypeAlias = ClaimDecision | SubstituteDecision


def decided_of(row: Appeal | Service) -> Decided:
    """Return the decision that was served or appealed."""
    decided: Decided | None = row.decision or row.substitute_decision
    assert decided is not None, "the database holds exactly one"
    return decided


def case_of(decided: Decided) -> Case:
    """Return the case that a decision was made in."""
    return decided.claim if isinstance(decided, ClaimDecision) else decided.booking


def named(decided: Decided | None) -> dict[str, Decided | None]:
    """Return the column that names a decision, with it; None names nothing."""
    return {"substitute_decision" if isinstance(decided, SubstituteDecision) else "decision": decided}


def about(case: Case) -> Q:
    """Return what picks the appeals and services of a case's decisions."""
    return Q(decision__claim=case) if isinstance(case, Claim) else Q(substitute_decision__booking=case)


def in_town(municipality: str) -> Q:
    """Return what picks the appeals of a municipality's decisions."""
    return Q(decision__claim__municipality__slug=municipality) | Q(
        substitute_decision__booking__municipality__slug=municipality
    )


def newest_decision(case: Case) -> Decided | None:
    """Return the decision that counts, None while there is none."""
    newest: Decided | None = case.decisions.order_by("-number").first()
    return newest


def relation_to(actor: Actor, case: Case, *, now: datetime) -> Relation:
    """Return the nearest relation an actor has to a case."""
    if isinstance(case, Claim):
        return relation_to_claim(actor, case, now=now)
    return orders.relation_to_booking(actor, case, now=now)


def found(actor: Actor, number: str, action: Action, now: datetime) -> tuple[Case | Refusal, Attempt]:
    """Return a case by its number, if the actor may do this to it now, else the refusal; and the attempt."""
    booking_id = orders.id_in_number(actor.municipality, number)
    if booking_id is not None:
        return keeping.found(actor, booking_id, action, now)
    return claims.found(actor, number, action, now)


def attempted(actor: Actor, case: Case, action: Action, now: datetime) -> tuple[Refusal | None, Attempt]:
    """Return why an actor may not do this in a case, as role, relation or jäv; and the attempt."""
    if isinstance(case, Claim):
        attempt = attempt_on(actor, action, case, now)
    else:
        attempt = Attempt(actor, action, "booking", case.number, now, case.recipient_id)
    if refusal := attempt.refused(relation_to(actor, case, now=now), case.status):
        return refusal, attempt
    near = _why_not_handle(actor.person_id, case, now)
    return (attempt.refuse(near) if near else None), attempt


def _why_not_handle(person_id: int, case: Case, now: datetime) -> Refusal | None:
    if isinstance(case, Claim):
        return standing_near.why_not_handle(person_id, case, now)
    return Refusal.DISQUALIFIED if person_id in deciding.disqualified_ids(case, now) else None
