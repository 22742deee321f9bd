"""What is asked about decisions."""

from datetime import date, datetime

from timvis.apps.audit.versions import current
from timvis.apps.decisions import records
from timvis.apps.decisions.models import Decision, HomeCareDecision
from timvis.core.access import Actor
from timvis.core.home_care.decided import HomeCareGrant
from timvis.core.records import Grant


def decision_by_reference(recipient_id: int, reference: str) -> Decision | None:
    """Return a recipient's decision by the reference it carries in the case file."""
    return Decision.objects.filter(recipient_id=recipient_id, reference=reference).first()


def grants_between(recipient_id: int, day_from: date, day_to: date, *, known_at: datetime) -> tuple[Grant, ...]:
    """Return the grants that hold on any day of a half-open period, as known at a moment."""
    return tuple(
        grant
        for grant in records.grants(recipient_id, known_at=known_at)
        if grant.granted_from < day_to and (grant.granted_to is None or day_from < grant.granted_to)
    )


def home_care_decision_in(actor: Actor, decision_id: int) -> HomeCareDecision | None:
    """Return a decision on home care in the actor's own municipality; another's is as if it did not exist."""
    rows = HomeCareDecision.objects.select_related("recipient__municipality")
    return rows.filter(pk=decision_id, recipient__municipality__slug=actor.municipality).first()


def home_care_grant(decision: HomeCareDecision, *, known_at: datetime) -> HomeCareGrant | None:
    """Return what a decision on home care says as it was known, None before anybody knew."""
    version = current(decision.versions.all(), known_at=known_at)
    return None if version is None else records.home_care_grant(decision, version)
