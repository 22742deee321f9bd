"""Who does what in the demonstration: every act by a person who logs in for it, at a time of the example's own."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, TypeVar

from timvis.apps.audit.queries import person_by_number
from timvis.apps.parties.queries import actor_of, provider_by_number, recipient_by_number
from timvis.cli.demonstration.told import DemonstrationStopped
from timvis.core.access import Actor, Role
from timvis.core.calendar.local_time import day_of
from timvis.core.faults import Fault, Refusal
from timvis.core.review.finding import Finding

T = TypeVar("T")

OFFICE_OPENS = time(7, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """The persons of one municipality, by number and by the role they hold."""

    municipality: str
    by_role: dict[Role, str]

    def person(self, number: str, now: datetime) -> Actor:
        """Return somebody who has just logged in."""
        person = person_by_number(number)
        actor = person and actor_of(person.pk, municipality=self.municipality, logged_in_at=now, on=day_of(now))
        if not actor:
            raise DemonstrationStopped(f"ingen i exemplet har numret {number}")
        return actor

    def officer(self, role: Role, now: datetime) -> Actor:
        """Return the one who holds a role at the office."""
        return self.person(self.by_role[role], now)

    def recipient_id(self, number: str) -> int:
        """Return a recipient of the municipality by her number."""
        found = recipient_by_number(self.municipality, number)
        if found is None:
            raise DemonstrationStopped(f"brukaren {number} är inte registrerad än")
        return found.pk

    def provider_id(self, number: str) -> int:
        """Return a provider of the municipality by its number."""
        found = provider_by_number(self.municipality, number)
        if found is None:
            raise DemonstrationStopped(f"anordnaren {number} är inte registrerad än")
        return found.pk


def cast_of(municipality: dict[str, Any]) -> Cast:
    """Return the cast that an example's register names; the first with a role is the one who acts in it."""
    by_role: dict[Role, str] = {}
    for one in municipality["staff"]:
        for role in one["roles"]:
            by_role.setdefault(Role(role), one["number"])
    return Cast(municipality=municipality["slug"], by_role=by_role)


def morning_of(day: date) -> datetime:
    """Return when the office opens on a day."""
    return datetime.combine(day, OFFICE_OPENS)


def wanted(kind: type[T], result: object, what: str) -> T:
    """Return what an act gave when it is of a kind. Raises `DemonstrationStopped` with what it gave instead."""
    if isinstance(result, kind):
        return result
    raise DemonstrationStopped(f"{what}: {result}")


def done(result: T | Refusal, what: str) -> T:
    """Return what an act gave. Raises `DemonstrationStopped` when it was refused, or gave faults or findings."""
    if isinstance(result, Refusal):
        raise DemonstrationStopped(f"{what}: {result.value}")
    if isinstance(result, tuple) and any(isinstance(one, (Fault, Finding)) for one in result):
        raise DemonstrationStopped(f"{what}: {result}")
    return result
