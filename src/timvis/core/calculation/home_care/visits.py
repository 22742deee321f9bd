"""Visits as time that is paid in full, in part or not at all, each stretch with the reason."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from timvis.core.calculation.home_care.records import Absence, HomeCareCase, Outcome, Stretch, Visit
from timvis.core.calculation.home_care.settings import (
    AbsenceShare,
    AdditionKind,
    Before,
    Cause,
    Cohabitants,
    Concerns,
    CountedFrom,
    HomeCareSettings,
    MinuteRounding,
    Notice,
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
WASTED_CAUSES = (Cause.NO_NOTICE, Cause.DECLINED_VISIT)

CAUSE_TEXT = {
    Cause.NO_NOTICE: "bomtid utan avbokning",
    Cause.DECLINED_VISIT: "avböjt besök",
    Cause.PLANNED: "planerad frånvaro",
    Cause.HOSPITAL_UNPLANNED: "oplanerad sjukhusvistelse",
    Cause.HOSPITAL_PLANNED: "planerad sjukhusvistelse",
    Cause.DEATH: "dödsfall",
}

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
    time_band: str
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
                time_band=stretch.time_band,
                minutes=stretch.minutes,
                share=share,
            )
            for stretch in stretches
        ]
    return in_time_order(found)


def in_time_order(times: Iterable[Time]) -> tuple[Time, ...]:
    """Return times in an order that does not depend on how they were written down."""
    return tuple(
        sorted(
            times,
            key=lambda one: (one.start_at, one.on, one.service, one.zone, one.minutes, one.time_band, one.visit),
        )
    )


# --- how long a visit counts for --------------------------------------------------------------------------


def counted(visit: Visit, settings: HomeCareSettings, wanting: Wanting) -> tuple[Stretch, ...] | None:
    """Return a visit's stretches as they count: fixed minutes, rounding, two employees, several recipients."""
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
    return tuple(Stretch(time_band=one.time_band, minutes=one.minutes * factor) for one in stretches)


def _fixed(visit: Visit, settings: HomeCareSettings, wanting: Wanting) -> tuple[Stretch, ...] | None:
    """Return a visit at the fixed minutes of a safety visit or of its service; else as it was."""
    minutes = next((row.minutes for row in settings.service or () if row.name == visit.service), None)
    if visit.is_safety_visit:
        added = settings.addition_of(AdditionKind.SAFETY_VISIT)
        minutes = None if added is None else added.minutes
        wanting.setting("addition", minutes, visit.on, "ett trygghetsbesök har en fast tid")
    elif minutes is None and not visit.minutes:
        wanting.add(_no_length(visit))
    if minutes is None:
        return visit.stretches if visit.minutes and not visit.is_safety_visit else None
    band = visit.stretches[0].time_band if visit.stretches else ""
    return (Stretch(time_band=band, minutes=Fraction(minutes)),)


def _no_length(visit: Visit) -> Fault:
    return Fault(
        code="length_is_missing",
        message=f"Besöket {visit.on} har ingen längd, och {visit.service} har ingen schablontid då.",
        remedy="Skriv from och to, minutes eller hours, eller schablontiden i setting.service.",
        column=f"visit[{visit.number}]",
    )


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
    return (*kept, Stretch(time_band=last.time_band, minutes=last.minutes + change))


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
        share, is_before = share_of_absence(absence, visit.on, visit.service, settings, wanting)
        if not is_before:
            return share
    return _share_by_notice(visit, settings, holidays, wanting)


def share_of_absence(
    absence: Absence, day: date, service: str, settings: HomeCareSettings, wanting: Wanting
) -> tuple[Share | None, bool]:
    """Return what is paid on a day of an absence, and whether the day comes before the absence counts."""
    name = CAUSE_TEXT[absence.cause]
    rows = _rows(settings, absence.cause, service)
    wanting.setting("absence", rows or None, day, f"brukaren var borta ({name})")
    if not rows:
        return None, False
    numbered = [(row, _day_number(row, absence, day)) for row in rows]
    if all(number < 1 for _, number in numbered):
        return None, True
    code = f"absence_{absence.cause}"
    held = [row for row, number in numbered if _covers(row, number)]
    if not held:
        last = max((row.last_day or 0 for row in rows), default=0)
        return Share(code=f"{code}_not_paid", percent=NOTHING, why=f"{name} ersätts inte efter dag {last}"), False
    if not held[0].percent:
        return Share(code=f"{code}_not_paid", percent=NOTHING, why=f"planerad tid vid {name} ersätts inte"), False
    why = f"planerad tid vid {name}, {_days_text(held[0])}, ersätts med {held[0].percent} procent"
    return Share(code=code, percent=held[0].percent, why=why), False


