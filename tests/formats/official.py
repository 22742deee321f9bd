"""The official files that are not ours to commit: read where `TIMVIS_STANDARDS` names their folder."""

import csv
import os
from pathlib import Path
from typing import Any

import pytest


def official(path: str) -> bytes:
    """Return an official file; the test is skipped with one clear line where it is not installed."""
    return _found(path).read_bytes()


def official_rows(path: str) -> list[dict[str, str]]:
    """Return the rows of an official table."""
    with _found(path).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def official_names(folder: str, pattern: str) -> list[Any]:
    """Return the names of the official files in a folder, sorted; one that is skipped where there is no folder."""
    root = os.environ.get("TIMVIS_STANDARDS", "")
    if not root:
        reason = f"{folder}/{pattern} is read where TIMVIS_STANDARDS has it"
        return [pytest.param("none", marks=pytest.mark.skip(reason=reason))]
    return sorted(path.name for path in (Path(root) / folder).glob(pattern))


def _found(path: str) -> Path:
    root = os.environ.get("TIMVIS_STANDARDS", "")
    if not root or not (Path(root) / path).exists():
        pytest.skip(f"{path} is read where TIMVIS_STANDARDS has it")
    return Path(root) / path
