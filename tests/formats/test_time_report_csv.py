"""A time report as text: what is read, every fault with its line and column, and back again."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.formats.handed_in_months import (
    ALMA,
    BJORN,
    CECILIA,
    COORDINATION,
    EKOT,
    HEADINGS,
    LINES,
    TODAY,
    csv_bytes,
    csv_text,
    without_place,
)
from timvis.core.calendar.local_time import clock_text, span
from timvis.core.faults import Fault
from timvis.core.records import ClockSpan, KindSums, ReportRow, Signature, TimeKind, TimeReport
from timvis.formats.time_report_csv.lines import lines_of
from timvis.formats.time_report_csv.read import read
from timvis.formats.time_report_csv.write import write
from timvis.formats.time_report_table.columns import Column
from timvis.formats.time_report_table.heading import known_headings

ROW = dict(zip(HEADINGS, LINES[1], strict=True))


def table(*rows: dict[str, str]) -> bytes:
    """Return rows as a CSV: each is Björn's first shift with something else in some columns."""
    headings = list(dict.fromkeys((*HEADINGS, *(heading for row in rows for heading in row))))
    return csv_bytes([headings, *([{**ROW, **row}.get(heading, "") for heading in headings] for row in rows)])


def reports(content: bytes, **options: bool) -> tuple[TimeReport, ...]:
    result = read(content, today=TODAY, **options)
    assert not result.faults
    return result.reports


def faults(content: bytes, **options: bool) -> tuple[Fault, ...]:
    return read(content, today=TODAY, **options).faults


def places(content: bytes, **options: bool) -> list[tuple[int | None, str | int | None, str]]:
    return [(fault.line, fault.column, fault.code) for fault in faults(content, **options)]


# --- what a row may say ---------------------------------------------------------------------------------


def test_a_row_becomes_a_piece_of_a_day() -> None:
    [report] = reports(csv_bytes())

    assert report.month_on == date(2025, 3, 1)
    assert (report.recipient_number, report.assistant_number) == (ALMA, BJORN)
    assert (report.employer_number, report.is_own_employer, report.has_agreement) == (EKOT, False, True)
    # The form says the last day of a period; the record says the first day after it.
    assert report.reference_periods == ((date(2025, 3, 1), date(2025, 4, 1)),)
    assert [(row.line, row.kind, row.span.clock_minutes) for row in report.rows] == [
        (2, TimeKind.ACTIVE, 510),
        (3, TimeKind.WAITING, 120),
        (4, TimeKind.STANDBY, 360),
    ]


@pytest.mark.parametrize("written", ["08.00", "8:00", "0800", "08:00:00", " 08.00\u00a0"])
def test_clock_times_are_read_the_ways_people_write_them(written: str) -> None:
    [report] = reports(table({"fran": written}))

    assert report.rows[0].span.start_minute == 8 * 60


@pytest.mark.parametrize("written", [f"{BJORN[:8]}-{BJORN[8:]}", BJORN[2:], f"{BJORN[2:8]}-{BJORN[8:]}", BJORN])
def test_personal_numbers_become_twelve_digits(written: str) -> None:
    assert reports(table({"assistent_personnummer": written}))[0].assistant_number == BJORN


def test_a_coordination_number_is_a_number() -> None:
    assert reports(table({"assistent_personnummer": COORDINATION}))[0].assistant_number == COORDINATION


@pytest.mark.parametrize(
    ("word", "kind"),
    [("Aktiv tid", TimeKind.ACTIVE), ("JOUR", TimeKind.WAITING), ("beredskapstid", TimeKind.STANDBY)],
)
def test_jour_is_the_old_word_for_waiting_time(word: str, kind: TimeKind) -> None:
    assert reports(table({"typ": word}))[0].rows[0].kind is kind


def test_kinds_may_be_ticked_in_columns_as_on_the_form() -> None:
    headings = ["År och månad", "Dag", "Från", "Till", "Aktiv tid", "Väntetid", "Beredskapstid"]
    ticked = [["2025-03", "1", "08.00", "09.00", "", "x", ""]]

    assert reports(csv_bytes([headings, *ticked]))[0].rows[0].kind is TimeKind.WAITING


