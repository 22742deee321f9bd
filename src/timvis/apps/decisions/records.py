"""Rows of decisions → grants, and whose responsibility a recipient is, as they were known at a moment."""

from dataclasses import dataclass
from datetime import date, datetime

from timvis.apps.audit.versions import current
from timvis.apps.decisions.models import (
    Decision,
    DecisionVersion,
    HomeCareDecision,
    HomeCareDecisionVersion,
    ResponsibilityVersion,
)
from timvis.core.home_care.decided import DecidedService, HomeCareGrant
from timvis.core.quantities import Minutes, OrePerHour
from timvis.core.records import Grant, GrantUnit, Regime


def grants(recipient_id: int, *, known_at: datetime, regime: Regime | None = None) -> tuple[Grant, ...]:
    """Return what a recipient was granted, in order of the first day and the reference.

    The newest version known then restates its decision whole: days that it no longer grants are not granted.
    """
    things = Decision.objects.filter(recipient_id=recipient_id).prefetch_related("versions")
    told = ((thing, current(thing.versions.all(), known_at=known_at)) for thing in things)
    found = [grant(thing, version) for thing, version in told if version is not None]
    return tuple(
        sorted(
            (one for one in found if regime is None or one.regime is regime),
            key=lambda one: (one.granted_from, one.reference),
        )
    )


def grant(thing: Decision, version: DecisionVersion) -> Grant:
    """Return what one version of a decision grants."""
    return Grant(
        reference=thing.reference,
        regime=Regime(version.regime),
        decided_on=version.decided_on,
        granted_from=version.valid_from or date.min,
        granted_to=version.valid_to,
        granted_minutes=Minutes(version.granted_minutes),
        per=GrantUnit(version.per),
        is_temporary=version.is_temporary,
        double_staffing=version.double_staffing,
        legal_basis=version.legal_basis,
    )


def home_care_grants(recipient_id: int, *, known_at: datetime) -> tuple[HomeCareGrant, ...]:
    """Return what a recipient was decided of home care, in order of the first day and the reference."""
    things = HomeCareDecision.objects.filter(recipient_id=recipient_id).prefetch_related("versions")
    told = ((thing, current(thing.versions.all(), known_at=known_at)) for thing in things)
    found = [home_care_grant(thing, version) for thing, version in told if version is not None]
    return tuple(sorted(found, key=lambda one: (one.granted_from, one.reference)))


def home_care_grant(thing: HomeCareDecision, version: HomeCareDecisionVersion) -> HomeCareGrant:
    """Return what one version of a decision on home care says."""
    return HomeCareGrant(
        reference=thing.reference,
        legal_basis=version.legal_basis,
        decided_on=version.decided_on,
        decided_by=version.decided_by,
        needs_assessed=version.needs_assessed,
        granted_from=version.valid_from or date.min,
        granted_to=version.valid_to,
        services=tuple(
            DecidedService(
                service=row["service"],
                minutes=Minutes(row["minutes"]),
                per=GrantUnit(row["per"]),
                time_band=row["time_band"],
            )
            for row in version.services
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class StateGrant:
    """What the state has granted, with the higher hourly rate it has registered; None: the year's."""

    grant: Grant
    ore_per_hour: OrePerHour | None


def state_grants(recipient_id: int, *, known_at: datetime) -> tuple[StateGrant, ...]:
    """Return what the state has granted a recipient, in order of the first day and the reference."""
    things = Decision.objects.filter(recipient_id=recipient_id).prefetch_related("versions")
    told = ((thing, current(thing.versions.all(), known_at=known_at)) for thing in things)
    found = [
        StateGrant(
            grant=grant(thing, version),
            ore_per_hour=None if version.rate_ore_per_hour is None else OrePerHour(version.rate_ore_per_hour),
        )
        for thing, version in told
        if version is not None and version.regime == Regime.SFB
    ]
    return tuple(sorted(found, key=lambda one: (one.grant.granted_from, one.grant.reference)))


def responsibility(recipient_id: int, *, known_at: datetime) -> ResponsibilityVersion | None:
    """Return when the municipality answers for a recipient; None when nobody has told."""
    return current(ResponsibilityVersion.objects.filter(thing__recipient_id=recipient_id), known_at=known_at)


def granted_by_the_state(municipality_id: int) -> tuple[int, ...]:
    """Return the ids of the municipality's recipients with a decision of the state's, in order."""
    rows = DecisionVersion.objects.filter(regime=Regime.SFB, thing__recipient__municipality_id=municipality_id)
    return tuple(sorted(set(rows.values_list("thing__recipient_id", flat=True))))
