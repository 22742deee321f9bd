"""Acts on the municipality's registers towards the state: what it has taken on, who works, what the state was told."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, models, transaction

from timvis.apps.audit import versioned_acts
from timvis.apps.audit.attempts import Attempt
from timvis.apps.parties.models import Assistant, Municipality, Recipient
from timvis.apps.parties.queries import own_provider, recipient_in, relation_to_provider, relation_to_recipient
from timvis.apps.state_registers import queries
from timvis.apps.state_registers.models import (
    Assignment,
    AssistantAway,
    AssistantNotice,
    DutyOutcome,
    DutyStep,
    FinalSettlement,
    NotedTime,
    NoticeReceived,
    Notified,
    Placement,
    ProviderNotice,
)
from timvis.apps.state_registers.particulars import AssignmentParticulars, NoticeParticulars, PlacementParticulars
from timvis.core.access import Action, Actor, Relation
from timvis.core.faults import Fault, Refusal
from timvis.core.green_month.records import AwayKind, RowPurpose
from timvis.core.records import Instant

YEARS = range(1994, 2091)
"""Since there is personal assistance by law, and as long as a last day still has holidays around it."""


@transaction.atomic
def register_provider_notice(
    actor: Actor, *, about: Notified, told_on: date, reference: str, now: datetime
) -> int | Refusal:
    """Return the id of a notice to the supervising authority of the municipality's activity."""
    attempt = Attempt(actor, Action.REGISTER_PROVIDER_NOTICE, "municipality", actor.municipality, now)
    municipality = Municipality.objects.filter(slug=actor.municipality).first()
    if municipality is None:
        return attempt.refuse(Refusal.NOT_FOUND)
    if refusal := attempt.refused(Relation.OWN_MUNICIPALITY):
        return refusal
    made = ProviderNotice.objects.create(
        municipality=municipality,
        about=about,
        told_on=told_on,
        reference=reference,
        known_at=now,
        known_by_id=actor.person_id,
    )
    attempt.done(detail={"notice": made.pk, "about": about.value})
    return made.pk


# --- assignments and assistants ------------------------------------------------------------------------------------


@transaction.atomic
def register_assignment(
    actor: Actor, *, recipient_id: int, begins_on: date, particulars: AssignmentParticulars, now: datetime
) -> int | Refusal | tuple[Fault, ...]:
    """Return the id of an assignment of the municipality's own provider with a recipient."""
    recipient, attempt = _recipient(actor, recipient_id, Action.REGISTER_ASSIGNMENT, now)
    if isinstance(recipient, Refusal):
        return recipient
    provider = own_provider(actor.municipality, known_at=now)
    if provider is None:
        return (_NO_OWN_PROVIDER,)
    if faults := _faults_of(begins_on, particulars):
        return faults
    return versioned_acts.register(
        attempt,
        Assignment.objects,
        key={"recipient": recipient, "provider": provider, "begins_on": begins_on},
        says=asdict(particulars),
    )


@transaction.atomic
def change_assignment(
    actor: Actor, *, assignment_id: int, particulars: AssignmentParticulars, seen: int, now: datetime
) -> int | Refusal | tuple[Fault, ...]:
    """Return the number of the version that tells an assignment anew."""
    assignment = queries.assignment_in(actor.municipality, assignment_id)
    attempt = Attempt(actor, Action.CHANGE_ASSIGNMENT, "assignment", assignment_id, now)
    if assignment is None:
        return attempt.refuse(Refusal.NOT_FOUND)
    attempt = attempt.about([assignment.recipient_id])
    if refusal := attempt.refused(relation_to_recipient(actor, assignment.recipient, now=now)):
        return refusal
    if faults := _faults_of(assignment.begins_on, particulars):
        return faults
    return versioned_acts.change(attempt, assignment, seen=seen, says=asdict(particulars))


@transaction.atomic
def register_placement(
    actor: Actor, *, assignment_id: int, assistant_id: int, particulars: PlacementParticulars, now: datetime
) -> int | Refusal | tuple[Fault, ...]:
    """Return the id of an assistant's work in an assignment; she must be employed by the same provider."""
    assignment = queries.assignment_in(actor.municipality, assignment_id)
    attempt = Attempt(actor, Action.REGISTER_PLACEMENT, "assignment", assignment_id, now)
    assistant = Assistant.objects.filter(pk=assistant_id, provider__municipality__slug=actor.municipality).first()
    if assignment is None or assistant is None or assistant.provider_id != assignment.provider_id:
        return attempt.refuse(Refusal.NOT_FOUND)
    attempt = attempt.about([assignment.recipient_id])
    if refusal := attempt.refused(relation_to_recipient(actor, assignment.recipient, now=now)):
        return refusal
    if faults := _placement_faults(assignment, particulars):
        return faults
    return versioned_acts.register(
        attempt,
        Placement.objects,
        key={"assignment": assignment, "assistant": assistant},
        says=asdict(particulars),
    )


