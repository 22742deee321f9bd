"""Every file of tests/core/calendar_cases: the rule as a routine writes it, and the day worked out by hand."""

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from timvis.core.calendar.deadlines import due
from timvis.core.calendar.due_tables import read_due_rule
from timvis.core.calendar.local_time import clock_text, instant
from timvis.core.records import Instant
from timvis.formats.holiday_calendar.read import holidays_around

CASES = Path(__file__).parent / "calendar_cases"


def every_due() -> list[Any]:
    files = sorted(CASES.glob("*.toml"))
    return [
        pytest.param(case, id=f"{file.stem}-{nth}")
        for file in files
        for nth, case in enumerate(tomllib.loads(file.read_text(encoding="utf-8"))["due"], start=1)
    ]


def moment(local: datetime) -> Instant:
    return instant(local.date(), local.hour * 60 + local.minute)


@pytest.mark.parametrize("case", every_due())
def test_a_deadline_falls_where_the_example_says(case: dict[str, Any]) -> None:
    rule = read_due_rule(case["rule"])
    assert not isinstance(rule, tuple), rule

    found = due(rule, case["from"], holidays_around(case["from"]))

    assert found.on == case["day"]
    assert (None if found.at_minute is None else clock_text(found.at_minute)) == case.get("time")
    for received in case.get("received", []):
        assert found.is_late(moment(received["at"])) == received["late"], received["at"]


def test_the_examples_are_there() -> None:
    names = {file.name[:4] for file in CASES.glob("*.toml")}

    assert names >= {"W-41", "W-42", "W-44"}
