"""`substitute_fee`: what the municipality may charge when its own substitute worked for a sick assistant.

The allowance pays each hour once. The provider keeps what the sick assistant costs in the same time, the
municipality gets the rest: fee + provider's cost = hourly amount × hours, in each part of the sick period.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from timvis.core.calculation.calculated import Calculated, doubt
from timvis.core.calculation.hourly import PARTS_PER_HOUR, exact_text, kronor_text, time_text
from timvis.core.calculation.rates import Rate, RateRule, rate_on
from timvis.core.calculation.setting import Setting
from timvis.core.law import LawGap, LawReader
from timvis.core.quantities import Minutes, Ore, Parts, half_up, pay_for, share_of
from timvis.core.review.finding import Finding
from timvis.core.review.rule import Severity
from timvis.core.statement import Line, Statement, digest_of

KIND = "substitute_fee"

QUALIFYING_DAY = "sick_pay.qualifying_day"
QUALIFYING_DEDUCTION = "sick_pay.qualifying_deduction"

FEE = ("LSS 9 § 2", "LSS 18 §", "SKL cirkulär 2006:39")
DEDUCTION = "sjuklönelagen 6 §"


class QualifyingTime(StrEnum):
    """Which time stands in for the qualifying day since there is a deduction instead."""

    UNTIL_CONSUMED = "until_consumed"
    FIRST_DAY = "first_day"


SETTINGS = (
    Setting(
        name="qualifying_time",
        variation="V25",
        says="Vilken tid som räknas som karens sedan karensavdraget ersatte karensdagen: tills avdraget är "
        "förbrukat, eller den första sjukdagen.",
    ),
)
"""Every choice of this kind. The formula itself is the circular's and not a choice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubstituteWork:
    """What the substitute worked on one day, and what the provider paid for the sick assistant in that time.

    `cost_ore` is for the whole row; a row that the end of the deduction divides is divided with its cost,
    the part before the end rounded half up. `start_minute` orders the rows of a day where that is known.
    """

    on: date
    start_minute: int = 0
    minutes: Minutes
    parts_per_minute: int
    cost_ore: Ore


@dataclass(frozen=True, slots=True, kw_only=True)
class SubstituteCase:
    """A sick period in which the municipality supplied the substitute.

    `deduction_minutes` is the sick time that the qualifying deduction consumes; None in the era of the
    qualifying day, and where the first day stands in for it.
    """

    sick_from: date
    work: tuple[SubstituteWork, ...]
    rate: RateRule
    qualifying_time: QualifyingTime | None = None
    deduction_minutes: Minutes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    is_qualifying: bool
    rate: Rate
    parts: int
    cost_ore: int


def has_qualifying_day(sick_from: date, law: LawReader) -> bool:
    """Return whether a sick period that began on a day has a qualifying day, not a deduction.

    Raises `LawGap` when neither is known for that day.
    """
    try:
        law.on(QUALIFYING_DAY, sick_from)
    except LawGap:
        law.on(QUALIFYING_DEDUCTION, sick_from)
        return False
    return True


def calculate(case: SubstituteCase, law: LawReader) -> Calculated:
    """Return the fee for each part of the sick period, or why none is proposed. Raises `LawGap`."""
    by_day = has_qualifying_day(case.sick_from, law)
    lines: list[Line] = []
    findings: list[Finding] = []
    for part in _parts(_divided(case, by_day=by_day), case, law):
        most = pay_for(Parts(part.parts), part.rate.ore_per_hour)
        if part.cost_ore > most:
            findings.append(_cost_exceeds(part, most))
            lines.append(_no_fee(part, most))
        else:
            lines += _fee(part, most, by_day=by_day)
    era = "qualifying_day" if by_day else f"qualifying_deduction:{case.qualifying_time}"
    return Calculated(
        statement=Statement(
            kind=KIND,
            lines=tuple(lines),
            law_rows=law.rows_used,
            settings=(("qualifying_time", era), ("rounding", "each_line_half_up")),
            inputs_digest=digest_of(case),
        ),
        findings=tuple(findings),
        sums=(("payable_28ths", sum(work.minutes * work.parts_per_minute for work in case.work)),),
        total_label="Att fakturera",
    )


# --- the parts ------------------------------------------------------------------------------------------


def _divided(case: SubstituteCase, *, by_day: bool) -> list[tuple[bool, SubstituteWork]]:
    """Return each row, whether it is qualifying; a row across the end of the deduction is divided there."""
    rows = sorted(case.work, key=_in_time)
    if by_day or case.qualifying_time is QualifyingTime.FIRST_DAY:
        return [(work.on == case.sick_from, work) for work in rows]
    left = case.deduction_minutes or 0
    divided: list[tuple[bool, SubstituteWork]] = []
    for work in rows:
        before = min(left, work.minutes)
        left -= before
        first, second = _cut(work, before)
        divided += [(True, first)] if first.minutes else []
        divided += [(False, second)] if second.minutes else []
    return divided


def _in_time(work: SubstituteWork) -> tuple[date, int, int, int, int]:
    return work.on, work.start_minute, work.parts_per_minute, work.minutes, work.cost_ore


