"""Run the suite on SQLite, then everything that touches the database again on PostgreSQL, and say so.

With DATABASE_URL set, that server is the PostgreSQL; without it an embedded one is started. Whatever is given
on the command line goes to pytest (`python -m tools.run_tests tests/apps -k payee`).
"""

import os
import subprocess
import sys
import tempfile
import time
from contextlib import nullcontext
from pathlib import Path

from tools.postgres import postgres

ROOT = Path(__file__).parents[1]

TOUCHES_THE_DATABASE = ("tests/apps", "tests/cli", "tests/story", "tests/web", "tests/faults")
"""Folders of tests that run once more on the second database."""

LOOKED_AT_ONCE = ("tests/web/test_every_page.py", "tests/web/test_manual_pictures.py", "tests/web/test_messages.py")
"""What asks how a page looks, or what its texts are called: the same from either database, so once is enough."""

HANDED_ON = ("TIMVIS_STANDARDS", "TIMVIS_WITHOUT_BROWSER")
"""Of our own variables, those the tests may know; every other choice of this shell's stays outside."""


def main(arguments: list[str]) -> int:
    """Return 0 when both runs passed, else the first exit code that is not 0."""
    began = time.monotonic()
    given = os.environ.get("DATABASE_URL", "")
    server = given if given.startswith("postgres") else ""
    with tempfile.TemporaryDirectory(prefix="timvis-test-") as home:
        environment = {key: value for key, value in os.environ.items() if not key.startswith("TIMVIS_")}
        environment |= {key: os.environ[key] for key in HANDED_ON if key in os.environ}
        environment |= {"TIMVIS_MODE": "test", "TIMVIS_HOME": home}
        on_sqlite = pytest("SQLite", arguments or ["tests"], {**environment, "DATABASE_URL": ""})
        with nullcontext(server) if server else postgres() as address:
            again = arguments or [
                *(folder for folder in TOUCHES_THE_DATABASE if (ROOT / folder).is_dir()),
                *(f"--ignore={file}" for file in LOOKED_AT_ONCE),
            ]
            on_postgresql = pytest("PostgreSQL", again, {**environment, "DATABASE_URL": address})
    whose = "the one in DATABASE_URL" if server else "embedded"
    say(
        f"Databases used: SQLite ({verdict(on_sqlite)}) and PostgreSQL, {whose} ({verdict(on_postgresql)}); "
        f"{time.monotonic() - began:.0f} s in all."
    )
    return on_sqlite or on_postgresql


def pytest(database: str, arguments: list[str], environment: dict[str, str]) -> int:
    """Return pytest's exit code for one run, on as many processes as there are cores."""
    say(f"=== {database} ===")
    processes = str(min(os.cpu_count() or 1, 4))
    command = [sys.executable, "-m", "pytest", "-n", processes, *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def verdict(code: int) -> str:
    """Return pytest's exit code in a word."""
    return "passed" if code == 0 else "FAILED"


def say(line: str) -> None:
    """Write one line of our own between those of pytest."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
