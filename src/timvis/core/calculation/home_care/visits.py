"""Visits as time that is paid in full, in part or not at all, each stretch with the reason."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from timvis.core.calculation.home_care.records import Absence, HomeCareCase, Outcome, Stretch, Visit
from timvis.core.calculation.home_care.settings import (
    AbsenceShare,
    Cause,
    Cohabitants,
    CountedFrom,
    HomeCareSettings,
    MinuteRounding,
    Notice,
    NoticeRule,
    RoundingHow,
    Staffing,
)
from timvis.core.calculation.home_care.wanting import Wanting
from timvis.core.calendar.local_time import instant, local_clock
from timvis.core.calendar.working_days import Definition, Holidays, working_day_on_or_before
from timvis.core.faults import Fault
from timvis.core.quantities import MINUTES_PER_HOUR
from timvis.core.records import Instant

ALL, NOTHING = Decimal(100), Decimal(0)

PERFORMED = "performed_time"
WASTED = "wasted_visit"
CANCELLED = "cancelled_in_time"
ABSENT = {cause: f"absence_{cause}" for cause in Cause}

CAUSE_TEXT = {Cause.HOSPITAL: "sjukhusvistelse", Cause.DEATH: "dödsfall", Cause.AWAY: "frånvaro"}

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What becomes of a visit: its code, the share that is paid, and a Swedish clause why."""

    code: str
    percent: Decimal
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """A stretch of a visit with what is paid of it."""

    visit: int
    on: date
    start_at: Instant
    service: str
    zone: str
    band: str
    minutes: Fraction
    share: Share


def times_of(case: HomeCareCase, holidays: Holidays, wanting: Wanting) -> tuple[Time, ...]:
    """Return every visit as time with its share, in time order; a visit that lacks a choice is left out."""
    found = []
    for visit in case.visits:
        settings = case.settings.on(visit.on)
        stretches = counted(visit, settings, wanting)
        share = share_of_visit(visit, case, settings, holidays, wanting)
        if share is None or stretches is None:
            continue
        start = instant(visit.on, 0) if visit.start_at is None else visit.start_at
        found += [
            Time(
                visit=visit.number,
                on=visit.on,
                start_at=start,
                service=visit.service,
                zone=visit.zone,
                band=stretch.band,
                minutes=stretch.minutes,
                share=share,
            )
            for stretch in stretches
        ]
    return in_time_order(found)


def in_time_order(times: Iterable[Time]) -> tuple[Time, ...]:
    """Return times in an order that does not depend on how they were written down."""
    return tuple(
        sorted(times, key=lambda one: (one.start_at, one.on, one.service, one.zone, one.minutes, one.band, one.visit))
    )


# --- how long a visit counts for --------------------------------------------------------------------------


def counted(visit: Visit, settings: HomeCareSettings, wanting: Wanting) -> tuple[Stretch, ...] | None:
    """Return a visit's stretches as they count: fixed minutes, rounding, two employees, two recipients."""
    stretches = _fixed(visit, settings, wanting)
    if stretches is None:
        return None
    if settings.minute_rounding is not None:
        stretches = _rounded(stretches, settings.minute_rounding)
    factor = Fraction(1)
    if visit.staff > 1:
        staffing = wanting.setting(
            "double_staffing", settings.double_staffing, visit.on, "ett besök gjordes av fler än en"
        )
        factor *= visit.staff if staffing is Staffing.EACH_COUNTS else 1
    if visit.shared_by > 1:
        shared = wanting.setting("cohabitants", settings.cohabitants, visit.on, "ett besök delades av flera brukare")
        factor /= visit.shared_by if shared is Cohabitants.SPLIT else 1
    return tuple(Stretch(band=one.band, minutes=one.minutes * factor) for one in stretches)


def _fixed(visit: Visit, settings: HomeCareSettings, wanting: Wanting) -> tuple[Stretch, ...] | None:
    if not visit.task:
        return visit.stretches
    table = wanting.setting("task_minutes", settings.task_minutes, visit.on, "en uppgift har schablontid")
    minutes = next((row.minutes for row in table or () if row.task == visit.task), None)
    if minutes is not None:
        band = visit.stretches[0].band if visit.stretches else ""
        return (Stretch(band=band, minutes=Fraction(minutes)),)
    if table is not None:
        wanting.add(
            Fault(
                code="unknown_task",
                message=f"Uppgiften ”{visit.task}” har inga schablonminuter {visit.on}.",
                remedy="Lägg till den i task_minutes, eller skriv besökets egen tid utan task.",
                column=f"visit[{visit.number}].task",
            )
        )
    return None


def _rounded(stretches: tuple[Stretch, ...], rule: MinuteRounding) -> tuple[Stretch, ...]:
    """Return a visit rounded as a whole; the difference lies at its end."""
    total = sum((one.minutes for one in stretches), Fraction(0))
    change = whole_multiple(total, rule) - total
    kept = list(stretches)
    while kept and kept[-1].minutes + change < 0:
        change += kept.pop().minutes
    if not kept:
        return ()
    last = kept.pop()
    return (*kept, Stretch(band=last.band, minutes=last.minutes + change))


def whole_multiple(minutes: Fraction, rule: MinuteRounding) -> Fraction:
    """Return minutes rounded to a whole multiple; halves go up where the nearest is asked for."""
    times = minutes / rule.minutes
    down = times.numerator // times.denominator
    match rule.how:
        case RoundingHow.DOWN:
            whole = down
        case RoundingHow.UP:
            whole = down + (times != down)
        case RoundingHow.NEAREST:
            whole = down + (2 * (times - down) >= 1)
    return Fraction(whole * rule.minutes)


