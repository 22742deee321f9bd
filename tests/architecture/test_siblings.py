"""Siblings look alike: whoever has read one app or one format finds her way in the next."""

from pathlib import Path

from tests.architecture.source import APPS, FORMATS, assert_none, place

OF_AN_APP = ("models.py", "records.py", "actions.py", "queries.py", "apps.py", "migrations/__init__.py")


def folders_in(parent: Path) -> list[Path]:
    return [path for path in sorted(parent.iterdir()) if path.is_dir() and any(path.glob("*.py"))]


def test_every_app_has_the_same_files() -> None:
    apps = folders_in(APPS)

    assert apps
    assert_none(
        [f"{place(app)} has no {name}" for app in apps for name in OF_AN_APP if not (app / name).is_file()],
    )


def test_every_format_says_where_it_comes_from_and_reads_or_writes() -> None:
    formats = folders_in(FORMATS)

    assert formats
    assert_none(
        [f"{place(one)} has no README.md with its source" for one in formats if not (one / "README.md").is_file()]
    )
    assert_none(
        [
            f"{place(one)} has neither read.py nor write.py"
            for one in formats
            if not (one / "read.py").is_file() and not (one / "write.py").is_file()
        ]
    )
