"""Four quantities side by side: what was ordered, performed, approved for payment and charged to the recipient.

They are never made one. A line is one recipient's month of one service at one provider; the lines that cost most
come first, so that an officer's time goes where the money is.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from timvis.core.calculation.home_care.granted import granted_minutes
from timvis.core.calculation.home_care.records import Granted
from timvis.core.calculation.home_care.settings import Cohabitants, Staffing
from timvis.core.calendar.local_time import local_day
from timvis.core.calendar.months import month_period
from timvis.core.home_care.visits import RegisteredVisit, VisitState
from timvis.core.quantities import MINUTES_PER_HOUR, Ore, half_up

NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Whose:
    """Whose time it is, of what, and who gave it."""

    recipient: str
    service: str
    provider: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """What is known of a month, each in minutes by whose they are.

    `ordered` lacks those whose help is given without needs assessment, who are in `without_assessment`: they have
    no granted hours to be compared with. `approved` and `charged` are None until somebody has approved, and until
    the fee officer has answered. `hour_ore` is the price that a difference is weighed by, `areas` where each lives.
    """

    ordered: Mapping[Whose, Fraction]
    performed: Mapping[Whose, Fraction]
    approved: Mapping[Whose, Fraction] | None = None
    charged: Mapping[Whose, Fraction] | None = None
    without_assessment: frozenset[Whose] = frozenset()
    hour_ore: Mapping[Whose, Ore] | None = None
    areas: Mapping[str, str] | None = None


class DifferenceKind(StrEnum):
    """Which two quantities differ, and how."""

    BELOW_ORDER = "below_order"
    ABOVE_ORDER = "above_order"
    WITHOUT_ORDER = "without_order"
    APPROVED_BUT_NOT_PERFORMED = "approved_but_not_performed"
    PERFORMED_BUT_NOT_APPROVED = "performed_but_not_approved"
    CHARGED_BUT_NOT_PERFORMED = "charged_but_not_performed"
    PERFORMED_BUT_NOT_CHARGED = "performed_but_not_charged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """How much two quantities differ, always above nought; `amount_ore` None where no price is known."""

    kind: DifferenceKind
    minutes: Fraction
    amount_ore: Ore | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The four quantities of one recipient, service and provider; None is what is not known, or does not exist."""

    whose: Whose
    area: str
    ordered: Fraction | None
    performed: Fraction
    approved: Fraction | None
    charged: Fraction | None
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How much of what was ordered was performed, at a provider in an area; `share` None when nothing was."""

    provider: str
    area: str
    ordered: Fraction
    performed: Fraction

    @property
    def share(self) -> Fraction | None:
        """Performed of ordered; 1 is all of it, and more is more."""
        return self.performed / self.ordered if self.ordered else None


def ordered_minutes(orders: Mapping[Whose, Sequence[Granted]], month_on: date) -> dict[Whose, Fraction]:
    """Return what was ordered in a month, exactly, as the calculation counts it; a pause takes nothing away from it."""
    month = month_period(month_on)
    return {
        whose: sum((granted_minutes(grant, month) for grant in granted), NOTHING) for whose, granted in orders.items()
    }


def performed_minutes(
    visits: Iterable[RegisteredVisit],
    provider: str,
    month_on: date,
    *,
    staffing: Staffing,
    cohabitants: Cohabitants,
) -> dict[Whose, Fraction]:
    """Return a provider's performed minutes of a month; a visit over its end belongs to the month it began in.

    `staffing` and `cohabitants` are as `performed_of` takes them.
    """
    by_whose: defaultdict[Whose, list[RegisteredVisit]] = defaultdict(list)
    for visit in visits:
        if visit.state is VisitState.PERFORMED and local_day(visit.start_at).replace(day=1) == month_on:
            by_whose[Whose(recipient=visit.recipient, service=visit.service, provider=provider)].append(visit)
    return {whose: performed_of(mine, staffing=staffing, cohabitants=cohabitants) for whose, mine in by_whose.items()}


def performed_of(
    visits: Iterable[RegisteredVisit], *, staffing: Staffing | None, cohabitants: Cohabitants | None
) -> Fraction:
    """Return the performed minutes of one line, whatever order its visits come in.

    `staffing` is whether two employees at once count for each, `cohabitants` whether a household shares the time: as
    many share it as any row at the same time says. None counts each minute as it was registered.
    """
    at_once: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for visit in visits:
        if visit.state is VisitState.PERFORMED:
            at_once[visit.start_at, visit.end_at].append(visit.shared_by)
    minutes = NOTHING
    for (start_at, end_at), shared_by in at_once.items():
        times = 1 if staffing is Staffing.COUNTS_ONCE else len(shared_by)
        minutes += Fraction((end_at - start_at) * times, max(shared_by) if cohabitants is Cohabitants.SPLIT else 1)
    return minutes


def reconciled(month: Month) -> tuple[Line, ...]:
    """Return a line for everybody that any quantity knows of, those with the costliest difference first.

    A difference without a price comes before all others: nobody knows what it costs.
    """
    sides = (month.ordered, month.performed, month.approved or {}, month.charged or {})
    everybody = set(month.without_assessment).union(*sides)
    return tuple(sorted((_line(whose, month) for whose in everybody), key=_order))


def shares(lines: Iterable[Line]) -> tuple[Share, ...]:
    """Return performed of ordered per provider and area, by name; help without granted hours is left out."""
    ordered: defaultdict[tuple[str, str], Fraction] = defaultdict(Fraction)
    performed: defaultdict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for line in lines:
        if line.ordered is not None:
            place = (line.whose.provider, line.area)
            ordered[place] += line.ordered
            performed[place] += line.performed
    return tuple(
        Share(provider=provider, area=area, ordered=ordered[provider, area], performed=performed[provider, area])
        for provider, area in sorted(ordered)
    )


def _line(whose: Whose, month: Month) -> Line:
    ordered = None if whose in month.without_assessment else month.ordered.get(whose, NOTHING)
    performed = month.performed.get(whose, NOTHING)
    approved = None if month.approved is None else month.approved.get(whose, NOTHING)
    charged = None if month.charged is None else month.charged.get(whose, NOTHING)
    has_order = whose in month.ordered
    above = DifferenceKind.ABOVE_ORDER if has_order else DifferenceKind.WITHOUT_ORDER
    compared = (
        (performed, ordered, above, DifferenceKind.BELOW_ORDER),
        (
            approved,
            performed,
            DifferenceKind.APPROVED_BUT_NOT_PERFORMED,
            DifferenceKind.PERFORMED_BUT_NOT_APPROVED,
        ),
        (charged, performed, DifferenceKind.CHARGED_BUT_NOT_PERFORMED, DifferenceKind.PERFORMED_BUT_NOT_CHARGED),
    )
    hour_ore = (month.hour_ore or {}).get(whose)
    return Line(
        whose=whose,
        area=(month.areas or {}).get(whose.recipient, ""),
        ordered=ordered,
        performed=performed,
        approved=approved,
        charged=charged,
        differences=tuple(
            _difference(more if first > second else less, abs(first - second), hour_ore)
            for first, second, more, less in compared
            if first is not None and second is not None and first != second
        ),
    )


def _difference(kind: DifferenceKind, minutes: Fraction, hour_ore: Ore | None) -> Difference:
    amount = None
    if hour_ore is not None:
        exact = minutes * hour_ore / MINUTES_PER_HOUR
        amount = Ore(half_up(exact.numerator, exact.denominator))
    return Difference(kind=kind, minutes=minutes, amount_ore=amount)


def _order(line: Line) -> tuple[bool, int, Fraction, Whose]:
    """Return what lines are sorted by: an unknown cost, then the costliest, then the longest, then whose."""
    is_unknown = any(one.amount_ore is None for one in line.differences)
    costliest = max((one.amount_ore or 0 for one in line.differences), default=0)
    longest = max((one.minutes for one in line.differences), default=NOTHING)
    return not is_unknown, -costliest, -longest, line.whose
