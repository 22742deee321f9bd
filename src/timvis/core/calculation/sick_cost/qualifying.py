"""How much of each piece of time is left after the qualifying day or deduction: a share from 0 to 1, exactly.

The deduction goes over as many shifts and midnights as it takes, stops when it is used up, and can never be more than
the sick pay it is taken from, because there is nothing else to take it from.
"""

from collections.abc import Sequence

from timvis.core.calculation.sick_cost.rounding import Exact, quotient
from timvis.core.calculation.sick_cost.segments import OUTSIDE_THE_CLAIM, Segment
from timvis.core.calculation.sick_cost.settings import DeductionMethod, PartlyCovered
from timvis.core.calculation.sick_cost.terms import Qualifying, Terms
from timvis.core.calculation.sick_cost.work import Work
from timvis.core.quantities import MINUTES_PER_HOUR

WHOLE: Exact = 1


def kept_shares(segments: Sequence[Segment], sick: Sequence[int], terms: Terms, work: Work) -> tuple[Exact, ...]:
    """Return for each piece of time, in time order, the share of its sick pay that is left.

    `sick` is what an hour of each gives in sick pay, in parts of an öre.
    """
    if terms.qualifying is Qualifying.DAY:
        _look_for_the_day(segments, terms, work)
        return _after(segments, [_of_the_day(segment) for segment in segments], terms.day_minutes)
    if terms.qualifying is Qualifying.NOTHING:
        return (WHOLE,) * len(segments)
    in_hours = terms.method is DeductionMethod.HOURS
    measures = [_measure(one, 1 if in_hours else rate, terms) for one, rate in zip(segments, sick, strict=True)]
    left = terms.left_minutes if in_hours else terms.left_ore * MINUTES_PER_HOUR * terms.parts_per_ore
    if left and _is_partly_covered(segments) and _is_spread(segments, terms, work):
        total = sum(measures)
        share = max(1 - quotient(left, total), 0) if total else WHOLE
        return tuple(share if measure else WHOLE for measure in measures)
    return _after(segments, measures, left)


def _after(segments: Sequence[Segment], measures: Sequence[Exact], left: Exact | None) -> tuple[Exact, ...]:
    """Return the shares when the first of what is measured is taken, in time order; `left` None takes all of it."""
    shares: list[Exact] = []
    for measure in measures:
        taken = measure if left is None else min(measure, left)
        if left is not None:
            left -= taken
        shares.append(WHOLE if not taken else 0 if taken == measure else 1 - quotient(taken, measure))
    return tuple(shares)


def _of_the_day(segment: Segment) -> Exact:
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
    owed = [segment for segment in segments if segment.not_owed is None]
    return any(segment.not_paid not in (None, OUTSIDE_THE_CLAIM) for segment in owed) and any(
        segment.not_paid is None for segment in owed
    )


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
