"""What is wrong with a report to the state: each mistake has a code of its own, and says what to do about it."""

from typing import Any

import pytest

from tests.formats.handed_in_months import ALMA, ELT_ROW, HEADINGS, ID, LINES, TODAY, csv_bytes, elt_bytes
from tests.formats.test_time_report_paper import FORM
from timvis.core.faults import Fault
from timvis.formats import intake
from timvis.formats.elt.read import read
from timvis.formats.time_report_paper.read import read as read_paper

NIGHT = ELT_ROW.format("{}", "{}", "{}", "aktivTid", "aktivTid")
A_ROW = {"dag": "1", "fran": "08.00", "till": "08.05", "typ": "aktiv"}


def of_elt(**instead: Any) -> tuple[Fault, ...]:
    return read(elt_bytes(**instead), today=TODAY).faults


def of_row(*row: object) -> tuple[Fault, ...]:
    return of_elt(rows=[NIGHT.format(*row)])


def of_form(rows: int) -> tuple[Fault, ...]:
    return read_paper({**FORM, "rader": [A_ROW] * rows}, today=TODAY).faults


MISTAKES = {
    "clock_time_does_not_exist": of_row(30, "02.30", "08.00"),
    "number_wrong_check_digit": of_elt(was=ALMA, now=ALMA[:-1] + "1"),
    "id_is_in_upper_case": of_elt(was=ID, now=ID.upper()),
    "continues_into_next_month": of_row(31, "22.00", "06.00"),
    "end_is_not_after_start": of_row(30, "22.00", "06.00"),
    "more_rows_than_the_form_has": of_form(81),
}


@pytest.mark.parametrize("code", MISTAKES)
def test_each_mistake_has_its_own_code_and_remedy(code: str) -> None:
    (fault,) = MISTAKES[code]

    assert fault.code == code
    assert fault.remedy
    assert fault.remedy not in {other.remedy for key, (other,) in MISTAKES.items() if key != code}
    assert fault.line


def test_eighty_rows_are_one_form_and_the_eighty_first_is_another() -> None:
    assert of_form(80) == ()
    (fault,) = of_form(81)
    assert (fault.line, fault.column) == (81, "rader")


def test_a_table_has_no_last_row_and_the_same_mistake_has_the_same_code_there() -> None:
    row = dict(zip(HEADINGS, LINES[1], strict=True))
    night = tuple({**row, "dag": "31", "fran": "22.00", "till": "06.00"}.values())
    many = [tuple({**row, "dag": str(1 + n // 60), "fran": "08.00", "till": "08.30"}.values()) for n in range(81)]

    (fault,) = intake.read(csv_bytes([HEADINGS, night]), file_name="mars.csv", today=TODAY).faults
    (report,) = intake.read(csv_bytes([HEADINGS, *many]), file_name="mars.csv", today=TODAY).reports

    assert fault.code == "continues_into_next_month"
    assert len(report.rows) == 81


def test_an_ambiguous_hour_is_no_fault_but_is_marked_for_a_person() -> None:
    content = elt_bytes(rows=[NIGHT.format(26, "01.00", "02.30")], was="2025-03<", now="2025-10<")

    (report,) = read(content, today=TODAY).reports

    assert report.rows[0].span.is_ambiguous
