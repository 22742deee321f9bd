"""Clearing numbers as `core.account_numbers` wants them."""

import tomllib
from functools import cache

from pydantic import BaseModel, ConfigDict, TypeAdapter

from timvis.core.account_numbers import AccountCheck, ClearingRange
from timvis.formats.packaged import packaged_text


class _Row(BaseModel):
    """One range as it is written; seven digits where nothing else is said."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    first: int
    last: int
    bank: str
    check: AccountCheck
    digits: tuple[int, int] = (7, 7)
    has_fifth_digit: bool = False
    fills_with_zeros: bool = False
    holds_personal_number: bool = False


_ROWS = TypeAdapter(list[_Row])


def read(text: str) -> tuple[ClearingRange, ...]:
    """Return the ranges of a clearing table, in order of their numbers.

    Raises `pydantic.ValidationError` or `tomllib.TOMLDecodeError`: the table is ours, nothing handed in.
    """
    rows = _ROWS.validate_python(tomllib.loads(text).get("ranges"))
    return tuple(_range(row) for row in sorted(rows, key=lambda row: row.first))


@cache
def packaged_ranges() -> tuple[ClearingRange, ...]:
    """Return the ranges that Timvis carries."""
    return read(packaged_text("accounts", "clearing.toml") or "")


def _range(row: _Row) -> ClearingRange:
    fewest, most = row.digits
    return ClearingRange(
        first=row.first,
        last=row.last,
        bank=row.bank,
        min_digits=fewest,
        max_digits=most,
        check=row.check,
        has_fifth_digit=row.has_fifth_digit,
        fills_with_zeros=row.fills_with_zeros,
        holds_personal_number=row.holds_personal_number,
    )
