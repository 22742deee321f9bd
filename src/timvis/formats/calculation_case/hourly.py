"""The written form of an `hourly` case, and the core's record of it."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from timvis.core.calculation.calculated import Calculated
from timvis.core.calculation.hourly import HourlyCase, HourlySettings, calculate
from timvis.core.calculation.pieces import Piece
from timvis.core.calculation.rates import RateKind, RateRule
from timvis.core.calendar.local_time import ClockProblem, instant, split_at_midnight
from timvis.core.calendar.months import month_after
from timvis.core.calendar.weeks import week_number
from timvis.core.facts.load import parts_of
from timvis.core.faults import Fault
from timvis.core.law import LawByDay, LawReader
from timvis.core.quantities import MINUTES_PER_HOUR, Minutes, OrePerHour
from timvis.core.records import ClockSpan, Grant, GrantUnit, Regime, TimeKind


def _hours(text: str) -> str:
    minutes_of(text)
    return text


Hours = Annotated[str, AfterValidator(_hours), Field(description='Timmar som text: "120", "7.25" eller "1/3".')]

Clock = Annotated[str, Field(description='Klockslag som text: "08.30"; "24.00" bara som slut.')]

Day = Annotated[date, Field(ge=date(1990, 1, 1), le=date(2100, 12, 31))]
"""A day that a calculation may be about."""


class Written(BaseModel):
    """What every written table has in common: an unknown key is a fault, not a silence."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class WrittenRate(Written):
    """What an hour is worth: a dated number by `code`, an amount, or documented cost under one of them."""

    code: str | None = None
    ore_per_hour: int | None = Field(default=None, gt=0)
    documented_ore_per_hour: int | None = Field(default=None, gt=0)
    why: str = ""
    cites: tuple[str, ...] = ("LSS 9 § 2",)

    @model_validator(mode="after")
    def _names_a_rate(self) -> "WrittenRate":
        if (self.code is None) == (self.ore_per_hour is None):
            raise ValueError("ange antingen code eller ore_per_hour")
        return self


class WrittenGrant(Written):
    """What was granted, per what, and in which days of the month (default: all of them)."""

    hours: Hours
    per: GrantUnit
    granted_from: date | None = None
    granted_to: date | None = None
    reference: str = "beslut"


class WrittenWork(Written):
    """What was performed: a number of hours, or one shift by the clock."""

    kind: TimeKind = TimeKind.ACTIVE
    hours: Hours | None = None
    on: date | None = None
    from_: Clock | None = Field(default=None, alias="from")
    to: Clock | None = None

    @model_validator(mode="after")
    def _is_one_thing(self) -> "WrittenWork":
        by_clock = self.on is not None and self.from_ is not None and self.to is not None
        if (self.hours is None) != by_clock:
            raise ValueError("ange antingen hours, eller on, from och to")
        return self


class WrittenHourly(Written):
    """An hourly case."""

    kind: Literal["hourly"]
    title: str = ""
    month: date
    regime: Regime = Regime.LSS
    window: Literal["month", "week"] = "month"
    rate: WrittenRate
    granted: tuple[WrittenGrant, ...] = Field(min_length=1)
    performed: tuple[WrittenWork, ...] = Field(min_length=1)
    expected: dict[str, object] = Field(default_factory=dict)


def minutes_of(text: str) -> Minutes:
    """Return written hours as whole minutes. Raises ValueError when it is no number, or no whole minutes."""
    try:
        minutes = Fraction(text.replace(",", ".")) * MINUTES_PER_HOUR
    except (ValueError, ZeroDivisionError) as error:
        raise ValueError(f"”{text}” är inget antal timmar") from error
    if minutes < 0:
        raise ValueError(f"{text} timmar är mindre än noll")
    if minutes.denominator != 1:
        raise ValueError(f"{text} timmar är inte ett helt antal minuter")
    return Minutes(int(minutes))


