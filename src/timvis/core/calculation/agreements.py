"""Collective agreements as dated data: one record per agreement, read by every calculation that needs one.

A pack holds words and the codes of dated numbers, never numbers of its own: a number has its file, its source and
its days in `data/agreements/`. What an agreement does not say is None, and then the routine's choice holds.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from timvis.core.law import Confidence
from timvis.core.statement import LawRowUsed, digest_of


@dataclass(frozen=True, slots=True, kw_only=True)
class PackSupplement:
    """A supplement that the agreement names, and the code of its dated amount per hour."""

    name: str
    label: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PackCost:
    """A pension or insurance cost: the code of its whole percentage, and of the part that is pension premium."""

    name: str
    label: str
    code: str
    pension_code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementTerms:
    """What the agreement says for sick-pay periods that begin from `from_on` to `to_on`, both days included.

    `deduction_method`, `average_week` and `short_first_day` are words of the routine's catalogue. The codes name
    dated numbers. `cites` are clauses in `data/statutes/`.
    """

    from_on: date
    to_on: date | None
    known_on: date
    checked_on: date
    confidence: Confidence
    source: tuple[str, ...]
    cites: tuple[str, ...] = ()
    note: str = ""
    sick_pay_percent_code: str | None = None
    qualifying_day_hours_code: str | None = None
    deduction_method: str | None = None
    average_week: str | None = None
    short_first_day: str | None = None
    holiday_compensation_percent_code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementPack:
    """One collective agreement through time."""

    code: str
    name: str
    parties: tuple[str, ...]
    for_own_employers: bool
    terms: tuple[AgreementTerms, ...]
    supplements: tuple[PackSupplement, ...] = ()
    costs: tuple[PackCost, ...] = ()
    note: str = ""

    def terms_on(self, day: date) -> AgreementTerms | None:
        """Return what it says for a sick-pay period that begins on a day; the latest known terms hold."""
        holding = [one for one in self.terms if one.from_on <= day and (one.to_on is None or day <= one.to_on)]
        return max(holding, key=lambda one: (one.known_on, one.from_on), default=None)

    def used(self, terms: AgreementTerms) -> LawRowUsed:
        """Return what a statement keeps of the terms it rests on."""
        words = digest_of([terms, self.supplements, self.costs])[:12]
        code = f"agreement.{self.code}.terms"
        return LawRowUsed(code=code, from_on=terms.from_on, known_on=terms.known_on, value=words)


Agreements = Mapping[str, AgreementPack]
"""Every pack by its code."""
