"""What the fee system has charged → rows, or every fault of the file and no row."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from timvis.core.calendar.months import read_month
from timvis.core.faults import Fault
from timvis.formats import numbers
from timvis.formats.handed_in import Wrong, shown
from timvis.formats.home_care_visits import values
from timvis.formats.sick_cost_papers.columns import Layout
from timvis.formats.sick_cost_papers.opened import opened
from timvis.formats.time_report_table import cells
from timvis.formats.time_report_table.cells import Cell
from timvis.formats.time_report_table.columns import plain
from timvis.formats.time_report_table.rows import Taken


class ChargedColumn(StrEnum):
    """A column; its value is the heading we write."""

    RECIPIENT = "personnummer"
    SERVICE = "insats"
    PROVIDER = "utforare"
    MONTH = "manad"
    MINUTES = "debiterade_minuter"


CHARGED = Layout(
    name="debiterad tid",
    by_heading={plain(column.value): column for column in ChargedColumn},
    needed=tuple((column,) for column in ChargedColumn),
    most_rows=100_000,
)

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargedRow:
    """What one recipient was charged for: whole minutes of a service at a provider (its number)."""

    recipient: str
    service: str
    provider: str
    minutes: int
    line: int


def read_charged(
    content: bytes, file_name: str, month_on: date, known: Collection[Key], *, today: date
) -> tuple[ChargedRow, ...] | tuple[Fault, ...]:
    """Return the rows of a month, or every fault of the file. `known` is whose time was handed over.

    The result holds faults only, or rows only.
    """
    paper = opened(content, file_name, CHARGED)
    if isinstance(paper, tuple):
        return paper
    rows = [_row(taken, month_on, known, today) for taken in paper.rows()]
    seen: set[Key] = set()
    for row in rows:
        key = None if row is None else (row.recipient, row.service, row.provider)
        if row is not None and key in seen:
            paper.faults.append(_TWICE.at(row.line, None))
        if key is not None:
            seen.add(key)
    if paper.faults:
        return paper.told(paper.faults)
    return tuple(row for row in rows if row is not None)


def _row(taken: Taken, month_on: date, known: Collection[Key], today: date) -> ChargedRow | None:
    for column in ChargedColumn:
        if not taken.has(column):
            taken.object(column, Wrong("missing_value", f"Raden saknar {column.value}.", "Fyll i den."))

    def person(cell: Cell) -> str | Wrong:
        return numbers.person(cell, today=today)

    recipient = taken.get(ChargedColumn.RECIPIENT, person)
    service, provider = taken.get(ChargedColumn.SERVICE, cells.text), taken.get(ChargedColumn.PROVIDER, cells.text)
    minutes = taken.get(ChargedColumn.MINUTES, values.whole_minutes)
    month = taken.get(ChargedColumn.MONTH, cells.text)
    if month is not None and read_month(month) != month_on:
        wrong = f"”{shown(month)}” är inte {month_on:%Y-%m}."
        taken.object(ChargedColumn.MONTH, Wrong("another_month", wrong, "Lämna en månad i taget."))
    if recipient is None or service is None or provider is None or minutes is None:
        return None
    tight = "".join(sign for sign in provider if sign.isdecimal())
    if (recipient, service, tight) not in known:
        taken.object(ChargedColumn.RECIPIENT, _UNKNOWN)
        return None
    return ChargedRow(recipient=recipient, service=service, provider=tight, minutes=minutes, line=taken.line)


_UNKNOWN = Wrong(
    "not_handed_over",
    "Personen har ingen sådan insats hos utföraren i det underlag som lämnades.",
    "Rätta raden, eller lämna underlaget på nytt först.",
)
_TWICE = Wrong("charged_twice", "Samma person, insats och utförare står på två rader.", "Lägg ihop dem till en.")
