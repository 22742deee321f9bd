"""Taking in a routine as a draft, and publishing it once it is proved."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import IntegrityError, transaction

from timvis.apps.audit.attempts import Attempt
from timvis.apps.routines import queries, records
from timvis.apps.routines.models import RoutineStatus, RoutineVersion
from timvis.core.access import Action, Actor, Relation
from timvis.core.calendar.local_time import day_of
from timvis.core.faults import Fault, Refusal
from timvis.core.routine.check import check
from timvis.core.routine.records import Problem
from timvis.formats.routine.read import read
from timvis.formats.routine.shelf import packaged_shelf


@dataclass(frozen=True, slots=True, kw_only=True)
class NotPublished:
    """A routine that could not be proved: the refusal, and everything that stands in the way."""

    refusal: Refusal
    problems: tuple[Problem, ...]


class _SomeoneElseWasFirst(Exception):
    """The draft was published or changed while this person was adopting it."""


@transaction.atomic
def draft_routine(actor: Actor, content: bytes, *, source: str, now: datetime) -> int | Refusal | tuple[Fault, ...]:
    """Return the id of the draft that a TOML document became; the same text again is the same draft.

    A document with faults is not kept at all, and a routine only in the municipality it is for.
    """
    routine = read(content, source=source)
    attempt = Attempt(actor, Action.DRAFT_ROUTINE, "routine", source, now)
    if refusal := attempt.refused(Relation.OWN_MUNICIPALITY):
        return refusal
    if isinstance(routine, tuple):
        return routine
    if routine.municipality != actor.municipality:
        return attempt.refuse(Refusal.NO_RELATION)
    text = content.decode("utf-8-sig")
    digest = sha256(text.encode()).hexdigest()
    versions = RoutineVersion.objects.filter(slug=routine.slug)
    newest = versions.order_by("-number").first()
    if newest and newest.digest == digest:
        return newest.pk
    version = RoutineVersion.objects.create(
        slug=routine.slug,
        municipality=routine.municipality,
        number=(newest.number if newest else 0) + 1,
        text=text,
        digest=digest,
        valid_from=routine.valid_from,
        drafted_by_id=actor.person_id,
        known_at=now,
    )
    attempt.done(detail={"slug": version.slug, "number": version.number, "digest": digest})
    return version.pk


@transaction.atomic
def publish_routine(actor: Actor, version_id: int, *, now: datetime) -> int | Refusal | NotPublished:
    """Return the id of the version that is now published; the one before it holds until this one begins.

    A routine that can't be proved, or that has an open question, is not published by anybody. Who adopts is
    another person than who drafted, and a version begins after the one it takes over from.
    """
    attempt = Attempt(actor, Action.PUBLISH_ROUTINE, "routine", version_id, now)
    if refusal := attempt.refused(Relation.OWN_MUNICIPALITY):
        return refusal
    version = RoutineVersion.objects.filter(id=version_id, municipality=actor.municipality).first()
    if version is None:
        return attempt.refuse(Refusal.NOT_FOUND)
    if version.status != RoutineStatus.DRAFT:
        return attempt.refuse(Refusal.WRONG_STATE)
    if version.drafted_by_id == actor.person_id:
        return attempt.refuse(Refusal.SAME_PERSON_ALREADY_SIGNED)
    if queries.adopted(version.slug).filter(valid_from__gte=version.valid_from).exists():
        return attempt.refuse(Refusal.ROUTINE_IS_OVERTAKEN)
    problems = check(records.routine(version), packaged_shelf())
    if problems:
        return NotPublished(refusal=attempt.refuse(Refusal.ROUTINE_IS_NOT_PUBLISHED), problems=problems)
    if not _take_over(version, actor, now):
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    attempt.done(detail={"slug": version.slug, "number": version.number, "digest": version.digest})
    return version.pk


def _take_over(version: RoutineVersion, actor: Actor, now: datetime) -> bool:
    """Publish a draft in the place of the version that holds; False when somebody else was first."""
    try:
        with transaction.atomic():
            RoutineVersion.objects.filter(slug=version.slug, status=RoutineStatus.PUBLISHED).update(
                status=RoutineStatus.SUPERSEDED, valid_to=version.valid_from
            )
            changed = RoutineVersion.objects.filter(
                id=version.pk, status=RoutineStatus.DRAFT, digest=version.digest
            ).update(status=RoutineStatus.PUBLISHED, adopted_by_id=actor.person_id, adopted_on=day_of(now))
            if changed != 1:
                raise _SomeoneElseWasFirst
    except (_SomeoneElseWasFirst, IntegrityError):
        # The database holds one published version of a routine, also against a race that both won above.
        return False
    return True