def test_the_month_and_the_names_may_stand_once_above_the_headings() -> None:
    lines = [
        ["Tidrapport"],
        ["År och månad", "2025-03"],
        ["Brukarens personnummer", ALMA],
        [],
        ["Assistentens personnummer", "Dag", "Från", "Till", "Typ"],
        [BJORN, "31", "23.00", "24.00", "aktiv"],
    ]

    [report] = reports(csv_bytes(lines))

    assert (report.month_on, report.recipient_number) == (date(2025, 3, 1), ALMA)
    assert report.rows[0].line == 6


def test_what_concerns_the_file_may_stand_on_its_first_row_only() -> None:
    blank = dict.fromkeys(("redovisningsmanad", *HEADINGS[1:5], *HEADINGS[9:]), "")

    [report] = reports(table({}, {**blank, "dag": "2"}))

    assert [row.span.work_on.day for row in report.rows] == [1, 2]


def test_several_assistants_in_a_file_are_several_reports() -> None:
    both = reports(table({}, {"assistent_personnummer": CECILIA, "assistent_namn": "Cecilia Ek"}, {"dag": "2"}))

    assert [(report.assistant_number, len(report.rows)) for report in both] == [(BJORN, 2), (CECILIA, 1)]
    assert both[0].key != both[1].key


def test_what_nobody_told_is_unknown_and_not_no() -> None:
    headings = ["redovisningsmanad", "dag", "fran", "till", "typ"]

    [report] = reports(csv_bytes([headings, ["2025-03", "1", "08.00", "09.00", "aktiv"]]))

    assert report.recipient_number is report.assistant_number is report.employer_number is None
    assert report.has_agreement is report.is_own_employer is None


def test_signatures_are_read_with_their_day() -> None:
    signed = {
        "assistent_underskrift_datum": "2025-04-01",
        "chef_underskrift_datum": "2025-04-02",
        "chef_personnummer": CECILIA,
        "chef_namn": "Cecilia Ek",
    }

    [report] = reports(table(signed))

    assert report.assistant_signature == Signature(signed_on=date(2025, 4, 1))
    assert report.manager_signature == Signature(signed_on=date(2025, 4, 2), name="Cecilia Ek", number=CECILIA)
    assert reports(table({"chef_namn": "Cecilia Ek"}))[0].manager_signature is None


def test_stated_sums_are_kept_beside_the_rows_and_change_nothing() -> None:
    # 152,08 h is 152 h and 4,8 min: 9 125 minutes to the nearest whole.
    stated = {"summa_aktiv_tim": "152,08", "summa_vantetid_tim": "2", "summa_vantetid_min": "30"}

    [report] = reports(table(stated))

    # Nobody stated standby, so it is the rows' own sum: there is nothing to differ from.
    assert report.stated_sums == KindSums(active_minutes=9125, waiting_minutes=150, standby_minutes=0)
    assert report.rows[0].span.clock_minutes == 510


def test_the_autumn_hour_is_ambiguous_unless_the_row_says_which() -> None:
    # 26 October 2025: 02.00–03.00 comes twice, so 01.00–02.30 is 90 or 150 minutes.
    night = {"redovisningsmanad": "2025-10", "dag": "26", "fran": "01.00"}

    [report] = reports(table({**night, "till": "02.30"}, {**night, "till": "02.30V"}))

    assert [(row.span.is_ambiguous, row.span.actual_minutes) for row in report.rows] == [(True, 90), (False, 150)]


def test_a_night_on_one_row_is_two_pieces_when_the_sender_says_so() -> None:
    night = table({"dag": "1", "fran": "22.00", "till": "06.00"})

    assert places(night) == [(2, "till", "end_is_not_after_start")]
    [report] = reports(night, crosses_midnight=True)
    assert [(row.line, row.span.work_on.day, row.span.clock_minutes) for row in report.rows] == [
        (2, 1, 120),
        (2, 2, 360),
    ]


