"""The review: facts in, findings out, all of them at once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from timvis.core.calendar.local_time import local_clock
from timvis.core.calendar.weeks import day_of
from timvis.core.facts.derive import Facts, derive
from timvis.core.facts.load import Loaded, first_day_of, load
from timvis.core.facts.records import AnyFacts, ClaimFacts, ShiftFacts, WeekFacts
from timvis.core.facts.relations import NEVER
from timvis.core.facts.settings import ReviewSettings
from timvis.core.law import LawByDay
from timvis.core.quantities import PARTS_PER_MINUTE, Ore, Parts, pay_for
from timvis.core.records import Case, Instant, Regime
from timvis.core.review.finding import Finding, ShiftRef
from timvis.core.review.rule import Grain, Rule, Severity
from timvis.core.review.rules import RULES


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """The reported time of a claim, per kind as time really passed, and converted; and what was granted for it."""

    active_minutes: int
    waiting_minutes: int
    standby_minutes: int
    actual_minutes: int
    payable_28ths: int
    granted_28ths: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What the rules say of a case: findings in the order of time, the heaviest first on the same minute."""

    findings: tuple[Finding, ...]
    sums: Sums
    rules: int


LOOKS_ELSEWHERE = frozenset({"is_elsewhere", "copy_number", "earlier_end_here_at"})
"""The facts that may rest on a shift in somebody else's file."""


def review(case: Case, law: LawByDay, settings: ReviewSettings) -> Review:
    """Return every finding on a case. Raises `LawGap` when a number it needs has no value that day."""
    loaded = load(case, law, settings)
    facts = derive(loaded.relations)
    rules = [rule for rule in RULES.values() if rule.code not in settings.switched_off]
    judge = _Judge(case, law, settings, loaded)
    findings = [finding for rule in rules for finding in judge.findings(rule, facts)]
    order = list(Severity)
    return Review(
        findings=tuple(
            sorted(
                findings,
                key=lambda one: (one.part_from or 0, one.week or 0, order.index(one.severity), one.code),
            )
        ),
        sums=_sums(facts),
        rules=len(rules),
    )


def is_in_force(rule: Rule, day: date, law: LawByDay) -> bool:
    """Return whether a rule judges a day of work: each law value it leans on has begun.

    Raises `LawGap` for a day that the data no longer reaches to: then nobody knows.
    """
    for code in rule.law:
        if day < first_day_of(code, law):
            return False
        law.on(code, day)
    return True


def severity_of(rule: Rule, regime: Regime, settings: ReviewSettings) -> Severity:
    """Return how a rule weighs: the municipality's own weight, else the regime's."""
    own = settings.severities.get(rule.code)
    return Severity(own) if own else rule.severity[regime]