def _cut(work: SubstituteWork, minutes: int) -> tuple[SubstituteWork, SubstituteWork]:
    cost = cost_before(work.cost_ore, minutes, work.minutes)
    return (
        replace(work, minutes=Minutes(minutes), cost_ore=Ore(cost)),
        replace(work, minutes=Minutes(work.minutes - minutes), cost_ore=Ore(work.cost_ore - cost)),
    )


def cost_before(cost_ore: int, minutes: int, of_minutes: int) -> int:
    """Return the part of a row's cost that lies before the end of the deduction, to the öre, half up."""
    return half_up(cost_ore * minutes, of_minutes) if of_minutes else 0


def deduction_minutes(average_week: Minutes, percent: Decimal) -> Minutes:
    """Return the sick time that a deduction consumes, a share of the average week, to the minute, half up."""
    return Minutes(share_of(average_week, percent))


def _parts(rows: Sequence[tuple[bool, SubstituteWork]], case: SubstituteCase, law: LawReader) -> list[_Part]:
    """Return the qualifying time and the time after it, each by the rate of its days."""
    found: dict[tuple[bool, Rate], tuple[int, int]] = {}
    for is_qualifying, work in rows:
        key = (is_qualifying, rate_on(case.rate, work.on, law))
        parts, cost = found.get(key, (0, 0))
        found[key] = (parts + work.minutes * work.parts_per_minute, cost + work.cost_ore)
    return [
        _Part(is_qualifying=is_qualifying, rate=rate, parts=parts, cost_ore=cost)
        for (is_qualifying, rate), (parts, cost) in sorted(
            found.items(), key=lambda one: (not one[0][0], one[0][1].ore_per_hour)
        )
    ]


# --- the lines ------------------------------------------------------------------------------------------


def _fee(part: _Part, most: Ore, *, by_day: bool) -> tuple[Line, Line]:
    cites = FEE if by_day else (*FEE, DEDUCTION)
    report = (
        "Timmarna redovisas på Försäkringskassans tidsredovisning."
        if part.is_qualifying
        else "Timmarna redovisas på kommunens egen tidrapport."
    )
    return (
        Line(
            code=f"substitute_hours_{_when(part)}",
            label=f"Kommunens vikarie, {_when_text(part, by_day=by_day)}",
            quantity=exact_text(Fraction(part.parts, PARTS_PER_HOUR)),
            unit="hour",
            rate=str(part.rate.ore_per_hour),
            amount_ore=most,
            cites=cites,
            because=f"Avgiften får vara högst timbeloppet: {time_text(part.parts)} timmar à "
            f"{kronor_text(part.rate.ore_per_hour)}, {part.rate.why}. {report}",
        ),
        Line(
            code=f"provider_cost_{_when(part)}",
            label=f"Anordnarens kostnad för den sjuka assistenten, {_when_text(part, by_day=by_day)}",
            quantity="1",
            unit="cost",
            rate=str(-part.cost_ore),
            amount_ore=Ore(-part.cost_ore),
            cites=cites,
            because=_kept_text(part, by_day=by_day),
        ),
    )


def _kept_text(part: _Part, *, by_day: bool) -> str:
    kept = f"Anordnaren behåller {kronor_text(part.cost_ore)} för vad den sjuka assistenten kostar i samma tid"
    if not part.is_qualifying:
        return f"{kept}: sjuklön och det som följer av den."
    return f"{kept}; {'på karensdagen' if by_day else 'så länge karensavdraget räcker'} utgår ingen sjuklön."


def _no_fee(part: _Part, most: Ore) -> Line:
    return Line(
        code=f"no_fee_{_when(part)}",
        label="Ingen avgift föreslås",
        quantity=exact_text(Fraction(part.parts, PARTS_PER_HOUR)),
        unit="hour",
        rate="0",
        amount_ore=Ore(0),
        cites=FEE,
        because=f"Anordnarens kostnad, {kronor_text(part.cost_ore)}, är högre än timbeloppet för samma tid, "
        f"{kronor_text(most)}.",
    )


def _cost_exceeds(part: _Part, most: Ore) -> Finding:
    return doubt(
        "provider_cost_exceeded_the_hourly_amount",
        Severity.ASKS,
        label="Anordnarens kostnad är högre än timbeloppet",
        message=f"För {time_text(part.parts)} timmar {'i karensen' if part.is_qualifying else 'efter karensen'} uppger "
        f"anordnaren {kronor_text(part.cost_ore)}; timbeloppet räcker till {kronor_text(most)}. Fråga hur kostnaden "
        f"är räknad, och om anordnaren har en egen fordran på merkostnad.",
        cites=FEE,
    )


def _when(part: _Part) -> str:
    return "in_the_qualifying_time" if part.is_qualifying else "after_the_qualifying_time"


def _when_text(part: _Part, *, by_day: bool) -> str:
    name = "karensdagen" if by_day else "karensavdraget"
    if not part.is_qualifying:
        return f"efter {name}"
    return "karensdagen" if by_day else "medan karensavdraget räcker"
