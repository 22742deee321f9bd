"""The rule book in docs/ is what `make docs` would write now: text and behaviour cannot part."""

from tools.docs import FOLDERS, ROOT, written


def test_every_page_of_the_rule_book_is_what_runs() -> None:
    made = written()

    stale = [name for name, text in made.items() if _text(name) != text]
    left = [
        f"{folder}/{file.name}"
        for folder in FOLDERS
        for file in (ROOT / "docs" / folder).glob("*.md")
        if f"{folder}/{file.name}" not in made
    ]

    assert stale == [], "run make docs"
    assert left == [], "run make docs"


def _text(name: str) -> str:
    file = ROOT / "docs" / name
    return file.read_text(encoding="utf-8") if file.is_file() else ""