def test_a_night_into_the_next_month_belongs_to_two_reports() -> None:
    night = table({"dag": "31", "fran": "22.00", "till": "06.00"})

    assert places(night, crosses_midnight=True) == [(2, "till", "continues_into_next_month")]


def test_the_row_that_shows_how_is_not_read() -> None:
    example = {"dag": "99", "anteckning": "EXEMPEL – raden läses inte"}

    assert len(reports(table(example, {"anteckning": "bytte pass"}))[0].rows) == 1


# --- every fault ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("broken", "column", "code"),
    [
        ({"redovisningsmanad": "2025-13"}, "redovisningsmanad", "not_a_month"),
        ({"redovisningsmanad": "mars"}, "redovisningsmanad", "not_a_month"),
        ({"brukare_personnummer": ALMA[:-1] + "1"}, "brukare_personnummer", "number_wrong_check_digit"),
        ({"assistent_personnummer": "197913012398"}, "assistent_personnummer", "number_no_such_day"),
        ({"assistent_personnummer": "T90101-2398"}, "assistent_personnummer", "number_wrong_form"),
        ({"assistent_personnummer": "1,97901E+11"}, "assistent_personnummer", "number_was_shortened"),
        ({"assistent_personnummer": "1012398"}, "assistent_personnummer", "number_was_shortened"),
        ({"dag": "32"}, "dag", "day_does_not_exist"),
        ({"redovisningsmanad": "2025-02", "dag": "29"}, "dag", "day_does_not_exist"),
        ({"dag": "2025-04-01"}, "dag", "day_outside_month"),
        ({"dag": "1/3"}, "dag", "not_a_day"),
        ({"dag": ""}, "dag", "value_is_missing"),
        ({"fran": "25.00"}, "fran", "not_a_clock_time"),
        ({"fran": "24.00"}, "fran", "not_a_clock_time"),
        ({"fran": "8,5"}, "fran", "not_a_clock_time"),
        ({"fran": "800"}, "fran", "not_a_clock_time"),
        ({"fran": "2025-03-01 08:00"}, "fran", "not_a_clock_time"),
        ({"till": "99.99"}, "till", "not_a_clock_time"),
        ({"till": "07.00"}, "till", "end_is_not_after_start"),
        ({"till": "08.00"}, "till", "end_is_not_after_start"),
        ({"till": ""}, "till", "value_is_missing"),
        ({"fran": "08.00V", "redovisningsmanad": "2025-07"}, "fran", "stated_time_does_not_hold"),
        ({"typ": ""}, "typ", "value_is_missing"),
        ({"typ": "natt"}, "typ", "unknown_kind_of_time"),
        ({"typ": "aktiv", "beredskap": "x"}, "typ", "several_kinds_of_time"),
        ({"kollektivavtal": "kanske"}, "kollektivavtal", "neither_yes_nor_no"),
        ({"arbetsgivare_typ": "grannen"}, "arbetsgivare_typ", "unknown_kind_of_employer"),
        ({"organisationsnummer": "5599000001"}, "organisationsnummer", "number_wrong_check_digit"),
        ({"berakningsperiod_till": "2025-02-28"}, "berakningsperiod_till", "period_ends_before_it_begins"),
        ({"berakningsperiod_till": ""}, "berakningsperiod_till", "value_is_missing"),
        (
            {"berakningsperiod_2_fran": "2025-03-01", "berakningsperiod_2_till": "2025-03-31"},
            "berakningsperiod_2_till",
            "period_twice",
        ),
        ({"chef_underskrift_datum": "2025-02-30"}, "chef_underskrift_datum", "not_a_day"),
        ({"summa_aktiv_tim": "många"}, "summa_aktiv_tim", "not_a_number"),
        ({"summa_aktiv_min": "2,5"}, "summa_aktiv_min", "not_whole_minutes"),
        ({"assistent_namn": "Bj\u202eörn"}, "assistent_namn", "hidden_character"),
        ({"anteckning": "x" * 1001}, "anteckning", "text_is_too_long"),
    ],
)
def test_a_broken_value_is_a_fault_beside_its_row_and_column(broken: dict[str, str], column: str, code: str) -> None:
    assert places(table(broken)) == [(2, column, code)]


