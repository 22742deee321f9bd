"""Visits of home care as a table: what is read, and everything that is said about what cannot be."""

import io
from dataclasses import replace
from datetime import date, datetime

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from timvis.core.calendar.local_time import instant, local_iso
from timvis.core.home_care.visits import Place, RegisteredBy, VisitState
from timvis.core.records import Instant
from timvis.formats.home_care_visits.columns import VISITS
from timvis.formats.home_care_visits.read import Ordered, ReadVisits, read_visits
from timvis.formats.home_care_visits.values import Moment, moment
from timvis.formats.sick_cost_papers.opened import opened

TODAY = date(2026, 4, 1)
HER, HIM = "198002152380", "198308092389"
ORDERED = Ordered(recipients={HER}, services={"omsorg", "service"})
HEADINGS = "besoks_id;system;personnummer;insats;status;start;slut;minuter;personal;registrering;orsak;besked"
GOOD = f"1;Mobil;{HER};omsorg;utfört;2026-03-02 08:05;2026-03-02 08:50;45;P7;mobil;;"


def read(*rows: str, headings: str = HEADINGS) -> ReadVisits:
    return read_visits("\n".join((headings, *rows)).encode(), "mars.csv", ORDERED, today=TODAY)


def row(**changed: str) -> str:
    values = dict(zip(HEADINGS.split(";"), GOOD.split(";"), strict=True))
    return ";".join({**values, **changed}.values())


def codes(*rows: str) -> list[tuple[str, int | None, str | int | None]]:
    found = read(*rows)
    assert not (found.faults and found.visits)
    return [(fault.code, fault.line, fault.column) for fault in found.faults]


def test_a_performed_visit_is_read_with_its_row() -> None:
    [visit] = read(GOOD).visits
    assert (visit.recipient, visit.service, visit.state, visit.minutes) == (HER, "omsorg", VisitState.PERFORMED, 45)
    assert visit.start_at == instant(date(2026, 3, 2), 8 * 60 + 5)
    assert (visit.staff, visit.registered, visit.line) == ("P7", RegisteredBy.ON_SITE, 2)


def test_a_cancelled_visit_has_its_reason_and_when_it_was_told() -> None:
    noticed = row(status="avbokat", personal="", orsak="Läkarbesök", besked="2026-03-01 16:00")
    never = row(besoks_id="2", status="avbokat", personal="", orsak="Öppnade inte")
    first, second = read(noticed, never).visits
    assert (first.reason, first.noticed_at) == ("Läkarbesök", instant(date(2026, 3, 1), 16 * 60))
    assert second.noticed_at is None


def test_plan_household_and_place_are_read_where_they_stand() -> None:
    more = f"{HEADINGS};planerad_start;planerat_slut;delas_av;sweref_n;sweref_e"
    [visit] = read(f"{GOOD};2026-03-02 08:00;2026-03-02 09:00;2;6733000;492000", headings=more).visits
    assert (visit.planned_minutes, visit.shared_by, visit.place) == (60, 2, Place(northing=6733000, easting=492000))


def test_a_workbook_gives_what_the_text_does() -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet("Mars")
    moments = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    for column, (heading, value) in enumerate(zip(HEADINGS.split(";"), GOOD.split(";"), strict=True)):
        sheet.write_string(0, column, heading)
        if heading in ("start", "slut"):
            sheet.write_datetime(1, column, datetime.fromisoformat(value), moments)
        else:
            sheet.write_string(1, column, value)
    book.close()
    assert read_visits(target.getvalue(), "mars.xlsx", ORDERED, today=TODAY).visits == read(GOOD).visits


