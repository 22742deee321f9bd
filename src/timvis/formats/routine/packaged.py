"""The routines that come with the package, by name. The numbers beside a routine are no routine."""

import re

from timvis.core.routine.records import Routine
from timvis.formats.law.packaged import NUMBERS_OF_A_ROUTINE
from timvis.formats.packaged import PackagedDataIsFaulty, packaged_text
from timvis.formats.routine.read import read

_SLUG = re.compile(r"([a-z][a-z0-9_]*)/([a-z][a-z0-9_]*)")


def packaged_routine(slug: str) -> Routine | None:
    """Return the shipped routine `municipality/routine`, None when the package has none of that name."""
    parts = _SLUG.fullmatch(slug)
    if parts is None or f"{parts[2]}.toml" == NUMBERS_OF_A_ROUTINE:
        return None
    text = packaged_text("routines", parts[1], f"{parts[2]}.toml")
    if text is None:
        return None
    routine = read(text.encode(), source=f"routines/{slug}.toml")
    if isinstance(routine, tuple):
        raise PackagedDataIsFaulty(routine)
    return routine
