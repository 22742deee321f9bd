"""What each table and each key of a case means, in Swedish. The words are data; the tables and keys are the forms'."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from timvis.formats.calculation_workbook.layout import Column, SheetLayout
from timvis.formats.packaged import packaged_text

FILE = "case_words.toml"


@dataclass(frozen=True, slots=True)
class Words:
    """The explanations by table and by key; that of a key in its table ("spell.cause") goes before the key's own."""

    tables: Mapping[str, str]
    keys: Mapping[str, str]

    def of_table(self, layout: SheetLayout) -> str:
        """Return what a table holds; empty when nobody has written it."""
        return self.tables.get(layout.name, "")

    def of_key(self, layout: SheetLayout, column: Column) -> str:
        """Return what a key says; empty when nobody has written it."""
        key = next((key for key in keys_of(layout, column) if key in self.keys), None)
        return "" if key is None else self.keys[key]


def keys_of(layout: SheetLayout, column: Column) -> tuple[str, str, str]:
    """Return the names that a key may be explained under, the most particular first."""
    own_table = (*layout.name.split("."), *column.path)[-2:]
    return f"{layout.name}.{column.heading}", ".".join(own_table), column.path[-1]


@cache
def load_words() -> Words:
    """Return the explanations that come with the package."""
    file = tomllib.loads(packaged_text(FILE) or "")
    return Words(tables=file["table"], keys=file["key"])
