"""`grant_period`: what was granted for a period, what was used month by month, and what is left, lapsed or owed.

Granted hours may be moved inside the period, never over its end. At the final settlement what has been paid is
set against what was due: the rest is paid, or repaid.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from timvis.core.calculation.calculated import Calculated, doubt
from timvis.core.calculation.hourly import PARTS_PER_HOUR, exact_text, kronor_text, time_text
from timvis.core.calculation.pieces import BEYOND_THE_GRANT
from timvis.core.calculation.rates import Rate, RateRule, rate_on
from timvis.core.calendar.months import Period, day_text, month_after, month_text, same_day_after
from timvis.core.calendar.weeks import DAYS_PER_WEEK
from timvis.core.facts.granted import granted_parts
from timvis.core.facts.load import first_day_of
from timvis.core.law import LawGap, LawReader
from timvis.core.quantities import Minutes, Ore, Parts, pay_for
from timvis.core.records import Grant, GrantUnit, TimeKind
from timvis.core.review.finding import Finding
from timvis.core.review.rule import Severity
from timvis.core.statement import Line, Statement, digest_of

KIND = "grant_period"

MAX_MONTHS = "assistance.grant_period.max_months"
FINAL_DEADLINE = "assistance.settlement.final_deadline"
REPORT_DEADLINE = "assistance.report_deadline"
REPORT_DAY, REPORT_MONTHS = 5, 2
"""The fifth of the second month after, which FKFS 2016:4 writes as a rule and not as a number."""

PERIOD, PAID_FOR, SETTLED, REPAID = "SFB 51:9", "SFB 51:14", "SFB 51:15", "SFB 51:20"
AFTER_SETTLEMENT, REPORTED_BY = "HFD 2020 ref 55", "FKFS 2016:4"

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """What was used of the grant in a month, of one kind of time; `reported_on` when it was told, if that is known."""

    month_on: date
    kind: TimeKind
    minutes: Minutes
    parts_per_minute: int
    reported_on: date | None = None

    @property
    def parts(self) -> int:
        """Its assistance time, in 28ths of a minute."""
        return self.minutes * self.parts_per_minute


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid:
    """A payment already made for the period; below zero what was paid back of it."""

    on: date
    ore: Ore


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantPeriodCase:
    """A grant period (half-open) with its grants, its use and its payments; `settled_on` once it is settled."""

    period: Period
    grants: tuple[Grant, ...]
    used: tuple[Used, ...]
    paid: tuple[Paid, ...]
    rate: RateRule
    settled_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """A month's use divided: within the grant, beyond it, and told after the settlement. In 28ths of a minute."""

    month_on: date
    within: int
    beyond: int
    too_late: int


def calculate(case: GrantPeriodCase, law: LawReader) -> Calculated:
    """Return what the months come to, what is left, and what is to be paid or repaid. Raises `LawGap`."""
    granted = granted_in(case)
    months = months_of(case, granted)
    left = granted - sum(month.within for month in months)
    lines = [line for month in months for line in _month_lines(month, case, law)]
    lines.append(_left_line(left, case, law))
    lines += [_paid_line(paid) for paid in sorted(case.paid, key=lambda one: (one.on, one.ore))]
    statement = Statement(
        kind=KIND,
        lines=tuple(lines),
        law_rows=law.rows_used,
        settings=(("rounding", "each_line_half_up"), ("window", "period")),
        inputs_digest=digest_of(case),
    )
    return Calculated(
        statement=statement,
        findings=tuple(_findings(case, statement, law)),
        sums=(
            ("granted_28ths", granted),
            ("used_28ths", sum(one.parts for one in case.used)),
            ("payable_28ths", granted - left),
            ("left_28ths", left),
        ),
        total_label="Att betala tillbaka" if statement.total_ore < 0 else "Kvar att betala",
    )


def granted_in(case: GrantPeriodCase) -> int:
    """Return what was granted in the whole period, in 28ths of a minute."""
    return sum(
        granted_parts(grant, begins, ends)
        for grant in case.grants
        for begins, ends in (
            _months(case.period) if grant.per is GrantUnit.MONTH else ((case.period.from_on, case.period.to_on),)
        )
    )


def _months(period: Period) -> tuple[tuple[date, date], ...]:
    """Return the period cut at each month's first day."""
    found = []
    begins = period.from_on
    while begins < period.to_on:
        ends = min(month_after(begins), period.to_on)
        found.append((begins, ends))
        begins = ends
    return tuple(found)


def months_of(case: GrantPeriodCase, granted: int) -> tuple[Month, ...]:
    """Return each month's use against what is left of the period's hours, in time order."""
    left = granted
    found = []
    for month_on in sorted({one.month_on for one in case.used}):
        rows = [one for one in case.used if one.month_on == month_on]
        late = sum(one.parts for one in rows if _is_after_settlement(one, case))
        parts = sum(one.parts for one in rows) - late
        within = min(parts, left)
        left -= within
        found.append(Month(month_on=month_on, within=within, beyond=parts - within, too_late=late))
    return tuple(found)


def _is_after_settlement(used: Used, case: GrantPeriodCase) -> bool:
    return case.settled_on is not None and used.reported_on is not None and used.reported_on > case.settled_on


# --- lines -----------------------------------------------------------------------------------------------