def test_a_clock_time_in_the_hour_that_spring_skips_is_a_fault() -> None:
    night = {"dag": "30", "fran": "02.30", "till": "08.00"}

    assert places(table({**night}, {**night, "fran": "00.00", "till": "02.30"})) == [
        (2, "fran", "clock_time_does_not_exist"),
        (3, "till", "clock_time_does_not_exist"),
    ]


def test_a_file_with_ten_faults_reports_ten() -> None:
    broken = [
        {"dag": "0"},
        {"fran": "8"},
        {"till": "25:00"},
        {"typ": "?"},
        {},
        {"kollektivavtal": "?"},
        {"organisationsnummer": "1"},
        {"chef_personnummer": "1"},
        {"assistent_underskrift_datum": "igår"},
        {"summa_beredskap_min": "-1"},
        {"fran": "17.00"},
    ]

    found = faults(table(*broken))

    assert len(found) == 10
    assert [fault.line for fault in found] == [2, 3, 4, 5, 7, 8, 9, 10, 11, 12]
    assert len({fault.column for fault in found}) == 9
    assert all(fault.message and fault.remedy for fault in found)


def test_rows_of_a_report_that_say_different_things_are_a_fault() -> None:
    assert places(table({}, {"kollektivavtal": "nej"})) == [(3, "kollektivavtal", "rows_say_different_things")]


def test_a_row_without_assistant_in_a_file_with_several_is_a_fault() -> None:
    nobody = {"assistent_personnummer": "", "assistent_namn": ""}

    assert places(table({}, {"assistent_personnummer": CECILIA, "assistent_namn": ""}, nobody)) == [
        (4, "assistent_personnummer", "person_is_missing")
    ]


def test_a_missing_month_is_said_once() -> None:
    without = {"redovisningsmanad": ""}

    assert places(table(without, without, without)) == [(2, "dag", "month_is_missing")]
    assert reports(table({**without, "dag": "2025-03-04"}))[0].month_on == date(2025, 3, 1)


# --- headings -------------------------------------------------------------------------------------------


def test_an_unknown_column_is_named_with_the_nearest_known() -> None:
    [fault] = faults(table({"kolektivavtall": "ja"}))

    assert (fault.line, fault.column, fault.code) == (1, "kolektivavtall", "unknown_column")
    assert "kollektivavtal?" in fault.remedy


def test_a_missing_column_is_said_once_and_not_for_every_row() -> None:
    lines = [[cell for index, cell in enumerate(line) if index not in (7, 8)] for line in LINES]

    assert places(csv_bytes(lines)) == [(1, "till", "column_is_missing"), (1, "typ", "column_is_missing")]


def test_two_columns_of_the_same_meaning_are_a_fault() -> None:
    assert places(csv_bytes([(*line, line[8]) for line in LINES])) == [(1, "typ", "column_twice")]


def test_content_without_a_heading_is_a_fault_at_its_first_row() -> None:
    lines = [LINES[0], LINES[1], (*LINES[2], "", "vad är det här")]

    assert places(csv_bytes(lines)) == [(3, "P", "column_without_heading")]


def test_empty_columns_at_the_end_are_nothing() -> None:
    assert reports(csv_bytes([(*line, "", "") for line in LINES]))


# --- text -----------------------------------------------------------------------------------------------


def test_lines_are_counted_as_a_text_editor_counts_them() -> None:
    note = ["anteckning", '"två\r\nrader"', "x"]
    lines = [[*line, note[min(index, 2)]] for index, line in enumerate(LINES)]
    lines[3][5] = "99"

    # the second record stands on lines 2 and 3, so the fourth begins on line 5
    assert places(csv_bytes(lines)) == [(5, "dag", "day_does_not_exist")]


