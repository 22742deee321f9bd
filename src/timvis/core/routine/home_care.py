"""A routine's home care as the calculation takes it: its choices, its price list and its time bands.

Nothing is added: what the routine does not state stays unmade, and the calculation asks for it by name.
"""

from collections.abc import Collection, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar, get_type_hints

from timvis.core.calculation.home_care.records import Price, PriceUnit
from timvis.core.calculation.home_care.settings import (
    SETTINGS,
    AbsenceShare,
    Addition,
    BeyondGranted,
    ClientFee,
    Cohabitants,
    DatedSettings,
    Form,
    HomeCareSettings,
    MinuteRounding,
    Notice,
    PartMonth,
    PayBasis,
    PriceRounding,
    Service,
    Staffing,
    Window,
    WrongReport,
)
from timvis.core.calculation.home_care.time_bands import Days, TimeBand
from timvis.core.calendar.working_days import Definition
from timvis.core.home_care.decided import service_label
from timvis.core.quantities import Ore
from timvis.core.routine.records import Routine
from timvis.core.routine.settings import rows_of, setting_of, states
from timvis.core.routine.shapes import Cell

TABLES: Mapping[str, type] = {
    "pay_basis": PayBasis,
    "service": Service,
    "absence": AbsenceShare,
    "notice": Notice,
    "addition": Addition,
}
WORDS: Mapping[str, type[StrEnum]] = {
    "granted_window": Window,
    "beyond_granted": BeyondGranted,
    "wrong_report": WrongReport,
    "working_day": Definition,
    "client_fee": ClientFee,
    "price_rounding": PriceRounding,
    "double_staffing": Staffing,
    "cohabitants": Cohabitants,
    "part_month": PartMonth,
}

Record = TypeVar("Record")


def choices_of(routine: Routine) -> DatedSettings:
    """Return what a routine chooses for home care, from the day it holds."""
    made: dict[str, Any] = {}
    for setting in SETTINGS:
        code = setting.name
        if not states(routine, code):
            continue
        if code == "minute_rounding":
            [row] = rows_of(routine, code)
            made[code] = _record(MinuteRounding, row)
        elif code in TABLES:
            made[code] = tuple(_record(TABLES[code], row) for row in rows_of(routine, code))
        elif code in WORDS:
            made[code] = _word(WORDS[code], setting_of(routine, code))
        else:
            made[code] = setting_of(routine, code)
    return DatedSettings(from_on=routine.valid_from, settings=HomeCareSettings(**made))


def prices_of(routine: Routine) -> tuple[Price, ...]:
    """Return a routine's price list."""
    return tuple(
        Price(
            service=str(row["service"]),
            unit=PriceUnit(str(row["unit"])),
            amount_ore=Ore(_whole(row["amount_ore"])),
            zone=str(row.get("zone", "")),
            time_band=str(row.get("time_band", "")),
            form=Form(str(row.get("form", Form.ALL))),
            vat_compensated=bool(row.get("vat_compensated", False)),
            from_on=_day(row.get("from"), date.min),
            to_on=_day(row.get("to"), date.max),
        )
        for row in _rows(routine, "price")
    )


def price_list(routine: Routine, *, form: Form, services: Collection[str], on: date) -> tuple[Price, ...]:
    """Return the rows of a routine's price list that hold on a day for a kind of provider and its services.

    The list is the municipality's, decided once for everybody: no agreement has prices of its own.
    """
    return tuple(
        price
        for price in prices_of(routine)
        if price.service in services and price.form in (form, Form.ALL) and price.from_on <= on <= price.to_on
    )


def labels_of(routine: Routine, code: str) -> Mapping[str, str]:
    """Return what people call the names of a setting (`service`, `zone`, `time_band`, `choice_area`), by name.

    The house has words for the usual services; any other name without a label is called by itself.
    """
    return {str(row["name"]): str(row.get("label") or service_label(str(row["name"]))) for row in _rows(routine, code)}


def time_bands_of(routine: Routine) -> tuple[TimeBand, ...]:
    """Return the times of the day and the week that a routine has prices of their own for."""
    return tuple(
        TimeBand(
            name=str(row["name"]),
            days=Days(str(row["days"])),
            from_minute=_whole(row["from"]),
            to_minute=_whole(row["to"]),
        )
        for row in _rows(routine, "time_band")
    )


def _rows(routine: Routine, code: str) -> tuple[Mapping[str, Cell], ...]:
    return rows_of(routine, code) if states(routine, code) else ()


def _record(record: type[Record], row: Mapping[str, Cell]) -> Record:
    """Return a row as its record, each word as the word of its list; what only people read is left out."""
    hints = get_type_hints(record)
    return record(**{name: _word(hints[name], value) for name, value in row.items() if name in hints})


def _word(hint: Any, value: object) -> object:
    """Return a word of a closed list, None when the calculation has no such word; any other value as it is.

    The criteria of quality money are numbers that a routine writes as words.
    """
    if hint == tuple[int, ...] and isinstance(value, tuple):
        return tuple(int(one) for one in value)
    if not (isinstance(hint, type) and issubclass(hint, StrEnum)):
        return value
    return hint(str(value)) if value in set(hint) else None


def _whole(value: Cell) -> int:
    assert isinstance(value, int), value
    return value


def _day(value: Cell | None, without: date) -> date:
    return value if isinstance(value, date) else without
