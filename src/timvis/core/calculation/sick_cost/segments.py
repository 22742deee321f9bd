"""The claimed time cut into pieces of one kind: one pay, with or without a substitute, owed or not, and why not."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from timvis.core.calculation.sick_cost.entitlement import why_no_sick_pay
from timvis.core.calculation.sick_cost.pay import ordinary_rate
from timvis.core.calculation.sick_cost.records import CostItem, SickShift, SubstituteShift, Supplement
from timvis.core.calculation.sick_cost.spells import Occasion
from timvis.core.calculation.sick_cost.work import Work
from timvis.core.quantities import OrePerHour
from timvis.core.records import ProviderKind, TimeKind

OWN_EMPLOYERS = "assistance.own_employer_sick_pay_counts_as_assistance"
SUBSTITUTE_REQUIRED = "lss.sick_cost.substitute_required"

ITEM_OF = {
    TimeKind.ACTIVE: CostItem.SICK_PAY,
    TimeKind.WAITING: CostItem.SICK_PAY_WAITING,
    TimeKind.STANDBY: CostItem.SICK_PAY_STANDBY,
}

OUTSIDE_THE_CLAIM = "outside_the_claim"
WITH_ANOTHER_RECIPIENT = "with_another_recipient"
"""Two reasons that are no objection: the time is claimed in another application."""


class Segment(NamedTuple):
    """Sick time of one kind. `pays` is what an hour of it ordinarily pays, by cost item.

    `not_owed` says why the employer owed no sick pay for it; `not_paid` why the municipality pays none although the
    employer owed it: such time still bears its part of the qualifying day or deduction. `day` is the day of the period.
    """

    work_on: date
    day: int
    minutes: int
    pays: tuple[tuple[CostItem, OrePerHour], ...]
    not_owed: str | None
    not_paid: str | None

    @property
    def ordinary(self) -> int:
        """What an hour of it ordinarily pays, all together."""
        return sum([rate for _, rate in self.pays])


def segments_of(occasion: Occasion, work: Work) -> tuple[Segment, ...]:
    """Return the sick time of one sick-pay period in time order. Raises `LawGap`."""
    not_owed: dict[date, str | None] = {}
    segments: list[Segment] = []
    for shift in work.shifts.in_order:
        part = occasion.part_on(shift.work_on)
        if part is None:
            continue
        work_on, day = shift.work_on, part.day(shift.work_on)
        if work_on not in not_owed:
            not_owed[work_on] = why_no_sick_pay(work_on, part, occasion, work)
        whole = why_not_paid(shift, work) or _paid_by_agency(shift, work)
        base = (ITEM_OF[shift.kind], ordinary_rate(work, shift.kind, work_on))
        for start_at, minutes, not_paid in stretches_of(shift, whole, work):
            pays = (base, *_supplements(shift, start_at, work))
            segments.append(Segment(work_on, day, minutes, pays, not_owed[work_on], not_paid))
    return tuple(segments)


def stretches_of(shift: SickShift, whole: str | None, work: Work) -> Iterator[tuple[int, int, str | None]]:
    """Yield a shift's pieces of one kind: beginning, minutes, and why the municipality pays none of it, if so.

    `whole` is why none of the shift is paid, None when that depends on the substitute.
    """
    start, end = shift.start_at, shift.end_at
    stood_in = work.substitutes.during(start, end) if shift.is_covered is None else ()
    for start_at, end_at in pairwise(_edges(shift, stood_in)):
        yield start_at, end_at - start_at, whole or _without_substitute(shift, start_at, stood_in)


def _edges(shift: SickShift, stood_in: Sequence[SubstituteShift]) -> list[int]:
    """Return the moments at which a shift changes kind, with its own beginning and end."""
    start, end = shift.start_at, shift.end_at
    edges: set[int | None] = {start, end}
    if shift.is_by_clock:
        within: tuple[Supplement | SubstituteShift, ...] = (*shift.supplements, *stood_in)
        for one in within:
            edges |= {one.start_at, one.end_at}
    return sorted([at for at in edges if at is not None and start <= at <= end])


# --- what it pays ----------------------------------------------------------------------------------------


def _supplements(shift: SickShift, start_at: int, work: Work) -> list[tuple[CostItem, OrePerHour]]:
    holding = [one for one in shift.supplements if _holds_at(one, start_at)]
    return [(CostItem.SICK_PAY_SUPPLEMENT, _supplement_rate(one, shift, work)) for one in holding]


def _holds_at(supplement: Supplement, at: int) -> bool:
    if supplement.start_at is None or supplement.end_at is None:
        return True
    return supplement.start_at <= at < supplement.end_at


def _supplement_rate(supplement: Supplement, shift: SickShift, work: Work) -> OrePerHour:
    if supplement.ore_per_hour is not None:
        return supplement.ore_per_hour
    known = {one.name: one.code for one in work.pack.supplements} if work.pack else {}
    code = supplement.code or known.get(supplement.name)
    if code is None:
        work.notes.lacks(
            f"shift[{shift.row}].supplement",
            f"Tillägget {supplement.name} har inget belopp, och avtalet känner inget med det namnet.",
            "Skriv ore_per_hour, eller code för ett daterat belopp (timvis law list visar alla).",
        )
        return OrePerHour(0)
    return work.law.ore_per_hour(code, shift.work_on)


# --- whether the municipality pays it ----------------------------------------------------------------------


def why_not_paid(shift: SickShift, work: Work) -> str | None:
    """Return why the municipality pays nothing of a whole shift, None when that depends on the substitute."""
    case = work.case
    if not case.claim_from <= shift.work_on < case.claim_to:
        return OUTSIDE_THE_CLAIM
    if shift.is_elsewhere:
        return WITH_ANOTHER_RECIPIENT
    return None if case.assistant.is_regular else "assistant_was_a_substitute"


def _paid_by_agency(shift: SickShift, work: Work) -> str | None:
    """Return that the state has paid an own employer for a sick shift, None when it has not or nobody knows."""
    case = work.case
    if case.employer.kind is ProviderKind.OWN_EMPLOYER and work.in_force(OWN_EMPLOYERS, shift.work_on):
        work.law.word(OWN_EMPLOYERS, shift.work_on)
        if case.employer.was_paid_by_agency:
            return "own_employer_was_already_paid"
        if case.employer.was_paid_by_agency is None:
            work.notes.find(
                "own_employers_payment_was_not_told",
                "Försäkringskassan kan redan ha betalat en egen arbetsgivare för tid då assistenten fick sjuklön. "
                "Fråga innan något betalas; samma kostnad ersätts bara en gång.",
            )
    return None


def _without_substitute(shift: SickShift, start_at: int, substitutes: Sequence[SubstituteShift]) -> str | None:
    """Return why a piece of a shift has no substitute, None when one of those who stood in worked it."""
    if shift.is_covered is not None:
        return None if shift.is_covered else "no_substitute_worked"
    why = "no_substitute_worked"
    for one in substitutes:
        if one.start_at <= start_at < one.end_at:
            if not one.was_ill:
                return None
            why = "substitute_was_ill"
    return why


def refused_codes() -> Iterator[str]:
    """Yield the reasons that are shown as lines of their own, in the order in which a statement tells them."""
    yield from (
        "no_substitute_worked",
        "substitute_was_ill",
        "assistant_was_a_substitute",
        "own_employer_was_already_paid",
        "day_was_before_the_sick_notice",
        "employment_gave_no_right_that_day",
        "certificate_was_missing",
        "day_was_after_the_sick_pay_period",
        WITH_ANOTHER_RECIPIENT,
    )
