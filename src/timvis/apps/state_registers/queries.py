"""What is asked about the registers: whose they are, what the state is to have, and what was done about it."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Q

from timvis.apps.parties.models import Recipient
from timvis.apps.state_registers import records
from timvis.apps.state_registers.models import (
    Assignment,
    DutyOutcome,
    DutyStep,
    Notified,
    Placement,
    PlacementVersion,
    ProviderNotice,
)
from timvis.core.calendar.local_time import day_of
from timvis.core.law import LawByDay, LawGap
from timvis.core.state_duties.duties import Duty, Knowing, all_duties, provider_notice
from timvis.formats.holiday_calendar.read import all_holidays
from timvis.formats.state_terms.read import load_state_terms

THRESHOLD = "assistance.threshold_hours_per_week"


def assignment_in(municipality: str, assignment_id: int) -> Assignment | None:
    """Return an assignment of a municipality's; another's is as if it did not exist."""
    rows = Assignment.objects.filter(pk=assignment_id, recipient__municipality__slug=municipality)
    return rows.select_related("recipient__municipality", "provider").first()


def placement_in(municipality: str, placement_id: int) -> Placement | None:
    """Return an assistant's work in an assignment of a municipality's; another's is as if it did not exist."""
    rows = Placement.objects.filter(pk=placement_id, assignment__recipient__municipality__slug=municipality)
    return rows.select_related("assignment__recipient__municipality", "assistant").first()


def is_notified(municipality: str) -> bool:
    """Whether the supervising authority knows of the municipality's activity: told of, and not ended since."""
    rows = ProviderNotice.objects.filter(municipality__slug=municipality).order_by("-told_on", "-id")
    newest = rows.values_list("about", flat=True).first()
    return newest is not None and newest != Notified.END


# --- duties ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedDuty:
    """A duty with the newest thing that was done about it; `steps` is how many there were."""

    duty: Duty
    recipient: Recipient | None
    step: DutyStep | None
    steps: int

    @property
    def is_closed(self) -> bool:
        """Whether nothing is left to do: it is known to be done, received, or not needed. Sent is still open."""
        return self.duty.is_done or (
            self.step is not None and self.step.outcome in (DutyOutcome.RECEIVED, DutyOutcome.NOT_NEEDED)
        )

    @property
    def is_sent(self) -> bool:
        """Whether it has left the house but nobody knows that it arrived."""
        return not self.is_closed and self.step is not None

    def is_late(self, today: date) -> bool:
        """Whether the last day has passed and nothing was sent."""
        return not self.is_closed and not self.is_sent and self.duty.due_on < today

    def is_near(self, today: date) -> bool:
        """Whether it is the last working day before the last day, or later, and nothing was sent."""
        return not self.is_closed and not self.is_sent and self.duty.warn_on <= today <= self.duty.due_on


def knowing(law: LawByDay, *, now: datetime) -> Knowing:
    """Return what duties are told by today. The hours above which the state grants are unknown in a gap of the law."""
    today = day_of(now)
    try:
        threshold: int | None = int(law.minutes(THRESHOLD, today))
    except LawGap:
        threshold = None
    return Knowing(terms=load_state_terms(), holidays=all_holidays(), today=today, threshold_minutes_per_week=threshold)


def followed(
    municipality: str,
    law: LawByDay,
    *,
    now: datetime,
    recipient_id: int | None = None,
    done: Collection[str] = (),
) -> list[FollowedDuty]:
    """Return a municipality's duties to the state, the earliest last day first; of one recipient when one is given.

    `done` are the keys of duties that are known elsewhere to be done.
    """
    recipients = concerned_by(municipality)
    if recipient_id is not None:
        recipients = [one for one in recipients if one.pk == recipient_id]
    by = knowing(law, now=now)
    told = records.concerned(recipients, known_at=now)
    found = [replace(duty, is_done=duty.is_done or duty.key in done) for duty in all_duties(told, by)]
    begins = [one.begins_on for each in told for one in each.assignments]
    if begins and recipient_id is None:
        found.append(provider_notice(min(begins), is_told=is_notified(municipality), by=by))
    people = {str(one.pk): one for one in recipients}
    steps = _steps(municipality, now)
    rows = [_followed(duty, people, steps[duty.concerned, duty.key]) for duty in found]
    return sorted(rows, key=lambda row: (row.duty.due_on, row.duty.key))


def _steps(municipality: str, now: datetime) -> defaultdict[tuple[str, str], list[DutyStep]]:
    """Return what was done about every duty, in order, by whose it is and what it is about."""
    steps: defaultdict[tuple[str, str], list[DutyStep]] = defaultdict(list)
    for step in DutyStep.objects.filter(municipality__slug=municipality, known_at__lte=now).order_by("number"):
        steps[str(step.recipient_id or ""), step.duty_key].append(step)
    return steps


def _followed(duty: Duty, people: Mapping[str, Recipient], steps: Sequence[DutyStep]) -> FollowedDuty:
    newest = steps[-1] if steps else None
    return FollowedDuty(duty=duty, recipient=people.get(duty.concerned), step=newest, steps=len(steps))


def concerned_by(municipality: str) -> list[Recipient]:
    """Return the recipients whose support the state may have to be told of, by number."""
    rows = Recipient.objects.filter(municipality__slug=municipality).filter(
        Q(assignments__isnull=False) | Q(decisions__isnull=False)
    )
    return list(rows.distinct().prefetch_related("versions").order_by("pk"))


def told_the_state_on(recipient_id: int) -> date | None:
    """Return the first day on which the municipality told the state of a recipient's need or its own request."""
    steps = DutyStep.objects.filter(recipient_id=recipient_id).exclude(outcome=DutyOutcome.NOT_NEEDED)
    steps = steps.filter(Q(duty_key__startswith="need_notice:") | Q(duty_key__startswith="retroactive_request:"))
    return steps.order_by("on").values_list("on", flat=True).first()


def planned_minutes(placement_ids: Collection[int]) -> dict[int, int]:
    """Return the minutes a week that the newest versions of some placements plan, by the placement's id."""
    rows = PlacementVersion.objects.filter(thing_id__in=placement_ids).order_by("number")
    return dict(rows.values_list("thing_id", "planned_minutes_per_week"))