@transaction.atomic
def change_placement(
    actor: Actor, *, placement_id: int, particulars: PlacementParticulars, seen: int, now: datetime
) -> int | Refusal | tuple[Fault, ...]:
    """Return the number of the version that tells anew when an assistant works in an assignment."""
    placement, attempt = _placement(actor, placement_id, Action.CHANGE_PLACEMENT, now)
    if isinstance(placement, Refusal):
        return placement
    if faults := _placement_faults(placement.assignment, particulars):
        return faults
    return versioned_acts.change(attempt, placement, seen=seen, says=asdict(particulars))


# --- what the state was told of an assistant ----------------------------------------------------------------------


@transaction.atomic
def notify_assistant(
    actor: Actor, *, placement_id: int, particulars: NoticeParticulars, seen: int, now: datetime
) -> int | Refusal | tuple[Fault, ...]:
    """Return the number of the notice by which the state was told of an assistant; the later ones are changes."""
    placement, attempt = _placement(actor, placement_id, Action.NOTIFY_ASSISTANT, now)
    if isinstance(placement, Refusal):
        return placement
    if faults := tuple(_notice_faults(particulars, is_first=seen == 0)):
        return faults
    if placement.notices.count() != seen:
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    try:
        with transaction.atomic():
            AssistantNotice.objects.create(
                placement=placement, number=seen + 1, known_at=now, known_by_id=actor.person_id, **asdict(particulars)
            )
    except IntegrityError:
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    attempt.done(detail={"notice": seen + 1, "way": particulars.way.value})
    return seen + 1


@transaction.atomic
def notice_was_received(
    actor: Actor, *, placement_id: int, number: int, received_on: date, reference: str, now: datetime
) -> int | Refusal | tuple[Fault, ...]:
    """Return the id of what says that the state has a notice, from a day that is not before it was sent."""
    placement, attempt = _placement(actor, placement_id, Action.NOTIFY_ASSISTANT, now)
    if isinstance(placement, Refusal):
        return placement
    notice = placement.notices.filter(number=number).first()
    if notice is None:
        return attempt.refuse(Refusal.NOT_FOUND)
    if received_on < notice.sent_on:
        return (_RECEIVED_BEFORE_SENT,)
    try:
        with transaction.atomic():
            made = NoticeReceived.objects.create(
                notice=notice,
                received_on=received_on,
                reference=reference,
                known_at=now,
                known_by_id=actor.person_id,
            )
    except IntegrityError:
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    attempt.done(detail={"notice": number, "received_on": str(received_on)})
    return made.pk


# --- duties ----------------------------------------------------------------------------------------------------------


@transaction.atomic
def tell_duty(
    actor: Actor,
    *,
    recipient_id: int | None,
    duty_key: str,
    outcome: DutyOutcome,
    on: date,
    seen: int,
    now: datetime,
    form: str = "",
    way: str = "",
    reason: str = "",
) -> int | Refusal:
    """Return the number of the step that says what was done about a duty; `seen` is the step she had before her.

    A duty that does not apply needs a reason.
    """
    attempt = Attempt(actor, Action.TELL_DUTY, "duty", duty_key, now, recipient_id)
    municipality = Municipality.objects.filter(slug=actor.municipality).first()
    recipient = recipient_in(actor, recipient_id) if recipient_id is not None else None
    if municipality is None or (recipient is None) != (recipient_id is None):
        return attempt.refuse(Refusal.NOT_FOUND)
    relation = relation_to_recipient(actor, recipient, now=now) if recipient else Relation.OWN_MUNICIPALITY
    if refusal := attempt.refused(relation):
        return refusal
    if outcome is DutyOutcome.NOT_NEEDED and not reason.strip():
        return attempt.refuse(Refusal.REASON_IS_MISSING)
    steps = DutyStep.objects.filter(municipality=municipality, recipient=recipient, duty_key=duty_key)
    if steps.count() != seen:
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    try:
        with transaction.atomic():
            DutyStep.objects.create(
                municipality=municipality,
                recipient=recipient,
                duty_key=duty_key,
                number=seen + 1,
                outcome=outcome,
                on=on,
                form=form,
                way=way,
                reason=reason.strip(),
                known_at=now,
                known_by_id=actor.person_id,
            )
    except IntegrityError:
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    attempt.done(reason=reason.strip(), detail={"outcome": outcome.value, "on": str(on)})
    return seen + 1


