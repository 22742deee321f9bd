"""What the environment chooses, judged once: mode, home folder, database, secret key, clock.

Everything here takes the environment as an argument. What is wrong with it is raised as `WrongEnvironment`
with a sentence for the person who installs: Timvis must not start on a guess.
"""

import os
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

BUSY_SECONDS = 20
SHORTEST_SECRET = 50

SQLITE_PRAGMAS = (
    # Every commit is on the disk before it is answered for; readers never wait for the writer.
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    # Without it REPLACE deletes a row without asking the triggers that guard append-only tables.
    "PRAGMA recursive_triggers=ON",
)


DEMO_HOME = "var/demo"
BEHIND = "clock-behind"
"""The file in the home folder that says how many seconds the clock is behind."""


class WrongEnvironment(ValueError):
    """What the environment says cannot be meant; the message is a Swedish sentence with what to do."""


class Mode(StrEnum):
    """What this installation is for. Fakes refuse to start in production."""

    DEMO = "demo"
    TEST = "test"
    PRODUCTION = "production"


def mode(env: Mapping[str, str]) -> Mode:
    """Return the mode that TIMVIS_MODE names; demo when nothing is said."""
    try:
        return Mode(env.get("TIMVIS_MODE", Mode.DEMO))
    except ValueError as error:
        raise WrongEnvironment(f"TIMVIS_MODE är {env['TIMVIS_MODE']!r}. Välj demo, test eller production.") from error


def home(env: Mapping[str, str]) -> Path:
    """Return the folder everything is written in, made readable by its owner only.

    Unless TIMVIS_HOME names it, that is `var/demo`: what `timvis demo` made is then what every command looks at.
    """
    folder = Path(env.get("TIMVIS_HOME") or DEMO_HOME).resolve()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise WrongEnvironment(
            f"Mappen {folder} kan inte skapas ({error.strerror}). Sätt TIMVIS_HOME till en mapp som går att skriva i."
        ) from error
    return folder


def database(env: Mapping[str, str], folder: Path) -> dict[str, Any]:
    """Return Django's word for the database: what DATABASE_URL names, else an SQLite file in `folder`."""
    url = env.get("DATABASE_URL", "")
    if not url:
        return sqlite(folder / "timvis.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite(Path(unquote(parts.path)))
    if parts.scheme in ("postgres", "postgresql"):
        return postgresql(url)
    raise WrongEnvironment(f"DATABASE_URL börjar med {parts.scheme!r}. Timvis kan postgresql:// och sqlite:///.")


def sqlite(file: Path) -> dict[str, Any]:
    """Return an SQLite file that survives a crash, and whose writers wait for each other."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "OPTIONS": {
            "init_command": "; ".join(SQLITE_PRAGMAS),
            "timeout": BUSY_SECONDS,
            # A transaction that reads and then writes would otherwise fail at once when another one writes.
            "transaction_mode": "IMMEDIATE",
        },
    }


def postgresql(url: str) -> dict[str, Any]:
    """Return a PostgreSQL database; `?host=/folder` in the query names a unix socket."""
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
    }


def secret_key(env: Mapping[str, str], chosen: Mode, folder: Path) -> str:
    """Return TIMVIS_SECRET_KEY; outside production an own random one per installation, kept in `folder`."""
    given = env.get("TIMVIS_SECRET_KEY", "")
    if given and (chosen is not Mode.PRODUCTION or len(given) >= SHORTEST_SECRET):
        return given
    if chosen is Mode.PRODUCTION:
        raise WrongEnvironment(
            f"TIMVIS_SECRET_KEY saknas eller är kortare än {SHORTEST_SECRET} tecken. Sätt en slumpad "
            "hemlighet, till exempel från `openssl rand -base64 60`, och förvara den utanför databasen."
        )
    file = folder / "secret-key"
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text(encoding="utf-8")
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write(key := secrets.token_urlsafe(SHORTEST_SECRET))
    return key


def allowed_hosts(env: Mapping[str, str], chosen: Mode) -> list[str]:
    """Return the names Timvis answers to: TIMVIS_HOSTS, comma separated; only this machine by default."""
    hosts = [name.strip() for name in env.get("TIMVIS_HOSTS", "").split(",") if name.strip()]
    if chosen is Mode.PRODUCTION and (not hosts or "*" in hosts):
        raise WrongEnvironment(
            "TIMVIS_HOSTS måste i produktion räkna upp de namn som Timvis nås på, skilda med komma, utan *."
        )
    return hosts or ["localhost", "127.0.0.1", "[::1]"]


def fixed_now(env: Mapping[str, str], chosen: Mode) -> datetime | None:
    """Return the moment that TIMVIS_NOW holds the clock at, None for the real clock."""
    text = env.get("TIMVIS_NOW", "")
    if not text:
        return None
    if chosen is Mode.PRODUCTION:
        raise WrongEnvironment("TIMVIS_NOW är satt. I produktion får klockan inte ställas: ta bort den.")
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise WrongEnvironment(f"TIMVIS_NOW är {text!r}. Skriv en tidpunkt som 2021-04-12T09:00+02:00.") from error
    if moment.tzinfo is None:
        raise WrongEnvironment(f"TIMVIS_NOW är {text!r} och saknar tidszon. Skriv till exempel {text}+00:00.")
    return moment.astimezone(UTC)


def behind(home_folder: Path, chosen: Mode) -> timedelta:
    """Return how far this installation's clock is behind the real one: nothing, but where practice data are laid up."""
    file = home_folder / BEHIND
    if not file.exists():
        return timedelta()
    if chosen is Mode.PRODUCTION:
        raise WrongEnvironment(f"I {home_folder} ligger övningsdata med en egen klocka. Välj en annan TIMVIS_HOME.")
    text = file.read_text(encoding="utf-8").strip()
    if not text.isdecimal():
        raise WrongEnvironment(f"{file} ska hålla hela sekunder, men säger {text!r}. Ta bort den eller mappen.")
    return timedelta(seconds=int(text))
