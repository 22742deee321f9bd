"""Who did the work: age, residence, ability, and whether the payer was told in time."""

from timvis.core.facts.records import ShiftFacts
from timvis.core.review.rule import BySeverity, Severity, shift_rule


@shift_rule(
    label="Assistenten var under 18 år",
    cites=["LSS 9 d §", "SFB 51:16"],
    because="Passet {work_on} utfördes av en assistent som fyller 18 år först {adult_on}.",
    severity=Severity.REFUSES,
    law=["assistance.assistant.min_age"],
)
def assistant_was_under_18(shift: ShiftFacts) -> bool:
    return (shift.birth_is_known == 1) & (shift.work_on < shift.adult_on) & (shift.limits_apply == 1)


@shift_rule(
    label="Assistentens födelsedatum saknas",
    cites=["LSS 11 a §", "SFB 51:24"],
    because="Ingen har uppgett när assistenten som arbetade {work_on} är född. Utan det går åldern inte att pröva.",
    severity=Severity.STOPS,
    law=["assistance.assistant.min_age"],
)
def assistants_birth_date_was_not_known(shift: ShiftFacts) -> bool:
    return shift.birth_is_known == 0


@shift_rule(
    label="Assistenten bor utanför EES",
    cites=["LSS 9 d §", "SFB 51:16"],
    because="Assistenten som arbetade {work_on} är bosatt utanför Europeiska ekonomiska samarbetsområdet.",
    severity=BySeverity(lss=Severity.REFUSES, sfb=Severity.ASKS),
    law=["lss.assistant.outside_eea"],
)
def assistant_lived_outside_the_eea(shift: ShiftFacts) -> bool:
    return (shift.residence_is_known == 1) & (shift.lives_outside_eea == 1) & (shift.limits_apply == 1)


@shift_rule(
    label="Assistentens bosättning är inte uppgiven",
    cites=["LSS 11 a §", "SFB 51:24"],
    because="Ingen har uppgett om assistenten som arbetade {work_on} bor inom EES.",
    severity=Severity.STOPS,
    law=["lss.assistant.outside_eea"],
)
def assistants_residence_was_not_known(shift: ShiftFacts) -> bool:
    return shift.residence_is_known == 0


@shift_rule(
    label="Assistenten saknade förmåga att utföra arbetet",
    cites=["LSS 9 d §", "SFB 51:16"],
    because="En antecknad bedömning säger att assistenten {work_on} saknade förmåga på grund av sjukdom, ålder "
    "eller liknande.",
    severity=Severity.REFUSES,
    law=["assistance.assistant.min_age"],
)
def assistant_was_unable_because_of_age_or_illness(shift: ShiftFacts) -> bool:
    return shift.is_unable == 1


@shift_rule(
    label="Assistenten var inte anmäld före passet",
    cites=["LSS 11 a §", "SFB 51:24", "HFD 2143-21"],
    because="Assistenten anmäldes {registered_on}, passet utfördes {work_on}. Ett kommunalt beslut "
    "får inte vägras enbart för det; staten ersätter inte tid före anmälan.",
    severity=BySeverity(lss=Severity.ASKS, sfb=Severity.STOPS),
    law=["lss.assistant_data_before_start"],
)
def assistant_was_not_registered_before_the_shift(shift: ShiftFacts) -> bool:
    return shift.work_on < shift.registered_on
