"""The shapes a setting of a routine can have: a closed set of value kinds, each with its bounds.

A shape says how a value is written, read and told. There are no expressions: what does not fit a shape is a
fault in the file.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from timvis.core.calendar.deadlines import DueRule

Cell: TypeAlias = str | int | Decimal | bool | date | DueRule | tuple[str, ...]
"""One value: a word, a count, a percentage, a truth, a day, a rule for a day, or several words."""

RowOfCells: TypeAlias = tuple[tuple[str, Cell], ...]
"""One row of a small table, as (column, cell) in the order of the columns; what is left out has no pair."""

Value: TypeAlias = Cell | tuple[RowOfCells, ...]
"""What a setting can be."""


@dataclass(frozen=True, slots=True)
class OneOf:
    """One word of a closed list; `words` gives each its Swedish."""

    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SomeOf:
    """Some words of a closed list, each at most once; none at all is an answer too."""

    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number within bounds; `unit` is Swedish, as it is read after the number."""

    unit: str
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Percent:
    """A percentage within bounds."""

    least: int = 0
    most: int = 100


@dataclass(frozen=True, slots=True)
class Factor:
    """A number above zero to multiply by, as 1.4."""


@dataclass(frozen=True, slots=True)
class Amount:
    """Money in whole öre."""


@dataclass(frozen=True, slots=True)
class YesNo:
    """A truth."""


@dataclass(frozen=True, slots=True)
class DayRule:
    """A due rule."""


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day."""


@dataclass(frozen=True, slots=True)
class ClockTime:
    """A clock time, kept as whole minutes after midnight; 24.00 is 1440."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name the routine gives by itself, in small letters; `among` the setting and column that gives it."""

    among: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """What people call a thing, as it stands on pages and in letters."""


@dataclass(frozen=True, slots=True)
class NumberCode:
    """The code of a dated number: the law's, an agreement's or the municipality's own."""


CellShape: TypeAlias = (
    OneOf | SomeOf | Whole | Percent | Factor | Amount | YesNo | DayRule | Day | ClockTime | Name | Label | NumberCode
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a small table."""

    label: str
    shape: CellShape
    is_optional: bool = False


@dataclass(frozen=True, slots=True)
class Rows:
    """A small table; two rows that agree on all of `key` may not hold on the same day.

    `one_of` names columns of which a row has exactly one.
    """

    columns: Mapping[str, Column]
    key: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()


Shape: TypeAlias = CellShape | Rows
