"""A time report from paper: what an officer types, and faults beside the field or the row."""

from typing import Any

from tests.formats.handed_in_months import ALMA, BJORN, EKOT, TODAY, csv_bytes, without_place
from timvis.formats import intake
from timvis.formats.time_report_paper.read import read

ROWS = [
    {"dag": "1", "fran": "08.00", "till": "16.30", "typ": "aktiv"},
    {"dag": "2", "fran": "22.00", "till": "24.00", "typ": "väntetid"},
    {"dag": "3", "fran": "00.00", "till": "06.00", "typ": "beredskap"},
]
FORM: dict[str, Any] = {
    "redovisningsmanad": "2025-03",
    "brukare_personnummer": ALMA,
    "brukare_namn": "Alma Åkesson",
    "assistent_personnummer": BJORN,
    "assistent_namn": "Björn Öst",
    "kollektivavtal": "ja",
    "arbetsgivare_typ": "anordnare",
    "organisationsnummer": EKOT,
    "berakningsperioder": [{"fran": "2025-03-01", "till": "2025-03-31"}],
    "rader": ROWS,
}


def places(form: dict[str, Any]) -> list[tuple[int | None, str | int | None, str]]:
    return [(fault.line, fault.column, fault.code) for fault in read(form, today=TODAY).faults]


def test_the_form_typed_in_is_the_same_report_as_the_file() -> None:
    [typed] = read(FORM, today=TODAY).reports
    [from_file] = intake.read(csv_bytes(), file_name="mars.csv", today=TODAY).reports

    assert without_place(typed) == without_place(from_file)
    assert [row.line for row in typed.rows] == [1, 2, 3]


def test_the_same_form_twice_has_the_same_key() -> None:
    assert read(FORM, today=TODAY) == read(FORM, today=TODAY)
    assert read({**FORM, "chef_namn": "Cecilia Ek"}, today=TODAY).reports[0].key != (
        read(FORM, today=TODAY).reports[0].key
    )


def test_a_form_with_every_field_filled_in_is_read() -> None:
    periods = [{"fran": f"2025-0{month}-01", "till": f"2025-0{month}-28"} for month in range(1, 7)]
    sums = {f"summa_{kind}_{unit}": "1" for kind in ("aktiv", "vantetid", "beredskap") for unit in ("tim", "min")}
    signed = {"assistent_underskrift_datum": "2025-04-01", "chef_underskrift_datum": "2025-04-01"}

    [report] = read({**FORM, **sums, **signed, "berakningsperioder": periods}, today=TODAY).reports

    assert len(report.reference_periods) == 6
    assert report.stated_sums is not None
    assert report.stated_sums.standby_minutes == 61


def test_faults_stand_beside_the_field_or_the_row() -> None:
    broken = {
        **FORM,
        "assistent_personnummer": BJORN[:-1] + "1",
        "kollektivavtal": "?",
        "berakningsperioder": [{"fran": "2025-03-01", "till": ""}],
        "rader": [ROWS[0], {**ROWS[1], "till": "25.00"}, {**ROWS[2], "dag": "32", "typ": ""}],
    }

    assert sorted(places(broken), key=str) == sorted(
        [
            (None, "assistent_personnummer", "number_wrong_check_digit"),
            (None, "kollektivavtal", "neither_yes_nor_no"),
            (None, "berakningsperiod_till", "value_is_missing"),
            (2, "till", "not_a_clock_time"),
            (3, "typ", "value_is_missing"),
            (3, "dag", "day_does_not_exist"),
        ],
        key=str,
    )


def test_a_form_without_rows_is_a_fault() -> None:
    assert places({**FORM, "rader": []}) == [(None, "rader", "no_rows")]


def test_a_field_that_the_form_does_not_have_is_a_fault() -> None:
    assert places({**FORM, "lön": "1"}) == [(None, "lön", "not_a_field_of_the_form")]
    assert places({**FORM, "rader": [ROWS[0], {**ROWS[1], "rast": "1"}]}) == [(2, "rast", "not_a_field_of_the_form")]
    assert places({**FORM, "rader": "inga"}) == [(None, "rader", "not_a_field_of_the_form")]
