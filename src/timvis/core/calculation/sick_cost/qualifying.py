"""How much of each piece of time is left after the qualifying day or deduction: a share from 0 to 1, exactly.

The deduction goes over as many shifts and midnights as it takes, stops when it is used up, and can never be more than
the sick pay it is taken from, because there is nothing else to take it from.
"""

from collections.abc import Sequence
from typing import TypeAlias

from timvis.core.calculation.sick_cost.rounding import Exact, quotient
from timvis.core.calculation.sick_cost.segments import OUTSIDE_THE_CLAIM, Segment
from timvis.core.calculation.sick_cost.settings import DeductionMethod, PartlyCovered
from timvis.core.calculation.sick_cost.terms import Qualifying, Terms
from timvis.core.calculation.sick_cost.work import Work
from timvis.core.quantities import MINUTES_PER_HOUR

Shares: TypeAlias = tuple[Exact, ...]
"""For each piece of time, in time order, what share of something is left."""

WHOLE: Exact = 1


def kept_shares(segments: Sequence[Segment], sick: Sequence[int], terms: Terms, work: Work) -> tuple[Shares, Shares]:
    """Return what share of the time, and what share of the sick pay, is left of each piece of time, in time order.

    The two differ only where a deduction in hours is spread over hours of different pay. `sick` is what an hour of
    each gives in sick pay, in parts of an öre.
    """
    if terms.qualifying is Qualifying.DAY:
        _look_for_the_day(segments, terms, work)
        return _twice(_after([_of_the_day(segment) for segment in segments], terms.day_minutes))
    if terms.qualifying is Qualifying.NOTHING:
        return _twice((WHOLE,) * len(segments))
    in_hours = terms.method is DeductionMethod.HOURS
    measures = [_measure(one, 1 if in_hours else rate, terms) for one, rate in zip(segments, sick, strict=True)]
    left = terms.left_minutes if in_hours else terms.left_ore * MINUTES_PER_HOUR * terms.parts_per_ore
    first_hours = _after(measures, left)
    if not (left and _is_partly_covered(segments) and _is_spread(segments, terms, work)):
        return _twice(first_hours)
    if not in_hours:
        return _twice(_evenly(measures, first_hours))
    # What is spread is what the employer deducts, the pay of the first hours. Were it hours that were spread, the
    # last substitute to come could turn expensive hours into deducted ones, and more help would give less money.
    pay = [measure * rate for measure, rate in zip(measures, sick, strict=True)]
    return _evenly(measures, first_hours), _evenly(pay, first_hours)


def _twice(shares: Shares) -> tuple[Shares, Shares]:
    return shares, shares


def _evenly(measures: Sequence[Exact], shares: Shares) -> Shares:
    """Return one share for all that is measured, so that as much is taken in all as by `shares`."""
    total = sum(measures)
    taken = sum(measure * (1 - share) for measure, share in zip(measures, shares, strict=True))
    share = 1 - quotient(taken, total) if total else WHOLE
    return tuple(share if measure else WHOLE for measure in measures)


def _after(measures: Sequence[int], left: Exact | None) -> Shares:
    """Return the shares when the first of what is measured is taken, in time order; `left` None takes all of it."""
    if left is None:
        return tuple([WHOLE if not measure else 0 for measure in measures])
    # What is left is counted in parts of which it holds a whole number, so that only the last share is a fraction.
    parts, left = left.denominator, left.numerator
    shares: list[Exact] = []
    for measure in measures:
        whole = measure * parts
        taken = min(whole, left)
        left -= taken
        shares.append(WHOLE if not taken else 0 if taken == whole else quotient(whole - taken, whole))
    return tuple(shares)


def _of_the_day(segment: Segment) -> int:
    """Return the minutes of the first day of the period that would have given sick pay."""
    return segment.minutes if segment.day == 1 and segment.not_owed is None else 0


def _measure(segment: Segment, rate: int, terms: Terms) -> int:
    """Return what of a piece of time can bear the deduction: minutes, or sick pay in 60ths of the parts of an öre."""
    if segment.not_owed is not None or (terms.taken_until is not None and segment.work_on > terms.taken_until):
        return 0
    return segment.minutes * rate


# --- doubts ----------------------------------------------------------------------------------------------


def _look_for_the_day(segments: Sequence[Segment], terms: Terms, work: Work) -> None:
    first_was_told = any(spell.first_on == terms.start_on for spell in work.case.spells)
    if first_was_told and not any(segment.day == 1 for segment in segments):
        work.notes.find(
            "qualifying_day_had_no_shift",
            f"Sjuklöneperioden börjar {terms.start_on}, men inget pass ligger den dagen, så karensdagen tar ingen lön. "
            "Kontrollera den första sjukdagen.",
        )


def _is_partly_covered(segments: Sequence[Segment]) -> bool:
    """Whether some of the time that bears the deduction has no substitute, or is another recipient's."""
    reasons = {segment.not_paid for segment in segments if segment.not_owed is None}
    return None in reasons and not reasons <= {None, OUTSIDE_THE_CLAIM}


def _is_spread(segments: Sequence[Segment], terms: Terms, work: Work) -> bool:
    chosen = work.notes.choice(terms.settings.partly_covered, "partly_covered", PartlyCovered.FIRST_HOURS_IN_TIME_ORDER)
    spread = chosen is PartlyCovered.SPREAD_OVER_ALL_HOURS
    work.notes.find(
        "hours_borne_by_the_deduction_are_open_in_law",
        "Bara en del av sjuktiden ersätts här. Rutinen tar karensavdraget "
        f"{'jämnt från all sjuktid' if spread else 'från de första timmarna i tidsordning'}; lagen säger inte vilket.",
    )
    if spread and any(segment.not_paid == OUTSIDE_THE_CLAIM for segment in segments):
        work.notes.find(
            "deduction_was_spread_over_part_of_the_period",
            "Karensavdraget är fördelat över den sjuktid som är känd nu. Kommer mer sjuktid i samma period ändras "
            "fördelningen, också för det som redan är beslutat.",
        )
    return spread
