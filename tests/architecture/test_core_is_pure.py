"""The core is pure: "today", the law and the person are arguments, so an amount recomputes for ever."""

import ast
import sys
from collections.abc import Iterator

import pytest
from tests.architecture.source import (
    CORE,
    Check,
    Objection,
    assert_none,
    called_name,
    imports_of,
    objections,
    objects_to,
    python_files,
)

CLOCKS = {"today", "now", "utcnow", "time_ns", "monotonic", "perf_counter", "localtime", "gmtime"}
READS_AND_WRITES = {"open", "read_text", "read_bytes", "write_text", "write_bytes"}
# Standard library, yet a door to the world outside: files, environment, network, chance, other processes.
DOORS = {
    *("glob", "io", "os", "pathlib", "shutil", "tempfile", "importlib"),
    *("http", "smtplib", "socket", "ssl", "urllib"),
    *("random", "secrets", "uuid"),
    *("asyncio", "multiprocessing", "subprocess", "threading", "time"),
}


def a_clock(tree: ast.Module) -> Iterator[Objection]:
    """Object to every call that asks what time it is."""
    for node in ast.walk(tree):
        is_method = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if isinstance(node, ast.Call) and is_method and called_name(node) in CLOCKS:
            yield (
                node.lineno,
                f"{ast.unparse(node)} asks the clock; take the day or the moment as an argument",
            )


def a_file(tree: ast.Module) -> Iterator[Objection]:
    """Object to every call that opens a file, and to a database that is not in memory."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        if called_name(node) in READS_AND_WRITES:
            yield (
                node.lineno,
                f"{ast.unparse(node.func)} touches a file; take bytes or records as an argument",
            )
        if ast.unparse(node.func) == "sqlite3.connect" and ast.unparse(node.args[0]) != "':memory:'":
            yield node.lineno, "a database of the core lives in memory only"


def a_float(tree: ast.Module) -> Iterator[Objection]:
    """Object to every float: 0.1 + 0.2 is not 0.3, and money is whole öre."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, float | complex):
            yield (
                node.lineno,
                f"{node.value!r} is a float; use whole öre, whole minutes, Fraction or Decimal('…')",
            )
        if isinstance(node, ast.Name) and node.id == "float":
            yield node.lineno, "float; use whole öre, whole minutes, Fraction or Decimal"


def an_import_from_outside(tree: ast.Module) -> Iterator[Objection]:
    """Object to every import that is neither the core nor a closed part of the standard library."""
    for line, module in imports_of(tree):
        top = module.split(".")[0]
        if module == "timvis.core" or module.startswith("timvis.core."):
            continue
        if top not in sys.stdlib_module_names:
            yield (
                line,
                f"{module} is outside; the core imports itself (by its whole name) and the standard library",
            )
        elif top in DOORS:
            yield (
                line,
                f"{module} is a door to files, clock, network or chance; let an outer layer go through it",
            )


@pytest.mark.parametrize("check", [a_clock, a_file, a_float, an_import_from_outside])
def test_the_core_holds_neither(check: Check) -> None:
    assert_none(objections(python_files(CORE), check))


@pytest.mark.parametrize(
    ("check", "source"),
    [
        (a_clock, "date.today()"),
        (a_clock, "datetime.datetime.now(UTC)"),
        (a_file, "open('lag.toml')"),
        (a_file, "path.read_text()"),
        (a_file, "sqlite3.connect('timvis.db')"),
        (a_float, "hours = 1.5"),
        (a_float, "float(hours)"),
        (an_import_from_outside, "import random"),
        (an_import_from_outside, "import django.db"),
        (an_import_from_outside, "from timvis.apps.claims import models"),
        (an_import_from_outside, "from . import law"),
    ],
)
def test_the_check_objects_to(check: Check, source: str) -> None:
    assert objects_to(check, source)


@pytest.mark.parametrize(
    ("check", "source"),
    [
        (a_clock, "is_late(claim, today)"),
        (a_file, "sqlite3.connect(':memory:')"),
        (a_float, "Decimal('344.90')"),
        (an_import_from_outside, "from datetime import date, time"),
        (an_import_from_outside, "from timvis.core.law import LawGap"),
    ],
)
def test_the_check_lets_through(check: Check, source: str) -> None:
    assert not objects_to(check, source)
