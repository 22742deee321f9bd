"""A written `home_care` case as the core's records, and what it comes to."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from fractions import Fraction

from timvis.core.calculation.calculated import Calculated
from timvis.core.calculation.home_care.records import (
    Absence,
    FeeFacts,
    Granted,
    HomeCareCase,
    Item,
    NewRecipient,
    Price,
    Quality,
    Stay,
    Stretch,
    Visit,
)
from timvis.core.calculation.home_care.settings import Cause, DatedSettings, Form, settings_by_day
from timvis.core.calculation.home_care.statement import calculate
from timvis.core.calculation.home_care.time_bands import BandDays, TimeBand, instant_at_or_after, stretches_of
from timvis.core.calendar.local_time import ClockProblem, clock_minute, split_at_midnight
from timvis.core.calendar.months import Period, month_after, month_on
from timvis.core.faults import Fault
from timvis.core.law import LawReader
from timvis.core.quantities import MINUTES_PER_HOUR, Ore
from timvis.core.records import Instant
from timvis.formats.calculation_case.home_care_form import (
    WrittenHomeCare,
    WrittenStay,
    WrittenTimeBand,
    WrittenVisit,
)
from timvis.formats.calculation_case.hourly import minutes_of
from timvis.formats.holiday_calendar.read import covers, holidays_around

BY_NEED = "homecare.decision_basis"
WITHOUT_NEED = "homecare.without_needs_assessment"
IN_DOCUMENTS = "LOV 4 kap. 1 §"

_ONE_DAY = timedelta(days=1)
_LAST_DAY = date.max - _ONE_DAY


def calculated(written: WrittenHomeCare, law: LawReader) -> Calculated | tuple[Fault, ...]:
    """Return what a month comes to, or everything that is wrong or missing. Raises `LawGap`."""
    case = case_of(written, law)
    return case if isinstance(case, tuple) else calculate(case, law, holidays_around(case.month_on))


def case_of(written: WrittenHomeCare, law: LawReader) -> HomeCareCase | tuple[Fault, ...]:
    """Return the core's record, or every row that cannot be placed in the month. Raises `LawGap`."""
    month = month_on(written.month)
    if not covers(month.year):
        return (_wrong("month", f"Helgdagarna {month.year} är inte kända.", "Välj en månad vars helgdagar är kända."),)
    bands, faults = _bands(written.time_band)
    known = BandDays(holidays=holidays_around(month), major=frozenset(written.major_holidays))
    visits: list[Visit] = []
    for number, visit in enumerate(written.visit, start=1):
        read = _visit(number, visit, bands, known)
        if isinstance(read, Fault):
            faults.append(read)
        else:
            visits.append(read)
    faults += _outside(written, month)
    if faults:
        return tuple(faults)
    return HomeCareCase(
        month_on=month,
        form=Form(written.form),
        cites=_cites(written, law),
        needs_assessed=written.decision.needs_assessed,
        is_compared=written.compare_with_order,
        settings=settings_by_day(DatedSettings(from_on=one.from_, settings=one.made) for one in written.setting),
        prices=tuple(
            Price(
                service=price.service,
                unit=price.unit,
                amount_ore=Ore(price.amount_ore),
                zone=price.zone,
                time_band=price.time_band,
                form=price.form,
                vat_compensated=price.vat_compensated,
                from_on=price.from_,
                to_on=price.to,
            )
            for price in written.price
        ),
        granted=_granted(written, month),
        visits=tuple(visits),
        items=tuple(
            Item(number=number, on=item.on or month, service=item.service, count=item.count, zone=item.zone)
            for number, item in enumerate(written.item, start=1)
        ),
        stays=_stays(written.stay, month),
        levels=_stays(written.level, month),
        absences=tuple(
            Absence(cause=Cause(one.cause), from_on=one.from_, to_on=_after(one.to)) for one in written.absence
        ),
        wrong_report=written.wrong_report,
        new_recipient=_new_recipient(written),
        quality=_quality(written),
        fee=FeeFacts(
            ore_per_hour=written.fee.ore_per_hour,
            ceiling_ore=written.fee.ceiling_ore,
            late_events_before=written.fee.late_events_before,
        ),
    )


def _cites(written: WrittenHomeCare, law: LawReader) -> tuple[str, ...]:
    """Return the paragraph the support rests on by the day of the decision, and where prices are public."""
    decision = written.decision
    paragraph = decision.lss or law.word(BY_NEED if decision.needs_assessed else WITHOUT_NEED, decision.decided_on)
    return (paragraph, IN_DOCUMENTS) if written.choice_system else (paragraph,)


def _outside(written: WrittenHomeCare, month: date) -> Iterator[Fault]:
    ends = month_after(month)
    days = [(f"visit[{number}].on", visit.on) for number, visit in enumerate(written.visit, start=1)]
    days += [(f"item[{number}].on", item.on or month) for number, item in enumerate(written.item, start=1)]
    for number, stay in enumerate(written.stay, start=1):
        days += [(f"stay[{number}].from", stay.from_ or month), (f"stay[{number}].to", stay.to or month)]
    if written.new_recipient is not None:
        days.append(("new_recipient.on", written.new_recipient.on))
    for column, day in days:
        if not month <= day < ends:
            yield _wrong(column, f"{day} ligger utanför månaden.", "Skriv dagen i den månad som fallet gäller.")
    yield from _backwards(written, month, ends - _ONE_DAY)


