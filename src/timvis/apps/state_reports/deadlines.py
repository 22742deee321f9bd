"""Every last day towards the state in a span of months: those of every month, and those that follow of what is known.

Nobody is named here: a last day says what is due and how many it concerns.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from timvis.apps.audit.versions import current
from timvis.apps.decisions.models import Decision
from timvis.apps.grant_periods.models import GrantPeriod
from timvis.apps.grant_periods.records import period_of
from timvis.apps.parties.models import Provider
from timvis.apps.state_registers import queries
from timvis.apps.state_registers.models import Assignment, FinalSettlement
from timvis.core.calendar.deadlines import counts_from_event
from timvis.core.calendar.local_time import day_of
from timvis.core.calendar.months import month_after, same_day_after
from timvis.core.calendar.working_days import warning_day
from timvis.core.law import LawByDay, LawGap
from timvis.core.records import Regime
from timvis.core.state_duties.terms import clock_change_in, due_in
from timvis.formats.holiday_calendar.read import all_holidays
from timvis.formats.state_terms.read import load_state_terms

LONGEST_PERIOD = "assistance.grant_period.max_months"
EVERY_MONTH = "time_report"
CLOCK_CHANGE = "Klockan ställs om: räkningen tar faktisk tid, tidsredovisningen klockans"


@dataclass(frozen=True, slots=True, kw_only=True)
class LastDay:
    """A last day, whose it is to watch, and for which month of care, if for one; `count` is how many it concerns.

    `warn_on` is the last working day before.
    """

    on: date
    warn_on: date
    label: str
    rule: str
    roles: tuple[str, ...]
    care_month_on: date | None = None
    count: int = 1


def last_days(
    municipality: str, first: date, months: int, law: LawByDay, *, now: datetime, done: Collection[str] = ()
) -> list[LastDay]:
    """Return the last days that fall in some months from a first one, in order; none where the town is no provider.

    `done` are the keys of duties that are known elsewhere to be done.
    """
    if not Assignment.objects.filter(recipient__municipality__slug=municipality).exists():
        return []
    after = month_after(first, months)
    found = [
        *(one for ahead in range(months) for one in _of_month(month_after(first, ahead))),
        *_of_duties(municipality, law, now, done),
        *_of_lost_permits(municipality, now),
        *_of_settlements(municipality, law, now, after),
    ]
    counted = Counter[LastDay]()
    for one in found:
        if first <= one.on < after:
            counted[one] += 1
    days = (replace(one, count=count) for one, count in counted.items())
    return sorted(days, key=lambda one: (one.on, one.label))


def rules_from_events() -> Iterator[tuple[str, str]]:
    """Yield the label and the rule of every last day that is counted from an event."""
    for one in load_state_terms().deadlines:
        if counts_from_event(one.rule):
            yield one.label, one.rule.text


def _of_month(month_on: date) -> Iterator[LastDay]:
    for one in due_in(load_state_terms(), month_on, all_holidays()):
        yield LastDay(
            on=one.due.on,
            label=one.deadline.label,
            rule=one.deadline.rule.text,
            roles=one.deadline.roles,
            care_month_on=None if one.deadline.is_event else one.care_month_on,
            warn_on=one.warn_on,
        )
    changed_on = clock_change_in(month_on)
    if changed_on is not None:
        yield LastDay(
            on=changed_on,
            warn_on=warning_day(changed_on, all_holidays()),
            label=CLOCK_CHANGE,
            rule="",
            roles=load_state_terms().deadline("bill").roles,
            care_month_on=month_on,
        )


def _of_duties(municipality: str, law: LawByDay, now: datetime, done: Collection[str]) -> Iterator[LastDay]:
    """Yield what is still to be sent; the time reports of every month have their day already."""
    terms = load_state_terms()
    for row in queries.followed(municipality, law, now=now, done=done):
        if not row.is_closed and row.duty.code != EVERY_MONTH:
            rule, duty = terms.deadline(row.duty.code), row.duty
            yield LastDay(on=duty.due_on, warn_on=duty.warn_on, label=rule.label, rule=rule.rule.text, roles=rule.roles)


def _of_lost_permits(municipality: str, now: datetime) -> Iterator[LastDay]:
    """Yield the last day that is paid for, of providers whose permit has ended."""
    for provider in Provider.objects.filter(municipality__slug=municipality).prefetch_related("versions"):
        told = current(provider.versions.all(), known_at=now)
        if told is not None and told.told_of_end_on is not None:
            yield _after("work_after_lost_permit", told.told_of_end_on)


def _of_settlements(municipality: str, law: LawByDay, now: datetime, before: date) -> Iterator[LastDay]:
    """Yield the final settlement of every grant period of the state's that is not settled yet."""
    settled = set(
        FinalSettlement.objects.filter(recipient__municipality__slug=municipality).values_list(
            "recipient_id", "period_to"
        )
    )
    registered = _registered(municipality, now)
    known = {recipient_id for recipient_id, _ends in registered}
    assumed = {pair for pair in _assumed(municipality, law, now, before) if pair[0] not in known}
    for _recipient_id, ends in (registered | assumed) - settled:
        yield _after("final_settlement", ends - timedelta(days=1))


def _registered(municipality: str, now: datetime) -> set[tuple[int, date]]:
    """Return the recipient and the first day after every grant period that somebody has registered."""
    rows = GrantPeriod.objects.filter(recipient__municipality__slug=municipality).prefetch_related("versions")
    told = ((row.recipient_id, period_of(row, known_at=now)) for row in rows)
    return {(recipient_id, period.to_on) for recipient_id, period in told if period is not None}


def _assumed(municipality: str, law: LawByDay, now: datetime, before: date) -> Iterator[tuple[int, date]]:
    """Yield the same of decisions whose periods nobody has registered.

    No decision says how long its period is: the longest that the law lets it be is taken, from the first day granted.
    """
    try:
        months = int(law.count(LONGEST_PERIOD, day_of(now)))
    except LawGap:
        return
    rows = Decision.objects.filter(recipient__municipality__slug=municipality).prefetch_related("versions")
    for row in rows:
        told = current(row.versions.all(), known_at=now)
        if told is not None and told.regime == Regime.SFB and told.valid_from is not None:
            for ends in _period_ends(told.valid_from, told.valid_to, months, before):
                yield row.recipient_id, ends


def _period_ends(begins: date, granted_to: date | None, months: int, before: date) -> Iterator[date]:
    """Yield the first day after each period that begins before a day."""
    number = 0
    while same_day_after(begins, number * months) < min(granted_to or before, before):
        number += 1
        ends = same_day_after(begins, number * months)
        yield min(ends, granted_to) if granted_to else ends


def _after(code: str, event_on: date) -> LastDay:
    terms, holidays = load_state_terms(), all_holidays()
    rule = terms.deadline(code)
    on = terms.due_after(code, event_on, holidays)
    return LastDay(on=on, label=rule.label, rule=rule.rule.text, roles=rule.roles, warn_on=warning_day(on, holidays))
