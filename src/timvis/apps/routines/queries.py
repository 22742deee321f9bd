"""What is asked about routines."""

from datetime import date
from hashlib import sha256

from django.db.models import Q

from timvis.apps.audit.actions import DONE
from timvis.apps.audit.models import LogEntry
from timvis.apps.routines import records
from timvis.apps.routines.models import RoutineStatus, RoutineVersion
from timvis.core.access import Action
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


def for_invoice(municipality: str, kind: ClaimKind, day: date) -> RoutineVersion | None:
    """Return the version that an invoice of a kind is handled under when it comes on a day, None when none covers it.

    Where several routines cover the kind, one that accepts invoices goes before one that does not.
    """
    covering = [version for version in in_force(municipality, day) if kind in records.routine(version).claim_kinds]
    return min(covering, key=lambda version: not records.routine(version).accepts_invoices, default=None)


def altered_versions() -> tuple[str, ...]:
    """Return `slug, version n` of every adopted text that is not the one the log saw being published."""
    published = {
        (detail.get("slug"), detail.get("number"), detail.get("digest"))
        for detail in LogEntry.objects.filter(action=Action.PUBLISH_ROUTINE, outcome=DONE).values_list(
            "detail", flat=True
        )
    }
    return tuple(
        f"{version.slug}, version {version.number}"
        for version in RoutineVersion.objects.exclude(status=RoutineStatus.DRAFT).order_by("slug", "number")
        if (version.slug, version.number, sha256(version.text.encode()).hexdigest()) not in published
    )