def _backwards(written: WrittenHomeCare, month: date, last: date) -> Iterator[Fault]:
    runs = [(f"price[{number}]", price.from_, price.to) for number, price in enumerate(written.price, start=1)]
    for name, rows in (("granted", written.granted), ("stay", written.stay), ("level", written.level)):
        runs += [(f"{name}[{number}]", one.from_ or month, one.to or last) for number, one in enumerate(rows, start=1)]
    for column, begins, stops in runs:
        if stops < begins:
            yield _wrong(column, f"Raden slutar {stops}, innan den börjar {begins}.", "Rätta from eller to.")
        elif column.startswith("level") and (stops < month or begins > last):
            yield _wrong(column, "Nivån gäller inte i månaden.", "Skriv de dagar som den gäller, eller ta bort raden.")


def _wrong(column: str, message: str, remedy: str) -> Fault:
    return Fault(code="wrong_value", message=message, remedy=remedy, column=column)


# --- the order -------------------------------------------------------------------------------------------


def _granted(written: WrittenHomeCare, month: date) -> tuple[Granted, ...]:
    return tuple(
        Granted(
            service=one.service,
            minutes=minutes_of(one.hours),
            per=one.per,
            granted_from=one.from_ or month,
            granted_to=_after(one.to) or month_after(month),
            zone=one.zone,
            time_band=one.time_band,
        )
        for one in written.granted
    )


def _stays(written: tuple[WrittenStay, ...], month: date) -> tuple[Stay, ...]:
    return tuple(
        Stay(
            number=number,
            service=one.service,
            period=Period(one.from_ or month, _after(one.to) or month_after(month)),
            zone=one.zone,
        )
        for number, one in enumerate(written, start=1)
    )


def _after(day: date | None) -> date | None:
    """Return the first day outside, of a last day; the calendar's own end stays its end."""
    return None if day is None else min(day, _LAST_DAY) + _ONE_DAY


def _new_recipient(written: WrittenHomeCare) -> NewRecipient | None:
    new = written.new_recipient
    return None if new is None else NewRecipient(on=new.on, service=new.service, zone=new.zone)


def _quality(written: WrittenHomeCare) -> Quality | None:
    quality = written.quality
    if quality is None:
        return None
    minutes = None if quality.hours is None else minutes_of(quality.hours)
    return Quality(met=tuple(sorted(quality.met)), performed_minutes=minutes)


# --- visits ----------------------------------------------------------------------------------------------


def _bands(written: tuple[WrittenTimeBand, ...]) -> tuple[list[TimeBand], list[Fault]]:
    bands: list[TimeBand] = []
    faults: list[Fault] = []
    for number, band in enumerate(written, start=1):
        begins, ends = clock_minute(band.from_), clock_minute(band.to)
        if begins is None or ends is None or begins == ends:
            message = f"{band.from_}–{band.to} är inget stycke av ett dygn."
            faults.append(_wrong(f"time_band[{number}]", message, "Skriv TT.MM, högst 24.00."))
            continue
        bands.append(TimeBand(name=band.name, days=band.days, from_minute=begins, to_minute=ends))
    return bands, faults


def _visit(number: int, written: WrittenVisit, bands: list[TimeBand], known: BandDays) -> Visit | Fault:
    start_at: Instant | None = None
    if written.from_ is None or written.to is None:
        minutes = written.minutes or (0 if written.hours is None else minutes_of(written.hours))
        stretches: tuple[Stretch, ...] = (Stretch(time_band=written.time_band, minutes=Fraction(minutes)),)
    else:
        spans = split_at_midnight(written.on, written.from_, written.to)
        if isinstance(spans, ClockProblem):
            return Fault(
                code=spans.value,
                message=f"Besöket {written.on} {written.from_}–{written.to} går inte att läsa som klockslag den dagen.",
                remedy="Skriv klockslag som TT.MM; 24.00 bara som slut, och inga klockslag i timmen som inte finns.",
                column=f"visit[{number}]",
            )
        start_at = spans[0].start_at
        stretches = tuple(stretch for span in spans for stretch in stretches_of(span, bands, known))
    noticed_on, noticed_at = _noticed(written.notice_at)
    return Visit(
        number=number,
        on=written.on,
        service=written.service,
        stretches=stretches,
        zone=written.zone,
        start_at=start_at,
        outcome=written.outcome,
        noticed_on=noticed_on,
        noticed_at=noticed_at,
        reason=written.reason,
        is_safety_visit=written.safety_visit,
        staff=written.staff,
        shared_by=written.shared_by,
    )


def _noticed(value: datetime | date | None) -> tuple[date | None, Instant | None]:
    if not isinstance(value, datetime):
        return value, None
    return value.date(), instant_at_or_after(value.date(), value.hour * MINUTES_PER_HOUR + value.minute)
