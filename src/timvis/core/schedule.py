"""A schedule: shifts planned ahead, beside what was reported, and as the month that a report of them would be.

What is planned is judged by the rules that judge a report, before anybody works it: only what is about papers, which
a plan has none of, is not asked.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from timvis.core.calendar.local_time import spans_between
from timvis.core.calendar.months import month_on
from timvis.core.calendar.weeks import DAYS_PER_WEEK
from timvis.core.quantities import Minutes, Ore
from timvis.core.records import Instant, Recipient, ReportRow, TimeKind, TimeReport
from timvis.core.review.finding import Finding
from timvis.core.review.rule import Severity

OF_PAPERS = frozenset(
    {
        "agent_acted_outside_the_power_of_attorney",
        "agent_was_not_registered",
        "assistants_signature_was_missing",
        "claim_was_handed_in_late",
        "due_day_was_not_known",
        "every_day_was_reported_alike",
        "manager_signed_without_mandate",
        "managers_signature_was_missing",
        "recipients_name_or_number_was_missing_on_the_report",
        "signing_manager_was_not_known",
        "stated_sums_differed_from_the_rows",
    }
)
"""Rules about who handed a report in, who signed it, and how it was filled in; a regular plan is a good plan."""

FARTHEST = timedelta(days=366)
"""How far ahead one plan repeats itself: a year, so that a mistyped year does not fill the schedule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """An assistant's time with the recipient, planned or reported; `key` names it where it is kept."""

    key: str
    assistant_number: str
    assistant_name: str
    kind: TimeKind
    start_at: Instant
    end_at: Instant

    @property
    def minutes(self) -> Minutes:
        """The time that really passes."""
        return Minutes(self.end_at - self.start_at)


# --- how often -------------------------------------------------------------------------------------------------------


class Repeat(StrEnum):
    """How a planned shift comes back."""

    ONCE = "once"
    DAILY = "daily"
    WEEKDAYS = "weekdays"
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"


_DAYS_APART = {
    Repeat.DAILY: 1,
    Repeat.WEEKDAYS: 1,
    Repeat.WEEKLY: DAYS_PER_WEEK,
    Repeat.FORTNIGHTLY: 2 * DAYS_PER_WEEK,
}
_SATURDAY = 5


def repeated(on: date, repeat: Repeat, until: date) -> tuple[date, ...]:
    """Return the days of a plan from its first up to but not including `until`; weekdays are Monday to Friday."""
    if repeat is Repeat.ONCE:
        return (on,)
    apart = _DAYS_APART[repeat]
    days = (on + timedelta(days=after) for after in range(0, (until - on).days, apart))
    return tuple(day for day in days if repeat is not Repeat.WEEKDAYS or day.weekday() < _SATURDAY)


# --- planned beside reported -----------------------------------------------------------------------------------------


class Standing(StrEnum):
    """How what was planned became."""

    AHEAD = "ahead"
    AS_PLANNED = "as_planned"
    OTHERWISE = "otherwise"
    NOT_REPORTED = "not_reported"
    NOT_PLANNED = "not_planned"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleLine:
    """One assistant's shifts that meet in time: what was planned, what was reported."""

    standing: Standing
    planned: tuple[Shift, ...]
    reported: tuple[Shift, ...]

    @property
    def first(self) -> Shift:
        """The earliest of them."""
        return min((*self.planned, *self.reported), key=lambda shift: shift.start_at)


def beside(planned: Iterable[Shift], reported: Iterable[Shift], *, now: Instant) -> tuple[ScheduleLine, ...]:
    """Return planned and reported shifts beside each other, in order of time.

    A night is one planned shift and two reported rows, so what overlaps is one line. `now` tells what lies ahead.
    """
    plan = set(planned)
    found = [
        _line(tuple(shift for shift in group if shift in plan), tuple(s for s in group if s not in plan), now)
        for group in _meeting((*plan, *reported))
    ]
    return tuple(sorted(found, key=lambda line: (line.first.start_at, line.first.assistant_name, line.first.key)))


