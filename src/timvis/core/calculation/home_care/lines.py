"""The lines of a home-care statement: one per service, zone, band, price and share, each rounded once."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from timvis.core.calculation.home_care.granted import Compared, granted_minutes
from timvis.core.calculation.home_care.prices import Priced, Sought, price_of
from timvis.core.calculation.home_care.records import Granted, HomeCareCase, Item, PriceUnit, Stay
from timvis.core.calculation.home_care.settings import Addition, AdditionKind, BeyondGranted, Cause, PartMonth
from timvis.core.calculation.home_care.visits import (
    ALL,
    CANCELLED,
    PERFORMED,
    WASTED,
    Share,
    Time,
    share_of_absence,
)
from timvis.core.calculation.home_care.wanting import Wanting
from timvis.core.calculation.hourly import exact_text, kronor_text
from timvis.core.calendar.months import month_after, month_period
from timvis.core.quantities import MINUTES_PER_HOUR, Ore, half_up
from timvis.core.review.review import hours_text
from timvis.core.statement import Line

ABSENCE_LABELS = {
    Cause.HOSPITAL_UNPLANNED: "Sjukhusvistelse",
    Cause.HOSPITAL_PLANNED: "Planerad sjukhusvistelse",
    Cause.DEATH: "Efter dödsfall",
    Cause.PLANNED: "Planerad frånvaro",
}

LABELS = {
    PERFORMED: "Utförd tid",
    WASTED: "Bomtid",
    "per_day": "Per dygn",
    **{f"absence_{cause}": label for cause, label in ABSENCE_LABELS.items()},
    **{f"absence_{cause}_not_paid": f"{label}, ersätts inte" for cause, label in ABSENCE_LABELS.items()},
    CANCELLED: "Avbokat i tid",
    "beyond_granted_not_paid": "Utöver beviljad tid, ersätts inte",
    "beyond_granted_awaits_decision": "Utöver beviljad tid, väntar på beslut",
    "granted_time": "Beviljad tid",
    "granted_time_instead": "Beviljad tid i stället för felaktigt underlag",
    "granted_time_not_needed": "Beviljad tid som inte behövdes",
    "reported_time_awaits_mending": "Felaktigt underlag, väntar på rättelse",
    "per_occasion": "Per tillfälle",
    "level": "Nivå",
    "new_recipient_hours": "Tillägg för ny brukare",
    "quality_money": "Kvalitetspengar",
}


QUALITY = (AdditionKind.QUALITY_1, AdditionKind.QUALITY_2)
"""The levels of quality money, lowest first."""

ORDER = tuple(LABELS)
"""What is paid comes before what is not, on every statement."""


def _in_order(item: tuple[tuple[Any, ...], object]) -> tuple[Any, ...]:
    """Return the place of a group of lines: its code's, then what it is, the greatest share first."""
    (code, *what), _ = item
    return (ORDER.index(code), *(-one if isinstance(one, Decimal) else one for one in what))


def line_amount(exact_ore: Fraction) -> Ore:
    """Return the amount of a line: rounded once, to the öre, half up."""
    return Ore(half_up(exact_ore.numerator, exact_ore.denominator))


def minutes_text(minutes: Fraction) -> str:
    """Return minutes as people write hours, with the fraction of a minute that a shared visit may leave."""
    whole, rest = divmod(minutes, 1)
    return hours_text(int(whole)) + (f" och {rest} minut" if rest else "")


# --- time ------------------------------------------------------------------------------------------------


