"""Where the recipient was: hospital, school, daily activity, and work after death."""

from timvis.core.facts.records import ShiftFacts
from timvis.core.review.rule import BySeverity, Severity, shift_rule


@shift_rule(
    label="Tid under sjukhusvistelse",
    cites=["SFB 106:24"],
    because="Brukaren var på sjukhus {hospital_from_at}–{hospital_to_at} den {work_on}, och inget särskilt skäl är "
    "antecknat.",
    severity=BySeverity(lss=Severity.ASKS, sfb=Severity.REFUSES),
    part=("hospital_from_at", "hospital_to_at"),
)
def recipient_was_in_hospital(shift: ShiftFacts) -> bool:
    return shift.is_in_hospital == 1


@shift_rule(
    label="Tid i skola",
    cites=["SFB 106:24"],
    because="Brukaren var i skolan {school_from_at}–{school_to_at} den {work_on}, och inget särskilt skäl är "
    "antecknat.",
    severity=BySeverity(lss=Severity.ASKS, sfb=Severity.REFUSES),
    part=("school_from_at", "school_to_at"),
)
def recipient_was_in_school(shift: ShiftFacts) -> bool:
    return shift.is_in_school == 1


@shift_rule(
    label="Tid i daglig verksamhet",
    cites=["SFB 106:24"],
    because="Brukaren var i daglig verksamhet {activity_from_at}–{activity_to_at} den {work_on}, och inget särskilt "
    "skäl är antecknat.",
    severity=BySeverity(lss=Severity.ASKS, sfb=Severity.REFUSES),
    part=("activity_from_at", "activity_to_at"),
)
def recipient_was_in_daily_activity(shift: ShiftFacts) -> bool:
    return shift.is_in_daily_activity == 1


@shift_rule(
    label="Tid efter dödsfallet",
    cites=["LSS 9 § 2", "SFB 51:14"],
    because="Passet {work_on} ligger efter brukarens dödsdag {died_on}.",
    severity=Severity.REFUSES,
)
def work_was_after_the_recipients_death(shift: ShiftFacts) -> bool:
    return shift.work_on > shift.died_on
