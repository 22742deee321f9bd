"""What is asked about reports to the state: which there are, and where each stands."""

from django.db.models import QuerySet

from timvis.apps.state_reports import records
from timvis.apps.state_reports.models import FrozenReport, Queued, SendOutcome
from timvis.core.access import Actor
from timvis.core.state_report import Standing


def reports_in(municipality: str) -> QuerySet[FrozenReport]:
    """Return a municipality's reports with all that says where they stand, the oldest first."""
    rows = FrozenReport.objects.filter(recipient__municipality__slug=municipality)
    return (
        rows.select_related("queued", "recipient")
        .prefetch_related("signatures", "queued__attempts__result")
        .order_by("id")
    )


def report_in(actor: Actor, key: str) -> FrozenReport | None:
    """Return a report of the actor's own municipality; another's is as if it did not exist."""
    return reports_in(actor.municipality).filter(key=key).first()


def to_send(municipality: str) -> list[Queued]:
    """Return what is queued and may be sent, first in first out; never what nobody knows the outcome of."""
    waiting = reports_in(municipality).filter(queued__isnull=False).order_by("queued__id")
    waiting = waiting.exclude(queued__attempts__result__outcome=SendOutcome.RECEIPT)
    return [report.queued for report in waiting if records.standing(report) is Standing.QUEUED]


def with_standing(municipality: str, standing: Standing) -> list[FrozenReport]:
    """Return the reports that stand somewhere, the oldest first."""
    return [report for report in reports_in(municipality) if records.standing(report) is standing]


def sent_for_the_same(report: FrozenReport) -> bool:
    """Whether another report for the same assistant, person and month has been received, or may have been.

    Whether a second one replaces the first or is added to it, no published text says.
    """
    others = FrozenReport.objects.filter(
        recipient_id=report.recipient_id, month_on=report.month_on, assistant_number=report.assistant_number
    ).exclude(pk=report.pk)
    return any(records.standing(other) in (Standing.RECEIVED, Standing.UNKNOWN, Standing.QUEUED) for other in others)
