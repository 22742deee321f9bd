"""Rows of the registers → what the state's duties and controls are judged on, as it was known at a moment."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, datetime

from timvis.apps.audit.versions import current
from timvis.apps.decisions.models import DecisionVersion
from timvis.apps.parties.models import Recipient
from timvis.apps.state_registers.models import (
    Assignment,
    AssistantAway,
    AssistantNotice,
    FinalSettlement,
    NotedTime,
    Placement,
)
from timvis.core.calendar.local_time import day_of
from timvis.core.calendar.weeks import DAYS_PER_WEEK
from timvis.core.green_month.records import Away, AwayKind, NotedSpan, RowPurpose
from timvis.core.records import Assistant, GrantUnit, Instant, Regime
from timvis.core.state_duties import records as core


def concerned(recipients: Iterable[Recipient], *, known_at: datetime) -> tuple[core.Concerned, ...]:
    """Return what is known of some recipients that a duty to the state can come of."""
    found = {recipient.pk for recipient in recipients}
    assignments = assignments_of(found, known_at=known_at)
    decisions = _decisions(found, known_at)
    return tuple(
        core.Concerned(
            key=str(pk),
            assignments=tuple(assignments[pk]),
            supports=tuple(_support(row) for row in decisions[pk] if row.regime != Regime.SFB),
            granted_on=min((row.decided_on for row in decisions[pk] if row.regime == Regime.SFB), default=None),
        )
        for pk in sorted(found)
    )


def assignments_of(recipient_ids: Collection[int], *, known_at: datetime) -> dict[int, list[core.Assignment]]:
    """Return the assignments of some recipients, each with its placements, by the recipient's id."""
    rows = Assignment.objects.filter(recipient_id__in=recipient_ids).order_by("begins_on", "id")
    rows = rows.prefetch_related(
        "versions",
        "placements__versions",
        "placements__assistant__versions",
        "placements__notices__received",
    )
    found: dict[int, list[core.Assignment]] = defaultdict(list)
    for row in rows:
        told = assignment(row, known_at=known_at)
        if told is not None:
            found[row.recipient_id].append(told)
    return found


def assignment(row: Assignment, *, known_at: datetime) -> core.Assignment | None:
    """Return an assignment as it was known at a moment, None before anybody knew of it."""
    told = current(row.versions.all(), known_at=known_at)
    if told is None:
        return None
    placements = (placement(each, known_at=known_at) for each in row.placements.all())
    return core.Assignment(
        key=str(row.pk),
        begins_on=row.begins_on,
        ends_on=told.ends_on,
        agreement_signed_on=told.agreement_signed_on,
        replaces_another=told.replaces_another,
        applied_on=told.applied_on,
        application_known_on=told.application_known_on,
        decided_on=told.decided_on,
        placements=tuple(each for each in placements if each is not None),
    )


def placement(row: Placement, *, known_at: datetime) -> core.Placement | None:
    """Return an assistant's work in an assignment with every notice, None before anybody knew of it."""
    told = current(row.versions.all(), known_at=known_at)
    now = current(row.assistant.versions.all(), known_at=known_at)
    if told is None or now is None:
        return None
    notices = (each for each in row.notices.all() if each.known_at <= known_at)
    return core.Placement(
        key=str(row.pk),
        assistant=core.AssistantNow(
            number=row.assistant.personal_number,
            name=now.name,
            hired_on=now.hired_on,
            lives_outside_eea=now.lives_outside_eea,
            known_on=day_of(now.known_at),
        ),
        first_shift_on=told.first_shift_on,
        ends_on=told.ends_on,
        notices=tuple(notice(each, known_at) for each in sorted(notices, key=lambda each: each.number)),
    )


def notice(row: AssistantNotice, known_at: datetime) -> core.AssistantNotice:
    """Return a notice, with the day the state had it if that was known at the moment."""
    received = getattr(row, "received", None)
    return core.AssistantNotice(
        sent_on=row.sent_on,
        received_on=received.received_on if received is not None and received.known_at <= known_at else None,
        hired_on=row.hired_on,
        is_close=row.is_close,
        lives_outside_eea=row.lives_outside_eea,
        employer=core.Employer(row.employer),
        changed_from=row.changed_from,
    )


# --- decisions -------------------------------------------------------------------------------------------------------


