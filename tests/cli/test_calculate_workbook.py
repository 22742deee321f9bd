"""`timvis calculate` with a workbook: the empty one is written, a filled one comes to the same as its TOML."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tests.formats.handed_in_months import workbook
from timvis.cli.main import app
from timvis.formats.calculation_case.read import KINDS, read
from timvis.formats.calculation_workbook.write import write

CASES = Path(__file__).parents[1] / "cases"
CASE = CASES / "sick_cost" / "W-13-ob-i-karensen-timmetoden.toml"


def answer(*arguments: str) -> tuple[int, Any]:
    result = CliRunner().invoke(app, ["calculate", *arguments, "--json"])
    return result.exit_code, json.loads(result.stdout)


def test_a_workbook_comes_to_the_same_as_its_toml(tmp_path: Path) -> None:
    written = read(CASE.read_text(encoding="utf-8"), source="fall.toml")
    assert not isinstance(written, tuple)
    # Known by its content: what the file is called does not matter.
    path = tmp_path / "fall.bin"
    path.write_bytes(write("sick_cost", written))

    assert answer(str(path)) == answer(str(CASE))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_empty_workbook_of_a_kind_is_written_and_says_what_it_lacks(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"{kind}.xlsx"

    assert answer("--workbook", kind, "--out", str(path)) == (0, {"file": str(path), "faults": []})
    code, told = answer(str(path))

    assert code == 2
    assert {fault["code"] for fault in told["faults"]} == {"missing"}
    assert all(fault["file"] == path.name for fault in told["faults"])


def test_a_fault_of_a_workbook_has_sheet_row_and_column(tmp_path: Path) -> None:
    sheets = {
        "fall": [["kind", "sick_cost"], ["paid_on", "2025-04-25"]],
        "spell": [["first_on", "last_on"], ["2025-03-03", "2025-03-05"]],
        "shift": [["on", "from", "to"], ["2025-03-03", "25.00", "26.00"], ["2025-03-04", "08.00", "16.00"]],
        "settings": [["nr"], ["1"]],
    }
    path = tmp_path / "fall.xlsx"
    path.write_bytes(workbook(sheets))

    code, told = answer(str(path))

    assert code == 2
    assert [(fault["line"], fault["column"], fault["code"]) for fault in told["faults"]] == [
        (2, "shift", "not_a_clock_time")
    ]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--workbook", "sick"), "unknown_kind"),
        (("--workbook", "sick_cost"), "no_place_to_write"),
        (("--workbook", "sick_cost", "--out", "."), "no_place_to_write"),
        (("--workbook", "sick_cost", "--out", "saknas/fall.xlsx"), "no_place_to_write"),
        ((), "no_case"),
        (("saknas.xlsx",), "unreadable"),
    ],
)
def test_a_call_that_cannot_be_carried_out_says_why(arguments: tuple[str, ...], code: str) -> None:
    assert [fault["code"] for fault in answer(*arguments)[1]["faults"]] == [code]
    assert answer(*arguments)[0] == 2


def test_bytes_that_are_neither_text_nor_workbook_are_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "fall.xlsx"
    path.write_bytes(b"\xff\xfe\x00")

    assert answer(str(path))[1]["faults"][0]["code"] == "unreadable"


def test_a_workbook_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "fall.xlsx"
    path.write_bytes(b"mitt")

    assert answer("--workbook", "sick_cost", "--out", str(path))[0] == 2
    assert path.read_bytes() == b"mitt"