@dataclass(frozen=True, slots=True)
class _Judge:
    """One case's way from facts to findings."""

    case: Case
    law: LawByDay
    settings: ReviewSettings
    loaded: Loaded

    def findings(self, rule: Rule, facts: Facts) -> Iterator[Finding]:
        records: Mapping[Grain, tuple[AnyFacts, ...]] = {
            Grain.SHIFT: facts.shifts,
            Grain.WEEK: facts.weeks,
            Grain.CLAIM: facts.claims,
        }
        in_force = cache(lambda work_on: is_in_force(rule, day_of(work_on), self.law))
        for record in records[rule.grain]:
            if rule.objects(record) and in_force(record.work_on):
                yield self._finding(rule, record)

    def _finding(self, rule: Rule, record: AnyFacts) -> Finding:
        shift, part_from, part_to = self._place(rule, record)
        parts = self._parts(rule, record, part_from, part_to)
        severity = severity_of(rule, self.case.regime, self.settings)
        return Finding(
            code=rule.code,
            severity=severity,
            grain=rule.grain,
            label=rule.label,
            message=rule.because.format_map(ForPeople(record)),
            cites=rule.cites,
            quantity=rule.quantity,
            shift=shift,
            assistant_number=self._assistant_number(record),
            week=record.week if isinstance(record, ShiftFacts | WeekFacts) else None,
            part_from=part_from,
            part_to=part_to,
            minutes=_minutes(rule, record, parts, part_from, part_to),
            money_at_risk_ore=self._money_at_risk(parts, severity),
            evidence=self._evidence(rule, record, part_from, part_to),
        )

    def _place(self, rule: Rule, record: AnyFacts) -> tuple[ShiftRef | None, Instant | None, Instant | None]:
        if not isinstance(record, ShiftFacts):
            return None, None, None
        report, row = self.loaded.shifts[record.shift_id]
        start, end = rule.part
        return (
            ShiftRef(
                report_key=report.key,
                line=row.line,
                work_on=row.span.work_on,
                start_minute=row.span.start_minute,
            ),
            Instant(getattr(record, start)),
            Instant(getattr(record, end)),
        )

    def _parts(self, rule: Rule, record: AnyFacts, part_from: Instant | None, part_to: Instant | None) -> int:
        """Return the converted time a finding concerns: the excess, the part of a shift, or the whole claim."""
        if rule.excess is not None:
            beyond, limit = rule.excess
            excess: int = getattr(record, beyond) - getattr(record, limit)
            if beyond.endswith("_parts"):
                return excess
            # Of a shift, no more than the shift itself lies beyond; of a week, all that does.
            return min(excess, record.minutes if isinstance(record, ShiftFacts) else excess) * PARTS_PER_MINUTE
        if isinstance(record, ShiftFacts):
            minutes = (part_to or 0) - (part_from or 0)
            return minutes * (record.parts // record.minutes) if record.minutes else 0
        if isinstance(record, WeekFacts):
            return 0
        return record.reported_parts

    def _money_at_risk(self, parts: int, severity: Severity) -> Ore | None:
        """Return what the time is worth; information risks nothing, and without a rate nobody knows."""
        if severity is Severity.INFORMS:
            return Ore(0)
        return None if self.settings.rate is None else pay_for(Parts(parts), self.settings.rate)

    def _evidence(
        self, rule: Rule, record: AnyFacts, part_from: Instant | None, part_to: Instant | None
    ) -> tuple[tuple[str, str], ...]:
        """Return the facts the rule read, and an opaque reference to each row of another file it rests on."""
        names = _facts_named(rule)
        seen = [(name, str(getattr(record, name))) for name in names]
        if part_from is not None and part_to is not None and not LOOKS_ELSEWHERE.isdisjoint(names):
            number = self._assistant_number(record)
            seen += [
                ("reference", other.reference)
                for other in self.case.others
                if other.assistant_number == number and other.span.start_at < part_to and other.span.end_at > part_from
            ]
        return tuple(seen)

    def _assistant_number(self, record: AnyFacts) -> str | None:
        if isinstance(record, ShiftFacts | WeekFacts):
            return self.loaded.assistants[record.assistant_id].number
        return None


def _minutes(rule: Rule, record: AnyFacts, parts: int, part_from: Instant | None, part_to: Instant | None) -> int:
    """Return the time a finding concerns: the excess, the part of a shift, the whole claim; of a week's rest none."""
    if rule.excess is not None:
        return parts // PARTS_PER_MINUTE
    if isinstance(record, ClaimFacts):
        return record.reported_minutes
    return 0 if part_from is None or part_to is None else part_to - part_from


class ForPeople(Mapping[str, str]):
    """A facts record as texts for a sentence: days as dates, instants as clock times, time as h:mm.

    A fact becomes a text when the sentence asks for it, because "there is none" has no clock time.
    """

    def __init__(self, record: AnyFacts) -> None:
        self._record = record

    def __getitem__(self, name: str) -> str:
        return _text(name, getattr(self._record, name))

    def __iter__(self) -> Iterator[str]:
        return iter(self._record._fields)

    def __len__(self) -> int:
        return len(self._record)


def _text(name: str, value: int) -> str:
    if name.endswith(("_on", "_from", "_to")):
        return _day_text(name, value)
    if name.endswith("_at"):
        return local_clock(Instant(value))
    if name.endswith("_parts"):
        return hours_text(value // PARTS_PER_MINUTE)
    if name.endswith(("_minutes", "minutes_that_day")):
        return hours_text(value)
    return str(value)


def _day_text(name: str, value: int) -> str:
    if value < NEVER and value > 0:
        return day_of(value).isoformat()
    return "aldrig" if name == "registered_on" else "tills vidare"


def hours_text(minutes: int) -> str:
    """Return minutes as people write hours: 165:30."""
    return f"{minutes // 60}:{minutes % 60:02d}"


def _facts_named(rule: Rule) -> tuple[str, ...]:
    """Return the facts a rule reads, in the order they stand in it: its evidence."""
    return tuple(dict.fromkeys(name for name in rule.objects.__code__.co_names if not name.startswith("_")))


def _sums(facts: Facts) -> Sums:
    def of_kind(kind: int) -> int:
        return sum(shift.minutes for shift in facts.shifts if shift.kind == kind)

    return Sums(
        active_minutes=of_kind(0),
        waiting_minutes=of_kind(1),
        standby_minutes=of_kind(2),
        actual_minutes=sum(shift.minutes for shift in facts.shifts),
        payable_28ths=sum(shift.parts for shift in facts.shifts),
        granted_28ths=sum(claim.granted_parts for claim in facts.claims),
    )
