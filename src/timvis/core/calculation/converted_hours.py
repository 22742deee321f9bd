"""`converted_hours`: clock hours of active time, waiting time and standby as assistance hours, exact to the last line.

Waiting time counts a quarter and standby a seventh, so an hour is counted in 28ths of a minute and nothing is
rounded before money is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from timvis.core.calculation.calculated import Calculated
from timvis.core.calculation.hourly import PARTS_PER_HOUR, exact_text, kronor_text, time_text
from timvis.core.calculation.rates import Rate, RateRule, rate_on
from timvis.core.calculation.setting import Setting
from timvis.core.facts.load import FACTOR_OF
from timvis.core.law import LawReader
from timvis.core.quantities import PARTS_PER_MINUTE, Minutes, Ore, Parts, parts_per_minute, pay_for
from timvis.core.records import TimeKind
from timvis.core.review.review import hours_text
from timvis.core.statement import Line, Statement, digest_of

KIND = "converted_hours"

SETTINGS = (
    Setting(
        name="waiting_factor",
        variation="V53",
        says="Hur stor del av en assistanstimme en timmes väntetid är; lagens tal om inget anges.",
    ),
    Setting(
        name="standby_factor",
        variation="V53",
        says="Hur stor del av en assistanstimme en timmes beredskap är; lagens tal om inget anges.",
    ),
)
"""Every choice of this kind: the law says that such time counts, and not everywhere how much."""

LABELS = {TimeKind.ACTIVE: "Aktiv tid", TimeKind.WAITING: "Väntetid", TimeKind.STANDBY: "Beredskap"}
CITES = {
    TimeKind.ACTIVE: ("LSS 9 a §",),
    TimeKind.WAITING: ("LSS 9 a § fjärde stycket 1", "SFB 51:11 a"),
    TimeKind.STANDBY: ("LSS 9 a § fjärde stycket 2", "SFB 51:11 a"),
}
CITES_BEFORE = {
    TimeKind.WAITING: ("RFFS 1993:24", "förordning (1993:1091) 4 §"),
    TimeKind.STANDBY: ("förordning (1993:1091) 4 §",),
}
PARAGRAPH_FROM = date(2018, 4, 1)
"""Since when LSS itself says that waiting time and standby are other personal needs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockTime:
    """Clock time of one kind on a day, so many times over."""

    on: date
    kind: TimeKind
    minutes: Minutes
    times: int = 1

    @property
    def total(self) -> int:
        """All its minutes."""
        return self.minutes * self.times


@dataclass(frozen=True, slots=True, kw_only=True)
class ConvertedCase:
    """Clock time to convert. A factor that is None is the law's on the day; without a rate no money is said."""

    times: tuple[ClockTime, ...]
    waiting_factor: Fraction | None = None
    standby_factor: Fraction | None = None
    rate: RateRule | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """All time of one kind at one factor and rate."""

    kind: TimeKind
    parts_each: int
    rate: Rate | None
    minutes: int
    first_on: date

    @property
    def parts(self) -> int:
        """Its assistance time, in 28ths of a minute."""
        return self.minutes * self.parts_each


def calculate(case: ConvertedCase, law: LawReader) -> Calculated:
    """Return the time of each kind and what it comes to; raises `LawGap` when a factor or a rate has no value."""
    groups = _groups(case, law)
    lines = (*(_kind_line(group) for group in groups), *_sum_lines(groups))
    return Calculated(
        statement=Statement(
            kind=KIND,
            lines=lines,
            law_rows=law.rows_used,
            settings=(
                ("rounding", "last_line_half_up"),
                ("standby_factor", _told(case.standby_factor)),
                ("waiting_factor", _told(case.waiting_factor)),
            ),
            inputs_digest=digest_of(case),
        ),
        sums=(
            *((f"{kind.value}_minutes", sum(one.total for one in case.times if one.kind is kind)) for kind in TimeKind),
            ("actual_minutes", sum(one.total for one in case.times)),
            ("payable_28ths", sum(group.parts for group in groups)),
        ),
    )


def _groups(case: ConvertedCase, law: LawReader) -> tuple[Converted, ...]:
    own = {TimeKind.WAITING: case.waiting_factor, TimeKind.STANDBY: case.standby_factor}
    found: dict[tuple[str, int, Rate | None], list[ClockTime]] = {}
    for time in sorted(case.times, key=lambda one: (one.on, one.kind, one.minutes, one.times)):
        factor = own.get(time.kind)
        if factor is None:
            factor = Fraction(1) if time.kind is TimeKind.ACTIVE else law.fraction(FACTOR_OF[time.kind], time.on)
        rate = None if case.rate is None else rate_on(case.rate, time.on, law)
        found.setdefault((time.kind, parts_per_minute(factor), rate), []).append(time)
    return tuple(
        Converted(
            kind=TimeKind(kind),
            parts_each=parts,
            rate=rate,
            minutes=sum(one.total for one in times),
            first_on=times[0].on,
        )
        for (kind, parts, rate), times in sorted(
            found.items(), key=lambda item: (list(TimeKind).index(TimeKind(item[0][0])), item[1][0].on)
        )
    )


def _kind_line(group: Converted) -> Line:
    factor = Fraction(group.parts_each, PARTS_PER_MINUTE)
    cites = CITES if group.first_on >= PARAGRAPH_FROM else CITES | CITES_BEFORE
    return Line(
        code=f"{group.kind.value}_time",
        label=LABELS[group.kind],
        quantity=exact_text(Fraction(group.parts, PARTS_PER_HOUR)),
        unit="assistance_hour",
        rate="0",
        amount_ore=Ore(0),
        cites=cites[group.kind],
        because=f"{hours_text(group.minutes)} timmar enligt klockan räknas som {factor} assistanstimme per timme: "
        f"{time_text(group.parts)} assistanstimmar.",
    )


def _sum_lines(groups: Sequence[Converted]) -> tuple[Line, ...]:
    """Return the last line for each rate: the only place where anything is rounded."""
    sums: dict[Rate | None, int] = {}
    for group in groups:
        sums[group.rate] = sums.get(group.rate, 0) + group.parts
    return tuple(
        Line(
            code="converted_hours",
            label="Assistanstimmar",
            quantity=exact_text(Fraction(parts, PARTS_PER_HOUR)),
            unit="assistance_hour",
            rate="0" if rate is None else str(rate.ore_per_hour),
            amount_ore=Ore(0) if rate is None else pay_for(Parts(parts), rate.ore_per_hour),
            cites=CITES[TimeKind.ACTIVE] if rate is None else rate.cites,
            because=f"{time_text(parts)} assistanstimmar sammanlagt"
            + ("." if rate is None else f" à {kronor_text(rate.ore_per_hour)}: {rate.why}."),
        )
        for rate, parts in sums.items()
    )


def _told(factor: Fraction | None) -> str:
    return "law" if factor is None else str(factor)
