"""`timvis demo`: from an empty folder to archived months, by itself, with the same result every time."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from timvis.cli.demo import make_anew

STATIONS = ["Intag", "Granskning", "Beräkning", "Attest", "Betalning", "Bokföring", "Arkiv"]
TOWNS = ("vasteras", "motala", "ekkoping")
ROOT = Path(__file__).parents[2]


def timvis(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("TIMVIS_", "DATABASE_"))}
    return subprocess.run(
        [sys.executable, "-c", "from timvis.cli.main import run; run()", *words],
        env={**environment, "TIMVIS_HOME": str(home)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def told(home: Path) -> dict[str, Any]:
    ran = timvis(home, "demo", "--json")
    assert ran.returncode == 0, ran.stderr
    document: dict[str, Any] = json.loads(ran.stdout)
    return document


def test_every_month_passes_the_seven_stations_in_their_order(told: dict[str, Any]) -> None:
    assert all([one["station"] for one in month["stations"]] == STATIONS for month in told["months"])
    assert {town: [month["month"] for month in told["months"] if month["municipality"] == town] for town in TOWNS} == {
        "vasteras": ["2019-10", "2020-03", "2021-02", "2022-01"],
        "motala": ["2024-03", "2026-10"],
        "ekkoping": ["2026-10"],
    }


def test_the_decided_rates_of_three_years_give_the_amounts(told: dict[str, Any]) -> None:
    paid = {
        month["month"]: {claim["claim"]: claim["total_ore"] for claim in month["claims"]}
        for month in told["months"]
        if month["municipality"] == "vasteras"
    }

    # 184 h by day, and the night from 22 to 07 when the clocks went back: ten hours. 194 h at 284,81.
    assert paid["2019-10"]["alma"] == 194 * 28_481
    # 200 h a month and a temporary increase of 20: of 222 reported hours, two lie beyond.
    assert paid["2020-03"]["alma"] == 220 * 28_900
    # No decision when it was handed in: sent back. With the decision the very same reports are paid.
    assert (paid["2020-03"]["jonas"], paid["2020-03"]["jonas-retroactive"]) == (0, 101 * 28_900)
    # 20 days of 8 h, and Lena's two shifts of 5 h once she had signed.
    assert paid["2021-02"]["alma"] == 170 * 29_900


def test_what_is_reported_is_paid_or_refused_or_was_sent_back(told: dict[str, Any]) -> None:
    for month in told["months"]:
        for claim in month["claims"]:
            if claim["status"] == "archived":
                assert claim["payable_28ths"] + claim["refused_28ths"] == claim["reported_28ths"]


def test_an_invoice_is_paid_whole_or_goes_back_or_lies_where_somebody_is_to_take_it_on(told: dict[str, Any]) -> None:
    months = {month["month"]: month for month in told["months"] if month["municipality"] == "motala"}
    became = {
        claim["claim"]: (claim["status"], claim["total_ore"]) for month in months.values() for claim in month["claims"]
    }

    assert became == {
        "for-manga-timmar": ("returned", 0),
        "sjuklon": ("archived", 449_456),
        "forsta-tjugo-timmarna": ("archived", 1_663_000 + 665_200),
        "ratta-timmar": ("archived", 110 * 33_000),
        "FT-2026-10": ("in_review", 0),
        "FT-2026-08": ("calculated", 20 * 34_770),
        "E-2610": ("calculated", 110 * 33_000),
        "E-2611": ("calculated", 449_456),
    }
    assert months["2026-10"]["stations"][0]["text"] == "7 fakturor, 4 ärenden; 2 väntar på att handläggas"


def test_a_year_that_nobody_has_decided_a_rate_for_is_a_gap(told: dict[str, Any]) -> None:
    (gap,) = told["gaps"]

    assert (gap["code"], gap["dates"]) == ("local.vasteras.amount", ["2022-01-03"])


def test_every_fault_of_every_broken_file_is_told(told: dict[str, Any]) -> None:
    broken = {file["file"]: len(file["faults"]) for month in told["months"] for file in month["broken"]}

    assert broken == {
        "broken/everything.csv": 7,
        "broken/wrong-order.xml": 4,
        "broken/unclosed.xml": 1,
        "broken/cut-off.xlsx": 1,
        "broken/by-hand.toml": 2,
    }


def test_the_rules_that_the_examples_are_seeded_for_object(told: dict[str, Any]) -> None:
    cannot_happen_in_one_month = {
        "due_day_was_not_known",
        "month_was_longer_than_the_limit",
        "total_working_time_was_beyond_the_average",
        "year_was_longer_than_the_limit",
    }

    assert cannot_happen_in_one_month.isdisjoint(told["findings_by_rule"])
    assert len(told["findings_by_rule"]) >= 35


def test_every_file_it_tells_of_lies_there(home: Path, told: dict[str, Any]) -> None:
    files = [file["path"] for month in told["months"] for file in month["files"]]

    assert {Path(file).suffix for file in files} == {".xml", ".si", ".zip"}
    assert all((home / file).is_file() for file in files)


def test_the_log_the_books_and_the_amounts_hold_afterwards(home: Path, told: dict[str, Any]) -> None:
    assert told["ok"]
    for words in (("decisions", "recompute"), ("ledger", "check"), ("audit", "verify")):
        ran = timvis(home, *words, "--json")
        assert (ran.returncode, json.loads(ran.stdout)["ok"]) == (0, True), words


def test_the_same_run_again_gives_the_same(home: Path, told: dict[str, Any]) -> None:
    ran = timvis(home, "demo")

    assert ran.returncode == 0, ran.stderr
    assert told["digest"] in ran.stdout
    assert all(f"  {station}" in ran.stdout for station in STATIONS)


def test_what_any_command_leaves_behind_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / "secret-key").write_text("x" * 60, encoding="utf-8")
    with closing(sqlite3.connect(tmp_path / "timvis.sqlite3")) as empty:
        empty.execute("PRAGMA journal_mode=WAL")

    assert make_anew(tmp_path)


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("mine", encoding="utf-8")

    ran = timvis(tmp_path, "demo", "--json")

    assert ran.returncode == 2
    assert json.loads(ran.stdout)["faults"][0]["code"] == "folder_is_not_the_demos"
    assert (tmp_path / "letters.txt").exists()
