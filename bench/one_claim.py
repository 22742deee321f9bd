"""One claim of a hundred shifts: through every rule, and to the statement."""

import sqlite3
from dataclasses import replace
from datetime import date, timedelta

from bench.told import Row, Table, best, ms, spaced
from timvis.core.calculation.hourly import HourlyCase, HourlySettings, calculate, proposed_words, statement
from timvis.core.calculation.pieces import Piece
from timvis.core.calculation.rates import RateRule
from timvis.core.calendar.local_time import clock_text, span
from timvis.core.calendar.weeks import week_number
from timvis.core.facts.derive import derive
from timvis.core.facts.load import Loaded, load
from timvis.core.facts.relations import RELATIONS
from timvis.core.facts.settings import ReviewSettings
from timvis.core.law import LawReader
from timvis.core.quantities import PARTS_PER_MINUTE, Minutes, OrePerHour
from timvis.core.records import (
    Assistant,
    Case,
    ClockSpan,
    Grant,
    GrantUnit,
    OtherShift,
    Provider,
    ProviderKind,
    Recipient,
    Regime,
    ReportRow,
    Signature,
    TimeKind,
    TimeReport,
)
from timvis.core.review.review import review
from timvis.core.review.rules import RULES
from timvis.core.statement import Statement
from timvis.formats.law.packaged import load_law

SHIFTS, RUNS = 100, 30
MONTH, SIGNED_ON = date(2025, 1, 1), date(2025, 2, 3)
ALMA, EKOT = "194001279050", "5599000014"
ASSISTANTS = ("198002152380", "197610062395", "198501122397", "197809082386", "198412202395")
SHIFTS_A_DAY = ((0, 480), (480, 960), (960, 1440), (600, 720))
RATE = OrePerHour(29_900)
LAW = load_law()


def tables() -> tuple[Table, ...]:
    """Return what one claim takes, and calculations in a second."""
    return (_claim(), _calculations())


def _claim() -> Table:
    """Measure one claim beside what no review can do without: its rows put into a database and read back."""
    case = month_of_shifts()
    history = replace(case, others=tuple(_year_before()))
    loaded = load(case, LawReader(LAW), ReviewSettings(rate=RATE))
    measure = best(lambda: _stored_and_read(loaded), times=RUNS)

    def row(what: str, seconds: float, note: str = "") -> Row:
        return Row(what=what, took=ms(seconds), times=seconds / measure, note=note)

    whole = best(lambda: reviewed_and_stated(case), times=RUNS)
    return Table(
        title=f"One claim of {SHIFTS} shifts, {len(RULES)} rules",
        rows=(
            Row(what="its rows into an in-memory SQLite and out again, nothing asked", took=ms(measure)),
            row("facts derived", best(lambda: derive(loaded.relations), times=RUNS)),
            row("reviewed", best(lambda: review(case, LawReader(LAW), ReviewSettings(rate=RATE)), times=RUNS)),
            row("reviewed, and the statement made", whole, f"{whole / SHIFTS * 1_000_000:.0f} µs a shift"),
            row(
                f"the same, with {len(history.others)} shifts of the year before",
                best(lambda: reviewed_and_stated(history), times=RUNS),
            ),
        ),
    )


def _calculations() -> Table:
    """Measure a written calculation of a month of shifts beside the same one with a single shift."""
    month = tuple(_piece(day) for day in range(31))
    many = best(lambda: calculate(_written(month), LawReader(LAW)), times=RUNS)
    one = best(lambda: calculate(_written(month[:1]), LawReader(LAW)), times=RUNS)
    return Table(
        title="Calculations",
        rows=(
            Row(what="a month with one shift", took=f"{spaced(round(1 / one))} a second"),
            Row(what="a month with 31 shifts", took=f"{spaced(round(1 / many))} a second", times=many / one),
        ),
    )