def _meeting(shifts: Iterable[Shift]) -> Iterator[list[Shift]]:
    """Yield the shifts of each assistant that overlap, one by the other, in order."""
    group: list[Shift] = []
    until = Instant(0)
    for shift in sorted(shifts, key=lambda each: (each.assistant_number, each.start_at, each.end_at, each.key)):
        if group and (shift.assistant_number != group[0].assistant_number or shift.start_at >= until):
            yield group
            group = []
        until = max(until, shift.end_at) if group else shift.end_at
        group.append(shift)
    if group:
        yield group


def _line(planned: tuple[Shift, ...], reported: tuple[Shift, ...], now: Instant) -> ScheduleLine:
    if not planned:
        standing = Standing.NOT_PLANNED
    elif not reported:
        standing = Standing.AHEAD if max(each.end_at for each in planned) > now else Standing.NOT_REPORTED
    else:
        standing = Standing.AS_PLANNED if _time(planned) == _time(reported) else Standing.OTHERWISE
    return ScheduleLine(standing=standing, planned=planned, reported=reported)


def _time(shifts: Iterable[Shift]) -> list[tuple[TimeKind, Instant, Instant]]:
    """Return the pieces of time of some shifts, those of one kind that touch made one."""
    found: list[tuple[TimeKind, Instant, Instant]] = []
    for shift in sorted(shifts, key=lambda each: (each.kind, each.start_at)):
        if found and found[-1][0] is shift.kind and shift.start_at <= found[-1][2]:
            found[-1] = (shift.kind, found[-1][1], max(found[-1][2], shift.end_at))
        else:
            found.append((shift.kind, shift.start_at, shift.end_at))
    return found


# --- as the state would see it ---------------------------------------------------------------------------------------


def as_reports(planned: Iterable[Shift], month: date, recipient: Recipient) -> tuple[TimeReport, ...]:
    """Return the reports that a month's plan would become: one per assistant, rows split at midnight.

    What a night has beyond the month is left out; it is the next month's.
    """
    rows: dict[str, list[ReportRow]] = {}
    names: dict[str, str] = {}
    for shift in sorted(planned, key=lambda each: (each.assistant_number, each.start_at, each.key)):
        names[shift.assistant_number] = shift.assistant_name
        own = rows.setdefault(shift.assistant_number, [])
        for piece in spans_between(shift.start_at, shift.end_at):
            if month_on(piece.work_on) == month:
                own.append(ReportRow(line=len(own) + 1, kind=shift.kind, span=piece))
    return tuple(
        TimeReport(
            key=f"plan:{number}",
            month_on=month,
            recipient_number=recipient.number,
            recipient_name=recipient.name,
            assistant_number=number,
            assistant_name=names[number],
            rows=tuple(own),
        )
        for number, own in rows.items()
        if own
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """What one rule would say of a plan: about whom, how often, how many minutes, and the money at risk in öre.

    `ore` is None when nobody has decided a rate, or the rule puts no money at risk.
    """

    code: str
    severity: Severity
    label: str
    message: str
    cites: tuple[str, ...]
    assistants: tuple[str, ...]
    times: int
    minutes: int
    ore: Ore | None


def objections(findings: Iterable[Finding], names: dict[str, str]) -> tuple[Objection, ...]:
    """Return findings gathered by rule, the heaviest first; `names` are the assistants' by number."""
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.code, []).append(finding)
    order = list(Severity)
    told = [_objection(each, names) for each in found.values()]
    return tuple(sorted(told, key=lambda one: (order.index(one.severity), -one.minutes, one.code)))


def _objection(found: Sequence[Finding], names: dict[str, str]) -> Objection:
    first = found[0]
    amounts = [each.money_at_risk_ore for each in found]
    known = [amount for amount in amounts if amount is not None]
    numbers = {each.assistant_number for each in found if each.assistant_number is not None}
    return Objection(
        code=first.code,
        severity=first.severity,
        label=first.label,
        message=first.message,
        cites=first.cites,
        assistants=tuple(sorted(names.get(number, number) for number in numbers)),
        times=len(found),
        minutes=sum(each.minutes for each in found),
        ore=Ore(sum(known)) if len(known) == len(amounts) else None,
    )
