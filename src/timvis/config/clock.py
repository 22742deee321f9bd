"""The clock, read in one place only: commands and pages ask here and hand the moment on as an argument."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings


def now() -> datetime:
    """Return the present moment in UTC, or the one that TIMVIS_NOW holds the clock at."""
    fixed: datetime | None = settings.FIXED_NOW
    return fixed if fixed is not None else datetime.now(UTC)


def today() -> date:
    """Return the local day it is now."""
    return local_day(now())


def local_day(at: datetime) -> date:
    """Return the local day a moment belongs to."""
    return at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
