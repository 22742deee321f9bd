"""Acts on a claim that rests on an application: applied for, registered, changed, withdrawn. Each is logged."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import cast

from django.db import transaction

from timvis.apps.applications import actions as applications
from timvis.apps.applications.actions import Parties
from timvis.apps.applications.models import Application, CameBy
from timvis.apps.applications.particulars import Applied, PaperFile, ReadApplication, read
from timvis.apps.audit.attempts import Attempt
from timvis.apps.claims.actions import found
from timvis.apps.claims.models import Claim
from timvis.apps.claims.opening import move, next_number
from timvis.apps.parties import records as parties
from timvis.apps.parties.models import Provider
from timvis.apps.routines import queries as routines
from timvis.apps.routines import records as routine_records
from timvis.apps.routines.models import RoutineVersion
from timvis.core.access import Action, Actor, ClaimStatus, Relation
from timvis.core.calendar.local_time import day_of
from timvis.core.calendar.months import month_on
from timvis.core.faults import Fault, Refusal
from timvis.core.law import LawBook
from timvis.core.records import Regime
from timvis.core.routine.due_days import promise_on
from timvis.core.routine.records import ClaimKind, Routine
from timvis.core.routine.settings import CATALOGUE, states, words_of
from timvis.core.routine.shapes import SomeOf
from timvis.core.routine.terms import InvoiceRole
from timvis.formats.holiday_calendar.read import holidays_around

COVERS = "claim_covers"
_NOT_IN_AN_APPLICATION = "invoice"


# --- opening --------------------------------------------------------------------------------------------------


@transaction.atomic
def apply(
    actor: Actor,
    recipient_id: int,
    provider_id: int,
    applied: Applied,
    *,
    law: LawBook,
    now: datetime,
    paper: PaperFile | None = None,
) -> str | Refusal | tuple[Fault, ...]:
    """Return the case number of an application that its applicant hands in herself, or everything wrong with it.

    A recipient applies for herself, an own employer for her own cost; everybody else needs a power of attorney
    that says so. With a fault nothing is kept.
    """
    about, attempt = applications.found_parties(actor, Action.APPLY, recipient_id, provider_id, now=now)
    if isinstance(about, Refusal):
        return about
    return _take_in(attempt, about, applied, law=law, came_by=CameBy.E_SERVICE, received_at=now, paper=paper)


@transaction.atomic
def register_application(
    actor: Actor,
    recipient_id: int,
    provider_id: int,
    applied: Applied,
    *,
    came_by: CameBy,
    received_at: datetime,
    law: LawBook,
    now: datetime,
    paper: PaperFile | None = None,
) -> str | Refusal | tuple[Fault, ...]:
    """Return the case number of an application that an officer types from a paper or a call, or all that is wrong.

    `received_at` is when it came, and from that day the promise is counted. What the applicant has not proved, a
    power of attorney or a signature, is asked for in the case and keeps nothing out.
    """
    about, attempt = applications.found_parties(actor, Action.REGISTER_APPLICATION, recipient_id, provider_id, now=now)
    if isinstance(about, Refusal):
        return about
    return _take_in(attempt, about, applied, law=law, came_by=came_by, received_at=received_at, paper=paper)


def _take_in(
    attempt: Attempt,
    about: Parties,
    applied: Applied,
    *,
    law: LawBook,
    came_by: CameBy,
    received_at: datetime,
    paper: PaperFile | None,
) -> str | Refusal | tuple[Fault, ...]:
    version = version_for(about.provider, now=attempt.now, received_at=received_at)
    if version is None:
        return attempt.refuse(Refusal.ROUTINE_IS_NOT_PUBLISHED)
    routine = routine_records.routine(version)
    seen = read(applied, law, today=day_of(attempt.now), words=covers_of(routine))
    faults = [*_against_the_way(routine, about.provider, came_by, received_at, attempt.now)]
    if came_by is CameBy.E_SERVICE:
        faults += applications.against_the_applicant(attempt.actor, about, applied, routine, attempt.now)
    faults += seen if isinstance(seen, tuple) else ()
    if faults:
        return tuple(faults)
    application = applications.keep_application(
        attempt,
        about,
        applied,
        cast(ReadApplication, seen),
        came_by=came_by,
        received_at=received_at,
        paper=paper,
    )
    if isinstance(application, Refusal):
        return application
    claim = _open(attempt, application, version, cast(ReadApplication, seen))
    of_claim = replace(attempt, object_kind="claim", object_id=claim.pk)
    of_claim.done(detail={"claim": claim.number, "application": application.pk, "came_by": came_by.value})
    return claim.number


def version_for(provider: Provider, *, now: datetime, received_at: datetime) -> RoutineVersion | None:
    """Return the routine that an application about a provider's assistants goes under, None when none covers it."""
    kind = parties.provider(provider.pk, known_at=now).kind
    return routines.for_claim(
        provider.municipality.slug, ClaimKind.SICK_COST, Regime.LSS, day_of(received_at), provider_kind=kind
    )


def covers_of(routine: Routine) -> dict[str, str]:
    """Return what one application may cover by a routine: each word with its Swedish reading."""
    shape = CATALOGUE[COVERS].shape
    assert isinstance(shape, SomeOf)
    stated = words_of(routine, COVERS) if states(routine, COVERS) else tuple(shape.words)
    return {word: shape.words[word] for word in stated if word != _NOT_IN_AN_APPLICATION}