# --- what the state's controls ask for ----------------------------------------------------------------------------


@transaction.atomic
def register_away(
    actor: Actor, *, assistant_id: int, kind: AwayKind, away_from: date, away_to: date, now: datetime
) -> int | Refusal | tuple[Fault, ...]:
    """Return the id of days on which an assistant was away from all work, half-open."""
    attempt = Attempt(actor, Action.REGISTER_AWAY, "assistant", assistant_id, now)
    assistant = Assistant.objects.filter(pk=assistant_id, provider__municipality__slug=actor.municipality).first()
    if assistant is None:
        return attempt.refuse(Refusal.NOT_FOUND)
    if refusal := attempt.refused(relation_to_provider(actor, assistant.provider)):
        return refusal
    if away_to <= away_from:
        return (_ENDS_BEFORE_IT_BEGINS,)
    told = {"assistant": assistant, "kind": kind, "away_from": away_from, "away_to": away_to}
    return _added(attempt, AssistantAway, told)


@transaction.atomic
def note_time(
    actor: Actor,
    *,
    recipient_id: int,
    assistant_id: int,
    purpose: RowPurpose,
    start_at: Instant,
    end_at: Instant,
    now: datetime,
) -> int | Refusal | tuple[Fault, ...]:
    """Return the id of time that was no assistance: a meeting, training, or spent away from the recipient."""
    recipient, attempt = _recipient(actor, recipient_id, Action.NOTE_TIME, now)
    if isinstance(recipient, Refusal):
        return recipient
    assistant = Assistant.objects.filter(pk=assistant_id, provider__municipality__slug=actor.municipality).first()
    if assistant is None:
        return attempt.refuse(Refusal.NOT_FOUND)
    if end_at <= start_at:
        return (_ENDS_BEFORE_IT_BEGINS,)
    told = {"assistant": assistant, "purpose": purpose, "start_at": start_at, "end_at": end_at}
    return _added(attempt, NotedTime, {"recipient": recipient, **told})


@transaction.atomic
def register_settlement(
    actor: Actor, *, recipient_id: int, period_from: date, period_to: date, settled_on: date, now: datetime
) -> int | Refusal | tuple[Fault, ...]:
    """Return the id of the final settlement of a recipient's grant period; a period is settled once."""
    recipient, attempt = _recipient(actor, recipient_id, Action.REGISTER_SETTLEMENT, now)
    if isinstance(recipient, Refusal):
        return recipient
    if period_to <= period_from:
        return (_ENDS_BEFORE_IT_BEGINS,)
    told = {"recipient": recipient, "period_from": period_from, "period_to": period_to, "settled_on": settled_on}
    return _added(attempt, FinalSettlement, told)


def _added(attempt: Attempt, table: type[models.Model], told: dict[str, Any]) -> int | Refusal:
    try:
        with transaction.atomic():
            made = table._default_manager.create(**told, known_at=attempt.now, known_by_id=attempt.actor.person_id)
    except IntegrityError:
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    attempt.done(detail={"row": made.pk})
    return int(made.pk)


# --- finding, and what is wrong ------------------------------------------------------------------------------------


def _recipient(actor: Actor, recipient_id: int, action: Action, now: datetime) -> tuple[Recipient | Refusal, Attempt]:
    attempt = Attempt(actor, action, "recipient", recipient_id, now, recipient_id)
    recipient = recipient_in(actor, recipient_id)
    if recipient is None:
        return attempt.refuse(Refusal.NOT_FOUND), attempt
    if refusal := attempt.refused(relation_to_recipient(actor, recipient, now=now)):
        return refusal, attempt
    return recipient, attempt


def _placement(actor: Actor, placement_id: int, action: Action, now: datetime) -> tuple[Placement | Refusal, Attempt]:
    attempt = Attempt(actor, action, "placement", placement_id, now)
    placement = queries.placement_in(actor.municipality, placement_id)
    if placement is None:
        return attempt.refuse(Refusal.NOT_FOUND), attempt
    attempt = attempt.about([placement.assignment.recipient_id])
    if refusal := attempt.refused(relation_to_recipient(actor, placement.assignment.recipient, now=now)):
        return refusal, attempt
    return placement, attempt


