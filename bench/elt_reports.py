"""Time reports to the state, made at random: written, held against the schema, and read back to the same record."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from lxml import etree

from bench.told import Row, Table, ms, spaced, timed
from timvis.core.calendar.local_time import clock_text, span
from timvis.core.records import ClockSpan, ReportRow, TimeKind, TimeReport
from timvis.formats.elt.read import read
from timvis.formats.elt.schema import schema
from timvis.formats.elt.write import write

REPORTS = 10_000
TODAY = date(2030, 1, 1)
RECIPIENTS = ("197901012380", "194001279050", "197002129273")
ASSISTANTS = ("197901012398", "198002152380", "198000602394")  # the last one is a coordination number
EMPLOYERS = ("5599000006", "5599000014")
NAMES = ("Alma", "Åke", "Çelik", "D'Arc", "Öst-Ek", "Ó Briain", "<&>", "李", "Zoë")
MIDNIGHT = 24 * 60
MOST_ROWS = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundTrip:
    """How many reports there were, and those that the schema refused or that came back as another record."""

    reports: int
    rows: int
    refused: tuple[str, ...]
    changed: tuple[str, ...]


def reports(count: int, seed: int = 1) -> Iterator[TimeReport]:
    """Yield so many reports, any month of fifteen years, nights of clock changes and days of 24.00 among them."""
    dice = random.Random(seed)
    for _ in range(count):
        month_on = date(dice.randrange(2015, 2030), dice.randrange(1, 13), 1)
        own = dice.random() < 0.1
        yield TimeReport(
            key=str(UUID(int=dice.getrandbits(128))),
            month_on=month_on,
            recipient_number=dice.choice(RECIPIENTS),
            recipient_name=_name(dice),
            assistant_number=dice.choice(ASSISTANTS),
            assistant_name=_name(dice),
            rows=tuple(_rows(month_on, dice)),
            employer_number=None if own else dice.choice(EMPLOYERS),
            is_own_employer=own,
            has_agreement=dice.random() < 0.8,
            reference_periods=() if own else tuple(_periods(month_on, dice)),
        )


def round_trip(count: int = REPORTS, seed: int = 1) -> RoundTrip:
    """Return what became of so many reports on the way out and in again."""
    rows, refused, changed = 0, [], []
    for report in reports(count, seed):
        rows += len(report.rows)
        content = write(report)
        if not isinstance(content, bytes) or not schema().validate(etree.fromstring(content)):
            refused.append(report.key)
            continue
        again = read(content, today=TODAY).reports
        if [_without_lines(one) for one in again] != [report]:
            changed.append(report.key)
    return RoundTrip(reports=count, rows=rows, refused=tuple(refused), changed=tuple(changed))


def tables() -> tuple[Table, ...]:
    """Return what writing, validating and reading the reports took, and how many came back as they were."""
    seconds, told = timed(round_trip)
    same = told.reports - len(told.refused) - len(told.changed)
    return (
        Table(
            title="Random time reports to the state (ELT): written, held against the schema, read back",
            rows=(
                Row(what="one report", took=ms(seconds / told.reports), note=f"{spaced(told.rows)} rows in all"),
                Row(
                    what="accepted by the schema and read back to the same record",
                    took=f"{spaced(same)} of {spaced(told.reports)}",
                    times=same / told.reports,
                ),
            ),
        ),
    )


def _name(dice: random.Random) -> str:
    return " ".join(dice.choice(NAMES) for _ in range(dice.randrange(1, 4)))


def _rows(month_on: date, dice: random.Random) -> Iterator[ReportRow]:
    days = ((month_on + timedelta(days=32)).replace(day=1) - month_on).days
    left = dice.choice((1, 5, 25, MOST_ROWS))
    while left:
        day = month_on + timedelta(days=dice.randrange(days))
        begins = dice.randrange(MIDNIGHT)
        ends = dice.choice((MIDNIGHT, dice.randrange(begins + 1, MIDNIGHT + 1)))
        piece = span(day, clock_text(begins), clock_text(ends))
        if isinstance(piece, ClockSpan):  # the hour that spring skips is no time, and is not written
            left -= 1
            yield ReportRow(line=0, kind=dice.choice(list(TimeKind)), span=piece)


def _periods(month_on: date, dice: random.Random) -> Iterator[tuple[date, date]]:
    begins = month_on
    for _ in range(dice.randrange(4)):
        ends = begins + timedelta(days=dice.randrange(1, 120))
        yield begins, ends
        begins = ends


def _without_lines(report: TimeReport) -> TimeReport:
    return replace(report, rows=tuple(replace(row, line=0) for row in report.rows))
