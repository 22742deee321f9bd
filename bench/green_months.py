"""How well the months that break a catalogued control are found: recall, and false alarms, over seeded months."""

from collections.abc import Iterable
from dataclasses import dataclass

from bench.state_months import Seeded, months
from bench.told import Row, Table, ms, timed
from timvis.core.facts.settings import ReviewSettings
from timvis.core.green_month.light import judge
from timvis.core.law import LawReader
from timvis.core.quantities import OrePerHour
from timvis.formats.law.packaged import load_law

RATE = OrePerHour(33_260)
MONTHS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """A month where what was found is not its key."""

    name: str
    missing: tuple[str, ...]
    false: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The comparison of keys with what was found, by code."""

    months: int
    seeded: int
    found: int
    false: int
    wrong: tuple[Missed, ...]

    @property
    def recall(self) -> str:
        """The part of the seeded faults that was found."""
        return f"{100 * self.found / self.seeded:.1f} %"


def compared(seeded: Iterable[Seeded]) -> Found:
    """Return how the controls that months hit compare with their keys."""
    law, settings = LawReader(load_law()), ReviewSettings(rate=RATE)
    count = keys = found = false = 0
    wrong = []
    for one in seeded:
        hit = frozenset(judge(one.month, law, settings).controls)
        count, keys = count + 1, keys + len(one.key)
        found, false = found + len(one.key & hit), false + len(hit - one.key)
        if hit != one.key:
            wrong.append(
                Missed(name=one.name, missing=tuple(sorted(one.key - hit)), false=tuple(sorted(hit - one.key)))
            )
    return Found(months=count, seeded=keys, found=found, false=false, wrong=tuple(wrong))


def of_months(count: int = MONTHS) -> Found:
    """Return the comparison for so many generated months."""
    return compared(months(count))


def tables() -> tuple[Table, ...]:
    """Return how the generated months compare with their keys, and what judging one took."""
    seconds, found = timed(of_months)
    rows = (
        Row(
            what="one month judged", took=ms(seconds / found.months), note=f"{found.months} months, generator included"
        ),
        Row(what="seeded faults found", took=f"{found.found} of {found.seeded}", times=found.found / found.seeded),
        Row(what="false alarms", took=str(found.false), times=found.false / found.months, note="per month"),
        *(Row(what=one.name, took="wrong", note=f"missed {one.missing}, raised {one.false}") for one in found.wrong),
    )
    return (Table(title="Months for the state with known faults, against their keys (K01-K25)", rows=rows),)
