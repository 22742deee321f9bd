"""A case as rows of the input relations: everything dated or looked up in law is settled here, once.

Each shift lies on one local day already. Shifts outside the claim come first in number, so that of two equal
rows the claim's own is the copy.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from timvis.core.calendar.local_time import day_minutes
from timvis.core.calendar.months import month_after
from timvis.core.calendar.weeks import day_number, week_number
from timvis.core.facts.granted import granted_parts
from timvis.core.facts.relations import NEVER, RELATIONS
from timvis.core.facts.settings import ReviewSettings
from timvis.core.facts.two_payers import states_part
from timvis.core.identity import adult_on
from timvis.core.law import LawByDay
from timvis.core.quantities import MINUTES_PER_HOUR, PARTS_PER_MINUTE, parts_per_minute
from timvis.core.records import (
    AbsenceKind,
    Assistant,
    Case,
    ClockSpan,
    Grant,
    Mandate,
    OtherShift,
    Provider,
    ProviderKind,
    ReportRow,
    TimeKind,
    TimeReport,
    WorkingTimeLaw,
)

Row = Mapping[str, int]

CLAIM_ID = 1
RECIPIENT_ID, OTHER_RECIPIENT_ID = 1, 2
EMPLOYER_ID, OTHER_EMPLOYER_ID = 1, 2

KIND_NUMBER = {TimeKind.ACTIVE: 0, TimeKind.WAITING: 1, TimeKind.STANDBY: 2}
FACTOR_OF = {
    TimeKind.WAITING: "assistance.standby.waiting_time_factor",
    TimeKind.STANDBY: "assistance.standby.on_call_factor",
}
ABSENCE_NUMBER = {AbsenceKind.HOSPITAL: 0, AbsenceKind.SCHOOL: 1, AbsenceKind.DAILY_ACTIVITY: 2}

MIN_AGE = "assistance.assistant.min_age"
PERMIT_GRACE = "assistance.provider.permit_loss_grace"

NEEDS_PERMIT = frozenset({ProviderKind.COMPANY, ProviderKind.COOPERATIVE})

MINUTES_PER_DAY = 24 * MINUTES_PER_HOUR
DAYS_PER_WEEK = 7
WEEKS_OF_THE_AVERAGE = 17
"""Four months, in whole weeks: the longest reference period of ATL 10 b § without an agreement."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """The relations of one case, and what each number stands for.

    `shifts` and `assistants` turn a finding's numbers back into the records they came from.
    """

    relations: Mapping[str, tuple[Row, ...]]
    shifts: Mapping[int, tuple[TimeReport, ReportRow]]
    assistants: Mapping[int, Assistant]


def load(case: Case, law: LawByDay, settings: ReviewSettings) -> Loaded:
    """Return the relations of one case. Raises `LawGap` when a needed number has no value on a day of work."""
    numbers = {assistant.number: index for index, assistant in enumerate(_assistants(case), start=1)}
    others = [
        _shift_row(
            shift_id,
            other.span,
            other.kind,
            law,
            report_id=0,
            assistant_id=numbers[other.assistant_number],
            recipient_id=RECIPIENT_ID if other.is_same_recipient else OTHER_RECIPIENT_ID,
            employer_id=EMPLOYER_ID if other.is_same_employer else OTHER_EMPLOYER_ID,
            is_judged=0,
        )
        for shift_id, other in enumerate(_known(case.others, numbers), start=1)
    ]
    judged: dict[int, tuple[TimeReport, ReportRow]] = {}
    rows = list(others)
    for report_id, report in enumerate(case.reports, start=1):
        for line in report.rows:
            shift_id = len(rows) + 1
            judged[shift_id] = (report, line)
            rows.append(
                _shift_row(
                    shift_id,
                    line.span,
                    line.kind,
                    law,
                    report_id=report_id,
                    assistant_id=numbers[report.assistant_number or ""],
                    recipient_id=RECIPIENT_ID,
                    employer_id=EMPLOYER_ID,
                    is_judged=1,
                )
            )
    days = sorted({row["work_on"] for row in rows})
    assistants = {numbers[assistant.number]: assistant for assistant in _assistants(case)}
    relations: dict[str, tuple[Row, ...]] = {
        "shift": tuple(rows),
        "report": (
            _nobodys_report(),
            *(_report_row(n, report, case) for n, report in enumerate(case.reports, start=1)),
        ),
        "assistant": tuple(_assistant_row(n, who, case, law) for n, who in assistants.items()),
        "incapacity": tuple(_incapacity_rows(assistants)),
        "decision": tuple(_decision_row(grant) for grant in case.grants if grant.regime == case.regime),
        "absence": tuple(_absence_rows(case)),
        "claim": ({**_claim_row(case, law, settings), "doubly_granted_parts": _doubly_granted(rows, case)},),
        "law": tuple(_law_rows(case.provider, days, law, settings)),
    }
    return Loaded(relations, judged, assistants)


def first_day_of(code: str, law: LawByDay) -> date:
    """Return the first day that a number of the law has a value: before it, what it limits was not limited."""
    return min(row.from_on for row in law.number(code).rows)


def _assistants(case: Case) -> tuple[Assistant, ...]:
    """Return those the case knows, and a blank for each one a report names that nobody has registered."""
    known = {assistant.number: assistant for assistant in case.assistants}
    for report in case.reports:
        number = report.assistant_number or ""
        known.setdefault(
            number,
            Assistant(
                number=number,
                name=report.assistant_name or "",
                born_on=None,
                lives_outside_eea=None,
                registered_on=None,
            ),
        )
    return tuple(known.values())


def _known(others: tuple[OtherShift, ...], numbers: Mapping[str, int]) -> Iterator[OtherShift]:
    return (other for other in others if other.assistant_number in numbers)


def _shift_row(shift_id: int, span: ClockSpan, kind: TimeKind, law: LawByDay, **where: int) -> Row:
    minutes = int(span.actual_minutes)
    waits = kind is TimeKind.WAITING
    return {
        "shift_id": shift_id,
        "claim_id": CLAIM_ID,
        "kind": KIND_NUMBER[kind],
        "work_on": day_number(span.work_on),
        "week": week_number(span.work_on),
        "month": span.work_on.year * 12 + span.work_on.month,
        "year": span.work_on.year,
        "start_minute": span.start_minute,
        "end_minute": span.end_minute,
        "start_at": int(span.start_at),
        "end_at": int(span.end_at),
        "minutes": minutes,
        "parts": minutes * parts_of(kind, span.work_on, law),
        # Standby is not working time; waiting time counts in full (its weight is an agency's, not the act's).
        "working_minutes": 0 if kind is TimeKind.STANDBY else minutes,
        "waiting_minutes": minutes if waits else 0,
        "day_minutes": day_minutes(span.work_on),
        "is_ambiguous": int(span.is_ambiguous),
        **where,
    }


def parts_of(kind: TimeKind, work_on: date, law: LawByDay) -> int:
    """Return how many 28ths one minute of a kind counts for on a day. Raises `LawGap`."""
    if kind is TimeKind.ACTIVE:
        return PARTS_PER_MINUTE
    return parts_per_minute(law.fraction(FACTOR_OF[kind], work_on))


def _nobodys_report() -> Row:
    """Return the report of shifts that are not judged: nothing is asked of it."""
    return dict.fromkeys(RELATIONS["report"], 1) | {"report_id": 0}


def _report_row(report_id: int, report: TimeReport, case: Case) -> Row:
    manager = report.manager_signature
    own_employer = case.provider.kind is ProviderKind.OWN_EMPLOYER
    may_sign = {*case.provider.managers, *(mandate.agent_number for mandate in case.mandates)}
    if own_employer:
        may_sign.add(case.recipient.number)
    sums = report.stated_sums
    return {
        "report_id": report_id,
        "recipient_is_named": int(bool(report.recipient_name)),
        "recipient_number_agrees": int(report.recipient_number == case.recipient.number),
        "assistant_has_signed": int(report.assistant_signature is not None),
        "manager_has_signed": int(manager is not None),
        "manager_is_needed": 1,
        "manager_is_known": int(manager is not None and manager.number is not None),
        "manager_has_mandate": int(manager is not None and manager.number in may_sign),
        "sums_are_stated": int(sums is not None),
        "sums_agree": int(
            sums is None or sums_of(report) == (sums.active_minutes, sums.waiting_minutes, sums.standby_minutes)
        ),
    }


def sums_of(report: TimeReport) -> tuple[int, int, int]:
    """Return a report's clock minutes: active, waiting, standby. Clock time, because that is what is summed by hand."""
    totals = dict.fromkeys(TimeKind, 0)
    for row in report.rows:
        totals[row.kind] += row.span.clock_minutes
    return totals[TimeKind.ACTIVE], totals[TimeKind.WAITING], totals[TimeKind.STANDBY]