@pytest.mark.parametrize(
    ("changed", "code", "column"),
    [
        ({"personnummer": HIM}, "unknown_recipient", "personnummer"),
        ({"insats": "städ"}, "unknown_service", "insats"),
        ({"status": "kanske"}, "unknown_state", "status"),
        ({"minuter": "0,45"}, "minutes_are_not_whole", "minuter"),
        ({"minuter": "0.75"}, "minutes_are_not_whole", "minuter"),
        ({"minuter": "0:45"}, "minutes_are_not_whole", "minuter"),
        ({"minuter": "44"}, "minutes_differ", "minuter"),
        ({"minuter": "105"}, "time_zone_mistake", "minuter"),
        ({"start": "08:05"}, "not_a_moment", "start"),
        ({"slut": "2026-03-02 08:05"}, "end_is_not_after_start", "slut"),
        ({"slut": "2026-03-04 08:05", "minuter": ""}, "visit_is_too_long", "slut"),
        ({"slut": "2026-03-02T07:50:00Z"}, "time_zones_are_mixed", "slut"),
        ({"start": "2026-03-02T08:05:00+02:00"}, "offset_is_not_swedish", "start"),
        ({"start": "2026-03-29 02:30", "slut": "2026-03-29 03:15"}, "clock_time_does_not_exist", "start"),
        ({"start": "2025-10-26 02:10", "slut": "2025-10-26 03:00"}, "clock_time_comes_twice", "start"),
        ({"start": "2026-03-02 08:05S"}, "stated_time_does_not_hold", "start"),
        ({"start": "2026-04-02 08:05", "slut": "2026-04-02 08:50"}, "is_in_the_future", "start"),
        ({"personal": ""}, "value_is_missing", "personal"),
        ({"status": "avbokat"}, "value_is_missing", "orsak"),
        ({"besked": "2026-03-01 16:00"}, "is_not_cancelled", "besked"),
        ({"registrering": "gissat"}, "unknown_registration", "registrering"),
        ({"besoks_id": ""}, "value_is_missing", "besoks_id"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(changed: dict[str, str], code: str, column: str) -> None:
    assert codes(row(**changed)) == [(code, 2, column)]


def test_the_same_visit_twice_and_from_two_systems() -> None:
    other_system = row(besoks_id="A-9", system="Papper")
    assert codes(GOOD, GOOD, other_system) == [
        ("visit_twice", 3, "besoks_id"),
        ("visit_from_two_systems", 4, "besoks_id"),
    ]


def test_two_employees_at_the_same_time_are_double_staffing_and_no_duplicate() -> None:
    assert len(read(GOOD, row(personal="P8")).visits) == 2


def test_every_fault_is_told_at_once_and_no_personal_number_with_them() -> None:
    found = read(row(personnummer=HIM, minuter="0,45"), row(besoks_id="2", insats=HER, start="i morse"), GOOD)
    assert [fault.code for fault in found.faults] == [
        "unknown_recipient",
        "minutes_are_not_whole",
        "unknown_service",
        "not_a_moment",
    ]
    told = " ".join(f"{fault.message} {fault.remedy}" for fault in found.faults)
    assert HER not in told
    assert HIM not in told
    assert {fault.file for fault in found.faults} == {"mars.csv"}


def test_rows_with_and_without_offset_in_one_file_are_not_guessed_at() -> None:
    with_offset = row(besoks_id="2", start="2026-03-03T08:05:00+01:00", slut="2026-03-03T08:50:00+01:00")
    assert codes(GOOD, with_offset) == [("time_zones_are_mixed", 3, "start")]


def test_a_column_that_nobody_knows_is_told_and_a_missing_one_stops() -> None:
    assert [remark.code for remark in read(f"{GOOD};blå", headings=f"{HEADINGS};färg").remarks] == [
        "column_is_not_used"
    ]
    found = read(GOOD.removeprefix("1;"), headings=HEADINGS.removeprefix("besoks_id;"))
    assert [fault.code for fault in found.faults] == ["column_is_missing"]


@pytest.mark.parametrize("rows", [3, 150])
def test_rows_that_are_too_many_are_told_even_with_empty_lines_between(rows: int) -> None:
    content = "\n".join((HEADINGS, *[";" * 11] * 500, *[GOOD] * rows)).encode()
    found = opened(content, "mars.csv", replace(VISITS, most_rows=2))
    assert isinstance(found, tuple)
    assert [(fault.code, fault.line) for fault in found] == [("too_many_rows", 504)]


@given(st.integers(min_value=25_000_000, max_value=31_000_000))
def test_every_minute_written_with_sweden_s_offset_comes_back_as_itself(at: int) -> None:
    assert moment(local_iso(Instant(at))) == Moment(at=Instant(at), has_offset=True)
