"""What was decided on home care: services with their time, or services that nobody assessed the need of.

Older people may be given help without an assessment of their needs. Then no hours are granted, and there is nothing
that performed time could be compared with; a service stands there without minutes.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from timvis.core.faults import Fault
from timvis.core.quantities import Minutes
from timvis.core.records import GrantUnit

BY_NEED = "homecare.decision_basis"
WITHOUT_NEED = "homecare.without_needs_assessment"
"""The law's codes for the paragraph of a decision, by the day it was made."""

SERVICE_LABELS: Mapping[str, str] = {
    "home_care": "Hemtjänst",
    "care": "Omvårdnad",
    "service": "Service",
    "cleaning": "Städning",
    "laundry": "Tvätt",
    "shopping": "Inköp",
    "pharmacy": "Apoteksärenden",
    "waste": "Sophämtning",
    "meals": "Måltider",
    "walk": "Promenad",
    "escort": "Ledsagning",
    "relief": "Avlösning",
    "alarm": "Trygghetslarm",
}
"""The usual services of home care in Swedish; a routine may name others."""

UNITS = (GrantUnit.DAY, GrantUnit.WEEK, GrantUnit.MONTH)
"""What home care is decided and ordered per: an open-ended order has no period to spread a sum over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedService:
    """One service; 0 minutes where the need was not assessed. An empty time band is every time."""

    service: str
    minutes: Minutes
    per: GrantUnit = GrantUnit.MONTH
    time_band: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeCareGrant:
    """A decision on home care as it was known; `granted_to` is the first day it no longer holds, None until further."""

    reference: str
    legal_basis: str
    decided_on: date
    decided_by: str
    needs_assessed: bool
    granted_from: date
    granted_to: date | None
    services: tuple[DecidedService, ...]

    def holds_on(self, day: date) -> bool:
        """Whether it grants anything on a day."""
        return self.granted_from <= day and (self.granted_to is None or day < self.granted_to)


def service_label(service: str) -> str:
    """Return a service in Swedish; one that the house has no word for as the routine names it."""
    return SERVICE_LABELS.get(service, service.replace("_", " ").capitalize())


def named_label(label: str) -> str:
    """Return the label of a statement's line with its service in Swedish.

    >>> named_label("Utförd tid: care, centralort")
    'Utförd tid: omvårdnad, centralort'
    """
    what, before, rest = label.partition(": ")
    service, comma, where = rest.partition(",")
    return f"{what}{before}{service_label(service).lower() if service in SERVICE_LABELS else service}{comma}{where}"


def faults_of(services: Sequence[DecidedService], *, needs_assessed: bool) -> tuple[Fault, ...]:
    """Return everything that is wrong with the services of a decision or an order; `line` is the row, from 1."""
    return tuple(_faults(services, needs_assessed=needs_assessed))


def _faults(services: Sequence[DecidedService], *, needs_assessed: bool) -> Iterator[Fault]:
    if not services:
        yield Fault(
            code="services_are_missing",
            message="Det står ingen insats.",
            remedy="Skriv minst en insats, med sin tid.",
            column="service",
        )
    seen: set[tuple[str, str]] = set()
    for line, row in enumerate(services, start=1):
        if not row.service.strip():
            yield Fault(
                code="service_is_missing",
                message=f"Rad {line} har tid men ingen insats.",
                remedy="Välj vilken insats tiden gäller.",
                line=line,
                column="service",
            )
        if (row.service, row.time_band) in seen:
            yield Fault(
                code="service_stands_twice",
                message=f"Insatsen {service_label(row.service)} står två gånger.",
                remedy="Lägg ihop tiden på en rad.",
                line=line,
                column="service",
            )
        seen.add((row.service, row.time_band))
        if row.per not in UNITS:
            yield Fault(
                code="service_has_no_rhythm",
                message=f"Insatsen {service_label(row.service)} har tid för en hel period.",
                remedy="Skriv tiden per dag, vecka eller månad.",
                line=line,
                column="per",
            )
        if needs_assessed and row.minutes <= 0:
            yield Fault(
                code="minutes_are_missing",
                message=f"Insatsen {service_label(row.service)} har ingen tid, men behovet är prövat.",
                remedy="Skriv den beviljade tiden, eller att insatsen ges utan behovsprövning.",
                line=line,
                column="minutes",
            )
        if not needs_assessed and row.minutes:
            yield Fault(
                code="minutes_without_assessment",
                message=f"Insatsen {service_label(row.service)} har tid, fast den ges utan behovsprövning.",
                remedy="Ta bort tiden: utan prövning är ingen tid beviljad.",
                line=line,
                column="minutes",
            )
