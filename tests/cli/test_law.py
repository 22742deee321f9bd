"""`timvis law list` and `timvis law show`, as somebody types them."""

import json
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from timvis.cli.main import app
from timvis.formats.law.packaged import load_law


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["law", *words])


def document(result: Result) -> Any:
    return json.loads(result.stdout)


def test_the_list_has_every_code() -> None:
    result = run("list", "--json")

    assert result.exit_code == 0
    assert document(result)["faults"] == []
    assert document(result)["codes"] == sorted(load_law().values)
    assert len(document(result)["codes"]) == 188


def test_a_number_is_shown_with_its_grounds() -> None:
    result = run("show", "assistance.hourly_rate", "--on", "2026-10-01", "--json")

    assert result.exit_code == 0
    assert result.stderr == ""
    shown = document(result)
    assert shown["faults"] == []
    assert shown["value"] == "347.70"
    assert shown["unit"] == "SEK/hour"
    assert (shown["from"], shown["to"]) == ("2026-01-01", "2026-12-31")
    assert shown["law"] == "förordning (1993:1091) 5 §, SFS 2025:1045"
    assert shown["source"] == ["https://github.com/legalize-dev/legalize-se/blob/main/se/SFS-1993-1091.md"]
    assert shown["confidence"] == "verified"
    assert shown["checked_on"] == "2026-11-21"
    assert shown["known_on"] == "2026-11-21"


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("local.vasteras.amount", "289.00"),
        ("assistance.standby.waiting_time_factor", "1/4"),
        ("assistance.assistant.min_age", 18),
        ("lss.decision_effective", True),
        ("local.leksand.planned_absence_paid", False),
        ("lss.assistant.outside_eea", "never_a_cost"),
        ("retention.client_file.exception_birthdays", "5,15,25"),
        ("worktime.waiting_time_weight", "1"),
        ("worktime.atl.ordinary_week", "40"),
    ],
)
def test_a_value_is_written_as_what_it_is(code: str, value: object) -> None:
    shown = document(run("show", code, "--on", "2020-06-01", "--json"))

    assert shown["value"] == value
    assert type(shown["value"]) is type(value)


def test_an_open_row_says_how_far_it_has_been_checked() -> None:
    shown = document(run("show", "worktime.atl.ordinary_week", "--on", "2026-10-01", "--json"))

    assert shown["to"] is None
    assert shown["holds_to"] == shown["reaches_to"] == "2026-11-21"
    assert "mars 2026" in shown["doubt"]


def test_a_gap_ends_with_1_and_names_the_dates() -> None:
    result = run("show", "local.vasteras.amount", "--on", "2022-01-01", "--json")

    assert result.exit_code == 1
    assert document(result)["faults"] == []
    assert document(result)["gap"]["code"] == "local.vasteras.amount"
    assert document(result)["gap"]["dates"] == ["2022-01-01"]
    assert "det sista gäller till och med 2021-12-31" in result.stderr


def test_what_was_not_known_on_a_day_is_a_gap() -> None:
    result = run("show", "assistance.hourly_rate", "--on", "2026-10-01", "--known", "2026-11-20", "--json")

    assert result.exit_code == 1
    assert "var inte känt 2026-11-20" in document(result)["gap"]["message"]


def test_a_number_from_memory_is_shown_as_one_that_pays_nothing() -> None:
    result = run("show", "assistance.hourly_rate", "--on", "1999-06-01", "--json")

    assert result.exit_code == 0
    assert document(result)["confidence"] == "from-memory"
    assert document(result)["confirmed"] is False
    assert document(result)["gap"] == {"code": "assistance.hourly_rate", "dates": ["1999-01-01"]}


def test_a_rate_that_depends_on_age_asks_for_it() -> None:
    asked = run("show", "payroll.contribution.young", "--on", "2021-03-25", "--json")
    answered = run("show", "payroll.contribution.young", "--on", "2021-03-25", "--age", "17", "--json")

    assert asked.exit_code == 2
    assert [fault["code"] for fault in document(asked)["faults"]] == ["age_is_needed"]
    assert "15–17 år: 10,21 procent; 18–22 år: 19,73 procent" in asked.stderr
    assert answered.exit_code == 0
    assert document(answered)["value"] == "10.21"
    assert document(answered)["monthly_cap_ore"] == 2_500_000


def test_everything_unreadable_in_a_call_is_told_at_once() -> None:
    result = run("show", "assistance.hourly_rat", "--on", "2026-02-30", "--known", "igår", "--age", "x", "--json")

    assert result.exit_code == 2
    assert list(document(result)) == ["faults"]
    assert [fault["code"] for fault in document(result)["faults"]] == [
        "unknown_code",
        "unreadable_date",
        "unreadable_date",
        "unreadable_age",
    ]
    assert "Menade du assistance.hourly_rate" in result.stderr


@pytest.mark.parametrize("day", ["20261001", "2026-W40-4", "1 oktober", "2026-10-1", "٢٠٢٦-١٠-٠١"])
def test_only_a_day_with_dashes_is_a_day(day: str) -> None:
    assert run("show", "assistance.hourly_rate", "--on", day).exit_code == 2


def test_a_missing_day_is_a_fault() -> None:
    result = run("show", "assistance.hourly_rate", "--json")

    assert result.exit_code == 2
    assert [fault["code"] for fault in document(result)["faults"]] == ["day_is_missing"]


def test_a_language_we_do_not_speak_is_a_fault() -> None:
    result = run("list", "--lang", "fi", "--json")

    assert result.exit_code == 2
    assert [fault["code"] for fault in document(result)["faults"]] == ["unknown_language"]


def test_a_person_reads_value_ground_and_doubt() -> None:
    result = run("show", "assistance.hourly_rate", "--on", "2026-10-01")

    assert result.exit_code == 0
    assert "347,70 kr per timme" in result.stdout
    assert "2026-01-01 till och med 2026-12-31" in result.stdout
    assert "förordning (1993:1091) 5 §" in result.stdout
    assert "omkring mars" in result.stdout


def test_a_large_amount_is_written_as_swedes_write_it() -> None:
    result = run("show", "lss.special_charge.max", "--on", "2026-10-01")

    assert "1\u202f500\u202f000 kr" in result.stdout


def test_english_is_spoken_when_asked_for() -> None:
    shown = run("show", "assistance.hourly_rate", "--on", "2026-10-01", "--lang", "en")
    gap = run("show", "assistance.hourly_rate", "--on", "2027-01-01", "--lang", "en")

    assert "347.70 SEK per hour" in shown.stdout
    assert "has no value in force" in gap.stderr


def test_the_list_is_readable_without_json() -> None:
    result = run("list")

    assert result.exit_code == 0
    assert "assistance.hourly_rate" in result.stdout
    assert "188 tal" in result.stdout
