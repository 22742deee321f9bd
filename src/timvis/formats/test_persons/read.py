"""Personal numbers that belong to nobody, for everything invented."""

import tomllib
from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel, ConfigDict

from timvis.formats.packaged import packaged_text


class _File(BaseModel):
    """The file as it is written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: str
    personal_numbers: tuple[str, ...]
    coordination_numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialNumbers:
    """Twelve-digit numbers that Skatteverket has set aside for tests, in order of birth."""

    personal: tuple[str, ...]
    coordination: tuple[str, ...]


def read(text: str) -> OfficialNumbers:
    """Return the numbers of a file of test persons.

    Raises `pydantic.ValidationError` or `tomllib.TOMLDecodeError`: the file is ours, nothing handed in.
    """
    file = _File.model_validate(tomllib.loads(text))
    return OfficialNumbers(personal=file.personal_numbers, coordination=file.coordination_numbers)


@cache
def official_numbers() -> OfficialNumbers:
    """Return the numbers that Timvis carries."""
    return read(packaged_text("test_persons.toml") or "")