def _assistant_row(assistant_id: int, assistant: Assistant, case: Case, law: LawByDay) -> Row:
    hired_before = assistant.hired_on is not None and assistant.hired_on < first_day_of(MIN_AGE, law)
    grown = NEVER
    if assistant.born_on is not None and case.month_on >= first_day_of(MIN_AGE, law):
        grown = day_number(adult_on(assistant.born_on, law.count(MIN_AGE, case.month_on)))
    return {
        "assistant_id": assistant_id,
        "birth_is_known": int(assistant.born_on is not None),
        "adult_on": grown,
        "residence_is_known": int(assistant.lives_outside_eea is not None),
        "lives_outside_eea": int(bool(assistant.lives_outside_eea)),
        "registered_on": _day_or_never(assistant.registered_on),
        "limits_apply": int(not hired_before),
    }


def _incapacity_rows(assistants: Mapping[int, Assistant]) -> Iterator[Row]:
    for assistant_id, assistant in assistants.items():
        for spell in assistant.incapacities:
            yield {
                "assistant_id": assistant_id,
                "unable_from": day_number(spell.unable_from),
                "unable_to": _day_or_never(spell.unable_to),
            }


def _decision_row(grant: Grant) -> Row:
    return {
        "recipient_id": RECIPIENT_ID,
        "granted_from": day_number(grant.granted_from),
        "granted_to": _day_or_never(grant.granted_to),
        "double_staffing": int(grant.double_staffing),
    }


