"""TOML texts to agreement packs, and the packs that come with the package. The format is told in README.md."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from timvis.core.calculation.agreements import AgreementPack, Agreements, AgreementTerms, PackCost, PackSupplement
from timvis.core.calculation.sick_cost.settings import AverageWeek, DeductionMethod, ShortFirstDay
from timvis.core.faults import Fault
from timvis.core.law import Confidence
from timvis.formats.packaged import PackagedDataIsFaulty, packaged_texts
from timvis.formats.toml_text import TomlTable, read_toml

CONFIDENCES = {confidence.value: confidence for confidence in Confidence}


def read_pack(text: str, *, source: str) -> tuple[AgreementPack | None, tuple[Fault, ...]]:
    """Return the pack of one file, or every fault in it and no pack."""
    root, faults = read_toml(text, source=source)
    if root is None:
        return None, faults
    checked_on, known_on = root.day("checked_on"), root.day("known_on")
    pack = AgreementPack(
        code=root.text("code"),
        name=root.text("name"),
        parties=root.texts("parties"),
        for_own_employers=root.flag("for_own_employers"),
        terms=tuple(_terms(table, checked_on, known_on) for table in root.tables("terms")),
        supplements=tuple(_supplement(table) for table in root.tables("supplement")),
        costs=tuple(_cost(table) for table in root.tables("cost")),
        note=root.text("note", ""),
    )
    root.refuse_the_rest()
    found = tuple(root.document.faults)
    return (None if found else pack), found


@cache
def load_agreements() -> Agreements:
    """Return every pack of the package by its code; `PackagedDataIsFaulty` tells every fault."""
    packs: dict[str, AgreementPack] = {}
    faults: list[Fault] = []
    for name, text in packaged_texts("agreements", "packs"):
        pack, found = read_pack(text, source=name)
        faults.extend(found)
        if pack is not None:
            packs[pack.code] = pack
    if faults:
        raise PackagedDataIsFaulty(faults)
    return MappingProxyType(packs)


def _terms(table: TomlTable, checked_on: date, known_on: date) -> AgreementTerms:
    terms = AgreementTerms(
        from_on=table.day("from"),
        to_on=table.day_or_none("to"),
        known_on=table.day("known_on", known_on),
        checked_on=table.day("checked_on", checked_on),
        confidence=CONFIDENCES.get(table.one_of("confidence", CONFIDENCES), Confidence.FROM_MEMORY),
        source=table.texts("source"),
        cites=table.texts("cites", ()),
        note=table.text("note", ""),
        sick_pay_percent_code=_optional(table, "sick_pay_percent_code"),
        qualifying_day_hours_code=_optional(table, "qualifying_day_hours_code"),
        deduction_method=_word(table, "deduction_method", DeductionMethod),
        average_week=_word(table, "average_week", AverageWeek),
        short_first_day=_word(table, "short_first_day", ShortFirstDay),
        holiday_compensation_percent_code=_optional(table, "holiday_compensation_percent_code"),
    )
    table.refuse_the_rest()
    return terms


def _optional(table: TomlTable, key: str) -> str | None:
    return table.text(key) if table.has(key) else None


def _word(table: TomlTable, key: str, words: type[StrEnum]) -> str | None:
    allowed: Mapping[str, object] = {word.value: None for word in words}
    return table.one_of(key, allowed) if table.has(key) else None


def _supplement(table: TomlTable) -> PackSupplement:
    supplement = PackSupplement(name=table.text("name"), label=table.text("label"), code=table.text("code"))
    table.refuse_the_rest()
    return supplement


def _cost(table: TomlTable) -> PackCost:
    cost = PackCost(
        name=table.text("name"),
        label=table.text("label"),
        code=table.text("code"),
        pension_code=_optional(table, "pension_code"),
    )
    table.refuse_the_rest()
    return cost
