"""What is written about Timvis is true of the tree: dependencies have reasons, links lead somewhere."""

import re
import tomllib
from pathlib import Path

from tests.architecture.source import CORE, ROOT, assert_none, kept_files, place, python_files, text_of

from timvis.cli.main import NOUNS, load

LINK = re.compile(r"\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
PYTHON = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"`timvis ([a-z-]+)(?: ([a-z-]+)(?=[ `]))?[^`]*`")
TARGET = re.compile(r"`make ([a-z]+)\b[^`]*`")


def direct_dependencies() -> set[str]:
    """Return the names of everything that pyproject.toml asks for by itself."""
    project = tomllib.loads(text_of(ROOT / "pyproject.toml"))
    asked_for = [
        *project["build-system"]["requires"],
        *project["project"]["dependencies"],
        *(line for extra in project["project"]["optional-dependencies"].values() for line in extra),
        *(line for group in project["dependency-groups"].values() for line in group),
    ]
    return {found.group() for line in asked_for if (found := re.match(r"[\w.-]+", line))}


def test_every_direct_dependency_has_a_line_with_its_reason() -> None:
    rows = re.findall(r"^\| ([\w.-]+) \| (.+) \|$", text_of(ROOT / "docs" / "dependencies.md"), re.MULTILINE)
    explained = {name for name, reason in rows if len(reason) > 20}

    assert direct_dependencies() - explained == set(), "these lack their line in docs/dependencies.md"
    assert explained - direct_dependencies() == set(), "these lines are about nothing any longer"


def test_every_relative_link_leads_somewhere() -> None:
    pages = [path for path in kept_files() if path.suffix == ".md"]

    assert_none(
        [
            f"{place(page)}: {target} does not exist"
            for page in pages
            for target in LINK.findall(FENCE.sub("", text_of(page)))
            if "://" not in target and not target.startswith(("#", "mailto:")) and not leads_somewhere(page, target)
        ]
    )


def leads_somewhere(page: Path, target: str) -> bool:
    return (page.parent / target.split("#")[0]).exists()


def commands() -> dict[str, set[str]]:
    """Return every noun of the command line with its verbs; a noun that is its own command has none."""
    return {noun.name: set(getattr(load(noun), "commands", ())) for noun in NOUNS}


def test_every_command_that_is_written_about_exists() -> None:
    pages = [path for path in kept_files() if path.suffix == ".md"]
    known = commands()

    assert_none(
        [
            f"{place(page)}: there is no `timvis {noun} {verb}`"
            for page in pages
            for noun, verb in COMMAND.findall(text_of(page))
            if noun not in known or (verb and known[noun] and verb not in known[noun])
        ]
    )


def test_every_target_that_is_written_about_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", text_of(ROOT / "Makefile"), re.MULTILINE))
    pages = [path for path in kept_files() if path.suffix == ".md"]

    assert_none(
        [
            f"{place(page)}: there is no `make {target}`"
            for page in pages
            for target in TARGET.findall(text_of(page))
            if target not in targets
        ]
    )


def test_the_rule_that_is_shown_is_a_rule_we_have() -> None:
    rules = "".join(text_of(path) for path in python_files(CORE / "review" / "rules"))
    shown = PYTHON.findall(text_of(ROOT / "README.md"))

    assert shown
    assert all(example in rules for example in shown)


def test_every_decision_answers_the_same_four_questions() -> None:
    decisions = sorted((ROOT / "docs" / "adr").glob("[0-9]*.md"))
    questions = ("## Question", "## What we saw", "## What we chose", "## What would change our mind")

    assert decisions
    assert_none(
        [f"{place(page)} lacks “{part}”" for page in decisions for part in questions if part not in text_of(page)]
    )


def test_the_index_of_decisions_is_whole() -> None:
    index = text_of(ROOT / "docs" / "README.md")

    assert_none(
        [
            f"{place(page)} is missing in docs/README.md"
            for page in sorted((ROOT / "docs" / "adr").glob("[0-9]*.md"))
            if f"adr/{page.name}" not in index
        ]
    )