def reviewed_and_stated(case: Case) -> Statement:
    """Return the statement of a case whose findings get the words they propose."""
    law, settings = LawReader(LAW), ReviewSettings(rate=RATE)
    found = review(case, law, settings).findings
    words = proposed_words(found)
    return statement(case, found, words, law, RateRule(ore_per_hour=RATE), settings, HourlySettings())


def month_of_shifts() -> Case:
    """Return a month in which five assistants share day and night, with a hundred shifts."""
    spans = [(span_of(MONTH + timedelta(days=n // 4), *SHIFTS_A_DAY[n % 4]), n) for n in range(SHIFTS)]
    return Case(
        regime=Regime.LSS,
        month_on=MONTH,
        recipient=Recipient(number=ALMA, name="Alma Alm"),
        provider=Provider(
            number=EKOT, name="Ekot AB", kind=ProviderKind.COMPANY, permit_from=date(2015, 1, 1), managers=("x",)
        ),
        reports=tuple(
            _report(assistant, [one for one, n in spans if n % len(ASSISTANTS) == at])
            for at, assistant in enumerate(ASSISTANTS)
        ),
        assistants=tuple(
            Assistant(
                number=number,
                name="",
                born_on=date(1980, 1, 1),
                lives_outside_eea=False,
                registered_on=date(2018, 1, 1),
            )
            for number in ASSISTANTS
        ),
        grants=(_grant(),),
        received_on=SIGNED_ON,
        due_on=SIGNED_ON,
    )


def _grant() -> Grant:
    return Grant(
        reference="b",
        regime=Regime.LSS,
        decided_on=date(2020, 1, 1),
        granted_from=date(2020, 1, 1),
        granted_to=None,
        granted_minutes=Minutes(168 * 60),
        per=GrantUnit.WEEK,
    )


def _report(assistant: str, spans: list[ClockSpan]) -> TimeReport:
    return TimeReport(
        key=assistant,
        month_on=MONTH,
        recipient_number=ALMA,
        recipient_name="Alma Alm",
        assistant_number=assistant,
        assistant_name="",
        rows=tuple(ReportRow(line=n, kind=TimeKind.ACTIVE, span=one) for n, one in enumerate(spans, start=2)),
        assistant_signature=Signature(signed_on=SIGNED_ON),
        manager_signature=Signature(signed_on=SIGNED_ON, number="x"),
    )


def _year_before() -> list[OtherShift]:
    return [
        OtherShift(
            reference="r",
            assistant_number=ASSISTANTS[back % len(ASSISTANTS)],
            is_same_recipient=True,
            is_same_employer=True,
            kind=TimeKind.ACTIVE,
            span=span_of(MONTH - timedelta(days=back // 3 + 1), *SHIFTS_A_DAY[back % 3]),
        )
        for back in range(1000)
    ]


def span_of(on: date, start: int, end: int) -> ClockSpan:
    """Return a piece of a day, from and to as minutes after midnight."""
    found = span(on, clock_text(start), clock_text(end))
    assert isinstance(found, ClockSpan), found
    return found


def _stored_and_read(loaded: Loaded) -> None:
    memory = sqlite3.connect(":memory:")
    for name, columns in RELATIONS.items():
        memory.execute(f"CREATE TABLE {name} ({', '.join(columns)})")
        rows = [tuple(row[column] for column in columns) for row in loaded.relations[name]]
        memory.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(columns))})", rows)
        memory.execute(f"SELECT * FROM {name}").fetchall()
    memory.close()


def _piece(day: int) -> Piece:
    on = MONTH + timedelta(days=day)
    return Piece(
        shift_id=day + 1,
        assistant_id=1,
        kind=TimeKind.ACTIVE,
        work_on=on,
        week=week_number(on),
        start_at=day * 1440,
        minutes=450,
        parts_per_minute=PARTS_PER_MINUTE,
    )


def _written(performed: tuple[Piece, ...]) -> HourlyCase:
    return HourlyCase(month_on=MONTH, performed=performed, grants=(_grant(),), rate=RateRule(ore_per_hour=RATE))
