"""What was granted: a decision that day, double staffing, the hours of the period, and by whom the hours are paid."""

from timvis.core.facts.records import ClaimFacts, ShiftFacts
from timvis.core.review.rule import BySeverity, Quantity, Severity, claim_rule, shift_rule


@shift_rule(
    label="Inget beslut gällde den dagen",
    cites=["LSS 9 § 2", "SFB 51:14"],
    because="Passet {work_on} ligger utanför varje beslut om personlig assistans som kommunen känner till.",
    severity=Severity.REFUSES,
)
def no_decision_was_in_force_that_day(shift: ShiftFacts) -> bool:
    return shift.has_decision == 0


@shift_rule(
    label="Två assistenter samtidigt utan beviljad dubbelassistans",
    cites=["LSS 9 § 2", "SFB 51:14"],
    because="En annan assistent arbetade hos samma person till {beside_to_at} den {work_on}, och beslutet ger inte "
    "dubbel assistans.",
    severity=Severity.ASKS,
    part=("start_at", "beside_to_at"),
)
def two_assistants_worked_at_once_without_double_staffing(shift: ShiftFacts) -> bool:
    return (shift.is_beside_another == 1) & (shift.double_staffing == 0)


@claim_rule(
    label="Redovisad tid är mer än beslutet ger för perioden",
    cites=["LSS 9 § 2", "SFB 51:14"],
    because="Redovisat {reported_parts}, beviljat {granted_parts} för perioden. Vad som blir kvar räknas om när "
    "övriga iakttagelser har fått ett svar.",
    severity=Severity.REFUSES,
    excess=("reported_parts", "granted_parts"),
    quantity=Quantity.GRANTED,
)
def hours_were_beyond_the_granted_hours(claim: ClaimFacts) -> bool:
    return claim.reported_parts > claim.granted_parts


@claim_rule(
    label="Staten har beviljat timmar för samma tid",
    cites=["LSS 9 § 2"],
    because="Av redovisade {reported_parts} ryms {doubly_granted_parts} i de timmar som staten har beviljat för samma "
    "dagar och som ingen har använt. Kommunen svarar för det som statens timmar inte täcker, {municipal_parts}. Gäller "
    "besluten olika behov, sätt iakttagelsen åt sidan och skriv skälet.",
    severity=BySeverity(lss=Severity.STOPS, sfb=Severity.INFORMS),
    excess=("reported_parts", "municipal_parts"),
    quantity=Quantity.BY_STATE,
)
def state_has_granted_the_same_hours(claim: ClaimFacts) -> bool:
    return claim.reported_parts > claim.municipal_parts
