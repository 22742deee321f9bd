"""The house style, as far as a syntax tree can tell: nothing hidden, small pieces, names that tell."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.architecture.source import (
    APPS,
    CORE,
    FORMATS,
    ROOT,
    SRC,
    Check,
    Objection,
    assert_none,
    called_name,
    functions_of,
    imports_of,
    objections,
    objects_to,
    place,
    python_files,
    text_of,
)

LINES_OF_A_FILE = 500
LINES_OF_A_FUNCTION = 60
EMPTY_NAMES = {"util", "utils", "helper", "helpers", "manager", "managers", "misc", "common", "stuff"}
SIGNALS = ("django.dispatch", "django.db.models.signals", "django.db.backends.signals", "django.core.signals")
RULE_MARKS = {"shift_rule", "week_rule", "claim_rule"}


def a_signal(tree: ast.Module) -> Iterator[Objection]:
    """Object to Django's signals: nobody who reads an act can see what they do."""
    for line, module in imports_of(tree):
        if module.startswith(SIGNALS) or module == "django.test.signals":
            yield line, f"{module}: a signal is hidden control flow; let the act call what follows from it"


def a_save_override(tree: ast.Module) -> Iterator[Objection]:
    """Object to models that do more than they seem to when saved or deleted."""
    for node in ast.walk(tree):
        for inner in node.body if isinstance(node, ast.ClassDef) else ():
            if isinstance(inner, ast.FunctionDef) and inner.name in ("save", "delete"):
                yield (
                    inner.lineno,
                    f"{inner.name}() is overridden; write the behaviour in an act of actions.py",
                )


def an_import_inside_a_function(tree: ast.Module) -> Iterator[Objection]:
    """Object to imports that only happen when somebody calls: they hide a circle between modules."""
    for function in functions_of(tree):
        for line, module in imports_of(function):
            yield (
                line,
                f"{module} is imported inside {function.name}(); import at the top, or mend the circle",
            )


def a_long_function(tree: ast.Module) -> Iterator[Objection]:
    """Object to functions that no longer fit on a page."""
    for function in functions_of(tree):
        lines = (function.end_lineno or function.lineno) - function.lineno + 1
        if lines > LINES_OF_A_FUNCTION:
            yield function.lineno, f"{function.name}() has {lines} lines; {LINES_OF_A_FUNCTION} is the most"


def a_missing_docstring(tree: ast.Module) -> Iterator[Objection]:
    """Object to public functions, classes and methods that do not say what comes back.

    A rule is let through: its name is the sentence and `because` the explanation.
    """
    yield from _undocumented(tree.body, "")


def _undocumented(body: list[ast.stmt], owner: str) -> Iterator[Objection]:
    for node in body:
        if not isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) or node.name.startswith("_"):
            continue
        if any(called_name(mark) in RULE_MARKS | {"overload"} for mark in node.decorator_list):
            continue
        if ast.get_docstring(node) is None:
            yield node.lineno, f"{owner}{node.name} has no docstring; say in one sentence what comes back"
        if isinstance(node, ast.ClassDef):
            yield from _undocumented(node.body, f"{node.name}.")


@pytest.mark.parametrize("check", [a_signal, a_save_override])
def test_control_flow_is_where_it_can_be_read(check: Check) -> None:
    assert_none(objections(python_files(SRC), check))


@pytest.mark.parametrize("check", [an_import_inside_a_function, a_long_function])
def test_pieces_are_small_and_import_at_the_top(check: Check) -> None:
    assert_none(objections(python_files(), check))


def test_what_others_call_says_what_comes_back() -> None:
    acts = tuple(path for path in python_files(APPS) if path.name == "actions.py")

    assert_none(objections((*python_files(CORE, FORMATS), *acts), a_missing_docstring))


def test_no_file_is_long() -> None:
    lines = {path: text_of(path).count("\n") for path in python_files()}

    assert_none(
        [
            f"{place(path)} has {count} lines; {LINES_OF_A_FILE} is the most; what in it wants its own home?"
            for path, count in lines.items()
            if count > LINES_OF_A_FILE
        ]
    )


def test_no_module_has_a_name_that_says_nothing() -> None:
    def names(path: Path) -> set[str]:
        return {*path.relative_to(ROOT).with_suffix("").parts}

    assert_none([f"{place(path)}: name it after what it holds" for path in python_files() if names(path) & EMPTY_NAMES])


@pytest.mark.parametrize(
    ("check", "source"),
    [
        (a_signal, "from django.db.models.signals import post_save"),
        (a_signal, "from django.dispatch import receiver"),
        (a_save_override, "class Claim(Model):\n    def save(self): ..."),
        (an_import_inside_a_function, "def act():\n    from timvis.core import law"),
        (a_long_function, "def act():\n" + "    x = 1\n" * LINES_OF_A_FUNCTION),
        (a_missing_docstring, "def act(): ..."),
        (a_missing_docstring, 'class Law:\n    """Law."""\n    def on(self): ...'),
    ],
)
def test_the_check_objects_to(check: Check, source: str) -> None:
    assert objects_to(check, source)


@pytest.mark.parametrize(
    ("check", "source"),
    [
        (a_signal, "import signal"),
        (a_long_function, "def act():\n" + "    x = 1\n" * (LINES_OF_A_FUNCTION - 1)),
        (a_missing_docstring, "def _inner(): ..."),
        (a_missing_docstring, "@shift_rule(cites=[])\ndef assistant_was_under_18(shift): ..."),
    ],
)
def test_the_check_lets_through(check: Check, source: str) -> None:
    assert not objects_to(check, source)
