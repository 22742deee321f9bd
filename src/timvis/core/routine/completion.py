"""Completion (komplettering): what is missing is asked for with a day to answer, then reminded of, then decided on.

FL 20 § asks an authority to let somebody complete what she handed in. A refusal for want of a document is therefore
possible only when that document has been asked for and the day to answer has passed.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from timvis.core.faults import Refusal
from timvis.core.routine.checklist import ChecklistRow, HoldsBack
from timvis.core.routine.records import Routine
from timvis.core.routine.settings import states, whole_of

ASK, REMIND = "ask_for_documents", "remind_of_documents"
"""The letters that ask for documents: the first, and those that remind of it."""

DAYS, REMINDERS = "completion_days", "completion_reminders"
"""The settings: how long there is to answer, and how many times the clock reminds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """One letter that asked for documents, with the reminders that followed it; `answer_by` is the last one's."""

    documents: frozenset[str]
    sent_on: date
    answer_by: date
    reminders: int = 0


def answer_day(routine: Routine, sent_on: date) -> date | None:
    """Return the last day to answer a letter of a day, None when the routine leaves it to the officer."""
    return sent_on + timedelta(days=whole_of(routine, DAYS)) if states(routine, DAYS) else None


def reminders_at_most(routine: Routine) -> int:
    """Return how many times the clock reminds of one letter; a routine that does not say reminds of none."""
    return whole_of(routine, REMINDERS) if states(routine, REMINDERS) else 0


def still_wanted(asking: Asking, rows: Collection[ChecklistRow]) -> tuple[ChecklistRow, ...]:
    """Return the rows that a letter asked for and that are still missing, in the checklist's order."""
    return tuple(row for row in rows if row.is_missing and row.requirement.code in asking.documents)


def reminder_is_due(
    asking: Asking, rows: Collection[ChecklistRow], *, on: date, at_most: int, is_open: bool = True
) -> bool:
    """Return whether a letter is to be reminded of: its day has passed, something is missing, and not too often.

    `is_open` is false once the case is decided or withdrawn; then nobody is reminded.
    """
    return is_open and on > asking.answer_by and asking.reminders < at_most and bool(still_wanted(asking, rows))


def may_refuse_for_missing(rows: Collection[ChecklistRow], askings: Collection[Asking], *, on: date) -> Refusal | None:
    """Return None when a case may be refused for want of a document, else the first reason why not.

    It takes one document that the decision waits for, that has been asked for, and whose last day to answer has
    passed. A document that only the payment waits for is no reason to refuse.
    """
    wanted = {row.requirement.code for row in rows if row.holds_back is HoldsBack.DECISION}
    if not wanted:
        return Refusal.NOTHING_IS_MISSING
    last_days = [max(days) for code in wanted if (days := [one.answer_by for one in askings if code in one.documents])]
    if not last_days:
        return Refusal.COMPLETION_WAS_NOT_ASKED
    return None if any(day < on for day in last_days) else Refusal.ANSWER_DAY_HAS_NOT_PASSED
