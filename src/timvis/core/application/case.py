"""What is found of an application, and the statement it comes to.

The calculation has its own findings; here stand beside them what only the registers tell: missing papers, a shift
that is claimed twice, an earlier absence that nobody mentioned. Nothing here is a bar by itself.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from timvis.core.application.headings import HEADINGS
from timvis.core.application.records import ApplicationCase, ClaimedBefore, KnownSpell, Part
from timvis.core.calculation.agreements import Agreements
from timvis.core.calculation.sick_cost import several
from timvis.core.calculation.sick_cost.rounding import hours_told, money_told
from timvis.core.calculation.sick_cost.several import Joined, calculate_parts
from timvis.core.calendar.local_time import local_clock
from timvis.core.faults import Fault
from timvis.core.law import LawBook, LawReader
from timvis.core.records import TimeKind
from timvis.core.review.finding import Finding, Word, WordKind
from timvis.core.review.review import Sums
from timvis.core.review.rule import Grain, Severity
from timvis.core.routine.terms import IfMissing
from timvis.core.statement import Statement

PARTS_PER_MINUTE = 28
_PLACE_MAX_LENGTH = 180
_LACKS = "calculation_lacks_something"
_BY_PAPER = {
    IfMissing.REFUSE: Severity.STOPS,
    IfMissing.NOTHING_FROM_THAT_DAY: Severity.ASKS,
    IfMissing.PAYMENT_WAITS: Severity.INFORMS,
}
"""How heavy a missing paper is by what the routine says follows; where it says nothing, somebody has to ask."""

_DAYS_THAT_MAY_BE_A_RELAPSE = timedelta(days=14)
_YEAR = timedelta(days=366)


def worked_out(parts: Sequence[Part], agreements: Agreements, law: LawBook) -> Joined | tuple[Fault, ...]:
    """Return what the parts of an application come to together, or everything the calculation cannot do without.

    Raises `LawGap` when a number of the law has no value on a day.
    """
    named = [one.label for one in parts]
    labels = [f"{one.label} ({one.number})" if named.count(one.label) > 1 else one.label for one in parts]
    return calculate_parts(
        [several.Part(label=label, case=part.case) for label, part in zip(labels, parts, strict=True)],
        agreements,
        lambda: LawReader(law),
    )


# --- what is found ------------------------------------------------------------------------------------------


def review(case: ApplicationCase, agreements: Agreements, law: LawBook) -> tuple[Finding, ...]:
    """Return everything held against an application, the heaviest first. Raises `LawGap`."""
    made = worked_out(case.parts, agreements, law)
    found = [
        *(map(_lacking, made) if isinstance(made, tuple) else made.findings),
        *_of_the_registers(case),
    ]
    order = list(Severity)
    return tuple(_told_apart(sorted(found, key=lambda one: order.index(one.severity))))


def holding_back(findings: Sequence[Finding], words: Mapping[str, Word]) -> tuple[Finding, ...]:
    """Return the findings that let no amount be stated, whatever was said of the others.

    What the calculation lacks no word can give it. Something that stops and that the officer agrees with stops. And
    what the calculation has already refused cannot be set aside: then it is the application that has to be changed.
    """
    return tuple(finding for finding in findings if _holds_back(finding, words.get(finding.key)))


def _holds_back(finding: Finding, word: Word | None) -> bool:
    if finding.code == _LACKS:
        return True
    if finding.severity is Severity.STOPS:
        return word is not None and word.kind is WordKind.ACCEPT
    return finding.severity is Severity.REFUSES and word is not None and word.kind is WordKind.SET_ASIDE


def _told_apart(found: Sequence[Finding]) -> Iterator[Finding]:
    """Yield findings with places that tell the same objection twice apart."""
    seen: Counter[tuple[str, str]] = Counter()
    for one in found:
        seen[one.code, one.place] += 1
        times = seen[one.code, one.place]
        yield one if times == 1 else replace(one, place=f"{one.place} ({times})".strip())


def _lacking(fault: Fault) -> Finding:
    """Return a fault of the calculation's as a finding that nobody's word can set aside."""
    key = str(fault.column or "")
    evidence = (("fault", fault.code), ("key", key))
    return _finding(_LACKS, f"{fault.message} {fault.remedy}", Severity.STOPS, key[:_PLACE_MAX_LENGTH], evidence)


def _of_the_registers(case: ApplicationCase) -> Iterator[Finding]:
    for paper in case.missing:
        weight = _BY_PAPER.get(paper.if_missing, Severity.ASKS) if paper.if_missing else Severity.ASKS
        yield _finding("paper_is_missing", f"Saknas: {paper.text}.", weight, paper.code)
    for before in case.claimed_before:
        yield _finding("shift_is_claimed_already", _claimed_before(before, case), Severity.STOPS, f"{before.part}")
    for number in case.invoiced:
        message = (
            f"Faktura {number} gäller merkostnad vid sjukdom för samma person och månad. "
            "Samma kostnad betalas inte två gånger."
        )
        yield _finding("cost_is_invoiced_too", message, Severity.STOPS, number)
    for spell in case.known_spells:
        yield from _unmentioned(spell, case)
    if case.agent_lacks:
        yield _finding("power_of_attorney_is_missing", case.agent_lacks, Severity.ASKS)
    if case.receiver_lacks:
        yield _finding("receiver_has_no_power", case.receiver_lacks, Severity.STOPS)
    if case.latest_on is not None and case.received_on > case.latest_on:
        message = (
            f"Rutinen vill ha ansökan senast {case.latest_on}; den kom {case.received_on}. "
            "Det är inget skäl att avslå: den prövas ändå."
        )
        yield _finding("application_is_late", message, Severity.INFORMS)
    for part in case.parts:
        if not part.assistant_number and not part.assistant_name:
            message = f"Ansökan säger inte vem assistent {part.number} är, så ingen kan se om passen har begärts förut."
            yield _finding("assistant_is_not_named", message, Severity.ASKS, str(part.number))


def _claimed_before(before: ClaimedBefore, case: ApplicationCase) -> str:
    where = f"i ärende {before.case_number}" if before.case_number else "i ett ärende som gäller någon annan"
    clock = (
        f" {local_clock(before.start_at)}–{local_clock(before.end_at)}"
        if before.is_by_clock
        else ", utan klockslag i det ena ärendet"
    )
    whose = _whose(case.parts[before.part - 1], case)
    return f"{whose}Passet {before.work_on}{clock} är begärt {where}. Samma pass betalas inte två gånger."


def _unmentioned(spell: KnownSpell, case: ApplicationCase) -> Iterator[Finding]:
    """Yield what an earlier absence may change, where the application says nothing of it."""
    part = case.parts[spell.part - 1]
    first_on = min(one.first_on for one in part.case.spells)
    is_told = any(one.first_on == spell.first_on for one in part.case.earlier)
    if not is_told and timedelta(0) < first_on - spell.last_on <= _DAYS_THAT_MAY_BE_A_RELAPSE:
        message = (
            f"{_whose(part, case)}Enligt ärende {spell.case_number} var assistenten sjuk {spell.first_on} till "
            f"{spell.last_on}, och {money_told(spell.deducted_ore)} ({hours_told(spell.deducted_minutes)}) av "
            "karensen drogs då. Lägg till den tidigare frånvaron i ansökan om den hör till samma sjuklöneperiod."
        )
        yield _finding("earlier_absence_is_known", message, Severity.ASKS, f"{spell.part} {spell.first_on}")
    told_on = part.case.deductions_on
    took = bool(spell.deducted_ore or spell.deducted_minutes)
    is_within_the_year = first_on - _YEAR < spell.first_on < first_on
    if took and is_within_the_year and told_on is not None and spell.first_on not in told_on and not is_told:
        message = (
            f"{_whose(part, case)}Enligt ärende {spell.case_number} drogs karens för sjukperioden från "
            f"{spell.first_on}. Den står inte bland årets karensavdrag i ansökan."
        )
        yield _finding("earlier_deduction_is_known", message, Severity.ASKS, f"{spell.part} {spell.first_on}")


def _finding(
    code: str, message: str, severity: Severity, place: str = "", evidence: tuple[tuple[str, str], ...] = ()
) -> Finding:
    label, cites = HEADINGS[code]
    return Finding(
        code=code,
        severity=severity,
        grain=Grain.CLAIM,
        label=label,
        message=message,
        cites=cites,
        evidence=evidence,
        place=place,
    )


def _whose(part: Part, case: ApplicationCase) -> str:
    if len(case.parts) == 1:
        return ""
    return f"{part.label}: "


def sums(case: ApplicationCase) -> Sums:
    """Return the sick time that is applied for, told as a report's; nothing of it was granted beforehand."""
    shifts = [shift for part in case.parts for shift in part.case.shifts]
    by_kind = {kind: sum(one.minutes for one in shifts if one.kind is kind) for kind in TimeKind}
    total = sum(by_kind.values())
    return Sums(
        active_minutes=by_kind[TimeKind.ACTIVE],
        waiting_minutes=by_kind[TimeKind.WAITING],
        standby_minutes=by_kind[TimeKind.STANDBY],
        actual_minutes=total,
        payable_28ths=total * PARTS_PER_MINUTE,
        granted_28ths=0,
    )


# --- the statement ------------------------------------------------------------------------------------------


def statement(parts: Sequence[Part], agreements: Agreements, law: LawBook) -> Statement:
    """Return what an application comes to: the lines of its parts, one assistant after the other.

    Raises `LawGap`; asked only of parts that can be worked out.
    """
    made = worked_out(parts, agreements, law)
    assert not isinstance(made, tuple), "what lacks something holds the statement back"
    return made.statement


def last_sick_day(case: ApplicationCase) -> date:
    """Return the last sick day that an application tells of."""
    return max(spell.last_on for part in case.parts for spell in part.case.spells)