def calculated(written: WrittenHourly, law: LawReader) -> Calculated | tuple[Fault, ...]:
    """Return what a case comes to, or every fault of it. Raises `LawGap`."""
    case = case_of(written, law)
    return case if isinstance(case, tuple) else Calculated(statement=calculate(case, law))


def case_of(written: WrittenHourly, law: LawByDay) -> HourlyCase | tuple[Fault, ...]:
    """Return the core's record, or every row whose clock times do not make a shift. Raises `LawGap`."""
    month_on = written.month.replace(day=1)
    pieces: list[Piece] = []
    faults: list[Fault] = []
    for number, work in enumerate(written.performed, start=1):
        for span in _spans(work, month_on, number):
            if isinstance(span, Fault):
                faults.append(span)
                continue
            pieces.append(_piece(len(pieces) + 1, work.kind, span, law))
    faults += unknown_code(written.rate.code, law)
    if faults:
        return tuple(faults)
    return HourlyCase(
        month_on=month_on,
        performed=tuple(pieces),
        grants=tuple(_grant(grant, written.regime, month_on) for grant in written.granted),
        rate=rate_rule(written.rate),
        settings=HourlySettings(window=written.window),
    )


def rate_rule(written: WrittenRate) -> RateRule:
    """Return a written rate as the core's rule."""
    return RateRule(
        kind=RateKind.DECIDED if written.documented_ore_per_hour is None else RateKind.DOCUMENTED,
        code=written.code,
        ore_per_hour=_rate(written.ore_per_hour),
        documented=_rate(written.documented_ore_per_hour),
        cites=written.cites,
        why=written.why,
    )


def unknown_code(code: str | None, law: LawByDay, *, source: str | None = None) -> tuple[Fault, ...]:
    """Return the fault of a rate whose code no number has; nothing when it names an amount or a known number."""
    if code is None:
        return ()
    try:
        law.number(code)
    except KeyError:
        return (
            Fault(
                code="unknown_code",
                message=f"Inget tal heter ”{code}”.",
                remedy="timvis law list visar alla.",
                column="rate.code",
                file=source,
            ),
        )
    return ()


def _rate(ore: int | None) -> OrePerHour | None:
    return None if ore is None else OrePerHour(ore)


def _spans(work: WrittenWork, month_on: date, number: int) -> Iterator[ClockSpan | Fault]:
    if work.hours is not None:
        # A sum has no place in the month; it is laid on the first day, where the whole month's grant is open.
        start = instant(month_on, 0)
        minutes = minutes_of(work.hours)
        yield ClockSpan(
            work_on=month_on,
            from_text="",
            to_text="",
            start_minute=0,
            end_minute=minutes,
            start_at=start,
            end_at=type(start)(start + minutes),
        )
        return
    assert work.on is not None
    spans = split_at_midnight(work.on, work.from_ or "", work.to or "")
    if isinstance(spans, ClockProblem):
        yield Fault(
            code=spans.value,
            message=f"Passet {work.on} {work.from_}–{work.to} går inte att läsa som klockslag den dagen.",
            remedy="Skriv klockslag som TT.MM; 24.00 bara som slut, och inga klockslag i timmen som inte finns.",
            column=f"performed[{number}]",
        )
        return
    yield from spans


def _piece(shift_id: int, kind: TimeKind, span: ClockSpan, law: LawByDay) -> Piece:
    return Piece(
        shift_id=shift_id,
        assistant_id=1,
        kind=kind,
        work_on=span.work_on,
        week=week_number(span.work_on),
        start_at=int(span.start_at),
        minutes=int(span.actual_minutes),
        parts_per_minute=parts_of(kind, span.work_on, law),
    )


def _grant(written: WrittenGrant, regime: Regime, month_on: date) -> Grant:
    granted_from = written.granted_from or month_on
    return Grant(
        reference=written.reference,
        regime=regime,
        decided_on=granted_from,
        granted_from=granted_from,
        granted_to=written.granted_to or month_after(month_on),
        granted_minutes=minutes_of(written.hours),
        per=written.per,
    )
