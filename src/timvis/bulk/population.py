"""A synthetic population: a year of personal assistance as the input relations of the facts, with faults sown in it.

It is made for trying the review at size. Nobody in it exists: persons are numbers without names.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Final

import duckdb

from timvis.bulk.population_sql import MACROS, PERSONS, RELATION_TEXTS, SHIFTS
from timvis.bulk.rows import file_of
from timvis.bulk.tables import fill, number, opened
from timvis.core.calendar.local_time import MIDNIGHT_AFTER, day_minutes, instants, is_clock_change
from timvis.core.calendar.months import days_of_month, month_after
from timvis.core.calendar.weeks import day_number, week_number
from timvis.core.facts.load import PERMIT_GRACE, limits_row, parts_of
from timvis.core.facts.relations import RELATIONS
from timvis.core.facts.settings import ReviewSettings
from timvis.core.law import LawByDay
from timvis.core.records import TimeKind, WorkingTimeLaw

PARTS: Final = 16
MOST_PARTS: Final = 1000
MEMORY_MB: Final = 1024
YEAR: Final = 2025
MOST_SHIFTS: Final = 100_000_000
"""Beyond it the numbers of persons would meet the numbers set aside for employers."""

MONTHS: Final = tuple(month_after(date(YEAR, 1, 1), n) for n in range(12))
LEAST_SHIFTS: Final = 150
SPARE_PERSONS: Final = 9
"""Nobody has so few in a year, unless she dies: a pool of that many persons fills any quota."""

LIMITS: Final[tuple[tuple[WorkingTimeLaw | None, bool], ...]] = (
    (WorkingTimeLaw.WORKING_HOURS_ACT, False),
    (WorkingTimeLaw.WORKING_HOURS_ACT, True),
    (WorkingTimeLaw.HOUSEHOLD_ACT, False),
    (None, False),
)
"""Which limits an employer may have, and whether its overtime is counted by month."""

DAY: Final = (
    "work_on",
    "week",
    "month",
    "month_from",
    "month_to",
    "due_on",
    "year",
    "starts_at",
    "day_minutes",
    "waiting_parts",
    "standby_parts",
)
CLOCK: Final = ("work_on", "clock_minute", "shown_minute", "earliest_at", "latest_at", "comes_twice")
"""What a day is, and a quarter of an hour of a day when the clocks change."""

COUNTED: Final = {
    "shifts": "SELECT count(*) FROM claimed",
    "recipients": "SELECT count(DISTINCT recipient_id) FROM claimed",
    "assistants": "SELECT count(DISTINCT assistant_id) FROM claimed",
    "claims": "SELECT count(*) FROM made_claim",
}
SOWN: Final = {
    "shift_was_reported_twice": "SELECT count(*) FROM claimed WHERE fault = 1",
    "assistant_overlapped_with_the_same_recipient": "SELECT count(*) FROM claimed WHERE fault = 2",
    "assistant_was_with_two_recipients_at_once": "SELECT count(*) FROM claimed WHERE fault = 3",
    "claim_was_handed_in_late": "SELECT count(*) FROM made_claim WHERE due_is_known = 1 AND received_on > due_on",
    "due_day_was_not_known": "SELECT count(*) FROM made_claim WHERE due_is_known = 0",
    "agent_was_not_registered": "SELECT count(*) FROM made_claim WHERE agent_is_used = 1 AND agent_is_registered = 0",
}
"""What is counted in every part; of the faults some, by the rule that has to find each of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """What was made. `sown` counts faults by the code of the rule that has to find them."""

    seed: int
    parts: int
    shifts: int
    recipients: int
    assistants: int
    claims: int
    sown: dict[str, int]


def generate(
    out: Path,
    *,
    shifts: int,
    seed: int,
    law: LawByDay,
    parts: int = PARTS,
    on_part: Callable[[int, int], None] = lambda _part, _of: None,
) -> Population:
    """Write a population of exactly so many shifts under a folder: a folder per part, a Parquet file per relation.

    The same arguments give the same rows. `population.json` beside the parts says what was made; `on_part` hears how
    many parts are done, and of how many. Raises `LawGap`.
    """
    counts: Counter[str] = Counter()
    with opened(MEMORY_MB) as memory:
        lay_out(memory, MONTHS, seed=seed, law=law)
        for part in range(parts):
            first_shift = shifts * part // parts
            quota = shifts * (part + 1) // parts - first_shift
            pool = quota // LEAST_SHIFTS + SPARE_PERSONS
            settle(memory, pool=pool, part=part, parts=parts, first_shift=first_shift, quota=quota)
            _write_part(memory, out / f"part={part:03d}")
            counts.update({name: number(memory, text) for name, text in {**COUNTED, **SOWN}.items()})
            on_part(part + 1, parts)
    made = Population(
        seed=seed,
        parts=parts,
        sown={code: counts[code] for code in SOWN},
        **{name: counts[name] for name in COUNTED},
    )
    (out / "population.json").write_text(json.dumps(asdict(made), indent=2) + "\n", encoding="utf-8")
    return made


