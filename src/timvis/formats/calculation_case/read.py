"""Reads a calculation case: TOML text to the written form of its kind, or every fault with its key."""

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from pydantic import BaseModel, ValidationError

from timvis.core.faults import Fault
from timvis.formats.calculation_case.first_twenty_hours import WrittenFirstHours
from timvis.formats.calculation_case.hourly import WrittenHourly
from timvis.formats.pydantic_faults import faults_of, not_toml

KINDS: Mapping[str, type[BaseModel]] = {"hourly": WrittenHourly, "first_twenty_hours": WrittenFirstHours}
"""Every kind of calculation and its written form. A new kind is a module beside this one and a row here."""


def read(text: str, *, source: str) -> BaseModel | tuple[Fault, ...]:
    """Return a case in the written form of its kind, or all its faults."""
    try:
        table: dict[str, Any] = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        return (not_toml(error, source=source),)
    kind = table.get("kind")
    form = KINDS.get(kind) if isinstance(kind, str) else None
    if form is None:
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
        return form.model_validate(table)
    except ValidationError as error:
        return faults_of(error, source=source)


def schema(kind: str) -> dict[str, Any] | None:
    """Return the written form of a kind as JSON Schema, None when there is no such kind."""
    form = KINDS.get(kind)
    return None if form is None else form.model_json_schema(by_alias=True)
