"""Acts on an application: kept with its first version, changed, withdrawn.

Nobody calls them but the acts that open and move the claim (`claims.application_acts`): an application and its case
come to be in one transaction, and are logged there as one act.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from timvis.apps.applications import records
from timvis.apps.applications.models import Application, ApplicationVersion, AppliedBy, CameBy
from timvis.apps.applications.particulars import Applied, PaperFile, ReadApplication
from timvis.apps.audit.attempts import Attempt
from timvis.apps.documents.actions import keep_original
from timvis.apps.parties import records as parties
from timvis.apps.parties.models import Payee, Provider, Recipient
from timvis.apps.parties.queries import power_held_by, provider_in, recipient_in, relation_to_hours
from timvis.core.access import NEW, Action, Actor, Relation
from timvis.core.faults import Fault, Refusal
from timvis.core.records import ProviderKind
from timvis.core.routine.records import ClaimKind, Needed, Routine
from timvis.core.routine.terms import IfMissing

JSON = "application/json"
POWER_OF_ATTORNEY = "power_of_attorney"
_AFTERWARDS = frozenset({Needed.AFTERWARDS, Needed.ON_REQUEST})


@dataclass(frozen=True, slots=True, kw_only=True)
class Parties:
    """Whose application it is, and who has had the cost."""

    recipient: Recipient
    provider: Provider


def found_parties(
    actor: Actor, action: Action, recipient_id: int, provider_id: int, *, now: datetime
) -> tuple[Parties | Refusal, Attempt]:
    """Return those an application is about when the actor may apply for them, or the refusal; and the attempt."""
    recipient, provider = recipient_in(actor, recipient_id), provider_in(actor, provider_id)
    attempt = Attempt(actor, action, "application", "", now, recipient.pk if recipient else None)
    if recipient is None or provider is None:
        return attempt.refuse(Refusal.NOT_FOUND), attempt
    about = Parties(recipient=recipient, provider=provider)
    if refusal := attempt.refused(relation(actor, about, now=now), NEW):
        return refusal, attempt
    return about, attempt


@transaction.atomic
def keep_application(
    attempt: Attempt,
    about: Parties,
    applied: Applied,
    read: ReadApplication,
    *,
    came_by: CameBy,
    received_at: datetime,
    paper: PaperFile | None,
) -> Application | Refusal:
    """Return the application that was kept with its first version, as the attempt's actor handed it over."""
    original_id = _original(attempt, about, applied, read, paper)
    if isinstance(original_id, Refusal):
        return original_id
    application = Application.objects.create(
        municipality=about.recipient.municipality,
        recipient=about.recipient,
        provider=about.provider,
        kind=ClaimKind.SICK_COST,
        came_by=came_by,
        received_at=received_at,
        registered_by_id=attempt.actor.person_id,
    )
    _write_version(attempt, application, applied, read, original_id=original_id, reason="")
    return application


@transaction.atomic
def change_application(
    attempt: Attempt,
    application: Application,
    applied: Applied,
    read: ReadApplication,
    *,
    reason: str,
    paper: PaperFile | None = None,
) -> ApplicationVersion | Refusal:
    """Return the version of an application that now counts; every earlier one stays readable."""
    about = Parties(recipient=application.recipient, provider=application.provider)
    original_id = _original(attempt, about, applied, read, paper)
    if isinstance(original_id, Refusal):
        return original_id
    return _write_version(attempt, application, applied, read, original_id=original_id, reason=reason)


@transaction.atomic
def withdraw(attempt: Attempt, application: Application) -> bool:
    """Return whether an application is now taken back; False when somebody was first."""
    untouched = Application.objects.filter(pk=application.pk, withdrawn_at__isnull=True)
    return untouched.update(withdrawn_at=attempt.now) == 1


def _original(
    attempt: Attempt, about: Parties, applied: Applied, read: ReadApplication, paper: PaperFile | None
) -> int | Refusal:
    """Keep the picture of the paper, or without one what was written, in one writing."""
    file = paper or PaperFile(name="ansokan.json", content=_written(applied, read), media_type=JSON)
    return keep_original(
        attempt.actor,
        content=file.content,
        media_type=file.media_type,
        file_name=file.name,
        relation=relation(attempt.actor, about, now=attempt.now),
        now=attempt.now,
    )


def _written(applied: Applied, read: ReadApplication) -> bytes:
    says = {**_says(applied), "parts": [records.frozen_part(part) for part in read.parts]}
    return json.dumps(says, ensure_ascii=False, sort_keys=True, indent=1, default=str).encode()