def _decisions(recipient_ids: Collection[int], known_at: datetime) -> dict[int, list[DecisionVersion]]:
    rows = DecisionVersion.objects.filter(
        thing__recipient_id__in=recipient_ids, known_at__lte=known_at, decided_on__lte=day_of(known_at)
    )
    found: dict[int, list[DecisionVersion]] = defaultdict(list)
    for row in rows.select_related("thing").order_by("decided_on", "thing_id", "number"):
        found[row.thing.recipient_id].append(row)
    return found


def _support(row: DecisionVersion) -> core.Support:
    per_week = {GrantUnit.WEEK.value: row.granted_minutes, GrantUnit.DAY.value: row.granted_minutes * DAYS_PER_WEEK}
    return core.Support(
        key=f"{row.thing_id}:{row.number}",
        decision=str(row.thing_id),
        reference=row.thing.reference,
        legal_basis=row.legal_basis,
        decided_on=row.decided_on,
        is_change=row.number > 1,
        minutes_per_week=per_week.get(row.per),
    )


# --- what the green month asks -----------------------------------------------------------------------------------


def placements_of(recipient_id: int, *, known_at: datetime) -> tuple[core.Placement, ...]:
    """Return everybody who works for the municipality with a recipient."""
    return tuple(
        placement
        for one in assignments_of({recipient_id}, known_at=known_at)[recipient_id]
        for placement in one.placements
    )


def as_the_state_knows_them(
    assistants: Iterable[Assistant], *, recipient_id: int, provider_id: int, known_at: datetime
) -> tuple[Assistant, ...]:
    """Return assistants with the day from which the state pays for them with a recipient.

    Where the municipality itself provides, that is the day the state had the notice about the two of them; an
    assistant whom it has not been told of is not registered. Other providers' assistants are as they are told of.
    """
    told = tuple(assistants)
    if not is_own(recipient_id, provider_id):
        return told
    known: dict[str, date] = {}
    for placement in placements_of(recipient_id, known_at=known_at):
        on, number = placement.registered_on, placement.assistant.number
        if on is not None:
            known[number] = min(on, known.get(number, on))
    return tuple(replace(one, registered_on=known.get(one.number)) for one in told)


def close_to(recipient_id: int, *, known_at: datetime) -> tuple[str, ...]:
    """Return the numbers of those whom the newest notice calls close to a recipient, and employed by somebody else."""
    newest = (
        (one.assistant.number, one.notices[-1]) for one in placements_of(recipient_id, known_at=known_at) if one.notices
    )
    employed_here = core.Employer.PROVIDER
    return tuple(sorted({number for number, told in newest if told.is_close and told.employer is not employed_here}))


def noted_times(recipient_id: int, *, known_at: datetime) -> tuple[NotedSpan, ...]:
    """Return the time of a recipient's assistants that was no assistance, in order."""
    rows = NotedTime.objects.filter(recipient_id=recipient_id, known_at__lte=known_at)
    return tuple(
        NotedSpan(
            assistant_number=row.assistant.personal_number,
            purpose=RowPurpose(row.purpose),
            start_at=Instant(row.start_at),
            end_at=Instant(row.end_at),
        )
        for row in rows.select_related("assistant").order_by("start_at", "id")
    )


def is_own(recipient_id: int, provider_id: int) -> bool:
    """Whether the municipality has registered that it provides a recipient's assistance by this provider."""
    return Assignment.objects.filter(recipient_id=recipient_id, provider_id=provider_id).exists()


def away(numbers: Collection[str], *, municipality: str, known_at: datetime) -> tuple[Away, ...]:
    """Return when some assistants were away from all work, in order."""
    rows = AssistantAway.objects.filter(
        assistant__personal_number__in=numbers,
        assistant__provider__municipality__slug=municipality,
        known_at__lte=known_at,
    )
    return tuple(
        Away(
            assistant_number=row.assistant.personal_number,
            kind=AwayKind(row.kind),
            away_from=row.away_from,
            away_to=row.away_to,
        )
        for row in rows.select_related("assistant").order_by("away_from", "id")
    )


def settled_on(recipient_id: int, month: date, *, known_at: datetime) -> date | None:
    """Return the day on which the grant period that a month lies in was settled for good; None when it has not been."""
    rows = FinalSettlement.objects.filter(
        recipient_id=recipient_id, period_from__lte=month, period_to__gt=month, known_at__lte=known_at
    )
    return rows.values_list("settled_on", flat=True).first()
