"""Rows of the parties → core records, as they were known at a moment.

A version restates its thing. Asked for a day too, the highest number known then that holds on the day speaks;
an older version still speaks for the days before a newer one begins.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime

from django.db.models import Model, Q, QuerySet

from timvis.apps.audit.versions import V, current
from timvis.apps.parties.models import (
    Absence,
    Assistant,
    AssistantVersion,
    Interest,
    Payee,
    PayeeVersion,
    PowerOfAttorney,
    PowerOfAttorneyVersion,
    Provider,
    ProviderVersion,
    Recipient,
    RecipientVersion,
)
from timvis.core import disqualification
from timvis.core import records as core


class NotYetKnown(LookupError):
    """Something was asked for as it was known before anybody knew of it: a mistake in the asking."""


def recipient(recipient_id: int, *, known_at: datetime) -> core.Recipient:
    """Return a recipient. Raises `NotYetKnown` before she was registered."""
    thing = Recipient.objects.get(id=recipient_id)
    version = _known(thing, RecipientVersion.objects.filter(thing=thing), known_at)
    return core.Recipient(number=thing.personal_number, name=version.name, died_on=version.died_on)


def recipients(recipient_ids: Collection[int], *, known_at: datetime) -> dict[int, core.Recipient]:
    """Return the recipients of some ids that were known at a moment, by id; two queries whatever their number."""
    things = Recipient.objects.filter(id__in=recipient_ids).prefetch_related("versions")
    told = ((thing, current(thing.versions.all(), known_at=known_at)) for thing in things)
    return {
        thing.pk: core.Recipient(number=thing.personal_number, name=version.name, died_on=version.died_on)
        for thing, version in told
        if version is not None
    }


def provider(provider_id: int, *, known_at: datetime, on: date | None = None) -> core.Provider:
    """Return a provider, as its particulars hold on a day. Raises `NotYetKnown` before it was registered."""
    thing = Provider.objects.get(id=provider_id)
    return _provider(thing, provider_version(provider_id, known_at=known_at, on=on))


def providers(provider_ids: Collection[int], *, known_at: datetime) -> dict[int, core.Provider]:
    """Return the providers of some ids that were known at a moment, by id."""
    things = Provider.objects.filter(id__in=provider_ids).prefetch_related("versions")
    told = ((thing, current(thing.versions.all(), known_at=known_at)) for thing in things)
    return {thing.pk: _provider(thing, version) for thing, version in told if version is not None}


def _provider(thing: Provider, version: ProviderVersion) -> core.Provider:
    return core.Provider(
        number=thing.organisation_number,
        name=version.name,
        kind=core.ProviderKind(version.kind),
        permit_is_known=version.permit_is_known,
        permit_from=version.permit_from,
        permit_to=version.permit_to,
        told_of_end_on=version.told_of_end_on,
        working_time_law=core.WorkingTimeLaw(version.working_time_law) if version.working_time_law else None,
        agreement=version.agreement,
        managers=tuple(version.managers),
    )


def provider_version(provider_id: int, *, known_at: datetime, on: date | None = None) -> ProviderVersion:
    """Return the version that spoke for a provider. Raises `NotYetKnown` when none did."""
    thing = Provider.objects.get(id=provider_id)
    return _known(thing, ProviderVersion.objects.filter(thing=thing), known_at, on)


def assistants(
    provider_id: int, *, known_at: datetime, numbers: Collection[str] | None = None
) -> tuple[core.Assistant, ...]:
    """Return a provider's assistants in number order, those with the given numbers or all."""
    things = Assistant.objects.filter(provider_id=provider_id).order_by("personal_number")
    if numbers is not None:
        things = things.filter(personal_number__in=numbers)
    told = (
        (thing, current(thing.versions.all(), known_at=known_at))
        for thing in things.prefetch_related("versions", "incapacities")
    )
    return tuple(_assistant(thing, version, known_at) for thing, version in told if version is not None)


def _assistant(thing: Assistant, version: AssistantVersion, known_at: datetime) -> core.Assistant:
    return core.Assistant(
        number=thing.personal_number,
        name=version.name,
        born_on=version.born_on,
        lives_outside_eea=version.lives_outside_eea,
        registered_on=version.registered_on,
        hired_on=version.hired_on,
        incapacities=tuple(
            core.Incapacity(
                unable_from=row.unable_from,
                unable_to=row.unable_to,
                assessed_on=row.assessed_on,
                reason=row.reason,
            )
            for row in sorted(thing.incapacities.all(), key=lambda row: (row.unable_from, row.pk))
            if row.known_at <= known_at
        ),
    )