def _says(applied: Applied) -> dict[str, Any]:
    return {
        "applied_by": applied.applied_by,
        "applicant_number": applied.applicant_number,
        "applicant_name": applied.applicant_name.strip(),
        "represents": applied.represents,
        "contact": applied.contact.strip(),
        "signed_on": applied.signed_on,
        "covers": applied.covers,
        "payee_wish": "" if applied.uses_registered_account else applied.payee_wish.strip(),
        "invoice_reference": applied.invoice_reference.strip(),
    }


def _write_version(
    attempt: Attempt,
    application: Application,
    applied: Applied,
    read: ReadApplication,
    *,
    original_id: int,
    reason: str,
) -> ApplicationVersion:
    before = application.versions.order_by("-number").first()
    return ApplicationVersion.objects.create(
        application=application,
        number=before.number + 1 if before else 1,
        **_says(applied),
        applied_from=read.applied_from,
        applied_to=read.applied_to,
        payee=_payee(application) if applied.uses_registered_account else None,
        parts=[records.frozen_part(part) for part in read.parts],
        original_id=original_id,
        reason=reason,
        made_at=attempt.now,
        made_by_id=attempt.actor.person_id,
    )


def _payee(application: Application) -> Payee | None:
    return Payee.objects.filter(recipient=application.recipient, provider=application.provider).first()


# --- who may apply for whom ---------------------------------------------------------------------------------


def against_the_applicant(
    actor: Actor, about: Parties, applied: Applied, routine: Routine, now: datetime
) -> list[Fault]:
    """Return why somebody outside the office may not apply in this way: as another, or without the power it takes."""
    near = relation(actor, about, now=now)
    if near is Relation.SELF:
        return [] if applied.applied_by is AppliedBy.RECIPIENT else [_NOT_IN_OWN_NAME]
    if is_own_employer(actor.personal_number, about.provider, now=now):
        return []
    if applied.applied_by is AppliedBy.RECIPIENT:
        return [_NOT_THE_RECIPIENT]
    if lacks := power_lacks(about.recipient, {applied.applicant_number, actor.personal_number}, now=now):
        return [] if may_come_afterwards(routine) else [_without_power(lacks)]
    return []


def relation(actor: Actor, about: Parties, *, now: datetime) -> Relation:
    """Return the nearest relation an actor has to those an application is about."""
    return relation_to_hours(actor, about.recipient, about.provider, now=now)


def is_own_employer(personal_number: str, provider: Provider, *, now: datetime) -> bool:
    """Whether a person employs the assistants herself; she then applies for her own cost and needs no power."""
    kind = parties.provider(provider.pk, known_at=now).kind
    return kind is ProviderKind.OWN_EMPLOYER and provider.organisation_number == personal_number


def power_lacks(recipient: Recipient, numbers: set[str], *, now: datetime) -> str:
    """Return what the power of attorney of some numbers does not say, as a Swedish sentence; "" when it is enough."""
    power = power_held_by(recipient, numbers, now=now)
    if power is None:
        return "Ingen fullmakt att ansöka är registrerad för den som ansöker."
    if not power.may_apply:
        return "Fullmakten ger inte rätt att ansöka."
    if power.original_received_on is None:
        return "Fullmakten har inte kommit in i original."
    return ""


def may_come_afterwards(routine: Routine) -> bool:
    """Whether a routine takes an agent's application before the power of attorney has come."""
    rows = [row for row in routine.evidence if row.code == POWER_OF_ATTORNEY]
    return any(row.needed in _AFTERWARDS or row.if_missing is IfMissing.ASK for row in rows)


def _without_power(lacks: str) -> Fault:
    return Fault(
        code="power_of_attorney_is_missing",
        message=lacks,
        remedy="Lämna fullmakten i original till kommunen, med rätt att ansöka; därefter kan ansökan lämnas.",
        column="applied_by",
    )


_NOT_IN_OWN_NAME = Fault(
    code="applies_as_somebody_else",
    message="Den som ansöker för egen del kan inte ansöka som ombud eller ställföreträdare.",
    remedy="Välj att du ansöker själv.",
    column="applied_by",
)
_NOT_THE_RECIPIENT = Fault(
    code="applies_as_somebody_else",
    message="Bara den enskilde själv kan ansöka i eget namn.",
    remedy="Välj att du ansöker som ombud, eller som legal ställföreträdare.",
    column="applied_by",
)
