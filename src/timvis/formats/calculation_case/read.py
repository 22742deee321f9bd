"""Reads a calculation case: TOML text to the written form of its kind, or every fault with its key."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pydantic import BaseModel, ValidationError

from timvis.core.calculation.calculated import Calculated
from timvis.core.faults import Fault
from timvis.core.law import LawReader
from timvis.formats.calculation_case import (
    converted_hours,
    first_twenty_hours,
    grant_period,
    home_care,
    hourly,
    recovery,
    shift_cost,
    sick_cost,
    substitute_fee,
)
from timvis.formats.calculation_case.home_care_form import WrittenHomeCare
from timvis.formats.calculation_case.sick_cost_form import WrittenSickCost
from timvis.formats.pydantic_faults import faults_of, not_toml


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of calculation: its written form, and what works such a case out, or says all that is wrong."""

    form: type[BaseModel]
    calculated: Callable[[Any, LawReader], Calculated | tuple[Fault, ...]]


KINDS: Mapping[str, Kind] = {
    "converted_hours": Kind(converted_hours.WrittenConverted, converted_hours.calculated),
    "first_twenty_hours": Kind(first_twenty_hours.WrittenFirstHours, first_twenty_hours.calculated),
    "grant_period": Kind(grant_period.WrittenGrantPeriod, grant_period.calculated),
    "home_care": Kind(WrittenHomeCare, home_care.calculated),
    "hourly": Kind(hourly.WrittenHourly, hourly.calculated),
    "recovery": Kind(recovery.WrittenRecovery, recovery.calculated),
    "shift_cost": Kind(shift_cost.WrittenShiftCost, shift_cost.calculated),
    "sick_cost": Kind(WrittenSickCost, sick_cost.calculated),
    "substitute_fee": Kind(substitute_fee.WrittenSubstituteFee, substitute_fee.calculated),
}
"""Every kind of calculation. A new kind is a module beside this one and a row here."""


def calculated(written: BaseModel, law: LawReader) -> Calculated | tuple[Fault, ...]:
    """Return what a case that was read comes to, or the rest of its faults. Raises `LawGap`."""
    [kind] = [kind for kind in KINDS.values() if isinstance(written, kind.form)]
    return kind.calculated(written, law)


def read(text: str, *, source: str) -> BaseModel | tuple[Fault, ...]:
    """Return a case in the written form of its kind, or all its faults."""
    try:
        table: dict[str, Any] = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        return (not_toml(error, source=source),)
    kind = table.get("kind")
    known = KINDS.get(kind) if isinstance(kind, str) else None
    if known is None:
        return (
            Fault(
                code="unknown_kind" if "kind" in table else "missing",
                message=f"Timvis känner ingen beräkning som heter {kind!r}." if "kind" in table else "kind saknas.",
                remedy=f'Skriv kind = "…" med något av: {", ".join(sorted(KINDS))}.',
                column="kind",
                file=source,
            ),
        )
    try:
        return known.form.model_validate(table)
    except ValidationError as error:
        return faults_of(error, source=source)


def schema(kind: str) -> dict[str, Any] | None:
    """Return the written form of a kind as JSON Schema, None when there is no such kind."""
    known = KINDS.get(kind)
    return None if known is None else known.form.model_json_schema(by_alias=True)
