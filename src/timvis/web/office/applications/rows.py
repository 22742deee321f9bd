"""The list of applications that wait: by the day the money is promised, with how late it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from timvis.apps.applications.models import CAME_BY_LABELS, CameBy
from timvis.apps.claims.models import STATUS_LABELS, Claim
from timvis.apps.claims.queries import newest_statements
from timvis.core.access import Actor, ClaimStatus
from timvis.core.calendar.local_time import day_of
from timvis.web.office.queue.rows import OPEN, visible
from timvis.web.shared.names import provider_name, recipient_name


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationRow:
    """One application: when it came and how, by when the money is promised, and what it comes to so far.

    `days_late` is above zero when the promised day has passed; `days_waited` counts from the day it came.
    """

    number: str
    recipient: str
    provider: str
    month_on: date
    status: str
    came_by: str
    received_on: date
    due_on: date | None
    days_late: int
    days_waited: int
    total_ore: int | None
    is_paid_by_invoice: bool


def waiting(actor: Actor, now: datetime) -> Sequence[ApplicationRow]:
    """Return the applications that somebody may see and that nobody has paid, what was promised first on top."""
    today = day_of(now)
    found = list(
        visible(actor, now)
        .filter(application__isnull=False, status__in=OPEN)
        .select_related("recipient", "provider", "application")
        .prefetch_related("recipient__versions", "provider__versions")
    )
    statements = newest_statements(found)
    rows = [_row(claim, today, statements[claim.pk].total_ore if claim.pk in statements else None) for claim in found]
    return sorted(rows, key=lambda one: (one.due_on or date.max, one.received_on, one.number))


def _row(claim: Claim, today: date, total_ore: int | None) -> ApplicationRow:
    assert claim.application is not None
    received_on = day_of(claim.received_at)
    return ApplicationRow(
        number=claim.number,
        recipient=recipient_name(claim.recipient),
        provider=provider_name(claim.provider),
        month_on=claim.month_on,
        status=str(STATUS_LABELS[ClaimStatus(claim.status)]),
        came_by=CAME_BY_LABELS[CameBy(claim.application.came_by)],
        received_on=received_on,
        due_on=claim.due_on,
        days_late=max((today - claim.due_on).days, 0) if claim.due_on else 0,
        days_waited=(today - received_on).days,
        total_ore=total_ore,
        is_paid_by_invoice=claim.is_paid_by_invoice,
    )
