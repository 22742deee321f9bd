"""The claim as a whole: who handed it in, when, and whether it looks like a living month."""

from timvis.core.facts.records import ClaimFacts
from timvis.core.review.rule import BySeverity, Severity, claim_rule


@claim_rule(
    label="Ombudet är inte anmält",
    cites=["FL 15 §"],
    because="Redovisningen lämnades in {received_on} av någon som kommunen inte har någon fullmakt för.",
    severity=Severity.STOPS,
)
def agent_was_not_registered(claim: ClaimFacts) -> bool:
    return (claim.agent_is_used == 1) & (claim.agent_is_registered == 0)


@claim_rule(
    label="Ombudet handlade utanför fullmakten",
    cites=["FL 15 §"],
    because="Redovisningen lämnades in {received_on}; fullmakten gäller från {agent_from} och före {agent_to}.",
    severity=Severity.STOPS,
)
def agent_acted_outside_the_power_of_attorney(claim: ClaimFacts) -> bool:
    return (
        (claim.agent_is_used == 1)
        & (claim.agent_is_registered == 1)
        & ((claim.received_on < claim.agent_from) | (claim.received_on >= claim.agent_to))
    )


@claim_rule(
    label="Redovisningen kom in för sent",
    cites=["LSS 11 a §", "HFD 2143-21", "FKFS 2016:4"],
    because="Redovisningen kom in {received_on}, sista dag var {due_on}. Ersättning under ett "
    "kommunalt beslut får inte vägras enbart för det; staten kan vägra.",
    severity=BySeverity(lss=Severity.INFORMS, sfb=Severity.STOPS),
)
def claim_was_handed_in_late(claim: ClaimFacts) -> bool:
    return (claim.due_is_known == 1) & (claim.received_on > claim.due_on)


@claim_rule(
    label="Rutinen har ingen sista dag för redovisningen",
    cites=["LSS 11 a §"],
    because="Rutinen säger inte när redovisningen senast ska vara inne, så förseningar går inte att pröva.",
    severity=Severity.INFORMS,
)
def due_day_was_not_known(claim: ClaimFacts) -> bool:
    return claim.due_is_known == 0


@claim_rule(
    label="Alla dagar är redovisade lika",
    cites=["LSS 11 a §"],
    because="En assistent har exakt samma tider alla sina {alike_days} redovisade dagar. Det kan stämma, men det kan "
    "också vara ett schema i stället för utförd tid.",
    severity=Severity.INFORMS,
)
def every_day_was_reported_alike(claim: ClaimFacts) -> bool:
    return claim.alike_days > claim.alike_days_needed