def _absence_rows(case: Case) -> Iterator[Row]:
    for absence in case.absences:
        if not absence.has_special_reason:
            yield {
                "recipient_id": RECIPIENT_ID,
                "kind": ABSENCE_NUMBER[absence.kind],
                "start_at": int(absence.start_at),
                "end_at": int(absence.end_at),
            }


def _claim_row(case: Case, law: LawByDay, settings: ReviewSettings) -> Row:
    provider = case.provider
    grace_to = 0
    if provider.told_of_end_on is not None:
        grace_to = day_number(provider.told_of_end_on) + law.count(PERMIT_GRACE, case.month_on)
    mandate = _mandate_of(case)
    return {
        "claim_id": CLAIM_ID,
        "recipient_id": RECIPIENT_ID,
        "provider_is_required_to_have_permit": int(provider.kind in NEEDS_PERMIT),
        "permit_is_known": int(provider.permit_is_known),
        "permit_from": _day_or_never(provider.permit_from),
        "permit_to": _day_or_never(provider.permit_to),
        "permit_grace_to": grace_to,
        "died_on": _day_or_never(case.recipient.died_on),
        "received_on": day_number(case.received_on),
        "due_is_known": int(case.due_on is not None),
        "due_on": _day_or_never(case.due_on),
        "agent_is_used": int(case.submitted_by is not None and case.submitted_by != case.recipient.number),
        "agent_is_registered": int(mandate is not None),
        "agent_from": day_number(mandate.valid_from) if mandate else NEVER,
        "agent_to": _day_or_never(mandate.valid_to) if mandate else 0,
        "granted_parts": sum(
            granted_parts(grant, case.month_on, month_after(case.month_on))
            for grant in case.grants
            if grant.regime == case.regime
        ),
        "alike_days_needed": settings.alike_days,
    }


def _doubly_granted(shifts: list[Row], case: Case) -> int:
    """Return how much of the claim's time the state has granted hours for, in 28ths of a minute."""
    parts: dict[date, int] = {}
    for row in shifts:
        if row["is_judged"]:
            day = date.fromordinal(row["work_on"])
            parts[day] = parts.get(day, 0) + row["parts"]
    return states_part(parts, case)