def _rows(settings: HomeCareSettings, cause: Cause, service: str) -> tuple[AbsenceShare, ...]:
    """Return the rows of a cause: those of the very service, else those of every other."""
    rows = [row for row in settings.absence or () if row.cause is cause]
    own = tuple(row for row in rows if row.service == service)
    return own or tuple(row for row in rows if not row.service)


def _covers(row: AbsenceShare, number: int) -> bool:
    return row.first_day <= number and (row.last_day is None or number <= row.last_day)


def _day_number(row: AbsenceShare, absence: Absence, day: date) -> int:
    return (day - absence.from_on).days + (1 if row.counted_from is CountedFrom.SAME_DAY else 0)


def _days_text(row: AbsenceShare) -> str:
    if row.last_day is None:
        return f"från dag {row.first_day}"
    return f"dag {row.first_day}" if row.last_day == row.first_day else f"dag {row.first_day}–{row.last_day}"


def _share_by_notice(visit: Visit, settings: HomeCareSettings, holidays: Holidays, wanting: Wanting) -> Share | None:
    """Return what is paid of a visit that was not made: by when the recipient told."""
    rule = settings.notice_for(Concerns.PROVIDER_PAY)
    notice = wanting.setting("notice", rule, visit.on, "ett planerat besök blev inte av")
    late = None if notice is None else is_late(visit, notice, settings.working_day, holidays, wanting)
    if late is None:
        return None
    if not late:
        return _share_of_cause(visit, (Cause.PLANNED,), settings, wanting)
    # A routine that tells the two apart has rows for both; one that does not means both by either.
    causes = WASTED_CAUSES if visit.noticed_on is None else WASTED_CAUSES[::-1]
    return _share_of_cause(visit, causes, settings, wanting)


def _share_of_cause(
    visit: Visit, causes: tuple[Cause, ...], settings: HomeCareSettings, wanting: Wanting
) -> Share | None:
    rows = next((rows for cause in causes if (rows := _rows(settings, cause, visit.service))), ())
    name = CAUSE_TEXT[causes[0]]
    wanting.setting("absence", rows or None, visit.on, f"ett besök med {visit.service} blev inte av ({name})")
    if not rows:
        return None
    percent = rows[0].percent
    if causes == (Cause.PLANNED,) and not percent:
        return Share(code=CANCELLED, percent=NOTHING, why="besöket avbokades i tid och ersätts inte")
    code = f"absence_{Cause.PLANNED}" if causes == (Cause.PLANNED,) else WASTED
    return Share(code=code, percent=percent, why=f"{name} ersätts med {percent} procent")


def is_late(
    visit: Visit, notice: Notice, definition: Definition | None, holidays: Holidays, wanting: Wanting
) -> bool | None:
    """Return whether a visit was cancelled too late by a rule of notice; None when that cannot be told."""
    if visit.noticed_on is None:
        return True
    match notice.before:
        case Before.ONGOING_DAY_PLAN | Before.DAY_BEFORE:
            return visit.noticed_on >= visit.on
        case Before.DAYS_BEFORE:
            return (visit.on - visit.noticed_on).days < notice.count
    if visit.start_at is None or visit.noticed_at is None:
        wanting.add(_no_clock(visit))
        return None
    if notice.before is Before.HOURS_BEFORE:
        return visit.start_at - visit.noticed_at < notice.count * MINUTES_PER_HOUR
    known = wanting.setting("working_day", definition, visit.on, "avbokning ska ske vardagar före")
    if known is None:
        return None
    before = visit.on
    for _ in range(max(notice.count, 1)):
        before = working_day_on_or_before(before - _ONE_DAY, holidays, known)
    return (visit.noticed_on, _minute_of(visit.noticed_at)) > (before, _minute_of(visit.start_at))


def _minute_of(at: Instant) -> int:
    hour, minute = local_clock(at).split(".")
    return int(hour) * MINUTES_PER_HOUR + int(minute)


def _no_clock(visit: Visit) -> Fault:
    return Fault(
        code="clock_time_is_missing",
        message=f"Besöket {visit.on} har inget klockslag, och avbokningen räknas från det.",
        remedy="Skriv from och to för besöket, och notice_at med klockslag.",
        column=f"visit[{visit.number}]",
    )
