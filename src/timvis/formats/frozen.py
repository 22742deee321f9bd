"""A record as plain JSON and back again, so that what an amount was made from can be kept for ever.

Days become ISO 8601, enumerations their codes, tuples lists; no text is looked at on the way. What was frozen
by this version thaws to an equal record.
"""

from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter

R = TypeVar("R")


def freeze(kind: Any, record: object) -> Any:
    """Return a record of `kind` as objects that JSON knows."""
    return _adapter(kind).dump_python(record, mode="json")


def thaw(kind: type[R], value: Any) -> R:
    """Return the record that was frozen. Raises `pydantic.ValidationError` when it is not one of `kind`."""
    any_kind: Any = kind
    thawed: R = _adapter(any_kind).validate_python(value)
    return thawed


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
