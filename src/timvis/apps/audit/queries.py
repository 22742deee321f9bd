"""What is asked about persons and the log."""

from datetime import date

from django.db.models import Q, QuerySet

from timvis.apps.audit import records
from timvis.apps.audit.models import LogEntry, Person, RoleHeld, Seal
from timvis.core.audit_chain import Checkpoint, SealRow, Verdict, verify


def person_by_number(personal_number: str) -> Person | None:
    """Return the active person with a personal number, if she is known here."""
    return Person.objects.filter(personal_number=personal_number, is_active=True).first()


def numbers_of_people() -> tuple[str, ...]:
    """Return the personal numbers of everybody who is active: who a demo's identity provider lets in."""
    people = Person.objects.filter(is_active=True, personal_number__isnull=False)
    return tuple(number for number in people.order_by("pk").values_list("personal_number", flat=True) if number)


def roles_on(person_id: int, municipality: str, day: date) -> frozenset[str]:
    """Return the roles a person holds in a municipality on a day; none when she is not active any more."""
    held = roles_in_force(day).filter(person_id=person_id, municipality=municipality)
    return frozenset(held.values_list("role", flat=True))


def roles_in_force(day: date) -> QuerySet[RoleHeld]:
    """Return every role that somebody active holds on a day: given, confirmed where it must be, and not ended."""
    return RoleHeld.objects.filter(
        Q(held_to__isnull=True) | Q(held_to__gt=day),
        Q(given_by__isnull=True) | Q(confirmed__isnull=False),
        person__is_active=True,
        held_from__lte=day,
    )


def seals() -> tuple[SealRow, ...]:
    """Return every seal in number order."""
    return tuple(records.seal_row(seal) for seal in Seal.objects.order_by("number"))


def last_seal() -> SealRow | None:
    """Return the newest seal, None before the first."""
    seal = Seal.objects.order_by("-number").first()
    return records.seal_row(seal) if seal else None


def seal_over(entry_id: int) -> SealRow | None:
    """Return the seal that a row of the log lies behind, None while it is not sealed."""
    seal = Seal.objects.filter(last_entry_id__gte=entry_id).order_by("number").first()
    return records.seal_row(seal) if seal and seal.first_entry_id <= entry_id else None


def verdict(checkpoint: Checkpoint | None = None) -> Verdict:
    """Return whether the log of this installation is whole, and reaches the checkpoint if one is given.

    The seals are read first: rows that are written meanwhile then count as not yet sealed.
    """
    stood = seals()
    return verify(records.log_rows(LogEntry.objects.all()), stood, checkpoint)
