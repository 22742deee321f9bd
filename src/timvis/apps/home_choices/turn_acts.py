"""Acts on the turn order: who comes into it and leaves it, and the turn that is given.

The order is brought up to date before every turn, so that no turn depends on whether the clock has been round.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from timvis.apps.audit.attempts import Attempt
from timvis.apps.home_choices import queries
from timvis.apps.home_choices.models import EntryKind, TurnEntry
from timvis.apps.home_choices.queries import HomeProvider
from timvis.apps.parties import queries as parties
from timvis.apps.parties.models import Municipality
from timvis.core.access import Action, Actor, Relation
from timvis.core.calendar.local_time import day_of
from timvis.core.faults import Refusal
from timvis.core.home_care.providers import Wanted, unfit
from timvis.core.home_care.turn_order import Assigned, Entry, Need, NobodyCan, Skipped, next_turn, turns
from timvis.core.routine.home_choices import TurnList, choice_areas_of, has_turn_list, joins_on, turn_list_of
from timvis.core.routine.records import Routine
from timvis.formats.frozen import freeze
from timvis.formats.holiday_calendar.read import holidays_around

WHOLE_TOWN = ""
"""The area of a list that the whole municipality shares."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnAsked:
    """Whose turn it would be, before anything is written: the log it follows from, and what the core says."""

    area: str
    log: tuple[Entry, ...]
    turn: Assigned | NobodyCan


@transaction.atomic
def keep_turn_order(actor: Actor, *, now: datetime) -> int | Refusal:
    """Return how many rows were written: those whose agreement has begun come in, those whose has ended go out.

    Doing it again the same day writes nothing. A drawn list takes nobody in by itself: the draw is told by hand.
    """
    attempt = Attempt(actor, Action.KEEP_TURN_ORDER, "turn_order", actor.municipality, now)
    if refusal := attempt.refused(Relation.OWN_MUNICIPALITY):
        return refusal
    today = day_of(now)
    routine = queries.routine_on(actor.municipality, today)
    if routine is None or not has_turn_list(routine):
        return 0
    standing = queries.providers(actor.municipality, known_at=now, on=today, routine=routine)
    written = 0
    for area in lists_of(routine):
        log = queries.turn_log(actor.municipality, area)
        due = tuple(_due(routine, area, log, standing, today))
        for number, (kind, provider_id) in enumerate(due, start=len(log) + 1):
            if not write(attempt, area, number=number, kind=kind, provider_id=provider_id, on=today):
                return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
        written += len(due)
    if written:
        attempt.done(detail={"rows": written})
    return written


@transaction.atomic
def join_turn_order(actor: Actor, provider_id: int, *, reason: str, now: datetime) -> int | Refusal:
    """Return the number of the row by which a provider comes last in a drawn list; `reason` says how it was drawn.

    Only a drawn list is told by hand. The draw itself is made outside, in front of those it is about.
    """
    attempt = Attempt(actor, Action.KEEP_TURN_ORDER, "turn_order", actor.municipality, now)
    provider = parties.provider_in(actor, provider_id)
    if provider is None:
        return attempt.refuse(Refusal.NOT_FOUND)
    if refusal := attempt.refused(parties.relation_to_provider(actor, provider)):
        return refusal
    today = day_of(now)
    routine = queries.routine_on(actor.municipality, today)
    if routine is None or not has_turn_list(routine) or turn_list_of(routine) is not TurnList.DRAWN:
        return attempt.refuse(Refusal.WRONG_STATE)
    standing = queries.providers(actor.municipality, known_at=now, on=today, routine=routine, only=[provider_id])
    log = queries.turn_log(actor.municipality, WHOLE_TOWN)
    if not standing or not standing[0].terms.holds_on(today) or str(provider_id) in turns(log):
        return attempt.refuse(Refusal.WRONG_STATE)
    if not reason.strip():
        return attempt.refuse(Refusal.REASON_IS_MISSING)
    told = reason.strip()
    row = write(
        attempt,
        WHOLE_TOWN,
        number=len(log) + 1,
        kind=EntryKind.JOINED,
        provider_id=provider_id,
        on=today,
        reason=told,
    )
    if row is None:
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    attempt.done(reason=told, detail={"provider": provider_id, "number": row.number})
    return row.number


def ask_turn(municipality: str, wanted: Wanted, routine: Routine, *, now: datetime) -> TurnAsked:
    """Return whose turn it is as the list stands now; the order it will be for has no number yet.

    Raises `SettingIsUnknown` where the routine does not say how a turn is kept.
    """
    today = day_of(now)
    area = wanted.area if turn_list_of(routine) is TurnList.BY_AREA else WHOLE_TOWN
    log = queries.turn_log(municipality, area)
    standing = queries.providers(municipality, known_at=now, on=wanted.from_on, routine=routine)
    listed = set(turns(log))
    why = {one.key: because for one in standing if (because := unfit(one.terms, wanted)) is not None}
    turn = next_turn(
        log,
        Need(on=today, order="", minutes=wanted.minutes),
        (one.capacity for one in standing if one.key in listed),
        unfit=why,
    )
    return TurnAsked(area=area, log=log, turn=turn)


def write(
    attempt: Attempt,
    area: str,
    *,
    number: int,
    kind: EntryKind,
    provider_id: int,
    on: date,
    turn: Assigned | None = None,
    reason: str = "",
) -> TurnEntry | None:
    """Return the row written last in a turn order, None when somebody else wrote there first.

    `number` is the one after the log that it follows from: a turn on a log that has grown since is nobody's.
    """
    try:
        with transaction.atomic():
            return TurnEntry.objects.create(
                municipality=Municipality.objects.get(slug=attempt.actor.municipality),
                area=area,
                number=number,
                kind=kind,
                on=on,
                provider_id=provider_id,
                reference=turn.order if turn else None,
                minutes=turn.minutes if turn else None,
                skipped=freeze(tuple[Skipped, ...], turn.skipped) if turn else [],
                reason=reason,
                made_at=attempt.now,
                made_by_id=attempt.actor.person_id,
            )
    except IntegrityError:
        return None


def lists_of(routine: Routine) -> tuple[str, ...]:
    """Return the areas that have a list each; one without a name where the whole municipality has one."""
    return choice_areas_of(routine) if turn_list_of(routine) is TurnList.BY_AREA else (WHOLE_TOWN,)


def _due(
    routine: Routine, area: str, log: Sequence[Entry], standing: Sequence[HomeProvider], today: date
) -> Iterator[tuple[EntryKind, int]]:
    """Yield who is to go out and who is to come in today, those who come in the order of their days, then by name."""
    listed = turns(log)
    serving = [one for one in standing if not one.terms.areas or not area or area in one.terms.areas]
    holding = {one.key for one in serving if one.terms.holds_on(today)}
    for key in listed:
        if key not in holding:
            yield EntryKind.LEFT, int(key)
    if turn_list_of(routine) is TurnList.DRAWN:
        return
    coming = [
        (joins_on(routine, one.terms.begins_on, holidays_around(one.terms.begins_on)), one)
        for one in serving
        if one.key in holding and one.key not in listed
    ]
    # The providers are by name already; the sort keeps that among those who join the same day.
    for day, one in sorted(coming, key=lambda pair: pair[0]):
        if day <= today:
            yield EntryKind.JOINED, one.id
