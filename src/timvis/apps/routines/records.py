"""Rows → core records: the routine that a version's text holds."""

from functools import lru_cache

from timvis.apps.routines.models import RoutineVersion
from timvis.core.routine.records import Routine
from timvis.formats.packaged import PackagedDataIsFaulty
from timvis.formats.routine.read import read


def routine(version: RoutineVersion) -> Routine:
    """Return the routine of a version; the text was read without a fault before it was kept."""
    return _read(version.text, version.slug)


@lru_cache(maxsize=64)
def _read(text: str, slug: str) -> Routine:
    found = read(text.encode(), source=slug)
    if isinstance(found, tuple):
        raise PackagedDataIsFaulty(found)
    return found
