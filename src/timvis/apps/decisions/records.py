"""Rows of decisions → grants, as they were known at a moment."""

from datetime import date, datetime

from timvis.apps.audit.versions import current
from timvis.apps.decisions.models import Decision, DecisionVersion
from timvis.core.quantities import Minutes
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
