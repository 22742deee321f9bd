"""Builds the months of `tests/cases/rules/`: the ordinary month with some keys changed."""

import copy
import tomllib
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from timvis.core.calculation.rates import rate_on
from timvis.core.calendar.local_time import span
from timvis.core.facts.settings import ReviewSettings
from timvis.core.law import LawReader
from timvis.core.records import Case, ClockSpan, KindSums, ReportRow, Signature, TimeKind, TimeReport
from timvis.formats.case_facts.read import CaseFacts, of_table, with_reports
from timvis.formats.law.packaged import load_law

FOLDER = Path(__file__).parents[1] / "cases" / "rules"
UNSET = "UNSET"


def case_files() -> list[Path]:
    """Every rule's file, by the rule's name."""
    return sorted(path for path in FOLDER.glob("*.toml") if not path.name.startswith("_"))


def month(changes: dict[str, Any]) -> tuple[Case, ReviewSettings]:
    """The ordinary month with a case's changes, and the settings it is reviewed under."""
    table = copy.deepcopy(_toml("_month.toml"))
    for path, value in changes.get("set", {}).items():
        _put(table, path.split("."), value)
    if "others_hours" in changes:
        table["facts"]["others"] = list(_earlier_hours(**changes["others_hours"]))
    facts = of_table(table["facts"], source="case")
    assert isinstance(facts, CaseFacts), facts
    case = with_reports(facts, (_report(table["report"], changes.get("rows") or table["rows"], facts.case.month_on),))
    assert facts.rate is not None
    rate = rate_on(facts.rate, case.month_on, LawReader(load_law()))
    return case, replace(facts.settings, rate=rate.ore_per_hour)


def cases_of(path: Path) -> dict[str, dict[str, Any]]:
    """The two cases of a rule's file."""
    return _toml(path.name)


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def _put(table: Any, path: list[str], value: Any) -> None:
    *way, last = path
    for step in way:
        table = table[int(step)] if isinstance(table, list) else table[step]
    if value == UNSET:
        del table[last]
    elif isinstance(table, list):
        table.insert(int(last), value)
    else:
        table[last] = value


def _report(said: dict[str, Any], rows: list[str], month_on: date) -> TimeReport:
    signed_on = month_on + timedelta(days=32)
    return TimeReport(
        key=said["key"],
        month_on=month_on,
        recipient_number=said["recipient_number"],
        recipient_name=said["recipient_name"],
        assistant_number="198002152380",
        assistant_name="Björn Berg",
        rows=tuple(_row(line, text) for line, text in enumerate(rows, start=2)),
        assistant_signature=Signature(signed_on=signed_on) if said["assistant_signed"] else None,
        manager_signature=Signature(signed_on=signed_on, number=said.get("manager_number"))
        if said["manager_signed"]
        else None,
        stated_sums=KindSums(active_minutes=said["stated_active_minutes"]) if "stated_active_minutes" in said else None,
    )


def _row(line: int, text: str) -> ReportRow:
    day, clock, kind = text.split()
    found = span(date.fromisoformat(day), *clock.split("-"))
    assert isinstance(found, ClockSpan), found
    return ReportRow(line=line, kind=TimeKind(kind), span=found)


def _earlier_hours(hours: int, before: date) -> Any:
    """Ten hours a day, backwards from a day, until the hours are laid out."""
    for back in range(1, hours // 10 + 1):
        yield {
            "reference": "tidigare månad",
            "assistant_number": "198002152380",
            "is_same_recipient": True,
            "on": before - timedelta(days=back),
            "from": "08.00",
            "to": "18.00",
        }