def absences(recipient_id: int, *, known_at: datetime) -> tuple[core.Absence, ...]:
    """Return a recipient's absences in time order."""
    return absences_of({recipient_id}, known_at=known_at).get(recipient_id, ())


def absences_of(recipient_ids: Collection[int], *, known_at: datetime) -> dict[int, tuple[core.Absence, ...]]:
    """Return the absences of some recipients in time order, by id; who was never away is left out."""
    found: defaultdict[int, list[core.Absence]] = defaultdict(list)
    rows = Absence.objects.filter(recipient_id__in=recipient_ids, known_at__lte=known_at)
    for row in rows.order_by("start_at", "id"):
        found[row.recipient_id].append(
            core.Absence(
                kind=core.AbsenceKind(row.kind),
                start_at=core.Instant(row.start_at),
                end_at=core.Instant(row.end_at),
                has_special_reason=row.has_special_reason,
            )
        )
    return {recipient_id: tuple(told) for recipient_id, told in found.items()}


def deaths(recipient_ids: Collection[int], *, known_at: datetime) -> dict[int, date]:
    """Return the days on which some recipients died, by id, as far as the municipality knows."""
    rows = RecipientVersion.objects.filter(thing_id__in=recipient_ids, known_at__lte=known_at).order_by("number")
    newest = {row.thing_id: row.died_on for row in rows}
    return {recipient_id: died_on for recipient_id, died_on in newest.items() if died_on is not None}


def mandates(recipient_id: int, *, known_at: datetime) -> tuple[core.Mandate, ...]:
    """Return a recipient's powers of attorney; one that was taken back ends on the day it was."""
    return tuple(mandate for _, mandate in mandates_of({recipient_id}, known_at=known_at))


def mandates_of(recipient_ids: Collection[int], *, known_at: datetime) -> tuple[tuple[int, core.Mandate], ...]:
    """Return the powers of attorney of some recipients, each with the recipient's id."""
    things = PowerOfAttorney.objects.filter(recipient_id__in=recipient_ids).order_by("recipient_id", "agent_number")
    told = ((thing, current(thing.versions.all(), known_at=known_at)) for thing in things.prefetch_related("versions"))
    return tuple((thing.recipient_id, mandate(thing, version)) for thing, version in told if version is not None)


def mandate(thing: PowerOfAttorney, version: PowerOfAttorneyVersion) -> core.Mandate:
    """Return what one version of a power of attorney comes to."""
    ends = [day for day in (version.valid_to, version.revoked_on) if day is not None]
    return core.Mandate(
        agent_number=thing.agent_number,
        valid_from=version.valid_from or date.min,
        valid_to=min(ends, default=None),
        may_report=version.may_report,
        original_received_on=version.original_received_on,
    )


def payee(recipient_id: int | None, provider_id: int, *, known_at: datetime, on: date) -> PayeeVersion | None:
    """Return the payee form that counts on a day, None when no form does; without recipient, that of its invoices."""
    return payees({(recipient_id, provider_id)}, known_at=known_at, on=on).get((recipient_id, provider_id))


def payees(
    hours: Collection[tuple[int | None, int]], *, known_at: datetime, on: date
) -> dict[tuple[int | None, int], PayeeVersion]:
    """Return the payee forms that count on a day, by the ids of recipient and provider whose hours they are for.

    None for the recipient asks for the form of the provider's own invoices.
    """
    recipients = {recipient_id for recipient_id, _ in hours if recipient_id is not None}
    things = Payee.objects.filter(
        Q(recipient_id__in=recipients) | Q(recipient__isnull=True),
        provider_id__in={provider_id for _, provider_id in hours},
    )
    told = (
        ((thing.recipient_id, thing.provider_id), current(thing.versions.all(), known_at=known_at, on=on))
        for thing in things.prefetch_related("versions")
    )
    return {pair: version for pair, version in told if version is not None and pair in hours}


def interests(municipality: str, *, known_at: datetime) -> tuple[disqualification.Interest, ...]:
    """Return every interest that is registered in a municipality."""
    things = Interest.objects.filter(municipality__slug=municipality).order_by("id").prefetch_related("versions")
    told = ((thing, current(thing.versions.all(), known_at=known_at)) for thing in things)
    return tuple(
        disqualification.Interest(
            number=thing.person_number,
            other_number=thing.other_number,
            kind=disqualification.InterestKind(thing.kind),
            valid_from=version.valid_from,
            valid_to=version.valid_to,
        )
        for thing, version in told
        if version is not None
    )


def _known(thing: Model, versions: QuerySet[V], known_at: datetime, on: date | None = None) -> V:
    version = current(versions, known_at=known_at, on=on)
    if version is None:
        raise NotYetKnown(f"{thing._meta.label} {thing.pk} was not known at {known_at.isoformat()} (on {on})")
    return version
