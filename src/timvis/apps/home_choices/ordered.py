"""What providers have ordered, as their ceilings are counted."""

from collections.abc import Collection
from datetime import date


def a_month_by_provider(provider_ids: Collection[int], *, on: date) -> dict[int, int]:
    """Return the minutes a month that each provider has ordered from a day on."""
    return {}
