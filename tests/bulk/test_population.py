"""The synthetic population: the same for the same seed, whole, and like the country it stands for."""

from pathlib import Path
from typing import Any

import duckdb
import pytest

from timvis.bulk.population import MONTHS, Population, generate
from timvis.bulk.rows import faults_in, file_of, parts_in
from timvis.bulk.tables import opened
from timvis.core.calendar.local_time import clock_text, span
from timvis.core.calendar.weeks import day_of
from timvis.core.facts.relations import RELATIONS
from timvis.core.law import LawReader
from timvis.core.records import ClockSpan
from timvis.formats.law.packaged import load_law

PARTS = 2


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("population")


@pytest.fixture(scope="module")
def made(folder: Path) -> Population:
    return generate(folder, shifts=20_000, seed=7, law=LawReader(load_law()), parts=PARTS)


def asked(folder: Path, relation: str, text: str) -> list[Any]:
    files = [str(file_of(part, relation)) for part in parts_in(folder)]
    with duckdb.connect(":memory:") as memory:
        memory.read_parquet(files).create_view(relation)
        found: list[Any] = memory.sql(text).fetchall()
    return found


def everything(folder: Path) -> dict[str, list[Any]]:
    return {name: asked(folder, name, f"SELECT * FROM {name} ORDER BY ALL") for name in RELATIONS}


def test_the_same_seed_gives_the_same_rows_and_another_seed_others(tmp_path: Path) -> None:
    law = LawReader(load_law())
    for name, seed in (("first", 1), ("again", 1), ("other", 2)):
        generate(tmp_path / name, shifts=500, seed=seed, law=law, parts=PARTS)

    first, again, other = (everything(tmp_path / name) for name in ("first", "again", "other"))

    assert first == again
    assert first["shift"] != other["shift"]


def test_it_holds_exactly_the_shifts_that_were_asked_for(made: Population, folder: Path) -> None:
    (row,) = asked(
        folder, "shift", "SELECT count(*), count(DISTINCT shift_id), min(shift_id), max(shift_id) FROM shift"
    )

    assert made.shifts == 20_000
    assert row == (20_000, 20_000, 1, 20_000)


def test_the_rows_can_be_reviewed_as_they_are(made: Population, folder: Path) -> None:
    with opened(256) as memory:
        assert faults_in(memory, folder) == ()
    assert len(parts_in(folder)) == made.parts == PARTS


@pytest.mark.parametrize("shifts", [1, 3])
def test_a_population_smaller_than_its_parts_is_still_whole(tmp_path: Path, shifts: int) -> None:
    made = generate(tmp_path / "few", shifts=shifts, seed=1, law=LawReader(load_law()), parts=4)

    with opened(256) as memory:
        assert faults_in(memory, tmp_path / "few") == ()
    assert made.shifts == shifts


def test_nothing_is_missing_and_every_number_is_whole(made: Population, folder: Path) -> None:
    for relation, columns in RELATIONS.items():
        types = asked(folder, relation, f"DESCRIBE {relation}")
        missing = asked(
            folder,
            relation,
            f"SELECT {' + '.join(f'count(*) - count({column})' for column in columns)} FROM {relation}",
        )

        assert {str(row[1]) for row in types if row[0] in columns} == {"BIGINT"}
        assert missing == [(0,)], relation


def test_the_clock_and_the_minutes_are_those_of_the_calendar(made: Population, folder: Path) -> None:
    # 30 March 2025 has 23 hours and 26 October 25; the days beside them have 24.
    rows = asked(
        folder,
        "shift",
        f"SELECT work_on, start_minute, end_minute, start_at, end_at, minutes, is_ambiguous, day_minutes FROM shift "
        f"WHERE month % 12 IN (3, 10) AND work_on - {MONTHS[0].toordinal()} IN (87, 88, 89, 297, 298, 299)",
    )

    assert {row[-1] for row in rows} == {1380, 1440, 1500}
    for work_on, start_minute, end_minute, start_at, end_at, minutes, is_ambiguous, _ in rows:
        read = span(day_of(work_on), clock_text(start_minute), clock_text(end_minute))
        assert isinstance(read, ClockSpan)
        assert (read.start_at, read.end_at) == (start_at, end_at)
        assert (read.actual_minutes, read.is_ambiguous) == (minutes, bool(is_ambiguous))


def test_it_is_like_the_country(tmp_path: Path) -> None:
    made = generate(tmp_path / "larger", shifts=200_000, seed=1, law=LawReader(load_law()), parts=PARTS)

    # 100 000 assistants for 19 000 users: 5.2 each. 137 hours a week in shifts of 8 hours: 65 to 90 rows a month
    # with the state's decision, 15 to 40 with the municipality's; three of four have the state's.
    assert 4.5 < made.assistants / made.recipients < 6
    assert 60 < made.shifts / made.claims < 80
    (row,) = asked(tmp_path / "larger", "claim", "SELECT avg(granted_parts) FROM claim")
    weekly_hours = row[0] / 28 / 60 / (365 / 12) * 7
    # 13 500 with 137 hours and 4 900 with 39 give 111.
    assert 95 < weekly_hours < 125
