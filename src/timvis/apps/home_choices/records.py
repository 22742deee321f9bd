"""Rows of agreements and of turn orders → what the core judges."""

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime

from timvis.apps.audit.versions import current
from timvis.apps.home_choices.models import EntryKind, HomeAgreementVersion, TurnEntry
from timvis.core.home_care.providers import OfferedService, Terms
from timvis.core.home_care.turn_order import Assigned, Entry, Joined, Left, Skipped
from timvis.core.quantities import Minutes
from timvis.formats.frozen import freeze, thaw


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementParticulars:
    """What an agreement on home care says from `valid_from` on."""

    reference: str
    begins_on: date
    services: tuple[OfferedService, ...]
    valid_from: date
    areas: tuple[str, ...] = ()
    ceiling_minutes: Minutes | None = None
    ends_on: date | None = None
    profile: str = ""
    contact: str = ""


def says(particulars: AgreementParticulars) -> dict[str, object]:
    """Return an agreement's particulars as a version's row."""
    told = {name: getattr(particulars, name) for name in particulars.__slots__}
    return told | {
        "services": freeze(tuple[OfferedService, ...], particulars.services),
        "areas": list(particulars.areas),
    }


def particulars(version: HomeAgreementVersion) -> AgreementParticulars:
    """Return what a version says."""
    return AgreementParticulars(
        reference=version.reference,
        begins_on=version.begins_on,
        services=tuple(thaw(OfferedService, row) for row in version.services),
        valid_from=version.valid_from or version.begins_on,
        areas=tuple(version.areas),
        ceiling_minutes=None if version.ceiling_minutes is None else Minutes(version.ceiling_minutes),
        ends_on=version.ends_on,
        profile=version.profile,
        contact=version.contact,
    )


def terms(key: str, told: AgreementParticulars) -> Terms:
    """Return what the core judges of an agreement's particulars."""
    return Terms(
        provider=key,
        begins_on=told.begins_on,
        ends_on=told.ends_on,
        services=told.services,
        areas=frozenset(told.areas),
        ceiling_minutes=told.ceiling_minutes,
    )


def speaking(versions: Iterable[HomeAgreementVersion], *, known_at: datetime, on: date) -> HomeAgreementVersion | None:
    """Return the version whose terms hold on a day as was known at a moment; the first to come before any does.

    When the agreement begins and ends is the newest version's word, also for the days of an older one.
    """
    every = tuple(versions)
    newest = current(every, known_at=known_at)
    if newest is None:
        return None
    # A copy: the row itself still says what it said, to whoever asks as of another moment.
    found = copy(current(every, known_at=known_at, on=on) or newest)
    found.begins_on, found.ends_on = newest.begins_on, newest.ends_on
    return found


def entry(row: TurnEntry) -> Entry:
    """Return a row of a turn order's log; providers are named by their ids."""
    provider = str(row.provider_id)
    if row.kind == EntryKind.JOINED:
        return Joined(on=row.on, provider=provider)
    if row.kind == EntryKind.LEFT:
        return Left(on=row.on, provider=provider)
    return Assigned(
        on=row.on,
        provider=provider,
        order=row.reference or "",
        minutes=Minutes(row.minutes or 0),
        skipped=tuple(thaw(Skipped, one) for one in row.skipped),
    )
