"""The sheets and columns of a kind of case, taken from its written form: nothing is listed by hand."""

from collections.abc import Iterator
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum, StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, cast, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from timvis.formats.calculation_case.converted_hours import Factor
from timvis.formats.calculation_case.hourly import Clock, Hours
from timvis.formats.calculation_case.read import KINDS
from timvis.formats.calculation_case.sick_cost_form import Number

CASE = "fall"
"""The sheet of what is said once for the whole case, outside every table."""

ROW_NUMBER = "nr"
"""The column that numbers the rows, for other sheets to refer to."""


class Shape(StrEnum):
    """What a cell holds."""

    DAY = "day"
    MOMENT = "moment"
    CLOCK = "clock"
    HOURS = "hours"
    NUMBER = "number"
    DECIMAL = "decimal"
    WHOLE = "whole"
    FLAG = "flag"
    WORD = "word"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A key of the form: its heading (dotted inside a row's own table), and what stands in it."""

    path: tuple[str, ...]
    shape: Shape
    words: tuple[str, ...] = ()
    is_list: bool = False
    is_required: bool = False
    default: Any = None

    @property
    def heading(self) -> str:
        """The heading of the column, and the key in a sheet of keys and values."""
        return ".".join(self.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLayout:
    """A table of the form: keys and values, or rows; a row may belong to a row of `parent`."""

    path: tuple[str, ...]
    columns: tuple[Column, ...]
    has_rows: bool
    is_optional: bool = False
    """Whether a list that is empty says something else than one left out."""

    parent: tuple[str, ...] | None = None

    @property
    def name(self) -> str:
        """The sheet's name."""
        return ".".join(self.path) or CASE

    @property
    def number_headings(self) -> tuple[str, ...]:
        """The columns before the keys: which row this is of, else the row's own number."""
        if not self.has_rows:
            return ()
        return (ROW_NUMBER,) if self.parent is None else (self.parent[-1],)


@dataclass(frozen=True, slots=True)
class _Type:
    """A type without its wrapping: what one value is, whether it may be left out, and whether there are several."""

    one: Any
    is_optional: bool
    is_list: bool


@dataclass(frozen=True, slots=True)
class _Key:
    """A field of a form under the name it is written by."""

    name: str
    type: _Type
    is_required: bool
    default: Any


@cache
def layout_of(kind: str) -> tuple[SheetLayout, ...]:
    """Return the sheets of a kind, each after the one it belongs to. Raises `KeyError` when there is no such kind."""
    return tuple(_sheets(KINDS[kind].form, path=(), parent=None, has_rows=False, is_optional=False))


def _sheets(
    form: type, *, path: tuple[str, ...], parent: tuple[str, ...] | None, has_rows: bool, is_optional: bool
) -> Iterator[SheetLayout]:
    """Yield the sheet of a table and those of the tables in it."""
    columns: list[Column] = []
    inner: list[SheetLayout] = []
    for key in _keys(form):
        if not _is_table(key.type.one):
            columns += _column(key, ())
        elif has_rows and not key.type.is_list:
            columns += _own_table(key)
        else:
            inner += _sheets(
                key.type.one,
                path=(*path, key.name),
                parent=path if has_rows else None,
                has_rows=key.type.is_list,
                is_optional=key.type.is_list and key.type.is_optional,
            )
    yield SheetLayout(path=path, columns=tuple(columns), has_rows=has_rows, is_optional=is_optional, parent=parent)
    yield from inner


def _own_table(key: _Key) -> Iterator[Column]:
    """Yield the columns of a table that stands inside a row: its keys after its name."""
    for inner in _keys(key.type.one):
        yield from _column(inner, (key.name,))


def _column(key: _Key, path: tuple[str, ...]) -> Iterator[Column]:
    shape = _shape(key.type.one)
    if shape is None:
        return
    yield Column(
        path=(*path, key.name),
        shape=shape,
        words=_words(key.type.one),
        is_list=key.type.is_list,
        is_required=key.is_required and not path,
        default=key.default,
    )


def _is_table(one: Any) -> bool:
    return isinstance(one, type) and (issubclass(one, BaseModel) or is_dataclass(one))


def _keys(form: type) -> Iterator[_Key]:
    """Yield the fields of a written form, or of a record of the core that a form has in it."""
    types = get_type_hints(form, include_extras=True)
    if issubclass(form, BaseModel):
        for name, info in form.model_fields.items():
            yield _Key(info.alias or name, _type(types[name]), info.is_required(), info.default)
        return
    for field in fields(cast(Any, form)):
        is_required = field.default is MISSING and field.default_factory is MISSING
        yield _Key(field.name, _type(types[field.name]), is_required, None if is_required else field.default)


def _type(annotation: Any) -> _Type:
    """Return an annotation without None, without a list around it, and without what pydantic wants to know."""
    is_optional = is_list = False
    while True:
        inner = [one for one in get_args(annotation) if one is not NoneType]
        if get_origin(annotation) in (Union, UnionType) and len(inner) == 1:
            is_optional, annotation = True, inner[0]
        elif get_origin(annotation) is tuple:
            is_list, annotation = True, inner[0]
        elif get_origin(annotation) is Annotated and _written_as_text(annotation) is None:
            annotation = inner[0]
        else:
            return _Type(annotation, is_optional, is_list)


def _written_as_text(annotation: Any) -> Shape | None:
    """Return the shape of what TOML writes as text and a spreadsheet as a number."""
    for known, shape in ((Hours, Shape.HOURS), (Number, Shape.NUMBER), (Factor, Shape.NUMBER), (Clock, Shape.CLOCK)):
        if annotation == known:
            return shape
    return None


def _shape(one: Any) -> Shape | None:
    """Return what a cell of a type holds; None for what a workbook has no room for (`expected`)."""
    if _written_as_text(one) is not None:
        return _written_as_text(one)
    if get_origin(one) is Literal or (isinstance(one, type) and issubclass(one, Enum)):
        return Shape.WORD
    if set(get_args(one)) - {NoneType} == {datetime, date}:
        return Shape.MOMENT
    return {bool: Shape.FLAG, int: Shape.WHOLE, Decimal: Shape.DECIMAL, date: Shape.DAY, str: Shape.TEXT}.get(one)


def _words(one: Any) -> tuple[str, ...]:
    """Return the words that may stand in a cell, where only some may."""
    members = get_args(one) if get_origin(one) is Literal else one if isinstance(one, type) else ()
    if isinstance(members, type) and not issubclass(members, Enum):
        return ()
    return tuple(str(member.value) if isinstance(member, Enum) else str(member) for member in members)
