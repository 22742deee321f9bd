"""Who arranged the assistance: the permit from IVO that day."""

from timvis.core.facts.records import ShiftFacts
from timvis.core.review.rule import Severity, shift_rule


@shift_rule(
    label="Anordnaren saknade tillstånd från IVO",
    cites=["LSS 9 d §", "LSS 23 §", "SFB 51:16 b"],
    because="Anordnaren hade inget tillstånd den {work_on}, och de två veckorna efter besked till brukaren täcker "
    "inte dagen.",
    severity=Severity.REFUSES,
    law=["assistance.provider.permit_loss_grace"],
)
def provider_had_no_permit_that_day(shift: ShiftFacts) -> bool:
    return (
        (shift.provider_is_required_to_have_permit == 1)
        & (shift.permit_is_known == 1)
        & ((shift.work_on < shift.permit_from) | (shift.work_on >= shift.permit_to))
        & (shift.work_on >= shift.permit_grace_to)
    )


@shift_rule(
    label="Det är inte känt om anordnaren har tillstånd",
    cites=["LSS 23 §"],
    because="Ingen har uppgett om anordnaren hade tillstånd från IVO den {work_on}.",
    severity=Severity.STOPS,
    law=["lss.permit_required"],
)
def providers_permit_was_not_known(shift: ShiftFacts) -> bool:
    return (shift.provider_is_required_to_have_permit == 1) & (shift.permit_is_known == 0)