def time_lines(times: Iterable[Time], case: HomeCareCase, wanting: Wanting) -> tuple[Line, ...]:
    """Return one line per code, service, zone, band, price and share."""
    sums: dict[tuple[str, str, str, str, Decimal, Ore, str, str], Fraction] = {}
    for time in times:
        priced = _hour(time.service, time.zone, time.time_band, time.on, case, wanting)
        if priced is None:
            continue
        share = time.share
        key = (share.code, time.service, time.zone, time.time_band, share.percent, priced.ore, priced.why, share.why)
        sums[key] = sums.get(key, Fraction(0)) + time.minutes
    return tuple(
        _time_line(code, Sought(service=service, unit=PriceUnit.HOUR, on=case.month_on, zone=zone, time_band=band),
                   Priced(ore=ore, why=why), Share(code=code, percent=percent, why=share), minutes, case)
        for (code, service, zone, band, percent, ore, why, share), minutes in sorted(sums.items(), key=_in_order)
        if minutes
    )  # fmt: skip


def _hour(service: str, zone: str, band: str, on: date, case: HomeCareCase, wanting: Wanting) -> Priced | None:
    return price_of(Sought(service=service, unit=PriceUnit.HOUR, on=on, zone=zone, time_band=band), case, wanting)


def _time_line(code: str, sought: Sought, priced: Priced, share: Share, minutes: Fraction, case: HomeCareCase) -> Line:
    rate = priced.ore * Fraction(share.percent) / 100
    hours = minutes / MINUTES_PER_HOUR
    time = f"{minutes_text(minutes)} timmar"
    if not share.percent:
        because = f"{time}: {share.why}."
    elif share.percent == ALL:
        because = f"{time} à {kronor_text(priced.ore)}: {share.why}, {priced.why}."
    else:
        because = f"{time} à {kronor_text(priced.ore)}, {share.why}; {priced.why}."
    return Line(
        code=code,
        label=f"{LABELS[code]}: {sought.text}",
        quantity=exact_text(hours),
        unit="hour",
        rate=exact_text(rate),
        amount_ore=line_amount(hours * rate),
        cites=case.cites,
        because=because,
        period_from=case.month_on,
        period_to=month_after(case.month_on),
    )


def beyond_lines(compared: Compared, case: HomeCareCase, wanting: Wanting) -> tuple[Line, ...]:
    """Return a line of 0 öre for what lies beyond the order, with its price for whoever decides on it."""
    asks = compared.rule is BeyondGranted.AUTHORITY_DECIDES
    code = "beyond_granted_awaits_decision" if asks else "beyond_granted_not_paid"
    why = "utförd utöver beviljad tid och ersätts först efter beslut" if asks else (
        "utförd utöver vad som får ersättas"
    )  # fmt: skip
    share = Share(code=code, percent=Decimal(0), why=why)
    return time_lines([replace(time, share=share) for time in compared.beyond], case, wanting)


# --- granted time ----------------------------------------------------------------------------------------


def granted_lines(code: str, times: Iterable[Time], case: HomeCareCase, wanting: Wanting) -> tuple[Line, ...]:
    """Return the ordered time as lines, less what was planned and is not paid, which gets lines of its own."""
    unpaid: dict[str, Fraction] = {}
    for time in times:
        if time.share.code != PERFORMED:
            lost = time.minutes * (1 - Fraction(time.share.percent) / 100)
            unpaid[time.service] = unpaid.get(time.service, Fraction(0)) + lost
    lines: list[Line] = []
    for grant in sorted(case.granted, key=lambda one: (one.service, one.zone, one.time_band, one.granted_from)):
        minutes = granted_minutes(grant, month_period(case.month_on))
        less = min(minutes, unpaid.get(grant.service, Fraction(0)))
        unpaid[grant.service] = unpaid.get(grant.service, Fraction(0)) - less
        lines += _granted_line(code, grant, minutes - less, less, case, wanting)
    return tuple(lines)