def _mandate_of(case: Case) -> Mandate | None:
    """Return the agent's own mandate: of several, the one that covers the day of hand-in, else the latest."""
    own = [mandate for mandate in case.mandates if mandate.agent_number == case.submitted_by and mandate.may_report]
    covering = [
        mandate
        for mandate in own
        if mandate.valid_from <= case.received_on and (mandate.valid_to is None or case.received_on < mandate.valid_to)
    ]
    return max(covering or own, key=lambda mandate: mandate.valid_from, default=None)


def _law_rows(provider: Provider, days: list[int], law: LawByDay, settings: ReviewSettings) -> Iterator[Row]:
    """Yield one row per month of work and employer, with the limits as they stood on its first day of work."""
    first_days: dict[date, date] = {}
    for day in days:
        on = date.fromordinal(day)
        first_days.setdefault(on.replace(day=1), on)
    for employer_id in (EMPLOYER_ID, OTHER_EMPLOYER_ID):
        # What another employer's limits are is not ours to know; only the rest rules look across employers.
        limits = working_time_law(provider) if employer_id == EMPLOYER_ID else None
        for month_on, on in first_days.items():
            yield limits_row(employer_id, limits, month_on, on, law, settings)


def working_time_law(provider: Provider) -> WorkingTimeLaw | None:
    """Return which limits cover the employment: what is registered, else by kind of employer.

    Own employers employ in their household (lag 1970:943); everyone else falls under the Working Hours Act.
    """
    if provider.working_time_law is not None:
        return provider.working_time_law
    if provider.kind is ProviderKind.OWN_EMPLOYER:
        return WorkingTimeLaw.HOUSEHOLD_ACT
    return WorkingTimeLaw.WORKING_HOURS_ACT


def limits_row(
    employer_id: int,
    limits: WorkingTimeLaw | None,
    month_on: date,
    on: date,
    law: LawByDay,
    settings: ReviewSettings,
) -> Row:
    """Return an employer's limits of working time in a month, as they stood on a day of it. Raises `LawGap`.

    `limits` is None when nobody knows which act or agreement covers the employment.
    """
    next_month_on = month_after(month_on)
    household = limits is WorkingTimeLaw.HOUSEHOLD_ACT
    act = "worktime.household" if household else "worktime.atl"

    def minutes(code: str) -> int:
        return int(law.minutes(code, on))

    week = minutes(f"{act}.ordinary_week")
    overtime_month = minutes("worktime.atl.overtime_month") + minutes("worktime.atl.waiting_month")
    days_of_year = (date(on.year + 1, 1, 1) - date(on.year, 1, 1)).days
    return {
        "employer_id": employer_id,
        "law_from": day_number(month_on),
        "law_to": day_number(next_month_on),
        # An agreement's limits are its own data; until they are in, nothing is judged and a person is asked.
        "limits_are_known": int(limits in (WorkingTimeLaw.WORKING_HOURS_ACT, WorkingTimeLaw.HOUSEHOLD_ACT)),
        "week_limit_minutes": week,
        "four_weeks_limit_minutes": 4 * week + minutes(f"{act}.overtime_4w"),
        "waiting_four_weeks_limit_minutes": 0 if household else minutes("worktime.atl.waiting_4w"),
        "month_limit_minutes": week * (next_month_on - month_on).days // DAYS_PER_WEEK + overtime_month,
        "year_limit_minutes": week * days_of_year // DAYS_PER_WEEK + _overtime_of_the_year(act, minutes),
        "average_is_limited": int(limits is WorkingTimeLaw.WORKING_HOURS_ACT),
        "average_limit_minutes": WEEKS_OF_THE_AVERAGE * minutes("worktime.atl.total_week_average"),
        "counts_by_month": int(settings.counts_by_month and not household),
        "longest_spell_minutes": MINUTES_PER_DAY - minutes("worktime.atl.daily_rest"),
        "longest_week_spell_minutes": DAYS_PER_WEEK * MINUTES_PER_DAY - minutes("worktime.atl.weekly_rest"),
    }


def _overtime_of_the_year(act: str, minutes: Callable[[str], int]) -> int:
    """Return the year's overtime: the ordinary, and in the Working Hours Act the extra for special reasons."""
    extra = minutes("worktime.atl.extra_overtime_year") if act == "worktime.atl" else 0
    return minutes(f"{act}.overtime_year") + extra


def _day_or_never(day: date | None) -> int:
    return NEVER if day is None else day_number(day)
