"""The state's invoice for the first hours of each week, verified line by line with a plain verdict for each.

A line agrees with one or more ways of counting, with none, or cannot be checked: nothing is let through in silence.
Beside the hours stand the rate, whose responsibility the weeks were, and that no week is paid twice.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from timvis.core.calculation.first_twenty_hours import SHARE
from timvis.core.calendar.months import Period, month_after, week_pieces
from timvis.core.calendar.weeks import week_label
from timvis.core.invoice.allocation import Share
from timvis.core.invoice.first_hours_models import (
    MODEL_LABELS,
    NOTHING_WORKED,
    CountingModel,
    ModelHours,
    Worked,
    counted,
)
from timvis.core.invoice.first_hours_rate import judged_rate
from timvis.core.invoice.known import MINUTES_OF
from timvis.core.invoice.matching import hours_text
from timvis.core.invoice.objection import Objection, asks, informs, kronor, stops
from timvis.core.invoice.records import Invoice, Line
from timvis.core.law import LawByDay, LawGap
from timvis.core.quantities import MINUTES_PER_HOUR, PARTS_PER_MINUTE, Ore, OrePerHour, half_up

CITES = ("SFB 51:22", "SFB 51:23")
RATE_CITES = ("SFB 51:11",)
PARTS_PER_HOUR = MINUTES_PER_HOUR * PARTS_PER_MINUTE
HALF_A_HUNDREDTH, HALF_A_MINUTE = Fraction(1, 200), Fraction(1, 120)


class Verdict(StrEnum):
    """What is said of a line's hours."""

    AGREES = "agrees"
    AGREES_WITH_NONE = "agrees_with_none"
    CANNOT_BE_CHECKED = "cannot_be_checked"


