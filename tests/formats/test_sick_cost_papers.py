"""The papers with a claim for sick cost: what employers' systems export becomes tables of the case, or is refused."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.formats.handed_in_months import workbook
from timvis.core.calculation.calculated import Calculated
from timvis.core.law import LawReader
from timvis.core.records import TimeKind
from timvis.formats.calculation_case.read import calculated
from timvis.formats.calculation_case.sick_cost_form import (
    WrittenPayslip,
    WrittenShift,
    WrittenSickCost,
    WrittenSubstitute,
)
from timvis.formats.law.packaged import load_law
from timvis.formats.sick_cost_papers.pay_kinds import load_pay_kinds, read_pay_kinds
from timvis.formats.sick_cost_papers.read import (
    ReadPayslip,
    ReadShifts,
    read_payslip,
    read_schedule,
    read_substitutes,
)
from timvis.formats.sick_cost_papers.records import PayKind

EXAMPLES = Path(__file__).parents[2] / "docs" / "manual" / "exempel"

SCHEDULE = "Datum;Från;Till\n"
SUBSTITUTES = "Datum;Från;Till;Vikarie\n"
PAYSLIP = "Löneart;Benämning;Antal;Enhet;À-pris;Belopp;Period\n"


def schedule(text: str) -> ReadShifts:
    return read_schedule(text.encode(), "schema.csv")


def substitutes(text: str) -> ReadShifts:
    return read_substitutes(text.encode(), "vikarier.csv")


def payslip(text: str) -> ReadPayslip:
    return read_payslip(text.encode(), "lon.csv")


def places(read: ReadShifts | ReadPayslip) -> list[tuple[int | None, str | int | None, str]]:
    assert not read.tables
    return [(fault.line, fault.column, fault.code) for fault in read.faults]


def remarks(read: ReadShifts | ReadPayslip) -> list[tuple[int | None, str]]:
    assert not read.faults
    return [(remark.line, remark.code) for remark in read.remarks]


# --- the schedule ----------------------------------------------------------------------------------------


def test_a_schedule_becomes_the_shifts_of_the_case() -> None:
    read = schedule(
        "Datum;Start;Slut;Tidstyp;OB-tillägg;OB kr/tim\n"
        "2025-03-03;22.00;06.00;aktiv;OB natt;45,50\n"
        "2025-03-05;0800;16:30;jour;;\n"
    )

    assert read.tables == (
        {
            "on": "2025-03-03",
            "from": "22.00",
            "to": "06.00",
            "kind": "active",
            "supplement": [{"name": "OB natt", "ore_per_hour": 4550}],
        },
        {"on": "2025-03-05", "from": "0800", "to": "16:30", "kind": "waiting"},
    )
    assert [shift.line for shift in read.shifts] == [2, 3]
    for table in read.tables:
        WrittenShift.model_validate(table)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", "\t", ","])
def test_a_schedule_is_read_whatever_its_letters_and_separator(encoding: str, separator: str) -> None:
    text = "Schema mars\n\nDatum;Från;Till;Väntetid?\n2025-03-03;08.00;16.30;\n".replace(";", separator)

    read = read_schedule(text.encode(encoding), "schema.csv")

    assert read.tables == ({"on": "2025-03-03", "from": "08.00", "to": "16.30"},)
    assert read.shifts[0].line == 4


def test_what_excel_makes_of_days_clock_times_and_hours_is_read() -> None:
    content = workbook(
        {
            "Läs mig": [["Hej"]],
            "Schema": [
                ["Dag", "Starttid", "Sluttid", "Antal timmar"],
                [
                    (datetime.combine(date(2025, 3, 3), time()), "yyyy-mm-dd"),
                    (time(8), "hh:mm"),
                    (0.6875, "General"),
                    (8.5, "General"),
                ],
                [(date(2025, 3, 4), "yyyy-mm-dd"), "", "", "0,5"],
                [(date(2025, 3, 5), "yyyy-mm-dd"), "", "", (timedelta(hours=7, minutes=40), "[h]:mm")],
            ],
        }
    )

    assert read_schedule(content, "schema.xlsx").tables == (
        {"on": "2025-03-03", "from": "08.00", "to": "16.30"},
        {"on": "2025-03-04", "hours": "0.5"},
        {"on": "2025-03-05", "hours": "23/3"},
    )


def test_clock_times_in_one_cell_are_read() -> None:
    read = schedule("Datum;Pass;Vikarie\n2025-03-03;08.00–16.30;ja\n2025-03-04;kl 22:00 - 06:00;nej\n")

    assert [(table["from"], table["to"], table["substitute"]) for table in read.tables] == [
        ("08.00", "16.30", True),
        ("22:00", "06:00", False),
    ]


def test_only_the_shifts_missed_for_sickness_are_used_and_the_rest_is_told() -> None:
    read = schedule(
        "Datum;Från;Till;Frånvaro;Lön\n"
        "2025-03-03;08.00;16.00;Sjuk;1\n2025-03-04;08.00;16.00;semester;1\n2025-03-05;08.00;16.00;;1\nSumma;;;;3\n"
    )

    assert [table["on"] for table in read.tables] == ["2025-03-03"]
    assert remarks(read) == [
        (1, "column_is_not_used"),
        (3, "row_is_not_used"),
        (4, "row_is_not_used"),
        (5, "row_is_not_used"),
    ]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ("2025-02-30;08.00;16.00\n", (2, "datum", "not_a_day")),
        ("1825-02-03;08.00;16.00\n", (2, "datum", "not_a_day")),
        (";08.00;16.00\n", (2, "datum", "value_is_missing")),
        ("2025-03-03;08.00;\n", (2, "till", "value_is_missing")),
        ("2025-03-03;;\n", (2, "från", "value_is_missing")),
        ("2025-03-03;25.00;26.00\n", (2, "från", "not_a_clock_time")),
        ("2025-03-03;8;16\n", (2, "från", "not_a_clock_time")),
        ("2025-03-03;16.00;08.30\n", (2, "till", "end_is_before_start")),
        ("2025-03-03;08.00;08.00\n", (2, "till", "end_is_before_start")),
        ("2025-03-30;02.15;06.00\n", (2, "från", "clock_time_does_not_exist")),
        ("2025-03-03;=1+1;16.00\n", (2, "från", "not_a_clock_time")),
        ("2025-03-03;08.00;16.00\n2025-03-03;15.00;18.00\n", (3, "från", "shifts_overlap")),
        ("2025-03-03;22.00;06.00\n2025-03-04;05.30;08.00\n", (3, "från", "shifts_overlap")),
    ],
)
def test_a_row_that_cannot_be_a_shift_says_why(rows: str, found: tuple[int, str, str]) -> None:
    assert found in places(schedule(SCHEDULE + rows))


def test_every_fault_is_told_at_once_with_the_file_and_what_to_do() -> None:
    read = schedule(SCHEDULE + "2025-02-30;08.00;16.00\n2025-03-04;kl åtta;16.00\n")

    assert places(read) == [(2, "datum", "not_a_day"), (3, "från", "not_a_clock_time")]
    assert all(fault.file == "schema.csv" and fault.message and fault.remedy for fault in read.faults)


def test_hours_that_contradict_the_clock_are_not_chosen_between() -> None:
    assert places(schedule("Datum;Från;Till;Timmar\n2025-03-03;08.00;16.30;8\n")) == [(2, "timmar", "hours_differ")]


def test_a_row_that_says_when_it_ends_must_agree_with_itself() -> None:
    text = "Datum;Från;Slutdatum;Till\n2025-03-03;16.00;{};08.30\n"

    assert schedule(text.format("2025-03-04")).tables == ({"on": "2025-03-03", "from": "16.00", "to": "08.30"},)
    assert places(schedule(text.format("2025-03-02"))) == [(2, "till", "end_day_does_not_agree")]


def test_days_that_stand_with_the_clock_times_are_read() -> None:
    rows = [["2025-03-03 22:00", "2025-03-04 06:00"], ["2025-03-05T08.00", "2025-03-05 16.00"]]
    text = "Start;Slut\n" + "".join(f"{begins};{ends}\n" for begins, ends in rows)
    night = [
        (datetime.combine(date(2025, 3, 3), time(16)), "yyyy-mm-dd hh:mm"),
        (datetime.combine(date(2025, 3, 4), time()), "yyyy-mm-dd hh:mm"),
    ]

    assert [(table["on"], table["from"], table["to"]) for table in schedule(text).tables] == [
        ("2025-03-03", "22:00", "06:00"),
        ("2025-03-05", "08.00", "16.00"),
    ]
    content = workbook({"Schema": [["Start", "Slut"], night]})
    assert read_schedule(content, "s").tables == ({"on": "2025-03-03", "from": "16.00", "to": "00.00"},)
    assert places(schedule("Start;Slut\n2025-03-03 22:00;2025-03-05 06:00\n")) == [
        (2, "till", "end_day_does_not_agree")
    ]
    assert places(schedule("Datum;Start;Slut\n2025-03-04;2025-03-03 22:00;06:00\n")) == [
        (2, "från", "start_day_does_not_agree")
    ]
    assert places(schedule("Start;Slut\n22:00;06:00\n21:00;06:00\n")) == [(None, "datum", "column_is_missing")]


def test_a_schedule_is_of_one_assistant() -> None:
    text = "Namn;Datum;Från;Till\nBjörn;2025-03-03;08.00;16.00\nCecilia;2025-03-04;08.00;16.00\n"

    assert places(schedule(text)) == [(3, "namn", "several_assistants")]


def test_text_that_a_spreadsheet_would_calculate_stays_text() -> None:
    read = schedule("Datum;Från;Till;OB\n2025-03-03;08.00;16.00;'=HYPERLINK(A1)\n")

    assert read.tables[0]["supplement"] == [{"name": "=HYPERLINK(A1)"}]


# --- the substitutes -------------------------------------------------------------------------------------


def test_substitutes_become_their_shifts_with_who_and_what_kind() -> None:
    read = substitutes(
        "Datum;Från;Till;Vikarie;Typ;Sjuk\n2025-03-03;22.00;06.00;Cecilia;aktiv;\n2025-03-04;08.00;12.00;David;;sjuk\n"
    )

    assert read.tables == (
        {"on": "2025-03-03", "from": "22.00", "to": "06.00"},
        {"on": "2025-03-04", "from": "08.00", "to": "12.00", "was_ill": True},
    )
    assert [(shift.who, shift.kind) for shift in read.shifts] == [("Cecilia", TimeKind.ACTIVE), ("David", None)]
    for table in read.tables:
        WrittenSubstitute.model_validate(table)


def test_two_substitutes_may_work_at_once_but_not_one_twice() -> None:
    rows = "2025-03-03;08.00;12.00;{}\n2025-03-03;11.00;15.00;{}\n"

    assert len(substitutes(SUBSTITUTES + rows.format("Cecilia", "David")).tables) == 2
    assert places(substitutes(SUBSTITUTES + rows.format("Cecilia", "CECILIA"))) == [(3, "från", "shifts_overlap")]
    assert places(substitutes(SUBSTITUTES + rows.format("", ""))) == [(3, "från", "shifts_overlap")]


def test_a_substitute_without_clock_times_is_refused() -> None:
    assert places(substitutes("Datum;Timmar;Vikarie\n2025-03-03;8;Cecilia\n")) == [(1, "från", "column_is_missing")]


# --- the payslip -----------------------------------------------------------------------------------------


def test_a_payslip_gives_sick_time_hourly_pay_and_deduction() -> None:
    # 28 h at 80 % of 150,00 is 3 360,00; the deduction is 6 h at 120,00.
    read = payslip(
        PAYSLIP + "11;Timlön;100;tim;150,00;15 000,00;2025-03\n"
        "80;Sjuklön dag 2-14 80 %;28;tim;120,00;3 360,00;2025-03-03 - 2025-03-05\n"
        "81;Karensavdrag 20%;-6;tim;120;-720,00;\n"
        "42;OB natt;8;tim;45,50;364,00;\n"
        "90;Semesterersättning 12%;;;;403,20;\n"
        "99;Prel. skatt;;;;-3000;\n"
    )

    assert read.tables == ({"sick_hours": "28", "hourly_ore": 15000, "deduction_ore": 72000},)
    assert read.supplements == ({"name": "OB natt", "ore_per_hour": 4550},)
    assert [(line.kind, line.amount_ore) for line in read.lines] == [
        (PayKind.HOURLY_PAY, 1500000),
        (PayKind.SICK_PAY, 336000),
        (PayKind.QUALIFYING_DEDUCTION, -72000),
        (PayKind.SUPPLEMENT, 36400),
        (PayKind.HOLIDAY_COMPENSATION, 40320),
    ]
    assert (read.lines[1].first_on, read.lines[1].last_on) == (date(2025, 3, 3), date(2025, 3, 5))
    WrittenPayslip.model_validate(read.payslip)


def test_the_absence_of_a_monthly_paid_is_the_sick_time() -> None:
    read = payslip("Text;Timmar;Belopp\nSjukfrånvaro;-28;-4480,00\nSjuklön;20;2560,00\n")

    assert read.payslip == {"sick_hours": "28"}


def test_a_row_that_nobody_knows_is_told_and_not_used() -> None:
    read = payslip(PAYSLIP + "1;Sjuklön;8;tim;100;800;\n2;Friskvård;1;st;500;500;\n;;;;;90;\n")

    assert read.payslip == {"sick_hours": "8"}
    assert remarks(read) == [(3, "row_is_not_used"), (4, "row_is_not_used")]


def test_a_number_without_a_unit_is_not_taken_for_hours() -> None:
    read = payslip("Benämning;Antal;Belopp\nSjuklön;3;800\nKarensavdrag;8 tim;-640\n")

    assert read.payslip == {"deduction_ore": 64000}
    assert remarks(read) == [(2, "quantity_has_no_unit")]


def test_days_are_not_hours() -> None:
    assert payslip(PAYSLIP + "1;Sjuklön;3;dgr;;800;\n2;Karensavdrag;;;;640;\n").payslip == {"deduction_ore": 64000}


def test_two_hourly_pays_are_told_and_neither_is_used() -> None:
    read = payslip(PAYSLIP + "1;Timlön;8;tim;150;1200;\n1;Timlön;8;tim;155;1240;\n")

    assert not read.payslip
    assert remarks(read) == [(3, "several_rates")]


def test_a_row_whose_product_is_not_its_amount_is_told() -> None:
    assert remarks(payslip(PAYSLIP + "1;Sjuklön;28;tim;120;3000;\n")) == [(2, "product_differs")]
    assert not remarks(payslip(PAYSLIP + "1;Sjuklön;6,67;tim;123,33;822,61;\n"))


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("1;Timlön;8;tim;-150;-1200;\n", (2, "à-pris", "amount_is_below_zero")),
        ("1;Sjuklön;8;tim;;-800;\n", (2, "belopp", "amount_is_below_zero")),
        ("1;Sjuklön;8;tim;;åtta;\n", (2, "belopp", "not_a_number")),
        ("1;Sjuklön;8;tim;;1.234,50;\n", (2, "belopp", "not_a_number")),
        ("1;Sjuklön;8;tim;;800,505;\n", (2, "belopp", "not_whole_ore")),
        ("1;Timlön;8;tim;150,005;1200;\n", (2, "à-pris", "not_whole_ore")),
        ("1;Sjuklön;8;tim;;800;2025-03-05 - 2025-03-03\n", (2, "period", "ends_before_it_begins")),
        ("1;Sjuklön;8;tim;;800;mars\n", (2, "period", "not_a_period")),
        ("1;Friskvård;8;tim;;800;\n", (None, None, "no_pay_rows")),
    ],
)
def test_a_payslip_that_cannot_be_used_says_why(row: str, found: tuple[int, str, str]) -> None:
    assert places(payslip(PAYSLIP + row)) == [found]


def test_money_is_read_as_people_and_spreadsheets_write_it() -> None:
    content = workbook(
        {"Lön": [["Benämning", "Belopp"], *(["Sjuklön", cell] for cell in (("1 234,50", "@"), (0.1 + 0.2, "0.00")))]}
    )
    text = "Benämning\tBelopp\nSjuklön\t1\u00a0234,50 kr\nSjuklön\t−34,50\nSjuklön\t100,00-\n"

    assert [line.amount_ore for line in read_payslip(content, "lon.xlsx").lines] == [123450, 30]
    assert [line.amount_ore for line in payslip(text).lines] == [123450, -3450, -10000]


def test_the_packaged_kinds_say_one_thing_each_and_have_a_label() -> None:
    kinds = load_pay_kinds()

    assert set(kinds.labels) == set(PayKind)
    assert kinds.kind_of("OB1") is PayKind.SUPPLEMENT
    assert kinds.kind_of("Sjuklön OB") is PayKind.SICK_PAY_SUPPLEMENT
    assert kinds.kind_of("Semesterlön") is None
    kind = '[[kind]]\ncode = "{}"\nlabel = "A"\nwords = ["{}"]\n'
    text = "left_out = []\n" + kind.format("sick_pay", "x") + kind.format("hourly_pay", "X")
    assert [fault.code for fault in read_pay_kinds(text, source="f")[1]] == ["word_stands_twice"]


def test_the_papers_of_the_manual_fill_a_case_that_is_calculated() -> None:
    """Given the three example files, when their tables are put in a case, then it comes to what the sick time costs.

    Average week 30 h, so 6 h are unpaid. A substitute worked 8 + 4 of the 16 h: 12 - 6 = 6 h at 80 % of 150,00 is
    720,00. OB natt 45,00 for 2 of the night's 8 h, after the 6 unpaid: 80 % is 72,00. Holiday pay 12 % of 792,00.
    """
    shifts = read_schedule((EXAMPLES / "schema.csv").read_bytes(), "schema.csv")
    stood_in = read_substitutes((EXAMPLES / "vikarier.csv").read_bytes(), "vikarier.csv")
    slip = read_payslip((EXAMPLES / "lonebesked.csv").read_bytes(), "lonebesked.csv")

    written = WrittenSickCost.model_validate(
        {
            "kind": "sick_cost",
            "paid_on": "2025-04-25",
            "deductions_on": [],
            "assistant": {"born_year": 1985},
            "pay": {"hourly_ore": slip.payslip["hourly_ore"]},
            "week": {"agreed_hours": "30"},
            "spell": {"first_on": "2025-03-03", "last_on": "2025-03-05"},
            "settings": {
                "holiday_compensation_base": "paid_sick_pay",
                "deduction_method": "hours",
                "average_week": "agreed",
                "partly_covered": "first_hours_in_time_order",
            },
            "shift": shifts.tables,
            "substitute": stood_in.tables,
            "payslip": slip.tables,
        }
    )
    outcome = calculated(written, LawReader(load_law()))

    assert isinstance(outcome, Calculated), outcome
    amounts = {line.code: line.amount_ore for line in outcome.statement.lines}
    assert amounts["holiday_compensation"] == 9504
    assert [remark.line for remark in (*shifts.remarks, *slip.remarks)] == [4, 7]


# --- any file --------------------------------------------------------------------------------------------

READERS = (read_schedule, read_substitutes, read_payslip)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_is_empty"),
        (b" \r\n ", "file_is_empty"),
        (b"%PDF-1.7 ...", "not_a_readable_format"),
        (b"\x89PNG....", "not_a_readable_format"),
        (b"\xd0\xcf\x11\xe0....", "old_or_locked_workbook"),
        (b"PK\x03\x04 not a workbook", "not_a_workbook"),
        (b"\0\1\2\3", "not_a_text"),
        (b"Hej!\n", "headings_not_found"),
        (b"<html><table><tr><td>Datum</td></tr></table></html>", "headings_not_found"),
        (b'Datum;Namn;Period\n"2025', "quotation_mark_astray"),
    ],
)
def test_a_file_of_the_wrong_kind_says_so(reader: object, content: bytes, code: str) -> None:
    assert callable(reader)
    read = reader(content, "fil")

    assert [fault.code for fault in read.faults] == [code]
    assert not read.tables


def test_a_paper_without_rows_or_on_two_sheets_or_hidden_is_refused() -> None:
    lines = [["Datum", "Från", "Till"], ["2025-03-03", "08.00", "16.00"]]

    assert places(schedule(SCHEDULE)) == [(1, None, "no_rows")]
    assert places(read_schedule(workbook({"A": lines, "B": lines}), "s")) == [(1, "B", "several_sheets")]
    assert places(read_schedule(workbook({"B": [["Hej"]], "A": lines}, hidden=["A"]), "s")) == [
        (1, "A", "hidden_sheet")
    ]
    assert places(schedule(SCHEDULE + "2025-03-03;08.00;16.00\n" * 10_001)) == [(10_002, None, "too_many_rows")]
    assert places(schedule("Datum;Från;Till;Start\n2025-03-03;08.00;16.00;\n")) == [(1, "från", "column_twice")]


@pytest.mark.parametrize("reader", READERS)
@settings(deadline=None)
@given(content=st.one_of(st.binary(max_size=400), st.binary(max_size=200).map(lambda tail: b"PK\x03\x04" + tail)))
def test_junk_bytes_are_faults_and_never_an_exception(reader: object, content: bytes) -> None:
    assert callable(reader)
    read = reader(content, "skräp")

    assert read.faults
    assert not read.tables


_CELL = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["2025-03-03", "08.00", "24.00", "22:00", "06.00", "Sjuklön", "sjuk", "-1", "1e9", "120,50", "ja"]),
)


@pytest.mark.parametrize("reader", READERS)
@settings(deadline=None)
@given(rows=st.lists(st.lists(_CELL, min_size=8, max_size=8), max_size=6))
def test_any_cells_give_tables_or_faults(reader: object, rows: list[list[str]]) -> None:
    headings = ["Datum", "Från", "Till", "Benämning", "Belopp", "Timmar", "Vikarie", "À-pris"]
    lines = [headings, *rows]
    text = "\n".join(";".join(cell.replace(";", "").replace('"', "") for cell in line) for line in lines)
    assert callable(reader)

    read = reader(text.encode("utf-8", "replace"), "rader.csv")

    assert read.faults or read.remarks or read.tables
    assert not (read.faults and read.tables)
