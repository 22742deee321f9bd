"""Acts about who holds a position, and who is away: what opens and closes a right without a new list."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Max

from timvis.apps.audit import versioned_acts, versions
from timvis.apps.audit.attempts import Attempt
from timvis.apps.audit.models import Person
from timvis.apps.routines import records
from timvis.apps.routines.models import OffDuty, PositionConfirmed, PositionHeld, PositionHeldVersion
from timvis.core.access import Action, Actor, Relation
from timvis.core.faults import Fault, Refusal
from timvis.core.routine.board_lists import stands_in_for

_HERE = Relation.OWN_MUNICIPALITY


@transaction.atomic
def register_position(
    actor: Actor, *, person_id: int, position: str, held_from: date, held_to: date | None = None, now: datetime
) -> int | Refusal | tuple[Fault, ...]:
    """Return the id of the version that tells from when to when a person holds a position; never her own.

    What gives her days she did not have waits for a second person to confirm it; ending it waits for nobody.
    """
    attempt = Attempt(actor, Action.REGISTER_POSITION, "person", person_id, now)
    if refusal := attempt.refused(_HERE):
        return refusal
    if not Person.objects.filter(id=person_id, is_active=True, personal_number__isnull=False).exists():
        return attempt.refuse(Refusal.NOT_FOUND)
    if person_id == actor.person_id:
        return attempt.refuse(Refusal.DISQUALIFIED)
    if faults := _faults_of_days(held_from, held_to):
        return faults
    thing, _ = PositionHeld.objects.get_or_create(
        municipality=actor.municipality, position=position.strip(), person_id=person_id
    )
    before = records.position_version(thing.versions.all(), now)
    number = versions.add(
        thing.versions,
        seen=thing.versions.aggregate(last=Max("number"))["last"] or 0,
        known_at=now,
        known_by_id=actor.person_id,
        valid_from=held_from,
        valid_to=held_to,
        waits_for_second=not _only_takes_away(before, held_from, held_to),
    )
    if isinstance(number, Refusal):
        return attempt.refuse(number)
    attempt.done(detail={"position": thing.pk, "version": number})
    return PositionHeldVersion.objects.get(thing=thing, number=number).pk


@transaction.atomic
def confirm_position(actor: Actor, *, version_id: int, now: datetime) -> int | Refusal:
    """Return the id of a position that is held from now on: confirmed by neither who told of it nor who gets it."""
    version = PositionHeldVersion.objects.filter(id=version_id, thing__municipality=actor.municipality).first()
    attempt = Attempt(actor, Action.CONFIRM_POSITION, "position", version.thing_id if version else version_id, now)
    if refusal := attempt.refused(_HERE):
        return refusal
    if version is None or version.known_by_id is None:
        return attempt.refuse(Refusal.NOT_FOUND)
    if actor.person_id == version.thing.person_id:
        return attempt.refuse(Refusal.DISQUALIFIED)
    if actor.person_id == version.known_by_id:
        return attempt.refuse(Refusal.SAME_PERSON_ALREADY_SIGNED)
    later = version.thing.versions.filter(number__gt=version.number)
    if not version.waits_for_second or hasattr(version, "confirmed") or later.exists():
        return attempt.refuse(Refusal.WRONG_STATE)
    try:
        with transaction.atomic():
            PositionConfirmed.objects.create(
                version=version, told_by_id=version.known_by_id, confirmed_by_id=actor.person_id, known_at=now
            )
    except IntegrityError:
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    attempt.done(detail={"version": version.number, "person": version.thing.person_id})
    return version.thing_id


@transaction.atomic
def register_off_duty(
    actor: Actor, *, person_id: int, off_from: date, off_to: date, now: datetime
) -> int | Refusal | tuple[Fault, ...]:
    """Return the id of a spell away, from a day up to but not including another: one's own, or told by the chief.

    Nobody sends the person away whose deputy she is: that would be giving herself a right.
    """
    attempt = Attempt(actor, Action.REGISTER_OFF_DUTY, "person", person_id, now)
    if refusal := _refused(attempt, person_id):
        return refusal
    if faults := _faults_of_days(off_from, off_to):
        return faults
    if refusal := _gives_herself(attempt, person_id, off_from, off_to):
        return refusal
    spells = OffDuty.objects.filter(municipality=actor.municipality, person_id=person_id)
    try:
        with transaction.atomic():
            thing = OffDuty.objects.create(
                municipality=actor.municipality,
                person_id=person_id,
                number=(spells.aggregate(last=Max("number"))["last"] or 0) + 1,
            )
    except IntegrityError:
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    told = versioned_acts.change(attempt, thing, seen=0, says={"valid_from": off_from, "valid_to": off_to})
    return told if isinstance(told, Refusal) else thing.pk


@transaction.atomic
def change_off_duty(
    actor: Actor, *, off_duty_id: int, off_from: date, off_to: date, seen: int, now: datetime
) -> int | Refusal | tuple[Fault, ...]:
    """Return the number of the version that tells a spell anew; equal days call it off."""
    thing = OffDuty.objects.filter(id=off_duty_id, municipality=actor.municipality).first()
    person_id = thing.person_id if thing else off_duty_id
    attempt = Attempt(actor, Action.REGISTER_OFF_DUTY, "person", person_id, now)
    if thing is None:
        return attempt.refuse(Refusal.NOT_FOUND)
    if refusal := _refused(attempt, person_id):
        return refusal
    if refusal := _gives_herself(attempt, person_id, off_from, off_to):
        return refusal
    if faults := _faults_of_days(off_from, off_to):
        return faults
    return versioned_acts.change(attempt, thing, seen=seen, says={"valid_from": off_from, "valid_to": off_to})


def _refused(attempt: Attempt, person_id: int) -> Refusal | None:
    own = person_id == attempt.actor.person_id
    if refusal := attempt.refused(Relation.SELF if own else _HERE):
        return refusal
    known = Person.objects.filter(id=person_id, is_active=True, personal_number__isnull=False).exists()
    return None if known else attempt.refuse(Refusal.NOT_FOUND)


def _gives_herself(attempt: Attempt, person_id: int, off_from: date, off_to: date) -> Refusal | None:
    """Return the refusal to send away whom one is deputy for; days that are already told may be cut."""
    town, days = attempt.actor.municipality, (off_from, off_to)
    attests = stands_in_for(records.attest_book(town, known_at=attempt.now), attempt.actor.person_id, days)
    decides = stands_in_for(records.delegation_book(town, known_at=attempt.now), attempt.actor.person_id, days)
    if person_id in attests | decides:
        return attempt.refuse(Refusal.DISQUALIFIED)
    return None


def _faults_of_days(first: date, last: date | None) -> tuple[Fault, ...]:
    if last is None or first <= last:
        return ()
    return (
        Fault(
            code="ends_before_it_begins",
            message="Den sista dagen ligger före den första.",
            remedy="Rätta dagarna.",
            column="to",
        ),
    )


def _only_takes_away(before: PositionHeldVersion | None, held_from: date, held_to: date | None) -> bool:
    """Whether no day is in the new period that was not in the one before it."""
    if before is None or before.valid_from is None or held_from < before.valid_from:
        return False
    return before.valid_to is None or (held_to is not None and held_to <= before.valid_to)