@dataclass(frozen=True, slots=True, kw_only=True)
class BilledHours:
    """Hours that are billed, or paid back, for one recipient in a half-open period.

    `tolerance` is how far from an exact count the hours may lie as they are written. `place` names the line.
    """

    place: str
    recipient: str
    period: Period
    hours: Fraction
    ore_per_hour: Fraction
    amount_ore: Ore
    tolerance: Fraction = HALF_A_HUNDREDTH
    invoice_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantedDays:
    """Days that the state has granted assistance allowance; the registered higher rate where one is decided."""

    granted_from: date
    granted_to: date | None
    ore_per_hour: OrePerHour | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPerson:
    """What the municipality knows of a recipient; what nobody has told is empty or None.

    `responsible_from` and `responsible_to` (the first day after) are when the municipality answers for her
    (LSS 16, 16 c, 16 d §§). `away` are whole days in hospital or the like. `earlier` are lines of other invoices
    that are or will be paid, `refunded` those that credit notes have paid back.
    """

    recipient: str
    granted: tuple[GrantedDays, ...] = ()
    responsible_from: date | None = None
    responsible_to: date | None = None
    died_on: date | None = None
    away: tuple[date, ...] = ()
    worked: Worked = NOTHING_WORKED
    earlier: tuple[BilledHours, ...] = ()
    refunded: tuple[BilledHours, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LineVerdict:
    """One line with its verdict: what every model makes of it, which ones agree, and what else is held against it."""

    line: BilledHours
    verdict: Verdict
    counted: tuple[ModelHours, ...]
    agrees_with: tuple[CountingModel, ...]
    says: str
    objections: tuple[Objection, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundVerdict:
    """Money back, with the earlier line it is for; None when there is none."""

    line: BilledHours
    of: BilledHours | None
    objections: tuple[Objection, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """An invoice for first hours, verified. `confirmed` is the model that the municipality has said holds."""

    lines: tuple[LineVerdict, ...]
    refunds: tuple[RefundVerdict, ...] = ()
    confirmed: CountingModel | None = None

    @property
    def told(self) -> tuple[BilledHours, ...]:
        """Every line and refund as it was billed."""
        return (*(each.line for each in self.lines), *(each.line for each in self.refunds))

    @property
    def objections(self) -> tuple[Objection, ...]:
        """Everything held against the invoice's lines and refunds, in their order."""
        lines = (each for line in self.lines for each in line.objections)
        refunds = (each for refund in self.refunds for each in refund.objections)
        return (*lines, *refunds)


def verify(
    lines: Sequence[BilledHours],
    persons: Iterable[KnownPerson],
    law: LawByDay,
    *,
    refunds: Sequence[BilledHours] = (),
    confirmed: CountingModel | None = None,
) -> Verification:
    """Return the verdict on every line of an invoice and on the refunds that are settled with it."""
    known = {person.recipient: person for person in persons}
    told = []
    for index, line in enumerate(lines):
        person = known.get(line.recipient, KnownPerson(recipient=line.recipient))
        told.append(
            _line(line, person, [one for one in lines[:index] if one.recipient == line.recipient], law, confirmed)
        )
    billed = [*lines, *(one for person in known.values() for one in person.earlier)]
    taken = [one for person in known.values() for one in person.refunded]
    return Verification(lines=tuple(told), refunds=tuple(_refunds(refunds, billed, taken)), confirmed=confirmed)


def billed_hours(invoice: Invoice, shares: Sequence[Share]) -> tuple[BilledHours, ...]:
    """Return the hours that an allocated invoice bills: a line's own figures where one recipient has all of it."""
    lines = {line.number: line for line in invoice.lines}
    alone = {number for number in lines if sum(share.line == number for share in shares) == 1}
    return tuple(
        _of_line(invoice, lines[share.line], share) if share.line in alone else _of_share(invoice, share, lines)
        for share in shares
        if share.minutes is not None
    )


def _of_line(invoice: Invoice, line: Line, share: Share) -> BilledHours:
    if line.unit not in MINUTES_OF or line.base_quantity <= 0:
        return _of_share(invoice, share, {})
    minutes = Fraction(line.quantity) * MINUTES_OF[line.unit]
    price = 100 * Fraction(line.price) / Fraction(line.base_quantity) * MINUTES_PER_HOUR / MINUTES_OF[line.unit]
    return BilledHours(
        place=f"{share.recipient}, rad {line.number}",
        recipient=share.recipient,
        period=_period(invoice, line, share.month_on, cut=False),
        hours=minutes / MINUTES_PER_HOUR,
        ore_per_hour=price,
        amount_ore=share.amount_ore,
        invoice_number=invoice.number,
    )


def _of_share(invoice: Invoice, share: Share, lines: dict[str, Line]) -> BilledHours:
    assert share.minutes is not None, "only time is verified"
    hours = Fraction(share.minutes, MINUTES_PER_HOUR)
    return BilledHours(
        place=f"{share.recipient}, del {share.number}",
        recipient=share.recipient,
        period=_period(invoice, lines.get(share.line), share.month_on, cut=True),
        hours=hours,
        ore_per_hour=Fraction(share.amount_ore) / hours,
        amount_ore=share.amount_ore,
        tolerance=HALF_A_MINUTE,
        invoice_number=invoice.number,
    )


def _period(invoice: Invoice, line: Line | None, month_on: date, *, cut: bool) -> Period:
    """Return the days of work: the line's or the invoice's own, inside the share's month when `cut`, else the month."""
    month = Period(month_on, month_after(month_on))
    told = invoice.period if line is None else invoice.period_of(line)
    if told.period_from is None or told.period_to is None or told.period_from >= told.period_to:
        return month
    whole = Period(told.period_from, told.period_to)
    if not cut:
        return whole
    inside = Period(max(whole.from_on, month.from_on), min(whole.to_on, month.to_on))
    return inside if inside.days > 0 else month


# --- one line -----------------------------------------------------------------------------------------------------


def _line(
    line: BilledHours,
    person: KnownPerson,
    same_invoice: Sequence[BilledHours],
    law: LawByDay,
    confirmed: CountingModel | None,
) -> LineVerdict:
    try:
        found = counted(line.period, person.worked, law)
    except LawGap:
        found = ()
    agrees = tuple(each.model for each in found if each.parts is not None and _is(line, each.parts))
    known = {each.model: each.parts for each in found if each.parts is not None}
    verdict = _verdict(agrees, known, found, confirmed)
    says = _says(line, verdict, agrees, known)
    return LineVerdict(
        line=line,
        verdict=verdict,
        counted=found,
        agrees_with=agrees,
        says=says,
        objections=(
            *_of_hours(line, verdict, agrees, known, confirmed, says),
            *_of_weeks(line, law),
            *_of_rate(line, person, law),
            *_of_person(line, person),
            *_twice(line, [*same_invoice, *person.earlier], person.refunded),
        ),
    )


def _is(line: BilledHours, parts: int) -> bool:
    return abs(line.hours - Fraction(parts, PARTS_PER_HOUR)) <= line.tolerance


def _verdict(
    agrees: Sequence[CountingModel],
    known: Mapping[CountingModel, int],
    found: Sequence[ModelHours],
    confirmed: CountingModel | None,
) -> Verdict:
    """Return the verdict. That no model agrees is only said when all could be counted, or the confirmed one could."""
    if agrees:
        return Verdict.AGREES
    if found and (len(known) == len(found) or confirmed in known):
        return Verdict.AGREES_WITH_NONE
    return Verdict.CANNOT_BE_CHECKED


def _says(
    line: BilledHours, verdict: Verdict, agrees: Sequence[CountingModel], known: Mapping[CountingModel, int]
) -> str:
    billed = f"{hours_text(_minutes(line.hours))} timmar"
    if verdict is Verdict.AGREES:
        return f"{billed} stämmer enligt modellen {' och '.join(MODEL_LABELS[model] for model in agrees)}."
    ours = "; ".join(f"{MODEL_LABELS[model]}: {hours_text(_of_parts(parts))}" for model, parts in known.items())
    if verdict is Verdict.AGREES_WITH_NONE:
        return f"{billed} stämmer inte enligt någon modell ({ours})."
    if known:
        return f"{billed} kan inte kontrolleras: tid saknas för alla modeller utom {ours}, och ingen av dem stämmer."
    return f"{billed} kan inte kontrolleras: kommunen har ingen redovisad tid för dagarna."


def _minutes(hours: Fraction) -> int:
    return _rounded(hours * MINUTES_PER_HOUR)


def _rounded(exact: Fraction) -> int:
    return half_up(exact.numerator, exact.denominator)


def _of_parts(parts: int) -> int:
    return half_up(parts, PARTS_PER_MINUTE)


def _of_hours(
    line: BilledHours,
    verdict: Verdict,
    agrees: Sequence[CountingModel],
    known: Mapping[CountingModel, int],
    confirmed: CountingModel | None,
    says: str,
) -> Iterator[Objection]:
    told = f"{line.place}: {says}"
    if verdict is Verdict.AGREES_WITH_NONE:
        yield stops("first_hours_agree_with_no_model", told, line=line.place, cites=CITES)
    elif verdict is Verdict.CANNOT_BE_CHECKED:
        yield informs("first_hours_cannot_be_checked", told, line=line.place, cites=CITES)
    elif confirmed is not None and confirmed not in agrees:
        message = f"{told} Kommunen har bekräftat modellen {MODEL_LABELS[confirmed]}."
        yield asks("first_hours_are_counted_otherwise", message, line=line.place, cites=CITES)
    elif confirmed is None and (less := _least(line, known)) is not None:
        model, hours = less
        message = (
            f"{told} Enligt modellen {MODEL_LABELS[model]} är {hours_text(_minutes(hours))} timmar, "
            f"{kronor(_rounded(hours * line.ore_per_hour))} kr, för mycket. Bekräfta vilken modell som gäller."
        )
        yield asks("first_hours_model_is_not_confirmed", message, line=line.place, cites=CITES)


def _least(line: BilledHours, known: Mapping[CountingModel, int]) -> tuple[CountingModel, Fraction] | None:
    """Return the model that comes to least and how much more is billed; None when no model comes to less."""
    model = min(known, key=lambda each: known[each])
    more = line.hours - Fraction(known[model], PARTS_PER_HOUR)
    return (model, more) if more > line.tolerance else None


def _of_weeks(line: BilledHours, law: LawByDay) -> Iterator[Objection]:
    """Yield when more is billed than the first hours of every week that the period touches."""
    weeks = week_pieces(line.period)
    try:
        most = sum(law.minutes(SHARE, piece.period.from_on) for piece in weeks)
    except LawGap:
        return
    if line.hours * MINUTES_PER_HOUR > most:
        yield stops(
            "more_than_the_first_hours",
            f"{line.place}: {hours_text(_minutes(line.hours))} timmar är fler än {hours_text(most)}, de första "
            f"timmarna i alla {len(weeks)} veckor som perioden rör vid.",
            line=line.place,
            cites=CITES,
        )


def _of_rate(line: BilledHours, person: KnownPerson, law: LawByDay) -> Iterator[Objection]:
    last = line.period.to_on - timedelta(days=1)
    if last.year != line.period.from_on.year:
        message = f"{line.place}: raden går över nyår; timbeloppet är årets, så raden ska delas."
        yield stops("line_spans_new_year", message, line=line.place, cites=RATE_CITES)
        return
    registered = {each.ore_per_hour for each in person.granted if _holds(each, line.period)} or {None}
    if len(registered) > 1:
        message = f"{line.place}: det registrerade timbeloppet ändras under perioden; raden ska delas vid ändringen."
        yield asks("registered_rate_changes", message, line=line.place, cites=RATE_CITES)
        return
    try:
        found = judged_rate(line.ore_per_hour, line.period.from_on, registered.pop(), law)
    except LawGap:
        message = f"{line.place}: inget timbelopp är känt för {line.period.from_on}."
        yield asks("years_rate_is_not_known", message, line=line.place, cites=RATE_CITES)
        return
    if found.code:
        yield stops(found.code, f"{line.place}: {found.says}.", line=line.place, cites=RATE_CITES)


def _holds(granted: GrantedDays, period: Period) -> bool:
    return granted.granted_from < period.to_on and (granted.granted_to is None or period.from_on < granted.granted_to)


# --- whose the weeks were ----------------------------------------------------------------------------------------


def _of_person(line: BilledHours, person: KnownPerson) -> Iterator[Objection]:
    """Yield, week by week, why the municipality may not be the one to pay."""
    questions = (
        ("week_is_not_ours", "kommunen svarade inte för personen (LSS 16–16 d §§)", _is_not_ours),
        ("week_is_not_granted", "inget beslut om assistansersättning är känt", _is_not_granted),
        ("week_is_after_death", "personen hade avlidit", _is_after_death),
        ("week_was_spent_away", "personen var på sjukhus eller liknande alla dagar", _is_away),
    )
    for code, why, is_so in questions:
        weeks = [week_label(piece.from_on) for piece in _pieces(line.period) if is_so(person, piece)]
        if weeks:
            message = f"{line.place}: {why} under {', '.join(weeks)}. Fråga Försäkringskassan."
            yield asks(code, message, line=line.place, cites=CITES)


def _pieces(period: Period) -> list[Period]:
    return [piece.period for piece in week_pieces(period)]


def _is_not_ours(person: KnownPerson, days: Period) -> bool:
    """Return whether the municipality answered for none of the days, or not for all of them."""
    begins, ends = person.responsible_from, person.responsible_to
    return (begins is not None and days.from_on < begins) or (ends is not None and days.to_on > ends)


def _is_not_granted(person: KnownPerson, days: Period) -> bool:
    return bool(person.granted) and not any(_holds(each, days) for each in person.granted)


def _is_after_death(person: KnownPerson, days: Period) -> bool:
    return person.died_on is not None and days.from_on > person.died_on


def _is_away(person: KnownPerson, days: Period) -> bool:
    return all(days.from_on + timedelta(days=passed) in person.away for passed in range(days.days))


# --- paid twice, and paid back ------------------------------------------------------------------------------------


def _twice(line: BilledHours, earlier: Sequence[BilledHours], refunded: Sequence[BilledHours]) -> Iterator[Objection]:
    """Yield the weeks that another line already bills, unless all of that line has been paid back."""
    for other in earlier:
        both = Period(max(line.period.from_on, other.period.from_on), min(line.period.to_on, other.period.to_on))
        if both.days <= 0 or _left_of(other, refunded) <= 0:
            continue
        weeks = ", ".join(week_label(piece.from_on) for piece in _pieces(both))
        where = f"faktura {other.invoice_number}" if other.invoice_number != line.invoice_number else "samma faktura"
        message = f"{line.place}: {weeks} är redan fakturerad på {where} ({other.place})."
        yield stops("week_is_billed_twice", message, line=line.place, cites=CITES)


def _left_of(billed: BilledHours, refunded: Iterable[BilledHours]) -> Fraction:
    return billed.hours - sum((one.hours for one in refunded if _answers(one, billed)), Fraction(0))


def _answers(refund: BilledHours, billed: BilledHours) -> bool:
    """Return whether money back can be for a line: the same person, days inside it, the same rate."""
    return (
        refund.recipient == billed.recipient
        and billed.period.from_on <= refund.period.from_on
        and refund.period.to_on <= billed.period.to_on
        and refund.ore_per_hour == billed.ore_per_hour
    )


def _refunds(
    refunds: Sequence[BilledHours], billed: Sequence[BilledHours], taken: Sequence[BilledHours]
) -> Iterator[RefundVerdict]:
    before = list(taken)
    for refund in refunds:
        candidates = [line for line in billed if _answers(refund, line)]
        of = next((line for line in candidates if _left_of(line, before) >= refund.hours), None)
        yield RefundVerdict(line=refund, of=of, objections=tuple(_of_refund(refund, of, candidates)))
        before.append(refund)


def _of_refund(refund: BilledHours, of: BilledHours | None, candidates: Sequence[BilledHours]) -> Iterator[Objection]:
    if of is not None:
        return
    told = f"{refund.place}: återbetalningen av {hours_text(_minutes(refund.hours))} timmar"
    if candidates:
        yield asks(
            "refund_is_more_than_billed",
            f"{told} är mer än vad som är kvar av {candidates[0].place}.",
            line=refund.place,
        )
    else:
        message = f"{told} svarar inte mot någon tidigare rad med samma person, dagar och timbelopp."
        yield asks("refund_answers_no_line", message, line=refund.place)
