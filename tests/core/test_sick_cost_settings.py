"""What a routine chooses about a sick cost is one closed list: every choice can be read, and every word is a choice."""

import re
from collections.abc import Iterator
from dataclasses import fields
from enum import StrEnum
from pathlib import Path
from typing import Any, get_args, get_type_hints

from timvis.core.calculation.sick_cost.settings import CATALOGUE, SETTINGS, SickCostSettings

HINTS = get_type_hints(SickCostSettings)
DATES = {"valid_from", "valid_to"}


def words_of(code: str) -> set[str]:
    return {word.value for kind in kinds_of(HINTS[code]) if is_words(kind) for word in kind}


def is_words(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, StrEnum)


def kinds_of(hint: Any) -> Iterator[Any]:
    """Yield every class that a hint is made of: of `tuple[Cause, ...] | None` that is Cause, and None's."""
    parts = [part for part in get_args(hint) if part is not ...]
    if not parts:
        yield hint
    for part in parts:
        yield from kinds_of(part)


def test_every_choice_is_in_the_catalogue_and_nothing_else() -> None:
    assert (
        {field.name for field in fields(SickCostSettings)} - DATES == set(CATALOGUE) == {one.code for one in SETTINGS}
    )


def test_the_catalogue_has_the_words_that_the_calculation_knows() -> None:
    for setting in SETTINGS:
        assert set(setting.values) == words_of(setting.code), setting.code


def test_every_choice_says_what_it_decides_and_which_variation_it_is() -> None:
    for setting in SETTINGS:
        assert setting.decides
        assert setting.v
        assert all(re.fullmatch(r"V([2-9]|1[0-9]|2[0-3])", point) for point in setting.v), setting.code
        assert all(setting.values.values()), setting.code


def test_the_manual_has_every_choice_with_its_words() -> None:
    manual = (Path(__file__).parents[2] / "docs" / "manual" / "raknefall.md").read_text(encoding="utf-8")
    rows = {
        code: row for row in manual.splitlines() if (code := row.removeprefix("| `").partition("` |")[0]) in CATALOGUE
    }

    assert list(rows) == [setting.code for setting in SETTINGS]
    for setting in SETTINGS:
        assert setting.decides in rows[setting.code]
        assert {f"`{word}`" for word in setting.values} <= set(re.findall("`[a-z_]+`", rows[setting.code]))
