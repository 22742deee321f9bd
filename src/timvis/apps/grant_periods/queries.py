"""What is asked about grant periods: which a recipient has, and whose they are."""

from datetime import datetime

from timvis.apps.grant_periods import records
from timvis.apps.grant_periods.models import GrantPeriod
from timvis.core.access import Actor
from timvis.core.calendar.months import Period


def period_in(actor: Actor, period_id: int) -> GrantPeriod | None:
    """Return a period of the actor's own municipality; another's is as if it did not exist."""
    rows = GrantPeriod.objects.filter(pk=period_id, recipient__municipality__slug=actor.municipality)
    return rows.select_related("recipient").prefetch_related("versions").first()


def periods_of(recipient_id: int, *, known_at: datetime) -> list[tuple[GrantPeriod, Period]]:
    """Return a recipient's periods with their days, the latest first."""
    rows = GrantPeriod.objects.filter(recipient_id=recipient_id).prefetch_related("versions").order_by("-begins_on")
    told = ((row, records.period_of(row, known_at=known_at)) for row in rows)
    return [(row, period) for row, period in told if period is not None]
