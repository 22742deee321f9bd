"""The month that a page is about, chosen by `?manad=2026-10`, and its neighbours."""

from dataclasses import dataclass
from datetime import date

from timvis.core.calendar.months import month_after, month_on, read_month
from timvis.web.shared.asking import Ask


@dataclass(frozen=True, slots=True, kw_only=True)
class Months:
    """The month a page is about, and its neighbours; every one by its first day."""

    here: date
    before: date
    after: date


def months_of(ask: Ask, *, otherwise: date) -> Months:
    """Return the month that was asked for, else that of a day."""
    here = read_month(ask.GET.get("manad", "")) or month_on(otherwise)
    return Months(here=here, before=month_after(here, -1), after=month_after(here))
