"""`recovery`: hours the municipality has paid and Försäkringskassan later grants for the same time.

Nobody is paid twice for an hour, but what may be asked back, and of whom, is decided by a person: LSS 12 § reaches
only what the recipient caused or ought to have realised; otherwise the municipality's own terms are the ground.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from timvis.core.calculation.calculated import Calculated, doubt
from timvis.core.calculation.hourly import PARTS_PER_HOUR, exact_text, kronor_text, time_text
from timvis.core.calculation.setting import Setting
from timvis.core.calendar.months import month_after, month_text
from timvis.core.quantities import Ore, OrePerHour, Parts, pay_for
from timvis.core.review.rule import Severity
from timvis.core.statement import LawRowUsed, Line, Statement, digest_of

KIND = "recovery"


class Ground(StrEnum):
    """On what a claim for repayment rests."""

    TERMS = "terms"
    LSS_12 = "lss_12"


SETTINGS = (
    Setting(
        name="ground",
        variation="V32",
        says="Vad kravet vilar på: kommunens villkor för ersättningen, eller 12 § LSS.",
    ),
)
"""Every choice of this kind."""

CITES = {Ground.TERMS: ("LSS 9 § 2",), Ground.LSS_12: ("LSS 12 §",)}
MESSAGES = {
    Ground.TERMS: "Kravet vilar på kommunens villkor för ersättningen. 12 § LSS gäller bara när brukaren orsakat felet "
    "eller borde ha insett det. Besluta om kravet, och av vem det begärs.",
    Ground.LSS_12: "Kommunen får besluta om återbetalning när brukaren eller ställföreträdaren orsakat felet eller "
    "borde ha insett det, men måste inte. Besluta, och motivera.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidTime:
    """A month's hours that the municipality paid, at which rate, and how much of it the state granted later."""

    month_on: date
    parts: int
    ore_per_hour: OrePerHour
    granted_later_parts: int

    @property
    def twice_parts(self) -> int:
        """The time that both pay for."""
        return min(self.parts, self.granted_later_parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryCase:
    """What was paid by both, and on what ground it is asked back."""

    ground: Ground
    paid: tuple[PaidTime, ...]


def calculate(case: RecoveryCase, law_rows: Iterable[LawRowUsed] = ()) -> Calculated:
    """Return what may be asked back, and what stays the municipality's cost."""
    months = sorted(case.paid, key=lambda one: (one.month_on, one.ore_per_hour, one.parts))
    lines = tuple(line for month in months for line in _lines(month, case.ground))
    statement = Statement(
        kind=KIND,
        lines=lines,
        law_rows=tuple(law_rows),
        settings=(("ground", case.ground), ("rounding", "each_line_half_up")),
        inputs_digest=digest_of(case),
    )
    paid = sum(pay_for(Parts(one.parts), one.ore_per_hour) for one in months)
    asked = doubt(
        "repayment_needs_a_decision",
        Severity.ASKS,
        label="Återbetalning kräver ett beslut",
        message=MESSAGES[case.ground],
        cites=CITES[case.ground],
    )
    return Calculated(
        statement=statement,
        findings=(asked,) if statement.total_ore else (),
        sums=(("paid_ore", paid), ("remaining_cost_ore", paid - statement.total_ore)),
        total_label="Att återkräva",
    )


def _lines(paid: PaidTime, ground: Ground) -> tuple[Line, ...]:
    name = month_text(paid.month_on)
    rest = paid.parts - paid.twice_parts
    kept = Line(
        code="paid_by_the_municipality_alone",
        label=f"Kommunens kostnad, {name}",
        quantity=exact_text(Fraction(rest, PARTS_PER_HOUR)),
        unit="hour",
        rate="0",
        amount_ore=Ore(0),
        cites=("LSS 9 § 2",),
        because=f"{time_text(rest)} timmar har staten inte beviljat; de återkrävs inte.",
        period_from=paid.month_on,
        period_to=month_after(paid.month_on),
    )
    twice = Line(
        code="paid_and_granted_by_the_state_later",
        label=f"Beviljat av båda, {name}",
        quantity=exact_text(Fraction(paid.twice_parts, PARTS_PER_HOUR)),
        unit="hour",
        rate=str(paid.ore_per_hour),
        amount_ore=pay_for(Parts(paid.twice_parts), paid.ore_per_hour),
        cites=CITES[ground],
        because=f"{time_text(paid.twice_parts)} timmar som kommunen betalat à {kronor_text(paid.ore_per_hour)} har "
        f"Försäkringskassan senare beviljat för samma tid.",
        period_from=paid.month_on,
        period_to=month_after(paid.month_on),
    )
    return ((twice,) if paid.twice_parts else ()) + ((kept,) if rest else ())
