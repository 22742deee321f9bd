"""Lines that somebody signs or releases, as pages show them: with names, and with their deviations in words."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from timvis.apps.claims.models import Claim
from timvis.core.routine.batch import Line
from timvis.web.shared.names import provider_name, recipient_name
from timvis.web.shared.words import DEVIATION_WORDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Who a claim is about, as known now."""

    recipient: str
    provider: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A deviation in words, and how heavy it is."""

    weight: str
    text: str | Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One claim with its line, None where there is nothing to sign."""

    number: str
    names: Names
    month_on: date
    line: Line | None

    @property
    def marks(self) -> list[Mark]:
        """What deviates, the weightiest first."""
        found = self.line.deviations if self.line else ()
        return [Mark(weight=weight, text=text) for weight, text in map(DEVIATION_WORDS.__getitem__, found)]


def line_rows(found: Collection[Line]) -> list[Row]:
    """Return lines as they are shown, in their order."""
    names = names_of([line.claim_number for line in found])
    return [
        Row(number=line.claim_number, names=names[line.claim_number], month_on=line.month_on, line=line)
        for line in found
    ]


def names_of(numbers: Collection[str]) -> dict[str, Names]:
    """Return who some claims are about, by claim number."""
    claims = Claim.objects.filter(number__in=numbers).select_related("recipient", "provider")
    return {
        claim.number: Names(recipient=recipient_name(claim.recipient), provider=provider_name(claim.provider))
        for claim in claims.prefetch_related("recipient__versions", "provider__versions")
    }
