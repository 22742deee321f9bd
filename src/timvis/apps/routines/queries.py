"""What is asked about routines."""

from datetime import date

from django.db.models import Q

from timvis.apps.routines import records
from timvis.apps.routines.models import RoutineStatus, RoutineVersion
from timvis.core.records import Regime
from timvis.core.routine.records import ClaimKind


def in_force(municipality: str, day: date) -> tuple[RoutineVersion, ...]:
    """Return the versions that are or were published and hold on a day, one per routine, the newest of each."""
    holding = RoutineVersion.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=day),
        municipality=municipality,
        status__in=[RoutineStatus.PUBLISHED, RoutineStatus.SUPERSEDED],
        valid_from__lte=day,
    )
    newest = {version.slug: version for version in holding.order_by("slug", "number")}
    return tuple(newest.values())


def for_claim(municipality: str, kind: ClaimKind, regime: Regime, day: date) -> RoutineVersion | None:
    """Return the version that a claim for work on a day begins under, None when no routine covers it."""
    for version in in_force(municipality, day):
        routine = records.routine(version)
        if kind in routine.claim_kinds and routine.regime is regime:
            return version
    return None
