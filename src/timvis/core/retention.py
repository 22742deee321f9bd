"""How long a claim is kept: the client file by the social law, the vouchers by the accounting law.

The two run out on different days on purpose. What is kept for the sake of the accounts must therefore hold no
more about the person than the accounts need.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from timvis.core.calendar.months import same_day_after
from timvis.core.identity import birth_date
from timvis.core.law import LawByDay, LawRow

CLIENT_FILE = "retention.client_file.municipality"
KEPT_BIRTHDAYS = "retention.client_file.exception_birthdays"
ACCOUNTING = "retention.accounting.municipality"

MONTHS_PER_YEAR = 12


class Outcome(StrEnum):
    """How a claim ended."""

    PAID = "paid"
    NOTHING_TO_PAY = "nothing_to_pay"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepUntil:
    """When a claim's two halves may and must go.

    `client_file_until` is the first day the file may be deleted and `client_file_gone_by` the last day it may
    still be there; both None when it is kept for ever. `accounting_until` is the last day vouchers must be
    kept, None when nothing was booked.
    """

    client_file_until: date | None
    client_file_gone_by: date | None
    accounting_until: date | None
    because: tuple[str, ...]

    @property
    def is_for_ever(self) -> bool:
        """Whether the client file is never deleted."""
        return self.client_file_until is None


def keep_until(
    outcome: Outcome,
    law: LawByDay,
    *,
    recipient_numbers: Collection[str],
    last_note_on: date,
    fiscal_year_ends_on: date,
    keeps_every_file: bool = False,
) -> KeepUntil:
    """Return how long a claim is kept; `keeps_every_file` where all client files are kept for research.

    A claim that concerns several recipients is kept as long as any of them asks for.

    Raises `LawGap` when the law's data does not reach the days.
    """
    accounting = _accounting(law, fiscal_year_ends_on, last_note_on) if outcome is Outcome.PAID else None
    reasons = (accounting[1],) if accounting else ()
    birthdays = law.on(KEPT_BIRTHDAYS, last_note_on)
    days = _days(birthdays)
    if keeps_every_file or any(_is_born_on(number, days) for number in recipient_numbers):
        return KeepUntil(
            client_file_until=None,
            client_file_gone_by=None,
            accounting_until=accounting[0] if accounting else None,
            because=(f"{birthdays.law}: akten bevaras för all framtid.", *reasons),
        )
    rule = law.on(CLIENT_FILE, last_note_on)
    until = same_day_after(last_note_on, _years(rule) * MONTHS_PER_YEAR)
    return KeepUntil(
        client_file_until=until,
        client_file_gone_by=date(until.year + 1, 12, 31),
        accounting_until=accounting[0] if accounting else None,
        because=(f"{rule.law}: gallras {_years(rule)} år efter sista anteckningen.", *reasons),
    )


def _accounting(law: LawByDay, fiscal_year_ends_on: date, last_note_on: date) -> tuple[date, str]:
    # The rule is the one of the year's last day; before that day has come, the one that holds now stands in.
    rule = law.on(ACCOUNTING, min(fiscal_year_ends_on, last_note_on))
    return date(fiscal_year_ends_on.year + _years(rule), 12, 31), (
        f"{rule.law}: räkenskapsinformation bevaras i {_years(rule)} år efter räkenskapsåret."
    )


def _years(rule: LawRow) -> int:
    return int(str(rule.value))


def _days(rule: LawRow) -> frozenset[int]:
    return frozenset(int(day) for day in str(rule.value).split(","))


def _is_born_on(recipient_number: str, days: frozenset[int]) -> bool:
    """Whether a person is born on one of the kept days; one whose day nobody can tell is kept."""
    born_on = birth_date(recipient_number)
    return born_on is None or born_on.day in days