def test_a_quotation_mark_that_is_never_closed_is_a_fault() -> None:
    assert places(csv_text().replace("08.00", '"08.00').encode()) == [(2, None, "quotation_mark_astray")]


def test_letters_come_out_right_in_windows_1252_and_composed() -> None:
    decomposed = "Bjo\u0308rn O\u0308st"

    assert reports(csv_text().encode("cp1252"))[0].assistant_name == "Björn Öst"
    assert reports(table({"assistent_namn": decomposed}))[0].assistant_name == "Björn Öst"


# --- out and in again -----------------------------------------------------------------------------------

NAMES = st.text(alphabet="aåäöÅÄÖéXY =+-@'", min_size=1, max_size=20).map(lambda text: " ".join(text.split()))
MINUTES = st.integers(0, 1440)


@st.composite
def shifts(draw: st.DrawFn, month_on: date) -> ClockSpan:
    day = month_on + timedelta(days=draw(st.integers(0, 27)))
    start, end = sorted(draw(st.lists(MINUTES, min_size=2, max_size=2, unique=True)))
    found = span(day, clock_text(start), clock_text(end))
    return found if isinstance(found, ClockSpan) else draw(shifts(month_on))


@st.composite
def months(draw: st.DrawFn) -> TimeReport:
    month_on = date(draw(st.integers(2015, 2030)), draw(st.integers(1, 12)), 1)
    spans = draw(st.lists(shifts(month_on), min_size=1, max_size=8))
    signed = st.none() | st.just(Signature(signed_on=month_on))
    sums = st.none() | st.builds(KindSums, active_minutes=MINUTES, waiting_minutes=MINUTES, standby_minutes=MINUTES)
    return TimeReport(
        key="",
        month_on=month_on,
        recipient_number=draw(st.sampled_from([ALMA, None])),
        recipient_name=draw(NAMES) or None,
        assistant_number=draw(st.sampled_from([BJORN, COORDINATION])),
        assistant_name=draw(NAMES) or None,
        rows=tuple(ReportRow(line=0, kind=draw(st.sampled_from(TimeKind)), span=piece) for piece in spans),
        employer_number=draw(st.sampled_from([EKOT, None])),
        is_own_employer=draw(st.sampled_from([True, False, None])),
        has_agreement=draw(st.sampled_from([True, False, None])),
        reference_periods=((month_on, month_on + timedelta(days=28)),) * draw(st.integers(0, 1)),
        assistant_signature=draw(signed),
        manager_signature=draw(st.none() | st.builds(Signature, signed_on=st.just(month_on), name=NAMES)),
        stated_sums=draw(sums),
    )


@settings(max_examples=60, deadline=None)
@given(months())
def test_what_is_written_is_read_back(report: TimeReport) -> None:
    [again] = reports(write([report]))

    assert without_place(again) == report


def test_what_is_written_is_never_a_formula() -> None:
    [report] = reports(table({"assistent_namn": "=1+1"}))

    assert b";'=1+1;" in write([report])
    assert reports(write([report]))[0].assistant_name == "=1+1"


def test_several_reports_are_written_to_one_file() -> None:
    two = reports(table({}, {"assistent_personnummer": CECILIA, "assistent_namn": "Cecilia Ek"}))

    again = reports(write(two))

    assert [without_place(report) for report in again] == [without_place(report) for report in two]


def test_every_heading_we_write_is_one_that_we_read() -> None:
    assert write([]).decode("utf-8-sig").strip().split(";") == [column.value for column in Column]


def test_empty_lines_never_hide_that_rows_were_cut_off() -> None:
    text = "dag;fran;till\n" + ";;\n" * 500 + "1;08.00;09.00\n" * 200

    lines = lines_of(text.encode(), known_headings, most_rows=3)

    assert isinstance(lines, tuple)
    assert [line.number for line in lines[:2]] == [1, 502]
    assert 3 < len(lines) < 200