def invoice_role(routine: Routine, provider: Provider, *, now: datetime) -> InvoiceRole:
    """Return what an invoice is beside a provider's application for sick cost."""
    channels = routine.channels_of(parties.provider(provider.pk, known_at=now).kind, ClaimKind.SICK_COST)
    return channels[0].invoice if channels else InvoiceRole.NONE


def _against_the_way(
    routine: Routine, provider: Provider, came_by: CameBy, received_at: datetime, now: datetime
) -> list[Fault]:
    faults = []
    if invoice_role(routine, provider, now=now) is InvoiceRole.OPENS_THE_CASE:
        faults.append(_BY_INVOICE)
    if came_by is not CameBy.E_SERVICE and received_at > now:
        faults.append(_NOT_YET)
    return faults


def _open(attempt: Attempt, application: Application, version: RoutineVersion, read: ReadApplication) -> Claim:
    actor, routine = attempt.actor, routine_records.routine(version)
    is_handed_in = application.came_by == CameBy.E_SERVICE
    received_on = day_of(application.received_at)
    return Claim.objects.create(
        number=next_number(application.municipality, received_on.year),
        municipality=application.municipality,
        recipient=application.recipient,
        application=application,
        provider=application.provider,
        kind=ClaimKind.SICK_COST,
        regime=routine.regime or Regime.LSS,
        month_on=month_on(read.applied_to - timedelta(days=1)),
        routine_version=version,
        received_at=application.received_at,
        due_on=promise_on(routine, received_on, holidays_around(received_on)),
        submitted_by_id=actor.person_id if is_handed_in else None,
        registered_by_id=actor.person_id,
        submitted_by_provider=is_handed_in and _is_at_provider(attempt, application),
        is_paid_by_invoice=invoice_role(routine, application.provider, now=attempt.now) is InvoiceRole.AFTER_DECISION,
    )


def _is_at_provider(attempt: Attempt, application: Application) -> bool:
    return application.provider_id in attempt.actor.provider_ids


_BY_INVOICE = Fault(
    code="applications_are_not_taken",
    message="Rutinen tar emot en faktura för den här ersättningen, inte en ansökan.",
    remedy="Be arbetsgivaren skicka en faktura; den öppnar ärendet.",
    column="provider",
)
_NOT_YET = Fault(
    code="received_in_the_future",
    message="Ansökan sägs ha kommit in en dag som inte har varit än.",
    remedy="Rätta dagen då den kom in.",
    column="received_on",
)


# --- changed, withdrawn ---------------------------------------------------------------------------------------


@transaction.atomic
def change_application(
    actor: Actor,
    claim_number: str,
    applied: Applied,
    *,
    reason: str,
    seen: str,
    law: LawBook,
    now: datetime,
    paper: PaperFile | None = None,
) -> int | Refusal | tuple[Fault, ...]:
    """Return the number of the version of an application that now counts, or everything wrong with it.

    What was found, said, calculated and signed was so of another version: the claim is judged again.
    """
    claim, attempt = found(actor, claim_number, Action.CHANGE_APPLICATION, now, seen)
    if isinstance(claim, Refusal):
        return claim
    application = claim.application
    if application is None or application.withdrawn_at is not None:
        return attempt.refuse(Refusal.WRONG_STATE)
    if not reason.strip():
        return attempt.refuse(Refusal.REASON_IS_MISSING)
    routine = routine_records.routine(claim.routine_version)
    read_anew = read(applied, law, today=day_of(now), words=covers_of(routine))
    about = Parties(recipient=application.recipient, provider=application.provider)
    is_officer = applications.relation(actor, about, now=now) is Relation.OWN_MUNICIPALITY
    faults = [] if is_officer else applications.against_the_applicant(actor, about, applied, routine, now)
    faults += read_anew if isinstance(read_anew, tuple) else ()
    if faults:
        return tuple(faults)
    read_application = cast(ReadApplication, read_anew)
    is_stated = claim.statements.exists()
    if not move(claim, to=ClaimStatus.RECEIVED, new_round=is_stated):
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    made = applications.change_application(attempt, application, applied, read_application, reason=reason, paper=paper)
    if isinstance(made, Refusal):
        return made
    attempt.done(reason=reason, detail={"application": application.pk, "version": made.number})
    Claim.objects.filter(pk=claim.pk).update(month_on=month_on(read_application.applied_to - timedelta(days=1)))
    return made.number


@transaction.atomic
def withdraw(actor: Actor, claim_number: str, *, reason: str, seen: str, now: datetime) -> ClaimStatus | Refusal:
    """Return the status of a claim whose application is taken back: nothing is decided, and nothing paid."""
    claim, attempt = found(actor, claim_number, Action.WITHDRAW_APPLICATION, now, seen)
    if isinstance(claim, Refusal):
        return claim
    if claim.application is None or claim.status == ClaimStatus.RETURNED:
        return attempt.refuse(Refusal.WRONG_STATE)
    if not reason.strip():
        return attempt.refuse(Refusal.REASON_IS_MISSING)
    if not move(claim, to=ClaimStatus.RETURNED):
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    if not applications.withdraw(attempt, claim.application):
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    attempt.done(reason=reason, detail={"application": claim.application.pk})
    return ClaimStatus.RETURNED
