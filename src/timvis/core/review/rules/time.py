"""The clock: overlaps, copies, days with too many hours, and the hour that the autumn gives twice."""

from timvis.core.facts.records import ShiftFacts
from timvis.core.review.rule import Severity, shift_rule


@shift_rule(
    label="Samma assistent har överlappande tid hos samma person",
    cites=["LSS 9 § 2", "SFB 51:14"],
    because="Assistenten var redan redovisad hos samma person till {overlap_to_at} den {work_on}.",
    severity=Severity.REFUSES,
    part=("start_at", "overlap_to_at"),
)
def assistant_overlapped_with_the_same_recipient(shift: ShiftFacts) -> bool:
    return (shift.start_at < shift.earlier_end_here_at) & (shift.copy_number == 1)


@shift_rule(
    label="Samma assistent har redovisat samma tid hos två personer",
    cites=["LSS 9 § 2", "SFB 51:14"],
    because="Assistenten är redovisad hos en annan person {elsewhere_from_at}–{elsewhere_to_at} den {work_on}.",
    severity=Severity.REFUSES,
    part=("elsewhere_from_at", "elsewhere_to_at"),
)
def assistant_was_with_two_recipients_at_once(shift: ShiftFacts) -> bool:
    return shift.is_elsewhere == 1


@shift_rule(
    label="Passet är redovisat två gånger",
    cites=["LSS 9 § 2", "SFB 51:14"],
    because="Exakt samma pass {start_at}–{end_at} den {work_on} är redan redovisat.",
    severity=Severity.REFUSES,
)
def shift_was_reported_twice(shift: ShiftFacts) -> bool:
    return shift.copy_number > 1


@shift_rule(
    label="Assistenten har fler timmar än dygnet har",
    cites=["LSS 9 § 2", "SFB 51:14"],
    because="Assistentens redovisade tid den {work_on} är {minutes_that_day}, men dygnet hade {day_minutes}.",
    severity=Severity.REFUSES,
)
def assistant_worked_more_than_the_day_has_hours(shift: ShiftFacts) -> bool:
    return shift.minutes_that_day > shift.day_minutes


@shift_rule(
    label="Klockslaget förekom två gånger den natten",
    cites=["LSS 11 a §"],
    because="Natten {work_on} ställdes klockan tillbaka, och passet börjar eller slutar i timmen som fanns två "
    "gånger. Den kortare läsningen räknas tills någon har frågat.",
    severity=Severity.ASKS,
)
def clock_time_was_ambiguous(shift: ShiftFacts) -> bool:
    return shift.is_ambiguous == 1
