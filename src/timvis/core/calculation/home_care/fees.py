"""The recipient's side: what the fee officer is handed. Nothing here is paid, and no fee is decided."""

from collections.abc import Iterable
from fractions import Fraction

from timvis.core.calculation.home_care.lines import line_amount, minutes_text
from timvis.core.calculation.home_care.records import HomeCareCase, Outcome, Visit
from timvis.core.calculation.home_care.settings import ClientFee, LateFee
from timvis.core.calculation.home_care.visits import PERFORMED, Time, is_late
from timvis.core.calculation.home_care.wanting import Wanting
from timvis.core.calculation.hourly import exact_text, kronor_text
from timvis.core.calendar.months import month_after
from timvis.core.calendar.working_days import Holidays
from timvis.core.quantities import MINUTES_PER_HOUR, Ore
from timvis.core.statement import Line


def fee_lines(times: Iterable[Time], case: HomeCareCase, holidays: Holidays, wanting: Wanting) -> tuple[Line, ...]:
    """Return performed time per service, what it comes to under the ceiling, and late cancellations."""
    performed: dict[str, Fraction] = {}
    for time in times:
        if time.share.code == PERFORMED:
            performed[time.service] = performed.get(time.service, Fraction(0)) + time.minutes
    told = tuple(
        _line(
            "performed_time_for_the_fee", f"Utförd tid som underlag för avgift: {service}", minutes / MINUTES_PER_HOUR,
            Fraction(0), Ore(0), case, f"{minutes_text(minutes)} timmar utförda under månaden.",
        )
        for service, minutes in sorted(performed.items())
    )  # fmt: skip
    total = sum(performed.values(), Fraction(0))
    return (*told, *_ceiling_lines(total, case), *_late_lines(case, holidays, wanting))


def _ceiling_lines(minutes: Fraction, case: HomeCareCase) -> tuple[Line, ...]:
    settings = case.settings.on(case.month_on)
    rate, ceiling = settings.fee_ore_per_hour, settings.fee_ceiling_ore
    if not rate or ceiling is None or not minutes:
        return ()
    hours = minutes / MINUTES_PER_HOUR
    most = Fraction(ceiling, rate)
    full, started = divmod(most, 1)
    partly = f"; timme {full + 1} är delvis avgiftsfri" if started else ""
    return (
        _line(
            "fee_under_the_ceiling", "Underlag: avgift för utförd tid", hours, Fraction(rate),
            line_amount(min(hours * rate, Fraction(ceiling))), case,
            f"{minutes_text(minutes)} timmar à {kronor_text(rate)}, högst {kronor_text(ceiling)} för månaden.",
        ),
        _line(
            "hours_until_the_fee_ceiling", "Timmar tills högsta avgiften är nådd", most, Fraction(rate), Ore(0), case,
            f"{kronor_text(ceiling)} delat med {kronor_text(rate)} per timme{partly}.",
        ),
    )  # fmt: skip


def _late_lines(case: HomeCareCase, holidays: Holidays, wanting: Wanting) -> tuple[Line, ...]:
    missed = [visit for visit in case.visits if visit.outcome is Outcome.NOT_PERFORMED]
    lines: list[Line] = []
    events = case.late_events_before
    for visit in sorted(missed, key=lambda one: (one.on, one.start_at or 0, one.service, one.number)):
        settings = case.settings.on(visit.on)
        fee, notice = settings.late_fee, settings.client_notice
        if fee is None or fee.kind is ClientFee.NONE or case.absence_on(visit.on):
            continue
        rule = wanting.setting("client_notice", notice, visit.on, "brukaren kan få avgift för sent avbokat besök")
        if rule is None or not is_late(visit, rule, settings.working_days, holidays, wanting):
            continue
        if visit.reason in fee.exempt:
            lines.append(_late_line(visit, Fraction(0), case, f"skälet ({visit.reason}) ger ingen avgift"))
            continue
        events += 1
        if events <= fee.free_events:
            why = f"händelse {events}, de första {fee.free_events} ger bara en påminnelse"
            lines.append(_late_line(visit, Fraction(0), case, why))
            continue
        rate = _late_rate(visit, fee, settings.fee_ore_per_hour, wanting)
        lines.append(_late_line(visit, rate, case, f"händelse {events}"))
    return tuple(lines)


def _late_rate(visit: Visit, fee: LateFee, ore_per_hour: int | None, wanting: Wanting) -> Fraction:
    """Return the fee for one event: the amount, or the hour's fee for the time that was planned."""
    if fee.kind is ClientFee.AMOUNT:
        return Fraction(fee.ore)
    why = "sent avbokad tid avgiftsbeläggs per timme"
    known = wanting.setting("fee_ore_per_hour", ore_per_hour, visit.on, why)
    return Fraction(known or 0) * visit.minutes / MINUTES_PER_HOUR


def _late_line(visit: Visit, fee: Fraction, case: HomeCareCase, why: str) -> Line:
    told = "utan avbokning" if visit.noticed_on is None else f"avbokat {visit.noticed_on}"
    return Line(
        code="late_cancellation",
        label=f"Underlag: sent avbokat besök {visit.on}",
        quantity="1",
        unit="occasion",
        rate=exact_text(fee),
        amount_ore=line_amount(fee),
        cites=case.cites,
        because=f"{visit.service[0].upper()}{visit.service[1:]} {visit.on}, {told}: {why}.",
        period_from=case.month_on,
        period_to=month_after(case.month_on),
    )


def _line(
    code: str, label: str, quantity: Fraction, rate: Fraction, amount: Ore, case: HomeCareCase, because: str
) -> Line:
    return Line(
        code=code,
        label=label,
        quantity=exact_text(quantity),
        unit="hour",
        rate=exact_text(rate),
        amount_ore=amount,
        cites=case.cites,
        because=because,
        period_from=case.month_on,
        period_to=month_after(case.month_on),
    )