def _granted_line(
    code: str, grant: Granted, minutes: Fraction, less: Fraction, case: HomeCareCase, wanting: Wanting
) -> list[Line]:
    day = max(grant.granted_from, case.month_on)
    priced = _hour(grant.service, grant.zone, grant.time_band, day, case, wanting)
    if priced is None:
        return []
    sought = Sought(service=grant.service, unit=PriceUnit.HOUR, on=day, zone=grant.zone, time_band=grant.time_band)
    why = "beviljad tid" if code == "granted_time" else "beviljad tid, eftersom underlaget är fel"
    lines = [_time_line(code, sought, priced, Share(code=code, percent=ALL, why=why), minutes, case)]
    if less:
        share = Share(code="granted_time_not_needed", percent=Decimal(0), why="planerad tid som inte ersätts")
        lines.append(_time_line(share.code, sought, priced, share, less, case))
    return lines


# --- things, days, levels --------------------------------------------------------------------------------


def item_lines(items: Iterable[Item], case: HomeCareCase, wanting: Wanting) -> tuple[Line, ...]:
    """Return one line per service, zone and price for what is paid per occasion."""
    counts: dict[tuple[str, str, Ore, str], int] = {}
    for item in items:
        sought = Sought(service=item.service, unit=PriceUnit.OCCASION, on=item.on, zone=item.zone)
        priced = price_of(sought, case, wanting)
        if priced is not None:
            key = (item.service, item.zone, priced.ore, priced.why)
            counts[key] = counts.get(key, 0) + item.count
    return tuple(
        _quantity_line(
            "per_occasion", ", ".join(part for part in (service, zone) if part), Fraction(count), "occasion",
            Fraction(ore), case, f"{count} tillfällen à {kronor_text(ore)}: {why}.",
        )
        for (service, zone, ore, why), count in sorted(counts.items())
    )  # fmt: skip


def stay_lines(stays: Iterable[Stay], case: HomeCareCase, wanting: Wanting) -> tuple[Line, ...]:
    """Return days at a day's price, an absent day at its share."""
    days: dict[tuple[str, str, str, Ore, str, Decimal], int] = {}
    for stay in stays:
        for number in range(stay.period.from_on.toordinal(), stay.period.to_on.toordinal()):
            day = date.fromordinal(number)
            priced = price_of(Sought(service=stay.service, unit=PriceUnit.DAY, on=day, zone=stay.zone), case, wanting)
            share = _share_of_day(day, stay.service, case, wanting)
            if priced is not None and share is not None:
                key = (share.code, stay.service, stay.zone, priced.ore, priced.why, share.percent)
                days[key] = days.get(key, 0) + 1
    return tuple(
        _stay_line(service, zone, Priced(ore=ore, why=why), percent, code, count, case)
        for (code, service, zone, ore, why, percent), count in sorted(days.items(), key=_in_order)
    )


def _share_of_day(day: date, service: str, case: HomeCareCase, wanting: Wanting) -> Share | None:
    at_home = Share(code="per_day", percent=ALL, why="")
    absence = case.absence_on(day)
    if absence is None:
        return at_home
    share, is_before = share_of_absence(absence, day, service, case.settings.on(day), wanting)
    return at_home if is_before else share


def _stay_line(
    service: str, zone: str, priced: Priced, percent: Decimal, code: str, count: int, case: HomeCareCase
) -> Line:
    rate = priced.ore * Fraction(percent) / 100
    if not percent:
        because = f"{count} dygn ersätts inte: {LABELS[code].split(',')[0].lower()} efter de dagar som ersätts."
    elif percent == ALL:
        because = f"{count} dygn à {kronor_text(priced.ore)}: {priced.why}."
    else:
        because = f"{count} dygn à {kronor_text(priced.ore)}, {percent} procent vid frånvaro; {priced.why}."
    what = ", ".join(part for part in (service, zone) if part)
    return _quantity_line(code, what, Fraction(count), "day", rate, case, because)


