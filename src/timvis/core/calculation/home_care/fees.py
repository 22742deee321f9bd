"""The recipient's side: what the fee officer is handed. Nothing here is paid, and no fee is decided."""

from collections.abc import Iterable
from fractions import Fraction

from timvis.core.calculation.home_care.lines import line_amount, minutes_text
from timvis.core.calculation.home_care.records import HomeCareCase, Outcome, Visit
from timvis.core.calculation.home_care.settings import ClientFee, Concerns, HomeCareSettings
from timvis.core.calculation.home_care.visits import PERFORMED, Time, is_late
from timvis.core.calculation.home_care.wanting import Wanting
from timvis.core.calculation.hourly import exact_text, kronor_text
from timvis.core.calendar.months import month_after
from timvis.core.calendar.working_days import Holidays
from timvis.core.faults import Fault
from timvis.core.quantities import MINUTES_PER_HOUR, Ore
from timvis.core.statement import Line

NO_MONEY = Ore(0)
EXEMPT_TEXT = {"acute_illness": "akut sjukdom", "death": "dödsfall", "hospital": "sjukhusvistelse"}


def fee_lines(times: Iterable[Time], case: HomeCareCase, holidays: Holidays, wanting: Wanting) -> tuple[Line, ...]:
    """Return performed time per service, what it comes to under the ceiling, and late cancellations."""
    performed: dict[str, Fraction] = {}
    for time in times:
        if time.share.code == PERFORMED:
            performed[time.service] = performed.get(time.service, Fraction(0)) + time.minutes
    told = tuple(
        _line(
            case,
            "performed_time_for_the_fee",
            f"Utförd tid som underlag för avgift: {service}",
            minutes / MINUTES_PER_HOUR,
            because=f"{minutes_text(minutes)} timmar utförda under månaden.",
        )
        for service, minutes in sorted(performed.items())
    )
    under = _ceiling_lines(sum(performed.values(), Fraction(0)), case)
    charged = sum(line.amount_ore for line in under)
    return (*told, *under, *_late_lines(case, Ore(charged), holidays, wanting))


def _ceiling_lines(minutes: Fraction, case: HomeCareCase) -> tuple[Line, ...]:
    rate, ceiling = case.fee.ore_per_hour, case.fee.ceiling_ore
    if not rate or ceiling is None or not minutes:
        return ()
    hours = minutes / MINUTES_PER_HOUR
    most = Fraction(ceiling, rate)
    full, started = divmod(most, 1)
    partly = f"; timme {full + 1} är delvis avgiftsfri" if started else ""
    return (
        _line(
            case,
            "fee_under_the_ceiling",
            "Underlag: avgift för utförd tid",
            hours,
            rate=Fraction(rate),
            amount=line_amount(min(hours * rate, Fraction(ceiling))),
            because=f"{minutes_text(minutes)} timmar à {kronor_text(rate)}, högst {kronor_text(ceiling)} för månaden.",
        ),
        _line(
            case,
            "hours_until_the_fee_ceiling",
            "Timmar tills högsta avgiften är nådd",
            most,
            rate=Fraction(rate),
            because=f"{kronor_text(ceiling)} delat med {kronor_text(rate)} per timme{partly}.",
        ),
    )


# --- late cancellations ----------------------------------------------------------------------------------


def _late_lines(case: HomeCareCase, charged: Ore, holidays: Holidays, wanting: Wanting) -> tuple[Line, ...]:
    """Return a line per late cancellation, in time order: the first are warnings, and some reasons are exempt."""
    lines: list[Line] = []
    events, total = case.fee.late_events_before, int(charged)
    for visit in sorted(case.visits, key=lambda one: (one.on, one.start_at or 0, one.service, one.number)):
        settings = case.settings.on(visit.on)
        if not _is_charged_late(visit, case, settings, holidays, wanting):
            continue
        if visit.reason in (settings.client_fee_exempt or ()):
            why = f"skälet ({EXEMPT_TEXT.get(visit.reason, visit.reason)}) ger ingen avgift"
            lines.append(_late_line(visit, Fraction(0), case, why))
            continue
        events += 1
        warnings = settings.client_fee_after_warnings or 0
        if events <= warnings:
            why = f"händelse {events}, de första {warnings} är varningar"
            lines.append(_late_line(visit, Fraction(0), case, why))
            continue
        fee = _within_cap(_late_fee(visit, case, settings, wanting), total, visit, case, wanting)
        line = _late_line(visit, fee, case, f"händelse {events}")
        total += line.amount_ore
        lines.append(line)
    return tuple(lines)


def _is_charged_late(
    visit: Visit, case: HomeCareCase, settings: HomeCareSettings, holidays: Holidays, wanting: Wanting
) -> bool:
    """Return whether a visit was cancelled too late for the recipient's fee; who was away with cause is not asked."""
    if visit.outcome is Outcome.PERFORMED or case.absence_on(visit.on) is not None:
        return False
    if settings.client_fee in (None, ClientFee.NONE):
        return False
    rule = settings.notice_for(Concerns.CLIENT_FEE)
    notice = wanting.setting("notice", rule, visit.on, "brukaren kan få avgift för sent avbokat besök")
    return notice is not None and bool(is_late(visit, notice, settings.working_day, holidays, wanting))


def _late_fee(visit: Visit, case: HomeCareCase, settings: HomeCareSettings, wanting: Wanting) -> Fraction:
    """Return the fee for one event: the fixed amount, or the hour's fee for the time that was planned."""
    if settings.client_fee is ClientFee.FIXED:
        fixed = wanting.setting("client_fee_ore", settings.client_fee_ore, visit.on, "sent avbokat besök kostar")
        return Fraction(fixed or 0)
    if case.fee.ore_per_hour is None:
        wanting.add(
            Fault(
                code="missing_fee",
                message="Sent avbokad tid kostar den vanliga timavgiften, och den saknas.",
                remedy="Skriv ore_per_hour under [fee].",
                column="fee.ore_per_hour",
            )
        )
    return Fraction(case.fee.ore_per_hour or 0) * visit.minutes / MINUTES_PER_HOUR


def _within_cap(fee: Fraction, charged: int, visit: Visit, case: HomeCareCase, wanting: Wanting) -> Fraction:
    if case.fee.ceiling_ore is None:
        return fee
    rule = case.settings.on(visit.on).client_fee_within_cap
    within = wanting.setting("client_fee_within_cap", rule, visit.on, "det finns en högsta avgift")
    return min(fee, Fraction(max(case.fee.ceiling_ore - charged, 0))) if within else fee


def _late_line(visit: Visit, fee: Fraction, case: HomeCareCase, why: str) -> Line:
    told = "utan avbokning" if visit.noticed_on is None else f"avbokat {visit.noticed_on}"
    return _line(
        case,
        "late_cancellation",
        f"Underlag: sent avbokat besök {visit.on}",
        Fraction(1),
        unit="occasion",
        rate=fee,
        amount=line_amount(fee),
        because=f"{visit.service[0].upper()}{visit.service[1:]} {visit.on}, {told}: {why}.",
    )


def _line(
    case: HomeCareCase,
    code: str,
    label: str,
    quantity: Fraction,
    *,
    because: str,
    unit: str = "hour",
    rate: Fraction = Fraction(0),
    amount: Ore = NO_MONEY,
) -> Line:
    return Line(
        code=code,
        label=label,
        quantity=exact_text(quantity),
        unit=unit,
        rate=exact_text(rate),
        amount_ore=amount,
        cites=case.cites,
        because=because,
        period_from=case.month_on,
        period_to=month_after(case.month_on),
    )
