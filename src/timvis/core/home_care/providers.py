"""What a provider has agreed to do, and why it can or cannot take a recipient.

An agreement has its first day and, once it is given notice, its last. The terms inside it may change from a day on.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from timvis.core.faults import Fault
from timvis.core.home_care.capacity import Capacity
from timvis.core.quantities import Minutes

_DAY_MINUTES = 24 * 60


class CannotTake(StrEnum):
    """Why a provider does not get a recipient, in the order in which it is asked."""

    AGREEMENT_DOES_NOT_HOLD = "agreement_does_not_hold"
    RECIPIENT_LEAVES_IT = "recipient_leaves_it"
    SERVICE_IS_NOT_OFFERED = "service_is_not_offered"
    AREA_IS_NOT_SERVED = "area_is_not_served"
    FULL = "full"


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedService:
    """A service that a provider performs, and between which minutes of the day."""

    name: str
    from_minute: int = 0
    to_minute: int = _DAY_MINUTES


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What holds of a provider on a day. No areas is the whole municipality; `ends_on` is the first day without it."""

    provider: str
    begins_on: date
    services: tuple[OfferedService, ...]
    areas: frozenset[str] = frozenset()
    ceiling_minutes: Minutes | None = None
    ends_on: date | None = None

    def holds_on(self, day: date) -> bool:
        """Return whether the agreement holds on a day."""
        return self.begins_on <= day and (self.ends_on is None or day < self.ends_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody must take: the services, from which day, how much a month, where.

    `leaves` are the providers she leaves; nobody is turned back to one.
    """

    services: frozenset[str]
    from_on: date
    minutes: Minutes
    area: str = ""
    leaves: frozenset[str] = frozenset()


def unfit(terms: Terms, wanted: Wanted) -> CannotTake | None:
    """Return why a provider is not for this recipient however much room it has; None when it is."""
    if not terms.holds_on(wanted.from_on):
        return CannotTake.AGREEMENT_DOES_NOT_HOLD
    if terms.provider in wanted.leaves:
        return CannotTake.RECIPIENT_LEAVES_IT
    if not wanted.services <= {service.name for service in terms.services}:
        return CannotTake.SERVICE_IS_NOT_OFFERED
    if terms.areas and wanted.area not in terms.areas:
        return CannotTake.AREA_IS_NOT_SERVED
    return None


def cannot_take(terms: Terms, wanted: Wanted, capacity: Capacity) -> CannotTake | None:
    """Return why a provider cannot take a recipient, None when it can. Who leaves it may come back to it."""
    because = unfit(terms, wanted)
    if because is not None:
        return because
    return None if capacity.takes(wanted.minutes) else CannotTake.FULL


def term_faults(terms: Terms, *, services: Iterable[str], areas: Sequence[str]) -> tuple[Fault, ...]:
    """Return everything an agreement says that cannot be, by the routine's services and areas."""
    known = set(services)
    return (
        *_day_faults(terms),
        *(fault for offered in terms.services for fault in _service_faults(offered, known)),
        *_named_twice(terms),
        *(
            _fault("areas", f"Området {area} finns inte i rutinen.", "Välj ett av rutinens områden.")
            for area in sorted(terms.areas - set(areas))
        ),
    )


def _day_faults(terms: Terms) -> Iterable[Fault]:
    if not terms.services:
        yield _fault("services", "Avtalet säger inga insatser.", "Välj minst en insats.")
    if terms.ends_on is not None and terms.ends_on <= terms.begins_on:
        yield _fault("ends_on", "Avtalet slutar innan det börjar.", "Ändra den första eller den sista dagen.")
    if terms.ceiling_minutes is not None and terms.ceiling_minutes <= 0:
        yield _fault("ceiling", "Kapacitetstaket är noll.", "Skriv minst en timme, eller lämna taket tomt.")


def _service_faults(offered: OfferedService, known: set[str]) -> Iterable[Fault]:
    if offered.name not in known:
        yield _fault("services", f"Insatsen {offered.name} finns inte i rutinen.", "Välj en av rutinens insatser.")
    if not 0 <= offered.from_minute < offered.to_minute <= _DAY_MINUTES:
        yield _fault(
            "services",
            f"Tiderna för insatsen {offered.name} går inte ihop.",
            "Skriv först när dagen börjar och sedan när den slutar, högst 24.00.",
        )


def _named_twice(terms: Terms) -> Iterable[Fault]:
    names = [offered.name for offered in terms.services]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield _fault("services", f"Insatsen {name} står två gånger.", "Ta bort den ena.")


def _fault(column: str, message: str, remedy: str) -> Fault:
    return Fault(code="home_care_agreement", message=message, remedy=remedy, column=column)
