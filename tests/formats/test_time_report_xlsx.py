"""A time report as a workbook: what Excel makes of what people type, and the template."""

from datetime import date, datetime, time, timedelta

import pytest

from tests.formats.handed_in_months import ABOUT, BJORN, EMPLOYER, HEADINGS, LINES, TODAY, workbook
from timvis.core.records import TimeReport
from timvis.formats.time_report_xlsx.read import read
from timvis.formats.time_report_xlsx.write import COLUMNS, template


def row(day: object = "1", begins: object = "08.00", ends: object = "16.30") -> tuple[object, ...]:
    return (*ABOUT, day, begins, ends, "aktiv", *EMPLOYER)


def reports(content: bytes) -> tuple[TimeReport, ...]:
    result = read(content, today=TODAY)
    assert not result.faults
    return result.reports


def places(content: bytes) -> list[tuple[int | None, str | int | None, str]]:
    return [(fault.line, fault.column, fault.code) for fault in read(content, today=TODAY).faults]


@pytest.mark.parametrize(
    ("typed", "minute"),
    [
        ("16:30", 990),
        ("1630", 990),
        ((time(16, 30), "hh:mm"), 990),
        ((time(16, 30), "General"), 990),
        ((0.6875, "General"), 990),
        ((0.68749999, "hh:mm"), 990),
        ((1630, "0"), 990),
        ((timedelta(hours=24), "[h]:mm"), 1440),
        ((1.0, "hh:mm"), 1440),
        ("24:00", 1440),
    ],
)
def test_clock_times_are_read_whatever_excel_made_of_them(typed: object, minute: int) -> None:
    [report] = reports(workbook({"Blad1": [HEADINGS, row(ends=typed)]}))

    assert report.rows[0].span.end_minute == minute


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ((1.0, "General"), "not_a_clock_time"),
        ((930, "0"), "not_a_clock_time"),
        ((16.5, "General"), "not_a_clock_time"),
        ((-0.25, "General"), "not_a_clock_time"),
        ((timedelta(hours=30), "[h]:mm"), "clock_time_has_seconds"),
        ((time(16, 30, 20), "hh:mm:ss"), "clock_time_has_seconds"),
        ((datetime.combine(date(2025, 3, 1), time(16, 30)), "yyyy-mm-dd hh:mm"), "clock_time_has_a_date"),
        ((date(2025, 3, 1), "yyyy-mm-dd"), "clock_time_has_a_date"),
        ((True, "General"), "not_a_clock_time"),
    ],
)
def test_what_may_be_two_clock_times_or_none_is_not_guessed(typed: object, code: str) -> None:
    assert places(workbook({"Blad1": [HEADINGS, row(ends=typed)]})) == [(2, "till", code)]


@pytest.mark.parametrize("typed", [(1, "0"), (1.0, "General"), (date(2025, 3, 1), "yyyy-mm-dd"), "2025-03-01", "01"])
def test_days_are_read_whatever_excel_made_of_them(typed: object) -> None:
    [report] = reports(workbook({"Blad1": [HEADINGS, row(day=typed)]}))

    assert report.rows[0].span.work_on == date(2025, 3, 1)


def test_a_month_that_excel_made_a_date_of_is_still_a_month() -> None:
    lines = [HEADINGS, ((date(2025, 3, 1), "yyyy-mm"), *row()[1:])]

    assert reports(workbook({"Blad1": lines}))[0].month_on == date(2025, 3, 1)


def test_a_number_that_excel_keeps_as_a_number_is_read_if_it_is_whole() -> None:
    def with_number(typed: object) -> bytes:
        return workbook({"Blad1": [HEADINGS, (*ABOUT[:3], typed, *row()[4:])]})

    assert reports(with_number((int(BJORN), "0")))[0].assistant_number == BJORN
    # A number of ten digits that began with noughts has lost them.
    assert places(with_number((1012398, "0"))) == [(2, "assistent_personnummer", "number_was_shortened")]


def test_faults_stand_at_the_row_number_of_the_sheet() -> None:
    lines = [[], ["Tidrapport mars"], [], HEADINGS, row(), [], row(day="32")]

    assert places(workbook({"Blad1": lines})) == [(7, "dag", "day_does_not_exist")]


def test_sums_as_hours_past_a_day_are_read() -> None:
    lines = [(*HEADINGS, "summa_aktiv_tim"), (*row(), (timedelta(hours=152, minutes=5), "[h]:mm"))]

    sums = reports(workbook({"Blad1": lines}))[0].stated_sums

    assert sums is not None
    assert sums.active_minutes == 152 * 60 + 5


def test_other_sheets_are_left_alone_and_a_hidden_one_with_times_is_not() -> None:
    assert reports(workbook({"Läs mig": [["Hej"]], "Tider": LINES}))
    assert places(workbook({"Tider": LINES, "Gömt": LINES}, hidden=["Gömt"])) == [(1, "Gömt", "hidden_sheet")]
    assert places(workbook({"Mars": LINES, "April": LINES})) == [(1, "April", "several_sheets")]


def test_a_number_of_days_that_no_program_reaches_is_a_fault() -> None:
    assert places(workbook({"Blad1": [HEADINGS, row(day=(1e15, "[h]:mm"))]})) == [(1, None, "not_a_workbook")]


def test_the_template_is_empty_and_the_same_every_time() -> None:
    assert places(template()) == [(1, None, "no_rows")]
    assert template() == template()


def test_a_filled_in_template_is_read() -> None:
    filled = dict(zip(HEADINGS, LINES[1], strict=True))
    lines = [[column.value for column in COLUMNS], [filled.get(column.value, "") for column in COLUMNS]]

    assert reports(workbook({"Tidrapport": lines}))[0].assistant_number == BJORN
