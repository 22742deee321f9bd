"""What stands on the report: whose it is, who signed it, and whether it adds up."""

from timvis.core.facts.records import ShiftFacts
from timvis.core.review.rule import Severity, shift_rule


@shift_rule(
    label="Den assistansberättigades namn eller nummer saknas på tidrapporten",
    cites=["LSS 11 a §"],
    because="Tidrapporten för {work_on} säger inte både namn och rätt personnummer på den som fick assistansen.",
    severity=Severity.STOPS,
    law=["lss.working_time_report"],
)
def recipients_name_or_number_was_missing_on_the_report(shift: ShiftFacts) -> bool:
    return (shift.recipient_is_named == 0) | (shift.recipient_number_agrees == 0)


@shift_rule(
    label="Assistentens underskrift saknas",
    cites=["LSS 11 a §"],
    because="Assistenten har inte skrivit under tidrapporten som innehåller passet {work_on}.",
    severity=Severity.STOPS,
    law=["lss.working_time_report"],
)
def assistants_signature_was_missing(shift: ShiftFacts) -> bool:
    return shift.assistant_has_signed == 0


@shift_rule(
    label="Chefens eller ombudets underskrift saknas",
    cites=["LSS 11 a §"],
    because="Varken arbetsledare, chef eller ombud har skrivit under tidrapporten som innehåller passet {work_on}.",
    severity=Severity.STOPS,
    law=["lss.working_time_report"],
)
def managers_signature_was_missing(shift: ShiftFacts) -> bool:
    return (shift.manager_is_needed == 1) & (shift.manager_has_signed == 0)


@shift_rule(
    label="Det framgår inte vem som har skrivit under för anordnaren",
    cites=["LSS 11 a §"],
    because="Tidrapporten med passet {work_on} är underskriven för anordnaren, men det framgår inte av vem.",
    severity=Severity.ASKS,
    law=["lss.working_time_report"],
)
def signing_manager_was_not_known(shift: ShiftFacts) -> bool:
    return (shift.manager_is_needed == 1) & (shift.manager_has_signed == 1) & (shift.manager_is_known == 0)


@shift_rule(
    label="Undertecknaren saknar behörighet",
    cites=["LSS 11 a §"],
    because="Den som skrev under tidrapporten med passet {work_on} är varken anmäld chef hos anordnaren eller "
    "ombud i fullmakten.",
    severity=Severity.STOPS,
    law=["lss.working_time_report"],
)
def manager_signed_without_mandate(shift: ShiftFacts) -> bool:
    return (shift.manager_has_signed == 1) & (shift.manager_is_known == 1) & (shift.manager_has_mandate == 0)


@shift_rule(
    label="Rapportens summor stämmer inte med raderna",
    cites=["LSS 11 a §"],
    because="Summorna på tidrapporten med passet {work_on} är inte summan av dess rader. Raderna räknas.",
    severity=Severity.ASKS,
    law=["lss.working_time_report"],
)
def stated_sums_differed_from_the_rows(shift: ShiftFacts) -> bool:
    return (shift.sums_are_stated == 1) & (shift.sums_agree == 0)