def lay_out(memory: duckdb.DuckDBPyConnection, months: Sequence[date], *, seed: int, law: LawByDay) -> None:
    """Lay out what law and calendar say of some months, so that the population's SQL holds neither. Raises `LawGap`."""
    memory.execute(MACROS)
    _set(memory, seed=seed, grace_days=law.count(PERMIT_GRACE, months[0]))
    days = [day for month in months for day in days_of_month(month)]
    limits = [
        {"chosen": chosen, **limits_row(0, act, month, month, law, ReviewSettings(counts_by_month=by_month))}
        for chosen, (act, by_month) in enumerate(LIMITS)
        for month in months
    ]
    fill(memory, "day", DAY, [_day_row(day, law) for day in days])
    fill(memory, "clock", CLOCK, [row for day in days for row in _clock_rows(day)])
    fill(memory, "limits", ["chosen", *RELATIONS["law"]], limits)


def settle(
    memory: duckdb.DuckDBPyConnection, *, pool: int, part: int = 0, parts: int = 1, first_shift: int = 0, quota: int
) -> None:
    """Let people live the months that are laid out: `person`, `claimed`, and a view `made_…` for each relation.

    Of a pool of persons as many are taken as the quota of shifts needs. Persons and shifts of different parts have
    different numbers.
    """
    _set(memory, pool=pool, part=part, parts=parts, first_shift=first_shift, quota=quota)
    memory.execute(PERSONS)
    memory.execute(SHIFTS)
    for name, columns in RELATIONS.items():
        whole = ", ".join(f"{column}::BIGINT AS {column}" for column in columns)
        memory.execute(f"CREATE OR REPLACE VIEW made_{name} AS SELECT {whole} FROM ({RELATION_TEXTS[name]})")


def _write_part(memory: duckdb.DuckDBPyConnection, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, columns in RELATIONS.items():
        # Every relation begins with what names its rows: in that order the same rows make the same file.
        rows = memory.view(f"made_{name}").order(", ".join(columns))
        rows.write_parquet(str(file_of(folder, name)))


def _day_row(day: date, law: LawByDay) -> dict[str, int]:
    next_month_on = month_after(day)
    return {
        "work_on": day_number(day),
        "week": week_number(day),
        "month": day.year * 12 + day.month,
        "month_from": day_number(day.replace(day=1)),
        "month_to": day_number(next_month_on),
        # The fifth of the second month after, as the state's reports are due.
        "due_on": day_number(month_after(next_month_on)) + 4,
        "year": day.year,
        "starts_at": int(instants(day, 0)[0]),
        "day_minutes": day_minutes(day),
        "waiting_parts": parts_of(TimeKind.WAITING, day, law),
        "standby_parts": parts_of(TimeKind.STANDBY, day, law),
    }


def _clock_rows(day: date) -> Iterator[dict[str, int]]:
    """Yield every quarter of a day when the clocks change: the instants of a shift that starts or ends then.

    A quarter that spring skips stands for the first that exists; of the two that autumn has, a start takes the
    later and an end the earlier, which is the reading with the fewest minutes.
    """
    if not is_clock_change(day):
        return
    for minute in range(0, MIDNIGHT_AFTER + 1, 15):
        there_is = next(later for later in range(minute, MIDNIGHT_AFTER + 1) if instants(day, later))
        found = instants(day, there_is)
        yield {
            "work_on": day_number(day),
            "clock_minute": minute,
            "shown_minute": there_is,
            "earliest_at": int(found[0]),
            "latest_at": int(found[-1]),
            "comes_twice": int(len(found) > 1),
        }


def _set(memory: duckdb.DuckDBPyConnection, **values: int) -> None:
    for name, value in values.items():
        memory.execute(f"SET VARIABLE {name} = {value}::BIGINT")