def level_lines(levels: Iterable[Stay], case: HomeCareCase, wanting: Wanting) -> tuple[Line, ...]:
    """Return each level's monthly amount, whole or by its days."""
    month = month_period(case.month_on)
    lines = []
    for level in sorted(levels, key=lambda one: (one.period, one.service)):
        begins, ends = max(level.period.from_on, month.from_on), min(level.period.to_on, month.to_on)
        days = max((ends - begins).days, 0)
        priced = price_of(
            Sought(service=level.service, unit=PriceUnit.MONTH, on=begins, zone=level.zone), case, wanting
        )
        part = Fraction(days, month.days)
        if part != 1:
            rule = case.settings.on(begins).part_month
            chosen = wanting.setting("part_month", rule, begins, "en nivå gällde en del av månaden")
            part = Fraction(1) if chosen is PartMonth.WHOLE else part
        if priced is not None:
            because = f"{days} av {month.days} dagar, {kronor_text(priced.ore)} för hela månaden: {priced.why}."
            lines.append(_quantity_line("level", level.service, part, "month", Fraction(priced.ore), case, because))
    return tuple(lines)


# --- additions -------------------------------------------------------------------------------------------


def new_recipient_lines(case: HomeCareCase, wanting: Wanting) -> tuple[Line, ...]:
    """Return the time that is added for a recipient who is new this month."""
    new = case.new_recipient
    if new is None:
        return ()
    added = case.settings.on(new.on).addition_of(AdditionKind.NEW_RECIPIENT)
    minutes = wanting.setting("addition", None if added is None else added.minutes, new.on, "brukaren är ny")
    priced = _hour(new.service, new.zone, "", new.on, case, wanting)
    if minutes is None or priced is None:
        return ()
    sought = Sought(service=new.service, unit=PriceUnit.HOUR, on=new.on, zone=new.zone)
    share = Share(code="new_recipient_hours", percent=ALL, why=f"tillägg för den som är ny från {new.on}")
    return (_time_line(share.code, sought, priced, share, Fraction(minutes), case),)


def quality_lines(performed: Fraction, case: HomeCareCase, wanting: Wanting) -> tuple[Line, ...]:
    """Return the quality money of the highest level whose criteria are met; a line of 0 öre when none is."""
    quality = case.quality
    if quality is None:
        return ()
    settings = case.settings.on(case.month_on)
    levels = [one for kind in QUALITY for one in (settings.addition_of(kind),) if one is not None]
    wanting.setting("addition", levels or None, case.month_on, "kvalitetspengar begärs")
    minutes = performed if quality.performed_minutes is None else Fraction(quality.performed_minutes)
    hours = minutes / MINUTES_PER_HOUR
    met = ", ".join(str(number) for number in quality.met) or "inget"
    reached = [level for level in levels if _is_met(level, quality.met)]
    if not reached:
        because = f"Kriterium {met} är uppfyllt, och det räcker inte till någon nivå."
        return (_quantity_line("quality_money", "ingen nivå", hours, "hour", Fraction(0), case, because),)
    best = max(reached, key=lambda level: QUALITY.index(level.kind))
    number, rate = QUALITY.index(best.kind) + 1, best.ore_per_hour or 0
    because = (
        f"{minutes_text(minutes)} utförda timmar à {kronor_text(rate)}: kriterium {met} är uppfyllt, "
        f"vilket ger nivå {number}."
    )
    return (_quantity_line("quality_money", f"nivå {number}", hours, "hour", Fraction(rate), case, because),)


def _is_met(level: Addition, met: tuple[int, ...]) -> bool:
    return len(set(met)) >= (level.criteria or 0) and set(level.required) <= set(met)


def _quantity_line(
    code: str, what: str, quantity: Fraction, unit: str, rate: Fraction, case: HomeCareCase, because: str
) -> Line:
    return Line(
        code=code,
        label=f"{LABELS[code]}: {what}",
        quantity=exact_text(quantity),
        unit=unit,
        rate=exact_text(rate),
        amount_ore=line_amount(quantity * rate),
        cites=case.cites,
        because=because,
        period_from=case.month_on,
        period_to=month_after(case.month_on),
    )
