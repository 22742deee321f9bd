"""Registering what was decided, and telling a decision anew when it is changed or corrected."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from timvis.apps.audit import versioned_acts
from timvis.apps.audit.attempts import Attempt
from timvis.apps.decisions.models import Decision, HomeCareDecision, Responsibility
from timvis.apps.parties import queries as parties
from timvis.core.access import Action, Actor
from timvis.core.faults import Fault, Refusal
from timvis.core.home_care import decided
from timvis.core.home_care.decided import DecidedService
from timvis.core.law import LawByDay
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
class HomeCareParticulars:
    """What a decision on home care says; it holds from `valid_from` up to but not including `valid_to`."""

    decided_on: date
    decided_by: str
    valid_from: date
    services: Sequence[DecidedService]
    valid_to: date | None = None
    needs_assessed: bool = True


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
def register_home_care_decision(
    actor: Actor, *, recipient_id: int, reference: str, particulars: HomeCareParticulars, law: LawByDay, now: datetime
) -> int | Refusal | tuple[Fault, ...]:
    """Return the id of a decision on home care, by the paragraph in force the day it was made; or every fault.

    Raises `LawGap` for a day on which the law had no such paragraph.
    """
    attempt = Attempt(actor, Action.REGISTER_DECISION, "home_care_decision", "", now, recipient_id)
    recipient = parties.recipient_in(actor, recipient_id)
    if recipient is None:
        return attempt.refuse(Refusal.NOT_FOUND)
    if refusal := attempt.refused(parties.relation_to_recipient(actor, recipient, now=now)):
        return refusal
    if faults := _faults_of(particulars, reference):
        return faults
    key: dict[str, Any] = {"recipient": recipient, "reference": reference}
    return versioned_acts.register(attempt, HomeCareDecision.objects, key=key, says=_says(particulars, law))


@transaction.atomic
def change_home_care_decision(
    actor: Actor, *, decision_id: int, particulars: HomeCareParticulars, seen: int, law: LawByDay, now: datetime
) -> int | Refusal | tuple[Fault, ...]:
    """Return the number of the version that restates a decision on home care; orders placed by it stay as they are."""
    decision = HomeCareDecision.objects.filter(id=decision_id, recipient__municipality__slug=actor.municipality).first()
    recipient_id = decision.recipient_id if decision else None
    attempt = Attempt(actor, Action.CHANGE_DECISION, "home_care_decision", decision_id, now, recipient_id)
    if decision is None:
        return attempt.refuse(Refusal.NOT_FOUND)
    if refusal := attempt.refused(parties.relation_to_recipient(actor, decision.recipient, now=now)):
        return refusal
    if faults := _faults_of(particulars, decision.reference):
        return faults
    return versioned_acts.change(attempt, decision, seen=seen, says=_says(particulars, law))


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


def _says(particulars: HomeCareParticulars, law: LawByDay) -> dict[str, Any]:
    """Return a decision on home care as it is kept, its paragraph that of the day it was made."""
    basis = decided.BY_NEED if particulars.needs_assessed else decided.WITHOUT_NEED
    return {
        "legal_basis": law.word(basis, particulars.decided_on),
        "decided_on": particulars.decided_on,
        "decided_by": particulars.decided_by,
        "valid_from": particulars.valid_from,
        "valid_to": particulars.valid_to,
        "needs_assessed": particulars.needs_assessed,
        "services": [
            {"service": row.service, "minutes": row.minutes, "per": row.per.value, "time_band": row.time_band}
            for row in particulars.services
        ],
    }


def _faults_of(particulars: HomeCareParticulars, reference: str) -> tuple[Fault, ...]:
    faults = list(decided.faults_of(particulars.services, needs_assessed=particulars.needs_assessed))
    if not reference.strip():
        faults.append(
            Fault(
                code="reference_is_missing",
                message="Beslutet har ingen beteckning.",
                remedy="Skriv beslutets diarienummer eller annan beteckning.",
                column="reference",
            )
        )
    if particulars.valid_to is not None and particulars.valid_to <= particulars.valid_from:
        faults.append(
            Fault(
                code="decision_has_no_day",
                message="Beslutet slutar innan det börjar.",
                remedy="Rätta den första eller den sista dagen.",
                column="valid_to",
            )
        )
    return tuple(faults)