def _faults_of(begins_on: date, told: AssignmentParticulars) -> tuple[Fault, ...]:
    """Return everything in an assignment that cannot be so."""
    wrong = _far_away(begins_on, *asdict(told).values())
    if told.ends_on is not None and told.ends_on <= begins_on:
        wrong.append(_ENDS_BEFORE_IT_BEGINS)
    applied, known, decided = told.applied_on, told.application_known_on, told.decided_on
    if applied is not None and known is not None and known < applied:
        wrong.append(_KNOWN_BEFORE_APPLIED)
    if applied is not None and decided is not None and decided < applied:
        wrong.append(_DECIDED_BEFORE_APPLIED)
    return tuple(wrong)


def _placement_faults(assignment: Assignment, told: PlacementParticulars) -> tuple[Fault, ...]:
    wrong = _far_away(*asdict(told).values())
    if told.first_shift_on < assignment.begins_on:
        wrong.append(_SHIFT_BEFORE_ASSIGNMENT)
    if told.ends_on is not None and told.ends_on <= told.first_shift_on:
        wrong.append(_ENDS_BEFORE_IT_BEGINS)
    return tuple(wrong)


def _far_away(*told: object) -> list[Fault]:
    """Return a fault when a day lies where no calendar reaches: somebody has mistyped the year."""
    days = [each for each in told if isinstance(each, date)]
    return [_NO_SUCH_YEAR] if any(each.year not in YEARS for each in days) else []


def _notice_faults(told: NoticeParticulars, *, is_first: bool) -> list[Fault]:
    wrong = _far_away(*asdict(told).values())
    if told.lives_outside_eea and not told.address_abroad.strip():
        wrong.append(_NO_ADDRESS_ABROAD)
    if told.employer == "another" and not told.employer_number:
        wrong.append(_NO_OTHER_EMPLOYER)
    if is_first and told.changed_from is not None:
        wrong.append(_FIRST_IS_NO_CHANGE)
    if not is_first and told.changed_from is None:
        wrong.append(_CHANGE_FROM_WHEN)
    return wrong


def _fault(code: str, message: str, remedy: str, column: str) -> Fault:
    return Fault(code=code, message=message, remedy=remedy, column=column)


_NO_OWN_PROVIDER = _fault(
    "municipality_is_no_provider",
    "Kommunen är inte registrerad som anordnare.",
    "Registrera kommunen bland utförarna, av slaget kommun.",
    "provider",
)
_ENDS_BEFORE_IT_BEGINS = _fault(
    "ends_before_it_begins", "Slutet ligger före början.", "Rätta den ena av dagarna.", "ends_on"
)
_NO_SUCH_YEAR = _fault(
    "year_is_far_away",
    "En av dagarna ligger så långt bort att den inte kan vara rätt.",
    "Skriv årtalet med fyra siffror och se efter.",
    "begins_on",
)
_KNOWN_BEFORE_APPLIED = _fault(
    "application_known_before_it_was_made",
    "Kommunen kan inte ha vetat om ansökan innan den gjordes.",
    "Rätta ansökningsdagen eller dagen då kommunen fick veta.",
    "application_known_on",
)
_DECIDED_BEFORE_APPLIED = _fault(
    "decided_before_application",
    "Försäkringskassan kan inte ha beslutat före ansökan.",
    "Rätta ansökningsdagen eller beslutsdagen.",
    "decided_on",
)
_SHIFT_BEFORE_ASSIGNMENT = _fault(
    "shift_before_the_assignment",
    "Första passet ligger före uppdragets början.",
    "Rätta dagen, eller registrera det tidigare uppdraget för sig.",
    "first_shift_on",
)
_NO_ADDRESS_ABROAD = _fault(
    "address_abroad_is_missing",
    "Den som bor utanför EES anmäls med sin adress där.",
    "Skriv adressen i utlandet.",
    "address_abroad",
)
_NO_OTHER_EMPLOYER = _fault(
    "other_employer_is_missing",
    "Den andra arbetsgivarens organisationsnummer saknas.",
    "Skriv numret, tio siffror.",
    "employer_number",
)
_FIRST_IS_NO_CHANGE = _fault(
    "first_notice_is_no_change",
    "Den första anmälan av en assistent är ingen ändring.",
    "Lämna dagen för ändringen tom.",
    "changed_from",
)
_CHANGE_FROM_WHEN = _fault(
    "change_has_no_day",
    "En ändrad anmälan säger från vilken dag ändringen gäller.",
    "Skriv dagen.",
    "changed_from",
)
_RECEIVED_BEFORE_SENT = _fault(
    "received_before_sent",
    "Försäkringskassan kan inte ha fått anmälan innan den skickades.",
    "Rätta den ena av dagarna.",
    "received_on",
)