def _month_lines(month: Month, case: GrantPeriodCase, law: LawReader) -> list[Line]:
    begins = max(month.month_on, case.period.from_on)
    ends = min(month_after(month.month_on), case.period.to_on)
    name = month_text(month.month_on)
    rate = rate_on(case.rate, begins, law)
    lines = []
    if month.within:
        because = f"{time_text(month.within)} timmar i {name} à {kronor_text(rate.ore_per_hour)}: {rate.why}."
        lines.append(_line("used_within_the_grant", f"Använd tid, {name}", month.within, begins, ends, because, rate))
    if month.beyond:
        because = f"{time_text(month.beyond)} timmar i {name} ryms inte i periodens beviljade timmar."
        label = f"Utöver beviljade timmar, {name}"
        lines.append(_line(BEYOND_THE_GRANT, label, month.beyond, begins, ends, because))
    if month.too_late:
        because = f"{time_text(month.too_late)} timmar i {name} redovisades efter slutavräkningen {case.settled_on}."
        label = f"Redovisat efter slutavräkningen, {name}"
        lines.append(_line("reported_after_the_settlement", label, month.too_late, begins, ends, because))
    return lines


def _line(code: str, label: str, parts: int, begins: date, ends: date, because: str, rate: Rate | None = None) -> Line:
    cites = (AFTER_SETTLEMENT,) if code == "reported_after_the_settlement" else (PERIOD, PAID_FOR)
    return Line(
        code=code,
        label=label,
        quantity=exact_text(Fraction(parts, PARTS_PER_HOUR)),
        unit="assistance_hour",
        rate="0" if rate is None else str(rate.ore_per_hour),
        amount_ore=Ore(0) if rate is None else pay_for(Parts(parts), rate.ore_per_hour),
        cites=cites if rate is None else (*cites, *rate.cites),
        because=because,
        period_from=begins,
        period_to=ends,
    )


def _left_line(left: int, case: GrantPeriodCase, law: LawReader) -> Line:
    last = case.period.to_on - _ONE_DAY
    settle = same_day_after(last, _months_to_settle(case.period, last, law))
    due = f"slutavräkningen görs senast {day_text(settle)}"
    if case.settled_on is not None:
        code, label = "hours_lapsed", "Timmar som inte användes"
        because = f"{time_text(left)} beviljade timmar användes inte och följer inte med till nästa period; {due}."
    else:
        code, label = "hours_left", "Timmar som kan användas"
        begins = max([case.period.from_on, *(min(month_after(one.month_on), case.period.to_on) for one in case.used)])
        days = (case.period.to_on - begins).days
        week = f", i genomsnitt {time_text(left * DAYS_PER_WEEK // days)} i veckan" if days > 0 else ""
        because = f"{time_text(left)} timmar kan användas till och med {day_text(last)}{week}; {due}."
    return _line(code, label, left, case.period.from_on, case.period.to_on, because)


def _months_to_settle(period: Period, last: date, law: LawReader) -> int:
    """Return how long after a period's last day it is settled.

    A running period ends on a day that nobody has checked the law for yet: then it is as it was when it began.
    """
    try:
        return law.count(FINAL_DEADLINE, last)
    except LawGap:
        return law.count(FINAL_DEADLINE, period.from_on)


def _paid_line(paid: Paid) -> Line:
    back = paid.ore < 0
    way = "tillbaka " if back else ""
    return Line(
        code="paid_back" if back else "already_paid",
        label=f"Betalt tillbaka {paid.on}" if back else f"Redan betalt {paid.on}",
        quantity="1",
        unit="payment",
        rate=str(-paid.ore),
        amount_ore=Ore(-paid.ore),
        cites=(REPAID,) if back else (SETTLED,),
        because=f"{kronor_text(abs(paid.ore))} betalades {way}{day_text(paid.on)} och räknas av.",
    )


# --- what somebody must look at --------------------------------------------------------------------------


def _findings(case: GrantPeriodCase, statement: Statement, law: LawReader) -> Sequence[Finding]:
    found = []
    most = law.count(MAX_MONTHS, case.period.from_on)
    if case.period.to_on > same_day_after(case.period.from_on, most):
        found.append(
            doubt(
                "grant_period_was_too_long",
                Severity.STOPS,
                label="Beviljandeperioden är för lång",
                message=f"Perioden är längre än {most} månader. Dela den där beslutet gör det.",
                cites=(PERIOD,),
            )
        )
    known_from = first_day_of(REPORT_DEADLINE, law)
    found += [_late(one) for one in case.used if one.month_on >= known_from and _is_late(one, case)]
    if statement.total_ore < 0:
        found.append(
            doubt(
                "more_was_paid_than_was_due",
                Severity.ASKS if case.settled_on is not None else Severity.INFORMS,
                label="Mer är betalt än vad som använts",
                message=f"{kronor_text(-statement.total_ore)} är betalt utöver använda timmar och betalas tillbaka "
                f"utan uppmaning, senast vid slutavräkningen.",
                cites=(REPAID, SETTLED),
            )
        )
    return found


def _is_late(used: Used, case: GrantPeriodCase) -> bool:
    if used.reported_on is None or _is_after_settlement(used, case):
        return False
    return used.reported_on > month_after(used.month_on, REPORT_MONTHS).replace(day=REPORT_DAY)


def _late(used: Used) -> Finding:
    return doubt(
        "month_was_reported_late",
        Severity.ASKS,
        label="Månaden redovisades sent",
        message=f"{month_text(used.month_on).capitalize()} redovisades {used.reported_on}, efter den femte i andra "
        f"månaden efter. Försäkringskassan får neka.",
        cites=(REPORTED_BY,),
    )