# --- what is paid of it ----------------------------------------------------------------------------------


def share_of_visit(
    visit: Visit, case: HomeCareCase, settings: HomeCareSettings, holidays: Holidays, wanting: Wanting
) -> Share | None:
    """Return what is paid of a visit; None when a choice is missing."""
    if visit.outcome is Outcome.PERFORMED:
        return Share(code=PERFORMED, percent=ALL, why="utförd tid")
    absence = case.absence_on(visit.on)
    if absence is not None:
        share, is_before = share_of_absence(absence, visit.on, settings, wanting)
        if not is_before:
            return share
    return _share_of_wasted(visit, settings, holidays, wanting)


def share_of_absence(
    absence: Absence, day: date, settings: HomeCareSettings, wanting: Wanting
) -> tuple[Share | None, bool]:
    """Return what is paid on a day of an absence, and whether the day comes before the absence counts."""
    name = CAUSE_TEXT[absence.cause]
    table = wanting.setting("absence", settings.absence, day, f"brukaren hade {name}")
    if table is None:
        return None, False
    rows = [row for row in table if row.cause is absence.cause and row.planned in (None, absence.planned)]
    if not rows:
        planned = "planerad" if absence.planned else "oplanerad"
        wanting.setting("absence", None, day, f"brukaren hade {name} ({planned})")
        return None, False
    numbered = [(row, _day_number(row, absence, day)) for row in rows]
    if all(number < 1 for _, number in numbered):
        return None, True
    held = [row for row, number in numbered if row.from_day <= number and (row.to_day is None or number <= row.to_day)]
    code = ABSENT[absence.cause]
    if not held:
        last = max((row.to_day or 0 for row in rows), default=0)
        why = f"{name} ersätts inte efter dag {last}"
        return Share(code=f"{code}_not_paid", percent=NOTHING, why=why), False
    if not held[0].percent:
        return Share(code=f"{code}_not_paid", percent=NOTHING, why=f"planerad tid vid {name} ersätts inte"), False
    why = f"planerad tid vid {name}, {_days_text(held[0])}, ersätts med {held[0].percent} procent"
    return Share(code=code, percent=held[0].percent, why=why), False


def _days_text(row: AbsenceShare) -> str:
    if row.to_day is None:
        return f"från dag {row.from_day}"
    return f"dag {row.from_day}" if row.to_day == row.from_day else f"dag {row.from_day}–{row.to_day}"


def _day_number(row: AbsenceShare, absence: Absence, day: date) -> int:
    return (day - absence.from_on).days + (1 if row.counted_from is CountedFrom.EVENT_DAY else 0)


def _share_of_wasted(visit: Visit, settings: HomeCareSettings, holidays: Holidays, wanting: Wanting) -> Share | None:
    notice = wanting.setting("notice", settings.notice, visit.on, "ett planerat besök blev inte av")
    if notice is None:
        return None
    late = is_late(visit, notice, settings.working_days, holidays, wanting)
    if late is None:
        return None
    if not late:
        return Share(code=CANCELLED, percent=NOTHING, why="besöket avbokades i tid och ersätts inte")
    table = wanting.setting("wasted_visit", settings.wasted_visit, visit.on, "ett besök blev bomtid")
    rows = [row for row in table or () if row.service in (visit.service, "")]
    if not rows:
        wanting.setting("wasted_visit", None, visit.on, f"ett besök med {visit.service} blev bomtid")
        return None
    percent = max(rows, key=lambda row: row.service).percent
    told = "utan avbokning" if visit.noticed_on is None else "avbokat för sent"
    return Share(code=WASTED, percent=percent, why=f"bomtid, {told}, ersätts med {percent} procent")


def is_late(
    visit: Visit, notice: Notice, definition: Definition | None, holidays: Holidays, wanting: Wanting
) -> bool | None:
    """Return whether a visit was cancelled too late by a rule of notice; None when that cannot be told."""
    if visit.noticed_on is None:
        return True
    match notice.rule:
        case NoticeRule.DAY_PLAN | NoticeRule.DAY_BEFORE:
            return visit.noticed_on >= visit.on
        case NoticeRule.DAYS:
            return (visit.on - visit.noticed_on).days < notice.amount
    if visit.start_at is None or visit.noticed_at is None:
        wanting.add(_no_clock(visit))
        return None
    if notice.rule is NoticeRule.HOURS:
        return visit.start_at - visit.noticed_at < notice.amount * MINUTES_PER_HOUR
    known = wanting.setting("working_days", definition, visit.on, "avbokning ska ske en vardag före")
    if known is None:
        return None
    before = working_day_on_or_before(visit.on - _ONE_DAY, holidays, known)
    return (visit.noticed_on, _minute_of(visit.noticed_at)) > (before, _minute_of(visit.start_at))


def _minute_of(at: Instant) -> int:
    hour, minute = local_clock(at).split(".")
    return int(hour) * MINUTES_PER_HOUR + int(minute)


def _no_clock(visit: Visit) -> Fault:
    return Fault(
        code="clock_time_is_missing",
        message=f"Besöket {visit.on} har inget klockslag, och avbokningen räknas i timmar från det.",
        remedy="Skriv from och to för besöket, och notice_at med klockslag.",
        column=f"visit[{visit.number}]",
    )
