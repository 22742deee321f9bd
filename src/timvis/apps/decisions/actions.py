"""Registering what was decided, and telling a decision anew when it is changed or corrected."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from timvis.apps.audit import versioned_acts
from timvis.apps.audit.attempts import Attempt
from timvis.apps.decisions.models import Decision, Responsibility
from timvis.apps.parties import queries as parties
from timvis.core.access import Action, Actor
from timvis.core.faults import Refusal
from timvis.core.quantities import Minutes
from timvis.core.records import GrantUnit, Regime


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionParticulars:
    """What a decision says; it grants from `valid_from` up to but not including `valid_to`."""

    regime: Regime
    decided_on: date
    decided_by: str
    valid_from: date
    granted_minutes: Minutes
    per: GrantUnit
    valid_to: date | None = None
    is_temporary: bool = False
    double_staffing: bool = False
    legal_basis: str = "LSS 9 § 2"
    rate_ore_per_hour: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponsibilityParticulars:
    """From when, up to but not including when, the municipality answers for a recipient, and on what ground."""

    ground: str
    valid_from: date | None = None
    valid_to: date | None = None


@transaction.atomic
def register_decision(
    actor: Actor, *, recipient_id: int, reference: str, particulars: DecisionParticulars, now: datetime
) -> int | Refusal:
    """Return the id of a decision about a recipient; also one that reaches back in time."""
    attempt = Attempt(actor, Action.REGISTER_DECISION, "decision", "", now, recipient_id)
    recipient = parties.recipient_in(actor, recipient_id)
    if recipient is None:
        return attempt.refuse(Refusal.NOT_FOUND)
    if refusal := attempt.refused(parties.relation_to_recipient(actor, recipient, now=now)):
        return refusal
    key: dict[str, Any] = {"recipient": recipient, "reference": reference}
    return versioned_acts.register(attempt, Decision.objects, key=key, says=asdict(particulars))


@transaction.atomic
def change_decision(
    actor: Actor, *, decision_id: int, particulars: DecisionParticulars, seen: int, now: datetime
) -> int | Refusal:
    """Return the number of the version that restates a decision; claims already judged keep theirs."""
    decision = Decision.objects.filter(id=decision_id, recipient__municipality__slug=actor.municipality).first()
    recipient_id = decision.recipient_id if decision else None
    attempt = Attempt(actor, Action.CHANGE_DECISION, "decision", decision_id, now, recipient_id)
    if decision is None:
        return attempt.refuse(Refusal.NOT_FOUND)
    if refusal := attempt.refused(parties.relation_to_recipient(actor, decision.recipient, now=now)):
        return refusal
    return versioned_acts.change(attempt, decision, seen=seen, says=asdict(particulars))


@transaction.atomic
def tell_responsibility(
    actor: Actor, *, recipient_id: int, particulars: ResponsibilityParticulars, seen: int, now: datetime
) -> int | Refusal:
    """Return the number of the version that says when the municipality answers for a recipient."""
    attempt = Attempt(actor, Action.TELL_RESPONSIBILITY, "recipient", recipient_id, now, recipient_id)
    recipient = parties.recipient_in(actor, recipient_id)
    if recipient is None:
        return attempt.refuse(Refusal.NOT_FOUND)
    if refusal := attempt.refused(parties.relation_to_recipient(actor, recipient, now=now)):
        return refusal
    thing, _ = Responsibility.objects.get_or_create(recipient=recipient)
    return versioned_acts.change(attempt, thing, seen=seen, says=asdict(particulars))
