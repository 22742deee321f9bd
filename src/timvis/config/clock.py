"""The clock, read in one place only: commands and pages ask here and hand the moment on as an argument."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings

from timvis.config.environment import BEHIND


def now() -> datetime:
    """Return the present moment in UTC, or the one that TIMVIS_NOW holds the clock at.

    Where practice data are laid up it is the moment they were made for, and time goes on from there.
    """
    fixed: datetime | None = settings.FIXED_NOW
    return fixed if fixed is not None else datetime.now(UTC) - settings.BEHIND


def set_back(to: datetime) -> None:
    """Let the clock of this installation stand at an earlier moment now and go on from there, in every command."""
    settings.BEHIND = max(timedelta(seconds=int((datetime.now(UTC) - to).total_seconds())), timedelta())
    file: Path = settings.HOME / BEHIND
    file.write_text(f"{settings.BEHIND // timedelta(seconds=1)}\n", encoding="utf-8")


def today() -> date:
    """Return the local day it is now."""
    return local_day(now())


def local_day(at: datetime) -> date:
    """Return the local day a moment belongs to."""
    return at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
