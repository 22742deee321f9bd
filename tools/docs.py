"""`make docs`: writes the rule book and the routines below docs/ from what runs."""

import sys
from pathlib import Path

from timvis.formats.law.packaged import load_law
from timvis.formats.routine import pages as routine_pages
from timvis.formats.routine.packaged import packaged_routines
from timvis.formats.rulebook.write import pages
from timvis.formats.statutes.read import load_statutes

ROOT = Path(__file__).parents[1]
CASES = ROOT / "tests" / "cases" / "rules"
FOLDERS = ("rules", "law", "routines")
"""The folders below docs/ where every page is written by this."""


def written() -> dict[str, str]:
    """Return every page by its path below docs/."""
    cases = {path.stem: path.read_text(encoding="utf-8") for path in sorted(CASES.glob("[!_]*.toml"))}
    return {**dict(pages(load_law(), load_statutes(), cases)), **dict(routine_pages.pages(packaged_routines()))}


def main() -> int:
    """Write the pages, and take away those that nothing makes any more."""
    made = written()
    for folder in FOLDERS:
        for old in (ROOT / "docs" / folder).glob("*.md"):
            if f"{folder}/{old.name}" not in made:
                old.unlink()
    for name, text in made.items():
        file = ROOT / "docs" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    sys.stdout.write(f"{len(made)} pages below docs/\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
