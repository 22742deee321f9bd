"""What an hour is worth: a decided amount, or documented cost up to a ceiling. Never a computed percentage.

A municipality's published amounts follow no single rounding of the state's rate, so the amount that was decided
is the data.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from timvis.core.law import LawByDay
from timvis.core.quantities import OrePerHour


class RateKind(StrEnum):
    """How a routine says what an hour is worth."""

    DECIDED = "decided"
    DOCUMENTED = "documented"


@dataclass(frozen=True, slots=True, kw_only=True)
class RateRule:
    """The rate of a routine or of a case.

    `code` is a dated number (`local.….amount`); `ore_per_hour` an amount stated outright. For documented cost
    `documented` is what was shown and the rest is the ceiling. `why` is a Swedish clause for the line.
    """

    kind: RateKind = RateKind.DECIDED
    code: str | None = None
    ore_per_hour: OrePerHour | None = None
    documented: OrePerHour | None = None
    cites: tuple[str, ...] = ("LSS 9 § 2",)
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """A rate and its grounds."""

    ore_per_hour: OrePerHour
    cites: tuple[str, ...]
    why: str


class RateIsMissing(ValueError):
    """A rate rule names neither a code nor an amount. Our mistake: it is checked where rules are read."""


def rate_on(rule: RateRule, day: date, law: LawByDay) -> Rate:
    """Return what an hour performed on a day is worth. Raises `LawGap` when nobody has decided it."""
    decided, why = _decided(rule, day, law)
    if rule.kind is RateKind.DOCUMENTED and rule.documented is not None:
        if rule.documented <= decided:
            return Rate(ore_per_hour=rule.documented, cites=rule.cites, why="styrkt kostnad per timme")
        why = f"styrkt kostnad är högre än taket; {why}"
    return Rate(ore_per_hour=decided, cites=rule.cites, why=why)


def _decided(rule: RateRule, day: date, law: LawByDay) -> tuple[OrePerHour, str]:
    if rule.code is not None:
        row = law.on(rule.code, day)
        until = "tills vidare" if row.to_on is None else f"till och med {row.to_on}"
        why = rule.why or f"beslutat belopp för arbete utfört från och med {row.from_on} {until}"
        return law.ore_per_hour(rule.code, day), f"{why} ({row.law}), kontrollerat {row.checked_on}"
    if rule.ore_per_hour is not None:
        return rule.ore_per_hour, rule.why or "angivet belopp per timme"
    raise RateIsMissing("a rate rule needs a code or an amount")
