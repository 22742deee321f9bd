"""A calculation case as a workbook: the same case as in TOML, whatever Excel made of it, or every fault."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from pydantic import BaseModel

from tests.formats.handed_in_months import workbook
from timvis.core.calculation.calculated import Calculated
from timvis.core.faults import Fault
from timvis.core.law import LawReader
from timvis.formats.calculation_case.hourly import WrittenHourly, WrittenWork
from timvis.formats.calculation_case.read import KINDS, calculated
from timvis.formats.calculation_case.read import read as read_toml
from timvis.formats.calculation_case.sick_cost_form import WrittenSickCost
from timvis.formats.calculation_workbook.layout import layout_of
from timvis.formats.calculation_workbook.read import ReadWorkbook, read
from timvis.formats.calculation_workbook.words import keys_of, load_words
from timvis.formats.calculation_workbook.write import CaseDoesNotFit, write
from timvis.formats.law.packaged import load_law

FOLDERS = Path(__file__).parents[1] / "cases"
CASES = sorted(path for kind in KINDS for path in (FOLDERS / kind).glob("*.toml"))
LONGEST_SHEET_NAME = 31

Sheets = Mapping[str, Sequence[Sequence[Any]]]

CASE = ("fall", [["nyckel", "värde"], ["kind", "sick_cost"], ["paid_on", "2025-04-25"], ["deductions_on", "inga"]])
SICK: dict[str, list[list[Any]]] = {
    CASE[0]: CASE[1],
    "week": [["agreed_hours", "30"]],
    "pay": [["hourly_ore"], ["15000"]],
    "spell": [["first_on", "last_on"], ["2025-03-03", "2025-03-05"]],
    "shift": [["nr", "on", "from", "to", "hours"], ["1", "2025-03-03", "22.00", "06.00", ""]],
    "settings": [["nr", "holiday_compensation_base"], ["1", "paid_sick_pay"]],
}


def case_of(sheets: Sheets, **options: Any) -> ReadWorkbook:
    result = read(workbook(sheets, **options), source="fall.xlsx")
    assert isinstance(result, ReadWorkbook), result
    return result


def sick(**sheets: Sequence[Sequence[Any]]) -> WrittenSickCost:
    written = case_of({**SICK, **sheets}).written
    assert isinstance(written, WrittenSickCost)
    return written


def faults(content: bytes) -> tuple[Fault, ...]:
    result = read(content, source="fall.xlsx")
    assert not isinstance(result, ReadWorkbook), result.written
    return result


def places(content: bytes) -> list[tuple[int | None, str | int | None, str]]:
    return [(fault.line, fault.column, fault.code) for fault in faults(content)]


def sick_places(**sheets: Sequence[Sequence[Any]]) -> list[tuple[int | None, str | int | None, str]]:
    return places(workbook({**SICK, **sheets}))


def written_at(path: Path) -> BaseModel:
    written = read_toml(path.read_text(encoding="utf-8"), source=path.name)
    assert not isinstance(written, tuple), written
    return written.model_copy(update={"expected": {}})


def digest_of(written: BaseModel) -> str:
    outcome = calculated(written, LawReader(load_law()))
    assert isinstance(outcome, Calculated), outcome
    return outcome.statement.digest


# --- the same case ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_case_that_goes_through_a_workbook_is_the_same_and_comes_to_the_same(path: Path) -> None:
    written = written_at(path)

    result = read(write(path.parent.name, written), source="fall.xlsx")

    assert isinstance(result, ReadWorkbook), result
    assert result.written == written
    assert digest_of(result.written) == digest_of(written)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_key_of_a_form_has_its_column_and_its_words(kind: str) -> None:
    layouts = layout_of(kind)
    keys = {(*layout.path, *column.path) for layout in layouts for column in layout.columns}

    assert keys | {layout.path for layout in layouts if layout.path} >= set(_keys_of(KINDS[kind].form, ()))
    for layout in layouts:
        assert load_words().of_table(layout), layout.name
        assert len(layout.name) <= LONGEST_SHEET_NAME
        assert not {column.heading for column in layout.columns} & set(layout.number_headings)
        for column in layout.columns:
            assert load_words().of_key(layout, column), f"{layout.name}: {column.heading}"


def test_every_explanation_is_of_a_table_or_a_key() -> None:
    layouts = [layout for kind in KINDS for layout in layout_of(kind)]
    words = load_words()

    assert set(words.tables) == {layout.name for layout in layouts}
    explained = [
        next(key for key in keys_of(one, column) if key in words.keys) for one in layouts for column in one.columns
    ]
    assert set(words.keys) == set(explained)


def _keys_of(form: type, path: tuple[str, ...]) -> set[tuple[str, ...]]:
    """The keys of a form by its schema, which knows nothing of the workbook; a table that a row owns has no sheet."""
    found: set[tuple[str, ...]] = set()
    named = (
        {info.alias or name: info.annotation for name, info in form.model_fields.items()}
        if issubclass(form, BaseModel)
        else {field.name: field.type for field in fields(form)}  # type: ignore[arg-type]
    )
    for name, annotation in named.items():
        tables = [one for one in _types_in(annotation) if issubclass(one, BaseModel) or is_dataclass(one)]
        if name != "expected" and not tables:
            found.add((*path, name))
        for table in tables:
            found |= _keys_of(table, (*path, name))
    return found


def _types_in(annotation: Any) -> list[type]:
    inner = getattr(annotation, "__args__", ())
    return (
        [annotation] if isinstance(annotation, type) and not inner else [one for arg in inner for one in _types_in(arg)]
    )


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_empty_workbook_is_the_same_every_time_and_says_what_it_needs(kind: str) -> None:
    assert write(kind) == write(kind)
    assert {fault.code for fault in faults(write(kind))} == {"missing"}


def test_the_empty_workbook_explains_each_key_in_swedish() -> None:
    text = zipfile.ZipFile(io.BytesIO(write("sick_cost"))).read("xl/sharedStrings.xml").decode()

    for said in ("Så fyller du i räknefallet", "Den sista sjukdagen.", "datum, ÅÅÅÅ-MM-DD", "Behövs."):
        assert said in text


# --- what Excel makes of what people type ----------------------------------------------------------------


def test_days_are_read_whatever_excel_made_of_them() -> None:
    day = (date(2025, 3, 3), "yyyy-mm-dd")
    spell = [["first_on", "last_on"], [day, "2025-03-05"]]

    assert sick(spell=spell).spell[0].first_on == date(2025, 3, 3)
    assert sick_places(spell=[spell[0], ["2025-02-30", day]]) == [(2, "spell!A", "not_a_day")]
    assert sick_places(spell=[spell[0], [(45719, "0"), "5 mars"]]) == [
        (2, "spell!A", "not_a_day"),
        (2, "spell!B", "not_a_day"),
    ]


@pytest.mark.parametrize("typed", ["22.00", "22:00", "2200", (time(22), "hh:mm"), (22 / 24, "General")])
def test_clock_times_are_read_whatever_excel_made_of_them(typed: Any) -> None:
    shift = sick(shift=[["on", "from", "to"], ["2025-03-03", typed, "24.00"]]).shift[0]

    assert (shift.from_ or "").replace(":", "").replace(".", "") == "2200"


@pytest.mark.parametrize(
    ("typed", "hours"),
    [
        ("0,5", "0,5"),
        ("1/3", "1/3"),
        ((0.5, "General"), "0.5"),
        ((7, "0"), "7"),
        ((0.1 + 0.2, "General"), "0.3"),
        ((timedelta(hours=30), "[h]:mm"), "30"),
        ((time(7, 30), "hh:mm"), "7.5"),
    ],
)
def test_hours_are_read_whatever_excel_made_of_them(typed: Any, hours: str) -> None:
    assert sick(shift=[["on", "hours"], ["2025-03-03", typed]]).shift[0].hours == hours


def test_a_fraction_that_became_a_day_is_not_guessed() -> None:
    third = (date(2025, 3, 1), "d/m")

    assert sick_places(shift=[["on", "hours"], ["2025-03-03", third]]) == [(2, "shift!B", "excel_made_a_day")]


@pytest.mark.parametrize(("typed", "ore"), [((15000, "0"), 15000), ("15 000", 15000), ((15000.0, "0.00"), 15000)])
def test_whole_numbers_are_read(typed: Any, ore: int) -> None:
    assert sick(pay=[["hourly_ore"], [typed]]).pay[0].hourly_ore == ore


@pytest.mark.parametrize("typed", ["150,00", (150.5, "0.00"), "hundra", (True, "General"), "1" * 30])
def test_what_is_no_whole_number_is_refused(typed: Any) -> None:
    assert sick_places(pay=[["hourly_ore"], [typed]]) == [(2, "pay!A", "not_a_whole_number")]


def test_a_cell_may_hold_a_list_or_none_or_nothing() -> None:
    def deductions(*cell: Any) -> tuple[date, ...] | None:
        return sick(fall=[["kind", "sick_cost"], ["paid_on", "2025-04-25"], ["deductions_on", *cell]]).deductions_on

    assert deductions("2024-11-04; 2024-12-01") == (date(2024, 11, 4), date(2024, 12, 1))
    assert deductions((date(2024, 11, 4), "yyyy-mm-dd")) == (date(2024, 11, 4),)
    assert deductions("inga") == ()
    assert deductions() is None


def test_yes_and_no_are_read_as_people_tick_them() -> None:
    shifts = [["on", "hours", "substitute"], *(["2025-03-03", "1", word] for word in ("ja", "NEJ", "x", (False, "0")))]

    assert [shift.substitute for shift in sick(shift=shifts).shift] == [True, False, True, False]


def test_a_table_inside_a_row_says_which_row_it_is_of() -> None:
    shifts = [["nr", "on", "hours"], ["a", "2025-03-03", "8"], [(2, "0"), "2025-03-04", "8"]]
    supplements = [["shift", "name", "ore_per_hour"], ["2", "ob", "4550"], ["a", "jour", "100"], ["2", "helg", "200"]]

    written = sick(**{"shift": shifts, "shift.supplement": supplements})

    assert [[one.name for one in shift.supplement] for shift in written.shift] == [["jour"], ["ob", "helg"]]
    wrong = [*supplements, ["3", "ob", "1"], ["", "ob", "1"]]
    assert sick_places(**{"shift": shifts, "shift.supplement": wrong}) == [
        (5, "shift.supplement!A", "unknown_row"),
        (6, "shift.supplement!A", "missing"),
    ]
    twice = [*shifts, ["a", "2025-03-05", "8"]]
    assert sick_places(shift=twice) == [(4, "shift!A", "stands_twice")]


# --- faults ----------------------------------------------------------------------------------------------


def test_every_fault_is_told_at_once_with_sheet_row_and_column() -> None:
    shifts = [
        ["nr", "on", "from", "to", "hours", "kind"],
        ["1", "3 mars", "22.00", "06.00", "", ""],
        ["2", "2025-03-04", "22.00", "06.00", "8", ""],
        ["3", "2025-03-05", "", "", "-1", "sovande"],
        ["4", "", "", "", "8", ""],
    ]

    found = faults(workbook({**SICK, "shift": shifts}))

    assert [(fault.line, fault.column, fault.code) for fault in found] == [
        (2, "shift!B", "not_a_day"),
        (3, "shift", "wrong_value"),
        (4, "shift!E", "wrong_value"),
        (4, "shift!F", "unknown_word"),
        (5, "shift!B", "missing"),
    ]
    assert all(fault.file == "fall.xlsx" and fault.remedy for fault in found)
    assert found[3].remedy == "Välj något av: active, waiting, standby."


def test_what_only_the_calculation_sees_is_told_with_its_place_too() -> None:
    shifts = [["nr", "on", "from", "to"], [], ["1", "2025-03-30", "02.15", "06.00"]]
    result = case_of({**SICK, "shift": shifts})

    outcome = calculated(result.written, LawReader(load_law()))

    assert isinstance(outcome, tuple)
    [placed] = result.placed(outcome)
    assert (placed.line, placed.column, placed.code, placed.file) == (
        3,
        "shift",
        "clock_time_does_not_exist",
        "fall.xlsx",
    )


def test_a_choice_that_nobody_has_made_is_told_where_it_would_stand() -> None:
    result = case_of({**SICK, "settings": [["nr", "deduction_method", "average_week"], ["1", "", "agreed"]]})

    outcome = calculated(result.written, LawReader(load_law()))

    assert isinstance(outcome, tuple)
    assert (2, "settings!B") in [(fault.line, fault.column) for fault in result.placed(outcome)]


@pytest.mark.parametrize(
    ("sheets", "found"),
    [
        ({"fall": [["kind", "sick"]]}, (1, "fall!B", "unknown_kind")),
        ({"fall": [["nyckel", "värde"]]}, (None, "fall", "missing")),
        ({"schift": [["on"], ["2025-03-03"]]}, (None, "schift", "unknown_sheet")),
        ({"fall": [*CASE[1], ["paid_onn", "x"]]}, (5, "fall!A", "unknown_key")),
        ({"fall": [*CASE[1], ["paid_on", "2025-04-26"]]}, (5, "fall!A", "stands_twice")),
        ({"fall": [*CASE[1], ["", "x"]]}, (5, "fall!A", "column_without_heading")),
        ({"spell": [["first_on", "last_on", "slut"], ["2025-03-03", "2025-03-03", ""]]}, (1, "spell!C", "unknown_key")),
        (
            {"spell": [["first_on", "last_on"], ["2025-03-03", "2025-03-03", "x"]]},
            (1, "spell!C", "column_without_heading"),
        ),
        ({"spell": [["first_on", "last_on", "last_on"], ["2025-03-03"]]}, (1, "spell!C", "stands_twice")),
        ({"spell": []}, (None, "spell", "missing")),
        ({"pay": [["hourly_ore"], ["-15000"]]}, (2, "pay!A", "too_small")),
        ({"Spell": [["first_on"]]}, (None, "Spell", "stands_twice")),
        ({"fall": [*CASE[1], ["title", "a\u200bb"]]}, (5, "fall!B", "hidden_character")),
        ({"fall": [*CASE[1][:3], ["deductions_on", '"2024-11-04']]}, (4, "fall!B", "not_a_list")),
    ],
)
def test_a_workbook_that_is_no_case_says_where(sheets: Sheets, found: tuple[int | None, str, str]) -> None:
    if "Spell" in sheets:
        # A spreadsheet program would not let two names differ in case only; other programs may.
        content = workbook({**SICK, "Spelx": sheets["Spell"]})
        content = _changed(content, "xl/workbook.xml", b"Spelx", b"Spell")
        assert found in places(content)
        return
    assert found in sick_places(**sheets)


def test_a_hidden_sheet_is_told_and_an_empty_one_is_no_matter() -> None:
    assert places(workbook({**SICK, "substitute": [["on"]]}, hidden=["substitute"])) == [
        (None, "substitute", "hidden_sheet")
    ]
    assert case_of({**SICK, "Blad1": [], "Läs mig": [["vad", "som", "helst"]]}, hidden=["Blad1"])


def test_a_formula_is_told_with_its_cell() -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet("fall")
    sheet.write_row(0, 0, ["kind", "hourly"])
    sheet.write_row(1, 0, ["month", "2021-03-01"])
    sheet.write_formula(2, 1, '=HYPERLINK("http://a.example")', value="x")
    book.add_worksheet("rate").write_formula("C7", "=1+1", value="2")
    book.close()

    assert places(target.getvalue()) == [(3, "fall!B", "cell_is_a_formula"), (7, "rate!C", "cell_is_a_formula")]


def test_text_that_looks_like_a_formula_stays_text() -> None:
    written = WrittenHourly.model_validate(
        {
            "kind": "hourly",
            "title": "=1+1 _x0041_\ttvå\nrader ",
            "month": "2021-03-01",
            "rate": {"ore_per_hour": 1, "why": '"', "cites": ["a; b", '"c"', "", "inga"]},
            "granted": [{"hours": "1", "per": "month", "reference": ""}],
            "performed": [{"hours": "1"}],
        }
    )

    result = read(write("hourly", written), source="f")

    assert isinstance(result, ReadWorkbook), result
    assert result.written == written


def test_a_text_that_a_cell_has_no_room_for_is_not_lost_in_silence() -> None:
    written = sick().model_copy(update={"title": "a" * 40_000})

    with pytest.raises(CaseDoesNotFit):
        write("sick_cost", written)


def test_macros_are_told() -> None:
    content = io.BytesIO(workbook(SICK))
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\0")

    assert places(content.getvalue()) == [(1, None, "has_macros")]


def test_a_zip_bomb_and_a_file_that_is_no_workbook_are_not_opened() -> None:
    bomb = io.BytesIO(workbook(SICK))
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet99.xml", b" " * 70_000_000)

    assert places(bomb.getvalue()) == [(1, None, "file_is_too_large")]
    assert places(b"PK\x03\x04 nothing") == [(1, None, "not_a_workbook")]
    far = _changed(workbook(SICK), "xl/worksheets/sheet1.xml", b'r="A1"', b'r="XFD1048576"')
    assert places(far)[0][2] in ("too_many_cells", "not_a_workbook")


def _changed(content: bytes, part: str, was: bytes, now: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as changed:
        for name in source.namelist():
            text = source.read(name)
            assert name != part or was in text
            changed.writestr(name, text.replace(was, now, 1) if name == part else text)
    return target.getvalue()


def test_a_row_of_work_may_be_written_in_either_way() -> None:
    sheets = {
        "fall": [["kind", "hourly"], ["month", "2021-03-01"]],
        "rate": [["code", "local.vasteras.amount"]],
        "granted": [["hours", "per"], ["120", "month"]],
        "performed": [["hours", "on", "from", "to"], ["112", "", "", ""], ["", "2021-03-02", "08.00", "16.00"]],
    }

    written = case_of(sheets).written

    assert isinstance(written, WrittenHourly)
    assert written.performed[0] == WrittenWork(hours="112")
    assert digest_of(written)
