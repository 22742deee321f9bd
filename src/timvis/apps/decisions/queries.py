"""What is asked about decisions."""

from datetime import date, datetime

from timvis.apps.decisions import records
from timvis.apps.decisions.models import Decision
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
