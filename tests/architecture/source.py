"""The tree as the tidy tests see it: which files are Timvis, their syntax trees, what is wrong where."""

import ast
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src" / "timvis"
CORE, FORMATS, APPS, DATA = SRC / "core", SRC / "formats", SRC / "apps", SRC / "data"

# What .gitignore leaves out. Listed, not asked of git, so that the tests also run in an unpacked archive.
MADE_AT_THE_TOP = ("var", "build", "dist")
MADE_ANYWHERE = ("__pycache__", ".git", ".venv*", "*_cache", ".hypothesis", "*.egg-info", "*.dist-info")

Objection = tuple[int, str]
"""A line, from 1, and what is wrong there and what to do instead."""

Check = Callable[[ast.Module], Iterator[Objection]]


@cache
def kept_files() -> tuple[Path, ...]:
    """Return every file of the repository that is kept in version control."""
    return tuple(_walk(ROOT))


def _walk(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if any(path.match(pattern) for pattern in MADE_ANYWHERE):
            continue
        if folder == ROOT and path.name in MADE_AT_THE_TOP:
            continue
        if path.is_dir():
            yield from _walk(path)
        else:
            yield path


@cache
def python_files(*folders: Path) -> tuple[Path, ...]:
    """Return the Python files under the folders (all of the repository's when none), migrations left out."""
    return tuple(
        path
        for path in kept_files()
        if path.suffix == ".py"
        and "migrations" not in path.parts
        and (not folders or any(path.is_relative_to(folder) for folder in folders))
    )


@cache
def text_of(path: Path) -> str:
    """Return the text of a file, "" for one that is no UTF-8 text (a spreadsheet, an old encoding)."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


@cache
def tree_of(path: Path) -> ast.Module:
    """Return the syntax tree of a Python file."""
    return ast.parse(text_of(path), filename=str(path))


def place(path: Path, line: int | None = None) -> str:
    """Return where something stands, as an editor opens it."""
    name = path.relative_to(ROOT).as_posix()
    return name if line is None else f"{name}:{line}"


def objections(files: Iterable[Path], check: Check) -> list[str]:
    """Return everything a check has against the files, all at once."""
    return [f"{place(path, line)}: {what}" for path in files for line, what in check(tree_of(path))]


def objects_to(check: Check, source: str) -> bool:
    """Return whether a check has anything against a piece of source: how a check itself is tested."""
    return any(True for _ in check(ast.parse(source)))


def assert_none(found: list[str]) -> None:
    """Fail with one line per objection."""
    assert not found, "\n" + "\n".join(found)


def functions_of(node: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Return every function under a node, methods and inner functions too."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef):
            yield inner


def called_name(node: ast.AST) -> str:
    """Return the last name of a call or a decorator: `open`, or `now` of `datetime.now`; "" if none."""
    if isinstance(node, ast.Call):
        node = node.func
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def imports_of(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Return line and dotted module name of every import under a node; relative ones begin with a dot."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, "." * node.level + (node.module or "")
