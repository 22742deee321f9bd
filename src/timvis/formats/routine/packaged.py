"""The routines that come with the package, by name. The numbers beside a routine are no routine."""

import re
from functools import cache

from timvis.core.routine.records import Routine
from timvis.formats.law.packaged import NUMBERS_OF_A_ROUTINE
from timvis.formats.packaged import PackagedDataIsFaulty, packaged_folders, packaged_text, packaged_texts
from timvis.formats.routine.read import read

_SLUG = re.compile(r"([a-z][a-z0-9_]*)/([a-z][a-z0-9_]*)")


def packaged_routine(slug: str) -> Routine | None:
    """Return the shipped routine `municipality/routine`, None when the package has none of that name."""
    text = packaged_routine_text(slug)
    return None if text is None else _read(text, slug)


def packaged_routine_text(slug: str) -> str | None:
    """Return a shipped routine as it is written, None when the package has none of that name."""
    parts = _SLUG.fullmatch(slug)
    if parts is None or f"{parts[2]}.toml" == NUMBERS_OF_A_ROUTINE:
        return None
    return packaged_text("routines", parts[1], f"{parts[2]}.toml")


@cache
def packaged_routines() -> tuple[Routine, ...]:
    """Return every shipped routine, by municipality and name."""
    slugs = (
        name.removeprefix("routines/").removesuffix(".toml")
        for folder in packaged_folders("routines")
        for name, _text in packaged_texts("routines", folder)
        if not name.endswith(f"/{NUMBERS_OF_A_ROUTINE}")
    )
    return tuple(routine for slug in slugs if (routine := packaged_routine(slug)) is not None)


@cache
def _read(text: str, slug: str) -> Routine:
    routine = read(text.encode(), source=f"routines/{slug}.toml")
    if isinstance(routine, tuple):
        raise PackagedDataIsFaulty(routine)
    return routine
