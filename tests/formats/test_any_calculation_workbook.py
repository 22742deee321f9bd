"""Any case goes through a workbook unchanged, and any bytes and any cells are a case or faults."""

from datetime import date
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.formats.handed_in_months import workbook
from tests.formats.test_calculation_workbook import CASE, SICK, faults
from timvis.formats.calculation_case.read import KINDS
from timvis.formats.calculation_workbook.read import ReadWorkbook, read
from timvis.formats.calculation_workbook.write import write

TEXTS = st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), max_size=20)
DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))
HOURS = st.fractions(0, 100, max_denominator=60).map(str)
ORE = st.integers(1, 10**12)
CLOCKS = st.times().map(lambda at: f"{at:%H.%M}")


def _some(**keys: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=keys)


SUPPLEMENTS = st.lists(st.builds(dict, name=TEXTS, ore_per_hour=ORE), max_size=2)
SICK_CASES = st.fixed_dictionaries(
    {
        "kind": st.just("sick_cost"),
        "paid_on": DAYS,
        "spell": st.lists(st.builds(dict, first_on=DAYS, last_on=DAYS), min_size=1, max_size=2),
        "settings": st.lists(_some(valid_from=DAYS, tolerance_ore=ORE), min_size=1, max_size=2),
    },
    optional={
        "title": TEXTS,
        "agreement": TEXTS,
        "deductions_on": st.lists(DAYS, max_size=3),
        "is_paid_already": st.booleans(),
        "assistant": _some(
            born_year=st.integers(1950, 2005),
            employment=st.lists(
                _some(to=DAYS).flatmap(lambda one: DAYS.map(lambda day: {**one, "from": day})), max_size=2
            ),
        ),
        "week": _some(agreed_hours=HOURS.filter(lambda text: (60 * Fraction(text)).denominator == 1)),
        "pay": st.lists(_some(hourly_ore=ORE, hours_per_month=HOURS), max_size=2),
        "payslip": st.lists(_some(occasion=st.integers(1, 9)), max_size=2),
        "shift": st.lists(
            st.builds(dict, on=DAYS, to=CLOCKS, substitute=st.booleans(), supplement=SUPPLEMENTS).flatmap(
                lambda one: CLOCKS.map(lambda clock: {**one, "from": clock})
            ),
            max_size=3,
        ),
    },
)
CHOICES = _some(
    service=st.lists(st.builds(dict, name=TEXTS.filter(bool), minutes=st.integers(1, 90)), max_size=2, unique_by=str),
    client_fee_exempt=st.lists(TEXTS, max_size=3),
    vat_compensation=st.decimals(0, 100, places=2),
    minute_rounding=st.just({"minutes": 15, "how": "up"}),
)
HOME_CARE_CASES = st.fixed_dictionaries(
    {
        "kind": st.just("home_care"),
        "month": DAYS,
        "form": st.just("own"),
        "decision": st.builds(dict, decided_on=DAYS),
        "setting": st.lists(CHOICES.flatmap(lambda one: DAYS.map(lambda day: {**one, "from": day})), max_size=3),
        "visit": st.lists(
            st.builds(dict, on=DAYS, service=TEXTS.filter(bool), notice_at=st.one_of(DAYS, st.datetimes())), max_size=2
        ),
    },
    optional={"quality": st.builds(dict, met=st.lists(st.integers(-(10**15), 10**15), max_size=3))},
)


@settings(deadline=None, max_examples=50)
@given(case=SICK_CASES)
def test_any_sick_cost_case_comes_back_as_it_was(case: dict[str, Any]) -> None:
    _comes_back("sick_cost", case)


@settings(deadline=None, max_examples=50)
@given(case=HOME_CARE_CASES)
def test_any_home_care_case_comes_back_as_it_was(case: dict[str, Any]) -> None:
    _comes_back("home_care", case)


def _comes_back(kind: str, case: dict[str, Any]) -> None:
    written = KINDS[kind].form.model_validate(case)

    result = read(write(kind, written), source="fall.xlsx")

    assert isinstance(result, ReadWorkbook), result
    assert result.written == written


@settings(deadline=None, max_examples=50)
@given(content=st.one_of(st.binary(max_size=300), st.binary(max_size=300).map(lambda tail: b"PK\x03\x04" + tail)))
def test_junk_bytes_are_faults_and_never_an_exception(content: bytes) -> None:
    assert faults(content)


CELLS = st.one_of(
    TEXTS,
    st.sampled_from(
        ["nr", "on", "from", "to", "hours", "kind", "sick_cost", "1", "2025-03-03", "inga", '"', ";", "ja"]
    ),
    st.tuples(
        st.floats(allow_nan=False, allow_infinity=False, width=32), st.sampled_from(["0", "yyyy-mm-dd", "hh:mm"])
    ),
    st.tuples(st.booleans(), st.just("General")),
)
GRIDS = st.lists(st.lists(CELLS, max_size=5), max_size=4)


@settings(deadline=None, max_examples=50)
@given(
    sheets=st.fixed_dictionaries(
        {}, optional=dict.fromkeys(("shift", "spell", "week", "shift.supplement", "settings", "Blad1"), GRIDS)
    ),
    more=GRIDS,
)
def test_any_cells_are_a_case_or_faults_and_never_an_exception(sheets: dict[str, Any], more: list[list[Any]]) -> None:
    content = workbook({**SICK, **sheets, "fall": [*CASE[1], *more]})

    result = read(content, source="fall.xlsx")

    assert isinstance(result, ReadWorkbook) or result
